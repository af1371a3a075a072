"""What people answer holds for the two texts that they had before them, and for nothing else; what they type is never lost."""

from concerted.planning import lifecycle
from tests.planning.scene import HOUSE, MAIL, NEW, OLD, PAGE, Scene

PROMISE, OFFER, FOR_WHOM = "positioning.promise", "offers.start.line", "positioning.for-whom"
SHORT = "wording:positioning.promise@en.h30"
THIRTY = "Thirty days free of charge."


def test_who_took_new_words_is_asked_again_when_others_stand_there_by_now() -> None:
    scene = Scene()
    scene.approve()
    change = scene.change({OFFER: THIRTY}, hold=True)
    scene.answer(change, "keep", only="wording:")
    scene.answer(change, "take", only=f"{PAGE}#offer:copy")
    other = scene.change({OFFER: "Ninety days free of charge."}, "Ben")
    scene.answer(other, "keep", only="wording:")
    scene.answer(other, "take")
    assert scene.words(PAGE, "offer") == "Ninety days free of charge."
    scene.answer(change, "keep", only="edit:")
    item = scene.items(change)[f"{PAGE}#offer:copy"]
    assert (item.before, item.after) == ("Ninety days free of charge.", THIRTY)


def test_a_clash_that_was_decided_is_asked_about_again_when_the_line_moves_once_more() -> None:
    scene = Scene()
    mine = scene.change({FOR_WHOM: "ports"}, "Ben", hold=True)
    scene.change({FOR_WHOM: "docks"})
    scene.answer(mine, "keep", only="edit:")
    assert scene.items(mine) == {}
    scene.change({FOR_WHOM: "quays"})
    assert list(scene.items(mine)) == [f"edit:{FOR_WHOM}"]


def test_a_wording_that_is_still_true_of_one_sentence_is_asked_about_for_the_next() -> None:
    scene = Scene()
    change = scene.change({PROMISE: NEW}, hold=True)
    scene.answer(change, "keep", only=SHORT)
    assert SHORT not in scene.items(change)
    scene.change({PROMISE: "Nobody waits at the gate."}, on=change)
    assert SHORT in scene.items(change)


def test_a_wording_entered_beside_a_sentence_is_right_for_that_sentence_and_not_for_what_it_says_by_then() -> None:
    scene = Scene()
    change = scene.change({PROMISE: NEW, "positioning.promise@en.h30": "The plan knows first"}, hold=True)
    assert SHORT not in scene.items(change)
    scene.change({PROMISE: "Nobody waits at the gate."}, on=change)
    assert SHORT in scene.items(change)


def test_who_edits_a_line_as_it_was_yesterday_is_asked_about_what_it_says_today() -> None:
    scene = Scene()
    yesterday = scene.main.facets
    scene.change({FOR_WHOM: "docks"})
    change = scene.world.edit(scene.world.new_change("late", "Ben"), {FOR_WHOM: "ports"}, yesterday)
    scene.world.put_change(change)
    assert list(scene.items(change.id)) == [f"edit:{FOR_WHOM}"]


def test_words_given_as_an_answer_do_not_settle_a_question_while_they_break_a_rule() -> None:
    scene = Scene()
    scene.write(HOUSE, "roof", f"{OLD} Believe us.")
    scene.rule("brand.words.never.magic", "magic")
    change = scene.change({PROMISE: NEW})
    scene.answer(change, "keep", only="wording:")
    scene.answer(change, "text", only="#roof:owner", text="Pure magic.")
    assert scene.words(HOUSE, "roof") == f"{OLD} Believe us."
    assert f"{HOUSE}#roof:owner" in scene.items(change)
    scene.answer(change, "text", only="#roof:owner", text="No trick at all.")
    assert scene.words(HOUSE, "roof") == "No trick at all."


def test_words_that_somebody_typed_over_on_a_change_stay_offered_when_it_is_given_up() -> None:
    scene = Scene()
    change = scene.change({PROMISE: NEW}, hold=True)
    scene.write(PAGE, "offer", "My first try.", on=change)
    scene.write(PAGE, "offer", "My second try.", on=change)
    scene.world.append(lifecycle.abandon(scene.world.state, scene.world.state.changes[change], scene.world.at, "Mara"))
    assert scene.world.state.people_texts[f"{PAGE}#offer"] == ("My first try.", "My second try.")


def test_who_reads_a_wording_that_was_left_keeps_every_word_and_the_gate_says_why() -> None:
    scene = Scene()
    scene.approve()
    before = scene.drafts()[MAIL]
    change = scene.change({PROMISE: NEW})
    scene.answer(change, "leave", only=SHORT)
    scene.answer(change, "keep", only="wording:positioning.promise@de")
    scene.answer(change, "take")
    assert scene.open == ()
    assert scene.words(PAGE, "h1") == NEW
    assert scene.drafts()[MAIL] == before
    assert scene.slot(MAIL).blocked == "waits for Mara: the wording positioning.promise@en.h30"
    assert ("R8", MAIL) in scene.refusals()


def test_what_was_left_is_asked_anew_when_its_source_moves_again() -> None:
    scene = Scene()
    scene.write(HOUSE, "roof", f"{OLD} Believe us.")
    change = scene.change({PROMISE: NEW})
    scene.answer(change, "keep", only="wording:")
    scene.answer(change, "leave", only="#roof:owner")
    assert HOUSE in scene.world.state.main.left
    again = scene.change({PROMISE: "Nobody waits at the gate."})
    assert f"{HOUSE}#roof:owner" in scene.items(again)


def test_a_sentence_that_a_person_added_stays_although_another_one_of_theirs_is_proposed_to() -> None:
    scene = Scene(tree={"news.new": "Out now."})
    scene.write(HOUSE, "proof", "Waits are short. Out now. Believe us.")
    change = scene.change({"claims.wait.full": "Waits fell to 41 minutes."})
    item = scene.items(change)[f"{HOUSE}#proof:owner"]
    assert item.after == "Waits fell to 41 minutes. Out now. Believe us."
    assert "replaces your sentence: Waits are short." in item.note


def test_who_kept_words_in_place_of_one_day_is_not_taken_to_have_kept_them_in_place_of_the_next() -> None:
    scene = Scene()
    scene.approve(PAGE, MAIL)
    change = scene.change({"dates.launch": "2027-03-16"}, hold=True)
    scene.answer(change, "keep", only=f"{MAIL}#date")
    scene.write(MAIL, "body", "Ours first.")
    assert scene.slot(MAIL, change).texts["date"].value == "From 2027-03-09 for dock managers.", "kept, although the signature has lapsed"
    scene.change({"dates.launch": "2027-03-23"}, on=change)
    assert scene.slot(MAIL, change).texts["date"].value == "From 2027-03-23 for dock managers."
