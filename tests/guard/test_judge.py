"""Finished texts: one by one and side by side, with what clashes, what is missing, how it sounds, and what a machine may mend."""

from collections.abc import Mapping

import pytest

from concerted.campaign.deliverable import Deliverable, DeliverableType, FieldSpec
from concerted.campaign.facets import MEMBERS, Value
from concerted.guard.clashes import clashes
from concerted.guard.coverage import coverage, gaps
from concerted.guard.judge import judge, review
from concerted.guard.mending import mends
from concerted.guard.score import checks, score
from concerted.guard.subject import Piece
from concerted.guard.voice import house_voice, measure_voice, remarks, unmeasured
from concerted.rules.case import RULES
from concerted.rules.lexicon import prepare
from tests.rules.dock import EARLIER, LEXICON, facets_with

KIND = DeliverableType("copy", "Copy", "tests", (FieldSpec("subject"), FieldSpec("body"), FieldSpec("cta", shared=True)))


def piece(texts: Mapping[str, str] | str, variant: str = "a", *, audience: str = "dock", market: str = "us", language: str = "en") -> Piece:
    """One text of the dock campaign."""
    held = {"body": texts} if isinstance(texts, str) else texts
    return Piece(Deliverable("copy", "email", audience, market, variant, language=language, publish="2027-03-10"), KIND, held)


def clashing(*texts: str) -> list[tuple[str, str, str]]:
    """Rule, asset variant and evidence of what clashes."""
    pieces = [piece(text, "abcdef"[number]) for number, text in enumerate(texts)]
    return [(finding.rule, finding.asset.rpartition(".")[2], finding.evidence) for finding in clashes(pieces, LEXICON)]


def test_a_finding_is_reported_once_though_rules_and_ledger_see_it() -> None:
    judged = judge(piece("A seamless start for USD 1,700."), LEXICON, EARLIER)
    assert [finding.rule for finding in judged.findings] == ["banned-word", "price"]
    assert not judged.ok
    assert [row.kind for row in judged.rows] == ["unsupported"]


def test_good_copy_has_no_findings() -> None:
    judged = judge(piece("A late truck no longer costs you the morning. You find the new plan on the screen."), LEXICON, EARLIER)
    assert judged.findings == ()
    assert judged.ok


# Clashes -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "rule", "blamed"),
    [
        ("Each dock group costs USD 1,900 a month.", "Each dock group costs USD 1,700 a month.", "two-prices", "b"),
        ("Each dock group costs USD 1,700 a month.", "Each dock group costs USD 1,900 a month.", "two-prices", "a"),
        ("The free trial offer ends on May 31.", "The free trial offer ends on June 15.", "two-dates", "b"),
        ("The crew saves 310 phone calls.", "The crew saves 250 phone calls.", "two-numbers", "b"),
    ],
)
def test_two_figures_in_the_same_sentence_clash_and_the_unknown_one_is_asked_about(first: str, second: str, rule: str, blamed: str) -> None:
    assert [(found, asset) for found, asset, _ in clashing(first, second)] == [(rule, blamed)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Each dock group costs USD 1,900 a month.", "Each dock group costs USD 1,900 a month."),
        ("The free trial offer ends on May 31.", "The free trial offer ends on May 31, 2027."),
        ("Each dock group costs USD 1,900 a month.", "A yard walk-through takes 45 minutes."),
        ("Trucks wait 38 minutes in the yard.", "Trucks wait 71 minutes in the yard."),
    ],
)
def test_what_agrees_or_is_known_or_is_about_something_else_does_not_clash(first: str, second: str) -> None:
    assert clashing(first, second) == []


def test_two_names_for_one_thing_are_seen_across_assets() -> None:
    assert clashing("Open the dock plan.", "Open the dock calendar.") == [("two-names", "b", "dock calendar")]


@pytest.mark.parametrize(
    ("text", "found"),
    [("Ask Ines Okafur.", ["Ines Okafur"]), ("Rampline Life is here.", ["Rampline Life"]), ("Ask Ines Okafor of Rampline Live.", [])],
)
def test_a_name_that_is_nearly_right_is_asked_about(text: str, found: list[str]) -> None:
    judged = judge(piece(text), LEXICON, EARLIER)
    assert [finding.evidence for finding in judged.findings if finding.rule == "name-spelling"] == found


# Coverage ------------------------------------------------------------------------------------------------------------


def test_a_lead_message_that_no_text_says_is_missing() -> None:
    said, unsaid = piece("A late truck no longer costs you the morning."), piece("You find the new plan on the screen.")
    assert gaps(coverage([said, unsaid], LEXICON)) == ()
    (gap,) = gaps(coverage([unsaid], LEXICON))
    assert (gap.rule, gap.ref) == ("message-missing", "audiences.dock.lead")


def test_a_claim_carries_its_message() -> None:
    lexicon = prepare(facets_with(messages__replan__claims=("wait",)))
    full = "At 14 pilot warehouses the median wait fell from 71 to 38 minutes (9,240 arrivals, September to November 2026)."
    (cell,) = [cell for cell in coverage([piece(full)], lexicon) if cell.message == "replan"]
    assert (cell.lead, len(cell.assets), cell.of) == (True, 1, 1)


# Voice ---------------------------------------------------------------------------------------------------------------


def test_long_sentences_praise_and_shouting_are_remarked_on() -> None:
    lexicon = prepare(facets_with(brand__is_not=("hyped", "cute about accidents")))
    long = " ".join(["word"] * 40) + "."
    found = {finding.rule for finding in remarks({"body": f"{long} An innovative, effortless plan!"}, lexicon, "en")}
    assert found == {"long-sentence", "voice"}
    assert remarks({"body": "The plan moves with the truck."}, lexicon, "en") == ()
    assert unmeasured(lexicon) == ("cute about accidents",)


