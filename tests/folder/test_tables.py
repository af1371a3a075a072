"""Tables that a campaign includes are read as parts of it; each mistake in them has one message, at its cell."""

import itertools
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest

from concerted.campaign.facets import hash_tree
from concerted.folder import read_files, read_folder
from concerted.folder.tables.reading import read_table
from tests.folder.lantern import CAMPAIGN, source
from tests.folder.tabled import HEAD, ROOMS, SHELVES, WORDINGS, book, claims, files, problems, read, said

YAML = """\
claims:
  shelves: {kind: count, full: There are 210 shelves., evidence: plan.pdf, cleared: {uk: "J. Amis, 2 May"}, until: 2027-12-31}
  rooms:
    kind: measured
    full: Nine rooms took a day.
    short: nine rooms
    short_needs: Hull, 2026
    short_never_in: [sms, linkedin]
    evidence: plan.pdf p. 2
wordings:
  de:
    news.new: {text: "Neu: Es leuchtet.", h30: Es leuchtet.}
"""
CSV_HEAD = "Short name,Kind,Full,Expires\n"


def test_a_campaign_with_tables_is_the_campaign_that_says_the_same_in_yaml() -> None:
    tabled = read(claims_xlsx=claims(SHELVES, ROOMS), wordings_csv=WORDINGS)
    assert tabled.problems == ()
    same = source(f"include: [more.yaml]\n{CAMPAIGN}", more_yaml=YAML)
    assert hash_tree(tabled.tree) == hash_tree(same.tree)


@pytest.mark.parametrize(
    "table",
    [
        WORDINGS.encode(),
        b"\xef\xbb\xbf" + WORDINGS.encode(),
        WORDINGS.replace(";", "\t").replace("\r\n", "\n").encode(),
        b"sep=;\r\n" + WORDINGS.encode(),
        b"Language,Ref,Length,Text\nde,news.new,text,Neu: Es leuchtet.\n\n,,,\nde,news.new,30,Es leuchtet.",
        b'"ref","language","length","text"\n"news.new","de","","Neu: Es leuchtet."\n"news.new","de","h30","Es leuchtet."',
        b"ref,language,text,h30,#note\nnews.new,de,Neu: Es leuchtet.,Es leuchtet.,a good one\n",
        "Adresse;Sprache;Länge;Übersetzung\nnews.new;de;;Neu: Es leuchtet.\nnews.new;de;h30;Es leuchtet.\n".encode(),
    ],
    ids=["german excel", "mark", "tabs", "sep", "moved columns and empty rows", "quotes", "a column a length", "german headings"],
)  # fmt: skip
def test_wordings_are_read_however_a_program_writes_them(table: bytes) -> None:
    found = read(wordings_csv=table)
    assert found.problems == ()
    assert found.tree["wordings"]["de"]["news.new"] == {"text": "Neu: Es leuchtet.", "h30": "Es leuchtet."}


@pytest.mark.parametrize("name", ["wordings_de_csv", "wordings_de_final_csv"])
def test_the_language_of_wordings_may_stand_in_the_name_of_the_file(name: str) -> None:
    assert read(**{name: "ref;text\nnews.new;Neu: Es leuchtet.\n"}).tree["wordings"]["de"]["news.new"] == {"text": "Neu: Es leuchtet."}


def test_every_language_may_have_its_sheet() -> None:
    sheets = {"Wordings de": [("ref", "text"), ("news.new", "Neu.")], "Wordings (pt)": [("ref", "text"), ("news.new", "Novo.")]}
    found = read(wordings_xlsx=book(sheets))
    assert (found.tree["wordings"]["de"]["news.new"], found.tree["wordings"]["pt"]["news.new"]) == ({"text": "Neu."}, {"text": "Novo."})


