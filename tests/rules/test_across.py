"""Remarks on assets side by side: repeated sentences, and a subject line that is the headline again."""

from collections.abc import Mapping
from dataclasses import replace

from concerted.campaign.finding import Finding
from concerted.rules.across import contradictions as compare
from tests.rules.dock import FACETS, LEXICON, subject

SENTENCE = "Three trucks late, and nobody calls."


def contradictions(texts: Mapping[str, Mapping[str, str]], facets: object, exempt: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    found = LEXICON if facets is LEXICON else FACETS
    remarks = compare((replace(subject(dict(words)), asset=asset) for asset, words in texts.items()), found, exempt)
    return tuple(one for one in remarks if not one.rule.startswith("match-"))


def in_assets(count: int, text: str = SENTENCE) -> dict[str, dict[str, str]]:
    return {f"asset-{number}": {"body": f"Hello number {number} there. {text} And the end of {number}."} for number in range(count)}


def test_a_sentence_may_stand_in_three_assets() -> None:
    assert contradictions(in_assets(3), LEXICON) == ()


def test_the_fourth_asset_is_asked_for_other_words() -> None:
    findings = contradictions(in_assets(5), FACETS)
    assert [(finding.asset, finding.field, finding.evidence, finding.severity) for finding in findings] == [
        ("asset-3", "body", SENTENCE, "advice"),
        ("asset-4", "body", SENTENCE, "advice"),
    ]


def test_the_same_words_in_another_dress_are_the_same_sentence() -> None:
    texts = in_assets(3) | {"asset-x": {"h1": "THREE TRUCKS LATE – and nobody calls!"}}
    assert [finding.asset for finding in contradictions(texts, LEXICON)] == ["asset-x"]


def test_repeating_within_one_asset_counts_once() -> None:
    texts = {"a": {"body": f"{SENTENCE} {SENTENCE}", "ps": SENTENCE}, "b": {"body": SENTENCE}, "c": {"body": SENTENCE}}
    assert contradictions(texts, LEXICON) == ()


def test_legal_lines_calls_to_action_and_boilerplate_may_repeat() -> None:
    for text in (
        "Rampline makes dock scheduling software for warehouses.",
        "Watch a late truck re-plan",
        "Median, 14 pilot warehouses, autumn 2026.",
    ):
        assert contradictions({f"a{n}": {"body": text} for n in range(9)}, LEXICON) == ()


def test_exempt_sentences_and_short_ones_may_repeat() -> None:
    assert contradictions(in_assets(9), LEXICON, exempt=(SENTENCE,)) == ()
    assert contradictions(in_assets(9, "See you soon."), LEXICON) == ()


def test_a_subject_line_is_not_the_headline_of_its_page() -> None:
    texts = {
        "page": {"h1": "Dock plans that fix themselves"},
        "mail": {"subject": "Dock plans that fix themselves."},
        "other": {"subject": "Late again?"},
    }
    (finding,) = contradictions(texts, LEXICON)
    assert (finding.rule, finding.asset, finding.field) == ("subject-is-headline", "mail", "subject")
    assert "page" in finding.message
    assert contradictions({"page": {"h1": ""}, "mail": {"subject": ""}}, LEXICON) == ()
