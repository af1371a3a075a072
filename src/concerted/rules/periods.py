"""Free periods of a text, as values that can be compared: "60 days free", "a free month"."""

from collections.abc import Iterable

from concerted.rules.figures import figures
from concerted.rules.languages import FREE_WORDS, UNIT_WORDS
from concerted.rules.reading import read, words_of
from concerted.rules.segment import sentences

_FREE_REACH = 3
_PERIODS = ("day", "week", "month", "year")


def free_periods(text: str) -> Iterable[tuple[tuple[str, str], str]]:
    """Find the free periods of a text, each as count and unit, with its words."""
    if not FREE_WORDS.isdisjoint(words_of(text)):
        for sentence in sentences(text):
            yield from _free_in(sentence)


def _free_in(text: str) -> Iterable[tuple[tuple[str, str], str]]:
    """Read the free periods of a sentence: "60 days free" is 60 days, "a free month" is one month."""
    reading = read(text)
    places = [place for place, word in enumerate(reading.words) if word in FREE_WORDS]
    for figure in figures(text) if places else ():
        unit = next((unit for unit in _PERIODS if unit in figure.units), "")
        word = next((place for place, start in enumerate(reading.starts) if start >= figure.start), -1)
        if figure.kind == "number" and unit and any(abs(place - word) <= _FREE_REACH for place in places):
            yield (figure.value, unit), reading.passage(word, min(word + 2, len(reading.words)))
    for place in places:
        unit = UNIT_WORDS.get(reading.words[place + 1]) if place + 1 < len(reading.words) else None
        counted = place and (reading.words[place - 1][0].isdigit() or UNIT_WORDS.get(reading.words[place - 1]) in _PERIODS)
        if unit in _PERIODS and not counted:
            yield ("1", unit), reading.passage(place, place + 2)
