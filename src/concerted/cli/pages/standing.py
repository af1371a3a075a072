"""How the campaign stands: every text with its standing, what waits, what is next; and the versions so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from rich.text import Text

from concerted.cli.pages.edits import edit_list
from concerted.cli.pages.remarks import remark_lines
from concerted.cli.sheet import MUTED, Sheet
from concerted.cli.text import Names, clean, count, listed
from concerted.planning.standing import DISPLAY

Report = dict[str, Any]
COLOURS: Mapping[str, str] = {"fresh": "green", "stale": "yellow", "suspect": "yellow", "held": "magenta", "blocked": "red", "drafting": "cyan"}


def status_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print the readiness of a campaign."""
    where = f"Change {report['line']}" if report["line"] != "main" else f"strategy {report['version']} ({report['strategy']})"
    sheet.head(report["campaign"], where)
    standings = Counter(row["standing"] for row in report["assets"])
    approved = sum(1 for row in report["assets"] if row["draft"] and not row["unsigned"])
    sheet.say(
        ", ".join([*(f"{number} {DISPLAY[name]}" for name, number in standings.items()), f"{approved} approved"])
        + (". Ready to release." if report["ready"] else ".")
    )
    kinds: dict[str, list[Report]] = {}
    for row in report["assets"]:
        kinds.setdefault(names.kind(row["id"]), []).append(row)
    tables = {kind: [_row(row, names) for row in rows] for kind, rows in kinds.items()}
    widths = [max((len(row[column]) for rows in tables.values() for row in rows), default=0) for column in range(4)]
    first = 1 if sum(widths) + 2 * len(widths) > sheet.width else 0
    for kind, rows in kinds.items():
        sheet.head(kind)
        sheet.rows([row[first:] for row in tables[kind]], widths=widths[first:])
        for row in rows:
            if row["cause"] and row["standing"] not in ("fresh", "held"):
                sheet.mute(f"{names.dimensions(row['id']) or row['id']}: {row['cause']}", indent=4)
            if row["withdrawn"]:
                sheet.say(f"{names.dimensions(row['id']) or row['id']}: {taken_back(row['withdrawn'])}", indent=4, style="yellow")
    _remarks(sheet, report, names)
    sheet.gap()
    left_out(sheet, [row["id"] for row in report["assets"] if row["excluded"]], names)
    _waiting(sheet, report)
    interventions(sheet, report["interventions"], names)
    _next(sheet, report)


def taken_back(told: Report) -> str:
    """Say who took a signature back, when and why."""
    return f"{told['by']} took the signature back on {told['at'][:10]}: {told['because']}"


def left_out(sheet: Sheet, rows: list[str], names: Names) -> None:
    """Say what is left out, for how long, and how it is taken in again."""
    if rows:
        again = "it" if len(rows) == 1 else "them"
        out = listed((names.inside(asset) for asset in rows), 6)
        sheet.say(f"Left out of the next release only: {out}. The release after it asks for {again} again.")
        sheet.command(f"concerted exclude {' '.join(rows)} --include", 2, f"To take {again} in now: ")


def _remarks(sheet: Sheet, report: Report, names: Names) -> None:
    if report["remarks"]:
        sheet.head(f"Remarks: {len(report['remarks'])}", "redraft ID --note passes one to the writer; remark close ends one")
        remark_lines(sheet, report["remarks"], names)


def _row(row: Report, names: Names) -> tuple[str | Text, ...]:
    said = "left out" if row["excluded"] else "approved" if row["draft"] and not row["unsigned"] else f"due {row['due']}" if row["due"] else ""
    if row["approved"] and row["unsigned"]:
        said = f"needs {listed(row['unsigned'])}"
    standing = Text(DISPLAY[row["standing"]], COLOURS.get(row["standing"], ""))
    return (names.dimensions(row["id"]) or "everyone", Text(clean(row["id"]), MUTED), standing, said)


