"""Tables for spreadsheets: text stays text, whatever it begins with; the same release gives the same bytes."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from concerted.campaign.view import View
from concerted.exporters.tables import csv_of, guarded, xlsx_of

ODD = ('=HYPERLINK("evil")', "+1 555 0100 call", "-cmd", "@SUM(A1)", "\tx", 'say "so"', "zwei\nZeilen", "מִבְחָן", "🎧", "'quoted", "")


def _view(*texts: str) -> View:
    return View("calendar", "Content calendar", "A note.", ("text", "cost"), tuple((text, Decimal("1.50")) for text in texts))


@pytest.mark.parametrize("text", ODD)
def test_no_csv_cell_is_run_as_a_formula_and_no_word_is_lost(text: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_of(_view(text)).decode("utf-8-sig"), newline="")))
    assert not rows[1][0].startswith(("=", "+", "@", "\t", "-c"))
    assert rows[1][0].removeprefix("'") == text.removeprefix("'")


@pytest.mark.parametrize("text", ["+49", "-5", "-", "3.20", "2027-03-09"])
def test_numbers_and_dashes_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40), min_size=1, max_size=4))
def test_a_workbook_gives_every_text_back_and_holds_no_formula(texts: list[str]) -> None:
    sheet = load_workbook(io.BytesIO(xlsx_of([_view(*texts)], "2027-03-01"))).worksheets[0]
    cells = [sheet.cell(row, 1) for row in range(2, len(texts) + 2)]
    assert [cell.value or "" for cell in cells] == texts
    assert all(cell.data_type != "f" for cell in cells)


def test_our_own_formula_is_written_where_its_cells_are_filled() -> None:
    rows = (("cpc", Decimal(10), Decimal("2.5"), Decimal(25)), ("flat", "", "", Decimal(7)))
    view = View("media", "Media plan", "", ("buy", "units", "rate", "cost"), rows, (), (("cost", "={units}*{rate}"),))
    sheet = load_workbook(io.BytesIO(xlsx_of([view], "2027-03-01"))).worksheets[0]
    assert (sheet["D2"].value, sheet["D3"].value) == ("=B2*C2", 7)


def test_the_same_tables_are_the_same_bytes() -> None:
    assert xlsx_of([_view("a")], "2027-03-01T10:00:00") == xlsx_of([_view("a")], "2027-03-01T10:00:00")


def test_a_sheet_prints_across_the_page_with_its_header_and_no_number_is_wider_than_its_column() -> None:
    view = View(
        "media", "Media plan", "", ("line", "units", "cost"), (("search", Decimal(10), Decimal("1234567.5")),), (), (("cost", "={units}*100"),)
    )
    sheet = load_workbook(io.BytesIO(xlsx_of([view], "2027-03-01"))).worksheets[0]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == ("landscape", 1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.print_title_rows, sheet.print_title_cols, sheet.freeze_panes) == ("$1:$1", "$A:$A", "B2")
    assert sheet.column_dimensions["C"].width > len("1,234,567.50")


@pytest.mark.parametrize(
    ("text", "lines"),
    [("short", 1), ("w" * 200, 4), ("a\nb\nc\nd\ne", 5), ("a\n\nb\n\nc", 3), ("w" * 3000, 3), ("l\n" * 100, 26)],
    ids=["short", "wraps", "list", "paragraphs", "whole text", "long list"],
)
def test_a_row_is_as_high_as_what_is_read_in_it_and_of_a_whole_text_shows_the_beginning(text: str, lines: int) -> None:
    row: Any = load_workbook(io.BytesIO(xlsx_of([_view(text)], "2027-03-01"))).worksheets[0].row_dimensions[2]
    assert row.height == 15 * lines
