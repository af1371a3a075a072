"""What comes of time alone, and of going about a change in steps: what follows later keeps its words until it is taken up."""

from dataclasses import replace

from concerted.campaign.event import fold
from concerted.campaign.line import FOLLOWS_LATER, Released
from concerted.planning import lifecycle, people
from concerted.planning.standing import standing
from tests.planning.scene import CONCEPT, HOUSE, MAIL, NEW, PAGE, SEITE, Scene

PROMISE, OFFER = "positioning.promise", "offers.start.line"
SIXTY, THIRTY = "Sixty days free of charge.", "Thirty days free of charge."
UNTIL = "offers.start.until"


def _in_steps(scene: Scene, *stays: str) -> str:
    change = replace(scene.world.new_change("in steps", "Mara"), stays=frozenset(stays))
    scene.world.put_change(scene.world.edit(change, {PROMISE: NEW, OFFER: THIRTY}))
    scene.settle()
    scene.answer(change.id, "keep", only="wording:")
    return change.id


def test_a_text_is_judged_as_of_the_day_on_which_it_is_read() -> None:
    scene = Scene(tree={"dates.publish": "2027-03-09"})
    scene.approve()
    scene.rule(UNTIL, "2027-02-01")
    (change,) = scene.open
    assert list(scene.items(change)) == [f"{PAGE}#offer:finding"], "the offer has ended when the page appears"
    assert ("R6", PAGE) in scene.refusals()


def test_a_text_that_appears_in_time_is_judged_as_of_today_once_its_day_has_passed() -> None:
    scene = Scene(tree={"dates.publish": "2027-01-10", UNTIL: "2027-01-20"})
    scene.approve()
    assert scene.refusals() == set()
    scene.midnight("2027-01-21")
    assert ("R6", PAGE) in scene.refusals()
    assert standing(scene.slot(PAGE)) == "stale"


def test_what_time_made_out_of_date_is_taken_up_and_what_somebody_left_is_not_taken_up_again() -> None:
    scene = Scene(tree={UNTIL: "2027-01-20"})
    scene.midnight("2027-01-21")
    scene.settle()
    (change,) = scene.open
    assert scene.world.state.changes[change].upkeep
    scene.answer(change, "leave", only=f"{PAGE}#offer")
    assert scene.open == ()
    assert scene.slot(PAGE).blocked.startswith("waits for Mara")
    scene.midnight("2027-01-22")
    scene.settle()
    assert scene.open == ()


def test_what_is_to_follow_later_keeps_every_word_and_so_does_what_reads_it() -> None:
    scene = Scene()
    scene.approve()
    before = scene.drafts()
    change = _in_steps(scene, PAGE)
    scene.answer(change, "take")
    assert scene.open == ()
    after = scene.drafts()
    assert {asset for asset in before if before[asset] != after[asset]} == {HOUSE, CONCEPT}
    assert scene.world.state.main.left[PAGE].why == FOLLOWS_LATER
    assert {asset for rule, asset in scene.refusals() if rule in ("R1", "R2")} == {PAGE}
    scene.settle()
    assert (scene.open, scene.drafts()) == ((), after)
    again = scene.revisit(PAGE)
    scene.answer(again, "take")
    assert (scene.open, scene.words(PAGE, "offer"), scene.words(MAIL, "subject")) == ((), THIRTY, NEW)
    assert scene.refusals() == set()
    scene.check()


def test_what_would_not_change_is_not_left_and_waits_for_nobody() -> None:
    scene = Scene()
    change = replace(scene.world.new_change("in steps", "Mara"), stays=frozenset({SEITE, PAGE}))
    scene.world.put_change(scene.world.edit(change, {"dates.launch": "2027-03-16"}))
    scene.settle()
    assert (scene.open, dict(scene.world.state.main.left)) == ((), {})


def test_words_that_a_person_writes_for_what_follows_later_are_put_in_place() -> None:
    scene = Scene()
    change = replace(scene.world.new_change("in steps", "Mara"), stays=frozenset({PAGE}), hold=True)
    scene.world.put_change(scene.world.edit(change, {OFFER: THIRTY}))
    scene.settle()
    scene.write(PAGE, "offer", "Mine: thirty days.", on=change.id)
    scene.answer(change.id, "keep", only="wording:")
    scene.answer(change.id, "keep", only=f"{PAGE}#offer:owner")
    scene.let_go(change.id)
    assert (scene.open, scene.words(PAGE, "offer")) == ((), "Mine: thirty days.")
    assert PAGE not in scene.world.state.main.left


def test_what_is_left_out_of_one_release_is_part_of_the_next() -> None:
    scene = Scene()
    scene.approve()
    scene.world.append(people.exclude(scene.world.state, PAGE, "", "Mara", "t"))
    gate, state = scene.gate("us.launch"), scene.world.state
    assert (gate.refused, set(gate.manifest)) == ((), {MAIL})
    released = Released("R1", gate.strategy, "t", "Mara", gate.groups, {MAIL: gate.manifest[MAIL].id})
    after = fold(state, lifecycle.release_event(released, state.head, (PAGE,)))
    assert (set(after.releases), dict(after.main.excluded)) == ({"R1"}, {})
