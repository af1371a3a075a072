"""The engine that remembers: tasks are workflows of DBOS on SQLite, bodies run in the caller's event loop.

A killed process's tasks are taken up by the next one: each executor holds the lock of its slot, and a lock that is free has no owner.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from concerted.durable.bodies import Bodies
from concerted.durable.engine import SLOTS, Body, Payload
from concerted.durable.lock import Lock

if TYPE_CHECKING:
    from concerted.durable.transact import Transact

EXECUTORS = 16
"""How many processes may execute for one store at once."""
REFRESH = 1.0
"""Seconds between looks at DBOS's own list, for what ended without us."""


class DbosEngine:
    """Runs bodies as workflows. There is one in a process at a time; its files lie in the folder of the store."""

    def __init__(self, body: Body, folder: Path, slots: int = SLOTS) -> None:
        self._folder = folder
        self._slots = slots
        self._bodies = Bodies(body, self._end)
        self._workflows: dict[str, str] = {}
        """Key -> workflow id, of what is active."""
        self._ends: Counter[str] = Counter()
        """Key -> how many executions of it have ended; the next one has this number."""
        self._over: set[str] = set()
        """Workflow ids that have ended or were cancelled here, whatever DBOS has written down by now."""
        self._slot: Lock | None = None
        self._transact: Transact | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def slots(self) -> int:
        """How many bodies run at once."""
        return self._slots

    async def start(self) -> None:
        """Take a free executor id, start DBOS, and take up what this id had left behind."""
        # Imported here: only who has drafts written waits for it.
        from concerted.durable.transact import Transact

        self._loop = asyncio.get_running_loop()
        self._slot = self._free_slot()
        self._transact = Transact(self._folder / "engine.db", self._slot.file.name, self._slots)
        await asyncio.to_thread(self._transact.launch, self._carry)
        await asyncio.to_thread(lambda: self._dbos.forget(self._dbos.listed(active=False)))
        await self._adopt()

    @property
    def _dbos(self) -> "Transact":
        if self._transact is None:
            raise RuntimeError("The engine has not been started.")
        return self._transact

    def _free_slot(self) -> Lock:
        for lock in self._all_slots():
            if lock.take():
                return lock
        raise RuntimeError(f"{EXECUTORS} processes execute drafts here already.")

    def _all_slots(self) -> Iterable[Lock]:
        return (Lock(self._folder / f"slot-{number}") for number in range(EXECUTORS))

    async def _adopt(self) -> None:
        """Count among the active what DBOS has queued or taken up without us."""
        for workflow in await asyncio.to_thread(self._dbos.listed, True):
            if workflow not in self._over:
                self._workflows.setdefault(workflow.rpartition(":")[0], workflow)

    async def submit(self, key: str, payload: Payload, priority: int) -> None:
        """Queue a task. A task that ended before gets another workflow id, for DBOS runs none twice."""
        if key not in self.active():
            self._workflows[key] = f"{key}:{self._ends[key]}"
            await asyncio.to_thread(self._dbos.enqueue, self._workflows[key], key, payload, priority)

    async def cancel(self, keys: Iterable[str]) -> None:
        """Cancel tasks, and those that run here at once."""
        found = {key: self._workflows[key] for key in keys if key in self._workflows}
        if not found:
            return
        self._over.update(found.values())
        await asyncio.to_thread(self._dbos.cancel, found.values())
        for key in found:
            if key in self._bodies.running():
                self._bodies.cancel(key)
            else:
                self._end(key)
                self._bodies.report({key})

    def _end(self, key: str) -> None:
        self._ends[key] += 1
        if workflow := self._workflows.pop(key, ""):
            self._over.add(workflow)

    async def _carry(self, workflow: str, key: str, payload: Payload) -> str:
        """Have the body run in our event loop; called in that of DBOS."""
        assert self._loop is not None
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._run(workflow, key, payload), self._loop))

    async def _run(self, workflow: str, key: str, payload: Payload) -> str:
        if workflow in self._over:
            return "cancelled"
        self._workflows.setdefault(key, workflow)
        task = self._bodies.start(key, payload)
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            # Cancelled through DBOS's database: by another process, or by us, who have told the body already.
            if workflow not in self._over:
                task.cancel()
            await asyncio.wait({task})
            raise
        return "cancelled" if task.cancelled() else "failed" if task.exception() else "returned"

    async def changed(self) -> set[str]:
        """Wait until a task has ended, here or in another process."""
        while True:
            try:
                return await asyncio.wait_for(self._bodies.changed(), REFRESH)
            except TimeoutError:
                if gone := await self._gone():
                    return gone

    async def _gone(self) -> set[str]:
        """Find what DBOS holds for ended although no body of ours said so."""
        before = dict(self._workflows)
        listed = set(await asyncio.to_thread(self._dbos.listed, True))
        running = self._bodies.running()
        gone = {key for key, workflow in before.items() if workflow not in listed and key not in running and self._workflows.get(key) == workflow}
        for key in gone:
            self._end(key)
        return gone

    def active(self) -> set[str]:
        """Name the tasks that wait or run."""
        return {*self._workflows, *self._bodies.running()}

    async def recover(self) -> None:
        """Queue again what executors that died had under way: whose lock is free has no owner."""
        for lock in self._all_slots():
            if lock.file.exists() and lock.take():
                try:
                    await asyncio.to_thread(self._dbos.recover, lock.file.name)
                finally:
                    lock.release()
        await self._adopt()

    async def stop(self) -> None:
        """Cancel what is active, have outcomes written down, and let go of DBOS and of the slot."""
        try:
            if self._transact is not None:
                await self.cancel(self.active())
                await self._bodies.stop()
                await asyncio.to_thread(self._transact.destroy)
        finally:
            self._transact = None
            if self._slot is not None:
                self._slot.release()
                self._slot = None
