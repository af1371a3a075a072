"""CSV as a person's program wrote it: where each cell stands, which sign parts them, and one text with only some cells replaced."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from concerted.campaign.printable import is_run
from concerted.folder.page import Slip
from concerted.folder.tables.grid import Cell, Corner, Grid

SIGNS = (";", ",", "\t")
_TWICE = 'a quote inside a text is written twice: ""'
_LOOKED_AT = 10
_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Field:
    """A cell with its place in the file's text, quotes included."""

    text: str
    start: int
    end: int
    quoted: bool = False


@dataclass(frozen=True)
class Sheet:
    """The records of a CSV file in order, and what parts their cells."""

    text: str
    sign: str
    records: tuple[tuple[Field, ...], ...]
    slips: tuple[Slip, ...]

    def grid(self) -> Grid:
        """Give the cells that hold something, as a spreadsheet would number them."""
        rows: dict[int, dict[int, Cell]] = {}
        for row, record in enumerate(self.records, 1):
            for column, field in enumerate(record, 1):
                said = _BREAK.sub("\n", field.text).strip()
                said = said[1:] if said.startswith("'") and is_run(said[1:]) else said
                if said:
                    rows.setdefault(row, {})[column] = Cell(said, row, column)
        return Grid("", rows)

    def corner(self, offset: int) -> Corner:
        """Find the cell at a place in the text."""
        for row, record in enumerate(self.records, 1):
            if record[-1].end >= offset:
                return row, next(column for column, field in enumerate(record, 1) if field.end >= offset)
        return max(len(self.records), 1), 1


def scan(text: str, known: Callable[[str], bool]) -> Sheet:
    """Read a text as CSV with the sign that makes the most headings; `known` tells which texts are headings."""

    def headings(sign: str) -> tuple[int, int]:
        first = _scanned(text, sign, _LOOKED_AT).records
        return max((sum(known(field.text) for field in record) for record in first), default=0), max((len(record) for record in first), default=0)

    return _scanned(text, max(SIGNS, key=headings), None)


def _scanned(text: str, sign: str, most: int | None) -> Sheet:
    records: list[tuple[Field, ...]] = []
    slips: list[Slip] = []
    at = 0
    plain = re.compile(rf"[^{re.escape(sign)}\r\n]*")
    while at < len(text) and (most is None or len(records) < most):
        record: list[Field] = []
        while True:
            field = _quoted(text, at, plain, slips) if text.startswith('"', at) else None
            if field is None:
                end = _end(plain, text, at)
                field = Field(text[at:end], at, end)
            record.append(field)
            at = field.end
            if not text.startswith(sign, at):
                break
            at += 1
        records.append(tuple(record))
        after = _BREAK.match(text, at)
        at = after.end() if after else at
    return Sheet(text, sign, tuple(records), tuple(slips))


def _end(plain: re.Pattern[str], text: str, at: int) -> int:
    found = plain.match(text, at)
    return found.end() if found else at


_INSIDE = re.compile(r'[^"]*(?:""[^"]*)*')


def _quoted(text: str, at: int, plain: re.Pattern[str], slips: list[Slip]) -> Field | None:
    """Read a cell in quotes. One that is never closed is read as it stands up to the next sign, so that the rest comes to light."""
    inside = _INSIDE.match(text, at + 1)
    closed = inside.end() if inside else len(text)
    if closed >= len(text):
        slips.append(Slip(at, "the quote that opens here is never closed", f"close it at the end of the text; {_TWICE}"))
        return None
    end = _end(plain, text, closed + 1)
    said = text[at + 1 : closed].replace('""', '"')
    if text[closed + 1 : end].strip():
        slips.append(Slip(at, "there is more text after the closing quote", _TWICE))
    return Field(said + text[closed + 1 : end].rstrip(), at, end, quoted=True)


def rewritten(sheet: Sheet, cells: Mapping[Corner, str], added: Sequence[Mapping[int, str]], gone: Iterable[int]) -> str:
    """Give the text with some cells replaced, records added at the end and records taken out; every other character stays."""
    patches: list[tuple[int, int, str]] = []
    out = set(gone)
    for row in {row for row, _ in cells} - out:
        patches += _row_patches(sheet, sheet.records[row - 1], {column: said for (at, column), said in cells.items() if at == row})
    for row in out:
        record = sheet.records[row - 1]
        after = _BREAK.match(sheet.text, record[-1].end)
        patches.append((record[0].start, after.end() if after else record[-1].end, ""))
    text = sheet.text
    for start, end, said in sorted(patches, reverse=True):
        text = text[:start] + said + text[end:]
    return text + "".join(_appended(sheet, text, [_line(sheet, one) for one in added]))


def _row_patches(sheet: Sheet, record: tuple[Field, ...], wanted: Mapping[int, str]) -> Iterable[tuple[int, int, str]]:
    """Replace cells of one record; those beyond its end are put behind it with the signs that they need."""
    for column, said in wanted.items():
        if column <= len(record):
            field = record[column - 1]
            yield field.start, field.end, _spelled(said, sheet.sign, quoted=field.quoted)
    beyond = [column for column in wanted if column > len(record)]
    if beyond:
        tail = [_spelled(wanted.get(column, ""), sheet.sign) for column in range(len(record) + 1, max(beyond) + 1)]
        yield record[-1].end, record[-1].end, "".join(sheet.sign + said for said in tail)


def _line(sheet: Sheet, cells: Mapping[int, str]) -> str:
    """Write a record as wide as its neighbour, in quotes where the neighbour's texts are."""
    last = next((record for record in reversed(sheet.records) if any(field.text for field in record)), ())
    quoted = any(field.quoted for field in last) and all(field.quoted for field in last if field.text)
    width = max([len(last), *cells])
    return sheet.sign.join(_spelled(cells.get(column, ""), sheet.sign, quoted=quoted and bool(cells.get(column))) for column in range(1, width + 1))


def _appended(sheet: Sheet, text: str, lines: Sequence[str]) -> Iterable[str]:
    found = _BREAK.search(sheet.text)
    newline = found[0] if found else "\n"
    ends = text.endswith(("\r", "\n")) or not text
    for line in lines:
        yield f"{line}{newline}" if ends else f"{newline}{line}"


def _spelled(said: str, sign: str, *, quoted: bool = False) -> str:
    """Write a cell, in quotes where it must be, and with an apostrophe in front of what a spreadsheet would run as a formula."""
    said = f"'{said}" if is_run(said) else said
    if quoted or sign in said or any(mark in said for mark in '"\r\n') or said != said.strip():
        return '"' + said.replace('"', '""') + '"'
    return said
