"""Whether somebody's words say what a model says they say: the quote is verbatim, and every figure and most words of the value stand in it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from concerted.brief.document import Document
from concerted.rules.figures import figures
from concerted.rules.languages import STOP_WORDS
from concerted.rules.reading import stem, words_of
from concerted.rules.segment import sentences

REWORDED = "reworded"
"""The flag of a line whose words are the reader's more than the writer's: a person looks at it."""
SHARE = 0.6
"""So much of a line's words must stand in its quote, or it counts as reworded."""
LEAST = 0.25
"""Below this the quote says something else."""
SENTENCE = 3
"""Fewer words say nothing that a line could hold."""
_QUOTES = str.maketrans("“”„«»‘’", '"""""' + "''")


def plain(text: str) -> str:
    """Give a text with one kind of space and quotation mark: what a copy may change without changing the words."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_QUOTES).split())


def is_verbatim(quote: str, text: str) -> bool:
    """Tell whether a quote stands in a text word for word."""
    return bool(quote.strip()) and plain(quote) in plain(text)


def unsupported(value: str, quote: str, text: str) -> str:
    """Say why a value does not follow from a quote of a text; empty where it does."""
    if not quote.strip():
        return "no words are quoted for it"
    if not is_verbatim(quote, text):
        return "the quoted words do not stand there"
    strange = [one.text for one in figures(value) if one.kind not in ("time",) and not _said(one.readings, one.text, quote)]
    if strange:
        return f"{strange[0]} is not in the quoted words"
    return "" if share(value, quote) >= LEAST else "the quoted words say something else"


def _said(readings: tuple[str, ...], words: str, quote: str) -> bool:
    """Tell whether a figure stands in a quote, as a figure or as the same signs."""
    known = {reading.rpartition(" ")[2] for one in figures(quote) for reading in one.readings}
    return bool(known & {reading.rpartition(" ")[2] for reading in readings}) or plain(words).casefold() in plain(quote).casefold()


def unread(document: Document, quotes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """List the sentences of a brief that no quote holds, as place and words: what its reader made nothing of. Headings and shouts are none."""
    read = [plain(quote) for quote in quotes if quote.strip()]
    for line in document.lines:
        for sentence in sentences(line.text) if not line.heading else ():
            words = plain(sentence)
            heads = sentence.rstrip().endswith(":")
            if not heads and len(words_of(sentence)) >= SENTENCE and not any(words in quote or quote in words for quote in read):
                yield line.place, sentence.strip()


def share(value: str, quote: str) -> float:
    """Say how much of a value's words stand in a quote; 1 where it has none but figures and small words."""
    said = [stem(word) for word in words_of(value) if word not in STOP_WORDS and not re.search(r"\d", word)]
    known = {stem(word) for word in words_of(quote)}
    return sum(word in known for word in said) / len(said) if said else 1.0
