"""What a reading copy brought back, whatever file it came in: words by mark, remarks, ticks, and what belongs nowhere. Nothing is judged here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from concerted.campaign.printable import printable
from concerted.review.document import separator

PARAGRAPH = "\u2029"
"""Divides paragraphs until it is known how the text itself divides them."""
_ALIKE = str.maketrans({
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'",
    "\u2039": "'", "\u203a": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2011": "-", "\u2010": "-", "\u2013": "-",
})  # fmt: skip
"""What word processors put in the place of what was typed, one character for one."""

Pieces = tuple[tuple[str, bool], ...]
"""(words, were they typed as a tracked change?)"""


@dataclass(frozen=True, slots=True)
class FieldBack:
    """One field of the copy as it came back."""

    place: str
    """Mark of the place, or the place itself where only the label was left."""
    seen: str
    """(Beginning of) the hash of the words that were shown."""
    after: Pieces
    authors: tuple[str, ...] = ()
    fine: bool = False


@dataclass(frozen=True, slots=True)
class RemarkBack:
    """A comment. `place` is as in a field, or an asset's mark."""

    place: str
    text: str
    author: str = ""
    on: str = ""
    done: bool = False
    """True where it was marked as resolved in the document."""


@dataclass(frozen=True, slots=True)
class TickBack:
    """A ticked box under an asset (with the draft that was shown), or under a sentence."""

    place: str
    seen: str


@dataclass(frozen=True, slots=True)
class LooseBack:
    """Words that stand in no field: passed on as they are."""

    text: str
    near: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """All that came back in one file."""

    copy: str
    by: str
    fields: tuple[FieldBack, ...] = ()
    remarks: tuple[RemarkBack, ...] = ()
    ticks: tuple[TickBack, ...] = ()
    loose: tuple[LooseBack, ...] = ()


def words_back(base: str, after: Pieces) -> str:
    """Give the words that a reader left, where `base` is what the copy showed.

    What the word processor did by itself is taken back: typographic quotation marks, no-break spaces and line ends in words that nobody tracked.
    """
    divided = separator(base)
    text = "".join(words.replace(PARAGRAPH, divided) for words, _tracked in after)
    tracked = [flag for words, flag in after for _char in words.replace(PARAGRAPH, divided)]
    shown = printable(base)
    if not any(tracked) and _plain(text) == _plain(shown):
        return base
    matcher = SequenceMatcher(None, shown.translate(_ALIKE), text.translate(_ALIKE), autojunk=False)
    out: list[str] = []
    for step, i1, i2, j1, j2 in matcher.get_opcodes():
        if step == "equal":
            out += [text[j1 + n] if tracked[j1 + n] else shown[i1 + n] for n in range(i2 - i1)]
        else:
            out.append(text[j1:j2])
    return _tidy(base, "".join(out))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.translate(_ALIKE)).strip()


def _tidy(base: str, text: str) -> str:
    """Take off what a deletion leaves behind at the ends: blanks, empty paragraphs. Ends that the text had stay."""
    if base == base.strip():
        return text.strip()
    return text


def joined(pieces: Sequence[str]) -> str:
    """Join passages for a remark, paragraphs by line breaks."""
    return "".join(pieces).replace(PARAGRAPH, "\n").strip()
