"""What a person's verb did, item by item, and what it brought about."""

from __future__ import annotations

from typing import Any

from concerted.cli.pages.draft import remark
from concerted.cli.pages.handing_over import goes_without
from concerted.cli.pages.plan import too_late
from concerted.cli.pages.run import run_page
from concerted.cli.sheet import Sheet
from concerted.cli.text import Names, count, listed, together

Report = dict[str, Any]


def approve_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print what was signed and what was not."""
    done, refused = report["done"], report["refused"]
    sheet.head(f"{count(len(done), 'text')} approved" + (f", {len(refused)} not" if refused else ""))
    groups: dict[tuple[str, str], list[Report]] = {}
    for row in refused:
        groups.setdefault((row["why"], row["next"].replace(row["id"], "ID")), []).append(row)
    for (why, _next), rows in groups.items():
        sheet.say(f"{listed((names.inside(row['id']) for row in rows), 6)}: {why}", indent=2, style="yellow")
        ids = [row["id"] for row in rows]
        whole = report["all"] and len(ids) > 1 and rows[0]["next"].startswith(f"concerted approve {ids[0]} ")
        sheet.command(rows[0]["next"].replace(ids[0], "--all", 1) if whole else together(rows[0]["next"], ids), 4)
    _replaced(sheet, report)
    if done and not refused:
        sheet.command("concerted status")


def withdraw_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print whose signature was taken back where, and what was not."""
    done, refused = report["done"], report["refused"]
    sheet.head(f"Your signature is taken back from {count(len(done), 'text')}" if done else "No signature was taken back", report["because"])
    if done:
        sheet.say(f"{listed((names.inside(asset) for asset in done), 6)}: not to be released before somebody signs again.", indent=2)
    for row in refused:
        sheet.say(f"{names.inside(row['id'])}: {row['why']}", indent=2, style="yellow")
        sheet.command(row["next"], 4)


def _replaced(sheet: Sheet, report: Report) -> None:
    if report.get("replaced_by"):
        sheet.say(f"{listed(report['replaced_by'])} is open and replaces words of this.", style="yellow")
        sheet.command("concerted decide", 2)


def edit_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print what an edit did."""
    asset, _, name = report["done"][0].partition("#")
    sheet.head(
        f"Your words stand in {names.place(asset, name)}"
        if report["landed"]
        else f"Your words for {names.place(asset, name)} are on {report['change']}"
    )
    _replaced(sheet, report)
    too_late(sheet, report, names)
    for finding in report["findings"]:
        if finding["asset"] in ("", asset) and finding["field"] in ("", name):
            sheet.say(remark(finding), indent=2, style="yellow")
    for hint in report.get("promote", ()):
        sheet.say(f"{hint['ref']} says this in {count(len(hint['assets']), 'asset')}. Change the strategy instead?", indent=2, style="yellow")
        sheet.command(hint["command"], 4)
    others = {*report["drafted"], *report["proposed"], *report["held"]} - {asset}
    if others or not report["landed"]:
        run_page(sheet, report, names)


def done_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print what was done to which texts."""
    sheet.head(f"{listed(_place(item, names) for item in report['done'])}: {report['did']}")
    if "without" in report:
        goes_without(sheet, report, names)
        sheet.say("This holds for the next release of its group; then it is asked for again.", indent=2)
    if report["drafted"] or not report["landed"]:
        run_page(sheet, report, names)


def _place(item: str, names: Names) -> str:
    asset, _, name = item.partition("#")
    return names.place(asset, name) if asset.count(".") >= 4 else item
