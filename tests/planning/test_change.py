"""A Change from its first edit to its landing, as people meet it: the chain that was all approved, two at once, given up, left, taken back."""

from dataclasses import replace

import pytest

from concerted.campaign.change import AnswerKind
from concerted.errors import Refused
from concerted.planning import lifecycle
from concerted.planning.plan import action
from concerted.planning.site import Task
from tests.planning.scene import CONCEPT, HOUSE, MAIL, NEW, OLD, PAGE, SEITE, Scene

PROMISE = "positioning.promise"
CHAIN = (HOUSE, CONCEPT, PAGE, MAIL)


def test_an_approved_chain_drafts_in_one_pass_and_asks_once_per_person_line_and_kind() -> None:
    scene = Scene()
    scene.approve()
    before = scene.drafts()
    change = scene.change({PROMISE: NEW})
    assert scene.drafts() == before
    built = scene.line(change)
    assert [built.site.words[asset][name] for asset, name in zip(CHAIN, ("roof", "tagline", "h1", "subject"), strict=True)] == [NEW] * 4
    asked = {(d.who, d.causes, d.kind): d.assets for d in scene.decisions(change)}
    assert asked == {("Mara", (PROMISE,), "approved text"): CHAIN, ("Mara", (PROMISE,), "wording"): (MAIL, SEITE)}
    scene.answer(change, "keep", only="wording:")
    scene.answer(change, "take")
    assert scene.open == ()
    assert scene.words(MAIL, "subject") == NEW
    assert scene.refusals() == set()
    scene.check()


def test_the_release_passes_after_the_last_answer_without_a_second_round_of_approval() -> None:
    scene = Scene(tree={"approvals.claims.who": "Ines"})
    scene.approve(by=("Mara",))
    scene.approve(HOUSE, PAGE, by=("Ines",))
    change = scene.change({"claims.wait.full": "Waits fell to 41 minutes."})
    assert {(d.who, d.kind) for d in scene.decisions(change)} == {("Mara", "approved text")}
    scene.answer(change, "take")
    assert {(d.who, d.kind) for d in scene.decisions(change)} == {("Ines", "approved text")}
    scene.answer(change, "take")
    assert scene.open == ()
    assert scene.refusals() == set()


def test_a_person_who_holds_two_roles_answers_once() -> None:
    scene = Scene(tree={"approvals.claims.who": "Mara"})
    scene.approve(by=("Mara",))
    change = scene.change({"claims.wait.full": "Waits fell to 41 minutes."})
    scene.answer(change, "take")
    assert scene.open == ()
    assert scene.refusals() == set()


def test_setting_the_old_value_back_drafts_nothing_and_restores_the_old_drafts() -> None:
    scene = Scene()
    first = scene.drafts()
    change = scene.change({PROMISE: NEW})
    scene.answer(change, "keep")
    assert scene.drafts() != first
    scene.change({PROMISE: OLD})
    assert scene.drafts() == first
    assert scene.open == ()


@pytest.mark.parametrize("modelled", [frozenset({"page"}), frozenset({"house", "concept", "page", "mail", "seite"})])
def test_setting_the_old_value_back_calls_no_model(modelled: frozenset[str]) -> None:
    scene = Scene(modelled=modelled)
    first = scene.drafts()
    change = scene.change({PROMISE: NEW})
    scene.answer(change, "keep")
    calls = len(scene.world.state.results)
    scene.change({PROMISE: OLD})
    assert len(scene.world.state.results) == calls
    assert scene.drafts() == first


def test_setting_the_old_value_back_while_drafts_are_in_flight_drafts_nothing() -> None:
    scene = Scene(modelled=frozenset({"page"}))
    first, calls = scene.drafts(), len(scene.world.state.results)
    change = scene.change({PROMISE: NEW}, settle=False)
    (task,) = scene.world.wanted()
    scene.change({PROMISE: OLD}, on=change, settle=False)
    assert scene.open == ()
    assert scene.world.wanted() == ()
    scene.comes_back(task, {"h1": "late", "proof": "late"})
    scene.settle()
    assert scene.drafts() == first
    assert len(scene.world.state.results) == calls + 1


