"""The typed texts of a strategy: dates, moments, money, durations, addresses. Values stay text as a person typed them.

The functions that read such a text as a number or an instant live here too. No clock, no time zone database.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, TypeAlias
from unicodedata import combining, normalize

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

FIRST_HOUR = "09:00"
"""When a market goes live on a day that was given without an hour."""
SLUG = r"[a-z0-9][a-z0-9-]*"
_REF = r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)*"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})")
_ZONED = re.compile(rf"{_MOMENT.pattern}(?: ([A-Za-z_]+(?:/[A-Za-z0-9_+-]+)*))?")
_DURATION = re.compile(r"(\d{1,9}) ?(min|minutes?|h|hours?|d|days?|w|weeks?)")
_AMOUNT = re.compile(r"(?:[A-Z]{3} )?(\d+|\d{1,3}(?:,\d{3})+)(\.\d{1,2})?")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_LONGEST = timedelta(days=36525)
"""A hundred years: longer than any campaign plans ahead, and no calendar ends before it."""


def mistake(message: str, remedy: str) -> PydanticCustomError:
    """Make the error of a typed text: two sentences for the person who typed it."""
    return PydanticCustomError("typed", "{said}", {"said": message, "remedy": remedy})


def day_of(text: str) -> date:
    """Read the day of an ISO date or moment."""
    return date.fromisoformat(text[:10])


def moment_of(text: str) -> tuple[datetime, str]:
    """Read a moment and the name of its zone; a bare date is its midnight, an unnamed zone is empty."""
    if _DAY.fullmatch(text):
        return datetime.fromisoformat(text), ""
    found = _ZONED.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return datetime.fromisoformat(f"{found[1]} {found[2]}"), found[3] or ""


def duration_of(text: str) -> timedelta:
    """Read a duration such as "8 h" or "14 days"."""
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError(text)
    number, unit = int(found[1]), _UNITS[found[2][0]]
    if number > _LONGEST // unit:
        raise ValueError(text)
    return number * unit


def amount_of(text: str) -> Decimal:
    """Read an amount of money such as "12,000" or "USD 12000.50"."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return Decimal(found[1].replace(",", "") + (found[2] or ""))


def _shaped(pattern: str, what: str, example: str) -> Callable[[str], str]:
    """Build a check that a text has a shape, with one sentence for those that do not."""
    shape = re.compile(pattern)

    def check(text: str) -> str:
        if shape.fullmatch(text) is None:
            raise mistake(f'"{text}" is not {what}', f"write it like {example}")
        return text

    return check


def _readable(read: Callable[[str], object], what: str, example: str) -> Callable[[str], str]:
    """Build a check that a text can be read as what it stands for."""

    def check(text: str) -> str:
        try:
            read(text)
        except ValueError as error:
            raise mistake(f'"{text}" is not {what}', (_meant(text) if what == "a date" else "") or f"write it like {example}") from error
        return text

    return check


def _planned(check: Callable[[str], str]) -> Callable[[str], str]:
    """Add to a check of a day that its year is one of a campaign: due dates are counted back and ahead from it."""

    def within(text: str) -> str:
        year = int(check(text)[:4])
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise mistake(f'"{text}" is in the year {year}', f"write a year from {_FIRST_YEAR} to {_LAST_YEAR}")
        return text

    return within


def _meant(text: str, *, hour: bool = False) -> str:
    """Say how a day that was written in another way is stored; empty where nobody can tell which day it is."""
    from concerted.campaign.written_days import written_days

    found = written_days(text)
    days = [day if not hour or len(day) > len("2027-03-09") else f"{day} 08:00" for day in found]
    said = " or ".join(f'"{day}"' if hour else day for day in days)
    return f"write {said}{', with its hour' if days and hour and len(found[0]) == len('2027-03-09') else ''}" if days else ""


def is_day(text: str) -> bool:
    """Whether a text is a bare day, without a time."""
    return _DAY.fullmatch(text) is not None


def _day(text: str) -> str:
    if not is_day(text):
        raise mistake(f'"{text}" is not a date', _meant(text) or "write year-month-day, like 2027-03-09")
    return _planned(_readable(day_of, "a day of the calendar", "2027-03-09"))(text)


