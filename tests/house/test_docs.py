"""The pages keep up with the code: generated parts are current, every dependency is explained, links lead somewhere."""

import re

import pytest

from docs.generate import PAGES, declared
from tests.house.tree import ROOT, modules


@pytest.mark.parametrize("page", PAGES)
def test_the_generated_part_of_a_page_is_current(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert PAGES[page](text) == text, "run `make docs`"


def test_the_glossary_lists_every_public_class_of_the_campaign_and_no_other() -> None:
    listed = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE))
    public = {node.name for module in modules("src") if module.room == "campaign" for node in module.classes() if not node.name.startswith("_")}
    assert listed == public


def test_every_dependency_has_its_row_and_every_row_its_dependency() -> None:
    rows = re.findall(r"^\| `([^`]+)` \|(.*)\|$", (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(name for name, _ in rows) == sorted(declared())
    assert [name for name, cells in rows if not all(cell.strip() for cell in cells.split("|"))] == [], (
        "every cell has something to say; `make docs` measures"
    )


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8")))
    assert listed == {path.name for path in folder.glob("[0-9]*.md")}


def test_every_link_between_pages_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")) if "://" not in link]
    assert [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()] == []
