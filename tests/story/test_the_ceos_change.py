"""The defining scene: everything approved, half of it edited by people, and then the CEO makes one small change."""

import pytest

from concerted.errors import Refused
from tests.story.conftest import EDITED
from tests.story.oracle import betrays, leftovers
from tests.story.stage import (
    AD,
    BRIEF,
    CONCEPT,
    DANA,
    DAYS_LATER,
    HAMBURG,
    HOUSE,
    JUNE,
    LINKEDIN,
    PRIYA,
    REMINDER,
    RIDERS,
    RUTH,
    SHOPS,
    TOM,
    Report,
    Stage,
    copies,
    no,
)

PROMISE = "Bring us your delivery bike tonight and it earns again tomorrow morning."
SETS = (f"positioning.promise={PROMISE}", "offers.first.price.us=$24")
OLD = {"positioning.promise": "Hand in your delivery bike tonight and ride it tomorrow morning.", "offers.first.price.us": "$29"}
BACK = tuple(f"{ref}={value}" for ref, value in OLD.items())
ENGLISH = {
    "positioning.promise@en.h30": "In tonight, earning by morning",
    "positioning.promise@en.h60": "Bring us the bike tonight. It earns again tomorrow.",
    "positioning.promise@en.h90": "Bring us your delivery bike by nine tonight and it earns again from six tomorrow morning.",
    "positioning.promise@en.w30": "Bring your delivery bike to a Small Hours stand by nine in the evening. We agree on a price, repair it overnight, and from six in the morning it can earn again.",  # noqa: E501  # copy and tables read better whole
}
GERMAN = {
    "positioning.promise@de.h60": "Abends bringen, morgens wieder verdienen.",
    "positioning.promise@de.h90": "Bis neun Uhr abends bringen Sie uns das Rad, ab sechs Uhr früh verdient es wieder.",
    "positioning.promise@de.w30": "Bringen Sie uns Ihr Rad bis neun Uhr abends an eine Station in Hamburg. Wir einigen uns auf einen Preis und reparieren in der Nacht; ab sechs Uhr früh verdient es wieder.",  # noqa: E501  # copy and tables read better whole
}
WORDS = {**ENGLISH, **GERMAN}
TELLS = {"draft": "drafted", "revise": "drafted", "reuse": "reused", "recheck": "kept", "propose": "proposed", "hold": "held"}


def by_key(plan: Report) -> dict[str, set[str]]:
    """What a plan says will be reported, by the report's keys."""
    found: dict[str, set[str]] = {key: set() for key in TELLS.values()}
    for row in plan["assets"]:
        if row["action"] in TELLS:
            found[TELLS[row["action"]]].add(row["id"])
    return found


def reported(report: Report) -> dict[str, set[str]]:
    return {key: set(report[key]) for key in set(TELLS.values())}


def word(stage: Stage) -> None:
    """Answer what is asked about wordings as the person asked, English first: new words where there are some, still true for the others."""
    while row := next((row for row in stage.decisions() if row["kind"] == "wording"), None):
        answers = [(item["ref"], WORDS.get(item["ref"])) for item in row["items"]]
        stage.decide(*(f"{row['key']}/{ref}=text:{text}" if text else f"{row['key']}/{ref}=keep" for ref, text in answers), by=row["who"])


TAKE = {"owned text": "take", "approved text": "take"}


def test_the_plan_is_what_happens_and_the_campaign_keeps_every_byte_meanwhile(approved: Stage) -> None:
    before = copies(approved.state())
    plan = approved.plan(*SETS)
    assert copies(approved.state()) == before
    report = approved.change(*SETS)
    assert reported(report) == by_key(plan)
    assert {row["id"]: row["action"] for row in report["assets"]} == {row["id"]: row["action"] for row in plan["assets"]}
    touched = set[str]().union(*reported(report).values())
    assert len(touched) <= plan["totals"]["worst"]
    assert {RIDERS, LINKEDIN} & touched == set()
    assert not report["landed"]
    assert copies(approved.state()) == before


def test_a_plan_that_nobody_confirms_writes_nothing(approved: Stage) -> None:
    before = approved.state()
    with pytest.raises(Refused):
        approved.change(*SETS, confirm=no)
    assert approved.state() == before


def test_release_is_refused_while_the_change_is_open_and_writes_nothing(approved: Stage) -> None:
    approved.change(*SETS)
    before = approved.state()
    with pytest.raises(Refused) as refusal:
        approved.release()
    assert [reason.next for reason in refusal.value.reasons]
    assert approved.state() == before


def test_the_old_strategy_can_be_shipped_knowingly(approved: Stage) -> None:
    before = copies(approved.state())
    approved.change(*SETS)
    released = approved.release(despite_change=True)
    assert {row["id"]: row["draft"] for row in released["assets"]} == {asset: draft for asset, (draft, _words) in before.items()}


