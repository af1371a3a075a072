"""A launch with a quarter of its facts still open: check says what and who knows, run drafts what it can, release names each missing fact."""

from pathlib import Path

import pytest

from concerted.folder import read_folder
from concerted.folder.nodes import Text
from tests.cli.terminal import Terminal

MONDAY = Path(__file__).parents[2] / "examples" / "open-kiln"
TESS = "Tess Moreno"


@pytest.fixture(scope="module")
def monday(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    at = Terminal(MONDAY, "2027-03-01", TESS).copy(tmp_path_factory.mktemp("monday") / "open-kiln")
    assert at.type("run").code == 0
    return at


def _open_lines() -> tuple[set[str], int]:
    """The lines of the file that have no answer, and how many there are in all."""
    source = read_folder(MONDAY)
    found = {keys: places[0] for keys, places in source.places.items() if places[0].key is not None}
    lines = {".".join(keys): place for keys, place in found.items() if not hasattr(place.value, "pairs")}
    return {ref for ref, place in lines.items() if isinstance(place.value, Text) and place.value.missing}, len(lines)


def test_a_quarter_of_the_facts_is_open() -> None:
    missing, lines = _open_lines()
    assert 0.2 <= len(missing) / lines <= 0.3


def test_check_names_each_open_fact_and_who_usually_knows_it(monday: Terminal) -> None:
    report = monday.report("check")
    assert report["ok"]
    said = {row["ref"]: row["remedy"] for row in report["problems"]}
    missing, _ = _open_lines()
    assert {ref.replace("wordings.en.", "").replace(".h", "@en.h") for ref in missing} - set(said) == set()
    assert [row["ref"] for row in report["problems"] if "usually known by" not in row["remedy"].lower()] == []


def test_what_can_be_drafted_is_drafted_and_the_rest_names_the_line_it_waits_for(monday: Terminal) -> None:
    rows = monday.report("status")["assets"]
    drafted = {row["id"] for row in rows if row["draft"]}
    assert {"messaging-house.-.-.-.-", "landing-page.web.potters.us.-", "landing-page.web.studios.us.-"} <= drafted
    causes = " ".join(row["cause"] or "" for row in rows if not row["draft"])
    for ref in ("markets.us.sender", "offers.first-shelf.until", "ctas.find.url", "objectives.first-season.target"):
        assert ref in causes


def test_a_release_is_refused_with_each_missing_fact_by_name(monday: Terminal) -> None:
    needed = [row["ref"] for row in monday.report("check")["problems"] if row["severity"] == "release"]
    assert len(needed) >= 7
    told = monday.type("release", "--json")
    assert told.code == 4
    whys = [row["why"] for row in told.json["refused"]]
    assert [ref for ref in needed if not any(ref in why for why in whys)] == []


def test_what_is_open_stops_the_release_even_when_every_text_is_signed_or_left_out(monday: Terminal, tmp_path: Path) -> None:
    at = monday.copy(tmp_path / "signed")
    rows = at.report("status")["assets"]
    at.report("exclude", *(row["id"] for row in rows if not row["draft"]))
    at.report("approve", "--all")
    at.report("approve", "--all", by="Dee Okoye")
    told = at.type("release", "--json")
    assert told.code == 4
    assert {row["rule"] for row in told.json["refused"]} == {"check"}


def test_an_answer_drafts_only_what_waited_for_it(monday: Terminal, tmp_path: Path) -> None:
    at = monday.copy(tmp_path / "answered")
    text = at.file.read_text()
    sender = "    sender:                   # the company moves in March; which address?"
    assert sender in text
    at.file.write_text(text.replace(sender, '    sender: "Emberline LLC, 9 Foundry Lane, Eugene OR"'))
    drafted = at.report("run")["drafted"]
    assert drafted
    assert all(asset.startswith("launch-email") for asset in drafted)
