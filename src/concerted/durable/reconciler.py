"""Brings a campaign to where nothing is left to do by itself: level-triggered, so that a killed one is replaced by starting another.

Each look builds main and every open Change, drafts, lands, stops work that nobody wants and hands in what is. It decides nothing of that.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from concerted.campaign.change import NO_CHANGE, Change
from concerted.campaign.event import Event, Put
from concerted.campaign.line import State
from concerted.campaign.work import Work
from concerted.durable.body import pack
from concerted.durable.engine import Engine
from concerted.durable.lock import Lock
from concerted.durable.progress import Cancelled, Following, Progress, Waiting, steps_of
from concerted.durable.wanted import Lines, Wanted, rewritten, wanted_work
from concerted.planning.build import Built
from concerted.planning.lifecycle import draft_empty_slots, land
from concerted.planning.site import Task
from concerted.store.mirror import Mirror
from concerted.store.moved import Moved
from concerted.store.store import Store

POLL = 0.05
"""Seconds between looks at the record for what other processes appended."""
AHEAD = 4
"""How many tasks a slot are handed in at most: the rest waits here, where wanting it no more costs nothing."""


@dataclass(frozen=True)
class ConductorPort:
    """What the reconciler is given: the store, the pure core put together, and the moment."""

    store: Store
    folder: Path
    """Where the locks lie: one folder a store."""
    build: Callable[[State, Change], Built]
    work: Callable[[Task], Work]
    now: Callable[[], str]


def _ignore(_step: object) -> None:
    pass


async def reconcile(port: ConductorPort, engine: Engine, progress: Progress = _ignore, retry_failed: bool = False) -> State:
    """Draft, land and have written until nothing is wanted or under way; gives the state then.

    One process at a time does this for a store: another one follows that one's progress until it has ended, then looks for itself.
    The engine is started only where a writer is needed. Raises Unavailable where the database is away.
    """
    mirror = await asyncio.to_thread(Mirror, port.store)
    lock = Lock(port.folder / "reconciler.lock")
    await _follow(lock, mirror, progress)
    try:
        if retry_failed:
            await asyncio.to_thread(_retry, port, mirror)
        return await _Reconciler(port, engine, mirror, progress).run()
    finally:
        lock.release()


async def _follow(lock: Lock, mirror: Mirror, progress: Progress) -> None:
    """Wait for the lock, and meanwhile tell what its holder gets done."""
    if lock.take():
        return
    progress(Following())
    while not lock.take():
        for step in steps_of(await asyncio.to_thread(mirror.catch_up)):
            progress(step)
        await asyncio.sleep(POLL)


def _retry(port: ConductorPort, mirror: Mirror) -> None:
    """Take failed results away, so that their work is wanted again."""
    mirror.catch_up()
    failed = tuple(Put("results", task, None) for task, result in mirror.state.results.items() if result.error)
    if failed:
        port.store.append(Event("retried", port.now(), "conductor", f"{len(failed)} failed drafts", failed))


@dataclass(frozen=True)
class _Look:
    """What one look found. `moved` is true where it changed the record itself, so that another look is due."""

    news: tuple[Event, ...]
    wanted: dict[str, Wanted]
    moved: bool
    seconds: float


class _Reconciler:
    def __init__(self, port: ConductorPort, engine: Engine, mirror: Mirror, progress: Progress) -> None:
        self._port = port
        self._engine = engine
        self._mirror = mirror
        self._progress = progress
        self._started = False
        self._stopping: set[str] = set()

    async def run(self) -> State:
        try:
            while True:
                # Read before the state: what ends in between has its result in the state, or is still in this set.
                active = self._engine.active()
                look = await asyncio.to_thread(self._look)
                for step in steps_of(look.news):
                    self._progress(step)
                if look.moved:
                    continue
                if not look.wanted and not active:
                    return self._mirror.state
                await self._steer(look.wanted, active)
                await self._wake(look.seconds)
        finally:
            if self._started:
                await self._engine.stop()

    def _look(self) -> _Look:
        """Build all lines on what is stored now; then land or draft one thing, or say what is wanted."""
        began = time.monotonic()
        news = self._mirror.catch_up()
        state = self._mirror.state
        main = self._port.build(state, NO_CHANGE)
        lines = {change.id: (change, self._port.build(state, change)) for change in state.changes.values()}
        event = self._due(state, main, lines)
        if event is None:
            return _Look(news, wanted_work(main, lines), False, time.monotonic() - began)
        # Where somebody was faster, what they appended is in the next look.
        with suppress(Moved):
            self._port.store.append(event, since=self._mirror.seq)
        return _Look(news, {}, True, time.monotonic() - began)

    def _due(self, state: State, main: Built, lines: Lines) -> Event | None:
        """Name what is to be recorded next: a Change that can land, else drafts of empty slots."""
        for change, built in lines.values():
            if not (built.stops or change.hold or change.rehearsal):
                self._keep_recipes(built)
                return land(state, change, built, self._port.now(), change.by)
        event = draft_empty_slots(state, main, self._port.now(), rewritten(main, lines.values()))
        if event is not None:
            self._keep_recipes(main)
        return event

    def _keep_recipes(self, built: Built) -> None:
        self._port.store.keep_recipes({slot.recipe.hash: slot.recipe for slot in built.slots.values()})

    async def _steer(self, wanted: dict[str, Wanted], active: set[str]) -> None:
        """Stop what is not wanted, hand in what is and can be begun soon."""
        if not self._started:
            self._started = True
            await self._engine.start()
            await self._engine.recover()
            active = self._engine.active()
        # What has returned meanwhile ends by itself: nobody stops it, and nobody is told so.
        unwanted = (active & self._engine.active()) - wanted.keys() - self._mirror.state.results.keys()
        if fresh := unwanted - self._stopping:
            await self._engine.cancel(fresh)
            self._progress(Cancelled(len(fresh)))
        self._stopping = unwanted
        room = AHEAD * self._engine.slots - len(active)
        for key in [key for key in wanted if key not in active][: max(0, room)]:
            task = wanted[key].task
            await self._engine.submit(key, pack(self._port.work(task), task.guardrails), wanted[key].priority)
        self._progress(Waiting(len(wanted), len(self._engine.active())))

    async def _wake(self, seconds: float) -> None:
        """Wait until a task has ended or somebody appended; then as long as the last look took, so that looking never takes all the time."""
        ended = asyncio.ensure_future(self._engine.changed())
        try:
            while not (await asyncio.wait({ended}, timeout=POLL))[0]:
                if await asyncio.to_thread(self._mirror.is_behind):
                    return
            ended.result()
        finally:
            ended.cancel()
        await asyncio.sleep(min(seconds, 1.0))
