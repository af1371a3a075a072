"""A brief as it was received (.md, .txt, .docx, .pdf) as lines with their places. What a line means is not known here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

from concerted.errors import NotFound, UserError

LONGEST = 10_000_000
"""Bytes of a brief's file."""
MOST = 100_000
"""Characters of a brief: more is no brief."""
HEADING_WORDS = 8
ENDINGS = (".md", ".txt", ".docx", ".pdf")
_ITEM = re.compile(r"^\s*(?:[-*+•–]|\d{1,2}[.)])\s+")
_HEADING = re.compile(r"^\s*#{1,6}\s+")
_BOLD = re.compile(r"^\s*(?:\*\*|__)([^*_]{2,60}?):?(?:\*\*|__):?\s*(.*)$")
"""A row that begins in bold: alone it is a heading, before other words a label."""
_RULE = re.compile(r"^[\s|:*_=-]*$")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ENDED = re.compile(r"[.!?:;][\"'”’»)]*$")
_LINK = re.compile(r"\w\.\w[\w.-]*(?:/\S*)?$|://\S+$")
_UNBROKEN = re.compile(r"://|\S{40}")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, list item, heading or table row, with where it stands."""

    place: str
    text: str
    heading: bool = False
    item: bool = False


@dataclass(frozen=True)
class Document:
    """A brief: its name, its bytes as they came, its lines."""

    name: str
    data: bytes
    lines: tuple[Line, ...]

    @cached_property
    def text(self) -> str:
        """All words, line by line."""
        return "\n".join(line.text for line in self.lines)


def read_document(file: Path) -> Document:
    """Read a brief. Raises NotFound where there is no file, UserError where it holds no words that can be read."""
    if not file.is_file():
        raise NotFound(f"There is no file {file}.", next="name the file of the brief")
    ending = file.suffix.lower()
    if ending not in ENDINGS:
        raise UserError(f"{file.name} is no {', '.join(ENDINGS)} file.", next="save the brief as one of these")
    data = file.read_bytes()
    if len(data) > LONGEST:
        raise UserError(f"{file.name} has {len(data):,} bytes; a brief takes {LONGEST:,} at most.", next="keep the part that says what is wanted")
    read = {".docx": _word, ".pdf": _pages}.get(ending, _plain)
    lines = tuple(line for line in read(file.name, data) if line.text)
    if not lines:
        raise UserError(f"{file.name} holds no words.", next="a scanned brief has to be typed or recognised first")
    if sum(len(line.text) for line in lines) > MOST:
        raise UserError(f"{file.name} has more than {MOST:,} characters.", next="keep the part that says what is wanted")
    return Document(file.name, data, lines)


def _plain(name: str, data: bytes) -> Iterator[Line]:
    """Read plain text or Markdown; lines that follow each other without a blank are one paragraph."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{name} is no plain text in UTF-8.", next="save it as UTF-8, or as .docx") from error
    if "\0" in text:
        raise UserError(f"{name} is no plain text.", next="save it as UTF-8, or as .docx")
    rows = text.splitlines()
    yield from _joined((f"line {number}", row, width) for number, (row, width) in enumerate(zip(rows, _widths(rows), strict=True), 1))


def _widths(rows: list[str]) -> Iterator[int]:
    """Give each row the margin of its paragraph: its longest row, but for those that no margin breaks (tables, headings, links)."""
    for blank, paragraph in groupby(rows, lambda row: _RULE.fullmatch(row.strip()) is not None):
        held = list(paragraph)
        broken = [] if blank else [len(row.rstrip()) for row in held if not row.strip().startswith(("#", "|")) and not _UNBROKEN.search(row)]
        yield from [max(broken, default=0)] * len(held)


def _joined(rows: Iterable[tuple[str, str, int]]) -> Iterator[Line]:
    """Join the rows of a paragraph or item; a heading, an item, a table row and a label begin anew, and a row that no margin broke."""
    held: Line | None = None
    before = ""
    for place, row, width in rows:
        bare = row.strip()
        fits = _stops(before) and bare[:1].isupper() and len(before) + 1 + len(bare.split()[0]) < width
        before = row.rstrip()
        if _RULE.fullmatch(bare):
            if held:
                yield held
            held = None
            continue
        begins = _begins(bare) or _ITEM.match(row) is not None or _BOLD.match(row) is not None or fits
        if held and not begins:
            held = Line(held.place, f"{held.text} {_bare(bare)}", held.heading, held.item)
            continue
        if held:
            yield held
        bold = _BOLD.match(row)
        if bold and bold[2]:
            row = f"{bold[1]}: {bold[2].lstrip(':–- ')}"
        held = Line(place, _bare(_ITEM.sub("", row, count=1)), bool(_HEADING.match(row) or (bold and not bold[2])), _ITEM.match(row) is not None)
        if held.heading or bare.startswith("|"):
            yield held
            held = None
    if held:
        yield held


