"""Needless rewording is put back, and only that: a table for what readers would say, random texts for what must never happen."""

from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.guard.rewording import Shift, put_back
from concerted.rules.fragments import carries, fragments
from concerted.rules.reading import words_of
from concerted.rules.segment import sentences

PRICE = Shift((("$29", "$24"),), ("$29",))
UNTIL = Shift((("2027-05-31", "2027-06-15"), ("May 31", "June 15")), ("May 31",))
PREIS = Shift((("29 €", "24 €"),), ("29 €",))
LOAN = "In 93 of 100 repairs a loan bike waits at the stand until yours is done."
WITHDRAWN = Shift(((LOAN, ""),), (LOAN,))
BANNED = Shift(broken=("hassle-free",))
PROMISE = Shift(
    (("Hand in your bike tonight and ride it tomorrow morning.", "Bring us your bike tonight and it earns again tomorrow."),), strict=True
)
NAME = Shift((("Dusk to Dawn", "Night Shift"),), ("Dusk to Dawn",))


class Case(NamedTuple):
    shift: Shift
    old: str
    new: str
    stands: str | None
    """What stands in the end; None where the model's words do."""


CASES: dict[str, Case] = {
    "beside a new price": Case(
        PRICE,
        "You leave the bike at nine. The first tune-up is $29. A mechanic calls before any work starts.",
        "Drop the bike off at nine. The first tune-up is now $24. A mechanic will call you before any work is started.",
        "You leave the bike at nine. The first tune-up is now $24. A mechanic calls before any work starts.",
    ),
    "the word price alone": Case(
        PRICE,
        "You know the price before a bolt is turned.",
        "No bolt turns before you know the price.",
        "You know the price before a bolt is turned.",
    ),
    "a field without the price": Case(PRICE, "Hand it in tonight.", "Give it to us tonight.", "Hand it in tonight."),
    "paragraphs stay": Case(
        UNTIL, "Hand it in tonight.\n\nThe offer ends on May 31.", "Give it to us tonight. The offer runs until June 15.",
        "Hand it in tonight.\n\nThe offer runs until June 15.",
    ),
    "in German": Case(
        PREIS,
        "Abends geben Sie das Rad ab. Die erste Durchsicht kostet 29 €. Vor jeder Reparatur rufen wir an.",
        "Am Abend geben Sie Ihr Rad ab. Die erste Durchsicht kostet jetzt 24 €. Wir rufen vor jeder Reparatur an.",
        "Abends geben Sie das Rad ab. Die erste Durchsicht kostet jetzt 24 €. Vor jeder Reparatur rufen wir an.",
    ),
    "a claim withdrawn goes, its neighbours stay": Case(
        WITHDRAWN,
        f"You hand it in by nine. {LOAN} The mechanic texts a photo.",
        "Hand it in by nine. The mechanic sends a photo by text.",
        "You hand it in by nine. The mechanic texts a photo.",
    ),
    "a sentence that went with a claim stays away": Case(WITHDRAWN, "A bike to ride meanwhile, every time. Order today.", "Order today.", None),
    "a claim withdrawn is not put back in other words": Case(
        WITHDRAWN, "While we work, a loan bike waits at the stand. The mechanic texts a photo.", "The mechanic texts you a photo.",
        "The mechanic texts a photo.",
    ),
    "a forbidden word": Case(
        BANNED, "A hassle-free night. You ride at six.", "A quiet night. At six you ride.", "A quiet night. You ride at six.",
    ),
    "a name": Case(
        NAME, "Dusk to Dawn opens at nine. You ride at six.", "Night Shift opens at nine. At six you ride again.",
        "Night Shift opens at nine. You ride at six.",
    ),
    "the order of sentences that state nothing of it": Case(
        PRICE, "One thing. Another thing.", "Another thing. One thing.", "One thing. Another thing."
    ),
    "sentences merged": Case(
        PRICE, "The tune-up is $29. You leave the bike at nine. It is ready at six.", "The tune-up is $24, dropped at nine and ready at six.", None
    ),
    "sentences reordered around the price": Case(
        PRICE, "You leave the bike at nine. The tune-up is $29. A mechanic calls first.",
        "The tune-up is $24. A mechanic calls first. You leave the bike at nine.", None,
    ),
    "a sentence taken apart": Case(
        PRICE, "The tune-up is $29. A mechanic checks brakes and lights and calls you first.",
        "The tune-up is $24. A mechanic checks brakes and lights. The mechanic calls you first.", None,
    ),
    "what hangs on the price": Case(
        PRICE, "The tune-up is $29. That is less than a tank of fuel.", "The tune-up is $24. That is cheaper than a tank of fuel.", None
    ),
    "a fact that moved into another sentence": Case(
        PRICE, "The tune-up costs $29. New customers get it once.", "The tune-up has an opening price. New customers get it once, for $24.", None
    ),
    "it points at a sentence that is gone": Case(
        WITHDRAWN, f"{LOAN} It comes with a lock. The mechanic texts a photo.", "Bring a lock with it. The mechanic texts a photo.", None
    ),
    "another figure in the sentence": Case(
        PRICE, "The tune-up is $29. A mechanic calls you within 2 hours.", "The tune-up is $24. A mechanic calls you within the hour.", None
    ),
    "said twice with what was put into another sentence": Case(
        PRICE,
        "The tune-up costs $29. Leave the bike at the stand in the evening. A mechanic always calls you first.",
        "You leave the bike at the stand in the evening for $24. Leave your bike at the stand in the evening. A mechanic calls you first.",
        None,
    ),
    "a line of the message, not taken up": Case(PROMISE, "Questions? Call us.", "Any questions? Give us a call.", "Questions? Call us."),
    "a line of the message, taken up": Case(PROMISE, "Your bike works for you.", "Your bike earns for you.", None),
    "a weekday that moved with the day": Case(
        UNTIL,
        "The offer runs until May 31. Hand your bike in by Monday evening.",
        "The offer runs until June 15. Hand your bike in by Friday evening.",
        None,
    ),
    "the same weekday": Case(
        UNTIL,
        "The offer runs until May 31. Hand your bike in by Monday evening.",
        "The offer runs until June 15. Give us your bike by Monday evening.",
        "The offer runs until June 15. Hand your bike in by Monday evening.",
    ),
    "a field with a weekday only": Case(UNTIL, "Doors open on Monday morning.", "Doors open on Friday morning.", None),
    "two weekdays changed places": Case(UNTIL, "Open from Monday to Friday.", "Open from Friday to Monday.", None),
    "a weekday within a word": Case(UNTIL, "Am Montagabend geht es los.", "Am Freitagabend geht es los.", None),
    "a season": Case(
        UNTIL,
        "The offer runs until May 31. It is a price for the whole spring.",
        "The offer runs until June 15. It is a price for the whole summer.",
        None,
    ),
    "a figure in words": Case(UNTIL, "Under fifty people a night.", "Under sixty people a night.", None),
    "a month in words": Case(UNTIL, "See you in May at the pier.", "See you in June at the pier.", None),
    "a feast": Case(UNTIL, "Just right for Easter.", "Just right for Christmas.", None),
    "a person": Case(
        Shift((("Eli Voss", "Mara Kim"),), ("Eli Voss",)), "Eli Voss fixes bikes. He has run the night shift for years.",
        "Mara Kim fixes bikes. She has run the night shift for years.", None,
    ),
    "a person, in short": Case(PRICE, "He's fast and sure.", "She's fast and sure.", None),
    "a person in German": Case(PREIS, "Er leitet die Werkstatt.", "Sie leitet die Werkstatt.", None),
    "the reader in German": Case(PREIS, "Abends geben Sie das Rad ab.", "Abends geben Sie Ihr Rad ab.", "Abends geben Sie das Rad ab."),
    "the same words": Case(PRICE, "Hand it in.", "Hand it in.", None),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_was_reworded_without_need_stands_as_it_stood(name: str) -> None:
    case = CASES[name]
    found = put_back(case.old, case.new, case.shift)
    assert (found.words if found else None) == case.stands


def test_it_names_what_it_put_back() -> None:
    case = CASES["beside a new price"]
    found = put_back(case.old, case.new, case.shift)
    assert found is not None
    assert found.sentences == ("You leave the bike at nine.", "A mechanic calls before any work starts.")


APART = ["monday", "friday", "spring", "summer", "june", "easter", "he", "she", "his", "her"]


def telling(part: str) -> list[str]:
    return [word for word in words_of(part) if word in APART]


@given(*[st.lists(st.sampled_from([*APART, "you", "ride", "to", "the", "pier"]), min_size=1, max_size=7).map(" ".join)] * 2)
def test_no_sentence_comes_back_whose_days_or_people_are_others(old: str, new: str) -> None:
    """The words that stand may be said in another way; who and when may not."""
    for before, after in ((f"Well, {old}.", f"Well, {new}."), (f"It is $29. Well, {old}.", f"It is $24. Well, {new}.")):
        found = put_back(before, after, PRICE)
        assert found is None or telling(before) == telling(after)


WORD = st.sampled_from(["bike", "night", "stand", "$29", "$24", "price", "ride", "you", "the", "it", "less", "mechanic", "loan"])


def sentence(words: list[str], stop: str) -> str:
    return " ".join(words).capitalize() + stop


def text(parts: list[str]) -> str:
    return "".join(parts).strip()


SENTENCE = st.builds(sentence, st.lists(WORD, min_size=1, max_size=6), st.sampled_from([". ", "! ", ".\n\n", "? "]))
TEXT = st.builds(text, st.lists(SENTENCE, min_size=1, max_size=6))
PAIRS = st.lists(st.sampled_from([("$29", "$24"), (LOAN, ""), ("The night ride", "The mechanic stand"), ("loan", "price")]), min_size=1, max_size=2)


def shift_of(pairs: list[tuple[str, str]], strict: bool) -> Shift:
    return Shift(tuple(pairs), tuple(run for old, new in pairs for run in fragments(old, new)), strict=strict)


def cores(text: str) -> list[str]:
    return [part.strip() for part in sentences(text)]


@given(TEXT, TEXT, PAIRS, st.booleans())
def test_what_comes_out_is_made_of_sentences_of_either_text(old: str, new: str, pairs: list[tuple[str, str]], strict: bool) -> None:
    found = put_back(old, new, shift_of(pairs, strict))
    if found is not None:
        assert set(cores(found.words)) <= {*cores(old), *cores(new)}
        assert set(found.sentences) <= set(cores(old))


@given(TEXT, TEXT, PAIRS, st.booleans())
def test_no_old_value_comes_back(old: str, new: str, pairs: list[tuple[str, str]], strict: bool) -> None:
    shift = shift_of(pairs, strict)
    found = put_back(old, new, shift)
    if found is not None:
        assert set(carries(found.words, shift.runs)) <= set(carries(new, shift.runs))
        assert not carries(" ".join(found.sentences), shift.runs)


@given(TEXT, TEXT, PAIRS)
def test_what_was_put_back_once_is_not_put_back_again(old: str, new: str, pairs: list[tuple[str, str]]) -> None:
    shift = shift_of(pairs, False)
    found = put_back(old, new, shift)
    if found is not None and found.words != old:
        again = put_back(old, found.words, shift)
        assert again is None or len(again.sentences) < len(found.sentences)


@given(TEXT, PAIRS)
def test_a_text_that_was_not_touched_stands(old: str, pairs: list[tuple[str, str]]) -> None:
    assert put_back(old, old, shift_of(pairs, False)) is None
    assert put_back(old, "", replace(PRICE, runs=())) is None