@pytest.mark.parametrize(
    ("tables", "ref", "value"),
    [
        ({"words_never_csv": "key,text\nsynergy,synergy\n"}, ("brand", "words", "never", "synergy"), "synergy"),
        ({"words_prefer_csv": "key,say,not\nshelf,shelf,rack\n"}, ("brand", "words", "prefer", "shelf"), {"say": "shelf", "not": "rack"}),
        ({"offers_csv": "key;line;price uk\nsummer;Two weeks free.;GBP 10\n"}, ("offers", "summer"), {"line": "Two weeks free.", "price": {"uk": "GBP 10"}}),  # noqa: E501  # copy and tables read better whole
        ({"dates_csv": "key;text\nparty;2027-03-02\n"}, ("dates", "party"), "2027-03-02"),
        ({"claims_csv": f"{CSV_HEAD}shelves,count,There are 210.,31.12.2027\n"}, ("claims", "shelves", "until"), "2027-12-31"),
        ({"claims_csv": f'{CSV_HEAD}shelves,count,"Two\r\nlines.",\n'}, ("claims", "shelves", "full"), "Two\nlines."),
        ({"claims_csv": f'{CSV_HEAD}shelves,count,"He said ""no"".",\n'}, ("claims", "shelves", "full"), 'He said "no".'),
        ({"claims_xlsx": claims(("shelves", "count", "There are 210."), head=("Key", "Is it measured, counted, or not yet to be said?", "Sentence"))}, ("claims", "shelves"), {"kind": "count", "full": "There are 210."}),  # noqa: E501  # copy and tables read better whole
        ({"claims_xlsx": book({"Tabelle1": [("Our claims, May",), (), HEAD, SHELVES]})}, ("claims", "shelves", "evidence"), "plan.pdf"),
        ({"claims_xlsx": claims((*SHELVES[:8], datetime.fromisoformat("2027-12-31")))}, ("claims", "shelves", "until"), "2027-12-31"),
        ({"claims_xlsx": claims(("shelves", "count", 210))}, ("claims", "shelves", "full"), "210"),
    ],
)  # fmt: skip
def test_any_part_with_short_names_may_be_a_table(tables: dict[str, Any], ref: tuple[str, ...], value: Any) -> None:
    found = read(**tables)
    assert found.problems == ()
    node: Any = found.tree
    for key in ref:
        node = node[key]
    assert node == value


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"claims_xlsx": claims((*SHELVES[:8], "31 Feb"))}, 'claims.xlsx:Claims:row 2, column Expires: claims.shelves.until: "31 Feb" is not a date'),
        ({"claims_xlsx": claims(SHELVES, ROOMS, SHELVES)}, "claims.xlsx:Claims:row 4, column Short name: shelves stands here twice; the first is in row 2"),  # noqa: E501  # copy and tables read better whole
        ({"claims_xlsx": claims(("lost", None, "Others."))}, "claims.xlsx:Claims:row 2, column Full: claims.lost.full stands in two files: here, and in campaign.yaml, line 47"),  # noqa: E501  # copy and tables read better whole
        ({"claims_csv": f"{CSV_HEAD}hours,,No.,\n", "claims_2_csv": f"{CSV_HEAD}x,count,A.,\n"}, "claims.csv:row 2, column Full: claims.hours.full stands in two files: here, and in campaign.yaml, line 39"),  # noqa: E501  # copy and tables read better whole
        ({"claims_csv": f"{CSV_HEAD}x,count,A.,\n", "claims_2_csv": f"{CSV_HEAD}x,,B.,\n"}, "claims-2.csv:row 2, column Full: claims.x.full stands in two files: here, and in claims.csv, row 2, column Full"),  # noqa: E501  # copy and tables read better whole
        ({"claims_csv": f"{CSV_HEAD}x,counted,A.,\n"}, 'claims.csv:row 2, column Kind: claims.x.kind: "counted" is not one of measured, count, not-yet'),  # noqa: E501  # copy and tables read better whole
        ({"claims_csv": f"{CSV_HEAD}x,,A.,\n"}, "claims.csv:row 2, column Short name: claims.x has no kind"),
        ({"claims_csv": f"{CSV_HEAD}Big X,count,A.,\n"}, 'claims.csv:row 2, column Short name: claims.Big X: "Big X" cannot be a short name: only a-z, 0-9 and hyphens, no spaces, dots or underscores'),  # noqa: E501  # copy and tables read better whole
        ({"claims_csv": f"{CSV_HEAD},count,A.,\n"}, "claims.csv:row 2, column Kind: this row has no short name"),
        ({"claims_csv": "Shrt name,Kind,Full\nx,count,A.\n"}, 'claims.csv:row 1: no column is called "short name", so nobody knows what each row of claims is'),  # noqa: E501  # copy and tables read better whole
        ({"claims_csv": "Short name,Kind,Fulll\nx,count,A.\n"}, 'claims.csv:row 1, column Fulll: "Fulll" is no heading of claims'),
        ({"claims_csv": "Short name,Kind,Full,Expires,Until\nx,count,A.,,\n"}, 'claims.csv:row 1, column Until: "Until" and "Expires" are headings of the same thing'),  # noqa: E501  # copy and tables read better whole
        ({"claims_csv": f"{CSV_HEAD}x,count,A, with, two commas.,\n"}, 'claims.csv:row 2: this row has more cells than there are headings; the first too many is "two commas."'),  # noqa: E501  # copy and tables read better whole
        ({"claims_csv": f'{CSV_HEAD}x,count,"A,\n'}, "claims.csv:row 2, column Full: the quote that opens here is never closed"),
        ({"claims_csv": f'{CSV_HEAD}x,count,"A" b,\n'}, "claims.csv:row 2, column Full: there is more text after the closing quote"),
        ({"claims_csv": ""}, "claims.csv: this file is empty"),
        ({"claims_csv": "Kürzel;Full\nx;Größe\n".encode("cp1252")}, 'claims.csv:row 1: this file is not UTF-8: byte 0xFC looks like "ü" in an old Windows encoding'),  # noqa: E501  # copy and tables read better whole
        ({"claims_csv": "Short name\tKind\nx\tcount\n".encode("utf-16")}, "claims.csv: this file is saved as UTF-16, and UTF-8 is expected"),
        ({"clams_csv": CSV_HEAD}, "clams.csv: no part of the strategy is called as this file is, so nobody knows what its rows are"),
        ({"offers_xlsx": book({"Offers": [("key", "line", "price uk"), ("summer", "Free.", 10)]})}, "offers.xlsx:Offers:row 2, column price uk: the program made the number 10 of this price"),  # noqa: E501  # copy and tables read better whole
        ({"claims_xlsx": claims(("x", "count", "=A1"))}, "claims.xlsx:Claims:row 2, column Full: this is a formula, and the strategy holds texts: type the text itself, with ' in front if it begins with ="),  # noqa: E501  # copy and tables read better whole
        ({"claims_xlsx": book({"Clams": [HEAD, SHELVES], "Notes": [("x",)]})}, 'claims.xlsx:Clams: no part of the strategy is called "Clams"'),
        ({"claims_xlsx": book({"Claims": [HEAD, SHELVES], "Notes": [("x",)]})}, 'claims.xlsx:Notes: the sheet "Notes" is not read: no part of the strategy is called so'),  # noqa: E501  # copy and tables read better whole
        ({"claims_xlsx": claims(SHELVES, head=(*HEAD[:9], "Ticket"))}, 'claims.xlsx:Claims:row 1, column Ticket: the column "Ticket" is not read: nothing in claims is called so'),  # noqa: E501  # copy and tables read better whole
        ({"claims_xlsx": book({"Claims": [HEAD, SHELVES, ROOMS]}, lambda made: made["Claims"].merge_cells("C2:C3"))}, "claims.xlsx:Claims:row 2, column Full: the cells C2 to C3 are merged, so they hold one value between them"),  # noqa: E501  # copy and tables read better whole
        ({"claims_xlsx": book({"Claims": [HEAD, SHELVES]}, lambda made: made["Claims"].merge_cells("D1:E1"))}, "claims.xlsx:Claims:row 1: the cells D1 to E1 are merged, so one heading stands over several columns"),  # noqa: E501  # copy and tables read better whole
        ({"claims_xlsx": b""}, "claims.xlsx: this file is broken or no workbook at all"),
        ({"claims_xlsx": claims(SHELVES)[:-200]}, "claims.xlsx: this file is broken or no workbook at all"),
        ({"claims_xlsx": b"\xd0\xcf\x11\xe0rest"}, "claims.xlsx: this is an old .xls workbook or one with a password, whatever its name says"),
        ({"claims_xlsx": b"a;b\n"}, "claims.xlsx: this file is broken or no workbook at all"),
        ({"wordings_csv": "ref;text\nnews.new;Neu.\n"}, "wordings.csv:row 1: nothing says in which language these wordings are: there is no column language, and wordings.csv names none"),  # noqa: E501  # copy and tables read better whole
        ({"wordings_csv": WORDINGS + "news.new;;h60;Neu.\r\n"}, "wordings.csv:row 4, column ref: nothing says in which language this wording of news.new is"),  # noqa: E501  # copy and tables read better whole
        ({"wordings_csv": WORDINGS + "news.new;de;h30;Neu.\r\n"}, "wordings.csv:row 4, column ref: news.new in de, h30, stands here twice; the first is in row 3"),  # noqa: E501  # copy and tables read better whole
        ({"wordings_csv": WORDINGS + "news.new;de;h40;Neu.\r\n"}, 'wordings.csv:row 4, column length: "h40" is no length'),
        ({"wordings_csv": WORDINGS + "news.newer;de;;Neu.\r\n"}, "wordings.csv:row 4, column ref: wordings.de.news.newer: there is no news.newer in the campaign file"),  # noqa: E501  # copy and tables read better whole
        ({"wordings_csv": "ref;language;length;text;h30\nnews.new;de;;A.;\n"}, 'wordings.csv:row 1, column h30: there is a column for the length and a column "h30"'),  # noqa: E501  # copy and tables read better whole
        ({"wordings_csv": WORDINGS + f"news.until_now;de;h30;{'zu lang ' * 5}\r\n"}, "wordings.csv:row 4, column text: news.until_now@de.h30 has 39 characters, and h30 holds 30"),  # noqa: E501  # copy and tables read better whole
    ],
)  # fmt: skip
def test_each_mistake_in_a_table_has_one_message_at_its_cell(tables: dict[str, Any], message: str) -> None:
    found = said(**tables)
    assert message in found


