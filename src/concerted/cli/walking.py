"""Answering decisions one after the other on a terminal. Each answer is given to the verb at once; nothing is kept back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from concerted.cli.caller import Caller
from concerted.cli.failing import warn
from concerted.cli.pages.decisions import MEANING, question
from concerted.cli.pasting import pasteable
from concerted.cli.text import Names, count, listed
from concerted.errors import ConcertedError

if TYPE_CHECKING:
    from concerted.conductor.session import Session

Report = dict[str, Any]
SKIP = "skip"


def walk(caller: Caller, session: Session, report: Report, because: str, on: str) -> Report:
    """Ask each open decision that the caller may answer, until none is left or all were skipped. Gives the last report."""
    from concerted.conductor.deciding import decide

    sheet, names = caller.sheet(), caller.names()
    seen: set[str] = set()
    given = 0
    while True:
        row = next((row for row in report["decisions"] if row["key"] not in seen and session.by in row["may_answer"]), None)
        if row is None:
            break
        question(sheet, row, names)
        typed = _asked(row, names)
        if typed is None:
            seen.add(row["key"])
            continue
        try:
            report = decide(session, (typed,), because=because, on=on)
            given += 1
        except ConcertedError as refused:
            warn(pasteable(str(refused), caller.folder))
            seen.add(row["key"])
            report = decide(session, (), on=on)
    others = sorted({row["who"] for row in report["decisions"] if session.by not in row["may_answer"]})
    if others:
        sheet.say(f"{session.by or 'You'} may not answer the rest: it asks {listed(others)}.")
    return {**report, "answered": given} if given else report


def _asked(row: Report, names: Names) -> str | None:
    """Ask one decision; gives the answer as typed on the command line, None to skip it."""
    options = [*row["options"], SKIP]
    meaning = {**MEANING.get(row["kind"], {}), "text": "write it", "redraft": "another attempt", SKIP: "later"}
    hint = ", ".join(f"{option}: {meaning[option]}" if option in meaning else option for option in options)
    click.echo(f"  {hint}", err=True)
    chosen = click.prompt("  Your answer", type=click.Choice(options), default=SKIP, show_choices=False, err=True)
    if chosen == SKIP:
        return None
    if chosen not in ("text", "redraft"):
        return f"{row['key']}={chosen}"
    item = _item(row, names)
    words = click.prompt("  The new words" if chosen == "text" else "  What should be different", err=True)
    place = f"{item['asset']}#{item['field']}" if item["asset"] else item["ref"]
    return f"{row['key']}/{place}={chosen}:{words}"


def _item(row: Report, names: Names) -> Report:
    items: list[Report] = row["items"]
    if len(items) == 1:
        return items[0]
    for number, item in enumerate(items, 1):
        click.echo(f"  {number}  {names.place(item['asset'], item['field']) if item['asset'] else item['ref']}", err=True)
    number = click.prompt(f"  Which of the {count(len(items), 'text')}", type=click.IntRange(1, len(items)), err=True)
    return items[number - 1]
