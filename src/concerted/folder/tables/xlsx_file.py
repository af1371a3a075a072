"""XLSX as the file that it is: its sheets as grids, and its bytes with only some cells replaced, every other part as it was."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from concerted.folder.tables.cells import said_in
from concerted.folder.tables.grid import Cell, Grid, Kind

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MAX_UNPACKED = 60_000_000
MAX_CELLS = 400_000
_FAULTS = (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError)
"""What reading a damaged package raises; RuntimeError is a password or a way of packing that Python does not know."""
_SAVE_AS = "save it as .xlsx again, or as CSV UTF-8"


class Broken(Exception):
    """Internal to this room: an XLSX file that cannot be read; says why and what to do."""

    def __init__(self, message: str, remedy: str = _SAVE_AS) -> None:
        self.message, self.remedy = message, remedy
        super().__init__(message)


def sheets(data: bytes) -> list[Grid]:
    """Read every sheet that holds cells. Raises Broken."""
    return [_grid(sheet) for sheet in opened(data).worksheets]


def opened(data: bytes) -> Workbook:
    """Open the bytes of a workbook to read them. Raises Broken."""
    from openpyxl import load_workbook

    _check_package(data)
    try:
        with warnings.catch_warnings():
            # It warns of what it would lose if it saved the workbook; it never does.
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(data), keep_links=False)
    except (*_FAULTS, LookupError, TypeError, AttributeError, ArithmeticError, SyntaxError) as error:
        raise Broken("this file cannot be read as a workbook") from error


def _check_package(data: bytes) -> None:
    """Make sure that the file is a workbook and does not unpack into something huge."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Broken("this is an old .xls workbook or one with a password, whatever its name says", "save it as .xlsx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(part.file_size for part in package.infolist())
            names = set(package.namelist())
            damaged = package.testzip() if size <= MAX_UNPACKED else None
    except _FAULTS as error:
        raise Broken("this file is broken or no workbook at all") from error
    if damaged is not None:
        raise Broken(f"this file is broken: its part {damaged} is not what was saved")
    if size > MAX_UNPACKED:
        said = f"unpacked, this workbook has {size / 1_000_000:.0f} MB, and {MAX_UNPACKED / 1_000_000:.0f} MB are allowed"
        raise Broken(said, "is it the right file?")
    if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
        raise Broken("this is a zip file and no workbook")


@dataclass(frozen=True, slots=True)
class _Extent:
    rows: int
    columns: int


def _grid(sheet: Worksheet) -> Grid:
    extent = _Extent(sheet.max_row or 0, sheet.max_column or 0)
    if extent.rows * extent.columns > MAX_CELLS:
        said = f"the sheet {sheet.title} goes down to row {extent.rows} and has {extent.columns} columns, and that is more than a table may have"
        raise Broken(said, "delete the empty rows below the last one and the columns to the right, and save it")
    rows: dict[int, dict[int, Cell]] = {}
    for cell in _cells(sheet):
        text, wrong, number = said_in(cell)
        if text or wrong:
            kind: Kind = "text" if not number else "date" if isinstance(cell.value, datetime | date) else "number"
            rows.setdefault(cell.row, {})[cell.column] = Cell(text, cell.row, cell.column, wrong, kind)
    merged = tuple(((area.min_row, area.min_col), (area.max_row, area.max_col)) for area in sheet.merged_cells.ranges)
    return Grid(sheet.title, rows, merged, hidden=sheet.sheet_state != "visible")


def _cells(sheet: Worksheet) -> Iterator[Any]:
    for row in sheet.iter_rows():
        yield from (cell for cell in row if cell.value is not None)
