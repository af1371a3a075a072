"""Days and moments as people write them, in the languages of campaigns: read into the one way in which they are stored.

No clock: where the year is left out, `today` says which one is meant. What can be two days is given as two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Literal, TypeAlias, cast

from babel.dates import format_date, get_day_names, get_month_names

from concerted.campaign.scalars import day_of
from concerted.errors import Problem, UserError

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "fi")
"""Whose names of months are known. None of them calls two months by one name, and none another's."""
Looks: TypeAlias = Literal["ahead", "back"]
Width: TypeAlias = Literal["wide", "abbreviated"]
_WIDTHS: tuple[Width, ...] = ("wide", "abbreviated")
_PAST = ("seen", "cleared")
"""What a day is called that has been: somebody looked, somebody said yes."""
_CENTURY, _LAST_MONTH = 2000, 12
_FILLING = frozenset({"on", "the", "of", "at", "am", "den", "der", "dem", "vom", "zum", "ab", "by", "le", "el", "il", "del", "de", "do", "da", "op"})
_ZONE = re.compile(r"\s+((?:[A-Z][A-Za-z_]+/[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*)|UTC)$")
_CLOCK = re.compile(
    r"(?:(?<=\d)T|,?\s+(?:at|um|à|om|a las|alle|ab|@)?\s*)(\d{1,2})(?:[:.h](\d{2}))?(?::00)?\s*(a\.?m\.?|p\.?m\.?|uhr|h)?$", re.IGNORECASE
)
_AT = re.compile(r"\b(?:at|um)\s+\d{1,2}$", re.IGNORECASE)
_DIGITS = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})?")
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})(?:\2(\d{4}|\d{2}))?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|e|º|ª|\.)?")
_YEAR = re.compile(r"(\d{4})")


def written_days(text: str, today: str = "", looks: Looks = "ahead") -> tuple[str, ...]:
    """Give what a written day or moment can mean, as it is stored (`2027-03-01`, `2027-03-01 09:00`, with a zone where one is named).

    Nothing where it cannot be read, two where it can be read in two ways. Without a year it is the next one from `today`, or the last.
    """
    said = " ".join(text.replace(",", ", ").split())
    zone = _ZONE.search(said)
    said = said[: zone.start()] if zone else said
    clock, said = _clock(said)
    days = _days(said.strip(" ,"), today, looks)
    tail = (f" {clock}" if clock else "") + (f" {zone[1]}" if zone and clock else "")
    return () if zone and not clock else tuple(f"{day}{tail}" for day in dict.fromkeys(days))


def stored_day(ref: str, text: str, today: str = "") -> str:
    """Give a day as it is stored; what is no day comes back as it is. Raises UserError where it can be two days."""
    if not any(sign.isdigit() for sign in text):
        return text
    found = written_days(text, today, "back" if ref.rpartition(".")[2] in _PAST else "ahead")
    if len(found) > 1:
        first, second = found
        message = f'{ref}: "{text}" can be {spelled(first)} or {spelled(second)}'
        raise UserError(f"{ref} cannot be set to this.", problems=[Problem(message, f"write {first} or {second}", ref)])
    return found[0] if found else text


def spelled(day: str, language: str = "en") -> str:
    """Write a stored day so that nobody takes its month for its day: 3 April 2027."""
    return format_date(day_of(day), "d. MMMM y" if language == "de" else "d MMMM y", locale=language)


def _clock(said: str) -> tuple[str, str]:
    """Take the time off the end: it needs a colon, a word such as pm or Uhr, or an "at" before it."""
    hit = _CLOCK.search(said)
    if hit is None or not (hit[2] or hit[3] or _AT.search(hit[0])) or ("." in hit[0] and not hit[3]):
        return "", said
    half = (hit[3] or "").lower().replace(".", "")
    hour = int(hit[1]) % _LAST_MONTH + (_LAST_MONTH if half == "pm" else 0) if half in ("am", "pm") else int(hit[1])
    minute = int(hit[2] or 0)
    return (f"{hour:02}:{minute:02}", said[: hit.start()]) if hour < 24 and minute < 60 else ("", said)


def _days(said: str, today: str, looks: Looks) -> Iterable[str]:
    if hit := _DIGITS.fullmatch(said) or _YEAR_FIRST.fullmatch(said):
        orders = [(hit[1], hit[2], hit[3])]
    elif hit := _SLASHED.fullmatch(said):
        orders = [(hit[4] or "", hit[3], hit[1]), (hit[4] or "", hit[1], hit[3])]
    else:
        orders = [_in_words(said)]
    for year, month, day in orders:
        if month and day and (found := _day(year, int(month), int(day), (today, looks))):
            yield found


def _in_words(said: str) -> tuple[str, str, str]:
    """Read `1 March 2027`, `March 1st`, `1. März`, `Mo., 01.03.2027`: (year, month, day), empty where it is none of them."""
    words = [word for word in re.sub(r"(?<=\d\.)(?=[^\W\d])", " ", said.lower()).replace(",", " ").split() if word not in _FILLING]
    if words and words[0].rstrip(".") in _weekdays():
        found = _named(words)
        return found if any(found) else _named(words[1:])
    return _named(words)


def _named(words: list[str]) -> tuple[str, str, str]:
    if hit := _DOTTED.fullmatch(" ".join(words)):
        return hit[3] or "", hit[2], hit[1]
    months = [place for place, word in enumerate(words) if word.rstrip(".") in _months()]
    if len(months) != 1 or len(words) not in (2, 3):
        return "", "", ""
    month, words = words[months[0]], [word for place, word in enumerate(words) if place != months[0]]
    first, last = _DAY.fullmatch(words[0]), _YEAR.fullmatch(words[-1]) if len(words) == 2 else None
    if first is None or (len(words) == 2 and last is None) or months[0] > 1:
        return "", "", ""
    return last[1] if last else "", str(_months()[month.rstrip(".")]), first[1]


def _day(year: str, month: int, day: int, now: tuple[str, Looks]) -> str:
    """Give a day of the calendar; empty where there is none."""
    today, looks = now
    if not year and not today:
        return ""
    start = day_of(today) if today else date.min
    step = 1 if looks == "ahead" else -1
    years = [int(year) + (_CENTURY if len(year) == 2 else 0)] if year else [start.year + step * ahead for ahead in range(9)]
    for one in years:
        try:
            found = date(one, month, day)
        except ValueError:
            continue
        if year or (found >= start if looks == "ahead" else found <= start):
            return found.isoformat()
    return ""


@cache
def _months() -> Mapping[str, int]:
    """Give months by all their names, long and short."""
    names = ((name, number) for language in LANGUAGES for width in _WIDTHS for number, name in _names_of_months(width, language))
    return {name.lower().rstrip("."): number for name, number in names} | {"sept": 9, "maerz": 3, "jaenner": 1, "jänner": 1}


def _names_of_months(width: Width, language: str) -> Iterable[tuple[int, str]]:
    return cast("Mapping[int, str]", get_month_names(width, "format", language)).items()


@cache
def _weekdays() -> frozenset[str]:
    found = (cast("Mapping[int, str]", get_day_names(width, "format", language)) for language in LANGUAGES for width in _WIDTHS)
    names = (name for days in found for name in days.values())
    return frozenset(name.lower().rstrip(".") for name in names) | {"tues", "thurs"}
