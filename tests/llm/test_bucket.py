"""The bucket: no minute holds more than the provider allows, first come first served, and a request to wait is kept to."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.llm.bucket import MINUTE, Bucket


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""
        assert seconds > 0
        self.now += seconds


def bucket(clock: Clock, requests: float | None = None, tokens: float | None = None) -> Bucket:
    return Bucket(requests, tokens, clock, clock.sleep)


@given(st.floats(min_value=1, max_value=5000), st.lists(st.floats(min_value=0, max_value=40), min_size=1, max_size=150))
@settings(max_examples=60)
def test_no_minute_holds_more_requests_than_allowed(allowed: float, pauses: list[float]) -> None:
    clock = Clock()
    it = bucket(clock, requests=allowed)
    went: list[float] = []

    async def call() -> None:
        for pause in pauses:
            clock.now += pause if pause > 20 else 0
            await it.take(0)
            went.append(clock.now)

    asyncio.run(call())
    for start in went:
        assert sum(start <= at < start + MINUTE for at in went) <= max(allowed, 1) + 1


@given(st.integers(min_value=600, max_value=100_000), st.lists(st.integers(min_value=1, max_value=4000), min_size=2, max_size=80))
@settings(max_examples=60)
def test_no_minute_holds_more_tokens_than_allowed_but_for_one_call(allowed: int, sizes: list[int]) -> None:
    clock = Clock()
    it = bucket(clock, tokens=allowed)
    went: list[tuple[float, int]] = []

    async def call() -> None:
        for size in sizes:
            await it.take(size)
            went.append((clock.now, size))

    asyncio.run(call())
    for start, _ in went:
        assert sum(size for at, size in went if start <= at < start + MINUTE) <= allowed + max(sizes)


def test_nobody_waits_where_nothing_is_limited() -> None:
    clock = Clock()
    it = bucket(clock)

    async def call() -> None:
        for _ in range(1000):
            await it.take(100_000)

    asyncio.run(call())
    assert clock.now == 0


def test_what_a_call_did_not_use_is_there_for_the_next() -> None:
    async def waited(used: int) -> float:
        clock = Clock()
        it = bucket(clock, tokens=6000)
        await it.take(1000)
        it.settle(1000, used)
        await it.take(1000)
        return clock.now

    assert asyncio.run(waited(0)) == 0
    assert asyncio.run(waited(1000)) > 5


def test_a_provider_that_asks_to_wait_holds_everybody() -> None:
    clock = Clock()
    it = bucket(clock)
    it.close_for(7)
    asyncio.run(it.take(1))
    assert clock.now == 7


def test_a_call_larger_than_a_minute_allows_goes_when_the_bucket_is_full() -> None:
    clock = Clock()
    asyncio.run(bucket(clock, tokens=600).take(5000))
    assert clock.now == 0


def test_whoever_comes_first_goes_first() -> None:
    async def order() -> list[int]:
        it = Bucket(requests=600)
        went: list[int] = []

        async def call(number: int) -> None:
            await it.take(0)
            went.append(number)

        it.close_for(0.01)
        await asyncio.gather(*(call(number) for number in range(20)))
        return went

    assert asyncio.run(order()) == list(range(20))


def test_a_caller_that_gives_up_waiting_does_not_hold_the_others() -> None:
    async def go() -> None:
        it = Bucket(requests=60)
        it.close_for(0.05)
        first = asyncio.create_task(it.take(0))
        second = asyncio.create_task(it.take(0))
        await asyncio.sleep(0.01)
        first.cancel()
        await asyncio.wait_for(second, 60)
        assert first.cancelled()

    asyncio.run(go())
