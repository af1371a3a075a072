"""What carrying out a task promises: once is enough, what was paid for is kept, and a writer that fails leaves its reason."""

import asyncio
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from concerted.campaign.event import Event
from concerted.campaign.intervention import Intervention
from concerted.campaign.line import Result
from concerted.campaign.work import Answer, Work
from concerted.durable.body import Patience, make_body, pack, unpack
from concerted.durable.progress import Stopped as StoppedStep
from concerted.durable.progress import steps_of
from concerted.durable.stops import recorder
from concerted.errors import ConcertedError, Refused, Unavailable, UserError
from concerted.planning.lifecycle import retry
from concerted.store.store import Store

NOW = "2027-01-01T09:00:00"
WORK = Work("t1", "page.web.dock.us.-", "page", "main", ("h1", "proof"), "Write.", previous={"proof": "So it is."}, fallback={"h1": "One."})
GIVEN: Mapping[str, str | None] = {"h1": "One.", "proof": None}
QUICK = Patience(call=60, attempts=3, pause=0.001)


class Desk:
    """A writer that does in turn what it is told: answers, raises, or waits."""

    def __init__(self, *acts: Mapping[str, str | None] | ConcertedError | float) -> None:
        self.acts = list(acts)
        self.calls = 0

    async def write(self, work: Work) -> Answer:
        assert work.task == WORK.task
        self.calls += 1
        act = self.acts.pop(0)
        if isinstance(act, ConcertedError):
            raise act
        if isinstance(act, float | int):
            await asyncio.sleep(act)
            return Answer(GIVEN, "desk")
        return Answer(act, "desk", tokens=7, cost=Decimal("0.02"), estimated=True)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db") as opened:
        yield opened


def _carry_out(store: Store, desk: Desk, patience: Patience = QUICK) -> Result:
    async def run() -> Result:
        return await make_body(store, desk, lambda: NOW, patience)(pack(WORK, "g1"))

    return asyncio.run(run())


def test_a_payload_is_plain_and_comes_back_as_it_went() -> None:
    assert unpack(pack(WORK, "g1")) == (WORK, "g1")
    assert pack(WORK, "g1")["work"]["fields"] == ["h1", "proof"]


def test_an_answer_is_stored_with_its_bill_under_the_task(store: Store) -> None:
    result = _carry_out(store, Desk(GIVEN))
    assert result == Result("t1", WORK.asset, GIVEN, "desk", "g1", calls=1, tokens=7, cost="0.02", estimated=True)
    assert store.result("t1") == result
    assert store.load() == store.rebuild()


def test_a_task_whose_result_is_stored_asks_nobody(store: Store) -> None:
    first = _carry_out(store, Desk(GIVEN))
    desk = Desk()
    assert _carry_out(store, desk) == first
    assert desk.calls == 0
    assert store.seq() == 1


def test_a_writer_that_is_away_for_a_moment_is_asked_again(store: Store) -> None:
    desk = Desk(Unavailable("away"), {"h1": "One."}, {"h1": None, "proof": None}, GIVEN)
    result = _carry_out(store, desk, Patience(attempts=4, pause=0.001))
    assert (result.fields, result.error, result.calls) == (GIVEN, "", 4)


@pytest.mark.parametrize(
    ("acts", "calls", "why"),
    [
        ([Unavailable("The model is away.")] * 3, 3, "The model is away."),
        ([Refused("The model refuses.")], 1, "The model refuses."),
        ([{"h1": "One."}] * 3, 3, "The answer for page.web.dock.us.- leaves out proof."),
        ([60.0] * 3, 3, "No answer for page.web.dock.us.- within 0.02 seconds."),
    ],
    ids=["away", "refused", "silent", "hanging"],
)
def test_a_writer_that_fails_leaves_the_reason_and_a_later_success_replaces_it(
    store: Store, acts: list[Mapping[str, str | None] | ConcertedError | float], calls: int, why: str
) -> None:
    failed = _carry_out(store, Desk(*acts), Patience(call=0.02, attempts=3, pause=0.001))
    assert (failed.error, failed.calls, failed.fields) == (why, calls, {})
    assert store.result("t1") == failed
    assert _carry_out(store, Desk(GIVEN)).fields == GIVEN
    assert store.load().results["t1"].error == ""


def test_what_came_back_is_stored_although_the_task_is_cancelled_meanwhile(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        task = asyncio.ensure_future(make_body(store, Desk(GIVEN), lambda: NOW, QUICK)(pack(WORK, "g1")))
        loop = asyncio.get_running_loop()
        keep = store.keep

        def cancel_then_keep(event: Event) -> bool:
            loop.call_soon_threadsafe(task.cancel)
            time.sleep(0.1)
            return keep(event)

        monkeypatch.setattr(store, "keep", cancel_then_keep)
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(store.result, "t1") is not None, "it is stored before anybody hears that the task has ended"

    asyncio.run(run())


def test_a_field_that_may_be_empty_may_be_left_out(store: Store) -> None:
    asked = replace(WORK, fields=("h1", "proof", "note"), optional=("note",))

    async def run() -> Result:
        return await make_body(store, Desk(GIVEN), lambda: NOW, QUICK)(pack(asked, "g1"))

    assert asyncio.run(run()).fields == {**GIVEN, "note": ""}


def test_a_stop_is_on_record_before_anybody_is_asked_again_and_stays_when_the_work_fails(store: Store) -> None:
    stop = Intervention("t1", WORK.asset, "h1", "banned-word", "brand.words.never.magic", "magic", "token", "Say it otherwise.", "again", 4, 20)
    record = recorder(store, lambda: NOW)

    class Stopped(Desk):
        async def write(self, work: Work) -> Answer:
            await record(stop)
            assert tuple(store.load().interventions.values()) == (stop,)
            return await super().write(work)

    assert _carry_out(store, Stopped(UserError("no"))).error == "no"
    state = store.load()
    again = retry(state, NOW, "Mara")
    assert again is not None
    store.append(again)
    assert tuple(store.load().interventions.values()) == (stop,)
    assert store.load() == store.rebuild()
    assert [step for step in steps_of(event for _, event in store.events()) if isinstance(step, StoppedStep)] == [
        StoppedStep(WORK.asset, "h1", "banned-word", "magic", "Say it otherwise.", False)
    ]


def test_a_call_that_is_cancelled_stores_nothing(store: Store) -> None:
    async def run() -> None:
        task = asyncio.ensure_future(make_body(store, Desk(60.0), lambda: NOW, QUICK)(pack(WORK, "g1")))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())
    assert store.seq() == 0
