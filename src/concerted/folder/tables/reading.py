"""A table file as nodes of the campaign file: each row an entry, each cell a value at its place, every mistake at its cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from concerted.campaign.shape import Fields
from concerted.campaign.spelling import did_you_mean, nearest
from concerted.folder.nodes import Items, Node, Pair, Pairs, Text
from concerted.folder.page import Slip, decode
from concerted.folder.tables.cells import bare_price, is_bare_price, items_in
from concerted.folder.tables.csv_text import Sheet, scan
from concerted.folder.tables.grid import Cell, Grid, named
from concerted.folder.tables.headings import Column, Keys, Table, is_heading, length_in, table_named, table_names
from concerted.folder.tables.layout import Layout, Mark, TablePage
from concerted.folder.tables.xlsx_file import Broken, sheets

SUFFIXES = (".csv", ".tsv", ".xlsx")
OWN = "#"
"""A heading that begins with it belongs to the people who keep the table; nobody else reads the column."""
_NEAR = 0.8
"""How near a name must be to one that is read, so that it is a slip and not somebody's own."""
_LOOKED_AT = 10
"""Rows in which the headings may stand."""
_GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


@dataclass
class _Branch:
    """A map in the making, and where its name stands."""

    mark: int
    parts: dict[str, _Branch | Node] = field(default_factory=dict[str, "_Branch | Node"])

    def grown(self) -> Pairs:
        """Give the finished map."""
        pairs = [(name, part.grown() if isinstance(part, _Branch) else part) for name, part in self.parts.items()]
        marks = {name: part.mark if isinstance(part, _Branch) else part.start for name, part in self.parts.items()}
        return Pairs(tuple(Pair(_text(name, marks[name]), node) for name, node in pairs), self.mark, self.mark + 1, flow=False)


def _text(said: str, mark: int) -> Text:
    return Text(said, mark, mark + 1, '"')


