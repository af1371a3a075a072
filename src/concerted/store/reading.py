"""What the tables hold: the state of a campaign, its record, and what lies beside it. Plain SQLite: nothing that is read wakes SQLAlchemy.

Every function is given a connection that is in one transaction, so that what it reads belongs together.
"""

from collections.abc import Iterable
from sqlite3 import Connection
from typing import Any

from concerted.campaign.call import Call
from concerted.campaign.draft import Draft
from concerted.campaign.event import LINE_SECTIONS, Event
from concerted.campaign.line import Line, Result, State
from concerted.planning.kit import Recipe
from concerted.store.codec import decode, decode_puts
from concerted.store.money import dollars
from concerted.store.names import BASE, HEAD, KEYED, NAMED


def stored_version(connection: Connection) -> str:
    """Read which migration a file has reached; empty where it has none."""
    if _number(connection, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'") in (None, 0):
        return ""
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found[0]) if found else ""


def read_state(connection: Connection) -> State:
    """Read the current state, orders included. Mappings list their keys as folding the events would."""
    drafts = _drafts(connection)
    pointers = connection.execute("SELECT asset, draft FROM texts ORDER BY row")
    texts = {asset: next(draft for draft in reversed(drafts[asset]) if draft.id == current) for asset, current in pointers}
    keyed = {name: _keyed(connection, name) for name in KEYED}
    documents = {name: decode(name, value) for name, value in connection.execute("SELECT name, value FROM documents")}
    settled = frozenset((text, run) for text, run in connection.execute("SELECT text, run FROM settled"))
    main = Line(texts=texts, settled=settled, **documents, **{name: keyed[name] for name in LINE_SECTIONS})
    versions = tuple(decode("versions", value) for (value,) in connection.execute("SELECT value FROM versions ORDER BY row"))
    rest = {name: values for name, values in keyed.items() if name not in LINE_SECTIONS}
    return State(main=main, head=read_head(connection), drafts=drafts, versions=versions, **rest)


def _drafts(connection: Connection) -> dict[str, tuple[Draft, ...]]:
    listed: dict[str, list[tuple[int, Draft]]] = {}
    for asset, current, value in connection.execute("SELECT asset, current_seq, value FROM drafts ORDER BY row"):
        listed.setdefault(asset, []).append((current, decode("drafts", value)))
    return {asset: tuple(draft for _, draft in sorted(found, key=lambda pair: pair[0])) for asset, found in listed.items()}


def _keyed(connection: Connection, name: str) -> dict[str, Any]:
    rows = connection.execute(f'SELECT key, value FROM "{NAMED.get(name, name)}" ORDER BY row')
    return {key: decode(name, value) for key, value in rows}


def read_head(connection: Connection) -> int:
    """Read the number of main's head; 0 before anything was adopted."""
    return _number(connection, "SELECT value FROM meta WHERE key = ?", HEAD) or 0


def read_last(connection: Connection) -> int:
    """Read the number of the last event; 0 where there is none."""
    return _number(connection, "SELECT max(seq) FROM events") or 0


def read_result(connection: Connection, task: str) -> Result | None:
    """Read the stored result of one task."""
    found = connection.execute("SELECT value FROM results WHERE key = ?", (task,)).fetchone()
    return decode("results", found[0]) if found else None


def read_events(connection: Connection, since: int) -> Iterable[tuple[int, Event]]:
    """Read the events after number `since`, each with its number."""
    rows = connection.execute('SELECT seq, kind, at, "by", about, puts, change, head FROM events WHERE seq > ? ORDER BY seq', (since,))
    for seq, kind, at, by, about, puts, change, head in rows:
        yield seq, Event(kind, at, by, about, decode_puts(puts), change, head)


def read_changes(connection: Connection) -> frozenset[str]:
    """Read the names of all Changes that the record knows, open or not, from its index alone."""
    return frozenset(name for (name,) in connection.execute("SELECT DISTINCT change FROM events WHERE change > ''"))


def read_abouts(connection: Connection, kind: str) -> tuple[str, ...]:
    """Read what the events of one kind were about."""
    return tuple(about for (about,) in connection.execute("SELECT about FROM events WHERE kind = ? ORDER BY seq", (kind,)))


def read_events_of(connection: Connection, kind: str) -> Iterable[Event]:
    """Read the events of one kind, oldest first."""
    rows = connection.execute('SELECT kind, at, "by", about, puts, change, head FROM events WHERE kind = ? ORDER BY seq', (kind,))
    for told, at, by, about, puts, change, head in rows:
        yield Event(told, at, by, about, decode_puts(puts), change, head)


def read_placed(connection: Connection, section: str) -> Iterable[tuple[str, str, Any]]:
    """Read what was put under which key of a section and when, oldest first; None for a value taken away."""
    begins = f'["{section}",'
    statement = (
        "SELECT at, put.value FROM events, json_each(events.puts) AS put "
        "WHERE instr(events.puts, ?) > 0 AND substr(put.value, 1, ?) = ? ORDER BY seq, put.key"
    )
    for at, value in connection.execute(statement, (begins, len(begins), begins)):
        (put,) = decode_puts(f"[{value}]")
        yield at, put.key, put.value


def read_recipes(connection: Connection) -> dict[str, Recipe]:
    """Read all recipes that were kept, by hash."""
    return {hash: decode("recipes", sources) for hash, sources in connection.execute("SELECT hash, sources FROM recipes")}


def read_recipe_hashes(connection: Connection) -> frozenset[str]:
    """Read which recipes were kept."""
    return frozenset(hash for (hash,) in connection.execute("SELECT hash FROM recipes"))


def read_base(connection: Connection) -> tuple[dict[str, bytes], int] | None:
    """Read the working copy's files as they were last taken over, and the strategy version of that moment; None before the first time."""
    number = _number(connection, "SELECT value FROM meta WHERE key = ?", BASE)
    files = dict(connection.execute("SELECT path, content FROM working ORDER BY path").fetchall())
    return None if number is None else (files, number)


def read_calls(connection: Connection) -> tuple[Call, ...]:
    """Read all calls to models in the order in which they were made."""
    columns = "id, run, model, purpose, task, asset, worker, at, ended, tokens_in, tokens_out, nanos, estimated"
    return tuple(_call(row) for row in connection.execute(f"SELECT {columns} FROM calls ORDER BY row"))


def _call(row: tuple[Any, ...]) -> Call:
    *said, nanos, estimated = row
    return Call(*said, cost=dollars(nanos), estimated=bool(estimated))


def _number(connection: Connection, statement: str, *given: object) -> int | None:
    found = connection.execute(statement, given).fetchone()
    return found[0] if found else None
