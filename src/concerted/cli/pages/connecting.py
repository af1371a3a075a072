"""Tools that assistants get, and what they proposed."""

from __future__ import annotations

from typing import Any

from concerted.cli.pages.run import run_page
from concerted.cli.sheet import Sheet
from concerted.cli.text import Names, count

Report = dict[str, Any]


def tools_page(sheet: Sheet, report: Report, _names: Names) -> None:
    """Print the tools of the MCP server."""
    sheet.head(count(len(report["tools"]), "tool"), "none of them approves, decides, lands or releases")
    sheet.rows([(row["name"], "reads" if row["reads_only"] else "proposes", row["does"]) for row in report["tools"]])


def proposals_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print what waits for a person."""
    if not report["proposals"]:
        sheet.say("No proposals wait.")
    for row in report["proposals"]:
        what = names.place(row["asset"], row["field"]) if row["asset"] else "the strategy"
        sheet.head(f"{row['id']}: {what}", f"{row['by']}, {row['at'][:16].replace('T', ' ')}")
        if row["because"]:
            sheet.say(f"Because: {row['because']}", indent=2)
        if row["asset"]:
            sheet.was_now(row["stands"], row["text"])
        for edit in row["reading"]:
            sheet.say(f"“{edit['quote']}”: {edit['ref']} = {edit['new'] if edit['new'] is not None else 'taken out'}", indent=4)
        for line in row["sets"]:
            sheet.say(f"set {line}", indent=4)
        for ref in row["unsets"]:
            sheet.say(f"take out {ref}", indent=4)
        sheet.command(f"concerted proposals --take {row['id']}")
        sheet.command(f"concerted proposals --decline {row['id']}")


def taken_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print what came of a proposal that was taken up."""
    run_page(sheet, report, names)
    sheet.mute(f"{report['taken']['id']} by {report['taken']['by']} was taken up; the words are yours now.")
