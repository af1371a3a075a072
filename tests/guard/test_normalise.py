"""Reading a text in pieces: the same however it is cut, and every character leads back to where it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.guard.normalise import Normaliser, normalise


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("A Seamless  Start", "a seamless start"),
        ("sеаmlеѕѕ", "seamless"),  # Cyrillic
        ("𝐬𝐞𝐚𝐦𝐥𝐞𝐬𝐬 ｓｅａ ⓢ ꜱ", "seamless sea s s"),
        ("sèamléss", "seamless"),
        ("s3amless se@mless $eamless", "seamless seamless seamless"),
        ("hassle‑free hassle–free hassle — free", "hassle free hassle free hassle free"),
        ("seam\u00adless seam\u200bless \ufeffseamless", "seamless seamless seamless"),
        ("seam-\nless", "seamless"),
        ("dock-\nPlan", "dock plan"),
        ("**seam**less _plan_", "seamless plan"),
        ("don’t, don't", "dont dont"),
        ("Straße für Œuvre", "strasse fur oeuvre"),
        ("USD 1,900.", "usd 1,900"),
        ("1'900 and 1’900", "1'900 and 1'900"),
        ("$29, 29 €, 60%", "$29 29 € 60%"),
        ("at 08:30: go", "at 08:30 go"),
        ("24/7 or either/or", "24/7 or either or"),
        ("mp3, B2B, 3D", "mp3 b2b 3d"),
        ("", ""),
        ("…!?", ""),
    ],
)
def test_what_a_reader_takes_for_the_same_reads_the_same(text: str, read: str) -> None:
    assert normalise(text) == read


_LETTERS = st.sampled_from([*"aeslmn AES.,-'\n1290$/*", "é", "e\u0301", "\u00ad", "\u200b", "ß", "ﬁ", "с", "ѕ", "𝐚", "‑", "—", "😀", "ü", "’"])
_TEXTS = st.lists(_LETTERS, max_size=40).map("".join)


@given(_TEXTS, st.lists(st.integers(1, 5), min_size=1, max_size=8))
def test_a_text_reads_the_same_however_it_is_cut(text: str, cuts: list[int]) -> None:
    reader, out, place, turn = Normaliser(), "", 0, 0
    while place < len(text):
        size = cuts[turn % len(cuts)]
        out += reader.push(text[place : place + size])
        place, turn = place + size, turn + 1
    assert (out + reader.finish()).strip() == normalise(text)
    assert reader.text == text


@given(_TEXTS)
def test_every_normalised_character_leads_back_to_its_own_place(text: str) -> None:
    reader = Normaliser()
    read = reader.push(text) + reader.finish()
    for number, character in enumerate(read):
        if character.isascii() and character.isalpha():
            start, end = reader.span(number, number + 1)
            assert character in normalise(text[start:end]) or text[start] in "0134579@$"


@given(st.text(alphabet=st.characters(), max_size=30))
def test_any_text_at_all_can_be_read(text: str) -> None:
    reader = Normaliser()
    for character in text:
        reader.push(character)
    reader.finish()
    assert reader.size == len(reader.text)


def test_a_character_cut_in_two_is_put_together() -> None:
    reader = Normaliser()
    first, second = "😀".encode("utf-16-le", "surrogatepass")[:2].decode("utf-16-le", "surrogatepass"), "\ude00"
    assert reader.push(f"a{first}") + reader.push(f"{second}b") + reader.finish() == "a b "
    assert reader.text == "a😀b"


def test_an_accent_in_the_next_token_belongs_to_the_letter_before() -> None:
    reader = Normaliser()
    assert reader.push("se") + reader.push("\u0301") + reader.push("am") == "seam"
    assert reader.text[slice(*reader.span(0, 2))] == "se\u0301"


def test_letters_spelled_one_by_one_are_noticed() -> None:
    reader = Normaliser()
    reader.push("a f r e e day ")
    assert reader.letters == []
    reader.push("f r e e ")
    assert len(reader.letters) == 4
