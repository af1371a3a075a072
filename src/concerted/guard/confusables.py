"""Characters that a reader takes for another one, and how the guard reads each character. Tables and one lookup; no text is read here."""

import unicodedata
from typing import Final

WORD: Final = 0
"""Belongs to a word: letters, digits, currency and percent signs."""
GAP: Final = 1
"""Separates words: white space, dashes, most punctuation."""
NOTHING: Final = 2
"""Is not seen: soft hyphens, zero-width characters, accents, apostrophes, the asterisks of emphasis."""
MARK: Final = 3
"""Belongs to a number between two digits (1,900 and 24/7), separates elsewhere."""
HYPHEN: Final = 4
"""Separates, but at the end of a line it may cut a word in two."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ALIKE: dict[str, str] = {
    "a": "аɑαᴀаӑ",
    "b": "ЬВʙΒᏴ",
    "c": "сϲᴄС",
    "d": "ԁɗᴅꓒ",
    "e": "еєᴇЕΕҽ",
    "f": "ꜰϝ",
    "g": "ɡɢԍ",
    "h": "һʜНΗհ",
    "i": "іıɪӏІΙΙ",
    "j": "јȷᴊЈϳ",
    "k": "кᴋКΚκ",
    "l": "ʟℓԼłǀ",
    "m": "мᴍМΜ",
    "n": "пɴΝոη",
    "o": "оοσօᴏОΟøዐ",
    "p": "рρᴘРΡ",
    "q": "ԛǫգ",
    "r": "гʀᴦ",
    "s": "ѕꜱՏЅ",
    "t": "тᴛТΤτ",
    "u": "υսᴜц",
    "v": "νѵᴠ",
    "w": "ԝᴡшωա",
    "x": "хΧᕁХ",
    "y": "уүʏУΥγ",
    "z": "ᴢΖʐ",
}
"""Latin letter -> what looks like it in Cyrillic, Greek, Armenian and small capitals. Both cases where they differ in looks."""
LOOK_ALIKES: dict[str, str] = {
    **{strange: letter for letter, strangers in _ALIKE.items() for strange in strangers},
    **{chr(first + place): letter for first in (0x1F150, 0x1F170) for place, letter in enumerate(_LETTERS)},
    "æ": "ae",
    "œ": "oe",
    "ß": "ss",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "ŧ": "t",
}

LEET = {"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"}
"""What stands for a letter when it stands between two letters."""

_UNSEEN = "'’‘‚‛′ʼ´`*_~\u3164\u115f\u1160\uffa0"
_MARKS = ".,:/"
_SIGNS = "%€$£¥@"


def fold(character: str) -> tuple[int, str]:
    """Say how a character is read: its kind, and for words the letters that it stands for."""
    if character in LOOK_ALIKES:
        return WORD, LOOK_ALIKES[character]
    if character in _UNSEEN or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return NOTHING, ""
    if character in _MARKS:
        return MARK, character
    if character in "-‐":
        return HYPHEN, " "
    plain = "".join(_plain(part) for part in unicodedata.normalize("NFKD", character))
    return (WORD, plain) if plain else (GAP, " ")


def _plain(part: str) -> str:
    """Give the small Latin letters, digits and signs of one decomposed character."""
    if part in LOOK_ALIKES:
        return LOOK_ALIKES[part]
    folded = part.casefold()
    if part in _SIGNS:
        return part
    return "".join(LOOK_ALIKES.get(letter, letter) for letter in folded) if folded.isalnum() else ""


class Folding(dict[str, tuple[int, str]]):
    """Every character that was met so far; a new one is looked at once."""

    def __missing__(self, character: str) -> tuple[int, str]:
        found = self[character] = fold(character)
        return found


FOLDED = Folding({character: fold(character) for character in map(chr, range(128))})
