"""The campaign's store: events are appended, current rows follow in the same transaction, reading never replays.

Synchronous and safe for many threads and processes; who is in an event loop enters it by `to_thread`.
"""

from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import reduce
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as place

from concerted.campaign.call import Call, Caps
from concerted.campaign.event import Event, fold
from concerted.campaign.line import Result, State
from concerted.planning.kit import Recipe
from concerted.store.books import listed, put_aside, true_up
from concerted.store.codec import decode, decode_puts, encode, encode_puts
from concerted.store.connection import WRITES, open_engine, translated, use_journal
from concerted.store.migrate import migrate
from concerted.store.moved import Moved
from concerted.store.rows import read_head, read_state, swap_head, write_event, write_meta
from concerted.store.schema import EVENTS, META, RECIPES, SECTIONS, WORKING

BASE = "base"


class Store:
    """One campaign in one database file."""

    def __init__(self, file: Path, engine: Engine) -> None:
        self.file = file
        self._engine = engine
        self._writer = engine.execution_options(**{WRITES: True})

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a store, made or brought to today's shape where that is needed.

        Raises Unavailable where the file is locked or cannot be reached, UserError where it is not ours or newer than this program.
        """
        use_journal(path)
        store = cls(path, open_engine(path))
        try:
            with translated(path):
                migrate(store._engine, store._writer)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def load(self) -> State:
        """Read the current state from the tables: exactly what folding all events gives."""
        return self.snapshot()[1]

    def snapshot(self) -> tuple[int, State]:
        """Read the current state and the number of the last event that is in it."""
        with self._reading() as connection:
            return _last(connection), read_state(connection)

    def seq(self) -> int:
        """Give the number of the last event; 0 where there is none."""
        with self._reading() as connection:
            return _last(connection)

    def head(self) -> int:
        """Give the number of main's head."""
        with self._reading() as connection:
            return read_head(connection)

    def result(self, task: str) -> Result | None:
        """Read the stored result of one task."""
        table = SECTIONS["results"]
        with self._reading() as connection:
            value = connection.scalar(select(table.c.value).where(table.c.key == task))
        return None if value is None else decode("results", value)

    def append(self, event: Event, since: int | None = None) -> int:
        """Append an event and put its values in place, in one transaction; gives its number.

        Raises Moved where main's head is not the one the event was decided on. With `since`, the number of the last event that the
        decision knew, also where a later one is about the same Change: nobody's answers or edits are overwritten by a look from before.
        """
        with self._writing() as connection:
            return _append(connection, event, since)

    def append_all(self, events: Iterable[Event], since: int | None = None) -> int:
        """Append events all together or, where one of them comes too late, none; gives the number of the last event."""
        with self._writing() as connection:
            latest = _last(connection)
            for event in events:
                latest = _append(connection, event, since)
                since = None if since is None else latest
            return latest

    def keep(self, event: Event) -> bool:
        """Append the return of results, unless each is there already: work that was done twice is stored once. A failed result is replaced."""
        with self._writing() as connection:
            if all(_is_kept(connection, put.key) for put in event.puts):
                return False
            _append(connection, event, None)
            return True

    def events(self, since: int = 0) -> tuple[tuple[int, Event], ...]:
        """List the events after number `since`, each with its number."""
        with self._reading() as connection:
            rows = connection.execute(select(EVENTS).where(EVENTS.c.seq > since).order_by(EVENTS.c.seq)).all()
        return tuple((row.seq, _event(row)) for row in rows)

    def rebuild(self) -> State:
        """Fold all events from the beginning: what the tables must equal."""
        return reduce(fold, (event for _, event in self.events()), State())

    def put_recipe(self, recipe: Recipe) -> None:
        """Keep a recipe with its sources, so that a brief can be rendered again as it was when its draft was written."""
        self.keep_recipes({recipe.hash: recipe})

    def keep_recipes(self, recipes: Mapping[str, Recipe]) -> None:
        """Keep recipes by hash; those that are known cost nothing but a look."""
        with self._reading() as connection:
            known = set(connection.scalars(select(RECIPES.c.hash)))
        rows = [{"hash": hash, "sources": encode("recipes", recipe)} for hash, recipe in recipes.items() if hash not in known]
        if rows:
            with self._writing() as connection:
                connection.execute(place(RECIPES).on_conflict_do_nothing(), rows)

    def recipes(self) -> dict[str, Recipe]:
        """List all recipes that were kept, by hash."""
        with self._reading() as connection:
            rows = connection.execute(select(RECIPES.c.hash, RECIPES.c.sources)).all()
        return {row.hash: decode("recipes", row.sources) for row in rows}

    def base(self) -> tuple[dict[str, bytes], int] | None:
        """Give the working copy's files as they were last taken over, and the strategy version of that moment; None before the first time."""
        with self._reading() as connection:
            number = connection.scalar(select(META.c.value).where(META.c.key == BASE))
            files = connection.execute(select(WORKING.c.path, WORKING.c.content).order_by(WORKING.c.path)).all()
        return None if number is None else ({row.path: row.content for row in files}, number)

    def set_base(self, files: Mapping[str, bytes], number: int) -> None:
        """Remember the working copy's files as they were taken over with a strategy version."""
        with self._writing() as connection:
            connection.execute(delete(WORKING))
            if files:
                connection.execute(insert(WORKING), [{"path": path, "content": content} for path, content in files.items()])
            write_meta(connection, BASE, number)

    def open_call(self, call: Call, caps: Caps) -> tuple[Decimal, Decimal] | None:
        """Book a call to a model with what is put aside for it.

        Where a cap does not hold it nothing is booked: gives what this run and all runs have spent and put aside.
        """
        with self._writing() as connection:
            return put_aside(connection, call, caps)

    def close_call(self, call: Call) -> None:
        """Book how a call ended and what it cost."""
        with self._writing() as connection:
            true_up(connection, call)

    def calls(self) -> tuple[Call, ...]:
        """List all calls to models in the order in which they were made; one whose process died stays open."""
        with self._reading() as connection:
            return listed(connection)

    @contextmanager
    def _reading(self) -> Generator[Connection]:
        with translated(self.file), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Generator[Connection]:
        with translated(self.file), self._writer.begin() as connection:
            yield connection


def _append(connection: Connection, event: Event, since: int | None) -> int:
    if event.head is not None and not swap_head(connection, event.head):
        raise Moved(f"main is at {read_head(connection)}, not at {event.head}")
    if since is not None and event.change and _touched(connection, event.change, since):
        raise Moved(f"{event.change} was amended after event {since}")
    row = {
        "kind": event.kind, "at": event.at, "by": event.by, "about": event.about,
        "change": event.change, "head": event.head, "puts": encode_puts(event.puts),
    }  # fmt: skip
    written = connection.execute(insert(EVENTS).values(row))
    write_event(connection, event)
    return int(written.lastrowid)


def _touched(connection: Connection, change: str, since: int) -> bool:
    later = select(EVENTS.c.seq).where(EVENTS.c.change == change, EVENTS.c.seq > since).limit(1)
    return connection.scalar(later) is not None


def _is_kept(connection: Connection, task: str) -> bool:
    table = SECTIONS["results"]
    value = connection.scalar(select(table.c.value).where(table.c.key == task))
    return value is not None and not decode("results", value).error


def _last(connection: Connection) -> int:
    return connection.scalar(select(func.max(EVENTS.c.seq))) or 0


def _event(row: Row[tuple[object, ...]]) -> Event:
    return Event(row.kind, row.at, row.by, row.about, decode_puts(row.puts), row.change, row.head)
