"""Finding prices, percentages, dates, times, links, telephone numbers and plain numbers in a text, as values that can be compared.

Both the English and the German way of writing each are read; what a figure means for a campaign is not known here.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Literal, TypeAlias, cast

from concerted.rules.in_words import in_words
from concerted.rules.languages import MONTHS, NUMBER_WORDS, PERCENT_WORDS, SCALES, STOP_WORDS, UNIT_WORDS
from concerted.rules.links import link_spans, mail_spans, plain_link
from concerted.rules.reading import Reading, read, stem

Kind: TypeAlias = Literal["price", "percent", "date", "time", "year", "number", "link", "mail", "phone"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a text. `value` is its comparable form.

    Price "USD 1900"; percent "60"; date "2027-03-09", "--03-09" without a year, "2027-03" without a day; time "08:00"; number "9240";
    link "rampline.example/see". `also` holds other readings of the same words (3/9/2027), `units` the stems of what a number counts.
    """

    kind: Kind
    value: str
    text: str
    start: int
    end: int
    units: frozenset[str] = field(default=frozenset())
    also: tuple[str, ...] = ()
    spelled: bool = False
    counted: str = ""
    """A number with what it counts, as it stands: "14 pilot warehouses"."""

    @property
    def readings(self) -> tuple[str, ...]:
        """Every value that these words may stand for."""
        return (self.value, *self.also)


@lru_cache(maxsize=8192)
def figures(text: str) -> tuple[Figure, ...]:
    """List the figures of a text in order. Places count in the NFC form of the text (`reading.read(text).text`)."""
    reading = read(text)
    text = reading.text
    found = [Figure("link", plain_link(text[a:b]), text[a:b], a, b) for a, b in link_spans(text)]
    found += [Figure("mail", text[a:b].lower(), text[a:b], a, b) for a, b in mail_spans(text)]
    taken = [(figure.start, figure.end) for figure in found]
    place = 0
    while hit := _DIGIT.search(text, place):
        start = hit.start()
        inside = next((end for begin, end in taken if begin <= start < end), 0)
        figure = None if inside else _figure_at(text, start, place)
        if figure:
            found.append(figure)
        place = inside or (figure.end if figure else (_RUN.match(text, start) or hit).end())
    worded = [Figure(cast(Kind, one.kind), one.value, text[one.start : one.end], one.start, one.end) for one in in_words(reading)]
    found = [figure for figure in found if not any(one.start <= figure.start < one.end for one in worded)] + worded
    found += [figure for figure in _spelled(reading) if not any(one.start <= figure.start < one.end for one in worded)]
    found.sort(key=lambda figure: figure.start)
    return tuple(_with_units(found, reading))


_DIGIT = re.compile(r"\d")
_RUN = re.compile(r"24/7(?!\d)|[\d.,:]*\d\w*")
"""What is skipped where a digit begins no figure; "24/7" is a way of speaking."""
_SPACE = "\u00a0\u202f\u2009"
_NUMBER = re.compile(rf"\d{{1,3}}(?:([,.'’{_SPACE}])\d{{3}}(?!\d))(?:\1\d{{3}}(?!\d))*(?:[.,]\d{{1,2}}(?!\d))?|\d+(?:[.,]\d+)?")
_MONTH_NAMES = "|".join(sorted((name.capitalize() for name in MONTHS), key=len, reverse=True))
_CODES = "USD|EUR|CHF|GBP|CAD|AUD|NZD|SGD|HKD|JPY|CNY|SEK|NOK|DKK|PLN|INR|BRL|MXN"
_CURRENCIES: dict[str, str] = {
    "$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD",
    "franken": "CHF", "pounds": "GBP", "bucks": "USD", "quid": "GBP", "c$": "CAD", "a$": "AUD",
}  # fmt: skip
_OTHER_DOLLARS = ("CAD", "AUD", "NZD", "SGD", "HKD", "MXN")

_NUMERIC_DATE = re.compile(r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2}))(?!\d)")
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?({_MONTH_NAMES})\b(?:\.?,?\s+(\d{{4}})(?!\d))?")
_DAY_YEAR = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?![\w:%.,]*\d)(?:,?\s+(\d{4})(?!\d))?")
_YEAR = re.compile(r"(?:19|20)\d{2}(?![\d.,]*\d|\w)")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(a\.m\.?|p\.m\.?|am|pm|Uhr)\b\.?", re.IGNORECASE)
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?!\d|:)")
_PHONE = re.compile(r"\d[\d ()/\-.]{6,}\d")
_US_PHONE = re.compile(r"\d{3}\)?[ .\-]\d{3}[ .\-]\d{4}(?!\d)")
_AROUND_THE_CLOCK = re.compile(r"24/7(?!\d)")
_PERCENT = re.compile(rf"\s?%|[\s-](?:{PERCENT_WORDS})\b", re.IGNORECASE)
_SCALE = re.compile(rf"\s?({'|'.join(sorted(SCALES, key=len, reverse=True))})\b\.?", re.IGNORECASE)
_MONEY_BEFORE = re.compile(rf"(?:\b({_CODES})|(US\$|C\$|A\$|[$€£¥]))\s?$")
_MONEY_AFTER = re.compile(rf"(?:,[-–—]|\.[-–—])?\s?(?:({_CODES}|[Ee]uros?|[Dd]ollars?|Franken|pounds|bucks|quid)\b|([$€£¥]))")
_RANGE_BEFORE = re.compile(rf"(?:\b({_CODES})|(US\$|[$€£¥]))\s?[\d.,]*\d\s?(?:[-–—]|to|bis)\s?$")
_RANGE_MARKS = ("-", "–", "—", "to", "bis")
_LOOK_BACK = 24
_CODE_REACH = 5