@dataclass
class _Reader:
    """Reads the sheets of one file into one map, and collects what is wrong on the way."""

    name: str
    marks: list[Mark] = field(default_factory=lambda: [Mark("", 0, 0)])
    slips: list[Slip] = field(default_factory=list[Slip])
    layouts: list[Layout] = field(default_factory=list[Layout])
    root: _Branch = field(default_factory=lambda: _Branch(0))
    seen: dict[Keys, int] = field(default_factory=dict[Keys, int])

    def mark(self, sheet: str, row: int, column: int, heading: str = "") -> int:
        self.marks.append(Mark(sheet, row, column, heading))
        return len(self.marks) - 1

    def slip(self, mark: int, message: str, remedy: str, *, advice: bool = False) -> None:
        self.slips.append(Slip(mark, message, remedy, "advice" if advice else "file"))

    def sheet(self, grid: Grid, table: Table) -> None:
        """Read one sheet as a table."""
        row = _head_row(grid, table)
        if row == 0:
            self._no_head(grid, table)
            return
        columns, headings = self._columns(grid, table, row)
        self._merged(grid, row, columns, headings)
        rows: dict[Keys, int] = {}
        layout = Layout(table, grid, columns, headings, rows)
        if table.worded and not layout.has("language") and not table.language:
            said = f"nothing says in which language these wordings are: there is no column language, and {grid.title or self.name} names none"
            self.slip(self.mark(grid.title, row, 1), said, f"add a column language, or call it {_with_language(grid.title or self.name)}")
            return
        self.layouts.append(layout)
        for number in sorted(number for number in grid.rows if number > row):
            self._row(layout, rows, number)

    def _no_head(self, grid: Grid, table: Table) -> None:
        first = min(grid.rows, default=1)
        found = [cell.text for cell in grid.rows.get(first, {}).values()]
        near = next((text for text in found if nearest(text, [table.identity])), "")
        said = f'no column is called "{table.identity}", so nobody knows what each row of {table.name} is'
        remedy = f'did you mean it by "{near}"?' if near else f"the headings may be: {', '.join(table.headings())}"
        self.slip(self.mark(grid.title, first, 1), said if grid.rows else f"there is no row of headings in this table of {table.name}", remedy)

    def _columns(self, grid: Grid, table: Table, row: int) -> tuple[dict[int, Column], dict[int, str]]:
        columns: dict[int, Column] = {}
        headings: dict[int, str] = {}
        for number, cell in sorted(grid.rows[row].items()):
            column = table.column(cell.text)
            headings[number] = cell.text
            if column is None:
                self._strange(grid, table, cell)
            elif column in columns.values():
                first = next(other for other, earlier in columns.items() if earlier == column)
                said = f'"{cell.text}" and "{headings[first]}" are headings of the same thing'
                self.slip(self.mark(grid.title, row, number, cell.text), said, "keep one of the two columns")
            else:
                columns[number] = column
        lengths = [number for number, column in columns.items() if table.worded and column.says == "field" and column.keys != ("text",)]
        if lengths and any(column.says == "length" for column in columns.values()):
            said = f'there is a column for the length and a column "{headings[lengths[0]]}"'
            self.slip(self.mark(grid.title, row, lengths[0], headings[lengths[0]]), said, "give each length a row or a column, not both")
        return columns, headings

    def _strange(self, grid: Grid, table: Table, cell: Cell) -> None:
        if cell.text.startswith(OWN):
            return
        mark = self.mark(grid.title, cell.row, cell.column, cell.text)
        meant = nearest(cell.text, table.headings(), near=_NEAR)
        if meant:
            self.slip(
                mark, f'"{cell.text}" is no heading of {table.name}', f"did you mean {meant}? if the column is only yours, write {OWN}{cell.text}"
            )
            return
        said = f'the column "{cell.text}" is not read: nothing in {table.name} is called so'
        self.slip(mark, said, f"if the column is only yours, write {OWN}{cell.text}", advice=True)

    def _merged(self, grid: Grid, head: int, columns: dict[int, Column], headings: dict[int, str]) -> None:
        for (top, left), (bottom, right) in grid.merged:
            touched = [number for number in columns if left <= number <= right]
            if bottom < head or not touched or (top == bottom and left == right):
                continue
            what = "one heading stands over several columns" if top <= head else "they hold one value between them"
            said = f"the cells {named((top, left))} to {named((bottom, right))} are merged, so {what}"
            mark = self.mark(grid.title, top, touched[0], headings.get(touched[0], "") if top > head else "")
            self.slip(mark, said, "unmerge them and give each cell its own")

    def _row(self, layout: Layout, rows: dict[Keys, int], number: int) -> None:
        """Read one row: nothing in it that is read is no row at all."""
        grid, cells = layout.grid, layout.grid.rows[number]
        said = {column.says: cells[at] for at, column in layout.columns.items() if at in cells and column.says != "field"}
        fields = [(column, cells[at]) for at, column in layout.columns.items() if at in cells and column.says == "field"]
        self._too_wide(layout, number)
        for what, cell in said.items():
            if cell.wrong:
                self.slip(self.mark(grid.title, number, cell.column, what), cell.wrong, "")
        if not said and not fields:
            return
        name = said.get(layout.table.identity)
        if name is None:
            first = next(iter(sorted(cells.values(), key=lambda cell: cell.column)))
            heading = layout.headings.get(first.column, "")
            mark = self.mark(grid.title, number, first.column, heading)
            self.slip(mark, f"this row has no {layout.table.identity}", f"write one, or empty the row: it holds {_start(first.text)}")
            return
        mark = self.mark(grid.title, number, name.column, layout.headings[name.column])
        entry = self._entry(layout, said, name, mark)
        if entry is None or self._twice(entry, mark, grid):
            return
        rows[entry] = number
        for column, cell in fields:
            self._value(layout, (*entry, *(() if layout.by_length else column.keys)), cell, mark)
        if isinstance(layout.table.entries.of, Fields):
            self._branch(entry, mark)

    def _entry(self, layout: Layout, said: dict[str, Cell], name: Cell, mark: int) -> Keys | None:
        """Tell which entry a row is about."""
        if not layout.table.worded:
            return (*layout.table.path, name.text)
        language = said["language"].text if "language" in said else layout.table.language
        if not language:
            self.slip(mark, f"nothing says in which language this wording of {name.text} is", "fill in the column language")
            return None
        if not layout.by_length:
            return (*layout.table.path, language, name.text)
        cell = said.get("length")
        length = length_in(cell.text) if cell else "text"
        if length is None and cell is not None:
            where = self.mark(layout.grid.title, cell.row, cell.column, layout.headings[cell.column])
            self.slip(where, f'"{cell.text}" is no length', "write text, h30, h60, h90 or w30")
        return (*layout.table.path, language, name.text, length) if length else None

    def _twice(self, entry: Keys, mark: int, grid: Grid) -> bool:
        earlier = self.seen.setdefault(entry, mark)
        if earlier == mark:
            return False
        first = self.marks[earlier]
        where = f"in {first.sheet}, row {first.row}" if first.sheet != grid.title else f"in row {first.row}"
        wording = f"{entry[2]} in {entry[1]}" if entry[0] == "wordings" else entry[-1]
        length = f", {entry[3]}," if len(entry) > 3 else ""
        self.slip(mark, f"{wording}{length} stands here twice; the first is {where}", "remove or rename one of the two rows")
        return True

    def _too_wide(self, layout: Layout, number: int) -> None:
        """Notice the cell behind the last heading of a CSV file: a separator in a text without quotes."""
        beyond = [cell for at, cell in layout.grid.rows[number].items() if at > max(layout.headings)]
        if beyond and not layout.grid.title:
            mark = self.mark("", number, beyond[0].column)
            said = f"this row has more cells than there are headings; the first too many is {_start(beyond[0].text)}"
            self.slip(mark, said, 'a text that contains the separator stands in quotes: "like, this"')

    def _value(self, layout: Layout, keys: Keys, cell: Cell, row_mark: int) -> None:
        heading = layout.headings[cell.column]
        mark = self.mark(layout.grid.title, cell.row, cell.column, heading)
        slot = layout.table.slot(layout.field(keys))
        if cell.wrong:
            self.slip(mark, cell.wrong, "")
            return
        if cell.kind == "number" and is_bare_price(keys, cell.text):
            self.slip(mark, *bare_price(cell.text))
            return
        text = _day(cell.text) if slot.leaf.form == "date" else cell.text
        items = [_text(item, mark) for item in items_in(text, names=slot.leaf.text == "exact")] if slot.many else None
        holder = self._branch(keys[:-1], row_mark)
        holder.parts[keys[-1]] = _text(text, mark) if items is None else Items(tuple(items), mark, mark + 1, flow=False)

    def _branch(self, keys: Keys, mark: int) -> _Branch:
        """Find or make the map at keys; a new one stands where the row does."""
        branch = self.root
        for key in keys:
            found = branch.parts.get(key)
            if not isinstance(found, _Branch):
                found = branch.parts[key] = _Branch(mark)
            branch = found
        return branch