def _stops(row: str) -> bool:
    """Tell whether a row may be the last of its line: a sentence or a link ends there, or it is a label with its words."""
    ends = _ENDED.search(row) is not None or _LINK.search(row) is not None
    return ends or (_begins(row.strip()) and not row.endswith(","))


def _begins(bare: str) -> bool:
    return bare.startswith(("#", "|")) or re.match(r"\**[^\W\d_][^.!?:|]{0,40}:(?!//)", bare) is not None


def _bare(row: str) -> str:
    """Take off what marks a text up; a table row becomes `first: second`."""
    text = _HEADING.sub("", row).strip()
    if text.startswith("|"):
        cells = [cell.strip() for cell in text.strip("|").split("|") if cell.strip()]
        text = _row(cells)
    text = re.sub(r"\*\*|__|`", "", text)
    return " ".join(re.sub(r"(?<!\w)[*_](\S[^*_]*)[*_](?!\w)", r"\1", text).split())


def _row(cells: list[str]) -> str:
    head, *rest = cells or [""]
    return f"{head.rstrip(':')}: {' '.join(rest)}" if rest else head


def _word(name: str, data: bytes) -> Iterator[Line]:
    """Read a Word file in reading order; what was inserted with tracking counts, what was deleted does not."""
    import docx
    from docx.table import Table

    try:
        opened: Any = docx.Document(BytesIO(data))
        parts = list(opened.iter_inner_content())
    except Exception as error:  # the library raises whatever zip, XML and its own parts raise
        raise UserError(f"{name} is no Word file that can be read.", next="save it again as .docx, or as plain text") from error
    tables = 0
    for number, part in enumerate(parts, 1):
        if isinstance(part, Table):
            tables += 1
            for row, cells in enumerate(part.rows, 1):
                said = list(dict.fromkeys(" ".join(_runs(cell._tc).split()) for cell in cells.cells))  # pyright: ignore[reportPrivateUsage]  # tracked words are only in the element
                yield Line(f"table {tables}, row {row}", _row([cell for cell in said if cell]), item=True)
            continue
        style = str(part.style.name if part.style is not None else "")
        text = " ".join(_runs(part._p).split())
        heading = style.startswith(("Heading", "Title")) or _stands_out(part, text)
        yield Line(f"paragraph {number}", text, heading, style.startswith("List"))


def _stands_out(paragraph: Any, text: str) -> bool:
    """Tell whether a short paragraph is bold from end to end: how headings look where nobody uses styles."""
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and len(text.split()) <= HEADING_WORDS and not text.endswith(".") and all(run.bold for run in runs)


def _runs(element: Any) -> str:
    """Give the words of an element, with those of its parts."""
    parts = [part for part in element.iter() if part.tag in (f"{_WORD}t", f"{_WORD}p", f"{_WORD}br")]
    return "".join(part.text or "" if part.tag == f"{_WORD}t" else " " for part in parts)


def _pages(name: str, data: bytes) -> Iterator[Line]:
    """Read a PDF page by page; a row that goes on in small letters belongs to the one before it."""
    from pypdf import PdfReader

    try:
        texts = [page.extract_text() for page in PdfReader(BytesIO(data)).pages]
    except Exception as error:  # the library raises whatever a broken file makes it raise
        raise UserError(f"{name} is no PDF that can be read.", next="save it again, or copy its words into a text file") from error
    for page, text in enumerate(texts, 1):
        held = ""
        for row in text.splitlines():
            bare = row.strip()
            goes_on = held and bare and not _ITEM.match(bare) and (bare[0].islower() or bare[0].isdigit()) and not _ENDED.search(held)
            if goes_on:
                held = f"{held} {bare}"
                continue
            if held:
                yield _of_page(page, held)
            held = bare
        if held:
            yield _of_page(page, held)


def _of_page(page: int, row: str) -> Line:
    return Line(f"page {page}", _bare(_ITEM.sub("", row, count=1)), item=_ITEM.match(row) is not None)
