"""Where every sentence comes from: fact, cleared, free or unsupported."""

from datetime import date

import pytest

from concerted.guard.ledger import Row, ledger
from tests.guard.harbour import EMAIL, GERMAN, KIND
from tests.rules.dock import EARLIER, LEXICON, facets_with


def rows(text: str, *, german: bool = False) -> tuple[Row, ...]:
    """Trace a body of the dock campaign."""
    return ledger({"body": text}, LEXICON, GERMAN if german else EMAIL, EARLIER, KIND)


def only(text: str, *, german: bool = False) -> Row:
    """Trace one sentence."""
    (row,) = rows(text, german=german)
    return row


FULL = "At 14 pilot warehouses the median wait fell from 71 to 38 minutes (9,240 arrivals, September to November 2026)."


@pytest.mark.parametrize(
    ("text", "kind", "ref"),
    [
        (FULL, "cleared", "claims.wait.full"),
        ("The plan you print at six is wrong by eight.", "cleared", "people.ceo.quote"),
        ("When trucks run late, your dock plan fixes itself.", "fact", "positioning.promise"),
        ("After that it is USD 1,900 per site per month.", "fact", "offers.start.then.us"),
        ("See it at rampline.example/see.", "fact", "ctas.see.url"),
        ("More than 310 warehouses book their docks with Rampline.", "fact", "claims.sites.full"),
        ("You find the new plan on the screen.", "free", ""),
        ("Best regards from the yard.", "free", ""),
    ],
)
def test_a_sentence_leads_back_to_the_strategy_or_states_nothing(text: str, kind: str, ref: str) -> None:
    row = only(text)
    assert row.kind == kind
    assert not ref or ref in row.refs
    assert row.findings == ()


@pytest.mark.parametrize(
    ("text", "rule", "evidence"),
    [
        ("After that it is USD 1,700.", "price", "USD 1,700"),
        ("It ends on June 15.", "date", "June 15"),
        ("See rampline.example/sea", "link", "rampline.example/sea"),
        ("It cuts waiting by 46 %.", "number", "46 %"),
        ("Write to sales@other.example.", "contact", "sales@other.example"),
        ("The fastest dock planning.", "superlative", "fastest"),
        ("The most reliable plan.", "superlative", "most reliable"),
        ("The world's first plan that moves.", "superlative", "world's first"),
        ("It is better than a phone.", "comparative", "better than"),
        ("Your yard becomes twice as fast.", "comparative", "twice as"),
        ("Used worldwide.", "embellishment", "worldwide"),
        ("For everyone with a dock.", "embellishment", "everyone"),
        ("Trusted by carriers.", "unsupported-claim", "Trusted by"),
        ("It saves hours a week.", "unsupported-claim", "saves hours"),
        ("Made together with Acme Robotics.", "unknown-name", "Acme Robotics"),
        ("We promise: detention fees fall.", "claim-not-yet", "detention fees fall"),
    ],
)
def test_what_nothing_stands_behind_is_unsupported_and_says_so(text: str, rule: str, evidence: str) -> None:
    row = only(text)
    assert row.kind == "unsupported"
    assert (rule, evidence) in {(finding.rule, finding.evidence) for finding in row.findings}
    assert all(finding.remedy and finding.field == "body" and finding.asset == EMAIL.id for finding in row.findings)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Die schnellste Rampenplanung.", "superlative"),
        ("Weltweit im Einsatz.", "embellishment"),
        ("Schneller als jedes Portal.", "comparative"),
        ("Nachweislich weniger Wartezeit.", "unsupported-claim"),
        ("Die Wartezeit sinkt um 46 %.", "number"),
        ("Danach 1.700 EUR pro Standort.", "price"),
        ("Am besten mit Hans Huber sprechen.", "unknown-name"),
    ],
)
def test_german_boasts_are_heard_in_german(text: str, rule: str) -> None:
    assert rule in {finding.rule for finding in only(text, german=True).findings}


@pytest.mark.parametrize(
    "text", ["Das ist die erste Fahrt.", "Meistens kommt einer zu spät.", "Der Plan zieht um.", "Sie sehen den Plan auf dem Bildschirm."]
)
def test_harmless_german_is_free(text: str) -> None:
    assert only(text, german=True).findings == ()


def test_praise_is_a_remark_and_leaves_the_sentence_free() -> None:
    row = only("It feels effortless.")
    assert (row.kind, [finding.rule for finding in row.findings]) == ("free", ["puffery"])


def test_a_superlative_that_a_claim_proves_is_supported_where_the_claim_is_cleared() -> None:
    facets = facets_with(
        claims__quick__kind="measured", claims__quick__full="The fastest re-plan of 12 tested took 4 seconds.", claims__quick__cleared__us="D. Shah"
    )
    facets["claims.#keys"] = ("wait", "quick")
    sentence = {"body": "Ask for the fastest re-plan."}
    assert ledger(sentence, facets, EMAIL, EARLIER)[0].findings == ()
    assert ledger(sentence, facets, EMAIL.__class__("launch-email", "email", "dock", "de", publish="2027-03-10"), EARLIER)[0].kind == "unsupported"


def test_a_claim_that_is_over_supports_nothing() -> None:
    late = EMAIL.__class__("launch-email", "email", "dock", "us", publish="2027-09-15")
    (row,) = ledger({"body": "310 warehouses book their docks with Rampline."}, LEXICON, late, date(2027, 2, 1))
    assert (row.kind, row.findings[0].rule) == ("unsupported", "claim-date")


def test_every_sentence_of_every_field_has_its_row() -> None:
    found = ledger({"subject": "Late trucks, calm docks", "body": f"{FULL} You find the plan on the screen.\nNo card."}, LEXICON, EMAIL, EARLIER)
    assert [(row.field, row.sentence) for row in found] == [
        ("subject", "Late trucks, calm docks"),
        ("body", FULL),
        ("body", "You find the plan on the screen."),
        ("body", "No card."),
    ]


def test_words_of_the_brand_voice_compare_nothing() -> None:
    facets = facets_with(brand__is_not=("greener than we can prove",))
    (row,) = ledger({"body": "We never sound greener than we can prove."}, facets, EMAIL, EARLIER)
    assert row.findings == ()
