"""What became of a pause."""

from __future__ import annotations

from typing import Any

from concerted.cli.sheet import Sheet
from concerted.cli.text import Names

Report = dict[str, Any]


def pause_page(sheet: Sheet, report: Report, _names: Names) -> None:
    """Say whether models write."""
    if report["paused"]:
        sheet.say(f"Paused by {report['paused']}: no model writes until somebody resumes.")
        sheet.command("concerted pause --resume")
    else:
        sheet.say("Models may write.")
        sheet.command("concerted run")
