"""What stands around a phrase and may excuse it: a negation, a quotation, a look back, a legal field. English and German."""

import re

from concerted.rules.languages import word_set
from concerted.rules.reading import find_run, words_of
from concerted.rules.segment import sentences

_NEGATIONS = word_set("""
    no not never none neither nor nobody nothing without cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt shouldnt hardly
    instead rather avoid avoids stop stopped refuse
    nicht nichts nie niemals niemand kein keine keinen keinem keiner keines ohne weder statt anstatt kaum
""")
_LOOKING_BACK = word_set("""
    previously formerly earlier used once was were past yesterday last longer old ago
    bisher früher vormals einst zuvor bislang war waren ehemals mehr alte alten alter
""")
_UP_TO_NOW = (("until", "now"), ("up", "to", "now"), ("bis", "jetzt"), ("bis", "dahin"))
_NOT_NEGATIONS = tuple(
    tuple(turn.split())
    for turn in (
        *("not only", "not just", "not merely", "no doubt", "without doubt", "nothing but", "never been", "not to mention", "no longer", "no wonder"),
        *("why not", "nicht nur", "nicht zuletzt", "ohne zweifel", "kein wunder", "nie war", "noch nie"),
    )
)
"""Turns of phrase that hold a negation and deny nothing. "No longer" is a look back instead."""
_NEAR = 4
"""So many words before a phrase can deny it."""
_BACK = 8
"""So many words before an old line can deny it or put it into the past."""
_LEGAL = re.compile(r"(?:^|_)(?:legal|disclaimer|terms|fine_?print|imprint|sender|footer|notice|conditions)(?:_|$)")


def is_legal(name: str) -> bool:
    """Tell whether a field is one in which lawyers write."""
    return _LEGAL.search(name) is not None


def denies(sentence: str) -> bool:
    """Tell whether a sentence holds a negation, a quotation or a question, wherever it stands: then what it says may be the contrary."""
    words = {word.replace("'", "") for word in words_of(sentence)}
    return not _NEGATIONS.isdisjoint(words) or any(mark in sentence for mark in '?“„"«»')


def excuse(before: str, line: str = "", *, old: bool = False) -> str:
    """Say what in the words before a phrase may excuse it; empty where nothing does.

    `line` is the whole line that the phrase is a passage of: its own negations deny nothing. `old` is a line of the past.
    """
    if _is_open(before):
        return "quotation"
    sentence = sentences(f"{before}X")[-1][:-1]
    words = tuple(word.replace("'", "") for word in words_of(sentence))[-_BACK:]
    if _denied(words, _BACK if old else _NEAR, frozenset(words_of(line))):
        return "negation"
    if old and (not _LOOKING_BACK.isdisjoint(words) or any(find_run(words, turn) >= 0 for turn in _UP_TO_NOW)):
        return "look back"
    return ""


def _denied(words: tuple[str, ...], reach: int, own: frozenset[str]) -> bool:
    """Look for a negation close before the end, turns of phrase that deny nothing left out."""
    for place in range(max(0, len(words) - reach), len(words)):
        if words[place] in _NEGATIONS and words[place] not in own and not any(_stands_at(words, place, turn) for turn in _NOT_NEGATIONS):
            return True
    return False


def _stands_at(words: tuple[str, ...], place: int, turn: tuple[str, ...]) -> bool:
    return any(words[start : start + len(turn)] == turn for start in range(max(0, place - len(turn) + 1), place + 1))


def _is_open(text: str) -> bool:
    """Tell whether a quotation was opened and not closed."""
    low, high, closing = text.count("„"), text.count("“"), text.count("”")
    curly = low > high + closing if low else high > closing
    return curly or text.count('"') % 2 == 1 or text.count("«") != text.count("»")
