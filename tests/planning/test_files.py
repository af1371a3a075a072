"""Pieces that people and agencies make: a change never lets a file stand that shows an old line, and nobody confirms what is wrong in it."""

import pytest

from concerted.errors import Refused
from concerted.planning import lifecycle
from concerted.planning.standing import standing
from tests.planning import toy
from tests.planning.scene import PAGE, Scene

HERO = toy.HERO.id
PLACE = f"{HERO}#file:owner"
CLAIM, OFFER = "claims.wait.full", "offers.start.line"
OLD, NEW = "Waits fell to 38 minutes.", "Waits fell to 41 minutes."


def filled() -> Scene:
    """Hand in a picture that states a claim and shows an offer that somebody ticked, and sign everything."""
    made = Scene(tree={"pictures.hero.who": "Studio Nord"})
    made.hand_in("hero.png", f"Look: {OLD}", (OFFER,))
    made.approve()
    return made


def test_an_empty_slot_waits_by_name_and_what_shows_it_is_not_released() -> None:
    scene = Scene(tree={"pictures.hero.who": "Studio Nord"})
    scene.approve()
    assert scene.slot(HERO).blocked == "waits for the file from Studio Nord"
    assert scene.slot(HERO).way_out == f"concerted slot {HERO} FILE"
    assert (scene.refusals("us.launch"), scene.refusals("-.launch")) == ({("R4", PAGE)}, {("R4", HERO)})
    scene.hand_in("hero.png", "Look.")
    assert standing(scene.slot(HERO)) == "fresh"
    scene.approve(HERO)
    assert scene.refusals("us.launch") == set()


def test_a_file_that_shows_an_old_line_asks_whoever_handed_it_in_and_never_stands_unasked() -> None:
    scene = filled()
    change = scene.change({CLAIM: NEW}, hold=True)
    item = scene.items(change)[PLACE]
    assert (item.who, item.kind, item.options) == ("Olga", "file", ("keep", "leave"))
    assert scene.line(change).stops != ()
    scene.answer(change, "keep", only=PLACE)
    assert PLACE not in scene.items(change)
    scene.change({CLAIM: "Waits fell to 44 minutes."}, on=change)
    assert PLACE in scene.items(change), "confirmed for one figure, not for the next"


def test_a_line_that_somebody_ticked_asks_although_no_word_states_it() -> None:
    scene = filled()
    change = scene.change({OFFER: "Thirty days free of charge."}, hold=True)
    assert scene.items(change)[PLACE].causes == (OFFER,)
    scene.answer(change, "keep", only=PLACE)
    scene.answer(change, "keep", only="wording:")
    scene.let_go(change)
    scene.answer(change, "take")
    assert scene.open == ()
    again = scene.change({OFFER: "Ninety days free of charge."}, hold=True)
    assert PLACE in scene.items(again), "what was ticked stays ticked when the file is confirmed"


def test_words_in_a_file_that_break_a_rule_cannot_be_confirmed() -> None:
    scene = filled()
    scene.rule("brand.words.never.look", "look:")
    (change,) = scene.open
    assert scene.items(change)[PLACE].options == ("leave",)


def test_a_signature_covers_the_file_and_not_another_one_of_the_same_words() -> None:
    scene = filled()
    assert scene.refusals("us.launch") == set()
    scene.hand_in("hero-2.png", f"Look: {OLD}", (OFFER,))
    assert scene.refusals("us.launch") == {("R9", HERO)}


def test_whoever_may_not_sign_renews_no_signature_by_confirming_a_file() -> None:
    scene = filled()
    change = scene.change({CLAIM: NEW})
    scene.answer(change, "keep", only=PLACE)
    scene.answer(change, "take")
    assert scene.open == ()
    assert scene.refusals("us.launch") >= {("R9", HERO)}


def test_an_approver_who_puts_an_earlier_file_back_has_not_signed_it() -> None:
    scene = Scene(tree={"pictures.hero.who": "Studio Nord"})
    scene.hand_in("hero.png", f"Look: {OLD}", by="Mara")
    change = scene.change({CLAIM: NEW}, hold=True)
    scene.hand_in("hero-2.png", f"See: {NEW}", by="Mara", on=change)
    scene.let_go(change)
    scene.approve()
    assert scene.refusals() == set()
    back = scene.change({CLAIM: OLD})
    scene.answer(back, "take", only=PLACE)
    while back in scene.open:
        scene.answer(back, "take")
    assert scene.world.state.main.texts[HERO].values["words"] == f"Look: {OLD}"
    assert ("R9", HERO) in scene.refusals()


def test_an_earlier_file_comes_back_by_itself_only_where_nothing_was_put_right_since() -> None:
    scene = filled()
    change = scene.change({CLAIM: NEW})
    scene.hand_in("hero.png", f"See: {NEW}", (OFFER,), on=change, rights="Studio Nord")
    scene.answer(change, "take")
    assert scene.open == ()
    back = scene.change({CLAIM: OLD}, hold=True)
    assert scene.items(back)[PLACE].options[0] == "take", "the earlier file is offered, not put in place"
    scene.answer(back, "take", only=PLACE)
    scene.let_go(back)
    if scene.open:
        scene.answer(back, "take")
    assert scene.world.state.main.texts[HERO].values["words"] == f"Look: {OLD}"


def test_a_file_is_never_asked_of_a_writer() -> None:
    scene = filled()
    with pytest.raises(Refused) as refusal:
        lifecycle.request_redraft(scene.world.new_change("again", "Mara"), scene.world.state, HERO, "warmer")
    assert "can only be replaced" in refusal.value.reasons[0].why
    assert {task.asset for task in scene.world.wanted()} == set()


def test_a_page_is_not_released_with_a_picture_of_another_group_that_shows_an_old_line() -> None:
    scene = filled()
    change = scene.change({CLAIM: NEW})
    scene.answer(change, "leave", only=PLACE)
    scene.answer(change, "take")
    assert scene.open == ()
    assert ("R1", HERO) in scene.refusals("us.launch")
    assert HERO not in scene.gate("us.launch").manifest
    assert PAGE in scene.gate("us.launch").manifest
