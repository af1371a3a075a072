"""What the campaign consists of: dates, channels, audiences and their order. Only what is touched is written; what goes is never lost."""

import pytest

from concerted.errors import Refused
from tests.story.oracle import leftovers
from tests.story.stage import ANNOUNCE, BRIEF, HAMBURG, HOUSE, PRESS, REMINDER, RIDERS, SHOPS, Stage, X, copies

GONE = "launch-email.email.riders.us.announce", "launch-email.email.riders.us.reminder"
TAKE = {"owned text": "take", "approved text": "take"}


def touched(before: dict[str, tuple[str, dict[str, str]]], after: dict[str, tuple[str, dict[str, str]]]) -> set[str]:
    return {asset for asset in {*before, *after} if before.get(asset) != after.get(asset)}


def test_a_changed_date_redrafts_only_what_states_it(drafted: Stage) -> None:
    before = copies(drafted.state())
    report = drafted.change("dates.staff-know=2027-03-18")
    after = copies(drafted.state())
    assert report["drafted"] == [BRIEF]
    assert touched(before, after) == {BRIEF}
    assert "March 18, 2027" in after[BRIEF][1]["dates"]


def test_a_moved_launch_redrafts_what_states_it_and_moves_the_due_dates(drafted: Stage) -> None:
    before = copies(drafted.state())
    due = {asset: row["due"] for asset, row in drafted.status().items()}
    old = "March 23, 2027"
    stating = {asset for asset, (_id, words) in before.items() if any(old in text for text in words.values())}
    assert PRESS in stating
    drafted.change("markets.us.launch=2027-03-30 07:00")
    after = copies(drafted.state())
    changed = {asset for asset in before if before[asset][1] != after[asset][1]}
    assert changed == stating
    assert not [asset for asset, (_id, words) in after.items() if old in str(words) and asset not in (BRIEF,)]
    moved = {asset for asset, row in drafted.status().items() if row["due"] != due[asset]}
    assert {SHOPS, ANNOUNCE, REMINDER} <= moved
    assert HAMBURG not in moved


def test_the_end_of_an_offer_is_changed_wherever_it_is_stated(approved: Stage) -> None:
    before = copies(approved.state())
    approved.change("offers.first.until=2027-06-15")
    approved.answer(TAKE)
    assert approved.state().changes == {}
    after = copies(approved.state())
    assert leftovers(approved, {"offers.first.until": "2027-05-31"}) == []
    assert "June 15, 2027" in after[SHOPS][1]["offer_line"]
    assert "June 15, 2027" in after[REMINDER][1]["offer_line"]
    assert before[RIDERS] == after[RIDERS]
    approved.release()


def test_a_channel_added_to_an_audience_adds_only_its_assets(approved: Stage) -> None:
    before = copies(approved.state())
    report = approved.change("audiences.riders.channels=[web, email, x, linkedin]")
    added = "linkedin-post.linkedin.riders.us.-"
    assert report["landed"]
    assert report["drafted"] == [added]
    after = copies(approved.state())
    assert touched(before, after) == {added}
    with pytest.raises(Refused) as refusal:
        approved.release()
    assert {reason.id for reason in refusal.value.reasons} == {added}


def test_a_channel_taken_away_retires_its_assets_and_loses_nothing(approved: Stage) -> None:
    before = copies(approved.state())
    approved.edit(GONE[0], "opening", "Hello,\n\nthe rear brake rubs, and it is Sunday.")
    approved.approve_all()
    edited = approved.state().main.texts[GONE[0]]
    plan = approved.plan("audiences.riders.channels=[web, x]")
    assert {row["id"] for row in plan["assets"] if row["action"] == "retire"} == set(GONE)
    assert plan["retired"] == [{"id": GONE[0], "people_texts": ["opening"]}, {"id": GONE[1], "people_texts": []}]
    approved.change("audiences.riders.channels=[web, x]")
    after = copies(approved.state())
    assert touched(before, after) == set(GONE)
    assert edited in approved.state().drafts[GONE[0]]
    approved.release()
    back = approved.change("audiences.riders.channels=[web, email, x]")
    assert back["drafts_made"] == 0
    assert approved.state().main.texts[GONE[0]].values == edited.values
    assert copies(approved.state())[GONE[1]] == before[GONE[1]]
    approved.release()


