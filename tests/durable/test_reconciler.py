"""A reconciler drafts, lands and stops by what is stored now; how it came to that, and who did it, is of no consequence."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import pytest

from concerted.campaign.change import NO_CHANGE, Change
from concerted.campaign.event import Event, Put
from concerted.campaign.facets import Value
from concerted.campaign.line import State
from concerted.campaign.work import Answer as Written
from concerted.campaign.work import Work
from concerted.durable.lock import Lock
from concerted.durable.progress import Cancelled, Drafted, Following, Landed, Returned, Step, Waiting
from concerted.durable.reconciler import ConductorPort, reconcile
from concerted.llm.scripted import Line, Script, read_calls
from concerted.planning import lifecycle
from concerted.planning.build import Built
from concerted.store.store import Store
from tests.durable.campaign import ENGINES, NOW, TASKS, asked, body, line, main, modelled, open_campaign, port, scripted

OLD = "The plan mends itself alone."
GERMAN = "Der Plan heilt sich selbst."
NEW = "Plans that keep themselves right."
TO_NEW = [("positioning.promise", NEW), ("positioning.promise@en.h30", "Plans that stay right"), ("positioning.promise@de", "Pläne, die stimmen.")]
TO_OLD = [("positioning.promise", OLD), ("positioning.promise@en.h30", "Plans that mend themselves"), ("positioning.promise@de", GERMAN)]
"""The promise with its wordings, so that nobody has to be asked about them."""


def _run(store: Store, folder: Path, engine: str = "inline", script: Script | None = None, **how: Any) -> State:
    """Run a campaign to its end with a scripted writer."""
    carried = body(store, how.pop("writer", None) or scripted(folder, script))
    made = how.pop("port", None) or port(store, folder)
    return asyncio.run(reconcile(made, ENGINES[engine](carried, folder), **how))


def _change(state: State, name: str, rows: Iterable[tuple[str, Value]], **how: Any) -> Change:
    change = Change(name, name, "Mara", NOW, **how)
    return change.with_edits(lifecycle.make_edits(state, change, rows, "set", modelled()))


def _open(store: Store, name: str, rows: Iterable[tuple[str, Value]], **how: Any) -> Change:
    change = _change(store.load(), name, rows, **how)
    store.append(lifecycle.open_change(change))
    return change


def _briefs(folder: Path) -> list[str]:
    return [row["consumed"]["brief"] for row in read_calls(folder / "calls.jsonl") if row["event"] == "asked"]


def _ids(state: State) -> dict[str, str]:
    return {asset: draft.id for asset, draft in state.main.texts.items()}


@pytest.mark.parametrize("engine", list(ENGINES))
def test_a_first_run_drafts_every_slot_with_one_call_a_task(tmp_path: Path, engine: str) -> None:
    steps: list[Step] = []
    with open_campaign(tmp_path) as store:
        state = _run(store, tmp_path, engine, progress=steps.append)
        assert state == store.load() == store.rebuild()
        built = line(state, NO_CHANGE)
        assert (set(state.main.texts), built.wanted) == (set(built.deliverables), ())
        assert set(asked(tmp_path).values()) == {1}
        assert asked(tmp_path).total() == TASKS == len([step for step in steps if isinstance(step, Returned)])
        assert sorted(asset for step in steps if isinstance(step, Drafted) for asset in step.assets) == sorted(state.main.texts)
        assert {slot.recipe.hash for slot in built.slots.values()} <= set(store.recipes())
        assert Lock(tmp_path / "reconciler.lock").take()


@pytest.mark.parametrize("engine", list(ENGINES))
def test_a_change_is_drafted_beside_main_then_lands_and_the_way_back_drafts_nothing(tmp_path: Path, engine: str) -> None:
    with open_campaign(tmp_path) as store:
        before = _run(store, tmp_path, engine)
        held = _open(store, "C1", TO_NEW, hold=True)
        beside = _run(store, tmp_path, engine)
        calls = asked(tmp_path).total()
        assert beside.main == before.main
        assert calls > TASKS
        store.append(lifecycle.amend(replace(held, hold=False), NOW, "Mara", ""))
        steps: list[Step] = []
        landed = _run(store, tmp_path, engine, progress=steps.append)
        assert steps == [Landed("C1", "C1")]
        assert landed.main.tree["positioning"]["promise"] == NEW
        _open(store, "C2", TO_OLD)
        back = _run(store, tmp_path, engine)
        assert (_ids(back), asked(tmp_path).total()) == (_ids(before), calls)
        assert back == store.rebuild()


class Gate:
    """A writer that never ends what is asked on the old promise, and ends nothing else before it was asked on the new one."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.opened = asyncio.Event()
        self.cancelled: list[str] = []

    async def write(self, work: Work) -> Written:
        self.begun.set()
        if NEW in work.brief:
            self.opened.set()
        try:
            await (asyncio.sleep(600) if OLD in work.brief else self.opened.wait())
        except asyncio.CancelledError:
            self.cancelled.append(work.task)
            raise
        return Written({name: work.fallback[name] for name in work.fields}, "gate")


