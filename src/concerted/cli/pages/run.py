"""What a run or a Change did: what was written, what waits, what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concerted.cli.pages.decisions import questions
from concerted.cli.pages.mail import left_to_a_person
from concerted.cli.sheet import Sheet
from concerted.cli.text import Names, count, listed, together

Report = dict[str, Any]
FEW = 3
"""More pieces than these that wait for answers are told as one list, not each with its command."""
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
    if report["untouched"] or not parts:
        parts.append(f"{report['untouched']} untouched" if report["untouched"] else "nothing to write")
    sheet.head(", ".join(parts), _line(report))
    for key, said in DONE.items():
        if report[key] and (key != "drafted" or len(report[key]) <= MOST):
            sheet.say(f"{said}: {listed((names.inside(asset) for asset in report[key]), 8)}", indent=2)
    for row in report["interventions"]:
        verb = "would have been stopped" if row["shadow"] else "was stopped"
        sheet.say(f"{names.place(row['asset'], row['field'])} {verb} at “{row['words']}” ({row['rule']})", indent=2, style="yellow")
    if report["put_back"]:
        assets = dict.fromkeys(row["asset"] for row in report["put_back"])
        sentences = count(sum(len(row["sentences"]) for row in report["put_back"]), "sentence")
        sheet.say(f"put back as it stood, having been reworded without need: {sentences} in {listed(map(names.inside, assets), 4)}", indent=2)
        sheet.command(f"concerted why {next(iter(assets))}", 4)
    _trouble(sheet, report, names)
    if report["landed"]:
        _lingers(sheet, report, names)
    _ending(sheet, report, names)


def _lingers(sheet: Sheet, report: Report, names: Names) -> None:
    """Name what still says an earlier strategy; apart from it what may still mean it, which is advice."""
    if report["residual"]:
        sheet.head("Still says an earlier strategy", "a release with it is refused")
        for row in report["residual"][:MOST]:
            sheet.say(f"{names.place(row['id'], row['field'])}: “{row['fragment']}” ({row['ref']})", indent=2, style="yellow")
        _more(sheet, report["residual"])
    if report["residual_meaning"]:
        sheet.head("Sounds like the old line in other words", "advice, by a small sentence model; nothing is held up")
        for row in report["residual_meaning"][:MOST]:
            sheet.say(f"{names.place(row['id'], row['field'])}: “{row['sentence']}” ({row['ref']}, {row['confidence']})", indent=2)
        _more(sheet, report["residual_meaning"])
    if report["not_heard"]:
        sheet.mute(report["not_heard"])


def _more(sheet: Sheet, rows: list[Report]) -> None:
    if len(rows) > MOST:
        sheet.mute(f"and {len(rows) - MOST} more, with --json", indent=2)


def change_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print what a Change did; its plan was shown before."""
    if report.get("option") == "after" and not report["landed"]:
        _after_launch(sheet, report)
        return
    run_page(sheet, report, names)
    if report.get("option") == "owned":
        _stays(sheet, report, names)
    if report.get("left_by_default"):
        _left_unanswered(sheet, report)
    left_to_a_person(sheet, report, "change")
    if report.get("written_back"):
        cells = {row["ref"]: row.get("cell") for row in report["edits"]}
        written = [f"{ref} ({cells[ref]})" if cells.get(ref) else ref for ref in report["written_back"]]
        sheet.say(f"Written into {'your files' if any(cells.values()) else 'the campaign file'}: {listed(written)}.")
    if report.get("pending"):
        sheet.say(f"Still only in your files: {listed(report['pending'], 6)}.")
        sheet.command("concerted run", 2, "To adopt it: ")


def _after_launch(sheet: Sheet, report: Report) -> None:
    """Say where a change is that is made after the launch, and what is typed when."""
    name = report["change"]
    sheet.head(f"{name} is drafted beside the campaign and does not land by itself")
    sheet.say("The launch goes out on the old line:", indent=2)
    sheet.command("concerted release --despite-change", 4)
    asked = len(report["decisions"])
    sheet.say(
        f"After it, {count(asked, 'decision is', 'decisions are')} open; then the new line lands in one step:" if asked else "After it:", indent=2
    )
    sheet.command("concerted decide", 4) if asked else None
    sheet.command(f"concerted land {name}", 4)


