"""The guard on whole drafts of the shipped example: the house copy goes through, and what stayed behind a change does not."""

from datetime import date

from concerted.campaign.facets import Facets
from concerted.campaign.intervention import GO_ON, Stop
from concerted.conductor import deciding
from concerted.guard.post import post_for
from concerted.guard.watch import Watcher
from tests.guard.labelled import pieces
from tests.story.stage import SHOPS, Stage, close

PRICE, PROMISE = "offers.first.price.us", "positioning.promise"


def stops(stage: Stage, old: Facets | None = None) -> list[Stop]:
    """Stream every draft as it stands, field by field, and collect what stops it."""
    session = stage.sit()
    built = session.build(session.state())
    found: list[Stop] = []
    for slot in built.slots.values():
        on = post_for(built.facets, old, slot.deliverable, slot.type, date.fromisoformat(stage.today))
        for name, words in slot.before.values.items() if slot.before else ():
            watcher = Watcher(on)
            verdict = next((said for token in pieces(words) if (said := watcher.feed(name, token)) is not GO_ON), GO_ON)
            verdict = watcher.finish_field(name) if verdict is GO_ON else verdict
            found += [verdict] if isinstance(verdict, Stop) else []
    close(session)
    return found


def test_no_field_of_the_house_copy_is_stopped(stage: Stage) -> None:
    assert stops(stage) == []


def test_what_stayed_behind_a_change_is_stopped_for_what_only_the_old_strategy_said(stage: Stage) -> None:
    old = stage.sit().facets(stage.state())
    stage.change(f"{PRICE}=$25", f"{PROMISE}=Leave your delivery bike tonight and find it ready at six.")
    stage.do(lambda session: deciding.decide(session, (), defaults=True))
    left = stage.state().main.left
    assert SHOPS in left
    found = stops(stage, old)
    assert found
    assert {(stop.rule, stop.ref, stop.words) for stop in found} == {("old-price", PRICE, "$29")}
