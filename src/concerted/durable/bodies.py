"""The bodies that run in this process: started, cancelled at once, and heard of when they end."""

import asyncio
from collections.abc import Callable

from concerted.campaign.line import Result
from concerted.durable.engine import Body, Payload


class Bodies:
    """Running bodies by key. Lives in one event loop."""

    def __init__(self, body: Body, ended: Callable[[str], None]) -> None:
        self._body = body
        self._told = ended
        self._running: dict[str, asyncio.Task[Result]] = {}
        self._ended: set[str] = set()
        self._fault: BaseException | None = None
        self._bell = asyncio.Event()

    def start(self, key: str, payload: Payload) -> "asyncio.Task[Result]":
        """Start a body; gives the one that runs already where there is one."""
        known = self._running.get(key)
        if known is not None:
            return known
        task = asyncio.ensure_future(self._carry_out(payload))
        self._running[key] = task
        task.add_done_callback(lambda done: self._end(key, done))
        return task

    async def _carry_out(self, payload: Payload) -> Result:
        return await self._body(payload)

    def _end(self, key: str, task: "asyncio.Task[Result]") -> None:
        del self._running[key]
        self._fault = self._fault or (None if task.cancelled() else task.exception())
        self._told(key)
        self.report({key})

    def report(self, keys: set[str]) -> None:
        """Let `changed` return these keys."""
        self._ended |= keys
        self._bell.set()

    def running(self) -> set[str]:
        """Name the bodies that run."""
        return set(self._running)

    def cancel(self, key: str) -> None:
        """Cancel a body where it runs; it is heard of when it has stopped."""
        task = self._running.get(key)
        if task is not None:
            task.cancel()

    async def changed(self) -> set[str]:
        """Wait until bodies have ended; raises the first fault of a body, which is a bug and no outcome."""
        await self._bell.wait()
        self._bell.clear()
        fault, self._fault = self._fault, None
        if fault is not None:
            raise fault
        ended, self._ended = self._ended, set()
        return ended

    async def stop(self) -> None:
        """Cancel all bodies and wait until they have stopped."""
        stopping = list(self._running.values())
        for task in stopping:
            task.cancel()
        if stopping:
            await asyncio.wait(stopping)
