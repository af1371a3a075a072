"""An executor in a process of its own that takes tasks up and never ends them, to be killed."""

import asyncio
from pathlib import Path

from concerted.campaign.line import Result
from concerted.durable.dbos_engine import DbosEngine
from concerted.durable.engine import Payload


def hold_tasks(folder: Path, keys: list[str]) -> None:
    """Hand tasks in, begin them, say so by a file for each, and hold on."""

    async def begin(payload: Payload) -> Result:
        (folder / f"begun-{payload['key']}").touch()
        await asyncio.sleep(600)
        return Result("", "", {}, "", "")

    async def hold() -> None:
        engine = DbosEngine(begin, folder, len(keys))
        await engine.start()
        for key in keys:
            await engine.submit(key, {"key": key}, 1)
        await engine.changed()

    asyncio.run(hold())
