"""After a stop: again, again, stronger, a person; and rules that stop wrongly too often count as soft."""

from dataclasses import replace

import pytest

from concerted.campaign.intervention import Intervention, Stop
from concerted.guard.steps import demotions, intervene, judged, next_step

STOP = Stop("old-price", "offers.start.then.us", "USD 2,100", "body", "Kept.", "Do not write “USD 2,100”.", written=15)


def looked_at(rule: str, ref: str, right: int, wrong: int) -> list[Intervention]:
    """Interventions that somebody has looked at."""
    one = intervene(replace(STOP, rule=rule, ref=ref), "task", "asset")
    return [*(replace(one, right=True) for _ in range(right)), *(replace(one, right=False) for _ in range(wrong))]


def test_a_draft_is_stopped_twice_then_a_stronger_writer_then_a_person() -> None:
    had: list[Intervention] = []
    for _ in range(5):
        had.append(intervene(STOP, "task", "asset", had))
    assert [one.step for one in had] == ["again", "again", "stronger", "person", "person"]


def test_what_was_only_watched_does_not_count() -> None:
    assert next_step([intervene(STOP, "task", "asset", shadow=True)] * 5) == "again"


def test_the_record_holds_words_rule_ref_and_the_tokens_saved() -> None:
    one = intervene(STOP, "task", "asset", expected=60)
    assert (one.words, one.rule, one.ref, one.field, one.guidance) == ("USD 2,100", "old-price", "offers.start.then.us", "body", STOP.guidance)
    assert (one.tokens, one.saved) == (15, 45)
    assert intervene(STOP, "task", "asset").saved == 0


@pytest.mark.parametrize(("right", "wrong", "demoted"), [(44, 6, True), (45, 5, False), (40, 9, False), (0, 50, True), (100, 0, False)])
def test_a_rule_below_nine_in_ten_over_fifty_stops_is_demoted(right: int, wrong: int, demoted: bool) -> None:
    found = demotions(looked_at("old-line", "positioning.promise", right, wrong))
    assert [one.key for one in found] == (["positioning.promise"] if demoted else [])


def test_one_bad_ref_does_not_take_its_rule_down() -> None:
    found = demotions([*looked_at("banned-word", "brand.words.never.a", 0, 60), *looked_at("banned-word", "brand.words.never.b", 60, 0)])
    assert [(one.rule, one.ref, one.stops, one.right, one.precision) for one in found] == [("banned-word", "brand.words.never.a", 60, 0, 0.0)]


def test_many_refs_that_are_each_too_rare_take_the_rule_down() -> None:
    found = demotions([one for number in range(10) for one in looked_at("old-line", f"messages.m{number}.pillar", 4, 4)])
    assert [one.key for one in found] == ["old-line"]


def test_stops_that_nobody_judged_say_nothing() -> None:
    assert demotions([intervene(STOP, "task", "asset")] * 100) == ()


def test_words_that_a_person_let_stand_were_stopped_wrongly() -> None:
    stops = [intervene(STOP, "task", asset) for asset in ("one", "two", "three")]
    found = judged(stops, {"one#body": "It was USD 2,100, honestly.", "two#body": "It is USD 1,900."})
    assert [one.right for one in found] == [False, True, None]
    assert judged([replace(stops[0], right=True)], {"one#body": "USD 2,100"})[0].right is True
