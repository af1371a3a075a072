"""Asking about proposed edits one after the other on a terminal: accept, edit, another line, skip. Nothing is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from concerted.cli.caller import Caller
from concerted.cli.failing import warn
from concerted.cli.pages.mail import edit_lines
from concerted.cli.sheet import Sheet
from concerted.cli.text import count
from concerted.errors import ConcertedError

if TYPE_CHECKING:
    from concerted.campaign.facets import Facets
    from concerted.campaign.proposed_edit import ProposedEdit

CHOICES = ("accept", "edit", "another", "skip")
_MEANING = "accept: as shown, edit: write the line, another: it means another line, skip: not now"


def choose(caller: Caller, edits: tuple[ProposedEdit, ...], lines: Facets) -> tuple[ProposedEdit, ...]:
    """Ask about each proposed edit; gives those that were accepted, as they were accepted."""
    sheet = caller.sheet()
    taken: list[ProposedEdit] = []
    for number, edit in enumerate(edits, 1):
        sheet.head(f"{number} of {len(edits)}")
        chosen = _ask(sheet, edit, lines)
        if chosen is not None:
            taken = [one for one in taken if one.ref != chosen.ref]
            taken.append(chosen)
    sheet.gap()
    sheet.say(f"{count(len(taken), 'edit')} of {len(edits)} accepted by {caller.by or 'you'}.")
    return tuple(taken)


def _ask(sheet: Sheet, edit: ProposedEdit, lines: Facets) -> ProposedEdit | None:
    """Ask about one edit until it is accepted or skipped."""
    from concerted.conductor.proposing import entered, proposed_rows

    while True:
        edit_lines(sheet, proposed_rows((edit,))[0])
        click.echo(f"    {_MEANING}", err=True)
        chosen = click.prompt("    Your answer", type=click.Choice(CHOICES), default=_default(edit), show_choices=False, err=True)
        if chosen in ("accept", "skip"):
            return edit if chosen == "accept" else None
        try:
            if chosen == "edit":
                words = click.prompt("    The line", default=_spelled(edit), err=True)
                return entered(edit, edit.ref, words, lines)
            edit = entered(edit, _other(edit), _spelled(edit), lines)
        except ConcertedError as wrong:
            warn("\n".join(str(part) for part in (wrong, *wrong.problems)))


def _default(edit: ProposedEdit) -> str:
    return "accept" if edit.is_certain else "edit" if "needs wording" in edit.flags else "skip"


def _spelled(edit: ProposedEdit) -> str:
    return "" if edit.new is None else ", ".join(map(str, edit.new)) if isinstance(edit.new, tuple) else str(edit.new)


def _other(edit: ProposedEdit) -> str:
    """Ask for another line: by number, or by its address."""
    for number, ref in enumerate(edit.others, 1):
        click.echo(f"    {number}  {ref}", err=True)
    typed = str(click.prompt("    Which line (a number above, or its address)", err=True)).strip()
    return edit.others[int(typed) - 1] if typed.isdigit() and 0 < int(typed) <= len(edit.others) else typed
