"""The tables say what the record says, whatever is recorded, in whatever order, and across every way to stop in the middle."""

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.campaign.change import Answer, Change
from concerted.campaign.draft import Draft, Record, Text
from concerted.campaign.event import Event, Put
from concerted.campaign.line import Result
from concerted.errors import Unavailable, UserError
from concerted.planning import lifecycle
from concerted.planning.kit import Recipe
from concerted.store import connection
from concerted.store.moved import Moved
from concerted.store.names import KEYED
from concerted.store.store import Store
from tests.store.events import KEYED as VALUES_OF
from tests.store.events import record, spelled

NOW = "2027-03-01T09:00:00"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db") as opened:
        yield opened


def _draft(words: str) -> Draft:
    return Draft("page.web.dock.us.-", {"h1": Text(words, "house", Record("r", (("f:positioning.promise", "a1"),), "p"))})


def _point(draft: Draft, head: int) -> Event:
    return Event("drafted", NOW, "conductor", "", (Put("drafts", f"{draft.asset}/{draft.id}", draft), Put("texts", draft.asset, draft.id)), head=head)


@cache
def _fresh() -> bytes:
    with TemporaryDirectory() as folder:
        Store.open(Path(folder) / "store.db").close()
        return (Path(folder) / "store.db").read_bytes()


@given(record(), st.booleans())
@settings(max_examples=40)
def test_the_tables_equal_the_folded_record_and_survive_reopening(events: list[Event], together: bool) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "store.db"
        file.write_bytes(_fresh())
        with Store.open(file) as store:
            if together:
                store.append_all(events)
            else:
                for event in events:
                    store.append(event)
            assert spelled(store.load()) == spelled(store.rebuild())
            assert [spelled(event) for _, event in store.events()] == [spelled(event) for event in events]
        with Store.open(file) as store:
            assert spelled(store.load()) == spelled(store.rebuild())


@pytest.mark.parametrize("section", KEYED)
@given(data=st.data())
@settings(max_examples=2)
def test_a_value_put_again_replaces_the_first_and_none_takes_it_away(section: str, data: st.DataObject) -> None:
    values = [data.draw(VALUES_OF[section]), data.draw(VALUES_OF[section]), None]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "store.db"
        file.write_bytes(_fresh())
        with Store.open(file) as store:
            for value in values:
                store.append(Event("amended", NOW, "Mara", "", (Put(section, "a", value), Put(section, "b", value))))
                assert spelled(store.load()) == spelled(store.rebuild())


def test_the_draft_last_current_is_the_last_of_its_asset(store: Store) -> None:
    first, second = _draft("One."), _draft("Two.")
    for head, draft in enumerate((first, second, first)):
        store.append(_point(draft, head))
    state = store.load()
    assert [draft.values["h1"] for draft in state.drafts[first.asset]] == ["Two.", "One."]
    assert state.main.texts[first.asset] is state.drafts[first.asset][-1]


def test_an_event_decided_on_an_older_head_is_refused_and_leaves_nothing(store: Store) -> None:
    store.append(_point(_draft("One."), 0))
    before = store.snapshot()
    with pytest.raises(Moved):
        store.append(_point(_draft("Two."), 0))
    with pytest.raises(Moved):
        store.append_all([lifecycle.open_change(Change("C1", "t", "Mara", NOW)), _point(_draft("Two."), 0)])
    assert store.snapshot() == before
    assert store.head() == 1


def test_an_answer_given_on_an_older_look_at_a_change_does_not_overwrite_another(store: Store) -> None:
    change = Change("C1", "New promise", "Mara", NOW)
    seen = store.append(lifecycle.open_change(change))
    mine = change.with_answers({"a#h1:copy": Answer("take", "Mara", NOW, "m", "p")})
    store.append(lifecycle.amend(mine, NOW, "Mara", "answered"), since=seen)
    theirs = change.with_answers({"b#h1:copy": Answer("keep", "Ben", NOW, "m", "p")})
    with pytest.raises(Moved):
        store.append(lifecycle.amend(theirs, NOW, "Ben", "answered"), since=seen)
    assert set(store.load().changes["C1"].answers) == {"a#h1:copy"}