@pytest.mark.parametrize("engine", list(ENGINES))
def test_a_change_while_drafts_are_made_stops_what_is_written_on_the_old_line(tmp_path: Path, engine: str) -> None:
    steps: list[Step] = []
    with open_campaign(tmp_path) as store:

        async def scene() -> tuple[State, list[str]]:
            gate = Gate()
            running = asyncio.ensure_future(reconcile(port(store, tmp_path), ENGINES[engine](body(store, gate), tmp_path), progress=steps.append))
            await gate.begun.wait()
            await asyncio.to_thread(_open, store, "C1", TO_NEW)
            return await asyncio.wait_for(running, 30), gate.cancelled

        state, cancelled = asyncio.run(scene())
        assert state.main.texts["house.-.-.-.-"].values["roof"] == NEW
        assert any(isinstance(step, Cancelled) for step in steps)
        assert cancelled
        assert not set(cancelled) & set(state.results)


def test_work_that_an_open_change_has_otherwise_is_done_there_only(tmp_path: Path) -> None:
    with open_campaign(tmp_path) as store:
        _open(store, "C1", TO_NEW, hold=True)
        state = _run(store, tmp_path)
        assert not any(OLD in brief for brief in _briefs(tmp_path))
        built = line(state, state.changes["C1"])
        assert built.wanted == ()
        assert "house.-.-.-.-" not in state.main.texts
        assert set(built.line.texts) == set(built.deliverables)


def test_a_rehearsal_is_drafted_takes_nothing_from_main_and_never_lands(tmp_path: Path) -> None:
    with open_campaign(tmp_path) as store:
        _open(store, "C1", TO_NEW, rehearsal=True)
        state = _run(store, tmp_path)
        assert {OLD, NEW} <= {words for brief in _briefs(tmp_path) for words in (OLD, NEW) if words in brief}
        assert set(state.main.texts) == set(line(state, NO_CHANGE).deliverables)
        assert (list(state.changes), state.main.tree["positioning"]["promise"]) == (["C1"], OLD)


def test_failed_work_blocks_only_its_readers_and_a_later_run_tries_it_again(tmp_path: Path) -> None:
    steps: list[Step] = []
    script = Script(lines=(Line(match="concept.*", group="main", fail="error", times=3),))
    with open_campaign(tmp_path) as store:
        failed = _run(store, tmp_path, script=script, progress=steps.append)
        assert [step.error for step in steps if isinstance(step, Returned) and step.error] == ["The scripted model is away (concept.-.-.-.-, main)."]
        assert set(failed.main.texts) == {"house.-.-.-.-", "seite.web.-.de.-"}
        calls = asked(tmp_path).total()
        assert _run(store, tmp_path, script=script) == failed
        assert asked(tmp_path).total() == calls
        mended = _run(store, tmp_path, script=script, retry_failed=True)
        assert set(mended.main.texts) == set(line(mended, NO_CHANGE).deliverables)
        assert not any(result.error for result in mended.results.values())
        assert mended == store.rebuild()


class Meddler:
    """A build during which somebody else appends: the decision that follows comes too late, once."""

    def __init__(self, store: Store, about: str, meddle: Callable[[State], Event]) -> None:
        self._store = store
        self._about = about
        self._meddle = meddle
        self.meddled = 0

    def __call__(self, state: State, change: Change) -> Built:
        built = line(state, change)
        due = built.line.texts.keys() - state.main.texts.keys() if change is NO_CHANGE else not built.stops
        if change.id == self._about and due and not self.meddled:
            self.meddled += 1
            self._store.append(self._meddle(state))
        return built