def test_a_result_that_comes_late_serves_when_its_value_returns() -> None:
    scene = Scene(modelled=frozenset({"page"}))
    change = scene.change({PROMISE: NEW}, settle=False)
    (task,) = scene.world.wanted()
    scene.change({PROMISE: OLD}, on=change, settle=False)
    scene.comes_back(task, {"h1": "written for the new promise", "proof": "proof"})
    again = scene.change({PROMISE: NEW}, settle=False)
    assert scene.world.wanted() == ()
    assert scene.line(again).site.words[PAGE]["h1"] == "written for the new promise"


def test_a_second_result_for_the_same_work_changes_nothing() -> None:
    scene = Scene(modelled=frozenset({"page"}))
    change = scene.change({PROMISE: NEW}, settle=False)
    (task,) = scene.world.wanted()
    scene.comes_back(task, {"h1": "first", "proof": "first"})
    scene.comes_back(task, {"h1": "zombie", "proof": "zombie"})
    assert scene.line(change).site.words[PAGE]["h1"] == "first"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_open_changes_land_in_either_order(order: tuple[int, int]) -> None:
    scene = Scene()
    scene.approve()
    changes = [scene.change({PROMISE: NEW}, "Mara"), scene.change({"offers.start.line": "Thirty days free of charge."}, "Ben")]
    for at in order:
        for _ in range(3):
            if changes[at] in scene.open and scene.items(changes[at]):
                wording = scene.decisions(changes[at])[0].kind == "wording"
                scene.answer(changes[at], "keep" if wording else "take", only="wording:" if wording else "")
    assert scene.open == ()
    assert (scene.words(PAGE, "h1"), scene.words(PAGE, "offer")) == (NEW, "Thirty days free of charge.")
    assert scene.refusals() == set()
    scene.check()


def test_the_same_line_edited_on_two_changes_becomes_a_question_and_its_readers_wait() -> None:
    scene = Scene()
    one = scene.change({"positioning.for-whom": "docks"}, "Mara", hold=True)
    other = scene.change({"positioning.for-whom": "ports"}, "Ben", hold=True)
    scene.let_go(one)
    assert list(scene.items(other)) == ["edit:positioning.for-whom"]
    assert scene.slot(CONCEPT, other).pending == {"mood"}
    scene.let_go(other)
    scene.answer(other, "keep")
    assert scene.words(CONCEPT, "mood").startswith("Calm for ports")


@pytest.mark.parametrize(("kind", "stands"), [("take", "docks"), ("keep", "ports"), ("text", "quays")])
def test_a_clash_of_two_edits_is_decided_line_by_line(kind: AnswerKind, stands: str) -> None:
    scene = Scene()
    other = scene.change({"positioning.for-whom": "ports"}, "Ben", hold=True)
    scene.change({"positioning.for-whom": "docks"}, "Mara")
    scene.answer(other, kind, text=" quays  ")
    if other in scene.open:
        scene.let_go(other)
    assert scene.main.facets["positioning.for-whom"] == stands
    assert scene.open == ()


def test_a_change_that_was_given_up_offers_the_words_written_on_it_again() -> None:
    scene = Scene()
    scene.approve()
    change = scene.change({PROMISE: NEW})
    scene.write(PAGE, "h1", "Mine for the new promise.", on=change)
    scene.world.append(lifecycle.abandon(scene.world.state, scene.world.state.changes[change], scene.world.at, "Mara"))
    assert scene.world.state.people_texts == {f"{PAGE}#h1": ("Mine for the new promise.",)}
    again = scene.change({PROMISE: NEW})
    item = scene.items(again)[f"{PAGE}#h1:copy"]
    assert item.offered == ("Mine for the new promise.",)
    assert "Mine for the new promise." in item.note
    scene.check()


