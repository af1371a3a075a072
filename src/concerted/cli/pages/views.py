"""Computed views at the terminal: the columns that fit, and what is wrong in them. All columns are in the files and in the JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concerted.cli.sheet import Sheet
from concerted.cli.text import Names, count

Report = dict[str, Any]
SHOWN: Mapping[str, tuple[str, ...]] = {
    "calendar": ("publish_at", "asset_id", "status", "approve_by", "late"),
    "media": ("line", "placement", "buy", "from", "until", "units", "rate", "cost"),
    "utm": ("asset_id", "link", "utm_campaign", "utm_source", "utm_medium"),
    "measurement": ("objective", "measure", "baseline", "target", "by", "source", "guardrail", "decision_rule"),
    "run-of-show": ("market", "what", "person", "deputy"),
}
"""The columns of each view that a terminal has room for."""


def view_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print a view, its findings, and where it was written."""
    sheet.head(report["title"], count(len(report["rows"]), "row"))
    sheet.mute(report["note"])
    sheet.gap()
    columns = SHOWN.get(report["view"], tuple(report["columns"]))
    times = [name for name in report["columns"] if name.startswith("time_") and name != "time_zone"]
    if report["view"] == "measurement":
        _records(sheet, report, columns)
    else:
        shown = (*times, *columns)
        header = [name.replace("_", " ") for name in shown]
        sheet.rows([tuple(_cell(row, name, names) for name in shown) for row in report["rows"]], header=header)
    if report["findings"]:
        sheet.head("To look at", count(len(report["findings"]), "remark"))
        for row in report["findings"]:
            place = f"{names.asset(row['asset'])}: " if row["asset"] else ""
            style = "yellow" if row["severity"] != "advice" else ""
            sheet.say(f"{place}{row['message']}. {row['remedy'][:1].upper()}{row['remedy'][1:]}.", indent=2, style=style)
    for file in report["files"]:
        sheet.say(f"Written to {file}.")
    if not report["files"]:
        sheet.command(f"concerted view {report['view']} --xlsx {report['view']}.xlsx", 0, "All columns: ")


def _cell(row: Report, name: str, names: Names) -> str:
    """Say a cell shortly: an asset by its title, a moment without its seconds and offset, nothing where that is all that is left."""
    said = str(row[name])
    if name == "asset_id":
        return names.asset(said)
    if name == "publish_at":
        return said[:16].replace("T", " ")
    return said


def _records(sheet: Sheet, report: Report, columns: tuple[str, ...]) -> None:
    """Print wide rows one below the other."""
    for row in report["rows"]:
        sheet.say(str(row[columns[0]]))
        sheet.rows([(name.replace("_", " "), str(row[name])) for name in columns[1:]], indent=4)
