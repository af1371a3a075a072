"""The engine without a memory: an event loop, a few slots, a waiting list. What a killed process had under way is simply wanted again."""

from collections.abc import Iterable
from itertools import count

from concerted.durable.bodies import Bodies
from concerted.durable.engine import SLOTS, Body, Payload


class InlineEngine:
    """Runs bodies as tasks of the caller's event loop."""

    def __init__(self, body: Body, slots: int = SLOTS) -> None:
        self._slots = slots
        self._bodies = Bodies(body, lambda _key: self._fill())
        self._waiting: dict[str, tuple[int, int, Payload]] = {}
        self._arrived = count()
        self._open = False

    @property
    def slots(self) -> int:
        """How many bodies run at once."""
        return self._slots

    async def start(self) -> None:
        """Begin to work."""
        self._open = True
        self._fill()

    async def submit(self, key: str, payload: Payload, priority: int) -> None:
        """Hand a task in; it starts at once where a slot is free."""
        if key not in self.active():
            self._waiting[key] = (priority, next(self._arrived), payload)
            self._fill()

    def _fill(self) -> None:
        while self._open and self._waiting and len(self._bodies.running()) < self._slots:
            key = min(self._waiting, key=lambda waiting: self._waiting[waiting][:2])
            self._bodies.start(key, self._waiting.pop(key)[2])

    async def cancel(self, keys: Iterable[str]) -> None:
        """Drop what waits and cancel what runs."""
        dropped: set[str] = set()
        for key in keys:
            if self._waiting.pop(key, None) is not None:
                dropped.add(key)
            self._bodies.cancel(key)
        if dropped:
            self._bodies.report(dropped)

    async def changed(self) -> set[str]:
        """Wait until a task has ended."""
        return await self._bodies.changed()

    def active(self) -> set[str]:
        """Name the tasks that wait or run."""
        return {*self._waiting, *self._bodies.running()}

    async def recover(self) -> None:
        """Do nothing: no other executor leaves anything here."""

    async def stop(self) -> None:
        """Drop what waits and cancel what runs."""
        self._open = False
        self._waiting.clear()
        await self._bodies.stop()
