"""Letting a remark stand: with a reason, for these words, by a name; what stops a release never."""

import pytest

from concerted.conductor.aligning import align
from concerted.conductor.dismissing import dismiss, take_up
from concerted.conductor.reading import history, show
from concerted.conductor.report import Report
from concerted.errors import NotFound, Refused, UserError
from tests.story.stage import JUNE, SHOPS, TOM, Stage

LOUD = "In tonight! Riding by morning! smallhours.example/stands"
POST = "x-post.x.-.us.-"
PLACE = f"exclamation:{POST}#text"
VOICE = f"voice:{POST}"
"""A remark on the whole post, not on a field."""
WHY = "they are the words of the crowd"


@pytest.fixture
def loud(stage: Stage) -> Stage:
    """A post that shouts twice."""
    stage.edit(POST, "text", LOUD, by=TOM)
    return stage


def let_stand(stage: Stage, places: tuple[str, ...], because: str) -> Report:
    return stage.do(lambda session: dismiss(session, places, because), by=JUNE)


def again(stage: Stage, places: tuple[str, ...]) -> Report:
    return stage.do(lambda session: take_up(session, places), by=TOM)


def rules(stage: Stage) -> list[str]:
    return [row["rule"] for row in stage.do(align)["findings"] if row["rule"] != "voice"]


def test_what_was_let_stand_is_counted_apart_and_costs_no_share(loud: Stage) -> None:
    before = loud.do(align)
    report = let_stand(loud, (PLACE, VOICE), WHY)
    assert report["done"] == [PLACE, VOICE]
    after = loud.do(align)
    assert {row["rule"] for row in before["findings"]} == {"exclamation", "voice"}
    assert after["findings"] == []
    assert [(row["rule"], row["because"], row["by"]) for row in after["dismissed"]] == [("voice", WHY, JUNE), ("exclamation", WHY, JUNE)]
    assert before["share"] < after["share"] == 1.0


def test_show_names_it_with_its_reason(loud: Stage) -> None:
    let_stand(loud, (PLACE,), WHY)
    report = loud.do(lambda session: show(session, POST))
    assert report["findings"] == []
    assert [(row["field"], row["because"]) for row in report["dismissed"]] == [("text", WHY)]


def test_other_words_are_looked_at_anew_and_the_old_ones_stay_settled(loud: Stage) -> None:
    let_stand(loud, (PLACE,), WHY)
    loud.edit(POST, "text", LOUD.replace("morning", "six"), by=TOM)
    assert rules(loud) == ["exclamation"]
    loud.edit(POST, "text", LOUD, by=TOM)
    assert rules(loud) == []


def test_it_is_on_record_with_who_and_why_and_survives_reading_the_store_again(loud: Stage) -> None:
    let_stand(loud, (PLACE,), WHY)
    (entry,) = [row for row in loud.do(history)["events"] if row["kind"] == "dismissed"]
    assert entry["by"] == JUNE
    assert WHY in entry["about"]
    assert entry["at"]


def test_taking_it_back_shows_the_remark_again(loud: Stage) -> None:
    let_stand(loud, (PLACE,), WHY)
    assert again(loud, (f"exclamation:{POST}",))["done"] == [PLACE]
    assert rules(loud) == ["exclamation"]
    with pytest.raises(NotFound, match="Nobody let"):
        again(loud, (PLACE,))


def test_what_stops_a_release_is_refused_and_nothing_is_written(loud: Stage) -> None:
    loud.edit(SHOPS, "faq_1_a", "The first overnight tune-up costs $21.", by=TOM)
    with pytest.raises(Refused) as no:
        let_stand(loud, (PLACE, f"price:{SHOPS}#faq_1_a"), WHY)
    assert [reason.rule for reason in no.value.reasons] == ["price"]
    assert "--waive" not in no.value.reasons[0].next
    assert "exclamation" in rules(loud)


@pytest.mark.parametrize("place", [f"swap-test:{POST}#text", f"exclamation:{SHOPS}", "exclamation:no-such-post", "exclamation"])
def test_what_nobody_remarked_is_not_found(loud: Stage, place: str) -> None:
    with pytest.raises(NotFound, match="Nothing is remarked"):
        let_stand(loud, (place,), WHY)


@pytest.mark.parametrize(("places", "because"), [((PLACE,), " "), (("exclamation:",), WHY), ((":x",), WHY)])
def test_without_a_reason_or_a_place_nothing_happens(loud: Stage, places: tuple[str, ...], because: str) -> None:
    with pytest.raises(UserError):
        let_stand(loud, places, because)
    assert rules(loud) == ["exclamation"]


def test_a_remark_on_the_whole_campaign_is_let_stand_by_its_rule_and_comes_back_when_it_says_something_else(stage: Stage) -> None:
    stage.edit("sms.sms.shops.us.-", "text", "Small Hours: in tonight, out by six. smallhours.example/shops Reply STOP to end.", by=TOM)
    (gap,) = [row for row in stage.do(align)["findings"] if not row["asset"]]
    assert gap["rule"] == "message-missing"
    assert let_stand(stage, ("message-missing",), WHY)["done"] == ["message-missing"]
    assert [row for row in stage.do(align)["findings"] if not row["asset"]] == []
    assert again(stage, ("message-missing",))["done"] == ["message-missing"]
    assert [row["message"] for row in stage.do(align)["findings"] if not row["asset"]] == [gap["message"]]
