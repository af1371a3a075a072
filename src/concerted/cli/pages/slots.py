"""Files that people and agencies made: what was handed in, and what is still to say about it."""

from __future__ import annotations

from typing import Any

from concerted.cli.pages.draft import remark
from concerted.cli.pages.files import file_line, rights_line
from concerted.cli.pages.run import run_page
from concerted.cli.sheet import Sheet
from concerted.cli.text import Names, listed

Report = dict[str, Any]


def handed_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print what became of a file."""
    asset, file = report["done"][0], report["file"]
    where = "" if report["landed"] else f" on {report['change']}"
    sheet.head(f"{file['name']} is in: {names.inside(asset)}{where}", file_line(file))
    if file["rights"] or file["expires"]:
        sheet.say(rights_line(file), indent=2)
    if file["shows"]:
        sheet.say(f"Shows {listed(file['shows'])}: when one of these changes, somebody is asked.", indent=2)
    for finding in report["findings"]:
        sheet.say(remark(finding), indent=2, style="yellow")
    if report["unsaid"]:
        sheet.mute(f"Not said: {listed(report['unsaid'])}.", indent=2)
    if {*report["drafted"], *report["proposed"], *report["held"]} - {asset} or not report["landed"]:
        run_page(sheet, report, names)
    else:
        sheet.command(f"concerted approve {asset}")