def test_a_mistake_in_a_table_stops_the_file_and_says_what_to_do() -> None:
    (problem,) = [one for one in problems(claims_xlsx=claims((*SHELVES[:8], "31 Feb"))) if one.severity == "file"]
    assert (problem.line, problem.column, problem.remedy) == (2, 9, "write year-month-day, like 2027-03-09")
    assert str(problem).startswith("claims.xlsx:Claims:row 2, column Expires: ")


def test_the_same_place_in_two_sheets_is_two_places() -> None:
    sheets = {"Claims": [("key", "kind", "full"), ("x", "counted", "A.")], "Offers": [("key", "line", "until"), ("y", "B.", "soon")]}
    assert len([one for one in problems(all_xlsx=book(sheets)) if one.severity == "file"]) == 2


def test_a_workbook_that_unpacks_into_something_huge_is_not_unpacked() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b" " * 70_000_000)
    assert said(claims_xlsx=out.getvalue()) == ["claims.xlsx: unpacked, this workbook has 70 MB, and 60 MB are allowed"]


def test_a_damaged_workbook_is_told_and_never_a_crash() -> None:
    chance, whole = Random(7), claims(SHELVES, ROOMS)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        found = read(claims_xlsx=bytes(data))
        assert found.problems or found.tree["claims"]["shelves"]["full"] == SHELVES[2]


