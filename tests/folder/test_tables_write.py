"""Write-back into tables: the cell that holds the line, in the manner of its file, and every other byte as it was."""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from difflib import unified_diff
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from concerted.errors import Refused
from concerted.folder import Edit, read_files, splice
from tests.folder.tabled import HEAD, ROOMS, SHELVES, WORDINGS, book, claims, files, rows_of

FULL, UNTIL, H30 = "claims.shelves.full", "claims.shelves.until", "news.new@de.h30"
COLLECTED = "Short name,Kind,Full,Note,Expires\nshelves,count,There are 210 shelves.,mine,31.12.2027\nrooms,count,There are 9 rooms.,,\n"
QUOTED = '"ref","language","length","text"\n"news.new","de","","Neu: Es leuchtet."\n"news.new","de","h30","Es leuchtet."'


def changed(name: str, table: bytes | str, *edits: Edit) -> list[str]:
    """Give the lines that leave and come in a table, as a diff shows them. No other file may change."""
    before = files(**{name: table})
    file = list(before)[1]
    after = splice(read_files(before), edits)
    assert list(after) == [file]
    old, new = (data.decode().splitlines(keepends=True) for data in (before[file], after[file]))
    return [repr(line)[1:-1] for line in unified_diff(old, new, n=0) if line[:3] not in ("---", "+++") and line[0] != "@"]


@pytest.mark.parametrize(
    ("name", "table", "edits", "lines"),
    [
        ("wordings_csv", WORDINGS, [(H30, "Es leuchtet; sofort.")], ["-news.new;de;h30;Es leuchtet.\\r\\n", '+news.new;de;h30;"Es leuchtet; sofort."\\r\\n']),  # noqa: E501  # copy and tables read better whole
        ("wordings_csv", "\ufeff" + WORDINGS, [("news.until_now@de", "Bisher.")], ["+news.until_now;de;;Bisher.\\r\\n"]),
        ("wordings_csv", QUOTED, [(H30, 'Es "leuchtet"'), ("news.new@de.h60", "Neu.")], ['-"news.new","de","h30","Es leuchtet."', '+"news.new","de","h30","Es ""leuchtet"""\\n', '+"news.new","de","h60","Neu."']),  # noqa: E501  # copy and tables read better whole
        ("wordings_csv", WORDINGS + "news.until_now;de;;\r\n", [("news.until_now@de", "Bisher.")], ["-news.until_now;de;;\\r\\n", "+news.until_now;de;;Bisher.\\r\\n"]),  # noqa: E501  # copy and tables read better whole
        ("wordings_csv", QUOTED, [(H30, "Es blinkt.")], ['-"news.new","de","h30","Es leuchtet."', '+"news.new","de","h30","Es blinkt."']),
        ("wordings_csv", "ref;language;text\nnews.until_now;de;\nnews.new;de;Neu.\n", [("news.until_now@de", "Bisher.")], ["-news.until_now;de;\\n", "+news.until_now;de;Bisher.\\n"]),  # noqa: E501  # copy and tables read better whole
        ("claims_csv", "key;kind;full;cleared uk;cleared de\nx;count;A.;;K. Vogt\n", [("claims.x.cleared.uk", "J. Amis")], ["-x;count;A.;;K. Vogt\\n", "+x;count;A.;J. Amis;K. Vogt\\n"]),  # noqa: E501  # copy and tables read better whole
        ("wordings_csv", WORDINGS, [(H30, None)], ["-news.new;de;h30;Es leuchtet.\\r\\n"]),
        ("wordings_de_csv", "ref\ttext\nnews.new\tNeu.\n", [("news.new@de", "Neu,\nganz neu.")], ["-news.new\\tNeu.\\n", '+news.new\\t"Neu,\\n', '+ganz neu."\\n']),  # noqa: E501  # copy and tables read better whole
        ("wordings_csv", "ref,language,text,h30\nnews.new,de,Neu.,\n", [(H30, "Es leuchtet.")], ["-news.new,de,Neu.,\\n", "+news.new,de,Neu.,Es leuchtet.\\n"]),  # noqa: E501  # copy and tables read better whole
        ("claims_csv", COLLECTED, [(UNTIL, "2028-01-31")], ["-shelves,count,There are 210 shelves.,mine,31.12.2027\\n", "+shelves,count,There are 210 shelves.,mine,31.01.2028\\n"]),  # noqa: E501  # copy and tables read better whole
        ("claims_csv", COLLECTED, [("claims.rooms.until", "2028-01-31")], ["-rooms,count,There are 9 rooms.,,\\n", "+rooms,count,There are 9 rooms.,,2028-01-31\\n"]),  # noqa: E501  # copy and tables read better whole
        ("claims_csv", COLLECTED.replace("rooms.,,", "rooms."), [("claims.rooms.until", "2028-01-31")], ["-rooms,count,There are 9 rooms.\\n", "+rooms,count,There are 9 rooms.,,2028-01-31\\n"]),  # noqa: E501  # copy and tables read better whole
        ("claims_csv", COLLECTED, [(UNTIL, None)], ["-shelves,count,There are 210 shelves.,mine,31.12.2027\\n", "+shelves,count,There are 210 shelves.,mine,\\n"]),  # noqa: E501  # copy and tables read better whole
        ("claims_csv", COLLECTED, [("claims.rooms", None)], ["-rooms,count,There are 9 rooms.,,\\n"]),
        ("claims_csv", COLLECTED, [("claims.shelves", None)], ["-shelves,count,There are 210 shelves.,mine,31.12.2027\\n", "+,,,mine,\\n"]),
        ("claims_csv", COLLECTED, [("claims.desks.kind", "count"), ("claims.desks.full", "Nine.")], ["+desks,count,Nine.,,\\n"]),
        ("words_never_csv", "key,text\nsynergy,synergy\n", [("brand.words.never.leverage", "leverage")], ["+leverage,leverage\\n"]),
    ],
)  # fmt: skip
def test_an_edit_is_typed_into_its_cell_and_nothing_else_of_the_file_moves(name: str, table: str, edits: list[Edit], lines: list[str]) -> None:
    assert changed(name, table, *edits) == lines


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60), st.sampled_from([";", ",", "\t"]))
def test_whatever_is_written_into_a_csv_is_what_is_read(text: str, sign: str) -> None:
    said = " ".join(text.split()) or "x"
    before = files(wordings_csv=WORDINGS.replace(";", sign))
    after = {**before, **splice(read_files(before), [("news.until_now@de", said), (H30, f"{said}\n{said}")])}
    assert read_files(after).tree["wordings"]["de"] | {"positioning.promise": None} == {
        "news.new": {"text": "Neu: Es leuchtet.", "h30": f"{said}\n{said}"}, "news.until_now": {"text": said}, "positioning.promise": None,
    }  # fmt: skip