def test_a_persons_words_in_a_piece_that_comes_back_meet_what_changed_meanwhile(approved: Stage) -> None:
    hers = "For you the first night costs $19 until May 31, 2027, and $39 after it."
    approved.edit(GONE[0], "offer_line", hers)
    approved.change("audiences.riders.channels=[web, x]")
    approved.change("offers.riders.price.us=$18")
    approved.answer(TAKE)
    assert approved.state().changes == {}
    approved.change("audiences.riders.channels=[web, email, x]")
    row = next(row for row in approved.decisions() if GONE[0] in row["assets"])
    assert (row["kind"], row["who"]) == ("owned text", "June Okafor")
    approved.answer(TAKE)
    assert approved.state().changes == {}
    assert approved.text(GONE[0], "offer_line") == hers.replace("$19", "$18")


def test_an_audience_is_renamed_with_its_texts_edits_and_signatures(approved: Stage) -> None:
    before = copies(approved.state())
    text = approved.read()
    approved.rewrite("\n  riders:\n    who: couriers", "\n  couriers:\n    was: riders\n    who: couriers")
    plan = approved.plan()
    renamed = {old: new for old, new in plan["renames"].items() if old in before}
    assert renamed[RIDERS] == "landing-page.web.couriers.us.-"
    assert not [row for row in plan["assets"] if row["action"] == "retire"]
    report = approved.run()
    assert report["drafts_made"] == 0
    after = copies(approved.state())
    assert set(after) == {renamed.get(asset, asset) for asset in before}
    assert {renamed.get(asset, asset): words for asset, (_id, words) in before.items()} == {asset: words for asset, (_id, words) in after.items()}
    assert approved.state().main.owner_of(renamed[RIDERS], "faq_1_a")
    assert text != approved.read()
    approved.release()


def test_a_rename_without_was_is_pointed_out(approved: Stage) -> None:
    approved.rewrite("\n  riders:\n    who: couriers", "\n  couriers:\n    who: couriers")
    plan = approved.plan()
    retired = {row["id"] for row in plan["assets"] if row["action"] == "retire"}
    assert RIDERS in retired
    found = [finding for finding in plan["findings"] if "rename" in finding["message"]]
    assert found
    assert "was: riders" in found[0]["remedy"]


def test_the_order_of_the_messages_is_adopted_from_the_file(drafted: Stage) -> None:
    """The messaging house tells them in this order: moving one is a change like any other."""
    keys = drafted.facets()["messages.#keys"]
    text = drafted.read()
    second, third, end = (text.index(mark) for mark in ("  price:\n    pillar", "  shift:\n    pillar", "\n# Facts."))
    (drafted.folder / "campaign.yaml").write_text(text[:second] + text[third:end] + text[second:third] + text[end:], encoding="utf-8")
    assert [edit["ref"] for edit in drafted.plan()["edits"]] == ["messages.(members)"]
    report = drafted.run()
    assert report["landed"]
    assert keys == ("night", "price", "shift")
    assert drafted.facets()["messages.#keys"] == ("night", "shift", "price")
    assert drafted.text(HOUSE, "pillar_2").startswith("Your next shift goes ahead")
    assert drafted.plan()["edits"] == []
    assert drafted.run()["change"] is None
    drafted.approve_all()
    drafted.release()


def test_the_order_of_keys_that_nobody_loops_over_changes_nothing(approved: Stage) -> None:
    before = copies(approved.state())
    text = approved.read()
    first, second = text.index("  settled: [category"), text.index("  rejected:")
    line = text[first:second]
    (approved.folder / "campaign.yaml").write_text(text[:first] + text[second:].replace("\nmessages:", f"\n{line}messages:", 1), encoding="utf-8")
    report = approved.run()
    assert report["drafts_made"] == 0
    assert copies(approved.state()) == before
    approved.release()


def test_an_audience_put_first_in_the_file_stands_first_in_the_campaign(drafted: Stage) -> None:
    before = copies(drafted.state())
    drafted.rewrite(
        "audiences:\n",
        "audiences:\n  cafes:\n    who: cafe owners with one delivery bike\n    moment: Sunday at nine\n    says: The bike is down.\n    lead: night\n    channels: [x]\n    markets: [us]\n",  # noqa: E501  # copy and tables read better whole
    )
    drafted.run()
    members = drafted.facets()["audiences.#keys"]
    assert isinstance(members, tuple)
    assert members[0] == "cafes"
    assert drafted.plan()["edits"] == []
    assert copies(drafted.state())[X] == before[X]