def test_with_one_owner_away_the_rest_lands_and_only_that_group_waits() -> None:
    scene = Scene()
    scene.write(SEITE, "h1", "Meine Zeile. Der Plan heilt sich selbst.")
    scene.approve()
    change = scene.change({PROMISE: NEW, "positioning.promise@de": "Der Plan weiß es zuerst."})
    scene.answer(change, "keep", only="wording:")
    scene.answer(change, "take", only=":copy")
    mine = scene.drafts()[SEITE]
    scene.answer(change, "leave", only="#h1:owner")
    assert scene.open == ()
    assert scene.drafts()[SEITE] == mine
    assert scene.words(PAGE, "h1") == NEW
    assert scene.slot(SEITE).blocked.startswith("waits for Olga")
    assert scene.refusals("-.launch", "us.launch") == set()
    assert {asset for _rule, asset in scene.refusals()} == {SEITE}
    scene.check()


def test_what_was_left_is_taken_up_again_and_its_answer_lands() -> None:
    scene = Scene()
    scene.write(HOUSE, "roof", f"{OLD} Believe us.")
    change = scene.change({PROMISE: NEW})
    scene.answer(change, "keep", only="wording:")
    scene.answer(change, "leave", only="#roof:owner")
    assert set(scene.world.state.main.left) == {HOUSE, CONCEPT}
    taken = scene.revisit(HOUSE)
    scene.answer(taken, "take")
    assert scene.open == ()
    assert scene.world.state.main.left == {}
    assert scene.words(MAIL, "subject") == f"{NEW} Believe us."
    scene.approve()
    assert scene.refusals() == set()


def test_readers_that_were_left_with_their_source_are_taken_up_when_it_is_answered() -> None:
    scene = Scene()
    scene.write(CONCEPT, "tagline", f"{OLD} Believe us.")
    scene.approve()
    change = scene.change({PROMISE: NEW, "offers.start.line": "Thirty days free of charge."})
    scene.answer(change, "keep", only="wording:")
    scene.answer(change, "take", only=":copy")
    scene.answer(change, "leave", only="#tagline:owner")
    assert set(scene.world.state.main.left) == {CONCEPT, PAGE}
    assert scene.words(PAGE, "offer") == "Sixty days free of charge."
    taken = scene.revisit(CONCEPT)
    scene.answer(taken, "keep", only="#tagline:owner")
    assert scene.open == (), "the page's offer was taken before the page was left: nobody is asked again"
    assert scene.world.state.main.left == {}
    assert scene.words(PAGE, "offer") == "Thirty days free of charge."
    assert scene.refusals() == set()
    scene.check()


def test_a_landing_keeps_the_words_that_a_person_wrote_on_an_asset_that_stays_out() -> None:
    scene = Scene()
    scene.approve()
    change = scene.change({PROMISE: NEW})
    scene.answer(change, "keep", only="wording:")
    scene.write(PAGE, "offer", "Mine: try it.", on=change)
    scene.answer(change, "leave", only=f"{PAGE}#h1:copy")
    scene.answer(change, "take")
    assert scene.open == ()
    assert scene.words(PAGE, "offer") == "Sixty days free of charge."
    assert scene.world.state.people_texts == {f"{PAGE}#offer": ("Mine: try it.",)}
    assert not scene.world.state.main.owner_of(PAGE, "offer")


def test_a_landing_that_was_built_before_main_moved_is_refused() -> None:
    scene = Scene()
    change = scene.change({"positioning.for-whom": "docks"}, hold=True)
    old_state, old_line = scene.world.state, scene.line(change)
    scene.change({"dates.launch": "2027-03-16"}, "Ben")
    with pytest.raises(Refused):
        lifecycle.land(scene.world.state, scene.world.state.changes[change], old_line, "t", "Mara")
    assert lifecycle.land(old_state, old_state.changes[change], old_line, "t", "Mara").head == old_state.head != scene.world.state.head


