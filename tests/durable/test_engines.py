"""What both engines promise: bounded slots, the urgent first, a real stop at once, and nothing that is heard of twice or never."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from concerted.campaign.line import Result
from concerted.durable.engine import Engine, Payload
from tests.durable.campaign import ENGINES, SLOTS

QUIET = 20.0
"""Seconds after which a test says that nothing happens any more."""


class Floor:
    """A body that does what its payload says, and what it did."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.stopped: list[str] = []
        self.at_once = 0
        self.opened = asyncio.Event()
        self._begins = asyncio.Event()
        self._now = 0

    async def __call__(self, payload: Payload) -> Result:
        key = str(payload["key"])
        self.begun.append(key)
        self._begins.set()
        self._now += 1
        self.at_once = max(self.at_once, self._now)
        try:
            await (self.opened.wait() if payload.get("until_opened") else asyncio.sleep(float(payload.get("seconds", 0))))
            if payload.get("broken"):
                raise ZeroDivisionError(key)
        except asyncio.CancelledError:
            self.stopped.append(key)
            raise
        finally:
            self._now -= 1
        self.ended.append(key)
        return Result(key, "page", {}, "floor", "")

    async def all_begun(self, count: int) -> None:
        while len(self.begun) < count:
            self._begins.clear()
            await self._begins.wait()


def _work(key: str, **how: Any) -> Payload:
    return {"key": key, **how}


async def _heard_of(engine: Engine, keys: set[str]) -> set[str]:
    """Listen until all of these have ended. That none is active says less: what ended last may still have to be told."""
    ended: set[str] = set()
    while not keys <= ended:
        ended |= await asyncio.wait_for(engine.changed(), QUIET)
    return ended


@pytest.fixture(params=list(ENGINES))
def on_engine(
    request: pytest.FixtureRequest, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> Callable[[Callable[[Engine, Floor], Awaitable[None]]], Floor]:
    """Run a scene on a started engine; gives what its bodies did."""

    def run(scene: Callable[[Engine, Floor], Awaitable[None]]) -> Floor:
        floor = Floor()

        async def whole() -> None:
            engine = ENGINES[request.param](floor, tmp_path)
            await engine.start()
            try:
                await asyncio.wait_for(scene(engine, floor), QUIET)
            finally:
                await engine.stop()
            assert engine.active() == set()

        asyncio.run(whole())
        assert capfd.readouterr() == ("", ""), "an engine says nothing while all is well"
        return floor

    return run


Run = Callable[[Callable[[Engine, Floor], Awaitable[None]]], Floor]


def test_every_task_ends_and_is_heard_of_and_the_slots_are_bounded(on_engine: Run) -> None:
    keys = {f"t{number}" for number in range(3 * SLOTS)}

    async def scene(engine: Engine, floor: Floor) -> None:
        for key in keys:
            await engine.submit(key, _work(key, seconds=0.05), 1)
        assert engine.active() == keys
        assert await _heard_of(engine, keys) == keys
        assert engine.active() == set()

    floor = on_engine(scene)
    assert sorted(floor.ended) == sorted(keys)
    assert floor.at_once == SLOTS


def test_the_most_urgent_that_waits_is_next(on_engine: Run) -> None:
    async def scene(engine: Engine, floor: Floor) -> None:
        for number in range(SLOTS):
            await engine.submit(f"first{number}", _work(f"first{number}", seconds=60, until_opened=number == 0), 5)
        await floor.all_begun(SLOTS)
        for key, priority in (("last", 9), ("urgent", 1), ("normal", 5)):
            await engine.submit(key, _work(key), priority)
        floor.opened.set()
        await floor.all_begun(SLOTS + 3)

    floor = on_engine(scene)
    assert floor.begun[SLOTS:] == ["urgent", "normal", "last"]


def test_a_task_that_is_active_is_not_taken_twice(on_engine: Run) -> None:
    async def scene(engine: Engine, floor: Floor) -> None:
        for _ in range(3):
            await engine.submit("t", _work("t", seconds=0.2), 1)
        await _heard_of(engine, {"t"})

    assert on_engine(scene).begun == ["t"]


def test_cancelling_stops_what_runs_at_once_drops_what_waits_and_leaves_the_rest(on_engine: Run) -> None:
    running, waiting = [f"r{number}" for number in range(SLOTS)], ["w0", "w1"]

    async def scene(engine: Engine, floor: Floor) -> None:
        for key in running:
            await engine.submit(key, _work(key, seconds=60, until_opened=key == "r0"), 1)
        await floor.all_begun(SLOTS)
        for key in waiting:
            await engine.submit(key, _work(key), 2)
        await engine.cancel([*running[1:], "w0", "never seen"])
        heard = await _heard_of(engine, {*running[1:], "w0"})
        assert "r0" not in heard, "nobody waits for the one that goes on"
        floor.opened.set()
        await _heard_of(engine, {"r0", "w1"} - heard)

    floor = on_engine(scene)
    assert set(floor.ended) == {"r0", "w1"}
    assert "w0" not in floor.begun
    assert set(floor.stopped) == set(running[1:])


def test_a_cancelled_task_runs_again_when_it_is_handed_in_again(on_engine: Run) -> None:
    async def scene(engine: Engine, floor: Floor) -> None:
        for seconds in (60.0, 60.0, 0.0):
            begun = len(floor.begun)
            await engine.submit("t", _work("t", seconds=seconds), 1)
            await floor.all_begun(begun + 1)
            if seconds:
                await engine.cancel(["t"])
            await _heard_of(engine, {"t"})

    floor = on_engine(scene)
    assert (floor.begun, floor.ended) == (["t"] * 3, ["t"])


def test_a_cancelled_task_that_is_handed_in_again_runs_in_its_turn(on_engine: Run) -> None:
    async def scene(engine: Engine, floor: Floor) -> None:
        held = {f"held {number}" for number in range(SLOTS - 1)}
        for key in sorted(held):
            await engine.submit(key, _work(key, until_opened=True), 1)
        await engine.submit("t", _work("t", seconds=60.0), 1)
        await floor.all_begun(SLOTS)
        await engine.cancel(["t"])
        await _heard_of(engine, {"t"})
        await engine.submit("t", _work("t"), 1)
        await engine.submit("later", _work("later"), 9)
        await _heard_of(engine, {"later"})
        assert floor.ended == ["t", "later"]
        floor.opened.set()
        await _heard_of(engine, held)

    on_engine(scene)


def test_a_task_that_returned_runs_again_when_it_is_handed_in_again(on_engine: Run) -> None:
    async def scene(engine: Engine, floor: Floor) -> None:
        for _ in range(2):
            await engine.submit("t", _work("t"), 1)
            await _heard_of(engine, {"t"})

    assert on_engine(scene).ended == ["t", "t"]


def test_a_body_that_breaks_is_heard_of_as_what_it_broke_with(on_engine: Run) -> None:
    async def scene(engine: Engine, floor: Floor) -> None:
        await engine.submit("t", _work("t", broken=True), 1)
        with pytest.raises(ZeroDivisionError):
            await _heard_of(engine, {"t"})

    assert on_engine(scene).ended == []


def test_stopping_cancels_what_runs(on_engine: Run) -> None:
    async def scene(engine: Engine, floor: Floor) -> None:
        for key in ("a", "b"):
            await engine.submit(key, _work(key, seconds=60), 1)
        await floor.all_begun(2)

    floor = on_engine(scene)
    assert set(floor.stopped) == {"a", "b"}