def test_a_head_that_moves_under_a_decision_is_built_again_and_nothing_is_lost(tmp_path: Path) -> None:
    with open_campaign(tmp_path) as store:
        meddler = Meddler(store, "", lambda state: Event("owned", NOW, "Ben", "", (Put("owned", "page.web.dock.us.-#h1", "Ben"),), head=state.head))
        state = _run(store, tmp_path, port=replace(port(store, tmp_path), build=meddler))
        assert meddler.meddled == 1
        assert state.main.owned == {"page.web.dock.us.-#h1": "Ben"}
        assert set(state.main.texts) == set(line(state, NO_CHANGE).deliverables)
        assert state == store.rebuild()


def test_an_edit_that_comes_while_its_change_lands_lands_with_it(tmp_path: Path) -> None:
    with open_campaign(tmp_path) as store:
        _run(store, tmp_path)
        _open(store, "C1", [("dates.launch", "2027-04-01")])

        def amend(state: State) -> Event:
            change = state.changes["C1"]
            edits = lifecycle.make_edits(state, change, [("claims.wait.full", "Waits fell to 20 minutes.")], "set", modelled())
            return lifecycle.amend(change.with_edits(edits), NOW, "Ben", "")

        meddler = Meddler(store, "C1", amend)
        state = _run(store, tmp_path, port=replace(port(store, tmp_path), build=meddler))
        assert meddler.meddled == 1
        assert state.changes == {}
        assert (state.main.tree["dates"]["launch"], state.main.tree["claims"]["wait"]["full"]) == ("2027-04-01", "Waits fell to 20 minutes.")
        assert state.main.texts["house.-.-.-.-"].values["proof"] == "Waits fell to 20 minutes."
        assert state == store.rebuild()


def test_a_second_process_follows_the_first_and_nothing_is_done_twice(nursery: ForkServerContext, tmp_path: Path) -> None:
    steps: list[Step] = []
    with open_campaign(tmp_path) as store:
        first = nursery.Process(target=main, args=(tmp_path, "inline", 0.1))
        first.start()
        while not asked(tmp_path):
            assert first.is_alive()
            first.join(0.01)
        state = _run(store, tmp_path, progress=steps.append)
        first.join()
        assert first.exitcode == 0
        assert steps[0] == Following()
        assert not any(isinstance(step, Waiting) for step in steps)
        assert any(isinstance(step, Drafted) for step in steps)
        assert asked(tmp_path).total() == TASKS
        assert state == store.rebuild()


def test_a_second_process_takes_over_from_a_first_that_is_killed(nursery: ForkServerContext, tmp_path: Path) -> None:
    with open_campaign(tmp_path) as store:
        first = nursery.Process(target=main, args=(tmp_path, "inline", 0.3))
        first.start()
        while not asked(tmp_path):
            assert first.is_alive()
            first.join(0.01)

        async def scene() -> State:
            asyncio.get_running_loop().call_later(0.3, first.kill)
            return await reconcile(port(store, tmp_path), ENGINES["inline"](body(store, scripted(tmp_path)), tmp_path))

        state = asyncio.run(scene())
        first.join()
        assert set(state.main.texts) == set(line(state, NO_CHANGE).deliverables)


class Broken:
    """A writer with a bug."""

    async def write(self, work: Work) -> Written:
        raise ZeroDivisionError(work.asset)


@pytest.mark.parametrize("engine", list(ENGINES))
def test_a_bug_in_a_writer_ends_the_run_and_leaves_the_campaign_free(tmp_path: Path, engine: str) -> None:
    with open_campaign(tmp_path) as store:
        with pytest.raises(ZeroDivisionError):
            _run(store, tmp_path, engine, writer=Broken())
        assert store.load().results == {}
        state = _run(store, tmp_path, engine)
        assert set(state.main.texts) == set(line(state, NO_CHANGE).deliverables)


def test_a_campaign_without_work_for_a_writer_starts_no_engine(tmp_path: Path) -> None:
    with open_campaign(tmp_path) as store:
        before = _run(store, tmp_path)

        def never(made: ConductorPort) -> State:
            engine = ENGINES["dbos"](body(store, scripted(tmp_path)), tmp_path)
            return asyncio.run(reconcile(made, engine))

        assert never(port(store, tmp_path)) == before
        assert not (tmp_path / "engine.db").exists()
