"""The port to the books: money is put aside before a call and trued up after it. Where the books lie is decided elsewhere."""

import asyncio
from decimal import Decimal
from typing import Protocol

from concerted.campaign.call import Call, Caps
from concerted.errors import Refused


class Purse(Protocol):
    """Keeps every call with its cost, so that caps hold across processes and crashes."""

    async def reserve(self, call: Call, caps: Caps) -> None:
        """Book an open call with what is put aside for it. Raises Refused where that would go beyond a cap."""
        ...

    async def settle(self, call: Call) -> None:
        """Book how it ended and what it cost, also where the caller is cancelled meanwhile."""
        ...


class Books(Protocol):
    """The store as calls are booked in it."""

    def open_call(self, call: Call, caps: Caps) -> tuple[Decimal, Decimal] | None:
        """Book an open call where the caps hold it; else book nothing and give what this run and all runs have spent and put aside."""
        ...

    def close_call(self, call: Call) -> None:
        """Book how a call ended."""
        ...


class Booked:
    """Books in the campaign's store."""

    def __init__(self, books: Books) -> None:
        self._books = books

    async def reserve(self, call: Call, caps: Caps) -> None:
        """Book an open call."""
        spent = await asyncio.to_thread(self._books.open_call, call, caps)
        if spent is not None:
            raise beyond(call, caps, *spent)

    async def settle(self, call: Call) -> None:
        """Book how it ended; a cancelled task waits for it, for the provider bills what was heard."""
        writing = asyncio.ensure_future(asyncio.to_thread(self._books.close_call, call))
        try:
            await asyncio.shield(writing)
        except asyncio.CancelledError:
            await writing
            raise


class Pocket:
    """Books in memory, for trials and tests: gone with the process."""

    def __init__(self) -> None:
        self.calls: dict[str, Call] = {}

    async def reserve(self, call: Call, caps: Caps) -> None:
        """Book an open call."""
        of_all = sum((known.cost for known in self.calls.values()), Decimal(0))
        of_run = sum((known.cost for known in self.calls.values() if known.run == call.run), Decimal(0))
        if not holds(call, caps, of_run, of_all):
            raise beyond(call, caps, of_run, of_all)
        self.calls[call.id] = call

    async def settle(self, call: Call) -> None:
        """Book how it ended."""
        self.calls[call.id] = call


def holds(call: Call, caps: Caps, of_run: Decimal, of_all: Decimal) -> bool:
    """Tell whether the caps hold one more call, given what is spent and put aside already."""
    return not any(cap is not None and spent + call.cost > cap for cap, spent in ((caps.run, of_run), (caps.campaign, of_all)))


def beyond(call: Call, caps: Caps, of_run: Decimal, of_all: Decimal) -> Refused:
    """Say which cap does not hold a call."""
    by_run = caps.run is not None and of_run + call.cost > caps.run
    cap, spent, what, setting = (caps.run, of_run, "this run", "per_run") if by_run else (caps.campaign, of_all, "this campaign", "per_campaign")
    return Refused(
        f"The cap of ${cap or 0:.2f} for {what} does not hold one more call to {call.model}: ${spent:.4f} is spent or put aside, "
        f"and this call may cost ${call.cost:.4f}.",
        next=f"raise {setting} under [spend] in concerted.toml, then concerted run",
    )
