"""One Markdown file for each text of a release, in folders by market and channel, and an index. Pure: a bundle in, files out."""

import re
from collections.abc import Iterable

from concerted.campaign.bundle import Bundle, BundleAsset
from concerted.exporters.exporter import ExportedFile
from concerted.exporters.naming import NONE, groups_said, heading, line_of, paths, writer_of

INDEX = "README.md"


class Markdown:
    """The export format `markdown`."""

    title = "Markdown, one file for each text"

    def export(self, bundle: Bundle) -> Iterable[ExportedFile]:
        """Write a release as Markdown files and their index."""
        at = paths(bundle.assets, "md")
        files = [ExportedFile(at[asset.id], _page(bundle, asset).encode(), (asset.id,)) for asset in bundle.assets]
        return [*files, ExportedFile(INDEX, _index(bundle, at).encode(), tuple(asset.id for asset in bundle.assets))]


def _page(bundle: Bundle, asset: BundleAsset) -> str:
    meta = {
        "asset": asset.id, "title": asset.title, "channel": asset.channel, "audience": asset.audience, "market": asset.market,
        "language": asset.language, "publish": asset.publish, "release": bundle.release, "strategy": bundle.strategy[:12], "draft": asset.draft,
        "sha256": asset.sha256, **({_key(name): said for name, said in asset.file.told()} if asset.file else {}),
    }  # fmt: skip
    front = [f"{key}: {_quoted(value)}" for key, value in meta.items() if value and value != NONE]
    parts = ["\n".join(("---", *front, "---")), f"# {_plain(heading(asset))}"]
    parts += [f"## {field.name}\n\n{_body(field.text)}" for field in asset.fields]
    parts.append("---")
    parts.append("\n".join(f"- {field.name}: {writer_of(field)}" for field in asset.fields))
    return "\n\n".join(parts) + "\n"


def _key(name: str) -> str:
    """Name what is told of a file so that it does not clash with what is told of the words."""
    return "file" if name == "File" else f"file_{name.lower().replace(' ', '_')}"


def _quoted(value: str) -> str:
    """Write a text as a YAML scalar that no reader takes for something else."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]+", " ", escaped) + '"'


def _body(text: str) -> str:
    """Give the words so that Markdown shows them as they are: line breaks stay, signs that would format are escaped."""
    blocks = re.split(r"\n[ \t]*\n\s*", text.strip())
    return "\n\n".join("  \n".join(_plain(line.strip()) for line in block.split("\n")) for block in blocks)


_INLINE = re.compile(
    r"""
    [`*\[\]]                        # code, emphasis, links
    | (?<![^\W_])_ | _(?![^\W_])            # emphasis, but not inside a_name
    | <(?=[A-Za-z/!?])               # a tag
    | ~(?=~) | (?<=~)~               # struck out
    | \\(?=[!-/:-@\[-`{-~])         # a backslash that would escape
    | &(?=\#?\w+;)                  # an entity
    """,
    re.VERBOSE,
)
_RULER = re.compile(r"[\s|:-]*-[\s|:-]*")
"""A line that draws a table or a rule."""
_STARTS = re.compile(r"^(\s*)(\#{1,6}|>|[-+](?=\s|$)|=+(?=\s*$)|-{2,}(?=\s*$)|\d+[.)])(?=\s|$|(?<=>))")


def _plain(line: str) -> str:
    """Escape what Markdown would take for formatting, and nothing else: the words are also read and copied as they stand."""
    escaped = _INLINE.sub(r"\\\g<0>", line)
    if _RULER.fullmatch(line):
        return escaped.replace("-", "\\-", 1)
    return _STARTS.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", escaped)


def _cell(text: str) -> str:
    return _plain(line_of(text)).replace("|", "\\|")


def _index(bundle: Bundle, paths: dict[str, str]) -> str:
    lines = [
        f"# {line_of(bundle.campaign)}: release {bundle.release}", "",
        f"{line_of(bundle.company)}, {len(bundle.assets)} texts, released by {line_of(bundle.by)} on {bundle.at[:10]}.",
        f"All of them belong to strategy {bundle.version} ({bundle.strategy[:12]}). Groups: {groups_said(bundle.groups)}.", "",
    ]  # fmt: skip
    if bundle.waived:
        lines += ["Set aside, and signed for:", "", *(f"- {_plain(line_of(waived))}" for waived in bundle.waived), ""]
    lines += ["| Text | Language | Runs | Written by | File |", "|---|---|---|---|---|"]
    lines += [_row(asset, paths[asset.id]) for asset in bundle.assets]
    lines += ["", "`concerted verify` on this folder tells whether the files are untouched and still what the campaign says.", ""]
    return "\n".join(lines)


def _row(asset: BundleAsset, path: str) -> str:
    writers = ", ".join(dict.fromkeys(writer_of(field) for field in asset.fields))
    cells = (heading(asset), asset.language, asset.publish, writers)
    said = [_cell(cell) if cell and cell != NONE else "" for cell in cells]
    return f"| {' | '.join(said)} | [{path}]({path}) |"


EXPORTER = Markdown()
