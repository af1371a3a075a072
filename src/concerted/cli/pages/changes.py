"""Open Changes, and one that was given up."""

from __future__ import annotations

from typing import Any

from concerted.cli.pages.edits import edit_list
from concerted.cli.pages.plan import DONE
from concerted.cli.sheet import Sheet
from concerted.cli.text import Names, count, listed

Report = dict[str, Any]


def changes_page(sheet: Sheet, report: Report, _names: Names) -> None:
    """Print the open Changes."""
    if not report["changes"]:
        sheet.say("No Change is open: the campaign is what it shows.")
        sheet.command('concerted change --set REF="new text"')
        return
    for row in report["changes"]:
        sheet.head(f"{row['id']}  {row['title']}", f"{row['by']}, {row['opened'][:10]}")
        edit_list(sheet, row["edits"])
        standing = [f"{number} {DONE[action]}" for action, number in row["standing"].items() if action in DONE]
        if standing:
            sheet.say(", ".join(standing), indent=2)
        _waiting(sheet, row)


def _waiting(sheet: Sheet, row: Report) -> None:
    if row["decisions"]:
        sheet.say(f"waits for {count(row['decisions'], 'decision')} of {listed(filter(None, row['who']))}", indent=2, style="yellow")
        sheet.command(f"concerted decide --change {row['id']}", 4)
    elif row["waits_for"]:
        sheet.say(f"waits: {listed(row['waits_for'])}", indent=2, style="yellow")
        sheet.command("concerted run", 4)
    else:
        sheet.say("is ready to land", indent=2, style="green")
        sheet.command(f"concerted land {row['id']}", 4)


def abandon_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Say what giving a Change up left behind."""
    sheet.say(f"{report['abandoned']} is given up. The campaign is as it was.", style="bold")
    for place in report["offered"]:
        asset, _, name = place.partition("#")
        sheet.say(f"kept for you: the words written for {names.place(asset, name)}", indent=2)
    if report["changes"]:
        sheet.say(f"Still open: {listed(row['id'] for row in report['changes'])}.")