def test_an_event_about_another_change_is_in_nobodys_way(store: Store) -> None:
    seen = store.append(lifecycle.open_change(Change("C1", "t", "Mara", NOW)))
    store.append(lifecycle.open_change(Change("C2", "t", "Ben", NOW)))
    store.append(lifecycle.amend(Change("C1", "t2", "Mara", NOW), NOW, "Mara", ""), since=seen)
    assert list(store.load().changes) == ["C1", "C2"]


def test_several_events_about_one_change_do_not_stand_in_their_own_way(store: Store) -> None:
    change = Change("C1", "t", "Mara", NOW)
    seen = store.append(lifecycle.open_change(change))
    last = store.append_all([lifecycle.amend(replace(change, title=title), NOW, "Mara", "") for title in ("u", "v")], since=seen)
    assert (last, store.load().changes["C1"].title) == (seen + 2, "v")


def test_a_result_is_stored_once_and_a_failed_one_is_replaced(store: Store) -> None:
    result = Result("t1", "page", {"h1": "One."}, "scripted", "g")
    assert store.keep(lifecycle.returned(replace(result, fields={}, error="away"), NOW))
    assert store.keep(lifecycle.returned(result, NOW))
    assert not store.keep(lifecycle.returned(replace(result, fields={"h1": "Two."}), NOW))
    assert store.result("t1") == result
    assert store.result("t2") is None
    assert store.load() == store.rebuild()


def test_events_are_read_from_where_one_left_off(store: Store) -> None:
    for name in ("C1", "C2", "C3"):
        store.append(lifecycle.open_change(Change(name, "t", "Mara", NOW)))
    assert [(seq, event.change) for seq, event in store.events(since=1)] == [(2, "C2"), (3, "C3")]
    assert store.seq() == 3


def test_recipes_and_the_base_of_the_working_copy_come_back_as_they_went(store: Store) -> None:
    recipe = Recipe("model", "== h1\n{{ positioning.promise }}", "Write.", "some-model")
    for _again in range(2):
        store.keep_recipes({recipe.hash: recipe})
    assert store.recipes() == {recipe.hash: recipe}
    assert store.base() is None
    store.set_base({"campaign.yaml": b"a: \xc3\xa9\r\n", "more.yaml": b""}, 1)
    store.set_base({"campaign.yaml": b"a: 2\n"}, 2)
    assert store.base() == ({"campaign.yaml": b"a: 2\n"}, 2)


def test_many_threads_append_and_read_at_once(store: Store) -> None:
    def work(number: int) -> None:
        for step in range(10):
            store.append(lifecycle.open_change(Change(f"C{number}-{step}", "t", "Mara", NOW)))
            store.load()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.load().changes) == 60
    assert store.load() == store.rebuild()


def test_a_locked_database_is_unavailable_and_not_a_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "WAIT", 0.05)
    file = tmp_path / "store.db"
    with Store.open(file) as store:
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            assert store.load().head == 0
            with pytest.raises(Unavailable, match=r"store\.db is busy or away"):
                store.append(_point(_draft("One."), 0))
        finally:
            other.close()
        store.append(_point(_draft("One."), 0))


def test_a_place_that_cannot_be_reached_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable):
        Store.open(tmp_path / "file" / "store.db")
    (tmp_path / "folder").mkdir()
    with pytest.raises(Unavailable):
        Store.open(tmp_path / "folder")


def test_something_that_is_no_database_is_the_users_mistake(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    file.write_text("campaign:\n  name: not a database\n" * 100)
    with pytest.raises(UserError, match="is not a campaign's database"):
        Store.open(file)
    assert file.read_text().startswith("campaign:")
