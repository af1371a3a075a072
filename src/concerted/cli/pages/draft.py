"""One text: its words, where they come from, and what changed in them."""

from __future__ import annotations

from typing import Any

from concerted.cli.pages.files import slot_lines
from concerted.cli.pages.remarks import SAID, opinions
from concerted.cli.pages.standing import taken_back
from concerted.cli.sheet import Sheet
from concerted.cli.text import Names, count, listed
from concerted.planning.standing import DISPLAY, Standing

Report = dict[str, Any]
CUT = 90


def show_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print a draft as a reader would meet it, with who wrote what."""
    sheet.head(names.asset(report["id"]), said(report["standing"], report["cause"]))
    sheet.mute(report["id"] + (f", draft {report['draft']}" if report["draft"] else ""))
    sheet.mute(f"{report['why']} Due {report['due']}, runs {report['publish']}." if report["due"] else report["why"])
    _dates(sheet, report)
    _withdrawn(sheet, report)
    if report["slot"]:
        slot_lines(sheet, report["slot"], report["file"])
    elif not report["fields"]:
        sheet.gap()
        sheet.say(f"There is no text yet: {report['blocked']}." if report["blocked"] else "There is no text yet.")
        sheet.command(report["next"] or "concerted run")
        return
    writers = {row["field"]: row for row in report["records"]}
    for name, text in report["fields"].items():
        sheet.head(name, _written(name, writers.get(name, {}), report))
        for paragraph in text.split("\n"):
            sheet.say(paragraph, indent=2)
        for finding in report["findings"]:
            if finding["field"] == name:
                sheet.say(remark(finding), indent=2, style="yellow")
        remarks_of(sheet, [row for row in report["remarks"] if row["field"] == name])
    _remarks_on(sheet, report)
    remarks_of(sheet, [row for row in report["remarks"] if row["field"] not in report["fields"]])
    stops = [row for row in report["interventions"] if not row["shadow"]]
    sheet.gap()
    if stops:
        sheet.command(f"concerted why {report['id']}", 0, f"The guard stepped in {count(len(stops), 'time')} while it was written: ")
    if report["dismissed"]:
        sheet.mute(f"{len(report['dismissed'])} dismissed: {listed(_stands(row) for row in report['dismissed'])}")
    if report["slot"]:
        sheet.command(f"concerted slot {report['id']} FILE", 0, "A new file: " if report["file"] else "")
    else:
        sheet.command(f"concerted edit {report['id']} --field {next(iter(report['fields']))} --text '...'", 0, "Yours: ")


def _withdrawn(sheet: Sheet, report: Report) -> None:
    if report["withdrawn"]:
        sheet.say(taken_back(report["withdrawn"]), style="yellow")


def _remarks_on(sheet: Sheet, report: Report) -> None:
    """Print what is said about the whole, or about a field that has no words."""
    for finding in report["findings"]:
        if finding["field"] not in report["fields"]:
            sheet.gap()
            sheet.say(remark(finding), style="yellow")


def _stands(row: Report) -> str:
    return f"{row['field'] + ' ' if row['field'] else ''}{row['rule']} (because {row['because']}, {row['by']})"


UNSURE = {"certain": "!", "likely": "! likely:", "hint": "? a hint:"}


def remark(finding: Report) -> str:
    """Say a finding in one line, with how sure it is."""
    return f"{UNSURE[finding['confidence']]} {finding['message']} {finding['remedy']}".rstrip()


def _dates(sheet: Sheet, report: Report) -> None:
    """Say by when each step is over, what that is counted from, and what is late."""
    dates = {stage.replace("_", " "): day for stage, day in report.get("dates", {}).items() if day and stage != "publish"}
    if dates:
        said = ", ".join(f"{stage} by {day}" for stage, day in dates.items())
        sheet.mute(f"{said[0].upper()}{said[1:]}: counted back from {report['reference']}.")
        if report["late"]:
            sheet.say(f"Late: {listed(stage.replace('_', ' ') for stage in report['late'])}.", style="yellow")


def remarks_of(sheet: Sheet, rows: list[Report]) -> None:
    """Print what readers remarked."""
    for row in rows:
        passage = f", on “{row['on']}”" if row["on"] else ""
        sheet.say(f"{row['by']}{passage}: {row['text']}", indent=2, style="yellow")


def _written(name: str, record: Report, report: Report) -> str:
    """Say plainly who wrote a field, where it was not the house's own template."""
    writer = f"by {record.get('by')}"
    author = {"person": writer, "model": writer, "adopted": "adopted as it was"}.get(record.get("author", ""), "")
    owner = report["owners"].get(name, "")
    return ", ".join(part for part in (author, f"owned by {owner}" if owner and f"by {owner}" != author else "") if part)


