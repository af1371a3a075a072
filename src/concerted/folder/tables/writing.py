"""Edits of the strategy as cells of a table file: which cells, in the manner of what stood there, and nothing else of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from concerted.campaign.address import join
from concerted.folder.tables.csv_text import rewritten
from concerted.folder.tables.grid import Corner, named
from concerted.folder.tables.headings import Keys
from concerted.folder.tables.layout import Layout, Mark, TablePage
from concerted.folder.tables.reading import csv_of
from concerted.folder.tables.xlsx_patch import Unpatchable, patched

_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_GERMAN_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")


class Unwritable(Exception):
    """Internal to this room: an edit that a table cannot take; says why, and what to type where."""

    def __init__(self, why: str, next: str) -> None:
        super().__init__(why, next)


@dataclass
class Sheetful:
    """What is to become of one sheet: cells that change (empty: cleared), rows that come, rows that go."""

    layout: Layout
    cells: dict[Corner, str] = field(default_factory=dict[Corner, str])
    added: dict[Keys, dict[int, str]] = field(default_factory=dict[Keys, dict[int, str]])
    gone: set[int] = field(default_factory=set[int])

    def take(self, name: str, keys: Keys, value: Any) -> None:
        """Put one edit into its cell. Raises Unwritable."""
        column, row, said = self.layout.column_of(keys), self.layout.row_of(keys), spelled(value)
        if not column:
            heading = self.layout.heading_of(keys)
            where = f", row {row}" if row else ""
            why = f"{_file(name, self.layout)} has no column for {join(keys)}"
            raise Unwritable(why, f"add a column {heading} to {_file(name, self.layout)} and write into it{where}: {said}")
        if row:
            self.cells[row, column] = self._like(row, column, said)
        elif value is not None:
            self.added.setdefault(self.layout.entry(keys), self.layout.identity(keys))[column] = said

    def _like(self, row: int, column: int, said: str) -> str:
        """Write a day as the cell's program did."""
        old = self.layout.grid.rows.get(row, {}).get(column)
        day = _ISO_DAY.fullmatch(said)
        return f"{day[3]}.{day[2]}.{day[1]}" if old and day and _GERMAN_DAY.fullmatch(old.text) else said

    def settle(self) -> None:
        """Let rows go in which no field is left."""
        for row in {row for row, _ in self.cells}:
            kept = {corner for corner in self.layout.filled(row) if self.cells.get(corner) != ""}
            if not kept and not any(said for corner, said in self.cells.items() if corner[0] == row):
                self.gone.add(row)

    def emptied(self, row: int) -> dict[Corner, str]:
        """Clear all of a row that is read."""
        return {(row, column): "" for column in self.layout.columns if column in self.layout.grid.rows[row]}

    def only_ours(self, row: int) -> bool:
        """Whether a row holds nothing but what is read."""
        return set(self.layout.grid.rows[row]) <= set(self.layout.columns)


def spelled(value: Any) -> str:
    """Write a value as a cell holds it: a list of short names with commas, of sentences one a line."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        items = [str(item) for item in cast(list[Any], value)]
        return (", " if all(re.fullmatch(r"[\w.-]+", item) for item in items) else "\n").join(items)
    return str(value)


def edited(page: TablePage, edits: Mapping[Keys, Any]) -> bytes:
    """Give the bytes of a table file with edits made. Raises Unwritable, naming the cell to change by hand."""
    sheets: dict[str, Sheetful] = {}
    for keys, value in edits.items():
        layout = page.layout_of(keys)
        if layout is None:
            raise Unwritable(f"{page.name} has no sheet for {join(keys)}", f"write it into {page.name}: {spelled(value)}")
        sheets.setdefault(layout.grid.title, Sheetful(layout)).take(page.name, keys, value)
    for sheet in sheets.values():
        sheet.settle()
    if page.name.lower().endswith(".xlsx"):
        return _workbook(page, sheets)
    return _csv(page, next(iter(sheets.values())))


def _csv(page: TablePage, sheet: Sheetful) -> bytes:
    whole = {row for row in sheet.gone if sheet.only_ours(row)}
    cells = dict(sheet.cells)
    for row in sheet.gone - whole:
        cells |= sheet.emptied(row)
    text = rewritten(csv_of(page), cells, list(sheet.added.values()), whole)
    mark = b"\xef\xbb\xbf" if page.data.startswith(b"\xef\xbb\xbf") else b""
    return mark + text.encode()


def _workbook(page: TablePage, sheets: Mapping[str, Sheetful]) -> bytes:
    cells: dict[str, dict[Corner, str]] = {}
    for title, sheet in sheets.items():
        cells[title] = dict(sheet.cells)
        for row in sheet.gone:
            cells[title] |= sheet.emptied(row)
        for number, added in enumerate(sheet.added.values(), sheet.layout.grid.last + 1):
            cells[title] |= {(number, column): said for column, said in added.items() if said}
    try:
        return patched(page.data, {title: (sheets[title].layout.grid, wanted) for title, wanted in cells.items()})
    except Unpatchable as stuck:
        typed = "; ".join(f"{title} {named(corner)}: {said or 'empty'}" for title, wanted in cells.items() for corner, said in wanted.items())
        raise Unwritable(f"{page.name} cannot be written into: {stuck}", f"type it there and run the command again: {typed}") from stuck


def cell_of(page: TablePage, keys: Keys) -> str:
    """Say in which cell a line stands, or would: `Claims:row 7, column until`."""
    layout = page.layout_of(keys)
    if layout is None:
        return ""
    mark = Mark(layout.grid.title, layout.row_of(keys), layout.column_of(keys), layout.heading_of(keys))
    return mark.label if mark.row else ":".join(part for part in (mark.sheet, f"a new row, column {mark.heading}") if part)


def _file(name: str, layout: Layout) -> str:
    return f"the sheet {layout.grid.title} of {name}" if layout.grid.title else name
