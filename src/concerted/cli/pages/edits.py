"""Edits of the strategy as a person means them: what only got another name in one line, all else with was and now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from concerted.cli.sheet import Sheet
from concerted.planning.rename import Told, told

Report = dict[str, Any]


def meant(rows: Iterable[Report]) -> Told:
    """Read edit rows: renames, and what is edited besides."""
    return told((row["ref"], row["old"], row["new"]) for row in rows)


def edit_list(sheet: Sheet, rows: list[Report], called: Callable[[str], str] = str, redrafted: bool | None = None) -> None:
    """Print edits. `redrafted`: whether any text is written anew; None where nothing is said about it."""
    read = meant(rows)
    cells: Mapping[str, str] = {row["ref"]: row.get("cell") or "" for row in rows}
    for old, new in read.names.items():
        sheet.say(f"{old} is renamed to {new.partition('.')[2]}. Its texts, people's edits and approvals move along.", indent=2)
    if read.names and redrafted is not None:
        others = "What is redrafted below comes from the other edits." if read.besides else "What is redrafted below reads the names themselves."
        sheet.say(others if redrafted else "Nothing is redrafted for it.", indent=2)
    for ref, old, new in read.besides:
        cell = f"  in {cells[ref]}" if cells.get(ref) else ""
        sheet.say(f"{called(ref)}{cell}", indent=2)
        sheet.was_now(spelled(old), spelled(new))


def spelled(value: object) -> str | None:
    """Write a strategy value as text; None where there is none."""
    if value is None:
        return None
    return ", ".join(str(item) for item in value) if isinstance(value, list | tuple) else str(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]  # items are scalars
