"""Sentences are cut as a reader of English or German would cut them, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.rules.segment import passages, sentences

CUT = [
    "Three trucks late? |Your docks are already re-planned.",
    "It fell to 38. |The median was 71 before.",
    "The wait is 3.5 hours. |No more.",
    "See rampline.example/see. |It takes a minute.",
    "We ship to the U.S. |The plan follows.",
    "We ship to the U.S. market first.",
    "At 8 a.m. |The plan is dead.",
    "At 6 a.m., three carriers are late.",
    "Rampline Inc. |It sits in Columbus.",
    "Rampline Inc. Columbus is its home.",
    "He said “Go.” |Then he left.",
    "“Really?” she asked. |Yes.",
    'Dr. Smith said: "Go. |Now." |Then J. Doe left.',
    "See p. 7 and fig. 3 for more. |Done.",
    "Fees, e.g. Detention, fall. |Later.",
    "Version 2.0 is out... |Finally.",
    "But wait… no.",
    "Wait!!! |Now?! |Yes.",
    "Hello,\n\n|Locking up takes a minute.",
    "Hello\n|World",
    "Steps:\n|1. Open the plan.\n|2. Print nothing.\n|- Done",
    "a) First thing\n|b) Second thing",
    "Am 9. März geht es los. |Danach nicht.",
    "Im 3. Quartal z. B. in Hamburg. |Fertig.",
    "Es kostet 5 Mio. Euro zzgl. USt. |Das gilt ab heute.",
    "Es kostet 1.750 EUR pro Standort. |Sie zahlen monatlich.",
    "Bis 31.12. gilt der Preis. |Danach nicht.",
    "Das gilt u. a. für Hamburg, d. h. ab morgen.",
    "Der Plan, ca. 10 Minuten alt, bzw. der neue. |Gut.",
    "Nr. 5 lebt. |Er fährt.",
    "„Ich mache Kaffee.“ |Das sagt er.",
    "„Ich mache Kaffee.“ sagt er.",
    "倉庫です。|計画です。",
    "One line",
    "Ends with space. ",
    "",
]


@pytest.mark.parametrize("marked", CUT)
def test_sentences_end_where_a_reader_ends_them(marked: str) -> None:
    assert sentences(marked.replace("|", "")) == tuple(part for part in marked.split("|") if part)


PIECES = st.sampled_from(
    ["Dr.", " ", "\n", ".", "!", "…", "…”", "“", "z. B.", "38", "9.", "März", "The", "the", "\r\n", "\t", "1.", "- ", "ä", "\u2028"]
)


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join)))
def test_the_sentences_of_a_text_are_the_text(text: str) -> None:
    parts = sentences(text)
    assert "".join(parts) == text
    assert all(parts)


@given(st.lists(st.sampled_from(["Docks open.", "Trucks wait!", "Who calls?", "Es geht los."]), min_size=1, max_size=8))
def test_plain_sentences_come_back_one_by_one(plain: list[str]) -> None:
    assert [part.strip() for part in sentences(" ".join(plain))] == plain


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“I looked. Now I find them on Tuesday.” He went.", ["“I looked. Now I find them on Tuesday.”", "He went."]),
        ("He said: “It was time. We went.” And so on.", ["He said: “It was time. We went.”", "And so on."]),
        ("„Es war Zeit. Wir gingen.“ Dann kam der Morgen.", ["„Es war Zeit. Wir gingen.“", "Dann kam der Morgen."]),
        ("„Es war Zeit. Wir gingen.” Dann.", ["„Es war Zeit. Wir gingen.”", "Dann."]),
        ("»Es war Zeit. Wir gingen.« Dann.", ["»Es war Zeit. Wir gingen.« Dann."]),
        ("Never “a” without “b”. Next one.", ["Never “a” without “b”.", "Next one."]),
        ("“It never ends. Nor here. Nor there.", ["“It never ends.", "Nor here.", "Nor there."]),
        ("A stray one.” Then another.", ["A stray one.”", "Then another."]),
        ("“One. Two.”\n\n“Three. Four.”", ["“One. Two.”", "“Three. Four.”"]),
        ("", []),
    ],
)
def test_a_quotation_of_several_sentences_is_one_passage(text: str, found: list[str]) -> None:
    assert list(passages(text)) == found
