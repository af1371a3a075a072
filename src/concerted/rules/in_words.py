"""Prices and days that are written in words: "twenty-one hundred dollars", "zweitausend Euro", "the last day of April". English and German.

Only what can be read as exactly one amount or one day; "a few hundred dollars" and "the end of April" are neither.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from concerted.rules.languages import MONTHS, NUMBER_WORDS
from concerted.rules.reading import Reading

_ONES = {**NUMBER_WORDS, "one": 1, "ein": 1, "eins": 1, "eine": 1, "einen": 1}
_SCALES = {"hundred": 100, "hundert": 100, "thousand": 1000, "tausend": 1000, "million": 1_000_000}
_COINS = {
    "dollar": "USD", "dollars": "USD", "bucks": "USD", "euro": "EUR", "euros": "EUR", "quid": "GBP", "franken": "CHF",
}  # fmt: skip
"""Pounds are not among them: in words they are a weight as often as a price."""
_PARTS = frozenset(("half", "halb", "halbe", "halben", "halbes", "anderthalb", "eineinhalb", "zweieinhalb", "quarter", "point", "komma"))
"""Words by which the number behind them is only a part of the amount."""
_NOT_EXACT = ("few", "several", "couple", "some", "many", "dozen", "paar", "einige", "mehrere", "viele")
_ORDINALS = {
    name: number
    for number, names in enumerate(
        (
            "first erste ersten erster", "second zweite zweiten zweiter", "third dritte dritten dritter", "fourth vierte vierten vierter",
            "fifth fünfte fünften fünfter", "sixth sechste sechsten sechster", "seventh siebte siebten siebter siebenten",
            "eighth achte achten achter", "ninth neunte neunten neunter", "tenth zehnte zehnten zehnter", "eleventh elfte elften elfter",
            "twelfth zwölfte zwölften zwölfter", "thirteenth dreizehnte dreizehnten", "fourteenth vierzehnte vierzehnten",
            "fifteenth fünfzehnte fünfzehnten", "sixteenth sechzehnte sechzehnten", "seventeenth siebzehnte siebzehnten",
            "eighteenth achtzehnte achtzehnten", "nineteenth neunzehnte neunzehnten", "twentieth zwanzigste zwanzigsten",
            "twenty-first einundzwanzigste einundzwanzigsten", "twenty-second zweiundzwanzigste zweiundzwanzigsten",
            "twenty-third dreiundzwanzigste dreiundzwanzigsten", "twenty-fourth vierundzwanzigste vierundzwanzigsten",
            "twenty-fifth fünfundzwanzigste fünfundzwanzigsten", "twenty-sixth sechsundzwanzigste sechsundzwanzigsten",
            "twenty-seventh siebenundzwanzigste siebenundzwanzigsten", "twenty-eighth achtundzwanzigste achtundzwanzigsten",
            "twenty-ninth neunundzwanzigste neunundzwanzigsten", "thirtieth dreissigste dreissigsten dreißigste dreißigsten",
            "thirty-first einunddreissigste einunddreissigsten einunddreißigste einunddreißigsten",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted((name for name in MONTHS if len(name) > 3 or name in ("may", "mai")), key=len, reverse=True))
_GERMAN_DAYS = "|".join(sorted((name for name in _ORDINALS if name.endswith(("te", "ten", "ter"))), key=len, reverse=True))
_ENGLISH_DAYS = "|".join(sorted((name for name in _ORDINALS if not name.endswith(("te", "ten", "ter"))), key=len, reverse=True))
_IN_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d{2})(?!\w|[.,:]\d))?"
_OF_MONTH = re.compile(rf"\b(?:(?P<day>{_ENGLISH_DAYS})\s+(?:day\s+)?of|(?P<tag>{_GERMAN_DAYS}))\s+(?P<month>{_MONTH})s?\b{_IN_YEAR}")
_LAST = re.compile(
    rf"(?:\blast\s+day\s+(?:of|in)\s+(?P<month>{_MONTH})\b|"
    rf"\bletzte[nrm]?\s+(?:tage?\s+(?:im|des)\s+(?P<monat>{_MONTH})s?|(?P<tag>{_MONTH})tage?s?)\b){_IN_YEAR}"
)
_NO_LEAP_YEAR = 2027
_MONTH_WORD = re.compile(_MONTH, re.IGNORECASE)
_GERMAN = re.compile(r"(?:(?P<thousands>\w*?)tausend)?(?:(?P<hundreds>\w*?)hundert)?(?:und)?(?P<rest>\w*)")


@dataclass(frozen=True, slots=True)
class InWords:
    """What stands in words: its kind and comparable value, and its place in the text."""

    kind: str
    value: str
    start: int
    end: int


def in_words(reading: Reading) -> Iterator[InWords]:
    """List prices and days in words."""
    if not _COINS.keys().isdisjoint(reading.words):
        yield from _money(reading)
    if _MONTH_WORD.search(reading.text):
        yield from _days(reading)


# Money ---------------------------------------------------------------------------------------------------------------


def _money(reading: Reading) -> Iterator[InWords]:
    """Read the number words in front of a coin's name."""
    words = reading.words
    for at, word in enumerate(words):
        if word not in _COINS:
            continue
        first = at
        while first and (_is_number(words[first - 1]) or (words[first - 1] == "and" and first < at)):
            first -= 1
        run = [part for part in words[first:at] if part != "and"]
        value = amount(run)
        between = reading.text[reading.starts[first] : reading.ends[at]] if run else ""
        if value is None or _goes_on_before(words, first) or any(mark in between for mark in ".,;:!?"):
            continue
        yield InWords("price", f"{_COINS[word]} {value}", reading.starts[first], reading.ends[at])


