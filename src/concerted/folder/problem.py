"""One mistake in a campaign file, at its place. A value: collecting them all beats stopping at the first."""

from collections.abc import Iterable
from dataclasses import dataclass

from concerted import errors
from concerted.campaign.finding import Severity
from concerted.folder.page import Page, Slip


@dataclass(frozen=True, slots=True)
class Problem(errors.Problem):
    """What is wrong, where it stands, what to do, and what it stops."""

    severity: Severity = "file"

    def as_json(self) -> dict[str, str | int]:
        """Give the keys that `check --json` promises."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "cell": self.cell,
            "ref": self.ref,
            "severity": self.severity,
            "message": self.message,
            "remedy": self.remedy,
        }


def at(page: Page, slip: Slip) -> Problem:
    """Give a mistake its place in the file."""
    line, column = page.place(slip.offset)
    return Problem(slip.message, slip.remedy, slip.ref, page.name, line, column, page.cell(slip.offset), slip.severity)


def by_place(problems: Iterable[Problem], files: Iterable[str]) -> tuple[Problem, ...]:
    """Sort by place in reading order, each problem once."""
    order = {name: number for number, name in enumerate(files)}
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda problem: (order.get(problem.file, len(order)), problem.line, problem.column)))
