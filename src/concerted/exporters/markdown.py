"""One Markdown file for each text of a release, in folders by market and channel, and an index. Pure: a bundle in, files out."""

import re
import unicodedata
from collections.abc import Iterable

from concerted.campaign.bundle import Bundle, BundleAsset, BundleField
from concerted.exporters.exporter import ExportedFile

NONE = "-"
EVERYWHERE = "all-markets"
INSIDE = "strategy"
"""Folder of texts that run in no channel: the messaging house, the concept."""
INDEX = "README.md"
WRITERS = {"house": "house templates", "adopted": "adopted as it was"}


class Markdown:
    """The export format `markdown`."""

    title = "Markdown, one file for each text"

    def export(self, bundle: Bundle) -> Iterable[ExportedFile]:
        """Write a release as Markdown files and their index."""
        paths = _paths(bundle.assets)
        files = [ExportedFile(paths[asset.id], _page(bundle, asset).encode(), (asset.id,)) for asset in bundle.assets]
        return [*files, ExportedFile(INDEX, _index(bundle, paths).encode(), tuple(asset.id for asset in bundle.assets))]


def _paths(assets: Iterable[BundleAsset]) -> dict[str, str]:
    """Choose a path for each asset: the same in every release, and safe in every file system."""
    return {asset.id: f"{_folder(asset.market, EVERYWHERE)}/{_folder(asset.channel, INSIDE)}/{_name(asset)}.md" for asset in assets}


def _folder(name: str, otherwise: str) -> str:
    return safe(name) if name and name != NONE else otherwise


def _name(asset: BundleAsset) -> str:
    """Name the file after what is left of the id beside market and channel. Dots keep the parts apart, as in the id."""
    kind, _channel, audience, _market, variant = [*asset.id.split("."), NONE, NONE, NONE, NONE][:5]
    parts = [kind, audience, variant]
    while parts[-1] == NONE:
        parts.pop()
    return ".".join(safe(part) if part != NONE else "_" for part in parts)


def safe(name: str) -> str:
    """Bring a name into small letters, digits and dashes, and away from names that Windows keeps for itself."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "x"
    return f"{found}_" if _RESERVED.fullmatch(found) else found


_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")


def _page(bundle: Bundle, asset: BundleAsset) -> str:
    meta = {
        "asset": asset.id, "title": asset.title, "channel": asset.channel, "audience": asset.audience, "market": asset.market,
        "language": asset.language, "publish": asset.publish, "release": bundle.release, "strategy": bundle.strategy[:12], "draft": asset.draft,
        "sha256": asset.sha256,
    }  # fmt: skip
    front = [f"{key}: {_quoted(value)}" for key, value in meta.items() if value and value != NONE]
    parts = ["\n".join(("---", *front, "---")), f"# {_plain(_heading(asset))}"]
    parts += [f"## {field.name}\n\n{_body(field.text)}" for field in asset.fields]
    parts.append("---")
    parts.append("\n".join(f"- {field.name}: {_writer(field)}" for field in asset.fields))
    return "\n\n".join(parts) + "\n"


def _heading(asset: BundleAsset) -> str:
    """Give the friendly title: Launch email, announce (shops, us)."""
    variant = asset.id.rpartition(".")[2]
    parts = [part for part in (asset.audience, asset.market) if part and part != NONE]
    named = f"{asset.title}, {variant}" if variant and variant != NONE else asset.title
    return _line(f"{named} ({', '.join(parts)})" if parts else named)


def _quoted(value: str) -> str:
    """Write a text as a YAML scalar that no reader takes for something else."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]+", " ", escaped) + '"'


def _line(text: str) -> str:
    return " ".join(text.split())


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
    return _plain(_line(text)).replace("|", "\\|")


def _writer(field: BundleField) -> str:
    """Say plainly who wrote a field."""
    return WRITERS.get(field.author, field.author)


def _index(bundle: Bundle, paths: dict[str, str]) -> str:
    lines = [
        f"# {_line(bundle.campaign)}: release {bundle.release}", "",
        f"{_line(bundle.company)}, {len(bundle.assets)} texts, released by {_line(bundle.by)} on {bundle.at[:10]}.",
        f"All of them belong to strategy {bundle.version} ({bundle.strategy[:12]}). Groups: {', '.join(bundle.groups)}.", "",
    ]  # fmt: skip
    if bundle.waived:
        lines += ["Set aside, and signed for:", "", *(f"- {_plain(_line(waived))}" for waived in bundle.waived), ""]
    lines += ["| Text | Language | Runs | Written by | File |", "|---|---|---|---|---|"]
    lines += [_row(asset, paths[asset.id]) for asset in bundle.assets]
    lines += ["", "`concerted verify` on this folder tells whether the files are untouched and still what the campaign says.", ""]
    return "\n".join(lines)


def _row(asset: BundleAsset, path: str) -> str:
    writers = ", ".join(dict.fromkeys(_writer(field) for field in asset.fields))
    cells = (_heading(asset), asset.language, asset.publish, writers)
    said = [_cell(cell) if cell and cell != NONE else "" for cell in cells]
    return f"| {' | '.join(said)} | [{path}]({path}) |"


EXPORTER = Markdown()
