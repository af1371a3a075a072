"""Adopting the lines of a brief one after the other on a terminal: adopt, edit, skip. Nothing is written here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from concerted.cli.failing import warn
from concerted.cli.pages.brief import head, line, rest, spelled
from concerted.cli.sheet import Sheet
from concerted.cli.text import count
from concerted.errors import ConcertedError

if TYPE_CHECKING:
    from concerted.campaign.proposed_edit import ProposedEdit
    from concerted.conductor.submitting import Submission

CHOICES = {"a": "adopt", "e": "edit", "s": "skip", "r": "adopt the rest that is quoted", "q": "stop here"}


def ask_each(sheet: Sheet, submission: Submission, report: dict[str, Any]) -> tuple[ProposedEdit, ...]:
    """Ask about each proposed line; gives those that were adopted, as they were adopted."""
    head(sheet, report)
    rows = {row["ref"]: row for row in (*report["proposed"], *report["extras"])}
    taken: list[ProposedEdit] = []
    for number, edit in enumerate(submission.edits, 1):
        line(sheet, rows[edit.ref])
        if why := submission.why.get(edit.ref):
            sheet.say(f"Why: {why}.", indent=4)
        click.echo(f"    {number} of {len(submission.edits)}: {', '.join(f'{key} = {said}' for key, said in CHOICES.items())}", err=True)
        default = "a" if edit in submission.quoted else "s"
        answer = click.prompt("    Your answer", type=click.Choice(list(CHOICES)), default=default, show_choices=False, err=True)
        if answer == "q":
            break
        if answer == "r":
            taken += [one for one in submission.edits[number - 1 :] if one in submission.quoted]
            break
        if answer != "s":
            taken.append(_edited(edit) if answer == "e" else edit)
    rest(sheet, report)
    sheet.gap()
    sheet.say(f"{count(len(taken), 'line')} of {len(submission.edits)} taken.")
    return tuple(taken)


def _edited(edit: ProposedEdit) -> ProposedEdit:
    """Ask for other words until the line can hold them."""
    from concerted.conductor.typed_edits import parse_rows

    while True:
        words = click.prompt("    The line", default=spelled(edit.new), err=True)
        try:
            return replace(edit, new=parse_rows((f"{edit.ref}={words}",), ())[edit.ref], certainty="exact", flags=())
        except ConcertedError as wrong:
            warn("\n".join(str(part) for part in (wrong, *wrong.problems)))