def _dressed(made: Workbook) -> None:
    """Dress a workbook as Legal would: colours, a note, a list, a formula beside it, a named table, a sheet of their own."""
    sheet: Any = made["Claims"]
    sheet["C2"].fill = PatternFill("solid", fgColor="FFFFEE00")
    sheet["C2"].comment = Comment("ask Ada", "Legal")
    sheet["I2"].number_format = "dd.mm.yyyy"
    sheet["K2"] = "=LEN(C2)"
    sheet.column_dimensions["C"].width = 55
    choice = DataValidation("list", formula1='"count,measured"')
    choice.sqref = "B2:B99"
    sheet.add_data_validation(choice)
    sheet.add_table(Table(displayName="Claims1", ref="A1:J3"))
    sheet["K1"] = "#length"
    made["#Ours"]["A1"] = "our own"


DRESSED = book({"Claims": [HEAD, (*SHELVES[:8], datetime.fromisoformat("2027-12-31"), "L-17"), ROOMS], "#Ours": [("x",)]}, _dressed)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _written(data: bytes, edits: Iterable[Edit]) -> bytes:
    after = splice(read_files(files(claims_xlsx=data)), list(edits))
    assert list(after) == ["claims.xlsx"]
    return after["claims.xlsx"]


def _cells(xml: bytes) -> dict[bytes, bytes]:
    return {found[1]: found[0] for found in re.finditer(rb'<(?:x:)?c r="([A-Z]+\d+)"[^>]*?(?:/>|>.*?</(?:x:)?c>)', xml, re.DOTALL)}


