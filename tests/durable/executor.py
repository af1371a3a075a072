"""An executor in a process of its own that takes tasks up and never ends them, to be killed."""

import asyncio
import time
from pathlib import Path

from concerted.campaign.line import Result
from concerted.durable.dbos_engine import DbosEngine
from concerted.durable.engine import Payload


def hold_tasks(folder: Path, keys: list[str], slots: int, cancelled: list[str]) -> None:
    """Hand tasks in, begin what the slots allow, cancel some, say by a file that this is done, and hold on."""

    begun: list[str] = []
    full = asyncio.Event()

    async def begin(payload: Payload) -> Result:
        begun.append(payload["key"])
        if len(begun) == slots:
            full.set()
        await asyncio.sleep(600)
        return Result("", "", {}, "", "")

    async def hold() -> None:
        engine = DbosEngine(begin, folder, slots)
        await engine.start()
        for key in keys:
            await engine.submit(key, {"key": key}, 1)
        await full.wait()
        await engine.cancel(cancelled)
        await asyncio.to_thread((folder / "held").touch)
        await asyncio.sleep(600)

    asyncio.run(hold())


def wait_until_held(folder: Path) -> None:
    """Wait until the executor has done what it was told."""
    until = time.monotonic() + 30
    while not (folder / "held").exists():
        assert time.monotonic() < until
        time.sleep(0.01)
