"""Slots that are still empty: they are filled on main as soon as a text is whole, unless an open Change has it otherwise."""

from concerted.campaign.line import Result
from concerted.planning.site import Task
from tests.planning.scene import CONCEPT, HOUSE, MAIL, NEW, PAGE, Scene

OFFER = "offers.start.line"
THIRTY = "Thirty days free of charge."


def _written(scene: Scene, *tasks: Task) -> None:
    for task in tasks:
        scene.comes_back(task, {name: f"{name} on {task.brief.strip()}" for name in task.fields})


def test_a_slot_that_an_open_change_writes_otherwise_stays_empty_until_it_lands() -> None:
    scene = Scene(modelled=frozenset({"page"}), write=False)
    old = {task.group: task for task in scene.world.wanted()}
    assert set(old) == {"main", "offer"}
    change = scene.change({OFFER: THIRTY}, hold=True, settle=False)
    assert [task.brief for task in scene.world.wanted() if task.group == "offer"] == [f"{THIRTY}\n"], "nobody writes on the old line any more"
    _written(scene, *old.values())
    scene.settle(write=False)
    assert PAGE not in scene.world.state.main.texts
    assert MAIL not in scene.world.state.main.texts, "it reads the page"
    assert CONCEPT in scene.world.state.main.texts
    scene.answer(change, "keep", only="wording:")
    scene.let_go(change)
    assert scene.words(PAGE, "offer") == f"offer on {THIRTY}"
    scene.check()


def test_a_change_never_lands_while_a_text_that_stands_is_written_anew() -> None:
    scene = Scene(modelled=frozenset({"page"}))
    before = scene.drafts()[PAGE]
    change = scene.change({OFFER: THIRTY}, settle=False)
    scene.answer(change, "keep", only="wording:", settle=False)
    scene.settle(write=False)
    assert (scene.open, scene.drafts()[PAGE]) == ((change,), before)
    scene.settle()
    assert (scene.open, scene.words(PAGE, "offer")) == ((), f"offer on {THIRTY}")


def test_what_reads_a_text_that_is_being_written_is_written_after_it() -> None:
    scene = Scene(modelled=frozenset({"page", "mail"}))
    change = scene.change({"positioning.promise": NEW, "positioning.promise@en.h30": "The plan knows first"}, settle=False)
    scene.answer(change, "keep", only="wording:", settle=False)
    assert [(task.asset, task.group) for task in scene.world.wanted()] == [(PAGE, "main")]
    scene.settle()
    assert scene.open == ()
    assert "The plan knows first" in scene.words(MAIL, "body")
    assert len([result for result in scene.world.state.results.values() if result.asset == MAIL]) == 3, "two groups at first, then one call"


def test_an_asset_of_an_audience_that_is_gone_leaves_main_with_it() -> None:
    scene = Scene(tree={"audiences.quay.who": "quay crews"})
    scene.change({"audiences.dock.who": None})
    assert {PAGE, MAIL}.isdisjoint(scene.world.state.main.texts)
    assert "page.web.quay.us.-" in scene.world.state.main.texts


def test_a_line_that_a_text_looked_for_in_vain_reaches_it_when_it_comes() -> None:
    scene = Scene()
    scene.change({"news.new": "Out now."})
    assert scene.words(HOUSE, "proof") == "Waits fell to 38 minutes. Out now."


def test_the_same_work_on_two_changes_is_wanted_once() -> None:
    scene = Scene(modelled=frozenset({"page"}))
    for by in ("Mara", "Ben"):
        scene.change({OFFER: THIRTY}, by, settle=False, hold=True)
    assert [(task.asset, task.group) for task in scene.world.wanted()] == [(PAGE, "offer")]


def test_a_writer_that_was_given_up_never_replaces_what_came_back_first_and_nor_does_its_failure() -> None:
    scene = Scene(modelled=frozenset({"page"}))
    scene.change({OFFER: THIRTY}, settle=False)
    (task,) = scene.world.wanted()
    _written(scene, task)
    for words, error in (({"offer": "late"}, ""), ({}, "the model is away")):
        late = Result(task.id, PAGE, words, "scripted", task.guardrails, error)
        assert not scene.world.keep(late)
