"""What is left of an old value: found in whatever dress, never confused with what today explains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.rules import carries, fragments
from concerted.rules.reading import read, says_something, trigrams

OLD = "When trucks run late, your dock plan fixes itself."
NEW = "Late trucks no longer wreck your dock plan."
OFFER = "60 days free on one dock group, no card."


@pytest.mark.parametrize(
    ("old", "new", "allowed", "left"),
    [
        (OLD, NEW, (), ("When trucks run late, your dock", "dock plan fixes itself")),
        (OLD, OLD, (), ()),
        (OLD, "", (OLD,), ()),
        (OLD, NEW, ("Trucks run late, your dock waits.",), ("When trucks run", "dock plan fixes itself")),
        (OFFER, "30 days free on one dock group, no card.", (), ("60 days free", "60")),
        (OFFER, "30 days free on one dock group, no card.", ("60 docks",), ("60 days free",)),  # 60 is explained, the phrase is not
        ("USD 1,900 per site", "USD 1,700 per site", (), ("1,900 per site", "USD 1,900")),
        ("USD 1,900", "$1,900", (), ()),
        ("1.750 EUR", "EUR 1,750", (), ()),
        ("2027-05-31", "2027-06-30", (), ("2027-05-31",)),
        ("2027-05-31", "31 May", (), ()),
        ("9 March 2027", "March 9, 2027", (), ()),
        ("until 9 March 2027", "until 9 April 2027", (), ("9 March 2027",)),
        ("46 % less", "40 % less", (), ("46 %",)),
        ("Ines Okafor", "Mara Quinn", (), ("Ines Okafor",)),
        ("Slotbase (invented)", "Dockly (invented)", (), ("Slotbase",)),
        ("rampline.example/see", "rampline.example/go", (), ("rampline.example/see",)),
        ("It is in the new one of the two", "x", (), ("two",)),  # stop words alone are no phrase
        ("Go now", "Go then", (), ()),
        ("", NEW, (), ()),
    ],
)
def test_fragments_are_what_only_the_old_value_says(old: str, new: str, allowed: tuple[str, ...], left: tuple[str, ...]) -> None:
    assert fragments(old, new, allowed) == left


def test_names_inside_a_sentence_are_fragments() -> None:
    assert "Rampline Live" in fragments("Today Rampline Live re-plans", "Today Dockflow re-plans")
    assert fragments("We beat Slotbase easily here", "We win") == ("We beat Slotbase easily here",)  # one capital may be any noun
    assert fragments("We beat Slotbase easily here", "We win", names=("Slotbase", "Dockly"))[-1] == "Slotbase"


@pytest.mark.parametrize(
    "text",
    [
        "So your DOCK-PLAN  fixes\nitself!",
        "dock plan “fixes” itself",
        "The dock‑plan fix\u00ades itself.",
        "trucks run late",
        "If trucks run late – your dock",
    ],
)
def test_a_fragment_is_found_in_whatever_dress(text: str) -> None:
    assert carries(text, fragments(OLD, NEW))


@pytest.mark.parametrize(
    "text",
    [
        "your dock plan",
        "Late trucks no longer wreck your dock plan.",
        "trucks never run late",
        "the dock plan fixed it",
        "plan, dock, fixes: itself",
        "",
    ],
)
def test_other_words_carry_no_fragment(text: str) -> None:
    assert carries(text, fragments(OLD, NEW)) == ()


def test_any_three_words_of_a_long_fragment_betray_it() -> None:
    left = fragments("one alpha beta gamma delta epsilon zeta", "new")
    assert left == ("one alpha beta gamma delta epsilon zeta",)
    assert carries("so gamma delta epsilon it is", left) == left
    assert carries("gamma delta", left) == ()


@pytest.mark.parametrize(
    ("fragment", "text", "found"),
    [
        ("60", "A 60-day trial", True),
        ("60", "sixty days", True),
        ("60", "160 days, 6.0, 60 %, USD 60 and 1,060", False),
        ("USD 1,900", "only $1,900 a month", True),
        ("USD 1,900", "1,900 docks or 1.900 €", False),
        ("31 May", "until May 31, 2027", True),
        ("31 May", "until 31 June", False),
        ("2027-05-31", "bis 31. Mai", True),
        ("46 %", "46 percent", True),
        ("Ines Okafor", "says INES OKAFOR", True),
        ("Ines Okafor", "says Ines", False),
    ],
)
def test_figures_and_names_are_compared_by_what_they_mean(fragment: str, text: str, found: bool) -> None:
    assert bool(carries(text, (fragment,))) is found


def test_endings_are_forgiven_only_when_asked() -> None:
    left = fragments(OLD, NEW)
    assert carries("the dock plans fixed itself", left) == ()
    assert carries("the dock plans fixed itself", left, fuzzy=True, allowed=(NEW,)) == ("dock plan fixes itself",)


def test_forgiving_endings_does_not_accuse_the_new_value() -> None:
    new = "Your dock plans fix itself daily."
    left = fragments(OLD, new)
    assert carries(new, left, fuzzy=True, allowed=(new,)) == ()
    assert carries(new, left, fuzzy=True) != ()


PLAIN = ["dock", "plan", "truck", "late", "in", "the", "of", "fixes", "Live", "."]
PLAIN_TEXTS = st.lists(st.sampled_from(PLAIN), max_size=14).map(" ".join)
TEXTS = st.lists(st.sampled_from([*PLAIN, "38", "nine", "USD", "1,900", "9", "March", "2027"]), max_size=14).map(" ".join)


@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=3))
def test_today_never_carries_a_fragment(old: str, new: str, allowed: list[str]) -> None:
    left = fragments(old, new, allowed)
    assert all(carries(text, left) == () for text in (new, *allowed))


@given(TEXTS, TEXTS)
def test_the_old_value_carries_all_its_fragments(old: str, new: str) -> None:
    left = fragments(old, new)
    assert carries(old, left) == left


@given(PLAIN_TEXTS, PLAIN_TEXTS, TEXTS, TEXTS)
def test_three_unexplained_words_are_found_in_any_text(old: str, new: str, before: str, after: str) -> None:
    left = fragments(old, new)
    unexplained = {run for run in trigrams(read(old).words) - trigrams(read(new).words) if says_something(run)}
    for run in unexplained:
        assert carries(f"{before}\n{' '.join(run)}\n{after}", left)
