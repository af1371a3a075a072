"""Calls: tried again while the provider is away and no longer, paid for exactly, and booked however they end."""

import asyncio
import time
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.campaign.call import Call, Caps
from concerted.errors import Refused, UserError
from concerted.llm.bucket import Bucket
from concerted.llm.caller import LONGEST_PAUSE, Aim, Caller, Reply, Terms, pause_after
from concerted.llm.compatible import CompatibleModel
from concerted.llm.configured import Endpoint, ModelName
from concerted.llm.key import Key
from concerted.llm.model import Away, Request, Usage
from concerted.llm.price import Prices
from concerted.llm.purse import Booked, Pocket, Purse
from concerted.store.store import Store
from tests.llm.desk import one_after_the_other
from tests.llm.server import Act, ModelServer, Play

NAME = ModelName(endpoint="near", model="x")
ASKED = Request("You write.", "Write the text. " * 20, 100)
PRICED = Prices(NAME, "settings", Decimal(2), Decimal(10))
AIM = Aim("draft", "t1", "sms.sms.dock.us.-", "mobile")
FINE = Act("one two three four five")


class Notes:
    """Takes everything, or has enough after so many pieces."""

    def __init__(self, enough: int = 10_000) -> None:
        self.pieces: list[str] = []
        self.enough = enough
        self.two = asyncio.Event()

    def take(self, text: str) -> bool:
        """Take a piece."""
        self.pieces.append(text)
        if len(self.pieces) == 2:
            self.two.set()
        return len(self.pieces) >= self.enough


def terms(purse: Purse, caps: Caps | None = None, timeout: float = 60.0, attempts: int = 3, bucket: Bucket | None = None) -> Terms:
    return Terms(PRICED, bucket or Bucket(), purse, "run-1", caps or Caps(), timeout, attempts, pause=0.01)


def called(play: Play | Act, given: Terms, enough: int = 10_000, idle: float = 30.0) -> tuple[Reply[Notes] | Exception, int]:
    """Call once; gives the reply or what was raised, and how many calls the server saw."""

    async def go() -> tuple[Reply[Notes] | Exception, int]:
        async with ModelServer(play) as server:
            model = CompatibleModel(NAME, Endpoint(base_url=server.url, idle=idle), Key(""))
            try:
                return await Caller(model, given).call(ASKED, AIM, lambda: Notes(enough)), len(server.calls)
            except (Away, Refused, UserError) as error:
                return error, len(server.calls)
            finally:
                await model.close()

    return asyncio.run(go())


def booked(purse: Pocket) -> Sequence[Call]:
    return tuple(purse.calls.values())


def test_a_call_is_paid_as_the_provider_counted() -> None:
    purse = Pocket()
    reply, _ = called(FINE, terms(purse))
    assert isinstance(reply, Reply)
    (call,) = booked(purse)
    assert (call.ended, call.tokens_out, call.estimated, call.purpose, call.asset) == ("done", 5, False, "draft", "sms.sms.dock.us.-")
    assert call.cost == (Decimal(2) * call.tokens_in + Decimal(10) * 5) / 1_000_000 == reply.cost
    assert (reply.calls, reply.tokens, reply.estimated) == (1, call.tokens_in + 5, False)


@pytest.mark.parametrize("fault", [Act(status=500), Act(status=429), Act(status=503), Act("one two", drop_after=1), Act(raw=b"nonsense")])
def test_a_provider_that_comes_back_is_asked_again(fault: Act) -> None:
    purse = Pocket()
    reply, calls = called(one_after_the_other(fault, fault, FINE), terms(purse))
    assert isinstance(reply, Reply)
    assert (calls, reply.calls) == (3, 3)
    assert "".join(reply.sink.pieces) == FINE.text
    assert [call.ended for call in booked(purse)] == ["failed", "failed", "done"]


def test_a_provider_that_stays_away_is_given_up_and_says_why() -> None:
    purse = Pocket()
    error, calls = called(Act(status=500, error="kaput"), terms(purse, attempts=4))
    assert isinstance(error, Away)
    assert "kaput" in error.message
    assert calls == 4
    assert sum(call.cost for call in booked(purse)) == 0


def test_a_refusal_that_will_not_change_is_not_tried_again() -> None:
    error, calls = called(Act(status=401), terms(Pocket()))
    assert isinstance(error, UserError)
    assert calls == 1


def test_a_provider_that_says_how_long_to_wait_is_not_asked_before() -> None:
    purse = Pocket()
    begun = time.monotonic()
    reply, _ = called(one_after_the_other(Act(status=429, headers={"retry-after-ms": "300"}), FINE), terms(purse))
    assert isinstance(reply, Reply)
    assert time.monotonic() - begun >= 0.3


class Told(Bucket):
    """Lets a test wait until the provider's wish has arrived."""

    def __init__(self) -> None:
        super().__init__()
        self.told = asyncio.Event()

    def close_for(self, seconds: float) -> None:
        super().close_for(seconds)
        self.told.set()


def test_others_at_the_same_provider_wait_too() -> None:
    async def go() -> list[float]:
        async with ModelServer(one_after_the_other(Act(status=429, headers={"retry-after-ms": "300"}), FINE)) as server:
            model = CompatibleModel(NAME, Endpoint(base_url=server.url), Key(""))
            bucket = Told()
            caller = Caller(model, terms(Pocket(), bucket=bucket))
            first = asyncio.create_task(caller.call(ASKED, AIM, Notes))
            await asyncio.wait_for(bucket.told.wait(), 60)
            await asyncio.gather(*(caller.call(ASKED, AIM, Notes) for _ in range(3)), first)
            await model.close()
            return [call.at - server.calls[0].at for call in server.calls[1:]]

    assert min(asyncio.run(go())) >= 0.3