def _stays(sheet: Sheet, report: Report, names: Names) -> None:
    """Name what keeps the old line, and what is typed to leave it out of the release and to have it follow."""
    old = [row["id"] for row in report["blocked"] if row["next"] == "concerted change --left"]
    if not old:
        return
    sheet.head(f"On the old line: {count(len(old), 'asset')}", "no release of the new line holds them")
    sheet.say(f"{listed((names.inside(asset) for asset in old), 6)}", indent=2)
    sheet.say("Leave them out of the next release, and have them follow later:", indent=2)
    sheet.command(f"concerted exclude {' '.join(old)}", 4)
    sheet.command("concerted change --left", 4)


def _left_unanswered(sheet: Sheet, report: Report) -> None:
    """Say what --yes left without an answer, what that holds back, and the one command that goes on."""
    left = report["left_by_default"]
    sheet.head(f"Left unanswered: {count(len(left), 'question')}", "--yes decides nothing for people")
    sheet.say(listed(left, 6), indent=2)
    behind = report["left_behind"]
    if behind:
        sheet.say(f"So {count(len(behind), 'asset keeps', 'assets keep')} the old text and cannot be released with the new line.", indent=2)
    when = "They are asked again" if report["landed"] else f"They are asked again as soon as {report['change']} has landed"
    sheet.say(f"{when}:", indent=2)
    sheet.command("concerted decide", 4)


def _line(report: Report) -> str:
    calls = f"{count(report['calls'], 'model call')}, {report['cost']['money']} USD" if report["calls"] else "0 model calls"
    return f"{calls}, {report['seconds']} s"


def _trouble(sheet: Sheet, report: Report, names: Names) -> None:
    failed = {row["id"] for row in report["failed"]}
    blocked = [row for row in report["blocked"] if row["id"] not in failed]
    unanswered = [row for row in blocked if row["lacks"]]
    many = len(unanswered) > FEW
    if many:
        _unanswered(sheet, unanswered, names)
    for kind, rows, style in (("blocked", [row for row in blocked if not (many and row["lacks"])], "yellow"), ("failed", report["failed"], "red")):
        groups: dict[tuple[str, str], list[Report]] = {}
        for row in rows:
            groups.setdefault((row["why"], row["next"].replace(row["id"], "ID")), []).append(row)
        commands = [together(same[0]["next"], (row["id"] for row in same)) for same in groups.values()]
        for number, same in enumerate(groups.values()):
            sheet.say(f"{kind}: {listed(names.inside(row['id']) for row in same)}: {same[0]['why']}", indent=2, style=style)
            if commands[number] != (*commands, "")[number + 1]:
                sheet.command(commands[number], 4)


def _unanswered(sheet: Sheet, rows: list[Report], names: Names) -> None:
    """List the pieces that wait for answers, those that lack fewest first, and how they are answered."""
    lines = sorted({ref for row in rows for ref in row["lacks"]})
    sheet.head(f"{count(len(rows), 'piece waits', 'pieces wait')} for {count(len(lines), 'answer')}", "the nearest first")
    groups: dict[tuple[str, ...], list[Report]] = {}
    for row in rows:
        groups.setdefault(tuple(row["lacks"]), []).append(row)
    nearest = sorted(groups.items(), key=lambda group: len(group[0]))
    for lacks, same in nearest:
        sheet.say(f"{listed(names.inside(row['id']) for row in same)}", indent=2, style="yellow")
        sheet.say(", ".join(lacks), indent=4)
    sheet.say("Answer in campaign.yaml, where each stands with its question, or type the first:", indent=2)
    sheet.command("concerted check", 4)
    sheet.command(nearest[0][1][0]["next"], 4)


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