def test_an_answer_to_an_older_proposal_does_not_land() -> None:
    scene = Scene()
    scene.approve()
    change = scene.change({PROMISE: NEW})
    scene.answer(change, "keep", only="wording:")
    scene.answer(change, "take", only=f"{HOUSE}#roof")
    scene.change({PROMISE: "Yet another line."}, on=change)
    assert f"{HOUSE}#roof:copy" in scene.items(change)


def test_a_banned_word_that_arrives_while_a_change_is_open_asks_again_what_it_breaks() -> None:
    scene = Scene()
    scene.write(HOUSE, "roof", f"{OLD} Pure magic.")
    change = scene.change({PROMISE: NEW}, hold=True)
    scene.answer(change, "keep", only="wording:")
    scene.answer(change, "take", only="#roof:owner")
    assert scene.line(change).stops == ()
    scene.rule("brand.words.never.magic", "magic")
    assert scene.line(change).stops != ()
    assert set(scene.items(change)[f"{HOUSE}#roof:owner"].options) == {"text", "leave"}
    scene.answer(change, "text", only="#roof:owner", text="No trick at all.")
    scene.let_go(change)
    assert scene.words(HOUSE, "roof") == "No trick at all."
    scene.check()


def test_a_claim_that_expires_at_midnight_is_taken_up_and_asked_about() -> None:
    scene = Scene(tree={"claims.wait.until": "2027-01-15"})
    scene.approve()
    assert scene.refusals() == set()
    scene.midnight("2027-01-16")
    assert {(rule, asset) for rule, asset in scene.refusals()} >= {("R6", HOUSE), ("R6", PAGE)}
    scene.settle()
    (change,) = scene.open
    assert {item.key for item in scene.line(change).items} >= {f"{HOUSE}#proof:finding"}
    scene.change({"claims.wait.full": "Waits fell to 41 minutes."}, on=change, settle=False)
    scene.rule("claims.wait.until", None)
    assert scene.words(HOUSE, "proof") == "Waits fell to 38 minutes."
    scene.answer(change, "take")
    assert scene.words(HOUSE, "proof") == "Waits fell to 41 minutes."
    assert scene.refusals() == set()


def test_a_version_that_is_taken_back_restores_texts_and_their_approvals() -> None:
    scene = Scene()
    scene.approve()
    first = scene.drafts()
    change = scene.change({PROMISE: NEW})
    scene.answer(change, "keep", only="wording:")
    scene.answer(change, "take")
    scene.change({"offers.start.line@de": "Dreißig Tage kostenlos."})
    scene.answer(scene.open[0], "take")
    number = next(version.number for version in scene.world.state.versions if version.title == PROMISE)
    scene.take_back(number)
    assert scene.open == ()
    assert {asset: scene.drafts()[asset] for asset in (HOUSE, PAGE, MAIL)} == {asset: first[asset] for asset in (HOUSE, PAGE, MAIL)}
    assert scene.main.facets["offers.start.line@de"] == "Dreißig Tage kostenlos."
    assert scene.refusals() == set()


def test_a_version_is_not_taken_back_over_what_came_after_it_without_asking() -> None:
    scene = Scene()
    scene.change({"positioning.for-whom": "docks"})
    scene.change({"positioning.for-whom": "ports"})
    assert list(scene.items(scene.take_back(2))) == ["edit:positioning.for-whom"]
    assert scene.main.facets["positioning.for-whom"] == "ports"


def test_an_audience_that_comes_back_with_a_rollback_stands_in_its_old_place() -> None:
    scene = Scene(tree={"audiences.quay.who": "quay crews"})
    first = scene.drafts()
    scene.change({"audiences.dock.who": None})
    assert scene.main.facets["audiences.#keys"] == ("quay",)
    scene.take_back(2)
    assert scene.main.facets["audiences.#keys"] == ("dock", "quay")
    assert scene.drafts() == first


