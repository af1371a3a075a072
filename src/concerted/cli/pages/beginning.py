"""Pages of the first minutes: a new campaign, the check of its file, what is at hand."""

from __future__ import annotations

import shlex
from collections import Counter
from typing import TYPE_CHECKING, Any

from rich.text import Text

from concerted.cli.sheet import MUTED, Sheet
from concerted.cli.text import Names, clean, count, listed
from concerted.errors import placed

if TYPE_CHECKING:
    from concerted.conductor.phrasing import Phrasing

Report = dict[str, Any]
STOPS = {"file": "stops the file", "release": "stops the release", "advice": "advice"}
COLOURS = {"file": "red", "release": "yellow", "advice": "cyan"}


def init_page(sheet: Sheet, report: Report, _names: Names) -> None:
    """Say what was written and what to do with it."""
    sheet.head(f"{report['folder']} is a campaign", f"it launches on {report['launch']}")
    for file in report["files"]:
        sheet.say(file, indent=2)
    sheet.say("Every answer in it is invented. It runs as it is; then replace the answers line by line by yours.")
    _go_on(sheet, report["folder"])


def asked_page(sheet: Sheet, report: Report, words: Phrasing) -> None:
    """Say what was made of somebody's answers, in the language in which they were asked, and what was not answered."""
    day = words.line("launches", day=words.day(report["launch"])) if report["launch"] else words.line("launch-open")
    sheet.head(words.line("begun", folder=report["folder"]), day)
    for file in report["files"]:
        sheet.say(file, indent=2)
    sheet.say(words.line("holds"))
    rows = report["open"]
    if rows:
        sheet.head(words.line("left-open", count=len(rows)))
        knows = (words.line("ask", who=row["who_knows"]) if row["who_knows"] else "" for row in rows)
        sheet.rows([(row["name"], row["question"], Text(who, MUTED)) for row, who in zip(rows, knows, strict=True)])
        sheet.gap()
    for row in report["waiting"]:
        sheet.say(words.line("waits", ref=row["ref"], needs=row["needs"]), style="yellow")
    for row in report["remarks"]:
        sheet.say(row["said"], style="yellow")
    _go_on(sheet, report["folder"])


def _go_on(sheet: Sheet, folder: str) -> None:
    place = "" if folder == "." else f" -C {shlex.quote(folder)}"
    for verb in ("check", "plan", "run"):
        sheet.command(f"concerted{place} {verb}")


def check_page(sheet: Sheet, report: Report, _names: Names) -> None:
    """Print every problem at its place."""
    for row in report["problems"]:
        place = placed(row["file"], row["line"], row["column"], row["cell"])
        line = Text(clean(place) + "  ", "bold")
        line.append(STOPS[row["severity"]], COLOURS[row["severity"]])
        sheet.say(line)
        sheet.say(row["message"], indent=2)
        if row["remedy"]:
            sheet.mute(row["remedy"], indent=2)
    sheet.gap()
    severities = Counter(row["severity"] for row in report["problems"])
    if not severities:
        sheet.say("The campaign file is complete and sound.", style="green")
        sheet.command("concerted plan", 0, "Next: ")
        return
    said = {"file": "stop the file", "release": "stop the release", "advice": "advice"}
    sheet.say(
        f"{count(severities.total(), 'remark')}: {listed(f'{severities[name]} {said[name]}' for name in said if severities[name])}.", style="bold"
    )
    if report["ok"]:
        sheet.command("concerted plan", 0, "Nothing keeps you from drafting. Next: ")


def catalog_page(sheet: Sheet, report: Report, _names: Names) -> None:
    """Print what is at hand, by kind."""
    kinds: dict[str, list[Report]] = {}
    for row in report["items"]:
        kinds.setdefault(row["kind"], []).append(row)
    for kind, rows in kinds.items():
        sheet.head(f"{kind.capitalize()}s", str(len(rows)))
        sheet.rows([(row["id"], row["title"], Text(_file(row), MUTED)) for row in rows])


def _file(row: Report) -> str:
    if row["own"]:
        return f"{row['file']}, yours{', instead of ours' if row['wins'] else ''}"
    return "" if row["package"] == "concerted" else f"from {row['package']}, {row['file']}"
