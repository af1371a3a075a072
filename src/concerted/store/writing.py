"""One transaction that writes: events with what they put, recipes, the working copy's base, the books. The only part that needs SQLAlchemy."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as place

from concerted.campaign.call import Call, Caps
from concerted.campaign.event import Event
from concerted.planning.kit import Recipe
from concerted.store.books import put_aside, true_up
from concerted.store.codec import decode, encode, encode_puts
from concerted.store.engine import WRITES, open_engine
from concerted.store.migrate import upgrade
from concerted.store.moved import Moved
from concerted.store.names import BASE
from concerted.store.rows import read_head, swap_head, write_event, write_meta
from concerted.store.schema import EVENTS, RECIPES, SECTIONS, WORKING


def open_writer(file: Path) -> Engine:
    """Open an engine whose transactions take the write lock when they begin."""
    return open_engine(file).execution_options(**{WRITES: True})


class Writing:
    """What can be written within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def upgrade(self) -> None:
        """Bring the tables to today's shape."""
        upgrade(self._connection)

    def append(self, events: Iterable[Event], since: int | None) -> int:
        """Append events; gives the number of the last one. Raises Moved where one of them comes too late."""
        latest = self._connection.scalar(select(func.max(EVENTS.c.seq))) or 0
        for event in events:
            latest = self._append(event, since)
            since = None if since is None else latest
        return latest

    def _append(self, event: Event, since: int | None) -> int:
        connection = self._connection
        if event.head is not None and not swap_head(connection, event.head):
            raise Moved(f"main is at {read_head(connection)}, not at {event.head}")
        if since is not None and event.change and self._touched(event.change, since):
            raise Moved(f"{event.change} was amended after event {since}")
        row = {
            "kind": event.kind, "at": event.at, "by": event.by, "about": event.about,
            "change": event.change, "head": event.head, "puts": encode_puts(event.puts),
        }  # fmt: skip
        written = connection.execute(insert(EVENTS).values(row))
        write_event(connection, event)
        return int(written.lastrowid)

    def _touched(self, change: str, since: int) -> bool:
        later = select(EVENTS.c.seq).where(EVENTS.c.change == change, EVENTS.c.seq > since).limit(1)
        return self._connection.scalar(later) is not None

    def is_kept(self, task: str) -> bool:
        """Tell whether a task has a result that did not fail."""
        table = SECTIONS["results"]
        value = self._connection.scalar(select(table.c.value).where(table.c.key == task))
        return value is not None and decode("results", value).stands

    def keep_recipes(self, recipes: Mapping[str, Recipe]) -> None:
        """Keep recipes by hash; one that is known stays."""
        rows = [{"hash": hash, "sources": encode("recipes", recipe)} for hash, recipe in recipes.items()]
        self._connection.execute(place(RECIPES).on_conflict_do_nothing(), rows)

    def set_base(self, files: Mapping[str, bytes], number: int) -> None:
        """Put the working copy's base in place."""
        self._connection.execute(delete(WORKING))
        if files:
            self._connection.execute(insert(WORKING), [{"path": path, "content": content} for path, content in files.items()])
        write_meta(self._connection, BASE, number)

    def open_call(self, call: Call, caps: Caps) -> tuple[Decimal, Decimal] | None:
        """Book an open call, or give what is spent where a cap does not hold it."""
        return put_aside(self._connection, call, caps)

    def close_call(self, call: Call) -> None:
        """Book how a call ended."""
        true_up(self._connection, call)
