"""Files that people and agencies made, in a few lines each."""

from __future__ import annotations

from typing import Any

from concerted.cli.sheet import Sheet
from concerted.cli.text import listed

Report = dict[str, Any]
UNITS = ("bytes", "kB", "MB", "GB")


def slot_lines(sheet: Sheet, slot: Report, file: Report | None) -> None:
    """Say who makes a piece, by when it is needed, which file it is and whose."""
    maker = slot["who"] or ("a person of the team" if slot["made_by"] == "person" else "somebody outside")
    sheet.say(f"Made by {maker}, needed by {slot['needed_by']}." if slot["needed_by"] else f"Made by {maker}.")
    if slot["shown_in"]:
        sheet.mute(f"Shown in {listed(slot['shown_in'])}.")
    if file is None:
        sheet.say(f"There is no file yet: {slot['waits_for']}.", style="yellow")
        return
    sheet.say(f"{file['name']}: {file_line(file)}")
    sheet.mute(f"{rights_line(file)} Handed in by {file['by']} on {file['at'][:10]}; it lies at {file['path']}.")
    if file["shows"]:
        sheet.mute(f"Shows {listed(file['shows'])}.")


def file_line(file: Report) -> str:
    """Say what a file is: kind, pixels, size, hash."""
    pixels = f"{file['width']} × {file['height']} pixels" if file["width"] else ""
    return ", ".join(part for part in (file["kind"], pixels, size(file["size"]), f"sha256 {file['sha256'][:12]}") if part)


def rights_line(file: Report) -> str:
    """Say whose a file is and until when."""
    until = f"until {file['expires']}" if file["expires"] else "without end"
    return f"Rights: {file['rights'] or 'nobody named'}, {until}."


def size(number: int) -> str:
    """Say how big a file is as people do."""
    value, unit = float(number), 0
    while value >= 1000 and unit < len(UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{number} {UNITS[0]}" if not unit else f"{value:.1f} {UNITS[unit]}"