def test_a_sheet_that_goes_on_for_ever_is_told() -> None:
    data = book({"Claims": [HEAD, SHELVES]}, lambda made: made["Claims"].cell(900_000, 3, "x"))
    assert said(claims_xlsx=data)[0].startswith("claims.xlsx: the sheet Claims goes down to row 900000 and has 10 columns")


@pytest.mark.parametrize(
    ("include", "message"),
    [
        ("[claim.csv]", "there is no file claim.csv (did you mean claims.csv?)"),
        ("[../claims.csv]", '"../claims.csv" is outside of the campaign\'s folder, and only files inside it can be included'),
        ("[claims.csv, claims.csv]", "claims.csv is included twice (remove this line)"),
        ("[claims.xls]", "claims.xls is neither YAML nor a table (include .yaml files, and tables as .csv, .tsv, .xlsx)"),
        ("[big.csv]", "big.csv has 2.0 MB, and a table has at most 1 MB (is it the right file? if so, split it in several tables)"),
        ("[big.xlsx]", "big.xlsx has 9.0 MB, and a table has at most 8 MB (is it the right file? if so, split it in several tables)"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_had_is_told_where_it_is_included(tmp_path: Path, include: str, message: str) -> None:
    (tmp_path / "claims.csv").write_text(f"{CSV_HEAD}x,count,A.,\n")
    for name, size in (("big.csv", 2_000_000), ("big.xlsx", 9_000_000)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
    (tmp_path / "campaign.yaml").write_text(f"include: {include}\n{CAMPAIGN}")
    found = [str(one) for one in read_folder(tmp_path).problems]
    assert [one for one in found if message in one] == found
    assert found[0].startswith("campaign.yaml:1:")


def test_a_table_takes_its_checks_from_the_schema_like_any_file() -> None:
    open_yet = [one for one in problems(claims_xlsx=claims(("shelves", "count", "There are 210 shelves."))) if one.ref == "claims.shelves.evidence"]
    assert [(one.severity, one.cell) for one in open_yet] == [("release", "Claims:row 2, column Short name")]


def test_reading_a_campaign_without_workbooks_needs_no_library_for_them() -> None:
    assert read_files(files(claims_csv=f"{CSV_HEAD}x,count,A.,\n")).problems == ()


@pytest.mark.parametrize(
    ("head", "name", "entries"),
    [
        ("| Short name |", "claims.csv", [("claims", "sites")]),
        ("| Ref |", "wordings.csv", [("wordings", "de", "positioning.promise", length) for length in ("text", "h30")]),
    ],
)
def test_the_tables_of_the_manual_are_tables(head: str, name: str, entries: list[tuple[str, ...]]) -> None:
    lines = (Path(__file__).parents[2] / "docs" / "campaign-file.md").read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(head))
    rows = [line.strip("|").split("|") for line in itertools.takewhile(bool, lines[start:]) if not line.startswith("|---")]
    page, _, slips = read_table(name, "\n".join("\t".join(cell.strip() for cell in row) for row in rows).encode())
    assert (slips, list(page.layouts[0].rows)) == ((), entries)
