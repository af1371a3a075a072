"""The automaton finds every phrase, whole words only, at once and once for each place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.guard.automaton import Hit, Matcher, Watchword, compiled
from concerted.guard.normalise import normalise


def hits(text: str, *words: Watchword, size: int = 3) -> list[Hit]:
    """Push a text in pieces."""
    matcher = Matcher(compiled(words))
    found = [hit for place in range(0, len(text), size) for hit in matcher.push(text[place : place + size]) or ()]
    return [*found, *(matcher.finish() or ())]


def word(text: str, *, name: bool = False, goes_on: bool = False, spellings: tuple[str, ...] = ()) -> Watchword:
    """A phrase to look for."""
    return Watchword(text, "rule", "ref", name=name, goes_on=goes_on, spellings=spellings)


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("A seamless start", word("seamless"), ["seamless"]),
        ("seamless", word("seamless"), ["seamless"]),
        ("seamlessly unseamless", word("seamless"), []),
        ("sеаmless, then Seamless.", word("seamless"), ["sеаmless", "Seamless"]),
        ("no hassle. Free delivery", word("hassle-free"), []),
        ("hassle‑free", word("hassle-free"), ["hassle‑free"]),
        ("seam-less but not seam less", word("seamless", spellings=("seam-less",)), ["seam-less"]),
        ("Slotbase, slotbase, Slotbases", word("Slotbase", name=True, goes_on=True), ["Slotbase", "Slotbase"]),
        ("$29, $290, $29.50, US$29", word("$29"), ["$29"]),
        ("schön, schon", word("schon"), ["schon"]),
        ("scho\u0308n", word("schön"), ["scho\u0308n"]),
        ("s e a m l e s s", word("seamless"), ["s e a m l e s s"]),
        ("S-E-A-M-L-E-S-S.", word("seamless"), ["S-E-A-M-L-E-S-S"]),
        ("U S A", word("usa"), []),
    ],
)
def test_a_phrase_is_found_where_a_reader_finds_it(text: str, phrase: Watchword, found: list[str]) -> None:
    for size in (1, 3, 100):
        assert [hit.words for hit in hits(text, phrase, size=size)] == found
        assert all(text[hit.start : hit.end] == hit.words for hit in hits(text, phrase, size=size))


_PHRASES = st.text("ab ", min_size=1, max_size=4).filter(lambda text: bool(text.strip()))


@given(st.text("ab ", max_size=40), st.lists(_PHRASES, min_size=1, max_size=6), st.integers(1, 7))
def test_the_automaton_finds_what_a_plain_search_finds(text: str, phrases: list[str], size: int) -> None:
    words = tuple(word(phrase) for phrase in dict.fromkeys(map(normalise, phrases)))
    plain = f" {normalise(text)} "
    expected = sorted((each.text, place) for each in words for place in range(len(plain)) if plain.startswith(f" {each.text} ", place))
    found = hits(text, *words, size=size)
    assert sorted(normalise(hit.words) for hit in found) == [phrase for phrase, _place in expected]


def test_a_phrase_is_known_when_the_token_after_it_begins() -> None:
    matcher = Matcher(compiled((word("seamless"),)))
    assert matcher.push(" seam") is None
    assert matcher.push("less") is None
    assert [hit.words for hit in matcher.push(" st") or ()] == ["seamless"]


def test_an_eager_matcher_knows_a_word_that_came_as_one_token_at_once_and_tells_it_once() -> None:
    matcher = Matcher(compiled((word("seamless"), word("hassle-free"))), eager=True)
    assert [hit.words for hit in matcher.push(" seamless") or ()] == ["seamless"]
    assert matcher.push(" days") is None
    assert [hit.words for hit in matcher.push(" hassle-free") or ()] == ["hassle-free"]
    assert matcher.push(",") is None
    assert matcher.finish() is None


def test_an_eager_matcher_waits_where_a_word_comes_in_pieces() -> None:
    matcher = Matcher(compiled((word("seamless"),)), eager=True)
    assert [matcher.push(piece) for piece in (" seam", "less", "ly")] == [None, None, None]


def test_an_old_line_is_known_with_its_last_token() -> None:
    matcher = Matcher(compiled((word("find the right warehouse", goes_on=True),)))
    assert [hit.words for hit in matcher.push("find the right warehouse") or ()] == ["find the right warehouse"]


def test_the_same_phrases_are_compiled_once() -> None:
    assert compiled((word("seamless"),)) is compiled((word("seamless"),))