def _waiting(sheet: Sheet, report: Report) -> None:
    sheet.gap()
    for change in report["changes"]:
        sheet.say(f"{change['id']} is open: {change['title']} ({change['by']})", style="yellow")
    late = [row for row in report["assets"] if row.get("late") and not row["excluded"]]
    if late:
        stages = Counter(row["late"][0].replace("_", " ") for row in late)
        said = listed(f"{number} to {stage}" for stage, number in stages.items())
        first = min(row["dates"][row["late"][0]] for row in late)
        sheet.say(f"Late: {said}, the oldest since {first}.", style="yellow")
        sheet.command("concerted view calendar", 2)
    decisions = report["decisions"]
    if decisions:
        people = Counter(row["who"] or "nobody named" for row in decisions)
        sheet.say(f"{count(len(decisions), 'decision')} open, for {listed(f'{who} ({number})' for who, number in people.items())}.", style="yellow")
    for row in report["signatures"]:
        _signature(sheet, row)
    if report["file_problems"]:
        sheet.say(f"The campaign file cannot be read just now: {report['file_problems'][0]}", style="red")
    if report["pending_in_file"]:
        sheet.say(f"Edited in the campaign file and not adopted: {listed(report['pending_in_file'], 4)}.", style="yellow")
    if report["proposals"]:
        sheet.say(f"{count(len(report['proposals']), 'proposal')} to look at.", style="yellow")
        sheet.command("concerted proposals", 2)
    if report["paused"]:
        sheet.say(f"{report['paused']} paused the writing.", style="yellow")
        sheet.command("concerted pause --resume", 2)
    if report["release"]:
        sheet.say(f"Last release: {report['release']}.")


def _signature(sheet: Sheet, row: Report) -> None:
    """Say whose signature is waited for since when, and who may sign instead from when on."""
    until = f", agreed by {row['answer_by']}" if row["answer_by"] else ""
    late = f", {row['late']} late" if row["late"] else ""
    start = "" if not row["answer_by"] or row["late"] == row["texts"] else "; for the late ones" if row["late"] else "; from then on"
    deputy = f"{start or ';'} {row['deputy']} may sign, too" if row["deputy"] else ""
    told = f"Waits for {row['who'] or 'nobody named'} ({row['rule']}): {count(row['texts'], 'text')} since {row['since']}{until}{late}{deputy}."
    sheet.say(told, style="yellow" if row["late"] else "")


def interventions(sheet: Sheet, told: Report, names: Names) -> None:
    """Say where the guard stopped writers, the latest by their words."""
    if told["total"]:
        latest = [f"“{row['words']}” in {names.place(row['asset'], row['field'])} ({row['rule']})" for row in told["latest"] if not row["shadow"]]
        more = f" and {told['total'] - len(latest)} earlier" if told["total"] > len(latest) else ""
        scored = f" {count(told['wrong'], 'stop')} proved wrong." if told["wrong"] else ""
        sheet.say(
            f"{count(told['total'], 'intervention')}: {'; '.join(latest)}{more}. About {count(told['tokens_saved'], 'token')} not written.{scored}"
        )
    if told["shadow"]:
        watched = [f"“{row['words']}” in {names.place(row['asset'], row['field'])}" for row in told["latest"] if row["shadow"]]
        named = f": {'; '.join(watched)}" if watched else ""
        sheet.say(f"The guard only watches; it would have stepped in {count(told['shadow'], 'time')}{named}.")


def _next(sheet: Sheet, report: Report) -> None:
    """Say the one thing to do next."""
    standings = {row["standing"] for row in report["assets"]}
    unsigned = [row for row in report["assets"] if row["draft"] and row["unsigned"] and not row["excluded"]]
    reader = next((row for row in report["signatures"] if row["to_send"]), None)
    signer = next((row["who"] for row in report["signatures"]), "")
    steps = (
        (report["file_problems"], "concerted check"),
        (report["decisions"], "concerted decide"),
        (report["pending_in_file"], "concerted plan"),
        (standings & {"missing", "stale", "suspect"}, "concerted run"),
        (unsigned and reader, f"concerted review out --for {reader['rule']} --html {reader['rule']}.html" if reader else ""),
        (unsigned, f'concerted approve --all --by "{signer}"' if signer else "concerted approve --all"),
        (not any(row["draft"] for row in report["assets"]), "concerted check"),
        (True, "concerted release"),
    )
    sheet.command(next(command for applies, command in steps if applies), 0, "Next: ")


def history_page(sheet: Sheet, report: Report, _names: Names) -> None:
    """Print the versions of the strategy, the newest first."""
    for row in reversed(report["versions"]):
        sheet.head(f"Strategy {row['version']} ({row['strategy']})", f"{row['by']}, {row['at'][:16].replace('T', ' ')}")
        if row["version"] == 1:
            sheet.say(f"adopted from the campaign file, {count(row['lines'], 'line')}", indent=2)
        edit_list(sheet, row["edits"])
    sheet.gap()
    kinds = Counter(event["kind"] for event in report["events"])
    sheet.mute(f"{count(len(report['events']), 'entry', 'entries')} in the record: {listed(f'{number} {kind}' for kind, number in kinds.items())}.")