def test_one_cell_of_a_workbook_changes_and_all_other_parts_keep_their_bytes() -> None:
    data = _written(DRESSED, [(FULL, "There are 211 shelves & <no> more.")])
    before, after = _parts(DRESSED), _parts(data)
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == ["xl/worksheets/sheet1.xml"]
    old, new = _cells(before["xl/worksheets/sheet1.xml"]), _cells(after["xl/worksheets/sheet1.xml"])
    assert [name for name in old if old[name] != new.get(name)] == [b"C2"]
    cell: Any = load_workbook(io.BytesIO(data))["Claims"]["C2"]
    assert (cell.value, cell.fill.fgColor.rgb, cell.comment.text) == ("There are 211 shelves & <no> more.", "FFFFEE00", "ask Ada")


def test_a_day_stays_a_day_of_the_program() -> None:
    cell = load_workbook(io.BytesIO(_written(DRESSED, [(UNTIL, "2028-01-31")])))["Claims"]["I2"]
    assert (cell.value, cell.number_format) == (datetime.fromisoformat("2028-01-31"), "dd.mm.yyyy")


def test_a_new_claim_is_a_row_below_the_last_one_and_the_table_grows_with_it() -> None:
    data = _written(DRESSED, [("claims.desks.kind", "count"), ("claims.desks.full", "Nine desks."), ("claims.desks.cleared.uk", "J. Amis, 3 May")])
    assert rows_of(data, "Claims")[3][:9] == ("desks", "count", "Nine desks.", None, None, None, None, "J. Amis, 3 May", None)
    sheet: Any = load_workbook(io.BytesIO(data))["Claims"]
    assert (sheet.tables["Claims1"].ref, sheet.dimensions) == ("A1:J4", "A1:K4")
    before, after = _parts(DRESSED), _parts(data)
    assert [name for name in before if before[name] != after[name]] == ["xl/worksheets/sheet1.xml", "xl/tables/table1.xml"]


def test_a_claim_that_goes_leaves_an_empty_row_with_what_others_keep_in_it() -> None:
    data = _written(DRESSED, [("claims.rooms", None)])
    assert [cell for cell in rows_of(data, "Claims")[2] if cell] == ["L-18"]
    assert "rooms" not in read_files(files(claims_xlsx=data)).tree["claims"]


def test_an_edit_and_its_way_back_leave_the_sheet_as_it_reads() -> None:
    there = _written(DRESSED, [(FULL, "Other."), (UNTIL, None), ("claims.rooms.short_never_in", ("sms", "email"))])
    back = _written(there, [(FULL, SHELVES[2]), (UNTIL, "2027-12-31"), ("claims.rooms.short_never_in", ("sms", "linkedin"))])
    tree = read_files(files(claims_xlsx=DRESSED)).tree
    assert read_files(files(claims_xlsx=back)).tree == tree


