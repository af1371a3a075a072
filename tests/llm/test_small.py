"""A small model is asked little: no figure passes through it, the house keeps what is the house's, and its words are looked at twice as hard."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.campaign.work import Work
from concerted.llm.asking import Turn
from concerted.llm.caller import Reply
from concerted.llm.drafting import Drafting
from concerted.llm.embedded import by_grammar
from concerted.llm.listening import Listener
from concerted.llm.model import MARKS
from concerted.llm.slots import FIGURE, SLOT, Filling, Slots
from concerted.llm.small import doubts, left_to_house, small_request
from concerted.llm.writer import Unwatched

BRIEF = """You write one email.
<material>
- [who] shop owners with 2 to 12 bikes
- [moment] Friday at eleven
</material>

You know nothing beyond these facts, with their ids:
<material>
- [messages.night.pillar] A repair no longer costs you a day of deliveries.
- [messages.night.pillar, 30 characters] No delivery day lost
- [offers.first.price.us] $29 until May 31, 2027
</material>

Write:
`subject`: what a colleague would write. `preheader`: goes on where the subject stops.
"""
LINE = "A repair no longer costs you a day of deliveries."
WORK = Work(
    "t", "a", "launch-email", "envelope", ("subject", "preheader"), BRIEF, "- never write: seamless; hassle-free",
    fallback={"subject": LINE, "preheader": "From $29, until May 31, 2027."}, locale="en-US",
)  # fmt: skip


def test_no_figure_stands_in_the_prompt_and_each_comes_back() -> None:
    asked = small_request(WORK, Turn(WORK.fields), 4096)
    material = re.sub(r"about \d+ words", "", asked.user)
    assert not FIGURE.search(SLOT.sub("", material)), material
    assert "Never write: seamless; hassle-free." in asked.user
    assert {"$29", "May 31, 2027"} <= set(asked.slots.values())
    assert "No delivery day lost" not in asked.user, "one form of a line is enough"
    assert len(asked.user) < len(BRIEF)


def test_the_grammar_knows_no_digit_but_the_marks() -> None:
    asked = small_request(WORK, Turn(WORK.fields), 4096)
    assert asked.schema is not None
    grammar = str(by_grammar(asked.schema)["grammar"])
    assert "0-9" in next(line for line in grammar.splitlines() if line.startswith("letter ::= [^"))
    assert all(f'"{mark}"' in grammar for mark in asked.schema[MARKS])


@given(st.lists(st.text("ab 7$.[]AB%", max_size=30), min_size=1, max_size=6))
def test_a_text_comes_back_as_it_was_however_it_is_cut(pieces: list[str]) -> None:
    text = "".join(pieces)
    slots = Slots({})
    cut = slots.cut(text)
    filling = Filling(slots.figures)
    out = "".join(filling.take(letter) for letter in cut) + filling.end()
    assert SLOT.search(text) or out == text


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ({}, []),
        ({"fallback": {"subject": "Hello,\n\nA repair.", "preheader": "Short."}}, ["subject"]),
        ({"shared": ("preheader",)}, ["preheader"]),
        ({"fallback": {"subject": "word " * 31, "preheader": "Short."}}, ["subject"]),
        ({"fallback": {"subject": "“We ride,” says Jo.", "preheader": "$29, then $49, until May 31."}}, ["subject", "preheader"]),
        ({"fallback": {"subject": LINE}, "optional": ("preheader",)}, ["preheader"]),
        ({"fallback": {"subject": LINE}}, []),
    ],
    ids=["nothing", "paragraphs", "shared", "long", "a quote, and figures", "nothing to say where nothing need be", "nothing to say where it must"],
)
def test_what_the_house_keeps(change: dict[str, object], left: list[str]) -> None:
    assert list(left_to_house(replace(WORK, **change))) == left


@pytest.mark.parametrize(
    ("words", "remark"),
    [
        ("Repairs no longer cost you a day of deliveries.", ""),
        (LINE, ""),
        ("KEEP", ""),
        ("Repairs, workshop partners and happy customers everywhere.", "it brings in"),
        ("Discover repairs that cost no day of deliveries.", "advertising"),
        (f"{LINE} {LINE}", "too long"),
        ("A repair costs [Q] and no day of deliveries.", "a mark"),
    ],
)
def test_what_is_said_against_its_words(words: str, remark: str) -> None:
    said = doubts(WORK, {"subject": words}).get("subject", "")
    assert remark in said
    assert bool(said) == bool(remark)


def test_names_keep_their_capitals() -> None:
    work = replace(WORK, fallback={"subject": "Small Hours repairs single bikes."})
    assert "capitals" in doubts(work, {"subject": "Single bikes: small hours repairs them."})["subject"]
    assert "small letter" in doubts(work, {"subject": "single bikes: Small Hours repairs them."})["subject"]
    assert doubts(work, {"subject": "Single bikes: Small Hours repairs them."}) == {}


def test_the_houses_line_given_back_is_the_houses() -> None:
    def author(echoes: bool) -> str:
        draft = Drafting(WORK, echoes=echoes)
        heard = Listener(WORK, WORK.fields, "tagged", Unwatched())
        heard.take(f"<subject>{LINE.rstrip('.')}</subject><preheader>Own words.</preheader>")
        draft.take(heard, Reply(heard, "done", "", 1, 1, Decimal(0), False), lambda _work, _words: {}, "local")
        return draft.answer().authors.get("subject", draft.answer().author)

    assert author(echoes=True) == "house"
    assert author(echoes=False) == "local"


def test_a_lost_figure_and_a_second_same_line_are_seen() -> None:
    said = doubts(WORK, {"subject": LINE, "preheader": "Until later."})
    assert "it loses" in said["preheader"]
    assert "another field" in doubts(WORK, {"subject": LINE, "preheader": LINE})["subject"]
