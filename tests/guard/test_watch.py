"""Watching a stream: what stops it and when, what it keeps, what it says, and what only waits for the end of the sentence."""

import pytest

from concerted.campaign.intervention import GO_ON, Cancel, Stop
from concerted.guard.judge import objections
from concerted.guard.watch import Watcher
from tests.guard.harbour import GERMAN, post, stopped, stream, written

GOOD = "Three trucks are late. The plan moves with them."


@pytest.mark.parametrize(
    ("text", "rule", "ref", "words"),
    [
        ("A seamless morning.", "banned-word", "brand.words.never.seamless", "seamless"),
        ("Unlike Slotbase, we re-plan.", "competitor-name", "competitors.slotbase.in_copy", "Slotbase"),
        ("Your trucks always find the right dock.", "old-line", "positioning.promise", "Your trucks always find the"),
        ("Then USD 2,100 per site.", "old-price", "offers.start.then.us", "USD 2,100"),
        ("It ends on April 30, so start now.", "old-date", "offers.start.until", "April 30"),
        ("Rampline Flow is here.", "old-name", "campaign.name", "Rampline Flow"),
        ("See rampline.example/watch today.", "old-link", "ctas.see.url", "rampline.example/watch"),
        ("We promise: detention fees fall.", "claim-not-yet", "claims.detention", "detention fees fall"),
    ],
)
def test_a_hard_hit_stops_at_once_and_names_rule_ref_and_words(text: str, rule: str, ref: str, words: str) -> None:
    stop = stopped(f"{text} And so on, for many more words.")
    assert (stop.rule, stop.ref, stop.words, stop.level) == (rule, ref, words, "token")
    assert stop.words in stop.guidance
    assert f"({ref})" in stop.guidance


def test_what_may_stay_is_kept_up_to_the_last_good_sentence() -> None:
    stop = stopped(f"{GOOD} It is a seamless day.")
    assert stop.kept_prefix == GOOD
    assert 10 < stop.written < 30


def test_good_copy_goes_through() -> None:
    watcher = Watcher(post())
    assert stream(watcher, "Late trucks, calm docks", "subject") is GO_ON
    assert stream(watcher, GOOD) is GO_ON
    assert watcher.finish() is GO_ON
    assert watcher.texts == {"subject": "Late trucks, calm docks", "body": GOOD}
    assert watcher.noted == []


def test_without_a_change_nothing_is_an_old_line() -> None:
    assert written("Your trucks always find the right dock.", on=post(old=False)) is GO_ON


@pytest.mark.parametrize(
    "text",
    [
        "We never said that your trucks always find the right dock.",
        "Formerly Rampline Flow.",
        "On the flyer stood “30 days free”.",
        "Until now it was called Rampline Flow.",
    ],
)
def test_a_negation_a_look_back_or_a_quotation_excuses_an_old_line(text: str) -> None:
    assert written(text) is GO_ON


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("We do not say seamless. We say the plan moves.", "sentence"),
        ("“Detention fees fall.” So they say.", "sentence"),
        ("It was USD 2,100 and is USD 1,900 per site per month. Start now.", "sentence"),
    ],
)
def test_what_the_finished_text_would_be_refused_for_is_excused_by_nothing(text: str, level: str) -> None:
    assert stopped(text).level == level


def test_in_a_legal_field_a_hit_waits_for_its_sentence() -> None:
    assert stopped("Detention fees fall only where rules allow it.", "footer").level == "sentence"
    assert written("Rampline Flow was the name of this product.", "footer") is GO_ON


def test_two_of_three_signs_stop_a_sentence_and_one_does_not() -> None:
    watcher = Watcher(post())
    assert stream(watcher, "The right dock waits. ") is GO_ON
    verdict = stream(watcher, "The right dock is always found, hour after hour, 46 % sooner. More of it.")
    assert isinstance(verdict, Stop)
    assert (verdict.level, verdict.imprecise) == ("sentence", True)
    assert verdict.kept_prefix == "The right dock waits."


def test_a_demoted_rule_no_longer_stops_alone() -> None:
    text = "See a yard at work."
    assert stopped(text).rule == "old-line"
    assert written(text, on=post(demoted=("ctas.see.text",))) is GO_ON
    assert written(text, on=post(demoted=("old-line",))) is GO_ON


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("After that it is USD 1,700 per site.", "price"),
        ("It ends on June 15.", "date"),
        ("See rampline.example/sea", "link"),
        ("“We love it,” says a site manager.", "invented-quote"),
    ],
)
def test_figures_and_quotes_are_checked_before_the_next_field_is_written(text: str, rule: str) -> None:
    watcher = Watcher(post())
    assert stream(watcher, text, "subject") is GO_ON
    stop = watcher.feed("body", "Then")
    assert isinstance(stop, Stop)
    assert (stop.rule, stop.field) == (rule, "subject")


