"""A strategy as a workbook for people who do not write YAML: rows to cells, and cells back to texts, each with its place.

Knows XLSX and nothing of what an answer means. The workbook keeps, hidden, what it was written from.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from concerted.campaign.facets import hash_value
from concerted.errors import UserError
from concerted.folder.tables.cells import said_in
from concerted.folder.tables.xlsx_file import Broken, opened

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

COLUMNS = ("Question", "Answer", "Example", "Used in", "State", "Ref")
QUESTION, ANSWER, REF = 1, 2, 6
BASE = "concerted"
"""The hidden sheet with what the workbook was written from."""
MOST = 32_000
"""Characters of a cell, with some room."""
_PART = 2_500
"""Characters of a text in one cell of the hidden sheet, where each may become twelve."""
_WIDTHS = (46, 62, 40, 10, 22, 30)
_UNSAYABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_GREY, _DARK, _LIGHT, _OPEN = "FFF2F2F2", "FF1F3A4D", "FFDCE6EC", "FFFFF4D6"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the strategy in the workbook; without a `ref` it is the heading of what follows."""

    question: str
    ref: str = ""
    shown: str = ""
    example: str = ""
    used: str = ""
    state: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person left in a cell, and where it stands: `Audiences!B12`."""

    ref: str
    text: str
    place: str
    wrong: str = ""
    """Why it is no text, where it is none."""
    number: bool = False
    """Whether the program made a number or a date of it."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook as it came back: answers, rows that have no address, and what it was written from."""

    answers: tuple[Answer, ...]
    strays: tuple[Answer, ...]
    version: str
    base: Mapping[str, str]
    """Ref -> what the cell showed when the workbook was written."""


def shown(text: str) -> str:
    """Give a text as a cell can show it."""
    return _UNSAYABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))[:MOST]


def write_workbook(tabs: Mapping[str, Iterable[Row]], version: str) -> bytes:
    """Write tabs of rows as the bytes of an XLSX file."""
    from openpyxl import Workbook as Book

    book = Book()
    for sheet in book.worksheets:
        book.remove(sheet)
    base: dict[str, str] = {}
    for title, rows in tabs.items():
        listed = list(rows)
        _tab(book.create_sheet(title), listed)
        base |= {row.ref: row.shown for row in listed if row.ref}
    hidden = book.create_sheet(BASE)
    hidden.sheet_state = "hidden"
    _text(hidden.cell(1, 1), "version")
    _text(hidden.cell(1, 2), version)
    _text(hidden.cell(1, 3), hash_value(base))
    for number, (ref, text) in enumerate(base.items(), 2):
        _text(hidden.cell(number, 1), ref)
        for part, start in enumerate(range(0, max(len(text), 1), _PART)):
            _text(hidden.cell(number, 2 + part), json.dumps(text[start : start + _PART]))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text(cell: Any, text: str) -> None:
    """Put a text into a cell as a text: a leading = is neither run nor altered."""
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = text[:1] in ("=", "+", "-", "@", "'")


def _tab(sheet: Worksheet, rows: list[Row]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for column, (title, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True), 1):
        cell = sheet.cell(1, column)
        _text(cell, title)
        cell.font, cell.fill = Font("Calibri", 11, bold=True, color="FFFFFFFF"), PatternFill("solid", fgColor=_DARK)
        cell.alignment = Alignment(vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.column_dimensions[get_column_letter(REF)].hidden = True
    sheet.freeze_panes = "A2"
    sheet.sheet_view.zoomScale = 110
    lists: dict[str, Any] = {}
    for number, row in enumerate(rows, 2):
        _line(sheet, number, row)
        formula = '"' + ",".join(row.choices) + '"'
        if row.choices and len(formula) <= 255 and '"' not in formula[1:-1]:
            if formula not in lists:
                lists[formula] = DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=True, error="Choose one of the list.")
                sheet.add_data_validation(lists[formula])
            lists[formula].add(sheet.cell(number, ANSWER))
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _line(sheet: Worksheet, number: int, row: Row) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    values = (row.question, row.shown, row.example, row.used, row.state, row.ref)
    rule = Border(bottom=Side("hair", color="FFB0B0B0"))
    for column, text in enumerate(values, 1):
        cell = sheet.cell(number, column)
        if text:
            _text(cell, text)
        cell.number_format = "@"
        cell.alignment = Alignment(wrap_text=bool(row.ref), vertical="top", readingOrder=2 if column == ANSWER and _right_to_left(text) else 0)
        cell.border = rule
        if not row.ref:
            cell.font, cell.fill = Font("Calibri", 11, bold=True), PatternFill("solid", fgColor=_LIGHT)
        elif column != ANSWER:
            cell.fill, cell.font = PatternFill("solid", fgColor=_GREY), Font("Calibri", 11, color="FF595959", italic=column == 3)
        elif row.state.startswith("open, needed"):
            cell.fill = PatternFill("solid", fgColor=_OPEN)
    lines = max(_lines(text, _WIDTHS[column]) for column, text in enumerate(values[:5])) if row.ref else 1
    sheet.row_dimensions[number].height = min(15 * lines + 3, 400)


