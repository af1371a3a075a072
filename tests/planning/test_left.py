"""What a landing left: who or what it waits for, what has moved under it, and what takes it along again."""

from dataclasses import replace

from concerted.planning.plan import plan
from tests.planning.scene import MAIL, NEW, SEITE, Scene


def test_what_is_to_follow_later_waits_for_that_word_and_no_other_change_takes_it_along() -> None:
    scene = Scene()
    first = replace(scene.world.new_change("the date", "Mara"), stays=frozenset({MAIL}))
    scene.world.put_change(scene.world.edit(first, {"dates.launch": "2027-03-16"}))
    scene.settle()
    later = scene.change({"dates.launch": "2027-03-23"}, hold=True)
    row = next(row for row in plan(scene.world.state, scene.world.state.changes[later], scene.world.kit).assets if row.id == MAIL)
    assert (row.standing, row.action, row.why) == ("blocked", "block", (("dates.launch",),))
    assert scene.slot(MAIL, later).blocked == "waits for Mara: it follows later"
    scene.let_go(later)
    assert scene.words(MAIL, "date") == "From 2027-03-09 for dock managers."
    scene.check()
    scene.revisit(MAIL)
    assert scene.words(MAIL, "date") == "From 2027-03-23 for dock managers."
    assert scene.world.state.main.left == {}


def test_what_was_to_follow_later_is_current_again_when_the_line_goes_back() -> None:
    scene = Scene()
    first = replace(scene.world.new_change("the date", "Mara"), stays=frozenset({MAIL}))
    scene.world.put_change(scene.world.edit(first, {"dates.launch": "2027-03-16"}))
    scene.settle()
    scene.change({"dates.launch": "2027-03-09"})
    assert scene.world.state.main.left == {}
    assert {rule for rule, _asset in scene.refusals()} == {"R9"}, "nothing but signatures is missing"


def test_a_piece_that_was_left_says_in_every_plan_for_whom_it_waits_and_what_has_moved() -> None:
    scene = Scene()
    scene.approve()
    change = scene.change({"positioning.promise": NEW})
    scene.answer(change, "keep", only="@en")
    scene.answer(change, "leave", only="@de")
    scene.answer(change, "take")
    assert set(scene.world.state.main.left) == {SEITE, "wording:positioning.promise@de"}
    another = scene.change({"dates.launch": "2027-03-16"}, hold=True)
    row = next(row for row in plan(scene.world.state, scene.world.state.changes[another], scene.world.kit).assets if row.id == SEITE)
    assert (row.action, row.why) == ("block", (("positioning.promise@de",),))
    assert scene.slot(SEITE, another).blocked == "waits for Mara: the wording positioning.promise@de"
