"""What is left of an old value in a text: its phrases, numbers, prices, dates and names that nothing of today explains."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

from concerted.rules.figures import Figure, figures
from concerted.rules.languages import MONTHS, STOP_WORDS
from concerted.rules.lexicon import date_keys
from concerted.rules.reading import SHORTEST_RUN, find_run, read, stem, stems, trigrams

Run: TypeAlias = tuple[str, str, str]
_TELLING_KINDS = ("price", "percent", "date", "time", "year", "number", "link", "mail", "phone")


def fragments(old: str, new: str, allowed: Iterable[str] = (), names: Iterable[str] = ()) -> tuple[str, ...]:
    """List what a text must not carry once `old` became `new`, in the words of the old value.

    A fragment is a longest run of at least three words, or a figure, or a name, of the old value that stands neither in the new value nor in
    one of the `allowed` texts: other facets that the field reads today, literals of its recipe. Runs of stop words alone are none.
    `names` are names known from elsewhere; capitalised words inside a sentence are taken for names too.
    """
    today = (new, *allowed)
    explained = frozenset[Run]().union(*(trigrams(read(text).words) for text in today))
    found = [*_runs(old, explained), *_figures(old, today), *_names(old, today, names)]
    return tuple(dict.fromkeys(found))


def _runs(old: str, explained: frozenset[Run]) -> Iterable[str]:
    reading = read(old)
    begin, end = -1, -1
    for place, run in _telling(old):
        if run in explained:
            continue
        if place != end - SHORTEST_RUN + 1:
            if begin >= 0:
                yield reading.passage(begin, end)
            begin = place
        end = place + SHORTEST_RUN
    if begin >= 0:
        yield reading.passage(begin, end)


@lru_cache(maxsize=4096)
def _telling(text: str) -> tuple[tuple[int, Run], ...]:
    """Give each run of three words with its place, unless it is made of stop words and figures alone: those are compared as figures."""
    reading = read(text)
    spans = [(figure.start, figure.end) for figure in figures(text)]
    counts = [any(start <= begin < end for start, end in spans) for begin in reading.starts]
    mute = [figure or word in STOP_WORDS for figure, word in zip(counts, reading.words, strict=True)]
    runs = enumerate(zip(reading.words, reading.words[1:], reading.words[2:], strict=False))
    return tuple((place, run) for place, run in runs if not all(mute[place : place + SHORTEST_RUN]))


def _figures(old: str, today: tuple[str, ...]) -> Iterable[str]:
    known = frozenset(key for text in today for figure in figures(text) for key in _keys(figure))
    return (figure.text for figure in figures(old) if figure.kind in _TELLING_KINDS and known.isdisjoint(_keys(figure)))


def _keys(figure: Figure) -> frozenset[tuple[str, str]]:
    """Give the forms under which two figures are the same: kind and value, a date with and without its year."""
    values = (key for value in figure.readings for key in (date_keys(value) if figure.kind == "date" else (value,)))
    return frozenset((figure.kind, value) for value in values)


_NAME = re.compile(r"[^\W\d_][\w’'-]*[^\W_]")
_INSIDE = re.compile(r"[\w,;)’'”\"]\s$")
_SHORT_VALUE = 4


def _names(old: str, today: tuple[str, ...], names: Iterable[str]) -> Iterable[str]:
    held = [read(text).words for text in today]
    old_words = read(old).words
    given = (name for name in names if find_run(old_words, read(name).words) >= 0)
    for name in dict.fromkeys((*given, *_capitalised(old))):
        words = read(name).words
        if words and not any(find_run(text, words) >= 0 for text in held):
            yield name


def _capitalised(text: str) -> Iterable[str]:
    """Take for a name: a short value made of capitalised words, and inside a sentence two or more in a row."""
    text = read(text).text
    hits = list(_NAME.finditer(text.partition(" (")[0]))
    if 0 < len(hits) <= _SHORT_VALUE and all(_is_capital(hit[0]) for hit in hits) and len(text.partition(" (")[0].split()) == len(hits):
        yield text.partition(" (")[0]
        return
    row: list[re.Match[str]] = []
    for hit in (*_NAME.finditer(text), None):
        joined = hit and row and text[row[-1].end() : hit.start()] == " "
        if hit and _is_capital(hit[0]) and (joined or (not row and _INSIDE.search(text, 0, hit.start()))):
            row.append(hit)
            continue
        if len(row) > 1:
            yield text[row[0].start() : row[-1].end()]
        row = [hit] if hit and _is_capital(hit[0]) and _INSIDE.search(text, 0, hit.start()) else []


def _is_capital(word: str) -> bool:
    return word[0].isupper() and word.lower() not in STOP_WORDS and word.lower() not in MONTHS


def carries(text: str, fragments: Iterable[str], *, fuzzy: bool = False, allowed: Iterable[str] = ()) -> tuple[str, ...]:
    """Name the fragments that a text still carries: any three words in a row of one, its figure, or its name.

    Case, punctuation, dashes and spacing never matter; `fuzzy` also forgives endings ("fixed" for "fixes"), and then needs the
    `allowed` texts (the new value among them), because endings cut off make more phrases the same.
    """
    words = read(text).words
    runs = trigrams(words)
    loose = trigrams(stems(words)) - _loose(tuple(allowed)) if fuzzy else frozenset[Run]()
    own = frozenset(key for figure in figures(text) for key in _keys(figure))
    return tuple(fragment for fragment in fragments if _carried(fragment, runs, loose, own) or _holds_short(words, fragment))


def _loose(texts: tuple[str, ...]) -> frozenset[Run]:
    return frozenset[Run]().union(*(trigrams(stems(read(text).words)) for text in texts))


def _carried(fragment: str, runs: frozenset[Run], loose: frozenset[Run], own: frozenset[tuple[str, str]]) -> bool:
    telling, telling_loose, keys = _signs(fragment)
    return not (telling.isdisjoint(runs) and telling_loose.isdisjoint(loose) and keys.isdisjoint(own))


@lru_cache(maxsize=4096)
def _signs(fragment: str) -> tuple[frozenset[Run], frozenset[Run], frozenset[tuple[str, str]]]:
    """Give what betrays a fragment: its runs of three words, the same without endings, or its figure when it is one."""
    telling = frozenset(run for _, run in _telling(fragment))
    loose = frozenset((stem(first), stem(second), stem(third)) for first, second, third in telling)
    only = [figure for figure in figures(fragment) if figure.text == fragment]
    return telling, loose, frozenset(key for figure in only for key in _keys(figure))


def _holds_short(words: tuple[str, ...], fragment: str) -> bool:
    """Find a name of one or two words; a figure is compared as a figure, never by its digits alone."""
    name = read(fragment).words
    return 0 < len(name) < SHORTEST_RUN and not any(figure.text == fragment for figure in figures(fragment)) and find_run(words, name) >= 0
