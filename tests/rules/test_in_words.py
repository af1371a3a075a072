"""Prices and days in words, read as exactly what they say, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.rules.figures import figures
from concerted.rules.in_words import amount

READ: dict[str, tuple[str, str]] = {
    "twenty-one hundred dollars": ("price", "USD 2100"),
    "two thousand one hundred dollars": ("price", "USD 2100"),
    "one hundred and twenty euros": ("price", "EUR 120"),
    "nine hundred bucks": ("price", "USD 900"),
    "2,100 bucks": ("price", "USD 2100"),
    "a thousand quid": ("price", "GBP 1000"),
    "neunzehnhundertfünfzig Euro": ("price", "EUR 1950"),
    "zweitausendeinhundert Euro": ("price", "EUR 2100"),
    "einundzwanzig Franken": ("price", "CHF 21"),
    "hundert Euro": ("price", "EUR 100"),
    "the thirtieth of April": ("date", "--04-30"),
    "the twenty-first day of May": ("date", "--05-21"),
    "the last day of February": ("date", "--02-28"),
    "am dreißigsten April": ("date", "--04-30"),
    "der erste Mai": ("date", "--05-01"),
    "bis zum letzten Apriltag": ("date", "--04-30"),
    "am letzten Tag im Juni": ("date", "--06-30"),
    "until the thirty-first of May, 2026": ("date", "2026-05-31"),
    "the first of March 2028.": ("date", "2028-03-01"),
    "am einunddreißigsten Mai 2026": ("date", "2026-05-31"),
    "the last day of February 2028": ("date", "2028-02-29"),
    "the last day in February, 2027": ("date", "2027-02-28"),
    "am letzten Tag im Februar 2028": ("date", "2028-02-29"),
    "bis zum letzten Apriltag 2028": ("date", "2028-04-30"),
    "the first of May, 2,026 riders": ("date", "--05-01"),
    "the first of May 20265": ("date", "--05-01"),
    "the first of May. 2026 is over.": ("date", "--05-01"),
    "2 million dollars": ("price", "USD 2000000"),
    "5 thousand dollars": ("price", "USD 5000"),
    "a million dollars": ("price", "USD 1000000"),
    "In 2027 a thousand dollars": ("price", "USD 1000"),
    "50 pounds": ("price", "GBP 50"),
}
NOT_READ = (
    "a few hundred dollars", "several thousand euros", "ein paar hundert Euro", "dollars and sense", "three, four, five dollars or so",
    "the first trucks in May", "It may first be seen.", "In May first trucks come.", "first may the crew rest", "the end of April", "Ende April",
    "the last day of the week", "am letzten Tag der Woche", "a hundred trucks", "twenty thirty dollars",
    "half a million dollars", "half a thousand euros", "anderthalb tausend Euro", "two point five million dollars", "a quarter million dollars",
    "It weighs fifty pounds.", "a thousand pounds",
)  # fmt: skip


@pytest.mark.parametrize("text", READ)
def test_an_amount_or_a_day_in_words_is_the_figure(text: str) -> None:
    assert [(one.kind, one.value) for one in figures(text) if one.kind in ("price", "date")] == [READ[text]]


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_not_exactly_one_amount_or_day_is_none(text: str) -> None:
    found = [(one.kind, one.value) for one in figures(text) if one.kind in ("price", "date")]
    assert found in ([], [("price", "USD 5")]), "the last of three amounts is one"


TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"}
ONES = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def spelled(number: int) -> list[str]:
    """Spell a number below a million, by other means than those that read it."""
    if number >= 1000:
        return [*spelled(number // 1000), "thousand", *(spelled(number % 1000) if number % 1000 else ())]
    if number >= 100:
        return [ONES[number // 100], "hundred", *(spelled(number % 100) if number % 100 else ())]
    if number < len(ONES):
        return [ONES[number]]
    return [TENS[number // 10 * 10], *([ONES[number % 10]] if number % 10 else ())]


@given(st.integers(1, 999_999).filter(lambda number: not any(12 < part % 100 < 20 for part in (number, number // 1000))))
def test_any_number_that_is_spelled_is_read_as_itself(number: int) -> None:
    assert amount(spelled(number)) == number