def test_a_text_is_stopped_where_it_outgrows_its_place() -> None:
    on = post(channel__email__subject__max=30, channel__email__subject__count="characters")
    stop = stopped("Dock plans that fix themselves, every single morning", "subject", on)
    assert (stop.rule, stop.ref, stop.kept_prefix) == ("channel-limit", "channel.email.subject.max", "")
    assert len(stop.words) <= 34


def test_claims_named_before_the_body_must_exist_and_hold_here() -> None:
    assert written("wait, sites", "claims") is GO_ON
    assert stopped("wait, speeed", "claims").rule == "claim-id"
    assert stopped("detention", "claims").rule == "claim-not-yet"
    assert stopped("speed", "claims", post(GERMAN)).rule == "claim-date"


def test_a_number_without_its_qualifier_is_seen_when_all_fields_are_there() -> None:
    watcher = Watcher(post(old=False), accepted={"subject": "Trucks wait 38 minutes instead of 71"})
    assert stream(watcher, "Live re-plans docks while trucks are on the road.") is GO_ON
    stop = watcher.finish()
    assert isinstance(stop, Stop)
    assert (stop.rule, stop.level) == ("qualifier", "draft")


def test_german_is_watched_in_german() -> None:
    assert stopped("Alles läuft nahtlos weiter.", on=post(GERMAN)).ref == "brand.words.never.nahtlos"
    assert stopped("Ihre Lkw finden immer die richtige Rampe.", on=post(GERMAN)).ref == "positioning.promise@de"
    assert written("Kommen Lkw zu spät, stellt sich Ihr Rampenplan von selbst um.", on=post(GERMAN)) is GO_ON


@pytest.mark.parametrize(("level", "count"), [("token", 13), ("sentence", 2), ("field", 2), ("draft", 1)])
def test_a_worker_checks_in_as_often_as_the_protocol_says(level: str, count: int) -> None:
    asked: list[str] = []

    def check_in() -> str:
        asked.append(level)
        return ""

    watcher = Watcher(post(protocol__check_in=level), check_in)
    for name, tokens in (
        ("subject", ("Late",)),
        ("body", ("Three", " trucks", ".", " The", " plan", " moves", ".", " It", " is", " calm", ".", " ")),
    ):
        for token in tokens:
            assert watcher.feed(name, token) is GO_ON
    assert watcher.finish() is GO_ON
    assert len(asked) == count


def test_a_check_in_only_continues_or_cancels() -> None:
    watcher = Watcher(post(protocol__check_in="sentence"), lambda: "the strategy changed: positioning.promise")
    assert stream(watcher, "Three trucks are late. The plan moves.") == Cancel("the strategy changed: positioning.promise")


def test_in_shadow_the_guard_notes_and_stops_nothing() -> None:
    watcher = Watcher(post(protocol__guard="shadow"))
    assert stream(watcher, "A seamless morning. Slotbase cannot. ") is GO_ON
    assert watcher.finish() is GO_ON
    assert {stop.rule for stop in watcher.let_through()} >= {"banned-word", "competitor-name"}


def test_a_field_may_be_fed_in_any_pieces_and_finished_twice() -> None:
    watcher = Watcher(post())
    for piece in ("", "Three trucks", "", " are late.", ""):
        assert watcher.feed("body", piece) is GO_ON
    assert watcher.finish_field("body") is GO_ON
    assert watcher.finish_field("body") is GO_ON
    assert watcher.finish() is GO_ON


def test_finished_fields_are_objected_to_in_one_line_each() -> None:
    found = objections(post(), {"subject": "A seamless day", "body": "Then USD 1,700 per site."})
    assert set(found) == {"subject", "body"}
    assert all("(" in line for line in found.values())
    assert objections(post(), {"subject": "Late trucks, calm docks"}) == {}


def test_streams_do_not_disturb_each_other() -> None:
    on = post()
    verdicts = [stream(Watcher(on), "A seamless day." if number % 4 == 0 else GOOD) for number in range(8)]
    assert [isinstance(verdict, Stop) for verdict in verdicts] == [number % 4 == 0 for number in range(8)]
