"""The one error tree. Only the doors map it to exit codes and HTTP; nothing here knows a terminal or a request.

ConcertedError
 +- UserError      exit 2   HTTP 422   the input is wrong
 +- Refused        exit 4   HTTP 409   the rules say no, or a question is unanswered
 +- NotFound       exit 5   HTTP 404   nothing has that name
 +- Unavailable    exit 6   HTTP 503   a model or a database is away; the only one that is retried
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in somebody's input: what is wrong, what to do, and where it stands when that is known."""

    message: str
    remedy: str = ""
    ref: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    cell: str = ""
    """In a table: where people look for it, like `Claims:row 7, column until`; `line` is then the row."""

    def __str__(self) -> str:
        place = placed(self.file, self.line, self.column, self.cell)
        said = f"{place}: {self.message}" if place else self.message
        return f"{said} ({self.remedy})" if self.remedy else said


def placed(file: str, line: int, column: int, cell: str = "") -> str:
    """Spell a place in a file: `campaign.yaml:7:3`, or `claims.xlsx:Claims:row 7, column until`."""
    return ":".join(str(part) for part in ((file, cell) if cell else (file, line, column)) if part)


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground for a refusal: what stands in the way, and the command that takes the person further."""

    why: str
    next: str = ""
    id: str = ""
    rule: str = ""

    def __str__(self) -> str:
        said = f"{self.id}: {self.why}" if self.id else self.why
        return f"{said} Next: {self.next}" if self.next else said


class ConcertedError(Exception):
    """Concerted could not do this."""

    exit_code: ClassVar[int] = 3
    http_status: ClassVar[int] = 500

    def __init__(
        self,
        message: str = "",
        *,
        problems: Iterable[Problem] = (),
        reasons: Iterable[Reason] = (),
        next: str = "",
    ) -> None:
        self.message = message or inspect.getdoc(type(self)) or ""
        self.problems = tuple(problems)
        self.reasons = tuple(reasons)
        self.next = next
        super().__init__(self.message)

    def __str__(self) -> str:
        lines = (self.message, *(f"  {item}" for item in (*self.problems, *self.reasons)))
        return "\n".join((*lines, f"Next: {self.next}")) if self.next else "\n".join(lines)


class UserError(ConcertedError):
    """The input is wrong."""

    exit_code = 2
    http_status = 422


class Refused(ConcertedError):
    """The rules do not allow this yet."""

    exit_code = 4
    http_status = 409


class NotFound(ConcertedError):
    """Nothing here has that name."""

    exit_code = 5
    http_status = 404


class Unavailable(ConcertedError):
    """A model or a database is away; trying again later may work."""

    exit_code = 6
    http_status = 503