def _lines(text: str, width: int) -> int:
    return sum(1 + len(line) // max(width - 2, 1) for line in text.split("\n"))


def _right_to_left(text: str) -> bool:
    import unicodedata

    first = next((unicodedata.bidirectional(sign) for sign in text if unicodedata.bidirectional(sign) in ("L", "R", "AL")), "L")
    return first != "L"


def read_workbook(data: bytes, name: str) -> Workbook:
    """Read a workbook that came back. Raises UserError where it is none, or where the columns are gone that everything hangs on."""
    try:
        book = opened(data)
    except Broken as error:
        raise UserError(f"{name} cannot be read as a workbook.", next="save it as .xlsx (Excel workbook)") from error
    if BASE not in book.sheetnames:
        raise UserError(f"{name} does not say what it was written from: the hidden sheet {BASE} is gone.", next="concerted strategy out FILE.xlsx")
    version, base, sealed = _base(book[BASE])
    if sealed and sealed != hash_value(base):
        raise UserError(
            f"{name}: the hidden sheet {BASE} was changed, perhaps by a replacement in all sheets. Edits cannot be told; nothing was changed.",
            next="undo it there, or write a new one with concerted strategy out and copy the answers over",
        )
    found: list[Answer] = []
    for sheet in book.worksheets:
        if sheet.title != BASE:
            found += _answers(sheet, name)
    return Workbook(tuple(one for one in found if one.ref), tuple(one for one in found if not one.ref), version, base)


def _base(sheet: Worksheet) -> tuple[str, dict[str, str], str]:
    """Read what the workbook was written from: strategy version, the answers by ref, and the hash of these."""
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    version, sealed = (str(rows[0][part]) if rows and len(rows[0]) > part else "" for part in (1, 2))
    base = {str(row[0]): "".join(json.loads(str(part)) for part in row[1:]) for row in rows[1:] if row}
    return version, base, sealed


def _answers(sheet: Worksheet, name: str) -> Iterable[Answer]:
    """List what stands in the answer column, by the heading of the column: columns may have moved."""
    heads = {str(cell.value).strip().lower(): cell.column for cell in next(sheet.iter_rows(min_row=1, max_row=1)) if cell.value is not None}
    if not heads and sheet.max_row <= 1:
        return
    answer, ref = heads.get("answer"), heads.get("ref")
    if answer is None or ref is None:
        if "question" not in heads and answer is None and ref is None:
            return
        gone = "Answer" if answer is None else "Ref (it is hidden)"
        raise UserError(
            f"{name}: the sheet {sheet.title} has no column {gone} any more, so its rows cannot be told apart. Nothing was changed.",
            next="undo the deletion, or write a new one with concerted strategy out and copy the answers over",
        )
    for row in sheet.iter_rows(min_row=2):
        cells = {cell.column: cell for cell in row}
        address = str(cells[ref].value or "").strip() if ref in cells else ""
        cell = cells.get(answer)
        if cell is None or (not address and cell.value in (None, "")):
            continue
        text, wrong, number = said_in(cell)
        yield Answer(address, text, f"{sheet.title}!{cell.coordinate}", wrong, number)
