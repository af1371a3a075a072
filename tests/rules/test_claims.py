"""Rule kinds about what may be said: validity, clearance, qualifiers, what a market leaves out, what is confidential."""

from datetime import date
from typing import Any

import pytest

from tests.rules.dock import facets_with, found, words_found

NEEDS = "Median, 14 pilot warehouses, autumn 2026"
FULL = "At 14 pilot warehouses the median wait fell from 71 to 38 minutes (9,240 arrivals, September to November 2026)."


@pytest.mark.parametrize(
    ("rule", "text", "others"),
    [
        ("claim-not-yet", "We promise: detention fees fall.", {}),
        ("claim-not-yet", "DETENTION FEES FALL", {"visibility": "partner"}),
        ("claim-date", "Used by 310 warehouses", {"publish": date(2027, 8, 1)}),
        ("claim-date", "Used by 310 warehouses", {"today": date(2027, 8, 1)}),  # nobody can read it earlier than today
        ("claim-date", "Setting up a dock group takes 45 minutes.", {}),
        ("claim-date", "310 warehouses book their docks with Rampline", {"publish": date(2028, 1, 1)}),
        ("claim-market", "In 45 minutes", {"market": "de", "language": "de-DE", "publish": date(2027, 5, 1)}),
        ("claim-channel", "38 minutes instead of 71", {"channel": "google-search"}),
        ("claim-channel", "Now 38 minutes, once 71", {"channel": "sms"}),
        ("offer-date", "60 days free on one dock group, no card.", {"publish": date(2027, 6, 1)}),
        ("left-out", "“I used to make eleven calls before breakfast.”", {"market": "de", "language": "de-DE"}),
        ("left-out", "Tom Reyes weiß es.", {"market": "de", "language": "de-DE"}),
        ("confidential", "Slotbase asks USD 1,600 for this.", {}),
        ("confidential", "We want 260 qualified demo requests.", {"facets": facets_with(objectives__demos__target="260 demos")}),
        ("confidential", "cost per demo at most USD 420", {}),
        ("confidential", "Rampline Live re-plans dock appointments when trucks run late.", {"publish": date(2027, 3, 8)}),
        ("confidential", "60 days free", {"publish": date(2027, 3, 8)}),
        ("confidential", "60 Tage kostenlos", {"market": "de", "language": "de-DE", "publish": date(2027, 3, 9)}),
        ("confidential", "60 days free", {"market": "-", "publish": date(2027, 3, 8)}),
        ("competitor-name", "Unlike Slotbase, we re-plan.", {}),
    ],
)
def test_what_must_not_be_said_stops_the_release(rule: str, text: str, others: dict[str, Any]) -> None:
    findings = found(text, rule, **others)
    assert [finding.severity for finding in findings][:1] == ["release"]
    assert all(finding.evidence and finding.remedy and finding.ref and finding.field == "body" for finding in findings)


@pytest.mark.parametrize(
    ("rule", "text", "others"),
    [
        ("claim-not-yet", "Detention fees fall.", {"visibility": "staff"}),  # staff may know what customers must not be told
        ("claim-not-yet", "Fees rise.", {}),
        ("claim-not-yet", "Used by 310 warehouses", {}),
        ("claim-date", "Used by 310 warehouses", {"publish": date(2027, 7, 31)}),
        ("claim-date", "Setting up a dock group takes 45 minutes.", {"publish": date(2027, 4, 1)}),
        ("claim-date", "45 docks", {}),
        ("claim-market", "Setting up a dock group takes 45 minutes.", {"publish": date(2027, 5, 1)}),
        ("claim-market", "45 minutes", {"market": "-"}),
        ("claim-market", "310 warehouses", {"market": "de", "language": "de-DE"}),  # cleared for nobody in particular
        ("claim-channel", "38 minutes instead of 71", {"channel": "email"}),
        ("claim-channel", FULL, {"channel": "google-search"}),
        ("claim-channel", "38 minutes", {"channel": "google-search"}),
        ("claim-channel", "71 docks in 38 yards", {"channel": "email"}),
        ("offer-date", "60 days free", {"publish": date(2027, 5, 31)}),
        ("left-out", "“I used to make eleven calls before breakfast.”", {}),
        ("left-out", "Ines Okafor sagt es.", {"market": "de", "language": "de-DE"}),
        ("confidential", "Slotbase asks USD 1,600 for this.", {"visibility": "staff"}),
        ("confidential", "60 days free", {"publish": date(2027, 3, 9)}),
        ("confidential", "60 days free", {"publish": date(2027, 3, 8), "today": date(2027, 3, 9)}),
        ("confidential", "60 days free", {"visibility": "staff", "publish": date(2027, 3, 8)}),
        ("confidential", "When trucks run late, your dock plan fixes itself.", {"publish": date(2027, 3, 8)}),
        ("competitor-name", "Unlike Dockly, we re-plan.", {}),  # named in comparisons
        ("competitor-name", "Slotbase is cheaper.", {"visibility": "staff"}),
        ("competitor-name", "a slotbase for everyone", {}),
    ],
)
def test_what_may_be_said_is_let_through(rule: str, text: str, others: dict[str, Any]) -> None:
    assert found(text, rule, **others) == ()


