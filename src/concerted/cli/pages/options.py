"""Ways to go about a change side by side, each with the command that carries it out, and what is said when a change sheet was written."""

from __future__ import annotations

from typing import Any

from concerted.cli.pages.mail import left_to_a_person
from concerted.cli.pages.plan import decisions, summary
from concerted.cli.sheet import Sheet
from concerted.cli.text import Names, count
from concerted.planning.effort import span

Report = dict[str, Any]


def options_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print the ways of a plan."""
    sheet.say(summary(report), style="bold")
    for row in report.get("options", ()):
        sheet.head(row["name"], row["means"])
        when = " after the launch" if row["option"] == "after" else ""
        sheet.say(f"{count(row['assets'], 'asset')} on the new line before the launch; {asked(row)}{when}", indent=2)
        sheet.say(f"all approved {row['approved_by']} at the earliest", indent=2)
        if row["old_line"]:
            kinds = ", ".join(dict.fromkeys(names.kind(asset) for asset in row["old_line"]))
            sheet.say(f"stays on the old line: {count(len(row['old_line']), 'asset')} ({kinds})", indent=2)
        if row["too_late"]:
            sheet.say(f"{count(len(row['too_late']), 'asset')} too late: out of the house already", indent=2)
        sheet.mute(row["apart"], indent=2)
        sheet.command(f"concerted change --option {row['option']} ...", 4)
    sheet.gap()
    sheet.mute(report.get("minutes_explained", ""))
    left_to_a_person(sheet, report, "plan --options --file ...")


def asked(row: Report) -> str:
    """Say what a way asks of people: decisions, and rewritten texts that are to be read."""
    number, minutes = (span(row[name], row[f"{name}_if_worded_anew"]) for name in ("decisions", "minutes"))
    parts = [f"{number} decision{'' if number == '1' else 's'}, about {minutes} min"] if number != "0" else []
    if row["rewritten"]:
        parts.append(f"{count(row['rewritten'], 'rewritten text')} to read and approve, about {row['rewritten_minutes']} min")
    return " and ".join(parts) or "nobody is asked"


def sheet_page(sheet: Sheet, report: Report, _names: Names) -> None:
    """Print a change sheet in short and name its files."""
    sheet.head(f"Change sheet: {report['campaign']}", count(len(report["rows"]), "line changes", "lines change"))
    sheet.rows([(str(row["count"]), row["says"]) for row in report["counts"]])
    for row in report["people"]:
        sheet.say(f"{row['who']}: {decisions(row)}, about {row['minutes_say']} min", indent=2)
    if report["asked_says"]:
        sheet.mute(report["asked_says"], indent=2)
    sheet.say(f"All approved again {report['approved_by']} at the earliest.", indent=2)
    left_to_a_person(sheet, report, "sheet --file ...")
    for path in report["files"]:
        sheet.say(f"written: {path}", indent=2)
    if not report["files"]:
        sheet.mute("Nothing was written: name a file with --html or --docx.")
