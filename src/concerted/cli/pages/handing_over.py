"""Releases, exported files, and whether they are still what they were."""

from __future__ import annotations

import shlex
from collections import Counter
from typing import Any

from concerted.cli.sheet import Sheet
from concerted.cli.text import Names, count, listed

Report = dict[str, Any]


def release_page(sheet: Sheet, report: Report, names: Names) -> None:
    """Print what was released."""
    sheet.head(
        f"{report['release']}: {count(len(report['assets']), 'text')} released", f"{listed(report['groups'])}, all from strategy {report['strategy']}"
    )
    sheet.rows([(names.asset(row["id"]), row["draft"], row["sha256"][:12]) for row in report["assets"]], header=("text", "draft", "words, sha256"))
    if report["excluded"]:
        sheet.say(f"Left out: {listed(names.inside(asset) for asset in report['excluded'])}. The next release asks for it again.")
    goes_without(sheet, report, names)
    for waived in report["waived"]:
        sheet.say(f"Set aside: {waived}", style="yellow")
    sheet.command("concerted export --all", 0, "Next: ")


def goes_without(sheet: Sheet, report: Report, names: Names) -> None:
    """Name the texts that go out without a picture or another file that they show."""
    for row in report["without"]:
        files = listed(names.inside(file) for file in row["files"])
        said = f"{names.asset(row['id'])} goes out without {files}. Read whether its words still stand alone."
        sheet.say(said, indent=2, style="yellow")
        for sentence in row.get("sentences", ()):
            sheet.say(f"{sentence['field']}: “{sentence['text']}”", indent=4)


def exclude_asked(sheet: Sheet, report: Report, names: Names) -> None:
    """Show before anything is left out which sentences may refer to it."""
    goes_without(sheet, report, names)


def export_page(sheet: Sheet, report: Report, _names: Names) -> None:
    """Print which files were written."""
    formats = Counter(row["format"] for row in report["files"])
    said = listed(f"{number} {name}" for name, number in formats.items() if name not in ("manifest", "original"))
    sheet.head(f"{report['release']} written to {report['out']}", f"{said}, and its manifest")
    size = sum(row.get("size", 0) for row in report["files"])
    if formats["original"]:
        sheet.say(f"With {count(formats['original'], 'file')} that people handed in, {size / 1_000_000:.1f} MB, under files.", indent=2)
    sheet.command(f"concerted verify {shlex.quote(str(report['out']))}", 0, "Next: ")


def verify_page(sheet: Sheet, report: Report, _names: Names) -> None:
    """Print whether a bundle can be trusted."""
    states = Counter(row["state"] for row in report["files"])
    current = {True: "current", False: "no longer what the campaign says", None: "not compared: no campaign here"}[report["current"]]
    sheet.head(f"{report['release']}: {listed(f'{number} {state}' for state, number in states.items())}", current)
    for row in report["files"]:
        if row["state"] != "untouched":
            sheet.say(f"{row['state']}: {row['path']}", indent=2, style="red")
    if report["current"] is False:
        sheet.command("concerted status", 0, "Next: ")
