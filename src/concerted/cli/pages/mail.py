"""A mail as it was read: each proposed edit with her words and the value that stands, what was not understood, what was set aside."""

from __future__ import annotations

import shlex
from typing import Any

from concerted.cli.pages.edits import spelled
from concerted.cli.pages.plan import plan_page
from concerted.cli.sheet import Sheet
from concerted.cli.text import Names, count, listed

Report = dict[str, Any]
SURE = {"exact": "her words name this line", "normalised": "no other line is meant", "nearest": "the nearest line; look at it"}
FLAGS = {
    "no proof": "no proof: no evidence in the strategy supports this",
    "needs wording": "needs wording: these are her words, not yet a line",
    "reworded": "reworded: these are not her own words; read them",
    "ask first": "ask first: this line is never changed by a mail unseen",
}
"""Flag -> what a marketer sees."""


def edit_lines(sheet: Sheet, row: Report) -> None:
    """Print one proposed edit."""
    sheet.gap()
    sheet.say(f"“{row['quote']}”", indent=2, style="italic")
    sheet.say(f"{row['ref']}  ({row['certainty']}: {SURE[row['certainty']]})", indent=4)
    sheet.was_now(spelled(row["old"]), spelled(row["new"]), 4)
    for flag in row["flags"]:
        sheet.say(f"! {FLAGS.get(flag, flag)}", indent=4, style="yellow")
    if row["others"]:
        sheet.mute(f"or: {', '.join(row['others'])}", indent=4)


def mail_page(sheet: Sheet, report: Report, _names: Names) -> None:
    """Print everything that a mail was read as."""
    rows = report["proposed_edits"]
    by = report["read_by"]
    kept = f"as {by['model']} read it on {by['at'][:10]}; plan, sheet and change take this reading" if by else ""
    sheet.head(f"The mail proposes {count(len(rows), 'edit')}", kept)
    for row in rows:
        edit_lines(sheet, row)
    rest(sheet, report)


def rest(sheet: Sheet, report: Report) -> None:
    """Print what was not understood, and count what was set aside."""
    if report["not_understood"]:
        sheet.head(f"Not understood: {count(len(report['not_understood']), 'sentence')}", "nothing is done about them")
        for row in report["not_understood"]:
            flags = f"  ! {FLAGS[row['flags'][0]]}" if row["flags"] else ""
            sheet.say(f"“{row['text']}”{flags}", indent=2)
    aside = [row["what"] for row in report["set_aside"]]
    if aside:
        kinds = ", ".join(count(aside.count(what), f"line of {what}", f"lines of {what}") for what in dict.fromkeys(aside))
        sheet.mute(f"Set aside: {kinds}.")


def planned_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print a mail and what `change --yes` would do with it."""
    mail_page(sheet, report, names)
    if report["edits"]:
        plan_page(sheet, report, names)
    sheet.gap()
    sheet.say(f"Planned: {listed(report['accepted'])}." if report["accepted"] else "Nothing of it is certain, so nothing is planned.")
    left_to_a_person(sheet, report, "plan --file ...")


def left_to_a_person(sheet: Sheet, report: Report, verb: str) -> None:
    """Name each edit that is not taken, why, and what to type to have it taken as well."""
    rows = report.get("left_to_a_person", ())
    if not rows:
        return
    sheet.head(f"Left to a person: {count(len(rows), 'edit')}", "not in the figures; typed beside the others, they are")
    for row, line in to_type(report):
        sheet.say(f"{row['ref']}: {row['why']}", indent=2)
        sheet.command(f"concerted {verb} {line}", 4)


def to_type(report: Report) -> list[tuple[Report, str]]:
    """Give each edit that is left to a person, with the flag that makes it."""
    rows = report["left_to_a_person"]
    return [(row, _flag(row)) for row in rows]


def _flag(row: Report) -> str:
    if row["new"] is None:
        return f"--unset {row['ref']}"
    return f"--set {shlex.quote(row['ref'] + '=' + str(spelled(row['new'])))}"