def test_nobody_waits_for_an_hour() -> None:
    error, calls = called(Act(status=429, headers={"retry-after": "3600"}), terms(Pocket()))
    assert isinstance(error, Away)
    assert calls == 1


@given(st.integers(min_value=1, max_value=9), st.floats(min_value=0, max_value=1), st.one_of(st.none(), st.floats(min_value=0, max_value=300)))
def test_pauses_grow_are_scattered_and_never_shorter_than_asked(attempt: int, chance: float, asked: float | None) -> None:
    given_terms = Terms(PRICED, Bucket(), Pocket(), "r", attempts=10, chance=lambda: chance)
    seconds = pause_after(Away("busy", "busy", asked), attempt, given_terms)
    if asked is not None and asked > LONGEST_PAUSE:
        assert seconds is None
    elif asked is not None:
        assert seconds is not None
        assert asked <= seconds <= asked + 1
    else:
        assert seconds is not None
        assert 0.5 * min(LONGEST_PAUSE, 2 ** (attempt - 1)) <= seconds <= 1.5 * LONGEST_PAUSE
    assert pause_after(Away("busy", "busy", asked), 10, given_terms) is None


def test_a_call_that_takes_too_long_is_left_and_estimated() -> None:
    purse = Pocket()
    error, calls = called(Act("one two three", hang_after=2), terms(purse, timeout=0.3, attempts=2))
    assert isinstance(error, Away)
    assert calls == 2
    assert all(call.estimated and call.tokens_in > 0 and call.cost > 0 for call in booked(purse))


def test_a_listener_that_has_enough_ends_the_call_and_what_was_heard_is_estimated() -> None:
    purse = Pocket()
    reply, _ = called(Act("one two three four five six", rate=100), terms(purse), enough=3)
    assert isinstance(reply, Reply)
    (call,) = booked(purse)
    assert (reply.ending, call.ended, call.estimated) == (None, "stopped", True)
    assert call.tokens_out >= 3


def test_a_cancelled_call_is_booked_with_an_estimate() -> None:
    async def go() -> tuple[Call, str]:
        purse = Pocket()
        async with ModelServer(Act("one two three four five six", rate=20)) as server:
            model = CompatibleModel(NAME, Endpoint(base_url=server.url), Key(""))
            notes = Notes()
            task = asyncio.create_task(Caller(model, terms(purse)).call(ASKED, AIM, lambda: notes))
            await notes.two.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await server.settled()
            await model.close()
            return booked(purse)[0], server.calls[0].ended

    call, ended = asyncio.run(go())
    assert (call.ended, call.estimated, ended) == ("cancelled", True, "hung up")
    assert 0 < call.cost < PRICED.cost(_most())


def _most() -> Usage:
    return Usage(ASKED.tokens, ASKED.max_tokens)


def test_a_cap_refuses_the_call_that_would_break_it_and_lets_the_others_go() -> None:
    one = PRICED.cost(_most())
    purse = Pocket()
    caps = Caps(run=one * Decimal("1.5"))
    first, _ = called(FINE, terms(purse, caps))
    assert isinstance(first, Reply)
    purse.calls["other"] = Call("other", "run-1", "near:x", "draft", cost=one)
    second, calls = called(FINE, terms(purse, caps))
    assert isinstance(second, Refused)
    assert calls == 0
    assert "per_run" in second.next


def test_what_is_put_aside_is_freed_when_a_call_ends() -> None:
    purse = Pocket()
    caps = Caps(run=PRICED.cost(_most()) * Decimal("1.5"))
    assert all(isinstance(called(FINE, terms(purse, caps))[0], Reply) for _ in range(3))


@pytest.mark.parametrize("streams", [12])
def test_the_books_in_the_store_hold_the_cap_while_many_call_at_once(tmp_path: Path, streams: int) -> None:
    one = PRICED.cost(_most())

    async def go(store: Store) -> tuple[int, int]:
        async with ModelServer(Act("one two three", latency=0.3)) as server:
            model = CompatibleModel(NAME, Endpoint(base_url=server.url), Key(""))
            caller = Caller(model, terms(Booked(store), Caps(campaign=one * 5), attempts=1))
            done = await asyncio.gather(*(caller.call(ASKED, AIM, Notes) for _ in range(streams)), return_exceptions=True)
            await model.close()
            assert {type(one_of) for one_of in done} <= {Reply, Refused}
            return len(server.calls), sum(isinstance(one_of, Refused) for one_of in done)

    with Store.open(tmp_path / "store.db") as store:
        calls, refused = asyncio.run(go(store))
        assert (calls, refused) == (5, streams - 5)
        assert [call.ended for call in store.calls()] == ["done"] * 5


def test_calls_wait_for_their_turn_at_the_provider() -> None:
    async def go() -> tuple[int, float]:
        async with ModelServer(FINE) as server:
            model = CompatibleModel(NAME, Endpoint(base_url=server.url), Key(""))
            begun = time.monotonic()
            caller = Caller(model, terms(Pocket(), bucket=Bucket(requests=600)))
            await asyncio.gather(*(caller.call(ASKED, AIM, Notes) for _ in range(103)))
            await model.close()
            return len(server.calls), time.monotonic() - begun

    calls, seconds = asyncio.run(go())
    assert calls == 103
    assert seconds >= 3 / (500 / 60) - 0.01
