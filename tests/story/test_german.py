"""One German page beside the English campaign: its words are people's, and none of them outlives the English sentence it was made from unasked."""

import pytest

from concerted.errors import Refused
from tests.story.stage import DAYS_LATER, HAMBURG, PRIYA, TOM, Report, Stage, copies

HEADLINE = "positioning.promise@en.h60=Bring us the bike tonight. It earns again tomorrow."
TAKE = {"owned text": "take", "approved text": "take"}
GERMAN_LINE = "Abends bringen, morgens wieder verdienen."


def wordings(stage: Stage) -> dict[str, Report]:
    """What is asked about wordings: ref -> its decision."""
    return {item["ref"]: row for row in stage.decisions() if row["kind"] == "wording" for item in row["items"]}


def test_a_new_english_headline_asks_about_the_german_one(approved: Stage) -> None:
    before = copies(approved.state())
    plan = approved.plan(HEADLINE)
    row = next(row for row in plan["assets"] if row["id"] == HAMBURG)
    assert row["action"] == "hold"
    assert "positioning.promise@de.h60" in plan["older_wordings"]
    approved.change(HEADLINE)
    asked = wordings(approved)["positioning.promise@de.h60"]
    assert asked["who"] == PRIYA
    assert asked["assets"] == [HAMBURG]
    assert asked["options"] == ["keep", "text", "leave"]
    assert copies(approved.state()) == before


def test_a_new_german_text_is_written_into_the_page_and_released(approved: Stage) -> None:
    approved.change(HEADLINE)
    asked = wordings(approved)["positioning.promise@de.h60"]
    approved.decide(f"{asked['key']}=text:{GERMAN_LINE}", by=PRIYA)
    approved.answer(TAKE)
    assert approved.state().changes == {}
    assert approved.text(HAMBURG, "h1") == GERMAN_LINE
    assert "Abends abgeben" not in str(copies(approved.state()))
    assert f"h60: {GERMAN_LINE}" in approved.read("wordings-de.yaml")
    approved.release()


def test_still_true_keeps_the_page_and_is_not_asked_again(approved: Stage) -> None:
    before = copies(approved.state())
    then = approved.facets()["positioning.promise@en.h60"]
    approved.change(HEADLINE)
    asked = wordings(approved)["positioning.promise@de.h60"]
    approved.decide(f"{asked['key']}=keep", by=PRIYA)
    approved.answer(TAKE)
    assert approved.state().changes == {}
    assert copies(approved.state())[HAMBURG] == before[HAMBURG]
    approved.release()
    approved.change(f"positioning.promise@en.h60={then}")
    assert "positioning.promise@de.h60" not in wordings(approved), "both English lines are known to be right for it now"
    approved.answer(TAKE)
    again = approved.change(HEADLINE)
    assert "positioning.promise@de.h60" not in wordings(approved)
    assert again["older_wordings"] == []


def test_left_german_waits_while_the_us_group_is_released(approved: Stage) -> None:
    before = copies(approved.state())
    approved.change(HEADLINE)
    asked = wordings(approved)["positioning.promise@de.h60"]
    approved.decide(f"{asked['key']}=leave", by=PRIYA)
    approved.answer(TAKE)
    state = approved.state()
    assert state.changes == {}
    assert copies(state)[HAMBURG] == before[HAMBURG]
    assert approved.status()[HAMBURG]["standing"] == "blocked"
    approved.release("-.launch", "us.launch")
    for groups in ((), ("de.launch",)):
        with pytest.raises(Refused) as refusal:
            approved.release(*groups)
        assert {reason.id for reason in refusal.value.reasons} == {HAMBURG}
        assert "R8" in {reason.rule for reason in refusal.value.reasons}


def test_the_question_that_was_left_is_answered_later_and_german_follows(approved: Stage) -> None:
    approved.change(HEADLINE)
    asked = wordings(approved)["positioning.promise@de.h60"]
    approved.decide(f"{asked['key']}=leave", by=PRIYA)
    approved.answer(TAKE)
    again = wordings(approved)["positioning.promise@de.h60"]
    assert again["change"] == "main"
    approved.decide(f"{again['key']}=text:{GERMAN_LINE}", by=PRIYA)
    approved.answer(TAKE)
    assert approved.state().changes == {}
    assert approved.text(HAMBURG, "h1") == GERMAN_LINE
    assert approved.status()[HAMBURG]["standing"] == "fresh"
    approved.release()


def test_no_german_text_with_the_old_line_is_released_after_the_promise_changed(approved: Stage) -> None:
    approved.change("positioning.promise=Bring us your delivery bike tonight and it earns again tomorrow morning.")
    for _ in range(6):
        asked = wordings(approved)
        if not asked:
            break
        row = next(iter(asked.values()))
        approved.decide(f"{row['key']}=leave", by=row["who"])
    approved.answer(TAKE)
    assert approved.state().changes == {}
    with pytest.raises(Refused) as refusal:
        approved.release("-.launch", "de.launch")
    assert HAMBURG in {reason.id for reason in refusal.value.reasons}


def test_a_german_wording_that_nobody_reads_asks_nothing(approved: Stage) -> None:
    report = approved.change("messages.shift.support@en.h90=If yours needs a part, one of our loan bikes stands in, and it costs you nothing.")
    assert "messages.shift.support@de" not in wordings(approved)
    assert HAMBURG not in report["held"]


def test_a_missing_german_sentence_blocks_only_the_page_that_needs_it(drafted: Stage) -> None:
    drafted.approve_all()
    before = copies(drafted.state())
    report = drafted.change(unset=("ctas.hamburg.text@de",))
    assert report["held"] == [HAMBURG]
    drafted.release("-.launch", "us.launch")
    drafted.answer({"finding": "leave"})
    assert drafted.state().changes == {}
    assert copies(drafted.state()) == before
    assert drafted.status()[HAMBURG]["standing"] == "blocked"
    drafted.release("-.launch", "us.launch")
    with pytest.raises(Refused) as refusal:
        drafted.release("de.launch")
    assert {reason.id for reason in refusal.value.reasons} == {HAMBURG}


def test_german_wordings_are_edited_in_their_own_file_and_adopted(approved: Stage) -> None:
    approved.rewrite("h60: Abends abgeben, morgens wieder ausliefern.", "h60: Abends abgeben, morgens ausliefern.", "wordings-de.yaml")
    report = approved.run()
    assert report["proposed"] == [HAMBURG]
    row = next(row for row in approved.decisions())
    assert row["who"] == PRIYA
    approved.on(DAYS_LATER).decide(f"{row['key']}=take", by=TOM)
    assert approved.text(HAMBURG, "h1") == "Abends abgeben, morgens ausliefern."
    assert approved.state().changes == {}
    approved.release()


def test_a_german_line_made_from_an_english_one_that_nobody_reads_is_asked_about_too(drafted: Stage) -> None:
    drafted.change("audiences.shops.channels=[sms]", "audiences.riders.channels=[x]")
    drafted.approve_all()
    drafted.release()
    drafted.change("messages.shift.pillar=Your next shift goes ahead, whatever the bike does.")
    while asked := next(iter(wordings(drafted).values()), None):
        drafted.decide(f"{asked['key']}=keep", by=asked["who"])
    drafted.answer(TAKE)
    assert drafted.state().changes == {}
    drafted.approve_all()
    drafted.release()