def test_a_rehearsal_shows_everything_and_never_lands() -> None:
    scene = Scene()
    change = scene.world.edit(replace(scene.world.new_change("what if", "Mara"), rehearsal=True), {"positioning.for-whom": "docks"})
    scene.world.put_change(change)
    scene.settle()
    built = scene.line(change.id)
    assert action(built.slots[CONCEPT]) == "revise"
    with pytest.raises(Refused):
        lifecycle.land(scene.world.state, scene.world.state.changes[change.id], built, "t", "Mara")


def test_failed_work_can_be_tried_again() -> None:
    scene = Scene(modelled=frozenset({"page"}))
    change, task = _failing(scene)
    assert set(scene.items(change)) == {f"{PAGE}#h1:finding", f"{PAGE}#proof:finding"}
    event = lifecycle.retry(scene.world.state, "t", "Mara")
    assert event is not None
    scene.world.append(event)
    assert [wanted.id for wanted in scene.world.wanted()] == [task.id]
    scene.settle()
    assert scene.open == ()


def test_failed_work_can_be_left_or_written_by_hand() -> None:
    scene = Scene(modelled=frozenset({"page"}))
    change, _task = _failing(scene)
    scene.answer(change, "text", only=f"{PAGE}#h1", text="By hand.")
    scene.answer(change, "text", only=f"{PAGE}#proof", text="By hand, too.")
    assert scene.open == ()
    assert scene.words(MAIL, "subject") == "By hand."
    assert scene.world.state.main.owner_of(PAGE, "h1") == "Mara"
    other, _task = _failing(scene, "docks", "offers.start.line")
    scene.answer(other, "leave")
    assert scene.open == ()
    assert set(scene.world.state.main.left) == {PAGE}


def _failing(scene: Scene, value: str = NEW, ref: str = PROMISE) -> tuple[str, Task]:
    change = scene.change({ref: value}, settle=False)
    if any(item.kind == "wording" for item in scene.items(change).values()):
        scene.answer(change, "keep", only="wording:", settle=False)
    (task,) = scene.world.wanted()
    scene.comes_back(task, {}, error="the model is away")
    return change, task


def test_a_proposal_that_was_sent_back_is_not_proposed_again() -> None:
    scene = Scene()
    scene.approve()
    change = scene.change({"offers.start.line": "Thirty days free of charge."})
    scene.answer(change, "keep", only="wording:")
    proposed = scene.items(change)[f"{PAGE}#offer:copy"].after
    scene.answer(change, "redraft", only=f"{PAGE}#offer:copy", text="warmer")
    again = scene.items(change)[f"{PAGE}#offer:copy"].after
    assert {proposed, again} == {"Thirty days free of charge.", "Our offer: Thirty days free of charge."}
    scene.answer(change, "redraft", only=f"{PAGE}#offer:copy", text="warmer still")
    assert scene.items(change)[f"{PAGE}#offer:finding"].options == ("text", "leave")


def test_words_of_one_approver_that_the_next_sends_back_are_asked_about_again() -> None:
    scene = Scene(tree={"approvals.claims.who": "Ines"})
    scene.approve(by=("Mara",))
    scene.approve(HOUSE, PAGE, by=("Ines",))
    change = scene.change({"claims.wait.full": "Waits fell to 41 minutes."})
    scene.answer(change, "text", only=f"{HOUSE}#proof:copy", text="Ours: Waits fell to 41 minutes.")
    scene.answer(change, "take", only=f"{PAGE}#proof:copy")
    scene.answer(change, "redraft", only=f"{HOUSE}#proof:claims", text="no boasting")
    items = scene.items(change)
    assert items[f"{HOUSE}#proof:copy"].after == "Waits fell to 41 minutes."
    assert "Ours: Waits fell to 41 minutes." in items[f"{HOUSE}#proof:copy"].offered
    scene.check()
