"""Finding many phrases at once in a text that comes in pieces: an Aho-Corasick automaton over normalised characters.

Knows spellings and places only; why a phrase is looked for is its `Watchword`'s affair.
"""

import unicodedata
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from concerted.guard.normalise import Normaliser, normalise

_LONG_WORD = 6
"""A phrase whose last word has so many letters is known before the word is over."""
_FEWEST_LETTERS = 5
"""So many single letters in a row are read as a word."""


@dataclass(frozen=True, slots=True)
class Watchword:
    """A phrase that a text must not hold, and why. Not hard: it counts only together with other signs."""

    text: str
    rule: str
    ref: str
    hard: bool = True
    why: str = ""
    spellings: tuple[str, ...] = ()
    """Other ways of writing it."""
    name: bool = False
    """Counts only where it is capitalised."""
    goes_on: bool = False
    """Letters behind it do not make it another word: old lines, names."""
    line: str = ""
    """The whole line that it is a passage of."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that was found, and its place in the original."""

    word: Watchword
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True, eq=False)
class Automaton:
    """The compiled phrases. `moves[state]` leads on, and where it does not, the root's moves do; `ends[state]` are phrases found."""

    words: tuple[Watchword, ...]
    moves: tuple[dict[str, int], ...]
    ends: tuple[tuple[tuple[int, int], ...], ...]
    """State -> (phrase, characters of the match without a last gap)."""
    spaced: "Automaton | None" = None
    """The same phrases without gaps, for words spelled letter by letter."""


@lru_cache(maxsize=256)
def compiled(words: tuple[Watchword, ...]) -> Automaton:
    """Compile phrases; the same phrases give the same automaton."""
    patterns: dict[str, tuple[int, int]] = {}
    joined: dict[str, tuple[int, int]] = {}
    for number, word in enumerate(words):
        for spelling in (word.text, *word.spellings):
            plain = normalise(spelling)
            if plain:
                open_end = word.goes_on and len(plain.rpartition(" ")[2]) >= _LONG_WORD
                patterns.setdefault(f" {plain}" if open_end else f" {plain} ", (number, len(plain) + 1))
                together = plain.replace(" ", "")
                if len(together) >= _FEWEST_LETTERS and together.isalpha():
                    joined.setdefault(together, (number, len(together)))
    return _build(words, patterns, _build(words, joined, None))


def _build(words: tuple[Watchword, ...], patterns: dict[str, tuple[int, int]], spaced: Automaton | None) -> Automaton:
    moves: list[dict[str, int]] = [{}]
    ends: list[tuple[tuple[int, int], ...]] = [()]
    for pattern, found in patterns.items():
        state = 0
        for character in pattern:
            state = moves[state].setdefault(character, len(moves))
            if state == len(moves):
                moves.append({})
                ends.append(())
        ends[state] = (*ends[state], found)
    _link(moves, ends)
    return Automaton(words, tuple(moves), tuple(ends), spaced)


def _link(moves: list[dict[str, int]], ends: list[tuple[tuple[int, int], ...]]) -> None:
    """Give each state also the moves and ends of the longest suffix of it that is a state; the root's moves stay with the root."""
    root = dict(moves[0])
    suffix = [0] * len(moves)
    queue = deque(root.values())
    while queue:
        state = queue.popleft()
        below = suffix[state]
        for character, target in moves[state].items():
            suffix[target] = (moves[below].get(character) if below else None) or root.get(character, 0)
            ends[target] = (*ends[target], *ends[suffix[target]])
            queue.append(target)
        if below:
            moves[state] = {**moves[below], **moves[state]}


