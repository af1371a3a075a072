"""Executors on one store: each has its own id, and what one had under way when it died is taken over by another, once."""

import asyncio
import time
from multiprocessing.context import ForkServerContext
from pathlib import Path

from concerted.campaign.line import Result
from concerted.durable.dbos_engine import DbosEngine
from concerted.durable.engine import Payload
from concerted.durable.lock import Lock
from tests.durable.executor import hold_tasks

KEYS = ["t1", "t2"]


def test_what_a_dead_executor_had_under_way_is_taken_over_and_a_living_one_is_left_alone(nursery: ForkServerContext, tmp_path: Path) -> None:
    done: list[str] = []

    async def carry_out(payload: Payload) -> Result:
        done.append(payload["key"])
        return Result(payload["key"], "page", {}, "second", "")

    async def take_over() -> None:
        engine = DbosEngine(carry_out, tmp_path, 2)
        await engine.start()
        try:
            await engine.recover()
            await asyncio.sleep(0.5)
            assert done == []
            first.kill()
            first.join()
            await engine.recover()
            while engine.active():
                await asyncio.wait_for(engine.changed(), 20)
            await engine.recover()
            assert engine.active() == set()
        finally:
            await engine.stop()

    first = nursery.Process(target=hold_tasks, args=(tmp_path, KEYS))
    first.start()
    try:
        until = time.monotonic() + 30
        while not all((tmp_path / f"begun-{key}").exists() for key in KEYS):
            assert time.monotonic() < until
            time.sleep(0.01)
        assert not Lock(tmp_path / "slot-0").take()
        asyncio.run(take_over())
    finally:
        first.kill()
        first.join()
    assert sorted(done) == KEYS
    assert (tmp_path / "slot-1").exists()


def test_a_lock_is_held_once_and_free_when_it_is_let_go(tmp_path: Path) -> None:
    mine, theirs = Lock(tmp_path / "new" / "lock"), Lock(tmp_path / "new" / "lock")
    assert mine.take()
    assert mine.take()
    assert not theirs.take()
    mine.release()
    assert theirs.take()
    theirs.release()