def _day(text: str) -> str:
    """Read a day as a German spreadsheet program writes it into CSV, whatever was typed: 31.03.2027."""
    found = _GERMAN_DAY.fullmatch(text)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else text


def _start(text: str) -> str:
    return f'"{text[:40]}…"' if len(text) > 41 else f'"{text}"'


def _with_language(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-de.{ending}" if dot else f"{name} de"


def _head_row(grid: Grid, table: Table) -> int:
    """Find the row of headings: the first with the column that says what a row is. Titles may stand above it."""
    for number in sorted(grid.rows)[:_LOOKED_AT]:
        found = [table.column(cell.text) for cell in grid.rows[number].values()]
        known = [column for column in found if column is not None]
        if any(column.says == table.identity for column in known) and len(known) > 1:
            return number
    return 0


@lru_cache(maxsize=32)
def read_table(name: str, data: bytes) -> tuple[TablePage, Pairs, tuple[Slip, ...]]:
    """Read a table file: its page, its content as a map, and every mistake. A verb looks at the same bytes several times."""
    reader = _Reader(name)
    if name.lower().endswith(".xlsx"):
        _read_workbook(reader, data)
    else:
        _read_csv(reader, data)
    page = TablePage(name, data, "", tuple(reader.marks), tuple(reader.layouts))
    return page, reader.root.grown(), tuple(reader.slips)


def _read_workbook(reader: _Reader, data: bytes) -> None:
    try:
        grids = sheets(data)
    except Broken as broken:
        reader.slip(0, broken.message, broken.remedy)
        return
    visible = [grid for grid in grids if not grid.hidden]
    tables = [(grid, table_named(grid.title)) for grid in grids]
    if len(visible) == 1 and not any(table for _, table in tables):
        tables = [(visible[0], table_named(_stem(reader.name)))]
    for grid, table in tables:
        if table is not None:
            reader.sheet(grid, table)
        elif not grid.hidden:
            _strange_sheet(reader, grid, alone=not any(table for _, table in tables))


def _strange_sheet(reader: _Reader, grid: Grid, *, alone: bool) -> None:
    """Say that a sheet is not read; that stops the file where its name is nearly right, or no sheet is read at all."""
    if grid.title.startswith(OWN):
        return
    mark = reader.mark(grid.title, 0, 0)
    meant = nearest(grid.title, table_names(), near=_NEAR)
    if alone or meant:
        reader.slip(mark, f'no part of the strategy is called "{grid.title}"', did_you_mean(grid.title, table_names()))
    else:
        said = f'the sheet "{grid.title}" is not read: no part of the strategy is called so'
        reader.slip(mark, said, f"if that is meant, call it {OWN}{grid.title}", advice=True)


def _read_csv(reader: _Reader, data: bytes) -> None:
    page, garbled = decode(reader.name, data)
    table = table_named(_stem(reader.name))
    sheet = scan(page.text, is_heading)
    if garbled and not page.text:
        reader.slip(0, garbled[0].message, garbled[0].remedy)
        return
    if table is None:
        meant = did_you_mean(_stem(reader.name), table_names())
        said = "no part of the strategy is called as this file is, so nobody knows what its rows are"
        reader.slip(0, said, f"name it after the part that it holds, like claims.csv or wordings-de.csv; {meant}")
    elif not page.text.strip():
        reader.slip(0, "this file is empty", f"begin with a row of headings: {_head_line(sheet, table)}")
    else:
        reader.sheet(sheet.grid(), table)
    headings = reader.layouts[0].headings if reader.layouts else dict[int, str]()
    for slip in (*garbled, *sheet.slips):
        row, column = sheet.corner(slip.offset)
        reader.slip(reader.mark("", row, column, headings.get(column, "")), slip.message, slip.remedy)


def _head_line(sheet: Sheet, table: Table) -> str:
    """Spell a row of headings, parted by the file's own sign."""
    return sheet.sign.join(table.headings())


def csv_of(page: TablePage) -> Sheet:
    """Read a CSV page again as the text that it is, for whoever writes into it."""
    return scan(decode(page.name, page.data)[0].text, is_heading)


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0]
