"""What one leaf of a strategy says about another. Most cases are rows of `tests/folder/mistakes.yaml`; here are the near misses."""

from datetime import date
from typing import Any

import pytest

from concerted.campaign.leaf import Form
from concerted.campaign.soundness import CatalogNames, findings
from concerted.campaign.soundness.forms import misfit, well_formed
from concerted.campaign.strategy import edited, validate
from tests.folder.lantern import NAMES, TODAY, source


def said(*edits: tuple[str, Any], today: date = TODAY) -> list[str]:
    strategy, wrong = validate(edited(source().tree, edits))
    assert strategy is not None, wrong
    return [finding.message for finding in findings(strategy, today, NAMES)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("It works.", "sentence"),
        ("Does it work?", "sentence"),
        ("“It works.”", "sentence"),
        ("It works (as promised).", "sentence"),
        ("Sechs Wochen kostenlos …", "sentence"),
        ("dock managers with 10 to 60 docks", "noun-phrase"),
        ("6 a.m., three carriers already late", "noun-phrase"),
        ("a yard that opens at 6 a.m.", "noun-phrase"),
        ("site manager, Fennel Foods Inc.", "noun-phrase"),
        ("1.750 EUR pro Monat zzgl. USt.", "noun-phrase"),
        ("Watch a late truck re-plan", "imperative"),
        ("Jetzt ansehen", "imperative"),
        ("Theft stops here", "imperative"),
        ("Dr. Reyes", "name"),
        ("Rampline Inc.", "name"),
    ],
)
def test_a_text_in_its_form_is_left_alone(text: str, form: Form) -> None:
    assert misfit(text, form) is None


@pytest.mark.parametrize(
    ("text", "form", "formed"),
    [
        ("It works", "sentence", "It works."),
        ("“It works.”", "sentence", "“It works.”"),
        ("Does it work?", "sentence", "Does it work?"),
        ("Dock managers.", "noun-phrase", "Dock managers"),
        ("a yard that opens at 6 a.m.", "noun-phrase", "a yard that opens at 6 a.m."),
        ("Rampline Inc.", "name", "Rampline Inc."),
        ("Rampline Live.", "name", "Rampline Live"),
        ("Watch it.", "imperative", "Watch it"),
    ],
)
def test_a_text_from_prose_gets_the_end_of_its_form(text: str, form: Form, formed: str) -> None:
    assert well_formed(text, form) == formed
    assert misfit(formed, form) is None


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("It works", "sentence"),
        ("It works:", "sentence"),
        ("Dock managers.", "noun-phrase"),
        ("Dock managers. And yard managers", "noun-phrase"),
        ("Watch it.", "imperative"),
        ("The video", "imperative"),
        ("Our story", "imperative"),
        ("Rampline Live!", "name"),
    ],
)
def test_a_text_in_another_form_is_pointed_out(text: str, form: Form) -> None:
    assert misfit(text, form) is not None


def test_a_sound_strategy_has_no_findings() -> None:
    assert said() == []


@pytest.mark.parametrize(
    "edit",
    [
        ("dates.go-no-go", "2027-03-02 09:30 Europe/Berlin"),  # 08:30 in London, where the launch is at nine
        ("dates.freeze", "2027-03-02"),
        ("budget.lines.media", "31,000"),
        ("offers.pilot.price.de", "2.200 €"),
        ("claims.hours.until", "2027-03-02"),
        ("objectives.trials.target", "twice the 60 of last year"),
        ("positioning.promise@de.h30", "Vorbeigehen genügt, und fertig"),
        ("confidential.never_outside", ["people.amis.permission", "news", "claims"]),
        ("audiences.branch.markets", ["uk"]),
    ],
)
def test_what_is_just_right_is_not_pointed_out(edit: tuple[str, Any]) -> None:
    assert said(edit) == []


def test_a_claim_that_stays_out_of_a_market_need_not_be_cleared_there() -> None:
    assert said(("claims.hours.cleared.de", None)) == ["claims.hours is not cleared for de, and an audience there is to read it"]
    assert said(("claims.hours.cleared.de", None), ("markets.de.leave_out.claims.hours", "not cleared in time")) == []
    assert said(("claims.hours.cleared.de", None), ("audiences.branch.markets", ["uk"])) == []


def test_a_claim_that_may_not_be_said_yet_may_stand_in_the_file() -> None:
    assert said(("claims.lost.kind", "not-yet")) == [
        "claims.lost may not be said yet; it is used by messages.walk and messages.calm and audiences.branch"
    ]


def test_time_alone_makes_a_sound_strategy_unsound() -> None:
    assert said(("claims.lost.until", "2027-03-31"), today=date(2027, 3, 31)) == [
        "markets.uk.launch: 2027-03-02 09:00 has passed",
        "markets.de.launch: 2027-03-02 10:00 has passed",
        "competitors.tagway.price.seen: seen on 2027-01-25, to be looked at every 14 days",
    ]
    after = said(("claims.lost.until", "2027-03-31"), today=date(2027, 4, 1))
    assert "claims.lost was true until 2027-03-31; it is used by messages.walk and messages.calm and audiences.branch" in after


def test_an_empty_strategy_says_what_it_lacks() -> None:
    strategy, _ = validate({
        "campaign": {"name": "A", "company": "B", "playbook": "p", "language": "en-US", "owner": "C"},
        "positioning": {"promise": "It works.", "category": "software", "unlike": "Others wait.", "because": "It reads."},
    })  # fmt: skip
    assert strategy is not None
    open_parts = [finding.ref for finding in findings(strategy, TODAY, CatalogNames()) if finding.severity == "release"]
    assert open_parts == ["messages", "audiences", "markets", "ctas", "objectives"]


def _prices(now: str, later: str) -> list[str]:
    found = said(("offers.early.line", "An early price."), ("offers.early.price.us", now), ("offers.early.then.us", later))
    return [message for message in found if "in which currency" in message or "no offer" in message]


@pytest.mark.parametrize(
    ("now", "later"),
    [
        ("$59", "$79"),
        ("USD 1,900 per site", "USD 2,100 per site"),
        ("USD 99.50", "USD 100"),
        ("$25 a month", "$250 a year"),
        ("$25 for 2 bikes", "$20 for 2 bikes"),
        ("free", "$79"),
        ("$0", "$79"),
    ],
)
def test_an_offer_that_is_cheaper_than_what_follows_or_for_something_else_is_left_alone(now: str, later: str) -> None:
    assert _prices(now, later) == []


@pytest.mark.parametrize(("now", "later"), [("$79", "$59"), ("USD 2,100 per site", "USD 1,900 per site"), ("$100", "$99.50"), ("$59", "$59")])
def test_an_offer_that_costs_as_much_as_what_follows_is_none(now: str, later: str) -> None:
    [message] = _prices(now, later)
    assert "no offer" in message


@pytest.mark.parametrize("price", ["1900", "1,900 per site", "59.00"])
def test_a_bare_number_is_no_price(price: str) -> None:
    assert [message for message in _prices(price, "$3000") if "in which currency" in message] != []


@pytest.mark.parametrize("price", ["$59", "59 dollars", "1.900 EUR", "CHF 20", "20 Fr.", "£5", "5 kr", "12 PLN", "20 %", "free of charge"])
def test_a_price_with_its_currency_is_one(price: str) -> None:
    assert [message for message in _prices(price, "$3000") if "in which currency" in message] == []
