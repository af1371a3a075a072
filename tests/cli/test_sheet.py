"""The change sheet: one page to sign, whose figures are what then happened; three ways side by side; what has left the house is too late."""

from pathlib import Path

import pytest
from docx import Document

from concerted.campaign.facets import MEMBERS
from concerted.conductor.sketch import title_of
from tests.cli.terminal import HAMBURG, PRESS, PRICE, PROMISE, Terminal

HANDED_OVER = f"""
handed_over:
  journalists:
    assets: [{PRESS}]
    to: 14 journalists under embargo
    when: 2026-11-28
    undo: a correction note to all 14
  printer:
    assets: [{HAMBURG}]
    to: the printer
    when: 2026-11-28
    frozen_from: 2027-02-01
"""


def test_each_figure_of_the_sheet_is_what_then_happened(approved: Terminal) -> None:
    sheet = approved.report("sheet", "--set", PRICE)["figures"]
    report = approved.report("change", "--set", PRICE, "--yes")
    assert sheet["untouched"] == report["untouched"]
    assert sheet["rewritten"] == len(report["drafted"]) + len(report["reused"])
    assert sheet["rechecked"] == len(report["kept"])
    assert sheet["proposed"] == len(report["proposed"]) > 0
    assert sheet["waiting"] == len(report["held"])
    assert sheet["blocked"] == len(report["blocked"])
    assert sum(sheet[one] for one in ("untouched", "rewritten", "rechecked", "proposed", "waiting", "blocked")) == len(report["assets"])


ANEW = {
    "positioning.promise@en.h30": "In tonight, earning by morning",
    "positioning.promise@en.h60": "Hand the bike in tonight. It earns again tomorrow.",
    "positioning.promise@en.h90": "Hand in your delivery bike by nine tonight and it earns again from six tomorrow.",
    "positioning.promise@en.w30": "Hand in your delivery bike tonight. A mechanic works on it while you sleep. Tomorrow morning it is earning again.",
    "positioning.promise@de": "Geben Sie Ihr Lieferrad heute Abend ab, und morgen früh verdient es wieder Geld.",
    "positioning.promise@de.h60": "Lieferrad heute Abend abgeben, morgen früh verdient es.",
    "positioning.promise@de.h90": "Geben Sie Ihr Lieferrad heute Abend ab, morgen früh verdient es wieder Geld.",
    "positioning.promise@de.w30": "Geben Sie Ihr Lieferrad heute Abend ab. Wir arbeiten, während Sie schlafen. Morgen früh verdient es wieder Geld.",
}
"""Each shorter form and translation, written anew."""


def _asked(at: Terminal, *, anew: bool) -> int:
    """Answer one question after the other, always the first of the list; give how many there were."""
    asked = 0
    while rows := at.report("decide")["decisions"]:
        row, asked = rows[0], asked + 1
        assert asked < 20, row
        take = f"{row['key']}={'take' if 'take' in row['options'] else 'keep'}"
        worded = [f"{row['key']}/{item['ref']}=text:{ANEW[item['ref']]}" for item in row["items"] if row["kind"] == "wording" and anew]
        at.report("decide", *(worded or [take]), by=row["who"])
    assert at.report("changes")["changes"] == []
    return asked


def test_the_plan_foresees_every_question_whether_wordings_are_still_true_or_written_anew(changed: Terminal, tmp_path: Path) -> None:
    plan = changed.report("plan", "--change", changed.report("changes")["changes"][0]["id"])
    ends = plan["asked"]["decisions"], plan["asked_if_worded_anew"]["decisions"]
    assert ends[0] < ends[1]
    assert (_asked(changed.copy(tmp_path / "anew"), anew=False), _asked(changed, anew=True)) == ends
    assert sum(row["decisions"] for row in plan["people"]) == ends[0]
    assert sum(row["if_worded_anew"]["decisions"] for row in plan["people"]) == ends[1]


def test_where_no_wording_is_asked_about_the_number_is_one(approved: Terminal) -> None:
    plan = approved.report("plan", "--set", PRICE)
    approved.report("change", "--set", PRICE, "--yes")
    assert plan["asked"] == plan["asked_if_worded_anew"]
    assert plan["asked"]["decisions"] == _asked(approved, anew=False) > 1


def test_the_plan_says_what_stays_on_the_old_line_where_questions_are_left(approved: Terminal) -> None:
    behind = approved.report("plan", "--set", PROMISE)["behind_if_left"]
    report = approved.report("change", "--set", PROMISE, "--yes")
    assert behind
    assert {row["id"] for row in report["blocked"]} == set(behind)


def test_an_answer_is_needed_on_a_day_that_is_still_ahead(approved: Terminal) -> None:
    rows = approved.report("plan", "--set", PRICE, "--today", "2027-03-21")["people"]
    assert {row["by"] for row in rows} == {"2027-03-23 07:00"}


def test_what_has_left_the_house_is_too_late_until_then_it_is_not(drafted: Terminal) -> None:
    with drafted.file.open("a") as file:
        file.write(HANDED_OVER)
    assert drafted.type("run").code == 0
    rows = drafted.report("plan", "--set", PRICE)["too_late"]
    assert [(row["id"], row["to"], row["undo"]) for row in rows] == [(PRESS, "14 journalists under embargo", "a correction note to all 14")]
    assert "Too late for press release" in drafted.type("plan", "--set", PRICE).out


