"""The parts of the pages that are made from the code: `make docs` writes them, a house test says when they are older than it.

A page keeps its hand-written text; only what stands between two marker lines is replaced. To add a page, add a maker to PAGES.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from concerted.campaign.channel import Channel, channels_page
from concerted.cli.manual import commands_page
from concerted.rules.manual import rules_page

ROOT = Path(__file__).parents[1]
Maker: TypeAlias = Callable[[str], str]
MEGABYTE = 1_000_000


def glossary(page: str) -> str:
    """List every public class of `concerted.campaign` with the first sentence of its docstring."""
    rows = [f"| `{name}` | {meaning} | `{module}` |" for name, meaning, module in sorted(_campaign_classes())]
    return _between(page, "classes", ["| Class | Is | Lives in |", "|---|---|---|", *rows])


def dependencies(page: str) -> str:
    """Measure in this environment what each dependency weighs, alone and with everything that comes with it."""
    return re.sub(
        r"^\| `([^`]+)` \|[^|]*\|[^|]*\|", lambda row: f"| `{row[1]}` | {_weight({row[1]})} | {_weight(_closure(row[1]))} |", page, flags=re.MULTILINE
    )


def channels(_page: str) -> str:
    """Write the whole page on channels from the library's data files."""
    folder = ROOT / "src" / "concerted" / "library" / "channels"
    files = sorted(folder.glob("*.toml"))
    return channels_page(Channel.from_data(file.stem, tomllib.loads(file.read_text(encoding="utf-8"))) for file in files)


def rules(_page: str) -> str:
    """Write the whole page on rule kinds from their docstrings."""
    return rules_page()


def commands(_page: str) -> str:
    """Write the whole page on the command line from the commands."""
    return commands_page()


def prompts(_page: str) -> str:
    """Write the whole page on prompts from the example."""
    # Imported here: it opens a campaign, which the other pages have no need of.
    from docs.prompts import prompts_page

    return prompts_page()


def deliverables(_page: str) -> str:
    """Write the whole page on deliverables from playbooks and workers."""
    from docs.deliverables import deliverables_page

    return deliverables_page()


# Pages whose made part follows from the code alone: a test compares them.
PAGES: dict[str, Maker] = {
    "docs/glossary.md": glossary,
    "docs/channels.md": channels,
    "docs/deliverables.md": deliverables,
    "docs/rules.md": rules,
    "docs/commands.md": commands,
    "docs/prompts.md": prompts,
}
# Sizes differ from machine to machine: made on request, compared by nobody.
MEASURED: dict[str, Maker] = {"docs/dependencies.md": dependencies}


def _between(page: str, part: str, lines: list[str]) -> str:
    made = "\n".join(["<!-- made by `make docs`: {} -->", "", *lines, "", "<!-- end -->"]).replace("{}", part)
    marked = re.compile(rf"<!-- made by `make docs`: {part} -->.*?<!-- end -->", re.DOTALL)
    if not marked.search(page):
        raise ValueError(f"The page has no place for {part!r}: it needs the two marker lines.")
    return marked.sub(lambda _: made, page)


def _campaign_classes() -> Iterator[tuple[str, str, str]]:
    for path in sorted((ROOT / "src" / "concerted" / "campaign").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name, _first_sentence(ast.get_docstring(node) or ""), module


def _first_sentence(docstring: str) -> str:
    first = " ".join(docstring.split("\n\n")[0].split())
    return re.split(r"(?<=[.!?]) ", first)[0].replace("|", "\\|")


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _weight(names: set[str]) -> str:
    """Add up the files of the distributions, without what Python compiles for itself."""
    files = chain.from_iterable((found.files or []) for name in names if (found := _installed(name)))
    total = sum(path.stat().st_size for file in files if file.suffix != ".pyc" and (path := Path(str(file.locate()))).is_file())
    return f"{max(total / MEGABYTE, 0.1):.1f} MB"


def _closure(name: str) -> set[str]:
    """Follow a dependency to everything that is installed because of it, itself included."""
    seen: set[str] = set()
    ahead = [Requirement(name)]
    while ahead:
        need = ahead.pop()
        found = _installed(need.name)
        if found is None or canonicalize_name(need.name) in seen:
            continue
        seen.add(canonicalize_name(need.name))
        extras = need.extras or {""}
        needs = [Requirement(line) for line in found.requires or []]
        ahead += [n for n in needs if n.marker is None or any(n.marker.evaluate({"extra": extra}) for extra in extras)]
    return seen


def declared() -> set[str]:
    """Name every dependency that pyproject.toml declares: to run, to build, to develop, and the extras."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = pyproject["project"]
    groups = [project["dependencies"], *project.get("optional-dependencies", {}).values(), *pyproject["dependency-groups"].values()]
    return {Requirement(line).name for line in chain.from_iterable(groups)}


def main() -> None:
    """Write every page and say which ones changed."""
    for name, make in {**PAGES, **MEASURED}.items():
        path = ROOT / name
        before = path.read_text(encoding="utf-8")
        after = make(before)
        if after != before:
            path.write_text(after, encoding="utf-8")
            sys.stderr.write(f"wrote {name}\n")


if __name__ == "__main__":
    main()
