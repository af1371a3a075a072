"""Sentences of marketing copy in English and German. Lossless: the parts joined are the text, byte for byte."""

import re
from collections.abc import Sequence
from functools import lru_cache

from concerted.rules.languages import ABBREVIATIONS, CLOSING_ABBREVIATIONS, MONTHS, ORDINAL_NOUNS, STARTERS

_CLOSERS = "\"'’”“»›)\\]"
_OPENERS = "\"'‘“„«‹(\\[¿¡"
_BOUNDARY = re.compile(rf"[\r\n]\s*|(?P<stop>[.!?…。！？]+)[{_CLOSERS}]*(?P<gap>\s+|(?<=[。！？])(?=\S))")
_NEXT = re.compile(rf"[{_OPENERS}\-–—•*\s]*(\w[\w'’]*)?")
_LIST_MARK = re.compile(r"(?:^|[\r\n])[ \t]*\(?(?:\d{1,3}|[A-Za-z])[.)]$")
_INITIAL = re.compile(rf"[{_OPENERS}]*[^\W\d_]")
_ORDINAL = re.compile(rf"[{_OPENERS}]*\d{{1,2}}")
_DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")


@lru_cache(maxsize=8192)
def sentences(text: str) -> tuple[str, ...]:
    """Cut a text into sentences; each keeps the white space that follows it. A line break always ends one."""
    parts: list[str] = []
    start = 0
    for hit in _BOUNDARY.finditer(text):
        if hit.end() == len(text) or not _ends(text, start, hit):
            continue
        parts.append(text[start : hit.end()])
        start = hit.end()
    if start < len(text):
        parts.append(text[start:])
    return tuple(parts)


_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«"}


def quoted_whole(parts: Sequence[str]) -> tuple[range, ...]:
    """Group consecutive sentences so that no quotation of several is cut; gives the numbers of each group. One that never ends is left cut."""
    groups: list[range] = []
    start = 0
    while start < len(parts):
        closes, end = "", start
        for at in range(start, len(parts)):
            closes = _still_open(parts[at], closes)
            if not closes:
                end = at
                break
        groups.append(range(start, end + 1))
        start = end + 1
    return tuple(groups)


def passages(text: str) -> tuple[str, ...]:
    """Cut a text into sentences without white space around them, a quotation of several whole."""
    parts = sentences(text)
    return tuple(passage for group in quoted_whole(parts) if (passage := "".join(parts[at] for at in group).strip()))


def _still_open(part: str, closes: str) -> str:
    """Follow quotation marks through a sentence: gives what closes the one that is open at its end, nothing where none is."""
    for sign in part:
        closes = _PAIRS.get(sign, "") if not closes else "" if sign in closes else closes
    return closes


def _ends(text: str, start: int, hit: re.Match[str]) -> bool:
    stop = hit["stop"]
    if not stop or not hit["gap"] or "\n" in hit["gap"] or "\r" in hit["gap"]:
        return True
    following = _NEXT.match(text, hit.end())
    word = following[1] or "" if following else ""
    if word[:1].islower():
        return False
    before = text[start : hit.start("stop")].split()[-1:]
    if stop != "." or not before:
        return True
    return _ends_after(before[0], word, listed=bool(_LIST_MARK.search(text[start : hit.start("stop") + 1])))


def _ends_after(token: str, word: str, *, listed: bool) -> bool:
    """Decide about one full stop: `token` stands before it, `word` begins what follows."""
    if listed:
        return False
    bare = token.strip("\"'’‘“”„«»‹›()[]").lower()
    following = word.lower()
    if _ORDINAL.fullmatch(token):
        return following not in MONTHS and following not in ORDINAL_NOUNS
    if bare in ABBREVIATIONS:
        return False
    if bare in CLOSING_ABBREVIATIONS or _DOTTED.fullmatch(bare) or _INITIAL.fullmatch(token):
        return following in STARTERS
    return True
