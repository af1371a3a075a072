"""Calls one model: waits its turn, puts money aside, tries again while the provider is away, lets go at once, and books how it ended."""

import asyncio
import random
import uuid
from collections.abc import Callable
from contextlib import aclosing, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Generic, Protocol, TypeAlias, TypeVar

from concerted.campaign.call import Call, Caps, Ended, Purpose
from concerted.llm.bucket import Bucket
from concerted.llm.model import Away, Ending, Heard, Model, Request, Usage, estimate
from concerted.llm.price import Prices
from concerted.llm.purse import Purse

PAUSE = 1.0
"""Seconds before the second attempt; doubles each time."""
LONGEST_PAUSE = 60.0
"""Who asks for more is not waited for: the run says so, and goes on from there another time."""


class Sink(Protocol):
    """Takes an answer while it comes in."""

    def take(self, text: str) -> bool:
        """Take the next piece; True where no more is wanted."""
        ...


Listener = TypeVar("Listener", bound=Sink)
Chance: TypeAlias = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Aim:
    """What a call is for, in the books."""

    purpose: Purpose
    task: str = ""
    asset: str = ""
    worker: str = ""


@dataclass(frozen=True, slots=True)
class Reply(Generic[Listener]):
    """How a call went: who listened, how it ended, what it cost. `calls` counts the failed attempts before it, too."""

    sink: Listener
    ending: Ending | None
    """None where the listener had enough."""
    said: str
    calls: int
    tokens: int
    cost: Decimal
    estimated: bool


@dataclass(frozen=True)
class Terms:
    """Under which a model is called: its price, its turn, its time, and the books."""

    prices: Prices
    bucket: Bucket
    purse: Purse
    run: str
    caps: Caps = field(default_factory=Caps)
    timeout: float = 120.0
    attempts: int = 5
    pause: float = PAUSE
    chance: Chance = field(default=random.random)


@dataclass
class _Bill:
    """What the attempts of one call came to."""

    calls: int = 0
    tokens: int = 0
    cost: Decimal = Decimal(0)
    estimated: bool = False

    def add(self, call: Call) -> None:
        self.calls += 1
        self.tokens += call.tokens_in + call.tokens_out
        self.cost += call.cost
        self.estimated = self.estimated or call.estimated


class Caller:
    """One model on its terms."""

    def __init__(self, model: Model, terms: Terms) -> None:
        self.model = model
        self.terms = terms
        self.turn: asyncio.Lock | None = None
        """Held by one call at a time, where a model does one thing at a time; waiting for it is no time of the call."""

    @property
    def name(self) -> str:
        """The model string."""
        return self.model.name

    async def call(self, request: Request, aim: Aim, listen: Callable[[], Listener]) -> Reply[Listener]:
        """Ask until there is an answer; each attempt has a listener of its own.

        Raises Away where the provider stays away, Refused where a cap is reached, UserError where it will never answer.
        """
        bill = _Bill()
        while True:
            sink = listen()
            try:
                heard = await self._attempt(request, aim, sink, bill)
            except Away as away:
                await self._wait_after(away, bill.calls)
                continue
            return Reply(sink, heard.ending if heard else None, heard.said if heard else "", bill.calls, bill.tokens, bill.cost, bill.estimated)

    async def _wait_after(self, away: Away, attempt: int) -> None:
        seconds = pause_after(away, attempt, self.terms)
        if seconds is None:
            raise away
        if away.retry_after is not None:
            self.terms.bucket.close_for(away.retry_after)
        await asyncio.sleep(seconds)

    async def _attempt(self, request: Request, aim: Aim, sink: Sink, bill: _Bill) -> Heard | None:
        """Make one call; gives what was heard, None where the listener had enough."""
        most = Usage(request.tokens, request.max_tokens)
        aside = request.tokens + min(request.expected, request.max_tokens)
        await self.terms.bucket.take(aside)
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        aside_for = self.terms.prices.cost(most)
        call = Call(uuid.uuid4().hex, self.terms.run, self.name, aim.purpose, aim.task, aim.asset, aim.worker, now, cost=aside_for)
        await self.terms.purse.reserve(call, self.terms.caps)
        meter = _Meter(request)
        ended: Ended = "failed"
        try:
            async with self.turn or nullcontext():
                heard = await self._listen(request, sink, meter)
            ended = (heard.ending or "failed") if heard else "stopped"
        except asyncio.CancelledError:
            ended = "cancelled"
            meter.billed = True
            raise
        finally:
            closed = self._closed(call, ended, meter)
            bill.add(closed)
            self.terms.bucket.settle(aside, closed.tokens_in + closed.tokens_out)
            await self.terms.purse.settle(closed)
        return heard

    async def _listen(self, request: Request, sink: Sink, meter: "_Meter") -> Heard | None:
        try:
            async with asyncio.timeout(self.terms.timeout), self.model.stream(request) as stream:
                meter.billed = True
                async with aclosing(aiter(stream)) as pieces:
                    async for text in pieces:
                        meter.add(text)
                        if sink.take(text):
                            return None
                meter.usage = stream.heard.usage
                return stream.heard
        except TimeoutError:
            meter.billed = True
            raise Away(f"{self.name} did not finish within {self.terms.timeout:g} seconds.", "timeout") from None

    def _closed(self, call: Call, ended: Ended, meter: "_Meter") -> Call:
        usage = meter.counted()
        guessed = meter.billed and meter.usage is None
        cost = self.terms.prices.cost(usage)
        return replace(call, ended=ended, tokens_in=usage.tokens_in, tokens_out=usage.tokens_out, cost=cost, estimated=guessed)


class _Meter:
    """Counts what has come, for calls whose provider had no chance to."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._pieces = 0
        self._letters: list[str] = []
        self.billed = False
        """True once the provider may ask money for the call: it has begun to answer, or we left it in the middle."""
        self.usage: Usage | None = None

    def add(self, text: str) -> None:
        self._pieces += 1
        self._letters.append(text)

    def counted(self) -> Usage:
        """Give the provider's count, else our estimate: the prompt, and the larger of pieces and letters. A refused call costs nothing."""
        if self.usage is not None:
            return self.usage
        if not self.billed:
            return Usage()
        return Usage(self._request.tokens, max(self._pieces, estimate("".join(self._letters))))


def pause_after(away: Away, attempt: int, terms: Terms) -> float | None:
    """Decide how long to wait before another attempt; None to give up. Never less than the provider asks for."""
    if attempt >= terms.attempts:
        return None
    if away.retry_after is not None:
        return None if away.retry_after > LONGEST_PAUSE else away.retry_after + terms.chance() * min(1.0, terms.pause)
    return min(LONGEST_PAUSE, terms.pause * 2 ** (attempt - 1)) * (0.5 + terms.chance())