def test_three_ways_are_laid_side_by_side(approved: Terminal) -> None:
    ways = {row["option"]: row for row in approved.report("plan", "--options", "--set", PRICE)["options"]}
    assert list(ways) == ["all", "owned", "after"]
    assert PRESS in ways["owned"]["old_line"]
    assert ways["owned"]["assets"] + len(ways["owned"]["old_line"]) == ways["all"]["assets"]
    told = approved.type("plan", "--options", "--set", PRICE).out
    assert all(f"concerted change --option {way} ..." in told for way in ways)
    owned = approved.type("change", "--option", "owned", "--set", PRICE, "--yes").out
    assert "concerted change --left" in owned
    assert f"concerted exclude {' '.join(ways['owned']['old_line'])}" in owned


def test_a_change_for_after_the_launch_says_what_is_typed_when(approved: Terminal) -> None:
    told = approved.type("change", "--option", "after", "--set", PRICE, "--yes").out
    assert "concerted release --despite-change" in told
    assert f"concerted land {approved.report('changes')['changes'][0]['id']}" in told


def test_what_yes_leaves_unanswered_is_said_with_the_one_command_that_goes_on(approved: Terminal) -> None:
    told = approved.type("change", "--set", PROMISE, "--yes").out
    rest = told[told.index("Left unanswered: 5 questions") :].split()
    assert "cannot be released with the new line" in " ".join(rest)
    assert " ".join(rest).count("concerted decide") == 1


def test_the_sheet_is_written_as_a_page_and_as_a_word_file(approved: Terminal, tmp_path: Path) -> None:
    (approved.folder / "mail.txt").write_text('Let\'s open at $25 for shops. Say "The fastest <b>delivery bike</b> repair of the night".\nJo\n')
    page, word = tmp_path / "sheet.html", tmp_path / "sheet.docx"
    line = "messages.night.pillar=The fastest <b>delivery bike</b> repair of the night."
    mail = ("--file", str(approved.folder / "mail.txt"), "--set", PRICE)
    told = approved.type("sheet", *mail, "--set", line, "--html", str(page), "--docx", str(word))
    assert told.code == 0, told.err
    html = page.read_text()
    assert "Let&#39;s open at $25 for shops." in html
    assert "&lt;b&gt;" in html
    assert "no proof" in html
    assert "http" not in html
    paragraphs = [paragraph.text for paragraph in Document(str(word)).paragraphs]
    assert "Let's open at $25 for shops." in paragraphs
    cells = [cell.text for table in Document(str(word)).tables for row in table.rows for cell in row.cells]
    assert {"$29", "$25"} <= set(cells)
    assert approved.report("changes")["changes"] == []
    approved.report("sheet", *mail, "--html", str(page))
    assert "Asked for, and not on this sheet" in page.read_text()
    assert "messages.night.pillar: the words come near this line" in page.read_text()


def test_the_demo_reads_the_mail_and_its_sheet_is_what_happened(tmp_path: Path) -> None:
    figures = Terminal(tmp_path).report("demo", "--dir", str(tmp_path / "scene"))
    assert figures["proposed_edits"] == ["positioning.promise", "offers.first.price.us"]
    assert figures["sheet"]["proposed"] == len(figures["proposed"])
    assert figures["sheet"]["rewritten"] == len(figures["drafted"])
    assert figures["sheet"]["untouched"] == figures["untouched"]
    assert figures["sheet"]["decisions"] <= figures["decisions"] <= figures["sheet"]["decisions_if_worded_anew"] <= 10, "she words some anew"
    assert figures["refused_first"]
    assert {"sheet.html", "sheet.docx", "mail.txt"} <= {path.name for path in (tmp_path / "scene").iterdir()}


def test_without_anything_that_is_about_to_change_the_sheet_names_the_open_changes(changed: Terminal) -> None:
    told = changed.type("sheet", "--json")
    assert told.code == 4
    assert told.json["error"]["next"].endswith("sheet C2 --html sheet.html")


@pytest.mark.parametrize(
    ("refs", "title"),
    [
        (["positioning.promise"], "positioning.promise"),
        (["offers.first.price.us", "positioning.because"], "offers.first.price.us, positioning.because"),
        (["offers.first.price.us", "offers.first.then.us", "offers.first.until", f"offers.first.{MEMBERS}"], "offers.first: 3 lines"),
        (
            ["positioning.promise", "offers.first.price.us", "dates.embargo", "brand.boilerplate"],
            "positioning.promise, offers.first.price.us and 2 more lines",
        ),
        (["competitors.ride-swap.price.us.value", "competitors.other-name.price.de.value"], "competitors.ride-swap.price.us.value and 1 more line"),
        (["positioning.promise@en.h30", "positioning.promise@en.h60", "positioning.promise@de"], "positioning.promise: 3 lines"),
        ([], "What time and rules made out of date"),
    ],
)
def test_the_name_of_a_change_stays_short_however_many_lines_it_holds(refs: list[str], title: str) -> None:
    assert title_of(refs) == title
    assert len(title) <= 80


def test_edits_that_join_an_open_change_say_so_and_give_it_a_title_of_both(approved: Terminal) -> None:
    approved.report("change", "--set", PRICE, "--hold", "--yes")
    joins = ("change", "--set", "positioning.because=We work at night", "--hold", "--yes")
    told = approved.type(*joins)
    assert "This joins C2, which is open: offers.first.price.us." in " ".join(told.out.split()), told.out
    (change,) = approved.report("changes")["changes"]
    assert change["title"] == "offers.first.price.us, positioning.because"
    assert [edit["new"] for edit in change["edits"] if edit["ref"] == "positioning.because"] == ["We work at night."], "a sentence gets its full stop"
