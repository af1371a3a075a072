"""By when somebody who is asked answers: hours of working days, and the urgent hours close to the launch."""

from datetime import datetime, timedelta

import pytest

from concerted.planning.answer_times import Agreed, add_working_time, agreed, answer_by, answers_by
from concerted.planning.working_days import no_holidays, public_holidays

LAUNCH = "2027-03-23 06:00"
"""A Tuesday."""


def _at(said: str) -> datetime:
    return datetime.fromisoformat(said)


def _hours(number: float | None) -> timedelta | None:
    return None if number is None else timedelta(hours=number)


@pytest.mark.parametrize(
    ("asked", "within", "urgent", "country", "by"),
    [
        ("2027-03-02 09:00", 8, None, "", "2027-03-02 17:00"),
        ("2027-03-02 20:00", 8, None, "", "2027-03-03 04:00"),
        ("2027-03-05 16:00", 8, None, "", "2027-03-06 00:00"),
        ("2027-03-05 16:01", 8, None, "", "2027-03-08 00:01"),
        ("2027-03-05 16:00", 24, None, "", "2027-03-08 16:00"),
        ("2027-03-06 11:00", 8, None, "", "2027-03-08 08:00"),
        ("2027-03-25 16:00", 24, None, "US", "2027-03-26 16:00"),
        ("2027-03-25 16:00", 24, None, "DE", "2027-03-30 16:00"),
        ("2027-03-02 09:00", None, None, "", None),
        ("2027-03-02 09:00", 24, 2, "", "2027-03-03 09:00"),
        ("2027-03-21 10:00", 24, 2, "", "2027-03-21 12:00"),
        ("2027-03-19 16:00", 24, 2, "", "2027-03-20 08:00"),
        ("2027-03-20 06:00", 24, 2, "", "2027-03-20 08:00"),
        ("2027-03-22 10:00", 1, 2, "", "2027-03-22 11:00"),
        ("2027-03-23 07:00", 24, 2, "", "2027-03-24 07:00"),
    ],
    ids=[
        "a working day", "over night", "to midnight", "past a Friday's midnight", "over a weekend", "asked on a Saturday", "Good Friday in the US",
        "Easter in Germany", "nothing agreed", "long before the launch", "two days before", "the urgent hours begin three days before",
        "three days before", "whichever is over first", "after the launch",
    ],
)  # fmt: skip
def test_the_moment_until_which_somebody_has_time(asked: str, within: float | None, urgent: float | None, country: str, by: str | None) -> None:
    found = answer_by(_at(asked), Agreed(_hours(within), _hours(urgent), country), _at(LAUNCH), public_holidays)
    assert (found and found.isoformat(" ", "minutes")) == by


def test_without_a_launch_ahead_nothing_is_urgent() -> None:
    terms = Agreed(timedelta(hours=24), timedelta(hours=2))
    assert answer_by(_at("2027-03-22 10:00"), terms, None, no_holidays) == _at("2027-03-23 10:00")


@pytest.mark.parametrize(
    ("rule", "terms"),
    [
        ({"within": "8 h", "urgent": "2 h"}, Agreed(timedelta(hours=8), timedelta(hours=2), "US")),
        ({"within": "2 days"}, Agreed(timedelta(days=2), None, "US")),
        ({"urgent": "90 min"}, Agreed(timedelta(hours=8), timedelta(minutes=90), "US")),
        ({}, Agreed(None, None, "US")),
        ({"within": "8 h", "markets": ("de",)}, Agreed(timedelta(hours=8), None, "DE")),
        ({"within": "8 h", "markets": ("de", "us")}, Agreed(timedelta(hours=8), None, "US")),
    ],
)
def test_what_a_rule_says_about_time(rule: dict[str, str | tuple[str, ...]], terms: Agreed) -> None:
    facets = {"campaign.language": "en-US", "markets.de.language": "de-DE", "markets.us.language": "en-US"}
    assert agreed({**facets, **{f"approvals.copy.{name}": value for name, value in rule.items()}}, "copy") == terms


def test_a_span_that_nobody_means_ends_after_a_year_of_working_days() -> None:
    assert add_working_time(_at("2027-03-02 09:00"), timedelta(days=999999), "", no_holidays) < _at("2028-12-31 00:00")


def test_who_is_named_by_two_rules_has_the_longer_time_and_who_is_named_by_none_a_working_day() -> None:
    facets = {
        "approvals.#keys": ("copy", "law"), "approvals.copy.who": "Mara", "approvals.copy.within": "8h",
        "approvals.law.who": "Ines", "approvals.law.deputy": "Mara", "approvals.law.within": "24h",
    }  # fmt: skip
    friday = _at("2027-03-05 16:00")
    by = {who: answers_by(who, friday, facets, None, no_holidays).isoformat(" ", "minutes") for who in ("Mara", "Ines", "Olga")}
    assert by == {"Mara": "2027-03-08 16:00", "Ines": "2027-03-08 16:00", "Olga": "2027-03-06 00:00"}
