"""A brief as it was read: each proposed line with the words it comes from, what is not in the brief, what was adopted."""

from __future__ import annotations

import shlex
from typing import Any, cast

from concerted.cli.sheet import Sheet
from concerted.cli.text import Names, count

Report = dict[str, Any]
FLAGS = {
    "not in the brief": "not in the brief: chosen so that the line can stand; change it if it is wrong",
    "reworded": "reworded: these are not the brief's own words; read it before you adopt it",
    "ask first": "ask first: it decides what may be said or who agrees",
    "beyond the playbook": "a piece beyond the playbook",
}
"""Flag -> what a marketer sees."""
OPEN_SHOWN = 30


def line(sheet: Sheet, row: Report) -> None:
    """Print one proposed line: address, value, the words it was read from, what to look at."""
    sheet.say(f"{row['ref']}", indent=2, style="bold")
    if row["old"] is None:
        sheet.say(spelled(row["new"]), indent=4)
    else:
        sheet.was_now(spelled(row["old"]), spelled(row["new"]), 4)
    if row["quote"]:
        sheet.mute(f"“{row['quote']}”  {row['source']}", indent=4)
    for flag in row["flags"]:
        sheet.say(f"! {FLAGS.get(flag, flag)}", indent=4, style="yellow")


def spelled(value: Any) -> str:
    """Spell a value on one line."""
    return ", ".join(map(str, cast(list[object], value))) if isinstance(value, list | tuple) else str(value)


def proposal_page(sheet: Sheet, report: Report, _names: Names) -> None:
    """Print everything that a brief proposes and everything that it leaves open."""
    head(sheet, report)
    for row in report["proposed"]:
        line(sheet, row)
    for row in report["extras"]:
        line(sheet, row)
        sheet.say(f"Why: {row['why']}.", indent=4)
    rest(sheet, report)


def head(sheet: Sheet, report: Report) -> None:
    """Say what was read, and by whom."""
    quoted = sum(bool(row["quote"]) for row in report["proposed"])
    proposed = count(len(report["proposed"]), "line")
    sheet.head(f"{report['brief']['name']} proposes {proposed}", f"{quoted} in its own words; read by {report['read_by']}")
    if report["said"]:
        sheet.say(report["said"], indent=2, style="yellow")


def rest(sheet: Sheet, report: Report) -> None:
    """Print what was refused, what the reader made nothing of, and what is not in the brief."""
    if report["not_supported"]:
        sheet.head(f"Refused: {count(len(report['refused']), 'line')} that the brief does not support", report["read_by"])
        for row in report["not_supported"]:
            sheet.say(f"{row['ref']}: {spelled(row['new'])}  ({row['why']})", indent=2)
    if report["unread"]:
        sheet.head(f"In the brief, in no line: {count(len(report['unread']), 'sentence')}", "put by hand where they belong, or leave them out")
        for row in report["unread"]:
            sheet.say(f"“{row['sentence']}”  {row['source']}", indent=2)
    missing = report["not_in_brief"]
    if missing:
        sheet.head(f"Not in the brief: {count(len(missing), 'line')} that a campaign needs")
        for row in missing[:OPEN_SHOWN]:
            sheet.say(f"{row['ref']}  {row['question']}", indent=2)
            if row["who_knows"]:
                sheet.mute(f"Ask {row['who_knows']}.", indent=4)


def adopted_page(sheet: Sheet, report: Report, _names: Names) -> None:
    """Say what was written, what could not stand yet, and what is open."""
    if report["said"]:
        sheet.say(report["said"], style="yellow")
    sheet.head(f"{count(len(report['adopted']), 'line')} adopted by {report['by']}", ", ".join(report["files"]))
    if report["along"]:
        sheet.say(f"Taken along, because the file cannot stand without: {', '.join(report['along'])}", indent=2)
    for row in report["waiting"]:
        sheet.say(f"{row['ref']} waits for {', '.join(row['waits_for'])}", indent=2)
    kinds = {name: sum(row["severity"] == name for row in report["open"]) for name in ("file", "release", "advice")}
    place = "" if report["folder"] == "." else f" -C {shlex.quote(report['folder'])}"
    if kinds["file"]:
        sheet.say("Before anything can be drafted, the file needs:", style="red")
        for row in report["open"]:
            if row["severity"] == "file":
                sheet.say(f"{row['message']}  {row['remedy']}", indent=2)
    else:
        sheet.say(f"The file can be drafted from. Open: {kinds['release']} before a release, {kinds['advice']} as advice.", style="green")
    for verb in ("check", *(() if kinds["file"] else ("plan", "run"))):
        sheet.command(f"concerted{place} {verb}")