def _sampled():
    pairs = {
        "late": ("The truck is late. The plan is not.", "Say goodbye to delays forever with our revolutionary planning experience!"),
        "phone": ("You put the phone down. The dock is free.", "Transform your operations and unlock unprecedented efficiency everywhere!"),
    }
    held: dict[str, Value] = {f"brand.samples.{MEMBERS}": tuple(pairs)}
    for slug, (say, other) in pairs.items():
        held |= {f"brand.samples.{slug}.say": say, f"brand.samples.{slug}.not": other}
    return prepare({**facets_with(), **held})


def test_a_text_beyond_the_wrong_side_of_the_samples_is_remarked_on_with_the_measures() -> None:
    grand = "Transformative scheduling intelligence empowers organisations everywhere to orchestrate unprecedented operational excellence! " * 6
    found = [finding for finding in remarks({"body": grand}, _sampled(), "en") if finding.ref == "brand.samples"]
    said = {finding.message.partition(":")[0] for finding in found}
    assert said >= {"Words of 9 letters or more in a hundred", "Exclamation marks in ten sentences"}
    assert {finding.confidence for finding in found} == {"hint"}
    plain = "The truck is late. You see it on the screen. The crew moves to dock four. Nobody calls. You drink your coffee while it is hot. " * 3
    assert [finding for finding in remarks({"body": plain}, _sampled(), "en") if finding.ref.startswith("brand.samples")] == []
    assert [finding for finding in remarks({"body": grand}, _sampled(), "de") if finding.ref.startswith("brand.samples")] == []


def test_the_example_of_how_it_never_sounds_is_found_where_somebody_uses_it() -> None:
    text = "Today it starts. Say goodbye to delays forever, with our revolutionary planning experience!"
    (found,) = [finding for finding in remarks({"body": text}, _sampled(), "en") if finding.ref.startswith("brand.samples")]
    assert (found.ref, found.field) == ("brand.samples.late.not", "body")
    assert found.evidence.startswith("Say goodbye")


def test_hard_text_measures_lower_than_plain_text() -> None:
    plain = measure_voice(["The truck is late. The plan moves. You see it on the screen and drink your coffee while it is hot. " * 5], "en")
    hard = measure_voice(
        [
            "Organisational interdependencies necessitate comprehensive synchronisation methodologies notwithstanding infrastructural limitations. "
            * 9
        ],
        "en",
    )
    assert plain.ease is not None
    assert hard.ease is not None
    assert plain.ease > 80 > 20 > hard.ease
    assert measure_voice(["Short."], "en").ease is None


def test_the_strategys_own_sentences_are_the_measure() -> None:
    assert house_voice(LEXICON).sentences >= 4


# Putting right -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Open the dock calendar.", "Open the dock plan."),
        ("Two Dock calendars, one yard.", "Two Dock plans, one yard."),
        ("One  plan,   one yard.", "One plan, one yard."),
        ("It is called \"late\" here; it's the truck's fault.", "It is called “late” here; it’s the truck’s fault."),
    ],
)
def test_what_is_safe_is_put_right(text: str, after: str) -> None:
    found = mends(piece(text), ["body"], LEXICON, EARLIER)
    assert [mend.after for mend in found] == [after]


@pytest.mark.parametrize(
    "text",
    ["All is well.", "    indented\nlines", 'Six inches: 6" wide.', "A calendar on the wall.", "See \"https://rampline.example/see?a='b'\" now."],
)
def test_what_is_right_or_not_safe_is_left(text: str) -> None:
    assert mends(piece(text), ["body"], LEXICON, EARLIER) == ()


def test_a_persons_quote_is_never_touched() -> None:
    lexicon = prepare(facets_with(people__ceo__quote="We  stopped printing the dock calendar."))
    assert mends(piece("“We stopped printing the dock calendar.” And  so on."), ["body"], lexicon, EARLIER) == ()


def test_a_team_that_writes_straight_marks_keeps_them() -> None:
    lexicon = prepare(facets_with(positioning__promise="Your yard's plan fixes itself."))
    assert mends(piece("It's late."), ["body"], lexicon, EARLIER) == ()


def test_german_marks_are_german() -> None:
    found = mends(piece('Das heißt "spät" bei uns.', market="de", language="de"), ["body"], LEXICON, EARLIER)
    assert [mend.after for mend in found] == ["Das heißt „spät“ bei uns."]


# Shares --------------------------------------------------------------------------------------------------------------


def test_a_share_counts_what_passed_by_weight_and_loses_it_with_each_finding() -> None:
    pieces = [piece("A late truck no longer costs you the morning.", "a"), piece("A seamless start for USD 1,700.", "b")]
    found = score(pieces, review(pieces, LEXICON, EARLIER))
    weight = sum(check.weight for check in checks())
    assert found.total.of == 2 * weight
    assert found.total.won == 2 * weight - 6
    assert found.total.stopping == 2
    worst, share = found.by_check()[0]
    assert (worst.id, share.share) in {("banned-word", 0.5), ("price", 0.5)}
    assert [one.name for one in found.by(lambda each: each.deliverable.market)] == ["us"]


def test_every_rule_kind_is_among_the_checks_once() -> None:
    ids = [check.id for check in checks()]
    assert len(ids) == len(set(ids))
    assert set(RULES) <= set(ids)
    assert all(check.title and check.weight in (1, 3) for check in checks())


def test_shared_fields_may_repeat_each_other() -> None:
    pieces = [
        piece({"body": f"Text number {word} stands here.", "cta": "Watch the very same late truck."}, word)
        for word in ("one", "two", "three", "four", "five")
    ]
    assert [finding.rule for finding in review(pieces, LEXICON, EARLIER).between if finding.rule == "repeated-sentence"] == []
