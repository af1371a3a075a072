"""What a run or a Change did: what was written, what waits, what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concerted.cli.pages.decisions import questions
from concerted.cli.pages.mail import lines_to_type
from concerted.cli.sheet import Sheet
from concerted.cli.text import Names, count, listed, together

Report = dict[str, Any]
MOST = 12
"""So many new texts are named; a first run is not a list of everything."""
DONE: Mapping[str, str] = {
    "drafted": "written",
    "reused": "back to an earlier text",
    "kept": "rechecked with the same words",
    "proposed": "proposed to people",
    "held": "held until a question is answered",
}


def run_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print what a run did."""
    parts = [f"{len(report[key])} {said}" for key, said in DONE.items() if report[key]]
    parts.append(f"{report['untouched']} untouched")
    sheet.head(", ".join(parts), _line(report))
    for key, said in DONE.items():
        if report[key] and (key != "drafted" or len(report[key]) <= MOST):
            sheet.say(f"{said}: {listed((names.inside(asset) for asset in report[key]), 8)}", indent=2)
    for row in report["interventions"]:
        verb = "would have been stopped" if row["shadow"] else "was stopped"
        sheet.say(f"{names.place(row['asset'], row['field'])} {verb} at “{row['words']}” ({row['rule']})", indent=2, style="yellow")
    _trouble(sheet, report, names)
    _ending(sheet, report, names)


def change_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print what a Change did; its plan was shown before."""
    run_page(sheet, report, names)
    if report.get("left_by_default"):
        sheet.say(f"Left unanswered, because --yes decides nothing for people: {listed(report['left_by_default'], 6)}.")
        sheet.say("What reads it keeps its old text and waits.")
        sheet.command("concerted decide", 2)
    if report.get("left_to_a_person"):
        sheet.say(f"Left to a person, because the mail does not say it for certain: {listed((row['ref'] for row in report['left_to_a_person']), 6)}.")
        for line in lines_to_type(report["left_to_a_person"]):
            sheet.command(f"concerted change {line}", 2)
    if report.get("written_back"):
        cells = {row["ref"]: row.get("cell") for row in report["edits"]}
        written = [f"{ref} ({cells[ref]})" if cells.get(ref) else ref for ref in report["written_back"]]
        sheet.say(f"Written into {'your files' if any(cells.values()) else 'the campaign file'}: {listed(written)}.")
    if report.get("pending"):
        sheet.say(f"Still only in the campaign file: {listed(report['pending'], 6)}.")
        sheet.command("concerted run", 2, "To adopt it: ")


def _line(report: Report) -> str:
    calls = f"{count(report['calls'], 'model call')}, {report['cost']['money']} USD" if report["calls"] else "0 model calls"
    return f"{calls}, {report['seconds']} s"


def _trouble(sheet: Sheet, report: Report, names: Names) -> None:
    failed = {row["id"] for row in report["failed"]}
    for kind, style in (("blocked", "yellow"), ("failed", "red")):
        groups: dict[tuple[str, str], list[Report]] = {}
        for row in report[kind]:
            if kind == "blocked" and row["id"] in failed:
                continue
            groups.setdefault((row["why"], row["next"].replace(row["id"], "ID")), []).append(row)
        for (why, _next), rows in groups.items():
            sheet.say(f"{kind}: {listed(names.inside(row['id']) for row in rows)}: {why}", indent=2, style=style)
            ids = [row["id"] for row in rows]
            sheet.command(together(rows[0]["next"], ids), 4)
            if rows[0].get("lacks"):
                sheet.command(together(f"concerted exclude {ids[0]}", ids), 4, "or leave it out: ")


def _ending(sheet: Sheet, report: Report, names: Names) -> None:
    sheet.gap()
    if not report["landed"]:
        decisions = report["decisions"]
        if decisions:
            sheet.say(f"{report['change']} is drafted beside the campaign and waits for {count(len(decisions), 'decision')}:", style="bold")
            questions(sheet, decisions, names)
        else:
            sheet.say(f"{report['change']} is drafted beside the campaign and stays open.", style="bold")
            sheet.command(f"concerted land {report['change']}")
        return
    landed = f"{report['change']} has landed. " if report["change"] else ""
    sheet.say(f"{landed}The campaign stands on strategy {report['strategy']}.", style="bold")
    sheet.command("concerted status")
