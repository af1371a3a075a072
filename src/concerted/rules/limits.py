"""Counting: how long a text is, as the place where it runs counts it. The limits themselves are data (`library/channels`)."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from concerted.campaign.deliverable import Count
from concerted.rules.links import link_spans

Encoding: TypeAlias = Literal["GSM-7", "UCS-2"]


def measure(text: str, count: Count, font_px: int = 20) -> int:
    """Measure a text in the unit that a count names; `font_px` matters for pixels only. An empty text is 0 in every count."""
    match count:
        case "characters":
            return len(unicodedata.normalize("NFC", text))
        case "display-width":
            return display_width(text)
        case "x-weighted":
            return x_length(text)
        case "sms-segments":
            return sms(text).segments
        case "pixels":
            return pixels(text, font_px)
        case "words":
            return len(text.split())
        case _:
            assert_never(count)


def display_width(text: str) -> int:
    """Count as Google Ads does: a full-width (East Asian wide) character is 2, every other 1."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in unicodedata.normalize("NFC", text))


# X: weights in hundredths from twitter-text's configuration version 3.
_X_URL = 23
_X_LIGHT = (0x0000, 0x1100, 0x2000, 0x200E, 0x2010, 0x2020, 0x2032, 0x2038)
"""Borders of the ranges of weight 1; an odd place in this row means inside one."""
_PICTURE = (
    "[\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935\u2b05-\u2b55"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_TONE = "[\U0001f3fb-\U0001f3ff]"
_ONE_PICTURE = f"{_PICTURE}(?:\ufe0f|{_TONE})?(?:[\U000e0020-\U000e007e]+\U000e007f)?"
_EMOJI = re.compile(f"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|[\u00a9\u00ae]\ufe0f?|{_ONE_PICTURE}(?:\u200d{_ONE_PICTURE})*")
_FIRST_EMOJI = "\u203c"
"""The first of them, but for the signs \u00a9 and \u00ae, which may be one."""


def x_length(text: str) -> int:
    """Count as X does: a link is 23, an emoji with all its parts 2, Latin and most alphabets 1, everything else 2."""
    composed = unicodedata.normalize("NFC", text)
    links = link_spans(composed)
    total = _X_URL * len(links)
    place = 0
    for start, end in (*links, (len(composed), len(composed))):
        total += _x_plain(composed[place:start])
        place = end
    return total


def _x_plain(text: str) -> int:
    if text.isascii():
        return len(text)
    total = 0
    if max(text) >= _FIRST_EMOJI or "\u00a9" in text or "\u00ae" in text:
        text, emoji = _EMOJI.subn("", text)
        total = 2 * emoji
    return total + sum(1 if bisect_right(_X_LIGHT, ord(character)) % 2 else 2 for character in text)


@dataclass(frozen=True, slots=True)
class Sms:
    """A text message as the network sends it. `costly` are the characters that turn all of it into UCS-2."""

    encoding: Encoding
    units: int
    segments: int
    costly: tuple[str, ...] = ()


_GSM = frozenset("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà")
_GSM_EXTENDED = frozenset("^{}[]~\\|€\f")
_SIZES: dict[Encoding, tuple[int, int]] = {"GSM-7": (160, 153), "UCS-2": (70, 67)}
"""What fits into a single message, and into each part of a longer one."""


def sms(text: str) -> Sms:
    """Count a text message: encoding, units, and the segments that are billed. A character of two units is never split."""
    costly = tuple(dict.fromkeys(character for character in text if character not in _GSM and character not in _GSM_EXTENDED))
    if costly:
        encoding: Encoding = "UCS-2"
        sizes = [2 if ord(character) > 0xFFFF else 1 for character in text]
    else:
        encoding = "GSM-7"
        sizes = [2 if character in _GSM_EXTENDED else 1 for character in text]
    units = sum(sizes)
    alone, part = _SIZES[encoding]
    return Sms(encoding, units, min(units, 1) if units <= alone else _pack(sizes, part), costly)


def _pack(sizes: list[int], part: int) -> int:
    segments, filled = 1, 0
    for size in sizes:
        if filled + size > part:
            segments, filled = segments + 1, 0
        filled += size
    return segments


# Advance widths of Arial in thousandths of the font size.
_ARIAL: dict[str, int] = {
    character: width
    for width, characters in {
        191: "'",
        222: "ijl‘’‚",
        260: "|",
        278: " !,./:;I[\\]ft·\u00a0",
        333: "()-`r“”„‹›",
        334: "{}",
        350: "•",
        355: '"',
        389: "*",
        400: "°",
        469: "^",
        500: "Jckvsxyz",
        556: "#$0123456789?L_abdeghnopqu€–£§«»",
        584: "+<=>~±×÷¬",
        611: "FTZß",
        667: "&ABEKPSVXY",
        722: "CDHNRUw",
        737: "©®",
        778: "GOQ",
        833: "Mm",
        889: "%",
        944: "W",
        1000: "—…™Æ",
        1015: "@",
    }.items()
    for character in characters
}
_USUAL, _WIDE = 556, 1000


def pixels(text: str, font_px: int) -> int:
    """Estimate the width of a line set in Arial, rounded up; accents take the width of their letter. No kerning, so a few pixels off."""
    thousandths = 0
    for character in unicodedata.normalize("NFD", text) if not text.isascii() else text:
        width = _ARIAL.get(character)
        if width is None:
            width = _width_of_stranger(character)
        thousandths += width
    return -(-thousandths * font_px // 1000)


def _width_of_stranger(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Cc"):
        return 0
    return _WIDE if unicodedata.east_asian_width(character) in "WF" else _USUAL
