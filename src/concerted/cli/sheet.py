"""A page being printed: headings, sentences, rows, commands, was/now. Knows rich; knows nothing of campaigns."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, TypeAlias

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from concerted.cli.pasting import HERE, OR, pasteable, ways
from concerted.cli.text import clean

WIDEST = 110
"""Longer lines are hard to read, however wide the window is."""
AROUND = 10
"""Unchanged words shown on each side of a change."""
LAST = 12
"""Letters that the last column of a table needs at least, so that it alone is folded."""
Cell: TypeAlias = str | Text
MUTED = "bright_black"
MUTED_NOTE = "not bold bright_black"


def console(*, talk: bool = False) -> Console:
    """Open stdout, or stderr for talk. Colours only on a terminal that wants them."""
    made = Console(file=sys.stderr if talk else sys.stdout, markup=False, emoji=False, highlight=False)
    return made if made.width <= WIDEST else Console(file=made.file, markup=False, emoji=False, highlight=False, width=WIDEST)


def write_json(document: Any) -> None:
    """Print one JSON document on stdout."""
    plain = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"
    sys.stdout.write(json.dumps(document, ensure_ascii=not plain, indent=2, default=str) + "\n")


class Sheet:
    """One page on one stream."""

    def __init__(self, on: Console, folder: Path = HERE) -> None:
        self._console = on
        self._folder = folder
        self._fresh = True

    @property
    def width(self) -> int:
        """Columns at hand."""
        return self._console.width

    def gap(self) -> None:
        """Leave a line empty, but never at the top and never two."""
        if not self._fresh:
            self._console.print()
            self._fresh = True

    def head(self, text: str, note: str = "") -> None:
        """Write a heading with a gap above it; the note beside it, or below where it does not fit."""
        self.gap()
        line = Text(clean(text), "bold")
        beside = len(text) + len(note) + 2 <= self.width
        if note and beside:
            line.append(f"  {clean(note)}", MUTED_NOTE)
        self._print(line, 0)
        if note and not beside:
            self.mute(note)

    def say(self, *parts: Cell, indent: int = 0, style: str = "") -> None:
        """Write a sentence, wrapped below its own indentation."""
        line = Text()
        for part in parts:
            line.append_text(part) if isinstance(part, Text) else line.append(clean(part), style)
        self._print(line, indent)

    def mute(self, text: str, indent: int = 0) -> None:
        """Write what is only looked up."""
        self.say(text, indent=indent, style=MUTED)

    def command(self, line: str, indent: int = 2, lead: str = "") -> None:
        """Write a command as one unbroken line that can be pasted where the reader stands; what else would do, on lines of its own."""
        self._fresh = False
        first, *others = ways(line)
        for before, way in ((lead, first), *((OR, other) for other in others)):
            said = Text(" " * indent + before)
            said.append(clean(pasteable(way, self._folder)), "cyan")
            self._console.print(said, soft_wrap=True)

    def rows(self, rows: Iterable[Sequence[Cell]], indent: int = 2, header: Sequence[str] = (), widths: Sequence[int] = ()) -> None:
        """Write aligned columns, each at least as wide as `widths` says. What does not fit is folded, never cut.

        Only the last column is folded where it has room enough beside the others: an id that breaks in its middle cannot be copied.
        """
        listed = [[cell if isinstance(cell, Text) else Text(clean(cell)) for cell in row] for row in rows]
        if not listed:
            return
        table = Table(box=None, show_header=bool(header), header_style=MUTED, pad_edge=False, padding=(0, 2, 0, 0))
        columns = max(len(row) for row in listed)
        cells = [*([Text(title) for title in row] for row in (header,)), *listed]
        widest = [max(*(row[at].cell_len for row in cells if at < len(row)), widths[at] if at < len(widths) else 0, 1) for at in range(columns)]
        room = self.width - indent - sum(widest[:-1]) - 2 * (columns - 1)
        for at in range(columns):
            kept = at < columns - 1 and room >= min(widest[-1], LAST)
            least = widest[at] if kept or room >= widest[-1] else None
            table.add_column(header[at] if at < len(header) else "", overflow="fold", no_wrap=kept, min_width=least)
        for row in listed:
            table.add_row(*row)
        self._print(table, indent)

    def was_now(self, old: str | None, new: str | None, indent: int = 4) -> None:
        """Write an old and a new text below each other with the words that differ marked."""
        marks = not self._console.is_terminal or self._console.no_color
        was, now = differing(old or "", new or "", marked=marks)
        for label, text, there in (("was  ", was, old), ("now  ", now, new)):
            said = text if there else Text("nothing", MUTED)
            grid = Table.grid(padding=0)
            grid.add_column(width=len(label))
            grid.add_column(overflow="fold")
            grid.add_row(Text(label, MUTED), said)
            self._print(grid, indent)

    def _print(self, what: RenderableType, indent: int) -> None:
        """Print something; in a pipe without the blanks that fill a window's lines."""
        self._fresh = False
        padded = Padding(what, (0, 0, 0, indent))
        if self._console.is_terminal:
            self._console.print(padded)
            return
        with self._console.capture() as captured:
            self._console.print(padded)
        self._console.file.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def differing(old: str, new: str, *, marked: bool) -> tuple[Text, Text]:
    """Mark the words in which two texts differ and leave out long stretches that are the same. `marked` uses signs instead of colours."""
    before, after = _words(old), _words(new)
    was, now = Text(), Text()
    bare = [[word.strip() for word in words] for words in (before, after)]
    steps = SequenceMatcher(None, *bare, autojunk=False).get_opcodes()
    for number, (step, i1, i2, j1, j2) in enumerate(steps):
        if step == "equal":
            ends = (number == 0, number == len(steps) - 1)
            was.append(_shortened(before[i1:i2], ends))
            now.append(_shortened(after[j1:j2], ends))
            continue
        _append(was, before[i1:i2], ("[-", "-]") if marked else ("", ""), "" if marked else "red strike")
        _append(now, after[j1:j2], ("{+", "+}") if marked else ("", ""), "" if marked else "green")
    return was, now


def _words(text: str) -> list[str]:
    """Split a text into words, each with the space behind it."""
    return re.findall(r"\s*\S+\s*", clean(text))


def _append(line: Text, words: list[str], marks: tuple[str, str], style: str) -> None:
    said = "".join(words)
    inner = said.strip()
    if not inner:
        line.append(said)
        return
    head, tail = said[: len(said) - len(said.lstrip())], said[len(said.rstrip()) :]
    line.append(head)
    line.append(f"{marks[0]}{inner}{marks[1]}", style)
    line.append(tail)


def _shortened(words: list[str], ends: tuple[bool, bool]) -> str:
    """Leave out the middle of an unchanged stretch; `ends` tells whether the text begins and ends with it."""
    first, last = ends
    if (first and last) or len(words) <= 2 * AROUND:
        return "".join(words)
    head = "" if first else f"{''.join(words[:AROUND]).rstrip()} "
    tail = "" if last else f" {''.join(words[-AROUND:])}"
    return f"{head}…{tail}"
