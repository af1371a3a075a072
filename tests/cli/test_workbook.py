"""The strategy as a workbook: out and in is no change; whatever a spreadsheet program does to it has a defined answer and loses nothing."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from concerted.campaign.facets import Tree, Value, with_value
from concerted.campaign.strategy import shape
from concerted.catalog import Catalog
from concerted.conductor.strategy_workbook import Came, edits_of, tabs_of
from concerted.errors import ConcertedError
from concerted.folder import read_folder
from concerted.folder.workbook import BASE, Row, read_workbook, shown, write_workbook
from tests.cli.terminal import EXAMPLE, Terminal, Told

PROMISE, PRICE, UNTIL, TARGET = "positioning.promise", "offers.first.price.us", "offers.first.until", "objectives.single-bikes.target"
ODD = [
    "=1+1", "+49 40 1", "-5 to 5", "@home", '=HYPERLINK("x")', 'He said "no", they\'d say', "Zeile eins\nZeile zwei",
    "Größe 🚲 – ok", "אבג 12 דהו", "_x0041_", "'tick", "1,600", "2027-03-09", "TRUE", "007", "a,b;c\td",
]  # fmt: skip


def _out(at: Terminal) -> Path:
    file = at.folder / "s.xlsx"
    assert at.type("strategy", "out", str(file)).code == 0
    return file


def _cell(book: Any, ref: str) -> Any:
    return next(row[1] for sheet in book.worksheets if sheet.sheet_state == "visible" for row in sheet.iter_rows(min_row=2) if row[5].value == ref)


def _edit(file: Path, ref: str, value: Any, *, format: str = "") -> str:
    book = load_workbook(file)
    cell = _cell(book, ref)
    cell.value = value
    if format:
        cell.number_format = format
    book.save(file)
    return f"{cell.parent.title}!{cell.coordinate}"


def _reshaped(file: Path, how: Callable[[Any], object]) -> None:
    book = load_workbook(file)
    how(book)
    book.save(file)


@dataclass
class Sheet:
    """A workbook of the example, and the campaign as it stands when it comes back."""

    file: Path
    tree: Tree

    def back(self) -> Came:
        return edits_of(read_workbook(self.file.read_bytes(), "s.xlsx"), self.tree, "s.xlsx")

    def rows(self) -> dict[str, Value]:
        return dict(self.back().rows)

    def refused(self) -> ConcertedError:
        with pytest.raises(ConcertedError) as refused:
            self.back()
        return refused.value


@pytest.fixture(scope="module")
def _written() -> tuple[Tree, bytes]:
    tree = read_folder(EXAMPLE).tree
    return tree, write_workbook(tabs_of(tree, Catalog().tabs(), {PROMISE: 12}), "1")


@pytest.fixture
def sheet(_written: tuple[Tree, bytes], tmp_path: Path) -> Sheet:
    (tmp_path / "s.xlsx").write_bytes(_written[1])
    return Sheet(tmp_path / "s.xlsx", _written[0])


def _in(at: Terminal, *flags: str) -> Told:
    return at.type("strategy", "in", str(at.folder / "s.xlsx"), "--json", *flags)


def test_out_and_in_changes_nothing(drafted: Terminal) -> None:
    _out(drafted)
    before = drafted.file.read_bytes()
    report = _in(drafted).json
    assert (report["edited"], report["edits"], report["left_out"]) == ([], [], 0)
    assert drafted.file.read_bytes() == before
    assert len(drafted.report("history")["versions"]) == 1


def test_every_part_of_a_campaign_has_its_place_on_one_tab() -> None:
    placed = [part for parts in Catalog().tabs().values() for part in parts]
    assert sorted(placed) == sorted(shape().fields)


def test_an_answer_that_differs_shows_the_plan_and_asks(drafted: Terminal) -> None:
    place = _edit(_out(drafted), PRICE, "$25")
    told = _in(drafted)
    assert told.code == 4
    assert told.json["edits"][0]["ref"] == PRICE
    assert told.json["assets"]
    assert len(drafted.report("history")["versions"]) == 1
    done = _in(drafted, "--yes")
    assert done.code == 0, done.err
    assert done.json["edited"] == [{"ref": PRICE, "place": place}]
    assert "$25" in drafted.file.read_text()
    assert done.json["landed"]


def test_before_the_first_run_the_answers_go_into_the_file(fresh: Terminal) -> None:
    _edit(_out(fresh), PRICE, "$25")
    assert _in(fresh, "--yes").json["written_back"] == [PRICE]
    assert "us: $25" in fresh.file.read_text()
    assert fresh.report("check")["ok"]


def test_the_workbook_says_who_reads_a_line_and_what_is_open(sheet: Sheet) -> None:
    book = load_workbook(sheet.file)
    assert [tab.title for tab in book.worksheets if tab.sheet_state == "visible"] == [
        "Brief", "Message", "Audiences", "Proof", "Offers", "Languages", "Pictures & print", "People & dates",
    ]  # fmt: skip
    row = [cell.value for cell in book["Brief"][_cell(book, PROMISE).row]]
    assert row[3:5] == ["12 assets", "answered"]
    assert [cell.value for cell in book["Brief"][1]] == ["Question", "Answer", "Example", "Used in", "State", "Ref"]
    assert book["Brief"].freeze_panes == "A2"
    assert book["Brief"].column_dimensions["F"].hidden
    lists = [rule.formula1 for rule in book["People & dates"].data_validations.dataValidation]
    assert '"copy,claims,prices,quotes,release"' in lists


@pytest.mark.parametrize("text", ODD)
def test_odd_text_neither_runs_nor_changes_on_the_way(text: str) -> None:
    data = write_workbook({"Brief": [Row("What?", PROMISE, shown(text))]}, "1")
    cell = load_workbook(io.BytesIO(data))["Brief"]["B2"]
    assert (cell.data_type, cell.value) == ("s", text)
    [answer] = read_workbook(data, "s.xlsx").answers
    assert (answer.text, answer.wrong) == (text, "")


@given(st.dictionaries(st.sampled_from(["a.b", "c.d.e", "f@de.h30"]), st.text(max_size=200), max_size=3))
@settings(max_examples=40)
def test_any_text_comes_back_as_it_was_shown(texts: dict[str, str]) -> None:
    data = write_workbook({"Brief": [Row("What?", ref, shown(text)) for ref, text in texts.items()]}, "1")
    book = read_workbook(data, "s.xlsx")
    assert dict(book.base) == {ref: shown(text) for ref, text in texts.items()}
    assert {one.ref: " ".join(one.text.split()) for one in book.answers if one.text} == {
        ref: " ".join(shown(text).split()) for ref, text in texts.items() if shown(text).strip()
    }


def test_rows_and_columns_may_be_moved_and_tabs_renamed(sheet: Sheet) -> None:
    def reshape(book: Any) -> None:
        sheet = book["Offers"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for number, row in enumerate(reversed(rows), 2):
            for column, value in enumerate([row[5], *row[:5]], 1):
                sheet.cell(number, column).value = value
        for column, title in enumerate(("Ref", "Question", "Answer", "Example", "Used in", "State"), 1):
            sheet.cell(1, column).value = title
        sheet.title = "Prices, for Ana"
        book["Brief"].insert_rows(5)
        book["Brief"].delete_cols(3)

    _reshaped(sheet.file, reshape)
    assert sheet.rows() == {}


@pytest.mark.parametrize(("column", "said"), [(2, "no column Answer"), (6, "no column Ref")])
def test_a_deleted_column_that_everything_hangs_on_is_refused_by_name(sheet: Sheet, column: int, said: str) -> None:
    _reshaped(sheet.file, lambda book: book["Offers"].delete_cols(column))
    told = sheet.refused()
    assert told.exit_code == 2
    assert said in str(told)
    assert "Offers" in str(told)


def test_deleted_rows_change_nothing_and_are_counted(sheet: Sheet) -> None:
    _reshaped(sheet.file, lambda book: book["Brief"].delete_rows(2, 6))
    assert sheet.rows() == {}
    assert sheet.back().left_out == 5


def test_an_inserted_row_is_named_unless_it_has_an_address(sheet: Sheet) -> None:
    def insert(book: Any) -> None:
        book["Brief"].insert_rows(4)
        book["Brief"]["B4"].value = "a new idea"

    _reshaped(sheet.file, insert)
    told = sheet.refused()
    assert told.exit_code == 2
    assert "Brief!B4: “a new idea”" in str(told)
    _reshaped(sheet.file, lambda book: setattr(book["Brief"]["F4"], "value", "news.not_newer"))
    assert "Brief!B4" in str(sheet.refused())
    _reshaped(sheet.file, lambda book: setattr(book["Brief"]["F4"], "value", "dates.party"))
    _edit(sheet.file, "dates.party", "2027-03-10")
    assert sheet.rows() == {"dates.party": "2027-03-10"}


def test_a_replacement_that_hit_the_hidden_sheet_too_is_told_and_loses_nothing(sheet: Sheet) -> None:
    _edit(sheet.file, TARGET, "+400 of 1,000 bikes")

    def replaced(book: Any) -> None:
        cells = [cell for row in book[BASE].iter_rows(min_row=2) for cell in row if "bikes" in str(cell.value)]
        assert cells
        for cell in cells:
            cell.value = str(cell.value).replace("bikes", "bicycles")

    _reshaped(sheet.file, replaced)
    assert "the hidden sheet concerted was changed" in str(sheet.refused())


def test_what_libreoffice_leaves_out_when_it_saves_changes_nothing(sheet: Sheet) -> None:
    _edit(sheet.file, TARGET, "+400 of 1,000 bikes")

    def saved(book: Any) -> None:
        for page in book.worksheets:
            page.freeze_panes, page.data_validations.dataValidation = None, []
            for row in page.iter_rows():
                for cell in row:
                    cell.quotePrefix = False

    _reshaped(sheet.file, saved)
    assert sheet.rows() == {TARGET: "+400 of 1,000 bikes"}


def test_a_price_for_a_market_that_has_none_has_its_row_and_says_which(sheet: Sheet) -> None:
    sheet = replace(sheet, tree=with_value(sheet.tree, PRICE, None))
    sheet.file.write_bytes(write_workbook(tabs_of(sheet.tree, Catalog().tabs(), {}), "1"))
    row = next(row for row in load_workbook(sheet.file)["Offers"].iter_rows(values_only=True) if row[5] == PRICE)
    assert str(row[0]).startswith("us: ")
    _edit(sheet.file, PRICE, "$31")
    assert sheet.rows() == {PRICE: "$31"}


def test_a_new_entry_is_typed_into_the_rows_at_the_end_of_its_part(sheet: Sheet) -> None:
    _edit(sheet.file, "claims.?", "warranty")
    _edit(sheet.file, "claims.?.full", "Every repair is guaranteed for two years.")
    _edit(sheet.file, "claims.?.kind", "count")
    assert sheet.rows() == {"claims.warranty.full": "Every repair is guaranteed for two years.", "claims.warranty.kind": "count"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"claims.?.full": "Every repair is guaranteed."}, "has no short name"),
        ({"claims.?": "warranty"}, "nothing is answered for “warranty”"),
        ({"claims.?": "ready", "claims.?.full": "Again."}, "there is a claims.ready already"),
        ({"claims.?": "Two Years", "claims.?.full": "Again."}, "“Two Years” is no short name"),
    ],
)
def test_a_new_entry_that_cannot_stand_is_named_with_its_cell(sheet: Sheet, typed: dict[str, str], said: str) -> None:
    places = [_edit(sheet.file, ref, text) for ref, text in typed.items()]
    told = str(sheet.refused())
    assert said in told
    assert any(place in told for place in places)


def test_a_row_that_was_copied_and_answered_twice_is_named(sheet: Sheet) -> None:
    file = sheet.file
    _edit(file, PRICE, "$25")
    _reshaped(file, lambda book: [book["Brief"].cell(60, column, value) for column, value in ((2, "$20"), (6, PRICE))])
    assert "stands in" in str(sheet.refused())


def test_an_emptied_answer_is_taken_out(sheet: Sheet) -> None:
    _edit(sheet.file, "news.not_new", None)
    assert sheet.rows() == {"news.not_new": None}


def test_last_weeks_file_gives_its_own_edits_and_takes_nothing_back(sheet: Sheet) -> None:
    sheet.tree = with_value(sheet.tree, UNTIL, "2027-06-30")
    _edit(sheet.file, PRICE, "$25")
    assert sheet.rows() == {PRICE: "$25"}


def test_a_line_that_moved_here_and_there_is_refused_with_three_values(sheet: Sheet) -> None:
    sheet.tree = with_value(sheet.tree, PRICE, "$27")
    place = _edit(sheet.file, PRICE, "$25")
    told = sheet.refused()
    assert told.exit_code == 4
    for part in (place, "$27", "$25", "it was"):
        assert part in str(told)
    _edit(sheet.file, PRICE, "$27")
    assert sheet.rows() == {}


@pytest.mark.parametrize(
    ("ref", "value", "written", "edit"),
    [
        (UNTIL, datetime.fromisoformat("2027-06-30"), "yyyy-mm-dd", "2027-06-30"),
        (TARGET, 2000, "General", "2000"),
        (TARGET, 2000.0, "0.00", "2000"),
        ("markets.us.launch", datetime.fromisoformat("2027-03-02 09:00"), "yyyy-mm-dd hh:mm", "2027-03-02 09:00"),
        (PRICE, 25, '"$"#,##0', "$25"),
    ],
)  # fmt: skip
def test_what_the_program_made_a_number_or_a_date_of_is_read_as_what_was_typed(sheet: Sheet, ref: str, value: Any, written: str, edit: str) -> None:
    _edit(sheet.file, ref, value, format=written)
    assert sheet.rows() == {ref: edit}


def test_a_number_that_says_what_was_there_is_no_change(sheet: Sheet) -> None:
    _edit(sheet.file, TARGET, 1800, format="General")
    assert sheet.rows() == {}


@pytest.mark.parametrize(
    ("ref", "value", "said"),
    [
        (PRICE, 25, "the program made the number 25"),
        (PRICE, "=A1", "this is a formula"),
        (UNTIL, "in June", "is not a date"),
        ("approvals.copy.for", "everything", "copy"),
    ],
)
def test_a_cell_that_cannot_stand_is_named_with_what_to_do(sheet: Sheet, ref: str, value: Any, said: str) -> None:
    place = _edit(sheet.file, ref, value)
    told = sheet.refused()
    assert told.exit_code == 2
    assert place in str(told)
    assert said in str(told)


def test_all_cells_that_cannot_stand_are_named_at_once(sheet: Sheet) -> None:
    places = [_edit(sheet.file, UNTIL, "soon"), _edit(sheet.file, PRICE, 25), _edit(sheet.file, "markets.de.zone", "by the sea")]
    told = str(sheet.refused())
    assert [place for place in places if place not in told] == []


def test_what_the_campaign_cannot_do_without_is_named_with_its_cell_and_nothing_changes(drafted: Terminal) -> None:
    place = _edit(_out(drafted), "campaign.company", None)
    told = _in(drafted, "--yes")
    assert told.code == 2
    assert place in told.err
    assert len(drafted.report("history")["versions"]) == 1


def test_odd_text_lands_in_the_campaign_file_as_it_was_typed(drafted: Terminal) -> None:
    text = "=Größe: „so“ 🚲 אבג, 'ok' #1."
    file = _out(drafted)
    book = load_workbook(file)
    cell = _cell(book, "news.not_new")
    cell.value, cell.data_type = text, "s"
    book.save(file)
    done = _in(drafted, "--yes")
    assert done.code == 0, done.err
    assert _cell(load_workbook(_out(drafted)), "news.not_new").value == text


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not a workbook", b"name;text"])
def test_a_file_that_is_no_workbook_is_told(sheet: Sheet, data: bytes) -> None:
    sheet.file.write_bytes(data)
    assert "cannot be read as a workbook" in str(sheet.refused())


def test_without_its_hidden_sheet_a_workbook_is_refused(sheet: Sheet) -> None:
    _reshaped(sheet.file, lambda book: book.remove(book[BASE]))
    assert "what it was written from" in str(sheet.refused())
