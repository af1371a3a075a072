"""SQLAlchemy's engines on SQLite files: ours for writing, with its own transactions, and the one that is lent to the executor of drafts.

Journal, waiting times and what a failing database means to a person are decided in `connection`, here only applied.
"""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from concerted.store import connection as file_of

Safety: TypeAlias = Literal["FULL", "NORMAL"]
"""Both survive a killed process; only FULL survives a power cut."""

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
    file_of.use_journal(file)
    engine = _bare_engine(file)

    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = "IMMEDIATE"
        _set_pragmas(connection, "NORMAL")

    event.listen(engine, "connect", prepare)
    return engine


def _bare_engine(file: Path) -> Engine:
    return create_engine(f"sqlite:///{file}", connect_args={"timeout": file_of.WAIT})


def _set_pragmas(connection: sqlite3.Connection, safety: Safety) -> None:
    for pragma in (f"synchronous={safety}", "foreign_keys=ON", f"busy_timeout={int(file_of.WAIT * 1000)}"):
        connection.execute(f"PRAGMA {pragma}").close()


@contextmanager
def translated(file: Path) -> Generator[None]:
    """Say in our words what a failing database means, whether it reaches us by SQLAlchemy or directly."""
    with file_of.translated(file):
        try:
            yield
        except DatabaseError as wrapped:
            told = file_of.in_our_words(file, wrapped.orig)
            if told is None:
                raise
            raise told from wrapped
