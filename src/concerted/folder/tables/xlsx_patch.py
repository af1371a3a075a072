"""Cells of an XLSX file replaced in its own XML: each part of the package that is not touched keeps its bytes.

Programs keep more in a workbook than any library reads (comments, charts, formats, what formulas gave), so nothing is written anew.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from posixpath import join, normpath
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError, ParserCreate
from xml.sax.saxutils import escape

from concerted.campaign.printable import LONGEST, printable
from concerted.folder.tables.grid import Corner, Grid, letters, named

_ADDRESS = re.compile(r"([A-Z]+)(\d+)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Unpatchable(Exception):
    """Internal to this room: the file is built in a way that cannot be edited by span."""


@dataclass(frozen=True, slots=True)
class _Element:
    """An element of a sheet as bytes: where it starts, where its content does, where it ends, and its attributes."""

    start: int
    inside: int
    end: int
    attributes: Mapping[str, str]


@dataclass
class _Sheet:
    """The rows and cells of one sheet's XML."""

    data: bytes
    prefix: str = ""
    rows: dict[int, _Element] = field(default_factory=dict[int, _Element])
    cells: dict[Corner, _Element] = field(default_factory=dict[Corner, _Element])
    body: _Element | None = None


def patched(data: bytes, wanted: Mapping[str, tuple[Grid, Mapping[Corner, str]]]) -> bytes:
    """Give the bytes of a workbook with cells set, or cleared where the text is empty, by the title of their sheet. Raises Unpatchable."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        changed = _parts(package, wanted)
        with zipfile.ZipFile(out, "w") as copy:
            copy.comment = package.comment
            for part in package.infolist():
                copy.writestr(part, changed.get(part.filename, package.read(part)), part.compress_type)
    return out.getvalue()


def _parts(package: zipfile.ZipFile, wanted: Mapping[str, tuple[Grid, Mapping[Corner, str]]]) -> dict[str, bytes]:
    changed: dict[str, bytes] = {}
    paths, since_1904 = _sheet_paths(package)
    for title, (grid, cells) in wanted.items():
        path = paths.get(title, "")
        if path not in package.namelist():
            raise Unpatchable(f"the XML of its sheet {title} is not where it says")
        before = grid.last
        after = max(before, *(row for (row, _), said in cells.items() if said), 0) if cells else before
        xml = _with_cells(package.read(path), grid, cells, since_1904)
        changed[path] = _grown(xml, before, after) if after > before else xml
        for table in _related(package, path, "table") if after > before else ():
            changed[table] = _grown(package.read(table), before, after)
    return changed


def _sheet_paths(package: zipfile.ZipFile) -> tuple[dict[str, str], bool]:
    """Find the part of each sheet by its title, and whether the workbook counts days from 1904."""
    root = ElementTree.fromstring(package.read("xl/workbook.xml"))
    targets = _relations(package, "xl/workbook.xml")
    paths: dict[str, str] = {}
    since_1904 = False
    for element in root.iter():
        kind = element.tag.rpartition("}")[2]
        if kind == "sheet":
            relation = next((value for name, value in element.attrib.items() if name.rpartition("}")[2] == "id"), "")
            paths[element.attrib["name"]] = targets.get(relation, ("", ""))[1]
        elif kind == "workbookPr":
            since_1904 = element.attrib.get("date1904", "0") in ("1", "true")
    return paths, since_1904


def _relations(package: zipfile.ZipFile, path: str) -> dict[str, tuple[str, str]]:
    """Give the parts that one names: id -> (kind, path)."""
    folder, _, name = path.rpartition("/")
    listed = f"{folder}/_rels/{name}.rels"
    if listed not in package.namelist():
        return {}
    root = ElementTree.fromstring(package.read(listed))
    return {
        one.attrib["Id"]: (one.attrib["Type"].rpartition("/")[2], normpath(join("/", folder, one.attrib["Target"])).lstrip("/"))
        for one in root
        if one.attrib.get("TargetMode") != "External"
    }


def _related(package: zipfile.ZipFile, path: str, kind: str) -> Iterable[str]:
    return [target for said, target in _relations(package, path).values() if said == kind and target in package.namelist()]


def _read(data: bytes) -> _Sheet:
    """Find every row and cell of a sheet, with its place in the bytes."""
    sheet = _Sheet(data)
    open_elements: list[tuple[str, int, int, dict[str, str]]] = []
    parser = ParserCreate()

    def begun(tag: str, attributes: dict[str, str]) -> None:
        start = parser.CurrentByteIndex
        open_elements.append((tag, start, _tag_end(data, start), attributes))

    def ended(_tag: str) -> None:
        tag, start, inside, attributes = open_elements.pop()
        empty = data[inside - 2 : inside] == b"/>"
        end = inside if empty else data.index(b">", parser.CurrentByteIndex) + 1
        _found(sheet, tag, _Element(start, inside, end, attributes))

    parser.StartElementHandler, parser.EndElementHandler = begun, ended
    try:
        parser.Parse(data, True)
    except (ExpatError, ValueError) as error:
        raise Unpatchable("the XML of its sheet cannot be read") from error
    return sheet


def _tag_end(data: bytes, start: int) -> int:
    """Find the end of a start tag; a > may stand in quotes."""
    found = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>").match(data, start)
    if found is None:
        raise Unpatchable("the XML of its sheet is not in UTF-8")
    return found.end()


def _found(sheet: _Sheet, tag: str, element: _Element) -> None:
    prefix, _, kind = tag.rpartition(":")
    if kind == "sheetData":
        sheet.body, sheet.prefix = element, f"{prefix}:" if prefix else ""
    elif kind == "row" and "r" in element.attributes:
        sheet.rows[int(element.attributes["r"])] = element
    elif kind == "c" and "r" in element.attributes:
        sheet.cells[_corner(element.attributes["r"])] = element


def _corner(address: str) -> Corner:
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise Unpatchable(f"its XML names a cell {address}")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def _with_cells(data: bytes, grid: Grid, wanted: Mapping[Corner, str], since_1904: bool) -> bytes:
    sheet = _read(data)
    if sheet.body is None:
        raise Unpatchable("its XML has no cells")
    patches: list[tuple[int, int, str]] = []
    for row in sorted({row for row, _ in wanted}):
        cells = {column: said for (at, column), said in wanted.items() if at == row}
        if row in sheet.rows:
            patches += _row_patches(sheet, grid, row, cells, since_1904)
        else:
            patches.append(_new_row(sheet, row, cells))
    for start, end, said in sorted(patches, key=lambda patch: patch[:2], reverse=True):
        data = data[:start] + said.encode() + data[end:]
    return data


def _row_patches(sheet: _Sheet, grid: Grid, row: int, cells: Mapping[int, str], since_1904: bool) -> Iterable[tuple[int, int, str]]:
    """Replace the cells of a row that is there; what has no cell yet is put where its column is."""
    coming: dict[int, list[str]] = {}
    holder = sheet.rows[row]
    if holder.inside == holder.end:
        made = "".join(_cell(sheet, (row, column), said, "") for column, said in sorted(cells.items()) if said)
        yield holder.inside - 2, holder.end, f">{made}</{sheet.prefix}row>" if made else "/>"
        return
    for column, said in sorted(cells.items()):
        old = sheet.cells.get((row, column))
        if old is not None:
            style = old.attributes.get("s", "")
            kind = grid.rows[row][column].kind if column in grid.rows.get(row, {}) else "text"
            serial = _serial(said, since_1904) if kind == "date" else ""
            yield old.start, old.end, _cell(sheet, (row, column), said, style, serial)
        elif said:
            after = [element.end for (at, other), element in sheet.cells.items() if at == row and other < column]
            coming.setdefault(max(after, default=holder.inside), []).append(_cell(sheet, (row, column), said, ""))
    for at, made in coming.items():
        yield at, at, "".join(made)


def _new_row(sheet: _Sheet, row: int, cells: Mapping[int, str]) -> tuple[int, int, str]:
    """Put a row behind the last one before it, each cell in the format of the one above."""
    body = sheet.body
    assert body is not None
    above = max((number for number in sheet.rows if number < row), default=0)
    if body.inside == body.end or not above:
        raise Unpatchable("its XML has no row to put another one behind")
    styles = {column: element.attributes.get("s", "") for (at, column), element in sheet.cells.items() if at == above}
    columns = sorted({*cells, *(column for column, style in styles.items() if style)})
    made = "".join(_cell(sheet, (row, column), cells.get(column, ""), styles.get(column, "")) for column in columns)
    at = sheet.rows[above].end
    return at, at, f'<{sheet.prefix}row r="{row}">{made}</{sheet.prefix}row>'


def _cell(sheet: _Sheet, corner: Corner, said: str, style: str, serial: str = "") -> str:
    """Write a cell: a text in the file's own XML, a day as its number, or nothing but its format."""
    prefix, styled = sheet.prefix, f' s="{style}"' if style else ""
    opening = f'<{prefix}c r="{named(corner)}"{styled}'
    if serial:
        return f"{opening}><{prefix}v>{serial}</{prefix}v></{prefix}c>"
    if not said:
        return f"{opening}/>"
    if len(said) > LONGEST:
        raise Unpatchable(f"a cell holds at most {LONGEST:,} characters")
    text = escape(printable(said, "\ufffd").replace("\r\n", "\n"))
    return f'{opening} t="inlineStr"><{prefix}is><{prefix}t xml:space="preserve">{text}</{prefix}t></{prefix}is></{prefix}c>'


def _serial(said: str, since_1904: bool) -> str:
    """Give the number under which a workbook keeps a day; empty where the text is none."""
    if not _DAY.fullmatch(said):
        return ""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return ""
    return str((day - (date(1904, 1, 1) if since_1904 else date(1899, 12, 30))).days)


def _grown(xml: bytes, before: int, after: int) -> bytes:
    """Let what ended with the last row end with the new one: the extent, the filter, an Excel table."""

    def grown(found: re.Match[bytes]) -> bytes:
        first, last = found[2].decode().split(":")
        corner = _corner(last.replace("$", ""))
        return found[1] + f"{first}:{letters(corner[1])}{after}".encode() + found[3] if corner[0] == before else found[0]

    return re.sub(rb'(<(?:\w+:)?(?:dimension|autoFilter|table)\s[^>]*?\bref=")(\$?[A-Z]+\$?\d+:\$?[A-Z]+\$?\d+)(")', grown, xml)
