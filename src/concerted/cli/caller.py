"""Who typed a command, and how they want to be answered: their folder, day, name, JSON or not, and whether they can be asked."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

if TYPE_CHECKING:
    from concerted.cli.progress import Busy
    from concerted.cli.sheet import Sheet
    from concerted.cli.text import Names
    from concerted.conductor.session import Session

Report: TypeAlias = dict[str, Any]
Page: TypeAlias = "Callable[[Sheet, Report, Names], None]"
FAILED = 6


@dataclass
class Caller:
    """One person (or program) at the terminal, for one command."""

    folder: Path
    as_json: bool
    today: str
    by: str
    yes: bool
    begun: float = field(default_factory=time.monotonic)
    shown: Report | None = None
    """The plan that was confirmed."""
    busy: Busy | None = None
    asks_with: Page | None = None
    """The page that is shown before a question; the plan's if not given."""

    @contextmanager
    def session(self, doing: str = "") -> Generator[Session]:
        """Open the campaign. `doing` is shown while it takes its time."""
        from concerted.bootstrap import open_session
        from concerted.cli.progress import Busy

        busy = self.busy = Busy(doing)
        session = open_session(self.folder, today=self.today, by=self.by, progress=busy)
        try:
            with busy:
                yield session
        finally:
            getattr(session.keeper, "close", lambda: None)()

    def names(self) -> Names:
        """Look up how assets are called, once one is named."""
        from concerted.cli.text import Names

        return Names(_titles)

    def sheet(self) -> Sheet:
        """Begin a page on stdout, for somebody who stands where this caller does."""
        from concerted.cli.sheet import Sheet, console

        return Sheet(console(), self.folder)

    def answer(self, report: Report, page: Page, code: int = 0) -> None:
        """Print a verb's result, as a page or as JSON, and leave with its exit code. Drafts that failed are exit 6."""
        from concerted.cli.pasting import pasteable_report
        from concerted.cli.sheet import write_json

        if "seconds" in report and "strategy" in report:
            report = {**report, "seconds": round(time.monotonic() - self.begun, 1)}
        if self.as_json:
            write_json(pasteable_report(report, self.folder))
        else:
            page(self.sheet(), report, self.names())
        wrong = code or (FAILED if report.get("failed") else 0)
        if wrong:
            click.get_current_context().exit(wrong)

    def confirm(self, report: Report) -> bool:
        """Show a plan and ask whether to go on. `--yes` goes on once, and again only within what was shown."""
        moved = self.shown is not None
        if self.yes and (not moved or within(report, self.shown or {})):
            self.shown = report
            if not self.as_json and not moved:
                self._show(report)
            return True
        if not self.as_json:
            self._show(report)
        self.shown = report
        if self.as_json or self.yes or not at_terminal():
            return False
        with self.busy.paused() if self.busy else nullcontext():
            return click.confirm("The plan has moved since. Go on?" if moved else "Go on?", default=False, err=True)

    def _show(self, report: Report) -> None:
        from concerted.cli.pages.plan import plan_page

        with self.busy.paused() if self.busy else nullcontext():
            sheet = self.sheet()
            (self.asks_with or plan_page)(sheet, report, self.names())
            sheet.gap()


@cache
def _titles() -> Mapping[str, str]:
    from concerted.bootstrap import workers

    return {slug: made.title for slug, made in workers().every.items()}


def at_terminal() -> bool:
    """Tell whether somebody is there who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def within(report: Mapping[str, Any], shown: Mapping[str, Any]) -> bool:
    """Tell whether a plan touches nothing beyond the worst of the plan that was shown."""
    return _may_change(report) <= _may_change(shown)


def _may_change(report: Mapping[str, Any]) -> set[str]:
    return {str(row["id"]) for row in report["assets"] if row["action"] != "none" or row["standing"] in ("suspect", "held")}
