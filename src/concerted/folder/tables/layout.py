"""A table file as a page: where each cell stands, and how its sheets are laid out, for whoever writes into them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from concerted.folder.page import Page
from concerted.folder.tables.grid import Corner, Grid
from concerted.folder.tables.headings import Column, Keys, Table, heading_for


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell that is a place in the strategy. `sheet` is empty in a CSV file."""

    sheet: str
    row: int
    column: int
    heading: str = ""

    @property
    def label(self) -> str:
        """Say where it is, as after a file's name: `Claims:row 7, column until`."""
        said = ", ".join(part for part in (f"row {self.row}" if self.row else "", f"column {self.heading}" if self.heading else "") if part)
        return ":".join(part for part in (self.sheet, said) if part)


@dataclass(frozen=True, eq=False)
class TablePage(Page):
    """A table file. Its offsets number its marks; it has no text of its own."""

    marks: tuple[Mark, ...] = ()
    layouts: tuple[Layout, ...] = ()

    def place(self, offset: int) -> tuple[int, int]:
        """Give row and column of a mark."""
        return self.marks[offset].row, self.marks[offset].column

    def cell(self, _offset: int) -> str:
        """Name a mark as people look for it."""
        return self.marks[_offset].label

    def layout_of(self, keys: Keys) -> Layout | None:
        """Find the sheet that holds a line, or in which it would have its row."""
        holding = [layout for layout in self.layouts if layout.holds(keys)]
        return next((layout for layout in holding if layout.row_of(keys)), next(iter(holding), None))


@dataclass(frozen=True, eq=False)
class Layout:
    """One sheet as a table: what its columns mean and which row each entry has."""

    table: Table
    grid: Grid
    columns: Mapping[int, Column]
    headings: Mapping[int, str]
    rows: Mapping[Keys, int]
    """Keys of an entry -> its row; for wordings with a column for their length, keys of the wording."""

    def holds(self, keys: Keys) -> bool:
        """Whether a line belongs into this sheet, if it had the row and the column."""
        if keys[: len(self.table.path)] != self.table.path or len(keys) <= len(self.table.path):
            return False
        return not self.table.worded or self.has("language") or keys[1] == self.table.language

    def has(self, says: str) -> bool:
        """Whether there is a column of a kind."""
        return any(column.says == says for column in self.columns.values())

    @property
    def by_length(self) -> bool:
        """Whether each length of a wording has a row of its own."""
        return self.has("length")

    def entry(self, keys: Keys) -> Keys:
        """Cut the keys of a line down to those of its row."""
        depth = len(self.table.path) + 1
        return keys[: depth + (2 if self.by_length else 1 if self.table.worded else 0)]

    def row_of(self, keys: Keys) -> int:
        """Find the row of a line; 0 where it has none."""
        return self.rows.get(self.entry(keys), 0)

    def field(self, keys: Keys) -> Keys:
        """Give what is below the entry."""
        return ("text",) if self.by_length else keys[len(self.entry(keys)) :]

    def column_of(self, keys: Keys) -> int:
        """Find the column of a line; 0 where there is none."""
        wanted = Column("field", self.field(keys))
        return next((number for number, column in self.columns.items() if column == wanted), 0)

    def heading_of(self, keys: Keys) -> str:
        """Give the heading of a line's column, or the one it would have."""
        return self.headings.get(self.column_of(keys)) or heading_for(self.table, self.field(keys))

    def identity(self, keys: Keys) -> dict[int, str]:
        """Give the cells of a new row that say what it is."""
        entry = self.entry(keys)
        said = {"short name": entry[-1]}
        if self.table.worded:
            length = "" if keys[3:] == ("text",) and self._leaves_whole_open() else keys[3]
            said = {"language": keys[1], "ref": keys[2], "length": length}
        return {number: said[column.says] for number, column in self.columns.items() if column.says in said}

    def _leaves_whole_open(self) -> bool:
        """Whether the rows of whole texts say nothing of their length."""
        column = next((number for number, column in self.columns.items() if column.says == "length"), 0)
        whole = [row for entry, row in self.rows.items() if entry[-1] == "text"]
        return bool(whole) and not any(column in self.grid.rows[row] for row in whole)

    def filled(self, row: int) -> set[Corner]:
        """List the cells of a row that hold a field."""
        return {(row, number) for number in self.grid.rows.get(row, {}) if number in self.columns and self.columns[number].says == "field"}
