"""The plan: edits, what each does to which texts and why, whom it asks, and what it costs. As short as `terraform plan`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import prod
from typing import Any

from concerted.cli.pages.edits import edit_list, meant
from concerted.cli.sheet import Sheet
from concerted.cli.text import NONE, Names, count, listed
from concerted.planning.effort import span

Report = dict[str, Any]
DONE: Mapping[str, str] = {
    "draft": "to be written",
    "revise": "redrafted",
    "reuse": "back to an earlier text",
    "recheck": "rechecked with the same words",
    "propose": "proposed to people",
    "hold": "held until a question is answered",
    "block": "blocked",
    "retire": "retired",
}
"""Action -> what a marketer sees, in the order in which a plan is read."""
_ANEW = ("draft", "revise", "propose", "hold")


def plan_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print a plan."""
    _edits(sheet, report, names)
    for finding in report["findings"]:
        sheet.say(f"! {finding['message']} {finding['remedy']}".rstrip(), indent=2, style="yellow")
    first = report["base"] == 0
    for action, said in DONE.items():
        rows = [row for row in report["assets"] if row["action"] == action]
        if rows:
            sheet.head(f"{said[0].upper()}{said[1:]}: {len(rows)}")
            _first_rows(sheet, rows, names) if first and action == "draft" else _rows(sheet, rows, names, report)
    _wordings(sheet, report)
    _slots(sheet, report, names)
    _left_out(sheet, report, names)
    _moves(sheet, report, names)
    sheet.gap()
    sheet.say(summary(report), style="bold")
    sheet.say(price(report))
    _people(sheet, report, names)


def _people(sheet: Sheet, report: Report, names: Names) -> None:
    """Say what comes after the first answers, what is too late, and whether there is time to read."""
    later = sum(row.get("later", 0) for row in report["people"])
    if later:
        sheet.say(f"{count(later, 'of these decisions comes', 'of these decisions come')} only after others have answered.")
    if report.get("asked_says"):
        sheet.say(report["asked_says"])
    behind = report.get("behind_if_left", ())
    if behind:
        stay = count(len(behind), "asset stays", "assets stay")
        sheet.say(f"If {report['left_says']} unanswered, {stay} on the old line and out of the release.")
    too_late(sheet, report, names)
    review = report.get("review", {})
    if review.get("covering"):
        hours, few = review["minutes"] / 60, len(review["covering"])
        left = f"{review['working_hours_left']} working hours are left"
        sheet.say(f"{count(review['assets'], 'asset')} are about {hours:.1f} h of reading and {left}: {few} of them cover every message.")
    if report["people"] and report.get("minutes_explained"):
        sheet.mute(report["minutes_explained"])


def too_late(sheet: Sheet, report: Report, names: Names) -> None:
    """Name what has left the house and what can be done about it."""
    for row in report["too_late"]:
        undo = row["undo"] or "nobody has said how to set it right"
        sheet.say(f"! Too late for {names.inside(row['id'])}: with {row['to']} since {row['when']}; {undo}.", style="yellow")


def _edits(sheet: Sheet, report: Report, names: Names) -> None:
    edits = report["edits"]
    if report["base"] == 0:
        sheet.head("Plan of the first run", f"{count(len(edits), 'line')} of the campaign file become strategy 1; nothing is written yet")
        return
    if not edits:
        sheet.head("Plan", f"on top of strategy {report['base']}, which stays as it is; nothing is written yet")
        return
    read = meant(edits)
    parts = [count(number, said) for number, said in ((len(read.names), "rename"), (len(read.besides), "edit")) if number]
    sheet.head("Plan", f"{' and '.join(parts)} on top of strategy {report['base']}; nothing is written yet")
    if report.get("joins"):
        sheet.say(f"This joins {report['joins']['id']}, which is open: {report['joins']['title']}. --new opens a Change of its own.", style="yellow")
    for row in report.get("left_out", ()):
        taken = count(row["lines"], "line that is taken out here stands", "lines that are taken out here stand")
        sheet.say(f"! {row['file']} lies in the folder and is not included any more: {taken} in it.", indent=2, style="yellow")
        sheet.say(f"To keep them, write {row['remedy']}", indent=4, style="yellow")
    edit_list(sheet, edits, names.node, any(row["action"] in _ANEW for row in report["assets"]))


def _slots(sheet: Sheet, report: Report, names: Names) -> None:
    """List the pieces that no worker makes and whose files are not there yet."""
    empty = [row for row in report.get("slots", ()) if row["file"] is None]
    if empty:
        sheet.head(f"Made outside, and not there yet: {len(empty)}", "handed in with concerted slot ID FILE")
        sheet.rows(
            [(names.asset(row["id"]), row["who"] or "nobody named", f"needed by {row['needed_by']}" if row["needed_by"] else "") for row in empty]
        )


