"""The lines of a strategy as people call and quote them: by address, by name, by words that stand in them, by the nearest words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import log

from concerted.campaign.facets import MEMBERS, Facets
from concerted.campaign.strategy import leaf_at
from concerted.mail import words
from concerted.rules.languages import STOP_WORDS
from concerted.rules.lexicon import as_text
from concerted.rules.reading import content_stems, find_run, read, stem, words_of

_CLEAR = 1.25
"""The nearest line counts where it is so much nearer than chance; below two shared words it never does."""
_FUZZY = 0.5
_OLD = 2.0
_SAME_START = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Words found in a line: which line, where they stand in its value, and whether letter for letter."""

    ref: str
    start: int
    end: int
    literal: bool


@dataclass(frozen=True)
class Lines:
    """All lines of one strategy that a mail may mean."""

    facets: Facets

    @cached_property
    def texts(self) -> dict[str, str]:
        """Every line with its value as text, wordings included."""
        return {ref: as_text(value) for ref, value in self.facets.items() if not ref.endswith(MEMBERS) and leaf_at(ref) is not None}

    @cached_property
    def leaves(self) -> dict[str, str]:
        """The lines themselves, without their wordings."""
        return {ref: text for ref, text in self.texts.items() if "@" not in ref}

    @cached_property
    def _called(self) -> dict[str, frozenset[str]]:
        return {ref: frozenset(stem(word) for word in (*_own_words(ref), *_said_words(ref))) for ref in self.leaves}

    @cached_property
    def _weight(self) -> Counter[str]:
        return Counter(one for text in self.leaves.values() for one in content_stems(words_of(text)))

    def named(self, said: str) -> tuple[str, ...]:
        """List the lines that are called by all of these words, the one with the fewest other names first."""
        if said in self.texts:
            return (said,)
        wanted = {stem(word) for word in words_of(said) if word not in STOP_WORDS - _NAMING}
        if not wanted:
            return ()
        return self._first(ref for ref, names in self._called.items() if generic(ref) and wanted <= names | _markets_called(ref))

    def holding(self, said: str) -> tuple[Place, ...]:
        """List where words stand: letter for letter, else as the same words written otherwise. Lines before wordings."""
        run = words_of(said)
        if not run or STOP_WORDS.issuperset(run):
            return ()
        found: dict[str, Place] = {}
        for ref, text in self.texts.items():
            reading = read(text)
            at = find_run(reading.words, run)
            if at >= 0:
                start, end = reading.starts[at], reading.ends[at + len(run) - 1]
                found[ref] = Place(ref, start, end, said.strip() in text)
        literal = [place for place in found.values() if place.literal] or list(found.values())
        known = {place.ref: place for place in literal if "@" not in place.ref} or {place.ref: place for place in literal}
        return tuple(known[ref] for ref in self._first(known))

    def nearest(self, said: str, old: str = "") -> tuple[str, ...]:
        """List the lines of copy that share the most telling words with these, the nearest first; empty where none comes close.

        Words of `old` count more: they are what is to go.
        """
        wanted, gone = content_stems(words_of(said)), content_stems(words_of(old))
        scores = {ref: self._closeness(wanted, ref) + _OLD * self._closeness(gone, ref) for ref in self.leaves if _is_copy(ref)}
        ranked = {ref: score * _prior(ref) for ref, score in scores.items() if score >= _CLEAR}
        order = {ref: place for place, ref in enumerate(self._first(ranked))}
        return tuple(sorted(ranked, key=lambda ref: (-round(ranked[ref], 1), order[ref])))[:4]

    def _closeness(self, wanted: frozenset[str], ref: str) -> float:
        here = content_stems(words_of(self.leaves[ref]))
        score = sum(self._worth(one) for one in wanted & here)
        score += sum(_FUZZY * self._worth(other) for one in wanted - here for other in _like(one, here - wanted))
        return score + len(wanted & self._called[ref] - here)

    def _worth(self, one: str) -> float:
        return log(1 + len(self.leaves) / 4) / (1 + log(max(1, self._weight[one]))) / 2

    def _first(self, refs: Iterable[str]) -> tuple[str, ...]:
        """Order lines: by what people mean first, then the main line of a part, then as in the file."""
        order = {ref: place for place, ref in enumerate(self.texts)}

        def rank(ref: str) -> tuple[int, int, int]:
            part = next((number for number, start in enumerate(words.FIRST) if ref.startswith(start)), len(words.FIRST))
            return (part, _KINDS.get(generic(ref), len(_KINDS)), order[ref])

        return tuple(sorted(dict.fromkeys(refs), key=rank))


_KINDS = {kind: place for place, kind in enumerate(words.CALLED)}
_NAMING = frozenset(("until", "from", "not", "new", "now", "because", "after", "then"))
"""Small words that are names of lines."""
_COPY = ("positioning.", "news.", "messages.", "claims.", "offers.", "ctas.", "people.", "brand.boilerplate", "brand.is", "audiences.")
_NOT_COPY = (
    ".rejected",
    ".settled",
    ".claims",
    ".proof",
    ".channels",
    ".searches",
    ".negatives",
    ".price",
    ".then",
    ".from",
    ".until",
    ".url",
    ".cta",
    ".lead",
    ".offer",
    ".list",
)


def _prior(ref: str) -> float:
    """Say how likely a line is meant where people talk of what is said: the promise before all, what an audience thinks hardly."""
    if ref == "positioning.promise":
        return 1.6
    return 1.2 if ref.endswith(".pillar") else 0.5 if ref.startswith("audiences.") else 1.0


def _is_copy(ref: str) -> bool:
    return ref.startswith(_COPY) and not any(f"{part}." in f"{ref}." for part in _NOT_COPY)


def _own_words(ref: str) -> Iterable[str]:
    return (word for part in ref.split(".") for word in part.replace("_", "-").split("-") if word)


def generic(ref: str) -> str:
    """Give the table entry by which people call a line: offers.week.price.us is offers.*.price.*."""
    parts = ref.split(".")
    return next((known for known in words.CALLED if _fits(known.split("."), parts)), "")


def _fits(known: list[str], parts: list[str]) -> bool:
    return len(known) == len(parts) and all(one in ("*", other) for one, other in zip(known, parts, strict=True))


def _said_words(ref: str) -> Iterable[str]:
    return words.CALLED.get(generic(ref), "").split()


def _markets_called(ref: str) -> frozenset[str]:
    parts = ref.split(".")
    return frozenset(stem(word) for part in parts[1:] for word in words.PLACES.get(part.partition("-")[0], "").split())


def _like(one: str, here: Iterable[str]) -> Iterable[str]:
    """Find words that may be another form of this one: ridden, ride."""
    return (
        other
        for other in here
        if len(one) > _SAME_START - 1 and other[:_SAME_START] == one[:_SAME_START] and abs(len(one) - len(other)) <= _SAME_START
    )
