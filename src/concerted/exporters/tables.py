"""Tables as CSV and XLSX that open as what they are: no cell is ever run as a formula unless it is ours. Pure: views in, bytes out."""

import csv
import io
import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Any

from concerted.campaign.printable import LONGEST, STARTS, is_run, printable
from concerted.campaign.view import Cell, View
from concerted.exporters.archive import same_bytes

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MARK = "\ufeff"
"""Spreadsheets read a CSV file as UTF-8 only with this in front."""
WIDEST = 60
LINE, TALLEST = 15, 26
"""Points that a line of a cell takes, and how many lines a spreadsheet shows of a row at most."""
WHOLE_TEXT, BEGINNING = 600, 3
"""From so many characters on, or with paragraphs, a cell holds a whole text, of which a row shows so many lines."""
PAPER = 210
"""So many characters side by side can still be read on a sheet of paper."""
MONEY, FILTER = 14, 3
"""Room for a sum that a formula gives, and for the arrow of the filter beside a column's name."""


def guarded(cell: Cell) -> str:
    """Write a cell so that no spreadsheet runs it: an apostrophe stands in front of what looks like a formula. Numbers stay."""
    text = printable(str(cell), " ")
    return f"'{text}" if is_run(text) else text


def csv_of(view: View) -> bytes:
    """Write a view as CSV in UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(view.columns)
    writer.writerows([guarded(cell) for cell in row] for row in view.rows)
    return (MARK + out.getvalue()).encode()


def xlsx_of(views: Iterable[View], at: str) -> bytes:
    """Write views as the sheets of one workbook. `at` is the day it is dated, so that the same release gives the same bytes."""
    from openpyxl import Workbook

    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    for view in views:
        _fill(book.create_sheet(view.title[:31]), view)
    return _dated(book, at)


def _fill(sheet: "Worksheet", view: View) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    letters = {name: get_column_letter(number) for number, name in enumerate(view.columns, 1)}
    formulas = dict(view.formulas)
    sheet.append([name.replace("_", " ") for name in view.columns])
    for number, row in enumerate(view.rows, 2):
        known = dict(zip(view.columns, row, strict=True))
        for column, (name, cell) in enumerate(known.items(), 1):
            place = sheet.cell(number, column)
            formula = _formula(formulas.get(name, ""), known, letters, number)
            _put(place, formula or cell, is_formula=bool(formula))
            place.alignment = Alignment(vertical="top", wrap_text=True)
    for name, letter in letters.items():
        longest = max((len(line) for row in view.records() for line in _spelled(row[name]).split("\n")), default=0)
        width = max(longest, MONEY if name in formulas else 0, len(name) + FILTER)
        sheet.column_dimensions[letter].width = min(width + 2, WIDEST)
    for number, row in enumerate(view.rows, 2):
        sheet.row_dimensions[number].height = LINE * _lines(row, [sheet.column_dimensions[letter].width for letter in letters.values()])
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="2B4A5E")
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{letters[view.columns[-1]]}{len(view.rows) + 1}"
    _for_paper(sheet)
    _findings(sheet, view)


def _for_paper(sheet: "Worksheet") -> None:
    """Print across the page, on as many pages side by side as it can be read on, with the header and what each row is about on every one."""
    wide = sum(column.width for column in sheet.column_dimensions.values())
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = max(1, round(wide / PAPER)), 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    foot: Any = sheet.oddFooter
    foot.left.text, foot.right.text = "&A", "&P / &N"


def _lines(row: Iterable[Cell], widths: Iterable[float]) -> int:
    """Count the lines that a row takes where it wraps. A whole text shows its beginning, and is read in its cell."""
    taken = (_wrapped(_spelled(cell), width - 2) for cell, width in zip(row, widths, strict=True))
    return min(max(taken, default=1), TALLEST)


def _wrapped(text: str, width: float) -> int:
    lines = sum(max(1, ceil(len(part) / width)) for part in text.split("\n"))
    return min(lines, BEGINNING) if len(text) > WHOLE_TEXT or "\n\n" in text else lines


def _spelled(cell: Cell) -> str:
    """Spell a cell as the spreadsheet shows it: numbers with their separators."""
    return f"{cell:,.2f}" if isinstance(cell, Decimal) else str(cell)


def _findings(sheet: "Worksheet", view: View) -> None:
    """Write what the view is, and what is wrong in it, below the rows."""
    row = len(view.rows) + 3
    for line in (view.note, *(f"To look at: {finding}" for finding in view.findings)):
        _put(sheet.cell(row, 1), line)
        row += 1


def _formula(pattern: str, known: dict[str, Cell], letters: dict[str, str], row: int) -> str:
    """Fill a formula with the cells of its row; empty where one of them is."""
    used = re.findall(r"\{(\w+)\}", pattern)
    if not pattern or any(known[name] == "" for name in used):
        return ""
    return pattern.format(**{name: f"{letters[name]}{row}" for name in used})


def _put(place: Any, cell: Cell, *, is_formula: bool = False) -> None:
    """Put a value into a cell: text always as text, whatever it begins with."""
    if isinstance(cell, int | Decimal):
        place.value = cell
        place.number_format = "#,##0.00" if isinstance(cell, Decimal) else "0"
        return
    text = printable(cell, " ")[:LONGEST]
    place.value = text or None
    if is_formula:
        place.number_format = "#,##0.00"
    elif text:
        place.data_type = "s"
        place.quotePrefix = text.startswith(STARTS)


def _dated(book: "Workbook", at: str) -> bytes:
    """Save a workbook with the same moment in all its parts."""
    out = io.BytesIO()
    book.properties.created = book.properties.modified = datetime.fromisoformat(at[:10])
    book.properties.creator = "Concerted"
    book.save(out)
    return same_bytes(out.getvalue())