def _figure_at(text: str, start: int, floor: int) -> Figure | None:
    """Read the figure that begins at a digit; None where the digit is part of a word such as Q4 or B2B."""
    before = text[max(floor, start - _LOOK_BACK) : start]
    if before and (before[-1].isalpha() or before[-1] == "_") and not _MONEY_BEFORE.search(before[-_CODE_REACH:]):
        return None
    figure = _date(text, start, before) or _time(text, start, before) or _phone(text, start, before)
    amount = None if figure else _NUMBER.match(text, start)
    return figure or (amount and (_price(text, amount, before) or _percent(text, amount) or _number(text, amount, before)))


def _date(text: str, start: int, before: str) -> Figure | None:
    hit = _NUMERIC_DATE.match(text, start)
    if hit and not before.endswith(("/", "-")):
        first, second, third = map(int, re.split(r"[-./]", hit[0]))
        values = (_day(first, second, third),) if "-" in hit[0] else (_day(third, second, first),)
        if "/" in hit[0]:
            values = (_day(third, first, second), *values)
        known = tuple(dict.fromkeys(value for value in values if value))
        return Figure("date", known[0], hit[0], start, hit.end(), also=known[1:]) if known else None
    return _named_date(text, start, before)


def _named_date(text: str, start: int, before: str) -> Figure | None:
    if hit := _DAY_MONTH.match(text, start):
        value = _day(int(hit[3] or 0), MONTHS[hit[2].lower()], int(hit[1]))
        return Figure("date", value, hit[0], start, hit.end()) if value else None
    name = before.split()[-1:] if before[-1:].isspace() else []
    month = MONTHS.get(name[0].rstrip(".").lower()) if name and name[0][0].isupper() else None
    if not month:
        return None
    begin = start - len(before) + before.rfind(name[0])
    if hit := _YEAR.match(text, start):
        return Figure("date", f"{hit[0]}-{month:02}", text[begin : hit.end()], begin, hit.end())
    hit = _DAY_YEAR.match(text, start)
    value = _day(int(hit[2] or 0), month, int(hit[1])) if hit else ""
    return Figure("date", value, text[begin : hit.end()], begin, hit.end()) if hit and value else None


def _day(year: int, month: int, day: int) -> str:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    full = year + 2000 if 0 < year < 100 else year
    return f"{full}-{month:02}-{day:02}" if full else f"--{month:02}-{day:02}"


def _time(text: str, start: int, before: str) -> Figure | None:
    if (hit := _TIME.match(text, start)) and int(hit[1]) <= (24 if hit[3].lower() == "uhr" else 12):
        half = hit[3][0].lower()
        hour = int(hit[1]) if half == "u" else int(hit[1]) % 12 + (12 if half == "p" else 0)
        return Figure("time", f"{hour:02}:{hit[2] or '00'}", hit[0], start, hit.end())
    hit = None if before.endswith((":", ".")) else _CLOCK.match(text, start)
    return Figure("time", f"{int(hit[1]):02}:{hit[2]}", hit[0], start, hit.end()) if hit else None


def _phone(text: str, start: int, before: str) -> Figure | None:
    hit = _PHONE.match(text, start) if before.endswith(("+", "+(")) else _US_PHONE.match(text, start)
    return Figure("phone", re.sub(r"\D", "", hit[0]), hit[0], start, hit.end()) if hit else None


def _price(text: str, hit: re.Match[str], before: str) -> Figure | None:
    start = hit.start()
    amount, end = _scaled(text, hit)
    if lead := _MONEY_BEFORE.search(before[-_CODE_REACH:]):
        return _money(lead[1] or lead[2], amount, text, start - len(lead[0]), end)
    if tail := _MONEY_AFTER.match(text, end):
        return _money(tail[1] or tail[2], amount, text, start, tail.end())
    reach = _RANGE_BEFORE.search(text[max(0, start - _LOOK_BACK) : start]) if before.rstrip().endswith(_RANGE_MARKS) else None
    return _money(reach[1] or reach[2], amount, text, start, end) if reach else None


