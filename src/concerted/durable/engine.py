"""The port to whoever carries tasks out. Keys are task ids; what an engine needs beside them to run a task again is its own affair."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Protocol, TypeAlias

from concerted.campaign.line import Result

Payload: TypeAlias = dict[str, Any]
"""What a task needs to be carried out; plain JSON."""
Body: TypeAlias = Callable[[Payload], Awaitable[Result]]
"""Carries one task out and stores what came of it; may run more than once for one task, and be cancelled at any moment."""

SLOTS = 8
"""How many bodies run at once unless somebody says otherwise."""


class Engine(Protocol):
    """Runs bodies in a bounded number of slots, the lowest priority number first. All of it belongs to one event loop."""

    @property
    def slots(self) -> int:
        """How many bodies run at once."""
        ...

    async def start(self) -> None:
        """Begin to work; takes up what a process that died had left."""
        ...

    async def submit(self, key: str, payload: Payload, priority: int) -> None:
        """Hand a task in; nothing happens where it is active already."""
        ...

    async def cancel(self, keys: Iterable[str]) -> None:
        """Stop these tasks, also in the middle of their bodies; the others stay untouched."""
        ...

    async def changed(self) -> set[str]:
        """Wait until a task has ended, however; gives the keys. Raises what a body broke with that is not an outcome."""
        ...

    def active(self) -> set[str]:
        """Name the tasks that wait or run."""
        ...

    async def recover(self) -> None:
        """Take over what other executors left behind when they died."""
        ...

    async def stop(self) -> None:
        """Cancel what is active and let go of everything."""
        ...