def test_a_sentence_close_to_an_open_claim_is_advice() -> None:
    (finding,) = found("You will pay lower detention fees soon.", "claim-not-yet")
    assert (finding.severity, finding.ref) == ("advice", "claims.detention")
    assert "finance data" in finding.message
    assert found("The fee is due at noon.", "claim-not-yet") == ()


def test_a_passed_recheck_day_is_a_reminder() -> None:
    (finding,) = found(FULL, "claim-date", publish=date(2027, 9, 2))
    assert finding.severity == "advice"
    assert found(FULL, "claim-date", publish=date(2027, 9, 1)) == ()


def test_staff_are_warned_where_others_are_stopped() -> None:
    (finding,) = found("Used by 310 warehouses", "claim-date", publish=date(2027, 8, 1), visibility="staff")
    assert finding.severity == "advice"


def test_what_is_also_free_to_say_is_not_confidential() -> None:
    facets = facets_with(offers__start__line="60 days free", messages__free__pillar="60 days free")
    assert found("60 days free", "confidential", publish=date(2027, 3, 8), facets=facets) == ()


@pytest.mark.parametrize(
    "texts",
    [
        {"body": f"38 minutes instead of 71. {NEEDS}."},
        {"body": f"38 minutes instead of 71 ({NEEDS.upper()})"},
        {"body": "38 minutes instead of 71: the median of 14 pilot warehouses in autumn 2026."},
        {"headline": "38 minutes instead of 71", "note": NEEDS},
        {"note": NEEDS, "headline": "38 minutes instead of 71"},
        {"proof": f"{FULL} That is 38 minutes instead of 71."},
        {"body": FULL},
        {"body": "38 minutes a truck."},
        {"body": "71 docks, and 38 minutes."},
    ],
)
def test_a_short_form_with_its_qualifier_beside_it_is_fine(texts: dict[str, str]) -> None:
    expected = [] if texts != {"body": "71 docks, and 38 minutes."} else ["71 docks, and 38 minutes."]
    assert words_found(texts, "qualifier") == expected


@pytest.mark.parametrize(
    "texts",
    [
        {"body": "38 minutes instead of 71."},
        {"body": "Now 38 minutes, before 71."},
        {"headline": "38 minutes instead of 71", "subhead": "Read on.", "note": NEEDS},
        {"body": "38 minutes instead of 71. Measured in pilot warehouses."},
        {"body": "38 minutes instead of 71. Median, 15 pilot warehouses, autumn 2026."},
        {"headline": "Less waiting. 38 minutes instead of 71. Read on.", "note": f"Good. {NEEDS}"},
    ],
)
def test_a_short_form_without_its_qualifier_stops_the_release(texts: dict[str, str]) -> None:
    (finding,) = found(texts, "qualifier")
    assert (finding.severity, finding.ref, finding.field) == ("release", "claims.wait.short_needs", next(iter(texts)))
    assert NEEDS in finding.remedy


def test_the_german_short_form_asks_for_the_german_qualifier() -> None:
    german: dict[str, Any] = {"market": "de", "language": "de-DE"}
    (finding,) = found("Heute 38 statt 71 Minuten.", "qualifier", **german)
    assert "Herbst 2026" in finding.remedy
    assert found("Heute 38 statt 71 Minuten. Median, 14 Pilotlager, Herbst 2026.", "qualifier", **german) == ()


def test_a_claim_that_needs_no_qualifier_stands_alone() -> None:
    assert found("310 warehouses", "qualifier") == ()
