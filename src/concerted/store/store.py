"""The campaign's store: events are appended, current rows follow in the same transaction, reading never replays.

Synchronous and safe for many threads and processes; who is in an event loop enters it by `to_thread`. Reading is plain SQLite; SQLAlchemy is
woken by the first write.
"""

from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import reduce
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Self

from concerted.campaign.call import Call, Caps
from concerted.campaign.event import Event, fold
from concerted.campaign.line import Result, State
from concerted.planning.kit import Recipe
from concerted.store import reading
from concerted.store.connection import Readers, use_journal
from concerted.store.names import VERSION

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from concerted.store.writing import Writing


class Store:
    """One campaign in one database file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._readers = Readers(file)
        self._engine: Engine | None = None
        self._opening = Lock()

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a store, made or brought to today's shape where that is needed.

        Raises Unavailable where the file is locked or cannot be reached, UserError where it is not ours or newer than this program.
        """
        use_journal(path)
        store = cls(path)
        try:
            with store._readers.reading() as connection:
                found = reading.stored_version(connection)
            if found != VERSION:
                with store._writing() as writing:
                    writing.upgrade()
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Let go of the file."""
        self._readers.close()
        if self._engine is not None:
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
        with self._readers.reading() as connection:
            return reading.read_last(connection), reading.read_state(connection)

    def seq(self) -> int:
        """Give the number of the last event; 0 where there is none."""
        with self._readers.reading() as connection:
            return reading.read_last(connection)

    def head(self) -> int:
        """Give the number of main's head."""
        with self._readers.reading() as connection:
            return reading.read_head(connection)

    def result(self, task: str) -> Result | None:
        """Read the stored result of one task."""
        with self._readers.reading() as connection:
            return reading.read_result(connection, task)

    def append(self, event: Event, since: int | None = None) -> int:
        """Append an event and put its values in place, in one transaction; gives its number.

        Raises Moved where main's head is not the one the event was decided on. With `since`, the number of the last event that the
        decision knew, also where a later one is about the same Change: nobody's answers or edits are overwritten by a look from before.
        """
        return self.append_all((event,), since)

    def append_all(self, events: Iterable[Event], since: int | None = None) -> int:
        """Append events all together or, where one of them comes too late, none; gives the number of the last event."""
        with self._writing() as writing:
            return writing.append(events, since)

    def keep(self, event: Event) -> bool:
        """Append the return of results, unless each is there already: work that was done twice is stored once. A failed result is replaced."""
        with self._writing() as writing:
            if all(writing.is_kept(put.key) for put in event.puts):
                return False
            writing.append((event,), None)
            return True

    def events(self, since: int = 0) -> tuple[tuple[int, Event], ...]:
        """List the events after number `since`, each with its number."""
        with self._readers.reading() as connection:
            return tuple(reading.read_events(connection, since))

    def changes(self) -> frozenset[str]:
        """Name all Changes there ever were, also those that have landed or were abandoned. Reads no event."""
        with self._readers.reading() as connection:
            return reading.read_changes(connection)

    def abouts(self, kind: str) -> tuple[str, ...]:
        """Say what the events of one kind were about, in their order. Reads nothing else of them."""
        with self._readers.reading() as connection:
            return reading.read_abouts(connection, kind)

    def events_of(self, kind: str) -> tuple[Event, ...]:
        """List the events of one kind, oldest first."""
        with self._readers.reading() as connection:
            return tuple(reading.read_events_of(connection, kind))

    def placed(self, section: str) -> tuple[tuple[str, str, Any], ...]:
        """List what was put under which key of a section and when, oldest first: (moment, key, value); None for a value taken away."""
        with self._readers.reading() as connection:
            return tuple(reading.read_placed(connection, section))

    def rebuild(self) -> State:
        """Fold all events from the beginning: what the tables must equal."""
        return reduce(fold, (event for _, event in self.events()), State())

    def keep_recipes(self, recipes: Mapping[str, Recipe]) -> None:
        """Keep recipes by hash with their sources, so that a brief can be rendered again as it was. Those that are known cost nothing but a look."""
        with self._readers.reading() as connection:
            known = reading.read_recipe_hashes(connection)
        unknown = {hash: recipe for hash, recipe in recipes.items() if hash not in known}
        if unknown:
            with self._writing() as writing:
                writing.keep_recipes(unknown)

    def recipes(self) -> dict[str, Recipe]:
        """List all recipes that were kept, by hash."""
        with self._readers.reading() as connection:
            return reading.read_recipes(connection)

    def base(self) -> tuple[dict[str, bytes], int] | None:
        """Give the working copy's files as they were last taken over, and the strategy version of that moment; None before the first time."""
        with self._readers.reading() as connection:
            return reading.read_base(connection)

    def set_base(self, files: Mapping[str, bytes], number: int) -> None:
        """Remember the working copy's files as they were taken over with a strategy version."""
        with self._writing() as writing:
            writing.set_base(files, number)

    def open_call(self, call: Call, caps: Caps) -> tuple[Decimal, Decimal] | None:
        """Book a call to a model with what is put aside for it.

        Where a cap does not hold it nothing is booked: gives what this run and all runs have spent and put aside.
        """
        with self._writing() as writing:
            return writing.open_call(call, caps)

    def close_call(self, call: Call) -> None:
        """Book how a call ended and what it cost."""
        with self._writing() as writing:
            writing.close_call(call)

    def calls(self) -> tuple[Call, ...]:
        """List all calls to models in the order in which they were made; one whose process died stays open."""
        with self._readers.reading() as connection:
            return reading.read_calls(connection)

    @contextmanager
    def _writing(self) -> "Generator[Writing]":
        from concerted.store.engine import translated
        from concerted.store.writing import Writing, open_writer

        with self._opening:
            engine = self._engine = self._engine or open_writer(self.file)
        with translated(self.file), engine.begin() as connection:
            yield Writing(connection)
