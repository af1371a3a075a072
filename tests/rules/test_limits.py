"""Counting agrees with the places that count: Google, X, the text message network, a search result's width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.campaign.channel import Count
from concerted.rules.limits import display_width, measure, pixels, sms, x_length

COUNTS: tuple[Count, ...] = ("characters", "display-width", "x-weighted", "sms-segments", "pixels", "words")


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("Dock plans that fix themselves", 30),
        ("Ünverändert", 11),
        ("U\u0308ber", 4),  # a letter and its loose accent are one character
        ("倉庫のドック計画", 16),
        ("ﾄﾞｯｸ", 4),  # half-width katakana
        ("Plan 倉庫", 9),
        ("", 0),
    ],
)
def test_google_counts_wide_characters_twice(text: str, length: int) -> None:
    assert display_width(text) == length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("Hi http://test.co", 26),
        ("http://test.co", 23),
        ("See rampline.example/see?utm_source=x.", 28),  # the closing dot is no part of the link
        ("rampline.example", 23),
        ("H🐱☺👨‍👩‍👧‍👦", 7),
        ("😷👾😡🔥💩", 10),
        ("🙋🏽👨‍🎤", 4),
        ("🇩🇪🇺🇸", 4),
        ("1️⃣", 2),
        ("故人西辞", 8),
        ("A\u0301B", 2),
        ("“Dock – plan”", 13),
        ("5 € for you", 12),  # the euro sign lies outside the light ranges
        ("press@rampline.example", 22),  # a mail address is no link
        ("xxxxxÁx", 7),
        ("\u10ff\u2000\u200d\u2010\u201f\u2032\u2037", 7),  # the borders of the light ranges, inside
        ("\u1100\u200e\u2020\u2031\u2038", 10),  # and outside
        ("", 0),
    ],
)
def test_x_counts_as_twitter_text_version_3_does(text: str, length: int) -> None:
    assert x_length(text) == length


def test_x_counts_ten_links_of_any_length_alike() -> None:
    assert x_length("https://www.twitter.com/aloha " * 10) == 240


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", "GSM-7", 0, 0),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("€" * 80, "GSM-7", 160, 1),
        ("a" * 159 + "€", "GSM-7", 161, 2),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),  # the two halves of € stay together, so a place is lost
        ("ä" * 160, "GSM-7", 160, 1),
        ("ß" * 160, "GSM-7", 160, 1),
        ("’", "UCS-2", 1, 1),
        ("’" + "a" * 69, "UCS-2", 70, 1),
        ("’" + "a" * 70, "UCS-2", 71, 2),
        ("’" + "a" * 133, "UCS-2", 134, 2),
        ("’" + "a" * 134, "UCS-2", 135, 3),
        ("🔥" * 35, "UCS-2", 70, 1),
        ("a" * 66 + "🔥" + "a" * 66, "UCS-2", 134, 3),  # an emoji is not split between parts
    ],
)
def test_text_messages_are_packed_as_the_network_packs_them(text: str, encoding: str, units: int, segments: int) -> None:
    message = sms(text)
    assert (message.encoding, message.units, message.segments) == (encoding, units, segments)


def test_a_text_message_names_the_characters_that_make_it_costly() -> None:
    assert sms("Today – for “you” – only").costly == ("–", "“", "”")


@pytest.mark.parametrize(
    ("text", "size", "width"),
    [
        ("", 20, 0),
        ("i", 20, 5),  # 222 thousandths of 20, rounded up
        ("W", 20, 19),
        ("Dock plan", 20, 89),
        ("Dock plan", 14, 63),
        ("Ärzte", 20, 47),
        ("Arzte", 20, 47),  # an accent takes no width of its own
        ("倉", 20, 20),
    ],
)
def test_width_follows_arial(text: str, size: int, width: int) -> None:
    assert pixels(text, size) == width


def test_every_printable_ascii_character_is_as_wide_as_in_arial() -> None:
    widths = {
        191: "'", 222: "ijl", 260: "|", 278: " !,./:;I[\\]ft", 333: "()-`r", 334: "{}", 355: '"', 389: "*", 469: "^", 500: "Jckvsxyz",
        556: "#$0123456789?L_abdeghnopqu", 584: "+<=>~", 611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ", 833: "Mm", 889: "%",
        944: "W", 1015: "@",
    }  # fmt: skip
    assert sum(map(len, widths.values())) == 95
    assert {character: pixels(character, 1000) for row in widths.values() for character in row} == {
        character: width for width, row in widths.items() for character in row
    }


def test_words_are_counted_between_spaces() -> None:
    assert measure("When trucks run  late,\nplans fix themselves.", "words") == 7


@given(st.text(), st.sampled_from(COUNTS))
def test_a_length_is_never_negative_and_nothing_is_zero_long(text: str, count: Count) -> None:
    assert measure(text, count) >= 0
    assert measure("", count) == 0


@given(st.text(alphabet=st.characters(codec="ascii", exclude_characters=".:/@\u0000"), max_size=60))
def test_plain_ascii_counts_the_same_everywhere_but_in_text_messages(text: str) -> None:
    assert measure(text, "characters") == measure(text, "display-width") == measure(text, "x-weighted") == len(text)


@given(st.text(max_size=400), st.text(max_size=20))
def test_a_text_message_never_shrinks_when_words_are_added(text: str, more: str) -> None:
    assert sms(text + more).segments >= sms(text).segments


@given(st.text(max_size=500))
def test_segments_hold_what_they_are_said_to_hold(text: str) -> None:
    message = sms(text)
    alone, part = (160, 153) if message.encoding == "GSM-7" else (70, 67)
    if message.segments > 1:
        assert part * (message.segments - 1) - message.segments < message.units <= part * message.segments
    else:
        assert message.units <= alone
