"""The books of calls: caps hold across processes and crashes, and sums are exact."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from concerted.campaign.call import Call, Caps
from concerted.store.engine import WRITES, open_engine
from concerted.store.migrate import upgrade
from concerted.store.store import Store

OPEN = Call("c1", "r1", "openai:x", "draft", "t1", "sms.sms.dock.us.-", "mobile", "2027-03-01T09:00:00", cost=Decimal("0.50"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db") as opened:
        yield opened


def test_a_call_is_booked_open_and_trued_up(store: Store) -> None:
    assert store.open_call(OPEN, Caps()) is None
    ended = replace(OPEN, ended="done", tokens_in=900, tokens_out=60, cost=Decimal("0.000345678"), estimated=False)
    store.close_call(ended)
    assert store.calls() == (ended,)


def test_what_is_put_aside_counts_until_it_is_trued_up(store: Store) -> None:
    caps = Caps(run=Decimal("0.80"))
    assert store.open_call(OPEN, caps) is None
    assert store.open_call(replace(OPEN, id="c2"), caps) == (Decimal("0.50"), Decimal("0.50"))
    store.close_call(replace(OPEN, ended="done", cost=Decimal("0.10")))
    assert store.open_call(replace(OPEN, id="c2"), caps) is None
    assert [call.id for call in store.calls()] == ["c1", "c2"]


def test_a_campaigns_cap_counts_all_its_runs(store: Store) -> None:
    caps = Caps(run=Decimal("0.60"), campaign=Decimal("1.20"))
    for number in (1, 2):
        assert store.open_call(replace(OPEN, id=f"c{number}", run=f"r{number}"), caps) is None
    assert store.open_call(replace(OPEN, id="c3", run="r3"), caps) == (Decimal(0), Decimal("1.00"))


def test_what_a_dead_process_had_put_aside_stays_put_aside(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store.db") as before:
        before.open_call(OPEN, Caps())
    with Store.open(tmp_path / "store.db") as after:
        assert after.open_call(replace(OPEN, id="c2", run="r2"), Caps(campaign=Decimal("0.99"))) == (Decimal(0), Decimal("0.50"))
        assert [call.ended for call in after.calls()] == [""]


def test_a_cap_holds_when_many_reserve_at_once(store: Store) -> None:
    caps = Caps(run=Decimal("5.00"))
    booked: list[bool] = []

    def reserve(number: int) -> None:
        booked.append(store.open_call(replace(OPEN, id=f"c{number}"), caps) is None)

    threads = [threading.Thread(target=reserve, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert booked.count(True) == 10
    assert sum(call.cost for call in store.calls()) == Decimal("5.00")


def test_tiny_costs_add_up_exactly(store: Store) -> None:
    tiny = Decimal("0.000000075")
    for number in range(40):
        store.open_call(replace(OPEN, id=f"c{number}", cost=tiny), Caps())
    assert store.open_call(replace(OPEN, id="last", cost=Decimal(0)), Caps(run=Decimal("0.0000029"))) == (40 * tiny, 40 * tiny)


def test_a_store_from_before_the_books_gets_them_when_it_is_opened(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "store.db")
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        upgrade(connection, "0001")
    engine.dispose()
    with Store.open(tmp_path / "store.db") as store:
        assert store.calls() == ()
        assert store.open_call(OPEN, Caps()) is None
