"""What a strategy forbids, as phrases: each with its rule, its ref, and whether it stops alone."""

from datetime import date

import pytest

from concerted.campaign.facets import Value
from concerted.guard.automaton import Watchword
from concerted.guard.phrases import phrases_of
from concerted.guard.spellings import hyphened, spellings
from tests.guard.harbour import EMAIL, GERMAN
from tests.rules.dock import FACETS, facets_with

BEFORE_LAUNCH, LAUNCH = date(2027, 2, 1), date(2027, 3, 10)


def found(old: dict[str, Value] | None = None, *, german: bool = False, outside: bool = True, **changes: Value) -> dict[str, Watchword]:
    """Phrases of the dock strategy by text."""
    facets = facets_with(**changes) if changes else FACETS
    words = phrases_of(facets, {**facets, **old} if old else None, GERMAN if german else EMAIL, BEFORE_LAUNCH, outside=outside)
    return {word.text: word for word in words}


@pytest.mark.parametrize(
    ("text", "rule", "ref"),
    [
        ("seamless", "banned-word", "brand.words.never.seamless"),
        ("Slotbase", "competitor-name", "competitors.slotbase.in_copy"),
        ("Detention fees fall", "claim-not-yet", "claims.detention"),
        ("USD 1,600", "confidential", "competitors.slotbase"),
    ],
)
def test_the_strategy_as_it_stands_forbids(text: str, rule: str, ref: str) -> None:
    word = found()[text]
    assert (word.rule, word.ref, word.hard) == (rule, ref, True)
    assert word.why


def test_a_rival_that_may_be_compared_with_is_no_phrase() -> None:
    assert "Dockly" not in found()


def test_staff_may_read_what_customers_may_not() -> None:
    inside = found(outside=False)
    assert not {"Slotbase", "Detention fees fall", "USD 1,600"} & set(inside)
    assert "seamless" in inside


def test_a_claim_is_forbidden_where_and_when_it_does_not_hold() -> None:
    assert any(word.rule == "claim-date" and word.ref == "claims.speed" for word in found().values())
    assert any(word.rule == "claim-market" and word.ref == "claims.speed" for word in found(german=True, claims__speed__from=None).values())
    assert not any(word.ref == "claims.wait" for word in found().values())
    assert any(word.rule == "claim-date" and word.ref == "claims.sites" for word in found(claims__sites__until="2027-01-31").values())


def test_what_a_market_leaves_out_is_forbidden_there_only() -> None:
    assert found(german=True)["Tom Reyes"].rule == "left-out"
    assert "Tom Reyes" not in found()


def test_an_old_line_is_what_only_the_old_strategy_said() -> None:
    words = found({"positioning.promise": "When trucks run late, everybody phones the yard office."})
    old = {text: word for text, word in words.items() if word.ref == "positioning.promise"}
    assert old
    assert not any("trucks run late" in text.lower() and text.count(" ") == 2 for text in old)
    assert {word.rule for word in old.values()} == {"old-line"}
    assert any(word.hard for word in old.values())


@pytest.mark.parametrize(
    ("ref", "old", "text", "rule", "hard"),
    [
        ("offers.start.then.us", "USD 2,100 per site per month", "USD 2,100", "old-price", True),
        ("offers.start.until", "2027-04-30", "2027-04-30", "old-date", True),
        ("ctas.see.url", "rampline.example/watch", "rampline.example/watch", "old-link", True),
        ("campaign.name", "Rampline Flow", "Rampline Flow", "old-name", True),
        ("positioning.because", "Live reads 900 carriers.", "900", "old-number", False),
    ],
)
def test_old_figures_and_names_are_phrases_with_their_kind(ref: str, old: str, text: str, rule: str, hard: bool) -> None:
    word = found({ref: old})[text]
    assert (word.rule, word.ref, word.hard) == (rule, ref, hard)


def test_an_old_figure_that_another_line_still_holds_is_free() -> None:
    assert "USD 1,900" not in found({"positioning.because": "Live costs USD 1,900."})


def test_a_price_of_another_market_is_not_looked_for() -> None:
    assert "1.950 EUR" not in found({"offers.start.then.de": "1.950 EUR pro Standort"})
    assert "1.950 EUR" in found({"offers.start.then.de": "1.950 EUR pro Standort"}, german=True)


def test_a_secret_ends_on_launch_day() -> None:
    early = phrases_of(FACETS, None, EMAIL.__class__("launch-email", "email", "dock", "us", publish="2027-03-08"), BEFORE_LAUNCH)
    assert any(word.rule == "confidential" and word.ref == "offers" for word in early)
    assert not any(word.ref == "offers" for word in phrases_of(FACETS, None, EMAIL, LAUNCH))


@pytest.mark.parametrize(
    ("text", "some"),
    [
        ("USD 2,100", {"$2,100", "$2100", "2.100 USD", "2100 dollars", "us$2,100"}),
        ("29 €", {"€29", "EUR 29", "29 euro"}),
        ("60%", {"60 %", "60 percent", "60 prozent"}),
        ("2027-04-30", {"april 30", "30 april", "30th of april", "30.04.2027", "4/30/2027"}),
        ("24/7", {"24 7"}),
        ("hassle-free", {"hasslefree"}),
        ("seamless", set[str]()),
    ],
)
def test_one_thing_is_written_in_many_ways(text: str, some: set[str]) -> None:
    assert some <= set(spellings(text))
    assert text not in spellings(text)


def test_a_long_word_may_be_hyphened_and_a_short_one_not() -> None:
    assert "seam-less" in hyphened("seamless")
    assert hyphened("dock") == ()
    assert hyphened("hassle-free") == ()
