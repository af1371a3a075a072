"""Three ways to go about a change side by side, and what is said when a change sheet was written."""

from __future__ import annotations

from typing import Any

from concerted.cli.pages.plan import decisions, summary
from concerted.cli.sheet import Sheet
from concerted.cli.text import Names, count

Report = dict[str, Any]


def options_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print the three ways of a plan."""
    sheet.say(summary(report), style="bold")
    for row in report.get("options", ()):
        sheet.head(row["name"], row["means"])
        asked = f"{count(row['decisions'], 'decision')}, about {row['minutes']} min" if row["assets"] else "nothing to decide now"
        sheet.say(f"{count(row['assets'], 'asset')}, {asked}; all approved {row['approved_by']} at the earliest", indent=2)
        if row["old_line"]:
            kinds = ", ".join(dict.fromkeys(names.kind(asset) for asset in row["old_line"]))
            sheet.say(f"stays on the old line: {count(len(row['old_line']), 'asset')} ({kinds})", indent=2)
    sheet.gap()
    sheet.mute(report.get("minutes_explained", ""))


def sheet_page(sheet: Sheet, report: Report, _names: Names) -> None:
    """Print a change sheet in short and name its files."""
    sheet.head(f"Change sheet: {report['campaign']}", f"{count(len(report['rows']), 'line')} change")
    sheet.rows([(str(row["count"]), row["says"]) for row in report["counts"]])
    for row in report["people"]:
        sheet.say(f"{row['who']}: {decisions(row)}, about {row['minutes_say']} min", indent=2)
    if report["asked_says"]:
        sheet.mute(report["asked_says"], indent=2)
    sheet.say(f"All approved again {report['approved_by']} at the earliest.", indent=2)
    for path in report["files"]:
        sheet.say(f"written: {path}", indent=2)
    if not report["files"]:
        sheet.mute("Nothing was written: name a file with --html or --docx.")
