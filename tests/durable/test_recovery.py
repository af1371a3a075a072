"""Executors on one store: each has its own id, and what one had under way when it died is taken over by another, once."""

import asyncio
import base64
import pickle
import sqlite3
from contextlib import closing
from multiprocessing.context import ForkServerContext
from pathlib import Path

from concerted.campaign.line import Result
from concerted.durable.dbos_engine import DbosEngine
from concerted.durable.engine import Payload
from concerted.durable.lock import Lock
from tests.durable.executor import hold_tasks, wait_until_held


class Desk:
    """Carries everything out at once."""

    def __init__(self) -> None:
        self.done: list[str] = []

    async def __call__(self, payload: Payload) -> Result:
        self.done.append(payload["key"])
        return Result(payload["key"], "page", {}, "second", "")


async def _drain(engine: DbosEngine) -> None:
    while engine.active():
        await asyncio.wait_for(engine.changed(), 20)


def test_what_a_dead_executor_had_under_way_is_taken_over_and_a_living_one_is_left_alone(nursery: ForkServerContext, tmp_path: Path) -> None:
    desk = Desk()

    async def take_over() -> None:
        engine = DbosEngine(desk, tmp_path, 2)
        await engine.start()
        try:
            await engine.recover()
            await asyncio.sleep(0.5)
            assert desk.done == []
            first.kill()
            first.join()
            await engine.recover()
            await _drain(engine)
            await engine.recover()
            assert engine.active() == set()
        finally:
            await engine.stop()

    first = nursery.Process(target=hold_tasks, args=(tmp_path, ["t1", "t2"], 2, []))
    first.start()
    try:
        wait_until_held(tmp_path)
        assert not Lock(tmp_path / "slot-0").take()
        asyncio.run(take_over())
    finally:
        first.kill()
        first.join()
    assert sorted(desk.done) == ["t1", "t2"]
    assert (tmp_path / "slot-1").exists()


def test_the_next_process_takes_up_what_waited_and_ran_but_nothing_that_was_cancelled(nursery: ForkServerContext, tmp_path: Path) -> None:
    desk = Desk()

    async def take_up() -> None:
        engine = DbosEngine(desk, tmp_path, 2)
        await engine.start()
        try:
            assert engine.active() == {"ran", "next"}
            await _drain(engine)
        finally:
            await engine.stop()

    first = nursery.Process(target=hold_tasks, args=(tmp_path, ["ran", "stopped", "next", "dropped"], 2, ["stopped", "dropped"]))
    first.start()
    try:
        wait_until_held(tmp_path)
    finally:
        first.kill()
        first.join()
    asyncio.run(take_up())
    assert sorted(desk.done) == ["next", "ran"]


class Trap:
    """Unpickled, it leaves a file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (self.file,))


def test_a_database_from_elsewhere_cannot_run_what_it_says(nursery: ForkServerContext, tmp_path: Path) -> None:
    desk = Desk()

    async def take_up() -> None:
        engine = DbosEngine(desk, tmp_path, 2)
        await engine.start()
        try:
            await _drain(engine)
        finally:
            await engine.stop()

    first = nursery.Process(target=hold_tasks, args=(tmp_path, ["t1"], 1, []))
    first.start()
    try:
        wait_until_held(tmp_path)
    finally:
        first.kill()
        first.join()
    trap = base64.b64encode(pickle.dumps({"args": (Trap(tmp_path / "sprung"),), "kwargs": {}})).decode()
    with closing(sqlite3.connect(tmp_path / "engine.db")) as connection, connection:
        connection.execute("UPDATE workflow_status SET serialization = 'py_pickle'")
        assert connection.execute("UPDATE workflow_input SET inputs = ?", (trap,)).rowcount == 1
    asyncio.run(take_up())
    assert desk.done == []
    assert not (tmp_path / "sprung").exists()


def test_a_lock_is_held_once_and_free_when_it_is_let_go(tmp_path: Path) -> None:
    mine, theirs = Lock(tmp_path / "new" / "lock"), Lock(tmp_path / "new" / "lock")
    assert mine.take()
    assert mine.take()
    assert not theirs.take()
    mine.release()
    assert theirs.take()
    theirs.release()
