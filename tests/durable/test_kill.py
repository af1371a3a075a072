"""kill -9 at any moment of a run: what was committed is never made again, only what was in flight is, and nothing stays under way."""

import random
import sqlite3
import time
from collections import Counter
from contextlib import closing
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from concerted.campaign.change import NO_CHANGE
from concerted.store.store import Store
from tests.durable.campaign import SLOTS, TASKS, asked, line, main, open_campaign

KILLS = 5
LATENCY = 0.1


def _committed(store: Store) -> set[str]:
    return {task for task, result in store.load().results.items() if not result.error}


def _under_way(folder: Path) -> list[tuple[str, str]]:
    """What DBOS still holds for queued or running."""
    if not (folder / "engine.db").exists():
        return []
    with closing(sqlite3.connect(folder / "engine.db")) as connection:
        return connection.execute("SELECT workflow_uuid, status FROM workflow_status WHERE status IN ('ENQUEUED', 'PENDING', 'DELAYED')").fetchall()


def _let_run(run: BaseProcess, folder: Path, calls: int, seconds: float) -> None:
    """Let a run make so many calls, then go on for some time; not longer than it lives."""
    target = asked(folder).total() + calls
    while run.is_alive() and asked(folder).total() < target:
        time.sleep(0.005)
    run.join(seconds)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("engine", ["inline", "dbos"])
def test_a_killed_run_goes_on_where_it_was(nursery: ForkServerContext, tmp_path: Path, engine: str, seed: int) -> None:
    chance = random.Random(seed)
    in_flight: Counter[str] = Counter()
    with open_campaign(tmp_path) as store:
        for _ in range(KILLS):
            before, calls_before = _committed(store), asked(tmp_path)
            run = nursery.Process(target=main, args=(tmp_path, engine, LATENCY))
            run.start()
            _let_run(run, tmp_path, chance.randrange(9), chance.uniform(0, 2 * LATENCY))
            run.kill()
            run.join()
            calls = asked(tmp_path) - calls_before
            assert before.isdisjoint(calls), "a committed result is not made twice"
            lost = calls.keys() - _committed(store)
            assert len(lost) <= SLOTS
            in_flight.update(lost)
            assert store.load() == store.rebuild()
        last = nursery.Process(target=main, args=(tmp_path, engine, LATENCY))
        last.start()
        last.join()
        assert last.exitcode == 0
        assert asked(tmp_path) == in_flight + Counter(_committed(store))
        assert asked(tmp_path).total() == TASKS + in_flight.total()
        built = line(store.load(), NO_CHANGE)
        assert built.wanted == ()
        assert store.load().main.texts.keys() == built.deliverables.keys()
        held = {workflow.rpartition(":")[0] for workflow, _status in _under_way(tmp_path)}
        assert held <= set(_committed(store)), "killed between our commit and DBOS's: taken up again, it finds its result and asks nobody"
