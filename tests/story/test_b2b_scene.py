"""The defining scene on a hundred assets, as `concerted demo --example listening-post` plays it; the sheet against what happened."""

import base64
from math import ceil

import pytest
from docx import Document

from concerted.cli.demo import Scene, perform
from concerted.cli.tally import tally

HERO = "picture.web.-.us.hero"
PRESS, HELD = "press-release.press.-.us.-", "landing-page.web.maintenance.de.-"
INES, TILDA = "Ines Carver", "Tilda Moreau"


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Play it once, from the first run to the release."""
    return perform("listening-post", tmp_path_factory.mktemp("b2b") / "listening-post", print)


def test_every_asset_is_approved_and_half_of_them_are_reworded_by_people(week: Scene) -> None:
    assert len(week.standing) == 107
    assert [row["id"] for row in week.standing.values() if not row["approved"] or row["unsigned"]] == []
    assert len({asset for asset, _name in week.edits}) == 51
    assert all(week.before[asset][1][name] == words for (asset, name), words in week.edits.items())


def test_the_mail_is_understood_without_a_model(week: Scene) -> None:
    assert [(row["ref"], row["new"]) for row in week.mail["proposed_edits"]] == [
        ("positioning.promise", "You hear of a new air leak before the morning shift starts."),
        ("offers.week.price.us", "$1,700"),
    ]


def test_each_number_of_the_sheet_is_what_then_happened(week: Scene) -> None:
    figures, change = week.sheet["figures"], week.change
    assert figures["untouched"] == change["untouched"]
    assert figures["rewritten"] == len(change["drafted"]) + len(change["reused"])
    assert figures["rechecked"] == len(change["kept"])
    assert figures["proposed"] == len(change["proposed"])
    assert figures["waiting"] == len(change["held"])
    assert figures["blocked"] == len(change["blocked"])
    assert {name: figures[name] for name in ("untouched", "rechecked", "proposed", "waiting")} == {
        "untouched": 64,
        "rechecked": 4,
        "proposed": 31,
        "waiting": 8,
    }
    assert sum(figures[name] for name in ("untouched", "rewritten", "rechecked", "proposed", "waiting", "blocked")) == 107
    assert figures["wordings"] == len(next(row for row in week.asked if row["kind"] == "wording")["items"])
    assert figures["too_late"] == 1
    assert all(row.agrees for row in tally(week))
    assert [(row["id"], row["undo"]) for row in week.sheet["too_late"]] == [(PRESS, "a correction note to all 9")]


def test_at_most_ten_decisions_are_asked_and_as_many_as_the_sheet_foresees(week: Scene) -> None:
    assert week.landed
    assert len(week.asked) == week.sheet["figures"]["decisions"] == 6
    assert week.sheet["figures"]["decisions_if_worded_anew"] == 9


def test_no_persons_text_is_replaced_without_an_answer_of_that_person(week: Scene) -> None:
    answered = {(item["asset"], item["field"]): row["who"] for row in week.asked if row["kind"] == "owned text" for item in row["items"]}
    replaced = {place for place, words in week.edits.items() if week.after[place[0]][1][place[1]] != words}
    assert replaced == set(answered)
    assert len(replaced) >= 5
    assert set(answered.values()) == {INES}


def test_the_campaign_keeps_every_byte_until_the_last_answer_and_nothing_is_released_meanwhile(week: Scene) -> None:
    assert week.meanwhile == week.before
    assert week.early


def test_only_what_the_plan_names_has_changed_and_the_rest_keeps_its_draft(week: Scene) -> None:
    named = {row["id"] for row in week.plan["assets"] if row["action"] != "none"}
    changed = {asset for asset in week.before if week.before[asset][1] != week.after[asset][1]}
    assert changed <= named
    assert len(week.before) - len(named) == week.sheet["figures"]["untouched"]
    assert all(week.before[asset] == week.after[asset] for asset in week.before.keys() - named)


def test_what_waits_for_german_words_holds_its_group_back_and_the_rest_is_released_on_one_strategy(week: Scene) -> None:
    assert {reason.id for reason in week.whole} == {HELD}
    assert HELD in week.left
    released = {row["id"] for row in week.released["assets"]}
    assert HELD not in released
    assert {row["id"]: row["draft"] for row in week.released["assets"]} == {asset: week.after[asset][0] for asset in released}
    assert all("$1,900" not in text for asset in released for text in week.after[asset][1].values())


def test_the_picture_that_says_the_old_price_is_held_and_goes_out_with_the_new_one_only_when_it_is_signed_for(week: Scene) -> None:
    (asked,) = (row for row in week.asked if row["kind"] == "file")
    assert (asked["who"], [item["asset"] for item in asked["items"]]) == (TILDA, [HERO]), "not the German picture, the film or the booth"
    assert "keep" not in asked["options"], "a picture with the old price cannot be called right"
    assert "$1,900" in week.before[HERO][1]["words"]
    assert "$1,700" in week.after[HERO][1]["words"]
    preview = (week.folder / "release" / "preview.html").read_text(encoding="utf-8")
    page = preview[preview.index('id="landing-page.web.plant.us.-"') :].split("</article>")[0]
    new, old = (base64.b64encode((week.folder / "pictures" / f"hero-us-{price}.png").read_bytes()).decode() for price in (1700, 1900))
    assert new in page
    assert old not in preview


def test_the_sheet_to_sign_is_no_longer_than_one_page_of_small_letters(week: Scene) -> None:
    word = Document(str(week.folder / "sheet.docx"))
    lines = sum(ceil(len(paragraph.text) / 105) for paragraph in word.paragraphs)
    for table in word.tables:
        rows = [[(cell.text, cell.width.cm) for cell in row.cells if cell.width is not None] for row in table.rows]
        lines += sum(max(sum(ceil(len(part) / (5.5 * width)) for part in text.split("\n")) for text, width in row) for row in rows)
    assert 40 < lines <= 64, "of 8 points, which Letter paper holds between margins of a centimetre"