class Matcher:
    """Looks for phrases in one field while it is written.

    Whether a word is over is known when the next one begins. An `eager` matcher takes it to be over where a whole word came as one
    token: models rarely add to such a word. It is wrong where they do ("seamless", then "ly").
    """

    __slots__ = (
        "_automaton",
        "_count",
        "_eager",
        "_ends",
        "_letters",
        "_letters_seen",
        "_letters_state",
        "_moves",
        "_start",
        "_state",
        "_told",
        "reader",
    )

    def __init__(self, automaton: Automaton, *, eager: bool = False) -> None:
        self.reader = Normaliser()
        self._eager = eager
        self._told: tuple[int, tuple[tuple[int, int], ...]] = (-1, ())
        """Where a word ended that was taken to be over, and what was found there."""
        self._automaton, self._moves, self._ends = automaton, automaton.moves, automaton.ends
        self._state = self._start = automaton.moves[0].get(" ", 0)
        self._count = 0
        self._letters: list[int] = []
        self._letters_seen = 0
        self._letters_state = 0

    def push(self, piece: str) -> list[Hit] | None:
        """Take the next piece; gives what it brought to an end, None for nothing."""
        before = self._count
        hits = self._step(self.reader.push(piece))
        if self._eager and self._state and (ahead := self._ends[self._moves[self._state].get(" ", 0)]):
            return self._foresee(ahead, before, hits)
        return hits

    def _foresee(self, ahead: tuple[tuple[int, int], ...], before: int, hits: list[Hit] | None) -> list[Hit] | None:
        """Give what would be found if the word were over, where all of it came in this piece."""
        if not self.reader.ends_in_a_word_from(before):
            return hits
        found = [*(hits or ()), *self._hits(ahead, self._count)]
        self._told = (self._count, ahead)
        return found or None

    def finish(self) -> list[Hit] | None:
        """Say that the field is over."""
        return self._step(self.reader.finish())

    def _step(self, new: str) -> list[Hit] | None:
        """Move on by new characters. Every phrase begins with a gap, so from the root the next gap is the next thing to look at."""
        moves, ends, start = self._moves, self._ends, self._start
        state, place, size = self._state, 0, len(new)
        hits: list[Hit] | None = None
        while place < size:
            character = new[place]
            if not state and character != " ":
                place = new.find(" ", place)
                if place < 0:
                    break
                character = " "
            place += 1
            state = moves[state].get(character) or (start if character == " " else 0)
            if ends[state]:
                hits = [*(hits or ()), *self._hits(ends[state], self._count + place - (character == " "))]
        self._state = state
        self._count += size
        hits = self._spelled(hits) if self.reader.letters else hits
        return hits or None

    def _hits(self, found: Iterable[tuple[int, int]], end: int) -> Iterable[Hit]:
        for number, length in found:
            if end == self._told[0] and (number, length) in self._told[1]:
                continue
            word = self._automaton.words[number]
            start, stop = self.reader.span(max(0, end - length + 1), end)
            words = self.reader.text[start:stop]
            if is_meant(word, words):
                yield Hit(word, start, stop, words)

    def _spelled(self, hits: list[Hit] | None) -> list[Hit] | None:
        """Look for a phrase in single letters: `s e a m l e s s`."""
        letters, automaton = self.reader.letters, self._automaton.spaced
        if letters is not self._letters:
            self._letters, self._letters_seen, self._letters_state = letters, 0, 0
        if automaton is None:
            return hits
        for seen in range(self._letters_seen, len(letters)):
            start, stop = self.reader.span(letters[seen], letters[seen] + 1)
            character = normalise(self.reader.text[start:stop])
            state = automaton.moves[self._letters_state].get(character) or automaton.moves[0].get(character, 0)
            for number, length in automaton.ends[state]:
                begin, _ = self.reader.span(letters[seen + 1 - length], letters[seen + 1 - length] + 1)
                hits = [*(hits or ()), Hit(automaton.words[number], begin, stop, self.reader.text[begin:stop])]
            self._letters_state = state
        self._letters_seen = len(letters)
        return hits


_BREAKS = frozenset(",.;:!?()[]…")
_UMLAUTS = frozenset("äöü")


def is_meant(word: Watchword, words: str) -> bool:
    """Tell whether the original words are the phrase: names are capitalised, umlauts agree, two words stand in one clause.

    A single word is not two: "seam-less" is meant, "seam less" is not.
    """
    if word.name and words[:1].islower():
        return False
    texts = (word.text, *word.spellings)
    two_words = normalise(words).count(" ") == 1 and not any(map(str.isdigit, words))
    if two_words and not _BREAKS.isdisjoint(words) and all(_BREAKS.isdisjoint(text) for text in texts):
        return False
    if two_words and word.text.isalpha() and any(map(str.isspace, words)):
        return False
    return _umlauts(words) in map(_umlauts, texts)


def _umlauts(text: str) -> str:
    return "".join(filter(_UMLAUTS.__contains__, unicodedata.normalize("NFC", text).casefold()))