def _moment(text: str) -> str:
    if _MOMENT.fullmatch(text) is None:
        remedy = _meant(text, hour=True) or 'write it like "2027-03-09 08:00"; the market\'s zone tells the rest'
        raise mistake(f'"{text}" is not a day with a time', remedy)
    return _planned(_readable(moment_of, "a moment of the calendar", '"2027-03-09 08:00"'))(text)


def _slug(text: str) -> str:
    if re.fullmatch(SLUG, text) is None:
        better = slug_from(text)
        remedy = f"call it {better}" if better else "use small letters, digits and hyphens"
        raise mistake(f'"{text}" cannot be a short name: only a-z, 0-9 and hyphens, no spaces, dots or underscores', remedy)
    return text


def slug_from(text: str) -> str:
    """Make the nearest short name out of any text; empty where nothing is left of it."""
    written = text.lower().translate(_TWO_LETTERS)
    plain = "".join(letter for letter in normalize("NFKD", written) if not combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"})


def _prose(text: str) -> str:
    if not text:
        raise mistake("this text is empty", "answer it, or remove the line")
    return text


def _whole(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isdigit() else value


def _schema(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": ["string", "number"], "pattern": f"^({pattern})$"})


Prose: TypeAlias = Annotated[str, AfterValidator(_prose)]
Figure: TypeAlias = Annotated[str, AfterValidator(_prose), WithJsonSchema({"type": ["string", "number"]})]
Slug: TypeAlias = Annotated[str, AfterValidator(_slug), WithJsonSchema({"type": "string", "pattern": f"^{SLUG}$"})]
Day: TypeAlias = Annotated[str, AfterValidator(_day), _schema(_DAY.pattern)]
Moment: TypeAlias = Annotated[str, AfterValidator(_moment), _schema(_MOMENT.pattern)]
DayOrMoment: TypeAlias = Annotated[
    str,
    AfterValidator(_planned(_readable(moment_of, "a date", '2027-03-09, or "2027-03-08 14:00 America/Chicago"'))),
    _schema(f"{_DAY.pattern}|{_ZONED.pattern}"),
]
Duration: TypeAlias = Annotated[str, AfterValidator(_readable(duration_of, "a span of time", "8 h, 30 min or 14 days")), _schema(_DURATION.pattern)]
Amount: TypeAlias = Annotated[str, AfterValidator(_readable(amount_of, "an amount of money", "12000, 12,000 or 12000.50")), _schema(_AMOUNT.pattern)]
Currency: TypeAlias = Annotated[str, AfterValidator(_shaped(r"[A-Z]{3}", "a currency", "USD or EUR"))]
Locale: TypeAlias = Annotated[str, AfterValidator(_shaped(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-\d{3})?", "a language", "en-US or de-DE"))]
Language: TypeAlias = Annotated[str, AfterValidator(_shaped(r"[a-z]{2,3}", "a bare language", "en or de, without the country"))]
Url: TypeAlias = Annotated[str, AfterValidator(_shaped(r"(https?://)?[^\s/]+\.[^\s/]+(/\S*)?", "a web address", "example.com/see, without spaces"))]
Email: TypeAlias = Annotated[str, AfterValidator(_shaped(r"[^\s@]+@[^\s@]+\.[^\s@]+", "an e-mail address", "press@example.com"))]
Zone: TypeAlias = Annotated[str, AfterValidator(_shaped(r"[A-Za-z_]+(/[A-Za-z0-9_+-]+)*", "a time zone", "America/Chicago or Europe/Berlin"))]
Ref: TypeAlias = Annotated[str, AfterValidator(_shaped(_REF, "the address of a leaf", "positioning.promise"))]
AssetId: TypeAlias = Annotated[
    str,
    AfterValidator(_shaped(r"[a-z0-9-]+(\.[a-z0-9-]+){4}", "an asset id", "email.email.dock.us.1: type.channel.audience.market.variant")),
]
WholeNumber = BeforeValidator(_whole)
