"""What people answered holds for exactly the pair of texts that they saw, whatever happens beside it. Schedule 100017 of the driver found these."""

from dataclasses import replace

from concerted.campaign.change import Answer
from concerted.campaign.draft import hash_text
from concerted.planning import lifecycle, people
from tests.planning.scene import HOUSE, MAIL, NEW, OLD, PAGE, Scene

OLD_DAY, NEW_DAY = "From 2027-03-09 for dock managers.", "From 2027-03-16 for dock managers."


def kept_date(*, promise: bool) -> tuple[Scene, str]:
    """Have the date of an approved mail kept on a held Change, which may also change the promise above."""
    scene = Scene()
    scene.approve(PAGE, MAIL)
    rows = {"dates.launch": "2027-03-16", **({"positioning.promise": NEW} if promise else {})}
    change = scene.change(rows, hold=True)
    scene.answer(change, "keep", only=f"{MAIL}#date")
    return scene, change


def leave_the_page(scene: Scene, change: str) -> None:
    """Answer what is open and leave the page, so that the mail below stays out of the landing."""
    scene.answer(change, "keep", only="wording:")
    scene.answer(change, "leave", only=f"{PAGE}#h1")
    scene.let_go(change)
    assert {PAGE, MAIL} <= set(scene.world.state.main.left)
    assert scene.words(MAIL, "date") == OLD_DAY


def test_what_was_kept_stays_although_the_signature_under_it_lapsed_before_the_landing() -> None:
    scene, change = kept_date(promise=False)
    scene.write(MAIL, "body", "Ours first.", by="Mara")
    scene.let_go(change)
    assert scene.open == ()
    assert scene.words(MAIL, "date") == OLD_DAY
    scene.check()


def test_what_was_kept_stays_when_the_landing_leaves_it_and_the_next_change_takes_it_up() -> None:
    scene, change = kept_date(promise=True)
    scene.write(MAIL, "body", "Ours first.", by="Mara")
    leave_the_page(scene, change)
    again = scene.revisit(PAGE, MAIL)
    scene.answer(again, "take", only=f"{PAGE}#h1")
    assert scene.open == ()
    assert scene.words(PAGE, "h1") == NEW
    assert scene.words(MAIL, "date") == OLD_DAY
    scene.check()


def test_taking_up_what_was_left_asks_only_what_nobody_has_answered() -> None:
    scene, change = kept_date(promise=True)
    leave_the_page(scene, change)
    again = scene.revisit(PAGE, MAIL)
    assert sorted(scene.items(again)) == [f"{MAIL}#subject:copy", f"{PAGE}#h1:copy"]


def test_another_proposal_than_the_one_that_was_refused_is_asked_about() -> None:
    scene, change = kept_date(promise=True)
    leave_the_page(scene, change)
    later = scene.change({"dates.launch": "2027-03-23"}, hold=True)
    assert scene.items(later)[f"{MAIL}#date:copy"].after == "From 2027-03-23 for dock managers."


def test_words_that_were_sent_back_after_they_were_kept_are_not_held_to() -> None:
    scene, change = kept_date(promise=False)
    scene.write(MAIL, "body", "Ours first.", by="Mara")
    state = scene.world.state
    scene.world.put_change(lifecycle.request_redraft(state.changes[change], state, MAIL, "warmer"))
    assert scene.slot(MAIL, change).texts["date"].value == NEW_DAY


def test_words_given_as_an_answer_are_asked_about_again_where_a_fact_that_they_state_has_changed_since() -> None:
    scene = Scene()
    scene.approve(MAIL)
    change = scene.change({"dates.launch": "2027-03-16"}, hold=True)
    scene.answer(change, "text", only=f"{MAIL}#date", text="From spring on. Waits fell to 38 minutes.")
    assert scene.items(change) == {}
    scene.change({"claims.wait.full": "Waits fell to 41 minutes."})
    asked = scene.items(change)[f"{MAIL}#date:copy"]
    assert "claims.wait.full" in asked.note
    assert asked.offered == ("From spring on. Waits fell to 38 minutes.",)
    scene.answer(change, "text", only=f"{MAIL}#date", text="From spring on. Waits fell to 41 minutes.")
    scene.let_go(change)
    assert scene.words(MAIL, "date") == "From spring on. Waits fell to 41 minutes."
    scene.check()


