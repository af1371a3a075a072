"""How the rules read a text: its normalised words with their places. Two texts that a reader takes for the same read the same."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from concerted.rules.languages import ENGLISH_STOP_WORDS, GERMAN_STOP_WORDS, STOP_WORDS

SHORTEST_RUN = 3
"""So many words in a row are a phrase; fewer are chance."""

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c\u180e"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_APOSTROPHES = "\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`"
_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"
_LOOK_ALIKES = dict(zip("аеорсухіјѕԁһԛԝɡοαν", "aeopcyxijsdhqwgoav", strict=True))
_FIXED: dict[str, str] = (
    dict.fromkeys(_INVISIBLE, "") | dict.fromkeys(_DASHES, "-") | dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_QUOTES, '"') | _LOOK_ALIKES
)
_WORD = re.compile(r"\d+(?:[.,:]\d+)+|\w+(?:'\w+)*")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """Fold one character that is not ASCII; invisible ones vanish, look-alikes of Latin letters become them."""
    if character in _FIXED:
        return _FIXED[character]
    folded = unicodedata.normalize("NFKC", character).casefold()
    return "".join(_FIXED.get(part, part) for part in folded)


def normalise(text: str) -> str:
    """Fold a text for comparing: NFKC, casefold, invisible characters out, one dash, one apostrophe, one space between words."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join(_NOT_ASCII.sub(lambda hit: _plain(hit[0]), composed.lower()).split())


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A text as a row of normalised words; `starts` and `ends` are their places in `text` (which is the NFC form)."""

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def passage(self, first: int, last: int) -> str:
        """Give the original words from one index up to, not including, another."""
        return self.text[self.starts[first] : self.ends[last - 1]]


@lru_cache(maxsize=8192)
def read(text: str) -> Reading:
    """Read a text. The same text gives the same `Reading` object, so that re-checking a campaign reads each text once."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isascii():
        folded, places = composed.lower(), None
    else:
        folded, places = _fold_with_places(composed)
    hits = list(_WORD.finditer(folded))
    words = tuple([hit[0] for hit in hits])
    if "'s" in folded:
        words = tuple([word.removesuffix("'s") for word in words])
    if places is None:
        return Reading(composed, words, tuple([hit.start() for hit in hits]), tuple([hit.end() for hit in hits]))
    return Reading(composed, words, tuple([places[hit.start()] for hit in hits]), tuple([places[hit.end() - 1] + 1 for hit in hits]))


def _fold_with_places(text: str) -> tuple[str, list[int]]:
    """Fold a text and remember for each folded character which original one it came from."""
    pieces: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        piece = character.lower() if character.isascii() else _plain(character)
        pieces.append(piece)
        places.extend([place] * len(piece))
    return "".join(pieces), places


def words_of(text: str) -> tuple[str, ...]:
    """Give the normalised words of a text."""
    return read(text).words


def is_german(words: Iterable[str]) -> bool:
    """Tell whether a text uses more of the small words that only German has than of those that only English has."""
    known = tuple(words)
    german = sum(word in GERMAN_STOP_WORDS - ENGLISH_STOP_WORDS for word in known)
    return german > sum(word in ENGLISH_STOP_WORDS - GERMAN_STOP_WORDS for word in known)


@lru_cache(maxsize=8192)
def trigrams(words: tuple[str, ...]) -> frozenset[tuple[str, str, str]]:
    """Give every run of three words."""
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def says_something(words: tuple[str, ...]) -> bool:
    """Tell whether a run holds more than stop words."""
    return not STOP_WORDS.issuperset(words)


def find_run(words: tuple[str, ...], run: tuple[str, ...], start: int = 0) -> int:
    """Find a run of words in another from an index on; -1 where it is not."""
    if not run:
        return -1
    first, size = run[0], len(run)
    place = start
    while True:
        try:
            place = words.index(first, place)
        except ValueError:
            return -1
        if words[place : place + size] == run:
            return place
        place += 1


_ENDINGS = ("ing", "ern", "ed", "en", "em", "er", "e")
_SHORTEST_STEM = 3


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Cut a word's light English and German endings: "fixes", "fixed", "fixing" and "fix" are one. For loose comparing only."""
    if len(word) <= _SHORTEST_STEM or word[0].isdigit():
        return word
    if word[-1] == "s" and word[-2] not in "isu":
        word = word[:-1]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)]
            if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word[:-1] + "i" if word[-1] == "y" and len(word) > _SHORTEST_STEM else word


@lru_cache(maxsize=8192)
def stems(words: tuple[str, ...]) -> tuple[str, ...]:
    """Cut the endings of each word."""
    return tuple(map(stem, words))


def content_stems(words: tuple[str, ...]) -> frozenset[str]:
    """Give the stems of the words that carry meaning."""
    return frozenset(stem(word) for word in words if word not in STOP_WORDS)
