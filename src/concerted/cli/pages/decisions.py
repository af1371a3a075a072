"""Open decisions: what is asked, of whom, was and now beside each other, and the exact command that answers."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from concerted.cli.sheet import Sheet
from concerted.cli.text import Names, count, listed

Report = dict[str, Any]
SHOWN = 30
"""Texts of one decision that are shown in full; the command answers all of them."""
MEANING: Mapping[str, Mapping[str, str]] = {
    "owned text": {"take": "take the proposed words", "keep": "keep yours", "leave": "leave this text out of the landing"},
    "approved text": {"take": "take the new words", "keep": "keep the approved words", "leave": "leave this text out of the landing"},
    "wording": {"keep": "still true", "leave": "leave it: its texts wait"},
    "finding": {"leave": "leave this text out of the landing", "keep": "keep the words"},
    "file": {"take": "use the earlier file again", "keep": "the file is still right", "leave": "leave it out of the landing"},
    "edit": {"take": "the campaign's line", "keep": "this Change's line", "leave": "leave it open"},
}


def decisions_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print the open decisions, and what answering them did."""
    if report.get("answered"):
        _answered(sheet, report)
    decisions = report["decisions"]
    if not decisions:
        sheet.say("Nothing is asked of anybody.", style="bold")
        sheet.command("concerted status")
        return
    people = listed(f"{who} ({number})" for who, number in _people(decisions).items())
    sheet.head(f"{count(len(decisions), 'decision')} open", f"for {people}")
    questions(sheet, decisions, names)


def walked_page(sheet: Sheet, report: Report, _names: Names) -> None:
    """Say what is left after somebody was asked one question after the other."""
    if report.get("answered"):
        _answered(sheet, report)
    people = listed(f"{who} ({number})" for who, number in _people(report["decisions"]).items())
    sheet.say(f"{count(len(report['decisions']), 'decision')} open, for {people}." if people else "Nothing is asked of anybody any more.")
    sheet.command("concerted decide" if people else "concerted status")


def _answered(sheet: Sheet, report: Report) -> None:
    landed = report.get("landed") and report.get("change")
    written = f"; {count(len(report['drafted']), 'text')} written" if report.get("drafted") else ""
    sheet.say(f"{count(report['answered'], 'answer')} taken{written}. " + (f"{report['change']} has landed." if landed else ""), style="bold")
    if written_back := report.get("written_back"):
        places = [f"{ref} ({report['cells'][ref]})" if ref in report["cells"] else ref for ref in written_back]
        sheet.say(f"Written into {'your files' if report['cells'] else 'the campaign file'}: {listed(places)}.")


def _people(decisions: list[Report]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in decisions:
        found[row["who"] or "nobody named"] = found.get(row["who"] or "nobody named", 0) + 1
    return found


def questions(sheet: Sheet, decisions: list[Report], names: Names) -> None:
    """Print decisions with the commands that answer them."""
    for row in decisions:
        question(sheet, row, names)
        answers(sheet, row)


def question(sheet: Sheet, row: Report, names: Names) -> None:
    """Print one decision: the question, its cause, and its texts."""
    where = "left open on the campaign" if row["change"] == "main" else row["change"]
    sheet.head(f"{row['who'] or 'Whoever knows'}: {row['question']}")
    cause = listed(names.node(ref) for ref in filter(None, row["ref"].split(", ")))
    sheet.mute(f"{row['key']}, {where}" + (f", because of {cause}" if cause else ""), indent=2)
    if row.get("asked_since"):
        _since(sheet, row)
    if row["kind"] == "wording":
        _wordings(sheet, row["items"])
    elif row["kind"] == "file":
        _files(sheet, row["items"], names)
    else:
        _texts(sheet, row["items"][:SHOWN], names)
    if len(row["items"]) > SHOWN and row["kind"] != "wording":
        sheet.command("concerted decide --json", 2, f"and {len(row['items']) - SHOWN} more: ")


def _since(sheet: Sheet, row: Report) -> None:
    """Say since when it is asked, whether the answer is late, and who may answer instead from when on."""
    until = f", answer agreed by {row['answer_by']}" if row["answer_by"] else ""
    instead = [f"{one['who']} may answer, too" if one["counts"] else f"from then on {one['who']} may answer, too" for one in row["deputies"]]
    told = "; ".join([f"asked {row['asked_since']}{until}", *(["late"] if row["late"] else []), *instead])
    sheet.say(told, indent=2, style="yellow") if row["late"] else sheet.mute(told, indent=2)


def _wordings(sheet: Sheet, items: list[Report]) -> None:
    """Print wordings below the sentence that they were made from."""
    sources: dict[str, list[Report]] = {}
    for item in items:
        sources.setdefault(item["after"], []).append(item)
    for source, rows in sources.items():
        ref = rows[0]["ref"].partition("@")[0]
        sheet.say(f"{ref} now reads: {source}", indent=2)
        for row in rows:
            sheet.say(row["ref"], indent=4)
            sheet.say(row["before"], indent=6)


def _files(sheet: Sheet, items: list[Report], names: Names) -> None:
    """Print pieces made outside: what they say, and what became of it."""
    for item in items:
        title = names.asset(item["asset"])
        sheet.say(f"{title}: “{item['before']}”", indent=2)
        sheet.say(item["note"], indent=4, style="yellow")


def _texts(sheet: Sheet, items: list[Report], names: Names) -> None:
    for item in items:
        title = names.place(item["asset"], item["field"]) if item["asset"] else item["ref"]
        sheet.say(f"{title[:1].upper()}{title[1:]}" if item["asset"] else title, indent=2)
        sheet.was_now(item["before"] or None, item["after"] or None)
        if item["note"]:
            sheet.mute(item["note"], indent=4)


def answers(sheet: Sheet, row: Report) -> None:
    """Print the commands that answer one decision."""
    who = f" --by {shlex.quote(row['who'])}" if row["who"] else ""
    many = len(row["items"]) > 1
    meaning = MEANING.get(row["kind"], {})
    for option in row["options"]:
        if option in ("take", "keep", "leave"):
            said = f"  # {meaning[option]}{', all of them' if many else ''}" if option in meaning else ""
            sheet.command(f"concerted decide {row['key']}={option}{who}{said}", 4)
    for item in row["items"] if row["kind"] == "file" else ():
        sheet.command(f"concerted slot {item['asset']} FILE --words '...'  # a new file", 4)
    item = row["items"][0]
    place = f"{item['asset']}#{item['field']}" if item["asset"] else item["ref"]
    for option, shown in (("text", "your words"), ("redraft", "what should be different")):
        if option in row["options"]:
            sheet.command(f"concerted decide '{row['key']}/{place}={option}:{shown}'{who}", 4)
