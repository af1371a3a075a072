"""A sheet of a table as cells that hold something. Knows neither file formats nor the schema."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["text", "number", "date"]
Corner: TypeAlias = tuple[int, int]
"""Row and column, both counted from 1."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with what a person sees in it. `wrong` says why that is no text, where it is none; `kind` what the program holds it as."""

    text: str
    row: int
    column: int
    wrong: str = ""
    kind: Kind = "text"


@dataclass(frozen=True)
class Grid:
    """One sheet; a CSV file is one without a title."""

    title: str
    rows: Mapping[int, Mapping[int, Cell]]
    merged: tuple[tuple[Corner, Corner], ...] = ()
    """First and last cell of what was merged into one."""
    hidden: bool = False

    @property
    def last(self) -> int:
        """The last row that holds anything."""
        return max(self.rows, default=0)


def letters(column: int) -> str:
    """Name a column as spreadsheets do: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def named(corner: Corner) -> str:
    """Name a cell as spreadsheets do: row 7, column 2 is B7."""
    return f"{letters(corner[1])}{corner[0]}"
