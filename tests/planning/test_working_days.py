"""Working days: weekends and the public holidays of the country where somebody waits for the text."""

import subprocess
import sys
from datetime import date

import pytest
from holidays import country_holidays
from holidays.registry import COUNTRIES
from hypothesis import given
from hypothesis import strategies as st

from concerted.planning.working_days import count, country_of, no_holidays, public_holidays, works


@pytest.mark.parametrize(
    ("days", "start", "end"),
    [(-10, "2027-03-09", "2027-02-23"), (-1, "2027-03-08", "2027-03-05"), (1, "2027-03-05", "2027-03-08"), (0, "2027-03-06", "2027-03-06")],
)
def test_weekends_are_left_out(days: int, start: str, end: str) -> None:
    assert count(date.fromisoformat(start), days, "", no_holidays).isoformat() == end


def test_good_friday_and_easter_monday_are_no_working_days_in_germany_and_are_in_the_us() -> None:
    assert count(date(2027, 3, 30), -1, "DE", public_holidays) == date(2027, 3, 25)
    assert count(date(2027, 3, 30), -1, "US", public_holidays) == date(2027, 3, 29)


def test_a_country_that_is_not_known_has_weekends_only() -> None:
    assert public_holidays("ZZ", 2027) == frozenset()
    assert not works(date(2027, 3, 6), "ZZ", public_holidays)
    assert works(date(2027, 3, 5), "ZZ", public_holidays)


def test_a_calendar_that_is_loaded_alone_says_what_the_library_says_of_every_country() -> None:
    codes = [code for _name, *codes in COUNTRIES.values() for code in codes if len(code) == 2]
    assert len(codes) > 200
    differs = [code for code in codes if public_holidays(code, 2027) != frozenset(country_holidays(code, years=2027))]
    assert differs == []


def test_one_country_is_asked_for_without_loading_those_of_the_whole_world() -> None:
    program = 'import sys; from concerted.planning.working_days import public_holidays as of; assert of("DE", 2027); print(*sys.modules)'
    woken = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert "holidays" in woken
    assert [name for name in woken if name.startswith("holidays.countries")] == []


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(-60, 60).filter(bool), st.sampled_from(["DE", "US", "JP", ""]))
def test_a_counted_day_is_a_working_day_and_counting_goes_on_where_it_stopped(start: date, days: int, country: str) -> None:
    found = count(start, days, country, public_holidays)
    assert works(found, country, public_holidays)
    step = 1 if days > 0 else -1
    assert count(count(start, days - step, country, public_holidays), step, country, public_holidays) == found or abs(days) == 1


@pytest.mark.parametrize(("locale", "country"), [("de-CH", "CH"), ("en-US", "US"), ("en", ""), ("zh-Hans-CN", "CN"), ("es-419", "")])
def test_the_country_is_read_from_the_language(locale: str, country: str) -> None:
    assert country_of(locale) == country
