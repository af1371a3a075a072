"""What is said of words, on more than one page: where a sentence comes from, what readers remark, and what models that judge say."""

from __future__ import annotations

from typing import Any

from concerted.cli.sheet import Sheet
from concerted.cli.text import Names, count

Report = dict[str, Any]
SAID = {
    "fact": "stated by the strategy",
    "cleared": "cleared word for word",
    "free": "states no fact",
    "unsupported": "states what no line of the strategy says",
}
"""What kind of sentence it is, where no line can be named."""


def opinions(sheet: Sheet, rows: list[Report], names: Names, *, whole: bool = False) -> None:
    """List what judge models said, and who said so. `whole` names the asset, too."""
    for row in rows:
        whose = f"{names.asset(row['asset'])}: " if whole else ""
        judged = {"flagged": "something soft stood against it", "sampled": "it was drawn", "all": "all drafts are judged"}[row["reason"]]
        sheet.head(f"{whose}what {row['judge']} says of it", f"written by {row['writer']}; judged because {judged}; advice, no approval")
        if row["unread"]:
            sheet.say(f"No judgement: {row['unread']}", indent=2)
        elif not row["remarks"]:
            sheet.say("Nothing to say against it.", indent=2)
        for remark in row["remarks"]:
            then = " The writer revised it." if remark["field"] in row["revised"] else ""
            about = f" (“{remark['quote']}”)" if remark["quote"] else ""
            stands = "" if remark["current"] or then else " The words have changed since."
            sheet.say(f"{remark['field']}: {remark['said']}{about}{then}{stands}", indent=2)


def remarks_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print what was closed, and what is open."""
    if report["closed"]:
        sheet.head(f"{count(len(report['closed']), 'remark')} closed")
        remark_lines(sheet, report["closed"], names)
    sheet.head(f"{count(len(report['remarks']), 'remark')} open" if report["remarks"] else "No remark is open.")
    remark_lines(sheet, report["remarks"], names)
    if report["remarks"] and not report["closed"]:
        sheet.command('concerted remark close KEY --because "..."', 0, "When one is over: ")


def remark_lines(sheet: Sheet, rows: list[Report], names: Names) -> None:
    """Print remarks with their keys and where they stand."""
    for row in rows:
        passage = f", on “{row['on']}”" if row["on"] else ""
        sheet.say(f"{row['key']}  {names.place(row['asset'], row['field'])}{passage}", indent=2)
        sheet.say(f"{row['by']}, {row['at'][:10]}: {row['text']}", indent=10)
