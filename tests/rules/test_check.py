"""One asset beside one strategy: order, guardrails and their hash, the same answer by either door."""

import pytest

from concerted.campaign.finding import Finding, gravest_first
from concerted.rules import RULES, broken_guardrails, check, guardrail, guardrail_hash, is_guardrail, prepare
from tests.rules.dock import EARLIER, FACETS, LEXICON, facets_with, subject

GOOD = {
    "subject": "Three trucks late?",
    "body": "When trucks run late, your dock plan fixes itself. The wait was 38 minutes instead of 71 (Median, 14 pilot warehouses, autumn 2026).",
    "offer": "60 days free on one dock group, no card. Then USD 1,900 per site per month. The offer ends on 31 May.",
    "cta": "Watch a late truck re-plan: rampline.example/see",
}
BAD = {
    "subject": "Seamless!",
    "body": "Detention fees fall! Only USD 1,800, says Slotbase. 46 % less, 38 minutes instead of 71.",
}


def test_good_copy_has_no_findings() -> None:
    assert check(subject(GOOD), LEXICON, EARLIER) == ()


def test_good_german_copy_has_no_findings() -> None:
    texts = {
        "subject": "Drei Lkw zu spät?",
        "body": "Kommen Lkw zu spät, stellt sich Ihr Rampenplan von selbst um. 38 statt 71 Minuten: Median, 14 Pilotlager, Herbst 2026.",
        "offer": "60 Tage kostenlos, danach 1.750 EUR pro Standort und Monat zzgl. USt. Das Angebot endet am 31. Mai.",
    }
    assert check(subject(texts, market="de", language="de-DE"), LEXICON, EARLIER) == ()


def test_what_stops_the_release_comes_first_in_reading_order() -> None:
    findings = check(subject(BAD), LEXICON, EARLIER)
    order = [(finding.severity, finding.field) for finding in findings]
    assert order == sorted(order, key=lambda pair: (pair[0] == "advice", list(BAD).index(pair[1])))
    assert {finding.rule for finding in findings} >= {
        "banned-word",
        "claim-not-yet",
        "price",
        "competitor-name",
        "qualifier",
        "number",
        "exclamation",
    }


def test_every_finding_says_what_where_and_what_to_do() -> None:
    for finding in check(subject(BAD), LEXICON, EARLIER):
        assert finding.rule in RULES
        assert finding.asset == "launch-email.email.dock.us.-"
        assert finding.field in BAD
        assert finding.evidence
        assert finding.message.rstrip().endswith((".", '"'))
        assert finding.remedy.endswith(".")


def test_facets_and_their_lexicon_give_the_same_findings() -> None:
    assert check(subject(BAD), FACETS, EARLIER) == check(subject(BAD), LEXICON, EARLIER)


def test_equal_facets_are_prepared_once() -> None:
    assert prepare(dict(FACETS)) is prepare(dict(FACETS))
    assert prepare(LEXICON) is LEXICON
    assert prepare(facets_with(positioning__promise="Other")) is not LEXICON


def test_only_stopping_guardrails_make_a_draft_stale() -> None:
    kept = guardrail(check(subject(BAD), LEXICON, EARLIER))
    assert {finding.rule for finding in kept} == {"banned-word", "claim-not-yet", "confidential", "competitor-name"}
    assert all(finding.severity == "release" for finding in kept)


def test_guardrails_alone_are_the_same_guardrails() -> None:
    for texts in (BAD, GOOD, {"body": BAD["body"]}):
        assert broken_guardrails(subject(texts), LEXICON, EARLIER) == guardrail(check(subject(texts), LEXICON, EARLIER))


def test_advice_of_a_guardrail_makes_nothing_stale() -> None:
    slots = {"subject": "subject"}
    findings = check(subject({"subject": "x" * 60}, slots=slots), LEXICON, EARLIER)
    assert [finding.rule for finding in findings] == ["channel-limit"]
    assert guardrail(findings) == ()


@pytest.mark.parametrize(
    "path",
    [
        "brand.words.never.seamless", "brand.words.prefer.plan.say", "channel.x.post.max", "confidential.never_outside", "claims.wait.kind",
        "claims.wait.from", "claims.wait.until", "claims.wait.recheck", "claims.wait.short_never_in", "claims.wait.cleared.us",
    ],
)  # fmt: skip
def test_a_guardrail_changes_the_guardrail_hash(path: str) -> None:
    assert is_guardrail(path)
    assert guardrail_hash({**FACETS, path: "changed"}) != guardrail_hash(FACETS)


@pytest.mark.parametrize(
    "path", ["positioning.promise", "claims.wait.full", "claims.wait.short", "offers.start.line", "markets.us.launch", "positioning.promise@de"]
)
def test_a_message_does_not_change_the_guardrail_hash(path: str) -> None:
    assert not is_guardrail(path)
    assert guardrail_hash({**FACETS, path: "changed"}) == guardrail_hash(FACETS)


def test_the_order_of_facets_does_not_matter() -> None:
    turned = dict(reversed(list(FACETS.items())))
    assert guardrail_hash(turned) == guardrail_hash(FACETS)
    assert set(check(subject(BAD), turned, EARLIER)) == set(check(subject(BAD), LEXICON, EARLIER))


def test_nothing_to_check_finds_nothing() -> None:
    assert check(subject({}), LEXICON, EARLIER) == ()
    assert check(subject({"body": ""}), LEXICON, EARLIER) == ()
    assert check(subject("Any words."), {}, EARLIER) == ()


def test_findings_sort_by_what_they_stop() -> None:
    advice, stop, broken = (Finding("r", severity, "m", "d") for severity in ("advice", "release", "file"))
    assert gravest_first([advice, stop, broken]) == (broken, stop, advice)


def test_a_finding_reads_as_a_sentence_with_its_place() -> None:
    assert str(Finding("r", "advice", "Too long.", "Shorten it.", asset="a.b", field="subject")) == "a.b#subject: Too long. Shorten it."
    assert str(Finding("r", "advice", "Too long.", "")) == "Too long."
