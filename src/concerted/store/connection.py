"""The file of a store: how it is opened, how long one waits for it, and what its failing means to a person.

Nothing here needs more than Python's own SQLite: reading a campaign wakes no library.
"""

import sqlite3
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from concerted.errors import ConcertedError, Unavailable, UserError

WAIT = 10.0
"""Seconds to wait for another process that is writing."""


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


class Readers:
    """Connections that only read, each used by one thread at a time and kept for the next that asks."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._idle: list[sqlite3.Connection] = []

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection]:
        """Read in one snapshot: whatever is written meanwhile is not seen."""
        with translated(self.file):
            connection = self._take()
            try:
                connection.execute("BEGIN")
                yield connection
            except BaseException:
                connection.close()
                raise
            connection.execute("COMMIT")
            self._idle.append(connection)

    def _take(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            # Transactions begin where `reading` says; a connection wanders between threads, but never works in two at once.
            return sqlite3.connect(self.file, timeout=WAIT, isolation_level=None, check_same_thread=False)

    def close(self) -> None:
        """Let go of the file."""
        while self._idle:
            self._idle.pop().close()


@contextmanager
def translated(file: Path) -> Generator[None]:
    """Say in our words what a failing database means. Bugs in our statements stay what they are."""
    try:
        yield
    except (sqlite3.DatabaseError, OSError) as failing:
        told = in_our_words(file, failing)
        if told is None:
            raise
        raise told from failing


def in_our_words(file: Path, failing: BaseException | None) -> ConcertedError | None:
    """Give the error that people are told for one of SQLite's or the system's; None for a bug in our statements."""
    said = str(failing)
    if isinstance(failing, sqlite3.OperationalError | OSError) and "no such" not in said:
        return Unavailable(
            f"The campaign's database {file.name} is busy or away: {said}.",
            next="look whether another concerted is at work and the folder can be written to, then try again",
        )
    if isinstance(failing, sqlite3.DatabaseError) and ("not a database" in said or "malformed" in said):
        return UserError(f"{file} is not a campaign's database: {said}.", next="put the file back from a copy, or move it away to begin anew")
    return None