def _repacked(data: bytes, old: bytes, new: bytes) -> bytes:
    """Write a workbook's XML another way."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in _parts(data).items():
            package.writestr(name, re.sub(old, new, part) if name.startswith("xl/worksheets/sheet") else part)
    return out.getvalue()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rb"<(/?)(?=[a-zA-Z])", rb"<\1x:"),
        (rb"</row></sheetData>", b'</row><row r="4" ht="20"/><row r="5"></row></sheetData>'),
        (rb' s="0"', b""),
    ],
    ids=["a prefix", "empty rows with a height", "no formats"],
)  # fmt: skip
def test_other_programs_write_their_xml_otherwise(old: bytes, new: bytes) -> None:
    plain = _repacked(claims(SHELVES, ROOMS), old, new)
    if old.startswith(rb"<("):
        plain = _repacked(plain, rb'xmlns="', b'xmlns:x="')
    data = _written(
        plain,
        [(FULL, "There are 211 shelves."), ("claims.desks.kind", "count"), ("claims.desks.full", "Nine."), ("claims.rooms.until", "2028-01-31")],
    )
    rows = [row[:3] for row in rows_of(data, "Claims") if any(row)]
    assert rows[1:] == [("shelves", "count", "There are 211 shelves."), ("rooms", "measured", "Nine rooms took a day."), ("desks", "count", "Nine.")]


def test_an_edit_goes_to_the_file_that_holds_its_line() -> None:
    before = files(claims_xlsx=claims(SHELVES), wordings_de_csv="ref;text\r\nnews.new;Neu.\r\n")
    edits: list[Edit] = [(FULL, "Other."), ("news.new@de", "Anders."), ("campaign.tier", 3), ("brand.words.never.leverage", "leverage")]
    after = splice(read_files(before), edits)
    assert sorted(after) == ["campaign.yaml", "claims.xlsx", "wordings-de.csv"]
    assert b"tier: 3" in after["campaign.yaml"]
    assert b"leverage: leverage" in after["campaign.yaml"]
    alone = splice(read_files(before), [("news.new@fr", "Autre."), ("positioning.promise@de.h90", "Im Vorbeigehen.")])
    assert list(alone) == ["campaign.yaml"]
    assert "Autre." in alone["campaign.yaml"].decode()


@pytest.mark.parametrize(
    ("edit", "why", "next"),
    [
        (("claims.shelves.cleared.de", "K. Vogt, 2 May"), "the sheet Claims of claims.xlsx has no column for claims.shelves.cleared.de",
         "add a column cleared de to the sheet Claims of claims.xlsx and write into it, row 2: K. Vogt, 2 May"),
        (("claims.desks.recheck", "2027-12-31"), "the sheet Claims of claims.xlsx has no column for claims.desks.recheck",
         "add a column recheck to the sheet Claims of claims.xlsx and write into it: 2027-12-31"),
    ],
)  # fmt: skip
def test_what_a_table_has_no_column_for_is_refused_with_the_cell_to_type(edit: Edit, why: str, next: str) -> None:
    more: list[Edit] = [("claims.desks.kind", "count"), ("claims.desks.full", "Nine.")] if "desks" in edit[0] else []
    with pytest.raises(Refused) as refused:
        splice(read_files(files(claims_xlsx=claims(SHELVES))), [*more, edit])
    assert [(reason.why, reason.next) for reason in refused.value.reasons] == [(why, next)]


def test_an_entry_that_stands_in_yaml_too_has_there_what_its_table_has_no_column_for() -> None:
    before = files(claims_csv="Short name;Evidence\ntheft;none yet\n")
    after = splice(read_files(before), [("claims.theft.recheck", "2027-12-31"), ("claims.theft.evidence", "police log")])
    assert after["claims.csv"] == b"Short name;Evidence\ntheft;police log\n"
    assert b'waiting_for: "a year of data", recheck: "2027-12-31"}' in after["campaign.yaml"]


@pytest.mark.parametrize("text", ["=1+1", "@home", "-5 to 5", '=HYPERLINK("x")', "+49 40 1"])
def test_a_spreadsheet_runs_no_text_that_was_written_into_a_csv(text: str) -> None:
    before = files(wordings_csv=WORDINGS)
    after = {**before, **splice(read_files(before), [(H30, text)])}
    assert after["wordings.csv"].decode().splitlines()[-1].partition("h30;")[2].lstrip('"')[0] == "'"
    assert read_files(after).tree["wordings"]["de"]["news.new"]["h30"] == text


def test_a_text_that_no_cell_can_hold_is_refused_with_its_cell() -> None:
    with pytest.raises(Refused) as refused:
        splice(read_files(files(claims_xlsx=claims(SHELVES))), [(FULL, "x" * 40_000)])
    assert refused.value.reasons[0].why == "claims.xlsx cannot be written into: a cell holds at most 32,767 characters"
    assert refused.value.reasons[0].next.startswith("type it there and run the command again: Claims C2: xxx")


def test_a_list_that_a_cell_cannot_hold_is_refused_with_its_cell() -> None:
    table = "key;who;says;should believe;lead;searches uk\nstaff;librarians;No time.;it is quick;walk;shelf scan\n"
    source = read_files(files(audiences_csv=table))
    assert source.problems == ()
    with pytest.raises(Refused) as refused:
        splice(source, [("audiences.staff.searches.uk", ("two\nlines", "one"))])
    assert refused.value.reasons[0].next == "in audiences.csv, row 2, column searches uk: two\nlines\none"
