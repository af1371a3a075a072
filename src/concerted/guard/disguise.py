"""What a sentence says when it is read as a person reads it who looks twice: misspelled words, letters apart, capitals and digits for letters.

Used at the end of a sentence, on top of what is found word by word. It knows no dictionary: a word of the strategy itself is never a slip.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from concerted.guard.automaton import Automaton, Matcher, Watchword
from concerted.guard.confusables import LEET
from concerted.guard.normalise import normalise

SHORTEST = 6
"""Shorter words are too often a slip away from another word."""
LONG = 10
"""From this length on a letter too many or too few makes no other word."""
_APART = re.compile(r"(?<!\w)(?![AI][ \u00a0][a-z])\w([ \u00a0.·-])(?:\w\1){3,}\w(?!\w)")
"""Five letters or more with the same sign between them; an article or an "I" in front is no part of it."""
_WORD = re.compile(r"[\w$@'’-]+")
_SOUNDS = (("ea", "ee"), ("ie", "ei"))
"""Pairs of letters that are written for each other because they sound or look alike in haste."""


def disguised(sentence: str, automaton: Automaton, known: frozenset[str]) -> Iterator[tuple[Watchword, str]]:
    """Give each hard phrase that only a second look finds, with the words of the sentence that say it, as far as they can be told."""
    again = second_reading(sentence)
    if again != sentence:
        matcher = Matcher(automaton)
        hits = [*(matcher.push(again) or ()), *(matcher.finish() or ())]
        yield from ((hit.word, hit.words if hit.words in sentence else sentence.strip()) for hit in hits if hit.word.hard)
    yield from slips(again, automaton.words, known)


def second_reading(sentence: str) -> str:
    """Read a sentence again: letters that stand apart as a word, a capital I or a digit among letters as the letter that it looks like."""
    joined = _APART.sub(lambda hit: "".join(filter(str.isalnum, hit[0])), sentence)
    return _WORD.sub(lambda hit: _letters(hit[0]), joined)


def _letters(word: str) -> str:
    """Read a word that mixes letters with what stands for letters. What is only digits, an order number or a price stays."""
    out = re.sub(r"(?<=[a-z])I(?=[a-z]|$)|(?<=\b[A-Z])I(?=[a-z])", "l", word)
    letters = sum(map(str.isalpha, out))
    disguised = [sign for sign in out if sign in LEET]
    if len(disguised) > 1 and letters > len(disguised) and letters + len(disguised) == len(out):
        out = "".join(LEET.get(sign, sign) for sign in out)
    return out


def slips(sentence: str, words: Iterable[Watchword], known: frozenset[str]) -> Iterator[tuple[Watchword, str]]:
    """Find words that are one slip of the pen away from a watchword of one word; `known` are words that the strategy uses."""
    targets = _targets(tuple(words))
    if not targets:
        return
    for given, plain in _candidates(sentence):
        if (plain in known and " " not in given) or len(plain) < SHORTEST - 1:
            continue
        for word, target in targets:
            if (plain != target or " " in given) and is_slip(plain, target) and not (word.name and given[:1].islower()):
                yield word, given
                break


@lru_cache(maxsize=256)
def _targets(words: tuple[Watchword, ...]) -> tuple[tuple[Watchword, str], ...]:
    """Give the hard watchwords that are one word, as plain letters: what the brand never says, and names."""
    single = [word for word in words if word.hard and not word.line and " " not in word.text.strip()]
    plain = ((word, normalise(text).replace(" ", "")) for word in single for text in (word.text, *filter(str.isalpha, word.spellings)))
    return tuple((word, text) for word, text in dict.fromkeys(plain) if len(text) >= SHORTEST and text.isalpha())


def _candidates(sentence: str) -> Iterator[tuple[str, str]]:
    """Give each word of a sentence with its plain letters; and each two that are both capitalised, as one."""
    found = [(hit[0], normalise(hit[0]).replace(" ", "")) for hit in _WORD.finditer(sentence)]
    yield from found
    for (first, one), (second, other) in pairwise(found):
        if first[:1].isupper() and second[:1].isupper() and f"{first} {second}" in sentence:
            yield f"{first} {second}", one + other


def is_slip(word: str, target: str) -> bool:
    """Tell whether a word is another one mistyped: two letters changed places, one doubled, one of two left out, `rn` for `m`, `ee` for `ea`.

    In long words any one letter too many or too few is a slip. A letter that stands for another one is none: that makes other words.
    """
    if word[:1] != target[:1]:
        return False
    if word == target or word.replace("rn", "m") == target.replace("rn", "m"):
        return True
    if len(word) == len(target):
        return _turned(word, target) or any(_in_sound(word, target, pair) for pair in _SOUNDS)
    longer, shorter = (word, target) if len(word) > len(target) else (target, word)
    places = [at for at in range(1, len(longer)) if longer[:at] + longer[at + 1 :] == shorter] if len(longer) - len(shorter) == 1 else []
    return any(longer[at] in (longer[at - 1], longer[at + 1 : at + 2]) or (len(target) >= LONG and at < len(longer) - 1) for at in places)


def _turned(word: str, target: str) -> bool:
    """Tell whether two neighbouring letters changed places, and nothing else."""
    at = next(number for number, (one, other) in enumerate(zip(word, target, strict=True)) if one != other)
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :] == target


def _in_sound(word: str, target: str, pair: tuple[str, str]) -> bool:
    one, other = pair
    return word.replace(one, other) == target or word.replace(other, one) == target
