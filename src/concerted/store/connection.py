"""Engines on SQLite files: ours, with its own transactions, and the one that is lent to the executor of drafts.

Journal, waiting times and what a failing database means to a person are decided here and nowhere else.
"""

import sqlite3
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from concerted.errors import Unavailable, UserError

Safety: TypeAlias = Literal["FULL", "NORMAL"]
"""Both survive a killed process; only FULL survives a power cut."""

WAIT = 10.0
"""Seconds to wait for another process that is writing."""
WRITES = "concerted_writes"
"""Execution option of connections that write: they take the write lock when they begin, so that no two of them cross."""


def open_engine(file: Path, safety: Safety = "FULL") -> Engine:
    """Open an engine whose transactions begin where SQLAlchemy begins them, reads with a snapshot, writes with the lock."""
    engine = _bare_engine(file)

    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        _set_pragmas(connection, safety)

    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def lend_engine(file: Path) -> Engine:
    """Open an engine for a library that begins its transactions by itself; killed processes lose nothing in it."""
    use_journal(file)
    engine = _bare_engine(file)

    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = "IMMEDIATE"
        _set_pragmas(connection, "NORMAL")

    event.listen(engine, "connect", prepare)
    return engine


def _bare_engine(file: Path) -> Engine:
    return create_engine(f"sqlite:///{file}", connect_args={"timeout": WAIT})


def _set_pragmas(connection: sqlite3.Connection, safety: Safety) -> None:
    for pragma in (f"synchronous={safety}", "foreign_keys=ON", f"busy_timeout={int(WAIT * 1000)}"):
        connection.execute(f"PRAGMA {pragma}").close()


def use_journal(file: Path) -> None:
    """Switch a file to write-ahead journalling, once for good; makes the folder and the file where there are none.

    Raises Unavailable where the file cannot be opened, UserError where it is something else than a database.
    """
    with translated(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        until = time.monotonic() + WAIT
        while not _switched(file, until):
            time.sleep(0.02)


def _switched(file: Path, until: float) -> bool:
    """Try to switch; false where another process is just switching, which SQLite reports without waiting."""
    connection = sqlite3.connect(file, timeout=WAIT)
    try:
        return connection.execute("PRAGMA journal_mode=WAL").fetchone()[0] == "wal"
    except sqlite3.OperationalError as busy:
        if "locked" not in str(busy) or time.monotonic() > until:
            raise
        return False
    finally:
        connection.close()


@contextmanager
def translated(file: Path) -> Generator[None]:
    """Say in our words what a failing database means. Bugs in our statements stay what they are."""
    try:
        yield
    except (OperationalError, sqlite3.OperationalError, OSError) as away:
        if "no such" in str(away):
            raise
        raise Unavailable(
            f"The campaign's database {file.name} is busy or away: {_said(away)}.",
            next="look whether another concerted is at work and the folder can be written to, then try again",
        ) from away
    except (DatabaseError, sqlite3.DatabaseError) as broken:
        if "not a database" not in str(broken) and "malformed" not in str(broken):
            raise
        raise UserError(
            f"{file} is not a campaign's database: {_said(broken)}.", next="put the file back from a copy, or move it away to begin anew"
        ) from broken


def _said(error: BaseException) -> str:
    return str(getattr(error, "orig", error))
