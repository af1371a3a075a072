"""Answers are read field by field, however they are cut into pieces and whatever weak models put around them."""

import json
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.llm.answer import JsonReader, TaggedReader, is_keep, is_mark, reader_for

FIELDS = ("h1", "subhead", "cta")


class Ear:
    """Remembers what it hears; has enough at a word."""

    def __init__(self, enough: str = "\0") -> None:
        self.heard: dict[str, str] = {}
        self.over: list[str] = []
        self.enough = enough

    def words(self, name: str, piece: str) -> bool:
        """Hear words."""
        self.heard[name] = self.heard.get(name, "") + piece
        return self.enough in self.heard[name]

    def ended(self, name: str) -> bool:
        """Hear an end."""
        self.over.append(name)
        return False


def tagged(pieces: Iterable[str], ear: Ear | None = None) -> TaggedReader:
    reader = TaggedReader(FIELDS, ear or Ear())
    for piece in pieces:
        if reader.take(piece):
            break
    return reader


def cut(text: str, places: list[int]) -> list[str]:
    edges = [0, *sorted(place % (len(text) + 1) for place in places), len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


WORDS = st.text(alphabet="abc <>/h1.ü\n“", max_size=20).filter(lambda text: not any(f"<{s}{name}>" in text for name in FIELDS for s in ("", "/")))


@given(st.lists(WORDS, min_size=3, max_size=3), st.lists(st.integers(min_value=0, max_value=200), max_size=12))
def test_tagged_fields_are_read_alike_however_they_are_cut(words: list[str], places: list[int]) -> None:
    text = "\n".join(f"<{name}>{said}</{name}>" for name, said in zip(FIELDS, words, strict=True))
    ear = Ear()
    reader = tagged(cut(text, places), ear)
    assert reader.values == {name: said.strip() for name, said in zip(FIELDS, words, strict=True)}
    assert reader.complete == set(FIELDS)
    assert {name: said.rstrip() for name, said in ear.heard.items()} == {
        name: said for name, said in reader.values.items() if said and not is_mark(said)
    }


@given(
    st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12), min_size=3, max_size=3),
    st.lists(st.integers(min_value=0, max_value=300), max_size=12),
)
def test_json_fields_are_read_alike_however_they_are_cut(words: list[str], places: list[int]) -> None:
    clean = [word.encode(errors="replace").decode() for word in words]
    ear = Ear()
    reader = JsonReader(FIELDS, ear)
    for piece in cut(json.dumps(dict(zip(FIELDS, clean, strict=True))), places):
        reader.take(piece)
    assert reader.values == {name: said.strip() for name, said in zip(FIELDS, clean, strict=True)}
    assert reader.complete == set(FIELDS)


def test_words_are_heard_while_they_come_in() -> None:
    ear = Ear()
    reader = TaggedReader(FIELDS, ear)
    reader.take("<h1>It fixes")
    assert ear.heard == {"h1": "It fixes"}
    reader.take(" itself")
    assert (ear.heard, ear.over) == ({"h1": "It fixes itself"}, [])
    reader.take("</h1><sub")
    assert ear.over == ["h1"]


def test_json_values_are_heard_while_they_come_in() -> None:
    ear = Ear()
    reader = JsonReader(FIELDS, ear)
    reader.take('{"h1": "It fixes')
    assert ear.heard == {"h1": "It fixes"}
    reader.take(' itself", "subhead": "')
    assert (ear.heard["h1"], ear.over) == ("It fixes itself", ["h1"])


def test_an_escape_that_is_cut_in_two_is_waited_for() -> None:
    ear = Ear()
    reader = JsonReader(("h1",), ear)
    for piece in ('{"h1": "caf', "\\u00", "e9 and", ' \\"more\\""}'):
        reader.take(piece)
    assert reader.values == {"h1": 'café and "more"'}


@pytest.mark.parametrize("style", ["tagged", "json"])
def test_whoever_has_enough_ends_the_reading(style: str) -> None:
    reader = reader_for("tagged" if style == "tagged" else "json", FIELDS, Ear(enough="itself"))
    text = "<h1>It fixes itself now" if style == "tagged" else '{"h1": "It fixes itself now'
    assert reader.take(text)


def test_words_around_the_tags_and_fences_are_let_go() -> None:
    reader = tagged(["Sure! Here you go:\n```\n", "<h1>One.</h1>", "\nand then\n<subhead>Two.</subhead>\n<cta>Three</cta>\n```"])
    assert reader.values == {"h1": "One.", "subhead": "Two.", "cta": "Three"}


def test_a_fence_around_json_is_let_go() -> None:
    reader = JsonReader(FIELDS, Ear())
    for piece in ('```json\n{"h1": "One.", ', '"subhead": "Two.", "cta": "Three"}', "\n```"):
        reader.take(piece)
    assert reader.values == {"h1": "One.", "subhead": "Two.", "cta": "Three"}


def test_a_closing_tag_that_was_forgotten_is_seen_at_the_next_field() -> None:
    reader = tagged(["<h1>One.\n<subhead>Two.</subhead>"])
    assert reader.values == {"h1": "One.", "subhead": "Two."}
    assert reader.complete == {"h1", "subhead"}


def test_a_field_that_comes_twice_counts_the_first_time() -> None:
    assert tagged(["<h1>One.</h1><h1>Other.</h1>"]).values == {"h1": "One."}


def test_a_field_whose_end_never_came_is_not_complete() -> None:
    reader = tagged(["<h1>One.</h1><subhead>Two and"])
    assert reader.complete == {"h1"}
    assert reader.values["subhead"] == "Two and"


def test_a_smaller_than_sign_in_the_words_is_no_tag() -> None:
    assert tagged(["<h1>less < more, a<b", " and <5 minutes</h1>"]).values == {"h1": "less < more, a<b and <5 minutes"}


@pytest.mark.parametrize("mark", ["KEEP", "KEEP.", "missing: the price in Germany"])
def test_keep_and_missing_are_no_words_and_nobody_hears_them(mark: str) -> None:
    ear = Ear()
    reader = tagged([*f"<h1>{mark}</h1>"], ear)
    assert ear.heard == {}
    assert ear.over == []
    assert reader.values == {"h1": mark}


@pytest.mark.parametrize("words", ["KEEP your bike", "Keep it simple", "Missing trucks?", "K", "miss"])
def test_words_that_begin_like_keep_or_missing_are_heard(words: str) -> None:
    ear = Ear()
    tagged([*f"<h1>{words}</h1>"], ear)
    assert ear.heard == {"h1": words}
    assert ear.over == ["h1"]


def test_keep_is_recognised_with_what_models_put_around_it() -> None:
    assert all(is_keep(text) for text in ("KEEP", " KEEP\n", '"KEEP"', "KEEP."))
    assert not any(is_keep(text) for text in ("keep", "KEEP it", ""))