def _goes_on_before(words: Sequence[str], first: int) -> bool:
    """Tell whether the number words from a place on are not the whole amount: "2 million", "half a million", "a few hundred"."""
    before = words[first - 1] if first else ""
    return before in _NOT_EXACT or before in _PARTS or (before[:1].isdigit() and words[first] in _SCALES)


def _is_number(word: str) -> bool:
    return word in _ONES or word in _SCALES or word == "a" or _german(word) is not None


def amount(words: Sequence[str]) -> int | None:
    """Read number words in a row; None where they are not one number."""
    total = group = 0
    seen = False
    for word in words:
        if word in _SCALES:
            scale = _SCALES[word]
            group = max(group, 1) * scale
            if scale > _SCALES["hundred"]:
                total, group = total + group, 0
        elif word == "a":
            continue
        else:
            value = _ONES.get(word) or _german(word)
            if value is None or (group % 10 and value < 100) or (group % 100 and value >= 10):
                return None
            group += value
        seen = True
    return total + group if seen else None


def _german(word: str) -> int | None:
    """Read one German number word: neunzehnhundertfünfzig, zweitausendeinhundert, einundzwanzig."""
    if word in _ONES:
        return _ONES[word]
    found = _GERMAN.fullmatch(word) if "hundert" in word or "tausend" in word else None
    if found is None:
        ones, _und, tens = word.partition("und")
        return _ONES[tens] + _ONES[ones] if tens in _ONES and ones in _ONES and _ONES[tens] % 10 == 0 else None
    total = 0
    for part, scale in ((found["thousands"], 1000), (found["hundreds"], 100), (found["rest"], 1)):
        if part is None or (part == "" and scale == 1):
            continue
        value = 1 if part == "" else _german(part)
        if value is None:
            return None
        total += value * scale
    return total


# Days ----------------------------------------------------------------------------------------------------------------


def _days(reading: Reading) -> Iterator[InWords]:
    text = reading.text.lower()
    for hit in _OF_MONTH.finditer(text):
        if reading.text[hit.start("month")].isupper():
            yield _day(hit, MONTHS[hit["month"]], _ORDINALS[hit["day"] or hit["tag"]])
    for hit in _LAST.finditer(text):
        month = MONTHS[hit["month"] or hit["monat"] or hit["tag"]]
        yield _day(hit, month, monthrange(int(hit["year"] or _NO_LEAP_YEAR), month)[1])


def _day(hit: re.Match[str], month: int, day: int) -> InWords:
    """Give a day with the year that stands behind it, if one does."""
    return InWords("date", f"{hit['year'] or '-'}-{month:02}-{day:02}", hit.start(), hit.end())
