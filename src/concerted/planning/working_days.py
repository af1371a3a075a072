"""Which days nobody works: weekends, and the public holidays of a country. The calendars are `holidays`', read when the first day is counted."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, lru_cache, partial
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from holidays import HolidayBase

Closed: TypeAlias = Callable[[str, int], frozenset[date]]
"""(country, year) -> its public holidays."""
SATURDAY = 5


@lru_cache(maxsize=256)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """List a country's public holidays in a year; none for a country that is not known. `country` is its ISO code, such as DE."""
    try:
        return frozenset(_calendar(country)(years=year))
    except NotImplementedError:
        return frozenset()


@cache
def _calendar(country: str) -> "Callable[..., HolidayBase]":
    """Find a country's calendar. Its module is loaded alone: `holidays.countries` loads those of the whole world for one of them.

    Where `holidays` keeps its countries in another way than we know, it is asked for the calendar itself.
    """
    import holidays
    from holidays.registry import COUNTRIES

    module = next((name for name, (_long, *codes) in COUNTRIES.items() if country in codes), "")
    spec = PathFinder.find_spec(f"holidays.countries.{module}", [f"{place}/countries" for place in holidays.__path__]) if module else None
    if spec is None or spec.loader is None:
        return partial(holidays.country_holidays, country)
    alone = module_from_spec(spec)
    spec.loader.exec_module(alone)
    return getattr(alone, country)


def no_holidays(_country: str, _year: int) -> frozenset[date]:
    """Know of no holidays: Monday to Friday are working days."""
    return frozenset()


def country_of(locale: str) -> str:
    """Read the country of a locale such as de-CH; empty where it names none."""
    last = locale.rpartition("-")[2]
    return last if len(last) == 2 and last.isupper() else ""


@lru_cache(maxsize=4096)
def count(start: date, days: int, country: str, closed: Closed) -> date:
    """Count working days from a day, backwards where `days` is negative."""
    step, at = (1 if days > 0 else -1), start
    for _ in range(abs(days)):
        at += timedelta(days=step)
        while not works(at, country, closed):
            at += timedelta(days=step)
    return at


def works(at: date, country: str, closed: Closed) -> bool:
    """Tell whether a day is a working day in a country."""
    return at.weekday() < SATURDAY and not (country and at in closed(country, at.year))
