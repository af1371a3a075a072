"""Days as people write them, in their languages: read as one day, as two, or not at all; never as another one."""

from datetime import date, timedelta

import pytest
from babel.dates import format_date, get_month_names

from concerted.campaign.scalars import duration_of
from concerted.campaign.strategy import validate
from concerted.campaign.written_days import LANGUAGES, stored_day, written_days
from concerted.conductor.typed_edits import parse_rows
from concerted.errors import UserError

TODAY = "2026-11-28"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2027-03-01", "2027-03-01"),
        ("1. März 2027", "2027-03-01"),
        ("1.März 2027", "2027-03-01"),
        ("1 March 2027", "2027-03-01"),
        ("the 1st of March 2027", "2027-03-01"),
        ("March 1, 2027", "2027-03-01"),
        ("01.03.2027", "2027-03-01"),
        ("1.3.27", "2027-03-01"),
        ("2027/3/1", "2027-03-01"),
        ("13/04/2027", "2027-04-13"),
        ("04/13/2027", "2027-04-13"),
        ("Montag, den 1. März 2027", "2027-03-01"),
        ("Mo., 01.03.2027", "2027-03-01"),
        ("Mar 1, 2027", "2027-03-01"),
        ("March 1", "2027-03-01"),
        ("1. Dezember", "2026-12-01"),
        ("28 November", "2026-11-28"),
        ("27.11.", "2027-11-27"),
        ("29 February", "2028-02-29"),
        ("March 1, 2027 at 9am", "2027-03-01 09:00"),
        ("1. März 2027, 9 Uhr", "2027-03-01 09:00"),
        ("1. März 2027 um 14.30 Uhr", "2027-03-01 14:30"),
        ("01.03.2027 09:30", "2027-03-01 09:30"),
        ("2027-03-01T09:00", "2027-03-01 09:00"),
        ("1 March 2027, 12 pm America/Chicago", "2027-03-01 12:00 America/Chicago"),
        ("1 March 2027, 12 am", "2027-03-01 00:00"),
    ],
)
def test_a_day_is_read_as_it_was_written(typed: str, meant: str) -> None:
    assert written_days(typed, TODAY) == (meant,)


@pytest.mark.parametrize(
    "typed",
    ["30 February 2027", "30.02.2027", "31/31/2027", "in March", "March 2027", "soon", "Q2 2027", "1", "2027", "", "1 March 2027 25:00", "9 am",
     "two weeks before launch", "1 March or 2 March 2027", "2027-03-01 America/Chicago", "12 May 27"],
)  # fmt: skip
def test_what_names_no_day_is_not_taken_for_one(typed: str) -> None:
    assert written_days(typed, TODAY) == ()


def test_what_can_be_two_days_is_two_and_a_day_seen_lies_behind() -> None:
    assert written_days("03/04/2027") == ("2027-04-03", "2027-03-04")
    assert written_days("3/3/2027") == ("2027-03-03",)
    assert written_days("5 February", TODAY, "back") == ("2026-02-05",)
    assert stored_day("competitors.x.price.seen", "5 February", TODAY) == "2026-02-05"
    assert stored_day("offers.x.until", "5 February", TODAY) == "2027-02-05"
    with pytest.raises(UserError, match="3 April 2027 or 4 March 2027"):
        stored_day("offers.x.until", "03/04/2027", TODAY)


def test_a_year_that_was_left_out_is_not_guessed_where_nobody_knows_today() -> None:
    assert written_days("March 1") == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_of_a_year_is_read_back_from_how_each_language_writes_it(language: str) -> None:
    for ahead in range(0, 365, 9):
        day = date(2027, 1, 1) + timedelta(days=ahead)
        for width in ("long", "full", "medium"):
            written = format_date(day, width, locale=language)
            assert written_days(written) in ((day.isoformat(),), ()), written
        assert written_days(format_date(day, "long", locale=language)) == (day.isoformat(),)


def test_no_name_means_one_month_here_and_another_there() -> None:
    known: dict[str, int] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in dict[int, str](get_month_names(width, "format", language)).items():
                assert known.setdefault(name.lower().rstrip("."), number) == number, (language, name)


def test_a_typed_edit_stores_the_day_as_all_others_are() -> None:
    rows = parse_rows(("offers.first.until=1. März", "markets.us.launch=March 9, 2027, 8 am", "dates.freeze=2 March 2027"), (), TODAY)
    assert rows == {"offers.first.until": "2027-03-01", "markets.us.launch": "2027-03-09 08:00", "dates.freeze": "2027-03-02"}


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        ("offers.first.until=03/04/2027", "write 2027-04-03 or 2027-03-04"),
        ("offers.first.until=in spring", "write year-month-day"),
        ("markets.us.launch=March 9, 2027", 'write "2027-03-09 08:00", with its hour'),
        ("dates.freeze=nearly", "write it like 2027-03-09"),
    ],
)
def test_a_typed_day_that_cannot_stand_says_what_would(edit: str, said: str) -> None:
    with pytest.raises(UserError) as wrong:
        parse_rows((edit,), (), TODAY)
    assert said in str(wrong.value)


def test_a_day_in_the_file_that_is_written_otherwise_is_named_with_what_to_write() -> None:
    _, found = validate({"offers": {"x": {"until": "1. März 2027"}}, "dates": {"freeze": "2 March 2027"}})
    remedies = {finding.ref: finding.remedy for finding in found}
    assert remedies["offers.x.until"] == "write 2027-03-01"
    assert remedies["dates.freeze"] == "write 2027-03-02"


def test_a_span_that_no_calendar_holds_is_a_mistake_of_the_file_and_no_crash() -> None:
    for text in ("999999999999 days", "99999999999999999999999999 w", "3000000 days"):
        with pytest.raises(ValueError, match=text):
            duration_of(text)
    assert duration_of("36500 days") == timedelta(days=36500)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2200-01-01", "1899-12-31"])
def test_a_year_from_which_no_due_date_can_be_counted_is_a_mistake_of_the_file(day: str) -> None:
    _, found = validate({"offers": {"x": {"until": day}}, "dates": {"freeze": day}, "markets": {"us": {"launch": f"{day} 08:00"}}})
    said = {finding.ref: finding for finding in found}
    for ref in ("offers.x.until", "dates.freeze", "markets.us.launch"):
        assert "in the year" in said[ref].message
        assert said[ref].remedy == "write a year from 1900 to 2199"
