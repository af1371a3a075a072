"""Rule kinds about figures: prices, dates, links and numbers come from the strategy, or a finding says so."""

from datetime import date
from typing import Any

import pytest

from tests.rules.dock import facets_with, found, words_found

GERMAN: dict[str, Any] = {"market": "de", "language": "de-DE"}


@pytest.mark.parametrize(
    ("rule", "text", "others", "words"),
    [
        ("price", "USD 1,800 per site", {}, ["USD 1,800"]),
        ("price", "$1,901 and 1,900 €", {}, ["$1,901", "1,900 €"]),
        ("price", "USD 1,900 pro Standort", GERMAN, ["USD 1,900"]),
        ("price", "1.750 EUR", {}, ["1.750 EUR"]),
        ("price", "Our budget is USD 84,000", {}, ["USD 84,000"]),
        ("date", "until 30 May", {}, ["30 May"]),
        ("date", "on 31.05.2028", {}, ["31.05.2028"]),
        ("link", "rampline.example/se", {}, ["rampline.example/se"]),
        ("link", "see elsewhere.com", {}, ["elsewhere.com"]),
        ("number", "cuts waiting by 46 %", {}, ["46 %"]),
        ("number", "9,241 arrivals", {}, ["9,241"]),
        ("number", "13 docks", {}, ["13"]),
    ],
)
def test_a_figure_from_nowhere_is_found(rule: str, text: str, others: dict[str, Any], words: list[str]) -> None:
    assert words_found(text, rule, **others) == words


@pytest.mark.parametrize(
    ("rule", "text", "others"),
    [
        ("price", "$1,900, USD 1,900.00 and US$ 1900", {}),
        ("price", "1.750 € und EUR 1.750,-", GERMAN),
        ("price", "USD 1,900 or 1.750 EUR", {"market": "-"}),
        ("price", "Our budget is USD 84,000", {"visibility": "staff"}),
        ("price", "1,900 sites", {}),
        ("date", "until 31 May, May 31st or 2027-05-31", {}),
        ("date", "on 9 March, from 10. März", {}),  # launch days
        ("date", "Columbus, 2 April 2027", {"publish": date(2027, 4, 2)}),
        ("date", "September to November 2026, in March, in 2025", {}),
        ("link", "rampline.example/see, http://www.rampline.example/talk?utm_source=x and rampline.example", {}),
        ("link", "press@rampline.example", {}),
        ("number", "9,240 arrivals, 9.240 Ankünfte, 310 warehouses, 14 pilots", {}),
        ("number", "12 steps, nine docks, ninety trucks, since 2019, at 8:30, 24/7, Q4, call +1 614 555 0199", {}),
        ("number", "USD 1,800", {}),  # a price is no number
    ],
)
def test_a_figure_of_the_strategy_is_let_through(rule: str, text: str, others: dict[str, Any]) -> None:
    assert words_found(text, rule, **others) == []


@pytest.mark.parametrize(
    ("rule", "text", "outside", "staff"),
    [
        ("price", "USD 1,800", "release", "release"),
        ("date", "30 May", "release", "advice"),
        ("link", "elsewhere.com", "release", "advice"),
        ("number", "46 %", "advice", "advice"),
    ],
)
def test_outside_the_house_a_wrong_figure_weighs_more(rule: str, text: str, outside: str, staff: str) -> None:
    assert [finding.severity for finding in found(text, rule)] == [outside]
    assert [finding.severity for finding in found(text, rule, visibility="staff")] == [staff]


def test_a_price_of_another_market_is_said_to_be_one() -> None:
    assert "another market" in found("1.750 EUR", "price")[0].message
    assert "no price" in found("USD 1", "price")[0].message


def test_a_wrong_page_of_a_known_site_is_said_to_be_one() -> None:
    assert "Its site is known" in found("rampline.example/se", "link")[0].message
    assert "Its site is known" not in found("elsewhere.com", "link")[0].message


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"body": "USD 1,900 per site per month.", "ps": "Only USD 1,700 per site!"}, ["USD 1,700"]),
        ({"body": "USD 1,900 per site per month.", "ps": "USD 1,700 for a hat."}, []),
        ({"body": "USD 1,900 per site, USD 1,900 a month."}, []),
        ({"body": "USD 1,900 per site, USD 1,700 a person."}, []),
    ],
)
def test_two_prices_for_one_thing_are_found(texts: dict[str, str], words: list[str]) -> None:
    assert words_found(texts, "two-prices") == words


def test_two_euro_markets_do_not_mix() -> None:
    facets = facets_with(offers__start__then__at="1.850 EUR pro Standort und Monat") | {"markets.#keys": ("us", "de", "at")}
    assert words_found("1.750 EUR pro Standort, 1.850 EUR pro Standort", "two-prices", facets=facets, **GERMAN) == ["1.850 EUR"]
    assert words_found("1.850 EUR", "price", facets=facets, **GERMAN) == ["1.850 EUR"]


def test_an_offer_may_have_a_first_and_a_later_price() -> None:
    facets = facets_with(offers__start__price__us="USD 900 per site per month")
    assert words_found("USD 900 per site per month, then USD 1,900 per site per month.", "two-prices", facets=facets) == []


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"body": "60 days free, no card.", "cta": "Start your free month"}, ["free month"]),
        ({"body": "60 days free.", "cta": "30 days free"}, ["30 days"]),
        ({"body": "60 Tage kostenlos.", "cta": "60 days free"}, []),
        ({"body": "60 days free.", "cta": "Free for 60 days"}, []),
        ({"body": "60 days free.", "cta": "Free for your first 30 days"}, []),  # too far apart to be sure
        ({"body": "60 days free.", "cta": "Free for just 30 days"}, ["30 days"]),
        ({"body": "60 days free. It takes 30 days to learn and a month to love."}, []),
    ],
)
def test_a_free_period_is_said_in_one_way(texts: dict[str, str], words: list[str]) -> None:
    assert words_found(texts, "free-period") == words
