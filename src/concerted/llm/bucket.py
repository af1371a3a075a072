"""How many calls and tokens a provider takes in a minute: who calls waits its turn here. For one process; several share nothing."""

import asyncio
import time
from collections.abc import Awaitable, Callable

MINUTE = 60.0
TICK = 1e-6
"""Waits shorter than this are rounding."""
BURST = 1 / 6
"""Share of a minute's allowance that may go at once; the rest follows evenly, so that no minute ever holds more than the allowance."""


class Allowance:
    """A bucket that fills evenly. What is taken beyond its content has to be waited for."""

    def __init__(self, per_minute: float, now: float) -> None:
        self._room = max(1.0, per_minute * BURST)
        self._rate = max(per_minute - self._room, per_minute / 2) / MINUTE
        self._content = self._room
        self._at = now

    def wait(self, amount: float, now: float) -> float:
        """Say how many seconds until there is enough. More than the bucket holds is there when it is full."""
        self._fill(now)
        short = min(amount, self._room) - self._content
        return short / self._rate if short > 0 else 0.0

    def take(self, amount: float, now: float) -> None:
        """Take it out; what a large call takes beyond the content, the next ones wait for."""
        self._fill(now)
        self._content -= amount

    def give_back(self, amount: float, now: float) -> None:
        """Put back what was not used; a negative amount takes more out."""
        self._fill(now)
        self._content = min(self._room, self._content + amount)

    def _fill(self, now: float) -> None:
        self._content = min(self._room, self._content + (now - self._at) * self._rate)
        self._at = now


class Bucket:
    """Requests and tokens a minute at one provider, first come, first served."""

    def __init__(
        self,
        requests: float | None = None,
        tokens: float | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        now = clock()
        self._requests = Allowance(requests, now) if requests else None
        self._tokens = Allowance(tokens, now) if tokens else None
        self._clock = clock
        self._sleep = sleep
        self._turn = asyncio.Lock()
        self._closed_until = 0.0

    async def take(self, tokens: int) -> None:
        """Wait until one more call of this size may go."""
        async with self._turn:
            while (seconds := self._wait(tokens)) > TICK:
                await self._sleep(seconds)
            now = self._clock()
            if self._requests:
                self._requests.take(1, now)
            if self._tokens:
                self._tokens.take(tokens, now)

    def _wait(self, tokens: int) -> float:
        now = self._clock()
        waits = [self._closed_until - now]
        if self._requests:
            waits.append(self._requests.wait(1, now))
        if self._tokens:
            waits.append(self._tokens.wait(tokens, now))
        return max(waits)

    def settle(self, taken: int, used: int) -> None:
        """Put right what a call that has ended took."""
        if self._tokens:
            self._tokens.give_back(taken - used, self._clock())

    def close_for(self, seconds: float) -> None:
        """Let nobody call for a while: the provider asked for it."""
        self._closed_until = max(self._closed_until, self._clock() + seconds)
