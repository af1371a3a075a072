"""Two texts that a reader takes for the same are read the same; places lead back to the original words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.rules.reading import find_run, is_german, normalise, read, says_something, stem, trigrams, words_of


@pytest.mark.parametrize(
    "text",
    [
        "dock-plan fixes itself",
        "Dock\u2011Plan  fixes\nitself",
        "DOCK–PLAN FIXES\u00a0ITSELF",
        "do\u00adck—plan fixes it\u200bself",
        "ｄｏｃｋ－ｐｌａｎ fixes itself",
        "dосk-plan fixes itself",  # the о and the с are Cyrillic
    ],
)
def test_dashes_case_spacing_invisible_signs_and_look_alikes_do_not_matter(text: str) -> None:
    assert normalise(text) == "dock-plan fixes itself"
    assert read(text).words == ("dock", "plan", "fixes", "itself")


@pytest.mark.parametrize(
    ("text", "german"),
    [
        ("Abends geben Sie das Rad ab, und am Morgen ist es wieder da.", True),
        ("Hand it in tonight, and it is there in the morning.", False),
        ("Also an in so was", False),  # words of both languages tell nothing
        ("Rampline Live 9,240", False),
    ],
)
def test_a_language_is_known_by_the_small_words_that_only_it_has(text: str, german: bool) -> None:
    assert is_german(words_of(text)) is german


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("9,240 arrivals", ("9,240", "arrivals")),
        ("Rampline's plan isn't late", ("rampline", "plan", "isn't", "late")),
        ("Rampline’s plan", ("rampline", "plan")),
        ("Straße", ("strasse",)),
        ("60-day trial", ("60", "day", "trial")),
        ("08:00, 3.5 %", ("08:00", "3.5")),
        ("…!?", ()),
    ],
)
def test_words_are_told_apart(text: str, words: tuple[str, ...]) -> None:
    assert read(text).words == words


@pytest.mark.parametrize(
    "words", [("fix", "fixes", "fixed", "fixing"), ("plan", "plans", "planned"), ("company", "companies"), ("driver", "drivers")]
)
def test_endings_are_forgiven(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


@pytest.mark.parametrize("pair", [("dock", "duck"), ("late", "less"), ("nine", "nice"), ("plan", "plant")])
def test_other_words_stay_other_words(pair: tuple[str, str]) -> None:
    assert stem(pair[0]) != stem(pair[1])


def test_a_run_is_found_where_it_stands() -> None:
    words = ("a", "b", "a", "b", "c")
    assert find_run(words, ("a", "b", "c")) == 2
    assert find_run(words, ("b", "a", "c")) == -1
    assert find_run(words, ()) == -1


def test_stop_words_alone_say_nothing() -> None:
    assert not says_something(("in", "the", "more"))
    assert says_something(("in", "the", "yard"))
    assert trigrams(("a", "b")) == frozenset()


@given(st.text(max_size=120))
def test_places_lead_back_to_the_original_words(text: str) -> None:
    reading = read(text)
    assert len(reading.words) == len(reading.starts) == len(reading.ends)
    for place, word in enumerate(reading.words):
        passage = reading.passage(place, place + 1)
        assert passage
        assert word in ("", *read(passage).words) or not read(passage).words


@given(st.text(max_size=120))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