def _left_out(sheet: Sheet, report: Report, names: Names) -> None:
    """Name what the next release goes without, and the texts that show it."""
    if report.get("excluded"):
        sheet.head(f"Left out of the next release: {len(report['excluded'])}", "the release after it asks again")
        sheet.say(listed((names.inside(asset) for asset in report["excluded"]), 6), indent=2)
        for row in report["without"]:
            files = listed(names.inside(file) for file in row["files"])
            sheet.say(f"{names.asset(row['id'])} goes out without {files}.", indent=2, style="yellow")


def _first_rows(sheet: Sheet, rows: Iterable[Report], names: Names) -> None:
    kinds: dict[str, list[str]] = {}
    for row in rows:
        kinds.setdefault(names.kind(row["id"]), []).append(row["id"])
    sheet.rows([(kind, str(len(found)), spread(found, names)) for kind, found in kinds.items()])


def spread(ids: list[str], names: Names) -> str:
    """Say what pieces of one kind there are: “announce, reminder; plant, energy; us, de” where each is made with each, else one after the other."""
    parts = [[*asset.split("."), *[NONE] * 5][:5] for asset in ids]
    told = [list(dict.fromkeys(row[at] for row in parts)) for at in (4, 1, 2, 3)]
    if prod(map(len, told)) != len(ids):
        return "; ".join(filter(None, map(names.dimensions, ids)))
    variants, channels, audiences, markets = told
    several = channels if len(channels) > 1 else [NONE]
    return "; ".join(", ".join(one) for one in (variants, several, audiences, markets) if one != [NONE])


def _rows(sheet: Sheet, rows: Iterable[Report], names: Names, report: Report) -> None:
    changed = {edit["ref"] for edit in report["edits"]}
    for row in rows:
        fields = [field["name"] for field in row["fields"]]
        sheet.say(names.asset(row["id"]), indent=2)
        if row["blocked"]:
            sheet.mute(row["blocked"], indent=4)
        for path in shortest(row["why"], changed):
            sheet.mute(names.chain(path, row["id"], fields), indent=4)


def shortest(paths: list[list[str]], changed: set[str]) -> list[list[str]]:
    """Keep one chain for each line that was changed, the shortest; all where the plan edits nothing."""
    best: dict[str, list[str]] = {}
    for path in paths:
        root = path[0].partition("@")[0] if path[0] not in changed else path[0]
        if root not in best or len(path) < len(best[root]):
            best[root] = path
    return list(best.values())


def _wordings(sheet: Sheet, report: Report) -> None:
    if report["older_wordings"]:
        sheet.head(f"Wordings that are older than their sentence: {len(report['older_wordings'])}")
        for ref in report["older_wordings"]:
            sheet.say(ref, indent=2)


def _moves(sheet: Sheet, report: Report, names: Names) -> None:
    if report["renames"]:
        sheet.head(f"The same under another name: {len(report['renames'])}")
    for old, new in report["renames"].items():
        sheet.say(f"{names.asset(old)} goes on as {names.inside(new)}", indent=2)
    for row in report["retired"]:
        if row["people_texts"]:
            sheet.say(f"{names.asset(row['id'])} is retired with words that people wrote ({listed(row['people_texts'])}); they are kept.", indent=2)


def summary(report: Report) -> str:
    """Count a plan in one sentence: 3 redrafted, 5 proposed to people, 2 decisions for Priya Raman (~12 min), 8 untouched."""
    actions = [row["action"] for row in report["assets"]]
    parts = [f"{actions.count(action)} {said}" for action, said in DONE.items() if action in actions]
    for person in report["people"]:
        due = f", needed by {person['by']}" if person["by"] else ""
        minutes = span(person["minutes"], person["if_worded_anew"]["minutes"])
        parts.append(f"{decisions(person)} for {person['who']} (~{minutes} min{due})")
    untouched = actions.count("none")
    if untouched or not parts:
        parts.append(f"{untouched} untouched")
    return ", ".join(parts)


def decisions(person: Report) -> str:
    """Count one person's decisions: 1 decision, or 2 to 3 decisions where that depends on how wordings are answered."""
    said = span(person["decisions"], person["if_worded_anew"]["decisions"])
    return f"{said} decision{'' if said == '1' else 's'}"


def price(report: Report) -> str:
    """Say what it costs and how far it may go."""
    cost, totals = report["cost"], report["totals"]
    calls = f"{count(cost['calls'], 'model call')}, about {cost['tokens']:,} tokens" if cost["calls"] else "0 model calls"
    paid = f"{cost['money']} USD to pay" if cost["money"] not in ("0", "0.0") else "nothing to pay"
    reach = f"{totals['definite']} texts for certain, {totals['worst']} at most" if totals["worst"] != totals["definite"] else ""
    time = f"about {report['seconds']} s" if report["seconds"] else ""
    return "; ".join(part for part in (f"{calls}, {paid}", reach, time) if part) + "."
