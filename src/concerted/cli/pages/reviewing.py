"""Reading copies that went out and what came back on them."""

from __future__ import annotations

from typing import Any

from concerted.cli.pages.plan import plan_page, too_late
from concerted.cli.pages.run import run_page
from concerted.cli.sheet import Sheet
from concerted.cli.text import Names, count, listed
from concerted.review.reading_copy import ABOUT, CLEARED, SHORT

Report = dict[str, Any]
MANY = 12
SOME = 12
"""Of sentences that state nothing so many are printed."""


def out_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print what a copy holds and how its answers come back."""
    fields = sum(len(row["fields"]) for row in report["assets"])
    who = f"{report['reader']}{', ' + report['who'] if report['who'] not in ('', report['reader']) else ''}"
    sheet.head(f"{report['copy']}: {count(len(report['assets']), 'text')}, {count(fields, 'field')} for {who}", "draft, not released")
    sheet.say(f"{listed((names.inside(row['id']) for row in report['assets']), 6)}", indent=2)
    left = [f"{number} {why}" for why, number in report["left_out"].items() if number]
    if left:
        sheet.mute(f"Left out: {listed(left)}.", indent=2)
    for row in report["files"]:
        sheet.say(f"{row['path']}", indent=2)
    sheet.command('concerted review in FILE --by "Their Name"', 0, "When it comes back: ")


def ask_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Show everything that a copy that came back would do, before it is asked for."""
    _weighed(sheet, report, names, done=False)
    others = [row for row in report["assets"] if row["action"] != "none"]
    if others:
        plan_page(sheet, report, names)
    else:
        too_late(sheet, report, names)


def in_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print what a copy that came back has done, and what is left over."""
    _weighed(sheet, report, names, done=True)
    if report["edited"] and (report["drafted"] or not report["landed"]):
        run_page(sheet, report, names)


def _weighed(sheet: Sheet, report: Report, names: Names, *, done: bool) -> None:
    edits, remarks, signs, clears = (report[key] for key in ("edited", "remarks", "approve", "clear"))
    parts = [
        count(len(edits), "edit"), count(len(remarks), "remark"), f"{count(len(signs), 'text')} approved",
        *([f"{count(len(clears), 'sentence')} cleared"] if clears else []), f"{len(report['unchanged'])} unchanged",
    ]  # fmt: skip
    sheet.head(f"{report['copy']}, back from {report['by']}: {listed(parts)}", "taken in" if done and report["done"] else "nothing written yet")
    for row in edits:
        who = f" ({listed(row['by'])})" if row["by"] else ""
        sheet.say(f"{_place(row['place'], names)}{who}{', merged with what was changed since' if row['moved'] else ''}", indent=2)
        sheet.was_now(row["was"], row["now"])
    for row in remarks:
        passage = f", “{row['on']}”" if row["on"] else ""
        sheet.say(f"{row['by']} on {_place(row['place'], names)}{passage}: {row['text']}", indent=2)
    for row in report["closed"]:
        sheet.say(f"Over, {_place(row['place'], names)}: {row['by']}: {row['text']} ({row['why']})", indent=2)
    if signs:
        sheet.say(f"Approved: {listed((names.inside(asset) for asset in signs), 8)}.", indent=2)
    for text in clears[:MANY]:
        sheet.say(f"Cleared: {text}", indent=2)
    if len(clears) > MANY:
        sheet.mute(f"and {len(clears) - MANY} more", indent=2)
    for row in report["refused"]:
        sheet.say(f"Not taken, {_place(row['id'], names)}: {row['why']}", indent=2, style="yellow")
        sheet.command(row["next"], 4)
    for row in report["unmapped"]:
        sheet.say(f"Belongs to no text ({row['why']}{', ' + row['by'] if row['by'] else ''}): “{row['text']}”", indent=2, style="yellow")


def _place(place: str, names: Names) -> str:
    asset, _, name = place.partition("#")
    return names.place(asset, name) if asset.count(".") >= 4 else place


def list_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print the distinct sentences, those with numbers first."""
    totals = report["totals"]
    said = listed(f"{number} {kind}" for kind, number in totals.items())
    sheet.head(f"{report['assets']} assets, {sum(totals.values())} distinct sentences for {report['reader']}", said)
    for title, rows in _sections(report["sentences"]).items():
        sheet.head(f"{title}: {len(rows)}")
        if title in SHORT:
            _short(sheet, rows)
            continue
        for row in rows:
            sheet.say(f"{row['key']}  {row['sentence']}", indent=2, style="bold" if row["new"] else "")
            where = names.inside(row["assets"][0]) if len(row["assets"]) == 1 else f"{len(row['assets'])} assets"
            proof = listed([*row["refs"][:3], *row["evidence"][:2]])
            told = [f"in {where}", *([proof] if proof else []), *([f"cleared by {listed(row['cleared_by'])}"] if row["cleared_by"] else [])]
            sheet.mute("; ".join(told), indent=12)
            for said in row["remarks"]:
                sheet.say(said, indent=12)
            for said in row["unsupported"]:
                sheet.say(f"! {said}", indent=12, style="yellow")
    _offer(sheet, report, names)
    for row in report["files"]:
        sheet.say(row["path"], indent=2)
    sheet.command("concerted clear KEY... --by NAME", 0, "Next: ")


def _sections(rows: list[Report]) -> dict[str, list[Report]]:
    """Put sentences below the headings of the copies, what nobody can prove first and what is cleared last."""
    found: dict[str, list[Report]] = {title: [] for title in (*ABOUT.values(), CLEARED)}
    for row in rows:
        found[CLEARED if row["state"] == "cleared" else ABOUT[row["about"]]].append(row)
    return {title: listed for title, listed in found.items() if listed}


def _short(sheet: Sheet, rows: list[Report]) -> None:
    """Print sentences that state nothing, or are cleared, on a line each: what stands in several assets, and what somebody remarked on."""
    said = [row for row in rows if row["new"] or row["remarks"]]
    for row in [*said, *(row for row in rows if row not in said)][: max(SOME, len(said))]:
        sheet.say(f"{row['key']}  {row['sentence']}", indent=2, style="bold" if row["new"] else "")
        for remark in row["remarks"]:
            sheet.say(remark, indent=12)
    if len(rows) > max(SOME, len(said)):
        sheet.mute(f"and {len(rows) - max(SOME, len(said))} more; --html FILE or --docx FILE writes all of them", indent=2)


def clear_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print what was cleared and what needs no reading any more."""
    sheet.head(f"{count(len(report['done']), 'sentence')} cleared", f"for {listed(report['roles'])}")
    for text in report["done"]:
        sheet.say(text, indent=2)
    _offer(sheet, report, names)


def _offer(sheet: Sheet, report: Report, names: Names) -> None:
    ready = report["need_no_reading"]
    if ready:
        sheet.say(f"Every sentence is cleared in {count(len(ready), 'text')}: {listed((names.inside(asset) for asset in ready), 6)}.")
        sheet.command("concerted approve --cleared", 2)