def _money(code: str, amount: str, text: str, start: int, end: int) -> Figure:
    currency = _CURRENCIES.get(code.lower(), code)
    also = tuple(f"{other} {amount}" for other in _OTHER_DOLLARS) if code == "$" else (f"CNY {amount}",) if code == "¥" else ()
    return Figure("price", f"{currency} {amount}", text[start:end], start, end, also=also)


def _percent(text: str, hit: re.Match[str]) -> Figure | None:
    tail = _PERCENT.match(text, hit.end())
    return Figure("percent", _plain_number(hit[0]), text[hit.start() : tail.end()], hit.start(), tail.end()) if tail else None


def _number(text: str, hit: re.Match[str], before: str) -> Figure | None:
    start = hit.start()
    if _AROUND_THE_CLOCK.match(text, start):
        return None
    if (year := _YEAR.match(text, start)) and not before.endswith((".", ",", "#")):
        return Figure("year", year[0], year[0], start, year.end())
    value, end = _scaled(text, hit)
    after = re.match(r"[^\W\d_]+", text[end : end + _LOOK_BACK])
    if after and end == hit.end() and after[0].lower() not in _GLUED:
        return None
    return Figure("number", value, text[start:end], start, end)


_GLUED = frozenset(("x", "st", "nd", "rd", "th", "min", "h", "km", "m", "kg", "gb", "mb", "tb", "mm", "cm"))
"""What may stand right behind a number and leave it one; anything else makes it a name, like 3D or 5G."""


def _scaled(text: str, hit: re.Match[str]) -> tuple[str, int]:
    """Apply "3.0M" or "3 million"; give the plain value and where it ends."""
    scale = _SCALE.match(text, hit.end())
    if not scale or (len(scale[1]) == 1 and scale[0][0] == " "):
        return _plain_number(hit[0]), hit.end()
    value = Decimal(_plain_number(hit[0])).scaleb(SCALES[scale[1].lower()])
    return _shown(value), scale.end()


def _plain_number(text: str) -> str:
    """Read 1,900 and 1.900 and 1'900 as 1900, 3.5 and 3,5 as 3.5: three digits behind a mark are thousands."""
    marks = [character for character in text if not character.isdigit()]
    if not marks:
        return _shown(Decimal(text))
    last = text.rfind(marks[-1])
    grouped = len(text) - last - 1 == 3 and (text[0] != "0" or len(marks) > 1)
    if grouped or len(set(marks)) == 1 < len(marks):
        return _shown(Decimal("".join(filter(str.isdigit, text))))
    return _shown(Decimal("".join(filter(str.isdigit, text[:last])) + "." + text[last + 1 :]))


def _shown(value: Decimal) -> str:
    whole = value.to_integral_value()
    return str(int(whole)) if value == whole else f"{value.normalize():f}"


def _spelled(reading: Reading) -> list[Figure]:
    found: list[Figure] = []
    if NUMBER_WORDS.keys().isdisjoint(reading.words):
        return found
    for index, word in enumerate(reading.words):
        number = NUMBER_WORDS.get(word)
        if number:
            start, end = reading.starts[index], reading.ends[index]
            found.append(Figure("number", str(number), reading.text[start:end], start, end, spelled=True))
    return found


_UNIT_REACH = 3


def _with_units(found: list[Figure], reading: Reading) -> list[Figure]:
    """Say what each number counts: the words behind it, else what the number before it in the same sentence counts."""
    out: list[Figure] = []
    last_units: frozenset[str] = frozenset()
    last_end = 0
    for figure in found:
        if figure.kind != "number":
            out.append(figure)
            continue
        units, end = _units_behind(figure.end, reading)
        if not units and not _SENTENCE_MARK.search(reading.text, last_end, figure.start):
            units = last_units
        counted = reading.text[figure.start : end]
        out.append(Figure("number", figure.value, figure.text, figure.start, figure.end, units, spelled=figure.spelled, counted=counted))
        last_units, last_end = units, figure.end
    return out


_SENTENCE_MARK = re.compile(r"[.!?;:]\s|[\r\n(]")
_BREAK = re.compile(r"[.!?;:,()\r\n…“”\"–—]")


def _units_behind(place: int, reading: Reading) -> tuple[frozenset[str], int]:
    """Give the stems of what is counted from a place on, and where it ends."""
    index, last = bisect_left(reading.starts, place), place
    units: set[str] = set()
    for word_index in range(index, min(index + _UNIT_REACH, len(reading.words))):
        word = reading.words[word_index]
        if _BREAK.search(reading.text, place, reading.starts[word_index]):
            break
        place = reading.ends[word_index]
        if word[0].isdigit() or word in STOP_WORDS or word in NUMBER_WORDS:
            continue
        units.add(UNIT_WORDS.get(word) or stem(word))
        last = place
    return frozenset(units), last
