"""One file as text: its bytes, how they were decoded, and which line and column an offset is."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from concerted.campaign.finding import Severity

MAX_BYTES = 1_000_000
MAX_WORKBOOK = 8_000_000
_BREAK = re.compile(r"\r\n|\r|\n")
_BOM = "\ufeff"
_WIDE = ((b"\xff\xfe\x00\x00", "UTF-32"), (b"\x00\x00\xfe\xff", "UTF-32"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
SAVE_AS_UTF8 = "save the file as UTF-8 (in Excel: CSV UTF-8; in Windows Notepad: Save as, Encoding)"


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake at an offset of a page."""

    offset: int
    message: str
    remedy: str
    severity: Severity = "file"
    ref: str = ""


@dataclass(frozen=True)
class Page:
    """A file's text without its byte order mark, and the bytes it came from."""

    name: str
    data: bytes
    text: str

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _BREAK.finditer(self.text))]

    @cached_property
    def newline(self) -> str:
        """The line break that the file uses first."""
        found = _BREAK.search(self.text)
        return found[0] if found else "\n"

    def place(self, offset: int) -> tuple[int, int]:
        """Give line and column of an offset, both counted from 1, in characters."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def cell(self, _offset: int) -> str:
        """Name the cell of an offset, where the page is a table."""
        return ""

    def where(self, offset: int) -> str:
        """Say a place in a sentence: `claims.yaml, line 7`, `claims.xlsx, Claims:row 7, column until`."""
        cell = self.cell(offset)
        return f"{self.name}, {cell}" if cell else f"{self.name}, line {self.place(offset)[0]}"

    def line_start(self, offset: int) -> int:
        """Find where the line of an offset begins."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """Find where the line of an offset ends, before its break."""
        found = _BREAK.search(self.text, offset)
        return found.start() if found else len(self.text)

    def line_of(self, offset: int) -> str:
        """Give the line of an offset, without its break."""
        return self.text[self.line_start(offset) : self.line_end(offset)]

    def next_line(self, offset: int) -> int:
        """Find where the line after an offset begins; the end of the text where there is none."""
        found = _BREAK.search(self.text, offset)
        return found.end() if found else len(self.text)

    def with_text(self, text: str) -> "Page":
        """Give the page with another text, encoded as this one is."""
        mark = _BOM if self.data.startswith(_BOM.encode()) else ""
        return Page(self.name, (mark + text).encode(), text)


def decode(name: str, data: bytes) -> tuple[Page, list[Slip]]:
    """Read a file's bytes as UTF-8. Where they are not, say so and read on as well as possible."""
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            return Page(name, data, ""), [Slip(0, f"this file is saved as {encoding}, and UTF-8 is expected", SAVE_AS_UTF8)]
    try:
        return Page(name, data, data.decode().removeprefix(_BOM)), []
    except UnicodeDecodeError as error:
        if b"\x00" in data:
            return Page(name, data, ""), [Slip(0, "this is not a text file", "a campaign file is plain text in UTF-8")]
        text = data.decode("cp1252", errors="replace")
        said = f'this file is not UTF-8: byte 0x{data[error.start]:02X} looks like "{text[error.start]}" in an old Windows encoding'
        return Page(name, data, text), [Slip(error.start, said, SAVE_AS_UTF8)]