def said(standing: Standing, cause: str) -> str:
    """Say a standing in display words, with its cause."""
    return f"{DISPLAY[standing]}: {cause}" if cause else DISPLAY[standing]


def why_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print the explanation of a text."""
    sheet.head(names.asset(report["id"]), said(report["standing"], report["cause"]))
    sheet.mute(report["id"])
    sheet.say(f"Planned because: {report['planned_because']}")
    _withdrawn(sheet, report)
    if report["causes"]:
        sheet.head("What makes it change")
        for row in report["causes"]:
            on = f"{row['change']}: " if row.get("change") else ""
            sheet.say(on + names.chain(row["path"], report["id"]), indent=2)
    sheet.head("Where its words come from")
    for row in report["fields"]:
        _sources(sheet, row, [said for said in report["sentences"] if said["field"] == row["field"]], names)
    _stops(sheet, report["interventions"])
    _put_back(sheet, report["put_back"])
    opinions(sheet, report["opinions"], names)
    if report["read_by"]:
        sheet.head("Read by")
        sheet.say(listed(names.inside(asset) for asset in report["read_by"]), indent=2)
    if report["questions"]:
        sheet.gap()
        sheet.say(f"{count(len(report['questions']), 'open question')} about it.", style="yellow")
        sheet.command("concerted decide")


_THEN = {
    "again": "The writer was asked again with the reason.",
    "stronger": "A stronger writer was asked.",
    "person": "A person is asked.",
    "none": "The guard only watched; the text went on.",
}


def _stops(sheet: Sheet, rows: list[Report]) -> None:
    """List where the guard stepped in: what was being written beside what came of it."""
    if rows:
        sheet.head("Where the guard stepped in")
    for row in rows:
        scored = {True: " It was right.", False: " It was wrong: the same words are signed today."}.get(row["right"], "")
        sheet.say(f"{row['field']}: {'seen' if row['shadow'] else 'stopped'} at “{row['words']}” ({row['rule']}).{scored}", indent=2)
        sheet.mute(row["guidance"], indent=4)
        sheet.mute(f"{count(row['tokens'], 'token')} written, about {row['saved']} saved. {_THEN[row['step']]}", indent=4)
        sheet.rows((("was", _end(row["said"])), ("came", row["came"] or "nothing yet")), indent=4)


def _put_back(sheet: Sheet, rows: list[Report]) -> None:
    """List sentences that a model had reworded without need and that stand as they stood, beside what it had made of the field."""
    if rows:
        sheet.head("Reworded without need, and put back")
    for row in rows:
        later = "" if row["stands"] else " The field has been changed since."
        sheet.say(f"{row['field']}: {count(len(row['sentences']), 'sentence')}.{later}", indent=2)
        for sentence in row["sentences"]:
            sheet.say(f"“{sentence}”", indent=4)
        sheet.mute(f"{row['because'][:1].upper()}{row['because'][1:]}.", indent=4)
        sheet.rows((("the model had written", " ".join(row["said"].split())),), indent=4)


def _end(text: str) -> str:
    """Give a text that was cut off, with its end marked; of a long one the end."""
    flat = " ".join(text.split())
    return f"{flat if len(flat) <= 2 * CUT else '… ' + flat[-2 * CUT :].partition(' ')[2]}▌"


def _sources(sheet: Sheet, field: Report, sentences: list[Report], names: Names) -> None:
    """Lead each sentence of a field back to the lines that it states; below them what else the field was written from."""
    sheet.say(field["field"], indent=2, style="bold")
    stated: set[str] = set()
    for row in sentences:
        sheet.say(_short(row["sentence"]), indent=4)
        stated |= set(row["refs"])
        sheet.mute(", ".join(row["refs"]) if row["refs"] else SAID[row["kind"]], indent=6)
        for finding in row["findings"]:
            sheet.say(remark(finding), indent=6, style="yellow")
    moved = [read["ref"] for read in field["reads"] if not read["current"]]
    others = [_ref(read["ref"], names) for read in field["reads"] if read["ref"] not in stated and read["current"]]
    if others:
        sheet.mute(f"also read: {listed(dict.fromkeys(others), 6)}", indent=4)
    if moved:
        sheet.say(f"changed since it was written: {listed(dict.fromkeys(moved))}", indent=4, style="yellow")


def _ref(ref: str, names: Names) -> str:
    return names.node(ref)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= CUT else f"{flat[:CUT].rsplit(' ', 1)[0]} …"


def diff_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print what changed in a text, word by word."""
    sheet.head(names.asset(report["id"]), f"{report['from']} → {report['to']}" if report["from"] else "")
    if not report["fields"]:
        sheet.say("Nothing changed: this is its first text." if not report["from"] else "The words are the same.")
        return
    for field in report["fields"]:
        sheet.say(field["name"], indent=2)
        sheet.was_now(field["old"], field["new"])
