"""Prices, percentages, dates, times and numbers are read as values, in the English and the German way of writing."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.rules.figures import figures
from concerted.rules.reading import read

READINGS = [
    ("USD 1,900", [("price", "USD 1900")]),
    ("$1,900 and US$ 1,900.00", [("price", "USD 1900"), ("price", "USD 1900")]),
    ("1.750 EUR, 1.750 €, EUR 1.750,- and €1,750.50", [("price", "EUR 1750")] * 3 + [("price", "EUR 1750.5")]),
    ("29 € inkl. MwSt.", [("price", "EUR 29")]),
    ("49 Euro, 30 dollars", [("price", "EUR 49"), ("price", "USD 30")]),
    ("CHF 1'900", [("price", "CHF 1900")]),
    ("1\u202f900 €", [("price", "EUR 1900")]),
    ("USD 3.0M and 1.5 million users", [("price", "USD 3000000"), ("number", "1500000")]),
    ("5 Mio. Euro", [("price", "EUR 5000000")]),
    ("USD 1,900–2,400", [("price", "USD 1900"), ("price", "USD 2400")]),
    ("from $29 to $49", [("price", "USD 29"), ("price", "USD 49")]),
    ("46 %, 46%, 46 percent, 3,5 Prozent", [("percent", "46")] * 3 + [("percent", "3.5")]),
    ("9 March 2027, March 9, 2027 and 2027-03-09", [("date", "2027-03-09")] * 3),
    ("9. März 2027, 09.03.2027 and 9.3.27", [("date", "2027-03-09")] * 3),
    ("by 9 March, March 9th or the 9th of March", [("date", "--03-09")] * 3),
    ("bis 9. März", [("date", "--03-09")]),
    ("Jan. 5 and 5 Jan", [("date", "--01-05"), ("date", "--01-05")]),
    ("September to November 2026", [("date", "2026-11")]),
    ("since 2021", [("year", "2021")]),
    ("2027-03-09 08:00", [("date", "2027-03-09"), ("time", "08:00")]),
    ("at 8 a.m., 6 pm, 12 am, 14:30 or 15 Uhr", [("time", "08:00"), ("time", "18:00"), ("time", "00:00"), ("time", "14:30"), ("time", "15:00")]),
    ("9,240 arrivals, 9.240 Ankünfte", [("number", "9240"), ("number", "9240")]),
    ("1,234,567 and 1.234.567,5", [("number", "1234567"), ("number", "1234567.5")]),
    ("0.5 and 3,5 and 0.125", [("number", "0.5"), ("number", "3.5"), ("number", "0.125")]),
    ("10x faster", [("number", "10")]),
    ("thirty-eight? no: nine days", [("number", "30"), ("number", "8"), ("number", "9")]),
    ("zwölf Tore", [("number", "12")]),
    ("call +1 614 555 0142 or (614) 555-0142", [("phone", "16145550142"), ("phone", "6145550142")]),
    ("press@rampline.example", [("mail", "press@rampline.example")]),
    ("https://www.rampline.example/see?x=42", [("link", "rampline.example/see")]),
]


@pytest.mark.parametrize(("text", "readings"), READINGS)
def test_figures_are_read_as_values(text: str, readings: list[tuple[str, str]]) -> None:
    assert [(figure.kind, figure.value) for figure in figures(text)] == readings


@pytest.mark.parametrize("text", ["Q4", "B2B and CO2", "3D, 5G", "24/7", "one dock", "ein Tor", "May I?", "march on", "h30", ""])
def test_words_with_digits_and_articles_are_no_figures(text: str) -> None:
    assert [figure for figure in figures(text) if figure.kind != "time"] == []


def test_a_slashed_date_may_be_read_both_ways() -> None:
    assert figures("3/9/2027")[0].readings == ("2027-03-09", "2027-09-03")
    assert figures("31/5/2027")[0].readings == ("2027-05-31",)


def test_an_impossible_date_is_none() -> None:
    assert not any(figure.kind == "date" for figure in figures("39.13.2027 and 45 March"))


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("14 pilot warehouses", [{"pilot", "warehouse"}]),
        ("60-day trial", [{"day", "trial"}]),
        ("60 Tage kostenlos", [{"day", "kostenlo"}]),
        ("from 71 to 38 minutes", [{"minute"}, {"minute"}]),
        ("38 minutes instead of 71", [{"minute"}, {"minute"}]),
        ("von 71 auf 38 Minuten", [{"minute"}, {"minute"}]),
        ("38 minutes. 71 docks", [{"minute"}, {"dock"}]),
        ("38 (minutes) and 71", [set[str](), set[str]()]),
        ("we have 38.", [set[str]()]),
    ],
)
def test_a_number_knows_what_it_counts(text: str, units: list[set[str]]) -> None:
    assert [set(figure.units) for figure in figures(text)] == units


def test_a_number_is_shown_with_what_it_counts() -> None:
    assert [figure.counted for figure in figures("At 14 pilot warehouses, 38 of 71 minutes.")] == [
        "14 pilot warehouses",
        "38 of 71 minutes",
        "71 minutes",
    ]


def test_a_dollar_sign_stands_for_any_dollar() -> None:
    assert "CAD 1900" in figures("$1,900")[0].readings
    assert figures("USD 1,900")[0].readings == ("USD 1900",)


@given(st.integers(0, 9_999_999))
def test_a_price_is_the_same_in_english_and_german(amount: int) -> None:
    english, german = f"EUR {amount:,}", f"{amount:,} €".replace(",", ".")
    assert [figure.value for figure in figures(english)] == [figure.value for figure in figures(german)] == [f"EUR {amount}"]


MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_date_is_the_same_in_every_spelling(day: date) -> None:
    iso = day.isoformat()
    year, month, number = iso.split("-")
    english = MONTHS[int(month) - 1]
    spellings = (iso, f"{number}.{month}.{year}", f"{int(number)} {english} {year}", f"{english} {int(number)}, {year}")
    assert {figures(f"on {spelling}.")[0].value for spelling in spellings} == {iso}


PIECES = st.sampled_from(
    ["1,900", "1.750", "$", "€", "USD", " ", "9", ".", "March", "März", "2027", "-", "%", "a.m.", "x", "/", "see.com", "@", "\n", "’"]
)


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map("".join)))
def test_figures_lie_in_order_inside_the_text(text: str) -> None:
    composed = read(text).text
    found = figures(text)
    assert all(composed[figure.start : figure.end] == figure.text for figure in found)
    assert all(one.start <= other.start for one, other in pairwise(found))