def test_decisions_are_as_many_as_there_are_people_refs_and_kinds(approved: Stage) -> None:
    approved.change(*SETS)
    rows = approved.decisions()
    assert len({(row["who"], row["ref"], row["kind"]) for row in rows}) == len(rows)
    assert len(rows) <= 10
    owned = {(item["asset"], item["field"]): row["who"] for row in rows if row["kind"] == "owned text" for item in row["items"]}
    assert owned == {place: EDITED[place] for place in owned}
    assert set(owned) == {(SHOPS, "offer_line"), (REMINDER, "offer_line"), (AD, "headline_4"), (BRIEF, "say_this")}


def test_only_the_person_asked_answers_and_the_deputy_when_the_agreed_time_is_over(approved: Stage) -> None:
    approved.change(*SETS)
    row = next(row for row in approved.decisions() if row["kind"] == "approved text" and row["who"] == PRIYA)
    for other in (JUNE, DANA, RUTH):
        with pytest.raises(Refused):
            approved.decide(f"{row['key']}=take", by=other)
    assert row["key"] in {open_row["key"] for open_row in approved.decisions()}
    with pytest.raises(Refused, match=f"the deputy, counts from {row['answer_by']} on"):
        approved.decide(f"{row['key']}=take", by=TOM)
    approved.on(DAYS_LATER).decide(f"{row['key']}=take", by=TOM)
    assert row["key"] not in {open_row["key"] for open_row in approved.decisions()}


def test_after_the_last_answer_it_lands_and_the_release_needs_no_second_round(approved: Stage) -> None:
    before = copies(approved.state())
    worst = approved.plan(*SETS)["totals"]["worst"]
    report = approved.change(*SETS)
    word(approved)
    approved.answer(TAKE)
    assert approved.decisions() == []
    state = approved.state()
    assert len([asset for asset, draft in copies(state).items() if draft != before[asset]]) <= worst
    assert report["change"] not in state.changes
    assert leftovers(approved, OLD) == []
    assert approved.text(SHOPS, "offer_line").endswith("You pay $24, and the offer ends on May 31, 2027.")
    assert approved.text(SHOPS, "offer_line").startswith("The first night of each bike")
    assert "earns again" in approved.text(CONCEPT, "idea")
    assert approved.release()["strategy"]
    assert approved.text(HAMBURG, "h1") == GERMAN["positioning.promise@de.h60"]


def test_what_the_change_does_not_reach_keeps_draft_and_bytes_after_landing(approved: Stage) -> None:
    before = copies(approved.state())
    report = approved.change("offers.first.price.us=$24")
    approved.answer(TAKE)
    assert report["change"] not in approved.state().changes
    after = copies(approved.state())
    changed = {asset for asset in before if before[asset] != after[asset]}
    assert changed == {row["id"] for row in report["assets"] if row["action"] != "none"}
    assert leftovers(approved, {"offers.first.price.us": "$29"}) == []
    approved.release()


def test_a_change_of_something_that_nobody_reads_lands_without_a_question(approved: Stage) -> None:
    before = copies(approved.state())
    report = approved.change("positioning.rejected.cheapest=nobody wants to be the cheapest")
    assert report["landed"]
    assert report["decisions"] == []
    assert copies(approved.state()) == before
    approved.release()


def test_taking_the_whole_change_back_restores_the_drafts_and_makes_none(drafted: Stage) -> None:
    before = copies(drafted.state())
    then = {ref: value for ref, value in drafted.facets().items() if ref in {*OLD, *WORDS}}
    drafted.change(*SETS)
    word(drafted)
    assert not drafted.state().changes
    assert leftovers(drafted, OLD) == []
    there = copies(drafted.state())
    assert there != before
    back = drafted.change(*(f"{ref}={value}" for ref, value in then.items()))
    assert back["drafts_made"] == 0
    assert set(back["reused"]) == {asset for asset in before if before[asset] != there[asset]}
    assert not drafted.state().changes
    assert copies(drafted.state()) == before


def test_setting_the_old_value_back_while_the_change_is_open_abandons_it(approved: Stage) -> None:
    before = copies(approved.state())
    opened = approved.change(*SETS)
    back = approved.change(*BACK)
    state = approved.state()
    assert back["drafts_made"] == 0
    assert opened["change"] not in state.changes
    assert copies(state) == before
    approved.release()


def test_setting_the_old_price_back_after_landing_restores_the_old_drafts(drafted: Stage) -> None:
    before = copies(drafted.state())
    assert drafted.change("offers.first.price.us=$24")["landed"]
    back = drafted.change("offers.first.price.us=$29")
    assert back["landed"]
    assert back["drafts_made"] == 0
    assert copies(drafted.state()) == before


def test_the_oracle_finds_an_old_line_in_a_text() -> None:
    assert betrays("Hand in your delivery bike tonight, please.", OLD["positioning.promise"], [PROMISE])
    assert betrays("It costs $29.", "$29", ["$24"]) == ["$29"]
    assert betrays("It costs $29.", "$29", ["$29 in Hamburg"]) == []
    assert HOUSE
