"""Pages of the strategy workbook: what was written, what came back."""

from __future__ import annotations

import shlex
from typing import Any

from concerted.cli.pages.run import change_page
from concerted.cli.sheet import Sheet
from concerted.cli.text import Names, count, listed

Report = dict[str, Any]


def out_page(sheet: Sheet, report: Report, _names: Names) -> None:
    """Say what the workbook holds."""
    sheet.head(report["file"], f"strategy {report['version']}" if report["version"] else "as it stands in the file")
    sheet.say(f"{count(report['answered'], 'answer')}, {count(report['open'], 'line')} open, {report['needed']} of them needed for a release.")
    if report["pending"]:
        sheet.say(f"Not in it, because no run has read it yet: {listed(report['pending'], 5)}.")
    sheet.say("Type into the column Answer. Rows and tabs may be moved or renamed; an emptied answer is taken out.")
    sheet.command(f"concerted strategy in {shlex.quote(report['file'])}", 0, "Then: ")


def in_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Say which cells became edits, and what followed."""
    if not report["edited"]:
        sheet.say("The workbook says what the campaign says. Nothing was changed.")
        return
    sheet.head(f"{count(len(report['edited']), 'answer')} from {report['file']}")
    sheet.rows([(row["place"], row["ref"]) for row in report["edited"]])
    if report["left_out"]:
        sheet.say(f"{count(report['left_out'], 'line')} of the workbook as it was written are not in it any more; they stay as they are.")
    if "strategy" in report:
        change_page(sheet, report, names)
    else:
        sheet.say("Written into the campaign file.")
        sheet.command("concerted run", 0, "Next: ")