def test_words_that_were_taken_are_asked_about_again_where_a_fact_that_they_state_has_gone() -> None:
    scene = Scene()
    scene.write(MAIL, "subject", f"{OLD} Sixty days free of charge.", by="Ben")
    change = scene.change({"positioning.promise": NEW}, hold=True)
    scene.answer(change, "keep", only="wording:")
    scene.answer(change, "take", only=f"{MAIL}#subject")
    assert scene.items(change) == {}
    other = scene.change({"offers.start.line": None})
    scene.answer(other, "leave")
    asked = scene.items(change)[f"{MAIL}#subject:owner"]
    assert "Ben answered take" in asked.note
    assert "offers.start.line" in asked.note


def test_an_answer_to_a_finding_holds_only_while_the_text_would_be_written_from_the_same() -> None:
    scene = Scene()
    change = scene.change({"news.new": "Out now."}, hold=True)
    state = scene.world.state
    sent_back = lifecycle.request_redraft(state.changes[change], state, MAIL, "warmer")
    refused = {**sent_back.refused, f"{MAIL}#subject": (hash_text(OLD), hash_text("Plain words."))}
    scene.world.put_change(replace(sent_back, refused=refused))
    scene.answer(change, "text", only=f"{MAIL}#", text="Ours is better.")
    assert scene.items(change) == {}
    scene.write(PAGE, "h1", "Plain words.", by="Olga", on=change)
    assert list(scene.items(change)) == [f"{MAIL}#subject:finding"], "the page above says something else by now"


def test_what_was_answered_under_an_old_name_is_still_offered_when_the_new_name_gets_another_answer() -> None:
    scene = Scene()
    change = scene.change({"news.new": "Out now."}, hold=True)
    state = scene.world.state
    scene.world.put_change(lifecycle.request_redraft(state.changes[change], state, MAIL, "warmer"))
    scene.answer(change, "text", only=f"{MAIL}#date", text="Soon, for docks.")
    scene.change({"audiences.dock.who": None, "audiences.pier.who": "dock managers", "audiences.pier.was": "dock"})
    mail = MAIL.replace(".dock.", ".pier.")
    held = scene.world.state.changes[change]
    scene.world.put_change(held.with_answers({f"{mail}#date:finding": Answer("leave", "Mara", scene.world.at, "", "")}))
    offered = scene.line(change).site.change.typed()[f"{mail}#date"]
    assert offered == ("Soon, for docks.",)


def test_a_model_that_keeps_words_of_a_strategy_before_the_last_one_is_asked_again() -> None:
    scene = Scene(modelled=frozenset({"page"}))
    assert "38 minutes" in scene.words(PAGE, "proof")
    later = replace(scene.world.new_change("claim", "Mara"), stays=frozenset({PAGE}))
    scene.world.put_change(scene.world.edit(later, {"claims.wait.full": "Waits fell to 41 minutes."}))
    scene.settle(write=False)
    assert PAGE in scene.world.state.main.left
    again = replace(scene.world.new_change("again", "Mara"), revisit=frozenset({PAGE}))
    scene.world.put_change(again)
    asked: list[str] = []
    while tasks := scene.world.wanted():
        asked += [task.attempt for task in tasks]
        for task in tasks:
            scene.comes_back(task, dict.fromkeys(task.fields))
    assert asked == ["", "keep: it still says fell to 38, to 38 minutes"]
    assert "written twice although it still says fell to 38" in scene.items(again.id)[f"{PAGE}#proof:finding"].note


def test_a_signature_is_not_renewed_under_words_about_which_no_rule_asked() -> None:
    scene = Scene(tree={"approvals.claims.who": "Ines"})
    scene.approve(by=("Mara",))
    scene.approve(HOUSE, by=("Ines",))
    scene.change({"approvals.claims.who": None})
    change = scene.change({"claims.wait.full": "Waits fell to 41 minutes."})
    scene.answer(change, "take")
    assert scene.open == ()
    scene.change({"approvals.claims.who": "Ines"})
    assert ("R9", HOUSE) in scene.refusals()


def test_a_confirmation_covers_no_old_line_that_the_text_above_still_says_itself() -> None:
    scene = Scene()
    later = replace(scene.world.new_change("claim", "Mara"), stays=frozenset({HOUSE, PAGE}))
    scene.world.put_change(scene.world.edit(later, {"claims.wait.full": "Waits fell to 41 minutes."}))
    scene.settle()
    assert "38 minutes" in scene.words(HOUSE, "proof")
    scene.world.append(people.attest(scene.main, PAGE, ("proof",), "Mara", scene.world.at))
    assert scene.world.state.main.settled == frozenset(), "the page is right for the house as it is, and is asked again when that follows"
    scene.world.append(people.attest(scene.main, HOUSE, ("proof",), "Mara", scene.world.at))
    assert {run for _text, run in scene.world.state.main.settled} == {"fell to 38", "to 38 minutes"}
