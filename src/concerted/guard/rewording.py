"""Needless rewording: which sentences of a revised text say nothing of what changed, and are put back as they stood. Pure; in doubt, nothing is.

What comes out is made of whole sentences of either text, and brings back nothing that was to go.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from concerted.rules.figures import Figure, figures
from concerted.rules.fragments import carries
from concerted.rules.languages import BACKWARD, NUMBER_WORDS, PERSON_WORDS, POLITE, RELATIVE, WHEN_STEMS, WHEN_WORDS
from concerted.rules.lexicon import date_keys
from concerted.rules.reading import content_stems, find_run, read, stem, words_of
from concerted.rules.segment import sentences

ALIKE = 0.45
"""So near to each other two sentences say the same in other words ..."""
IN_PLACE = 0.2
"""... and so near where each is the only one between the same two neighbours."""
SHARE = 0.4
"""A sentence that holds this share of what only the old value says may speak of it."""
TWICE = 0.8
"""Sentences so near to each other are one said twice."""
_FEW = 3
_ONE_BETWEEN = 2
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Shift:
    """What changed under a text."""

    pairs: tuple[tuple[str, str], ...] = ()
    """(what a line said, what it says now), for each line that the text was written from and that moved; nothing now where it is gone."""
    runs: tuple[str, ...] = ()
    """Pieces of old values that may not be said any more."""
    broken: tuple[str, ...] = ()
    """Words that a rule objects to."""
    strict: bool = False
    """True where the text stays whole only if the new one takes nothing of the change up, either."""


@dataclass(frozen=True, slots=True)
class PutBack:
    """A text with its needlessly reworded sentences as they stood, and which these are."""

    words: str
    sentences: tuple[str, ...]


def put_back(old: str, new: str, shift: Shift) -> PutBack | None:
    """Put back what the revision `new` of `old` reworded without need; None where that is nothing, or cannot be told."""
    if old == new or not old.strip() or not new.strip():
        return None
    signs = _Signs.of(shift)
    before, after = sentences(old), sentences(new)
    touched = [signs.speaks_of(part) for part in before]
    if not any(touched):
        if len(after) < len(before) and any(not now for _was, now in shift.pairs):
            # Something was withdrawn, and the writer left a sentence out: it may have said the same in other words.
            return None
        if _telling(old) != _telling(new) or (shift.strict and any(signs.takes_up(part, old) for part in after)):
            return None
        kept = {part.strip() for part in after}
        return PutBack(old, tuple(part.strip() for part in before if part.strip() not in kept))
    return _merged(before, after, touched, signs)


def _merged(before: Sequence[str], after: Sequence[str], touched: Sequence[bool], signs: "_Signs") -> PutBack | None:
    pairs = _aligned(before, after)
    if any(not moved and place not in pairs for place, moved in enumerate(touched)):
        # A sentence that holds has no counterpart in its place: the text was put together anew, and only whole.
        return None
    back = {i: j for i, j in pairs.items() if not touched[i] and _is_reworded(before[i], after[j], signs) and _hangs_on(before, after, pairs, i)}
    if not back or _drops_in(before, after, pairs, back):
        return None
    counterpart = {j: i for i, j in pairs.items()}
    parts = [_part(before, after, (j, counterpart.get(j)), back) for j in range(len(after))]
    words = _joined(parts)
    known = {part.strip() for part in (*before, *after)}
    if not {part.strip() for part in sentences(words)} <= known or _says_twice(words, before, after):
        return None
    return PutBack(words, tuple(before[i].strip() for i in sorted(back)))


def _part(before: Sequence[str], after: Sequence[str], place: tuple[int, int | None], back: dict[int, int]) -> str:
    """Give one sentence of the result, with the white space that stood behind it."""
    j, i = place
    if i is None:
        return after[j]
    core = before[i].strip() if i in back else after[j].strip()
    return core + before[i][len(before[i].rstrip()) :]


def _joined(parts: Sequence[str]) -> str:
    out = ""
    for part in parts:
        out += " " + part if out and not out[-1].isspace() else part
    return out.strip()


# What a sentence has to do with a change --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Signs:
    """By what a change is recognised in a sentence."""

    shift: Shift
    old_figures: frozenset[Key] = frozenset()
    new_figures: frozenset[Key] = frozenset()
    old_stems: tuple[frozenset[str], ...] = ()
    """For each line that moved: the words that only its old value has."""
    new_stems: frozenset[str] = frozenset()
    new_values: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, shift: Shift) -> "_Signs":
        """Read the signs off a change."""
        was, now = (frozenset[Key]().union(*(_keys(pair[side]) for pair in shift.pairs)) for side in (0, 1))
        stems = [(content_stems(words_of(old)), content_stems(words_of(new))) for old, new in shift.pairs]
        only_old = tuple(found for one, other in stems if (found := one - other))
        only_new = frozenset[str]().union(*(other - one for one, other in stems))
        return cls(shift, was - now, now - was, only_old, only_new, tuple(new for _old, new in shift.pairs if new))

    def speaks_of(self, sentence: str) -> bool:
        """Tell whether a sentence may state what changed, or hang on it: then it is the writer's business."""
        words = words_of(sentence)
        own = content_stems(words)
        return bool(
            carries(sentence, self.shift.runs, fuzzy=True, allowed=self.new_values)
            or any(find_run(words, words_of(broken)) >= 0 or broken in sentence for broken in self.shift.broken)
            or self.old_figures & _keys(sentence)
            or any(len(found & own) >= max(1, SHARE * len(found)) for found in self.old_stems)
            or (self.old_figures and RELATIVE.intersection(map(stem, words)))
        )

    def takes_up(self, sentence: str, old: str) -> bool:
        """Tell whether a sentence says something of the new value that the earlier words did not."""
        fresh = content_stems(words_of(sentence)) - content_stems(words_of(old))
        return bool(fresh & self.new_stems or self.new_figures & (_keys(sentence) - _keys(old)))


def _is_reworded(old: str, new: str, signs: _Signs) -> bool:
    """Tell whether a sentence is only said in other words: the same figures, days and people, nothing of what is new."""
    same = _keys(old) == _keys(new) and _telling(old) == _telling(new)
    return same and old.strip() != new.strip() and not signs.takes_up(new, old)


@lru_cache(maxsize=4096)
def _telling(text: str) -> tuple[str, ...]:
    """Give, in order, the words that hang on a figure, a date or a person without naming it: fifty, Monday, summer, she.

    Another one is another statement.
    """
    reading = read(text)
    found: list[str] = []
    for at, word in enumerate(reading.words):
        plain = word.partition("'")[0]
        inside = at > 0 and reading.text[reading.ends[at - 1] : reading.starts[at]].strip(" ,") == ""
        polite = inside and reading.passage(at, at + 1) in POLITE
        if plain in NUMBER_WORDS or plain in WHEN_WORDS or plain.startswith(WHEN_STEMS) or (plain in PERSON_WORDS and not polite):
            found.append(plain)
    return tuple(found)


def _keys(text: str) -> frozenset[Key]:
    return frozenset(key for figure in figures(text) for key in _forms(figure))


def _forms(figure: Figure) -> Iterable[Key]:
    """Give the forms under which two figures are the same; a day with and without its year."""
    return ((figure.kind, form) for value in figure.readings for form in (date_keys(value) if figure.kind == "date" else (value,)))


# Which sentence became which -----------------------------------------------------------------------------------------


def _aligned(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """Pair the sentences of two texts in order, so that the pairs are as alike as can be; then those that stand alone between the same neighbours."""
    found = _best(before, after)
    ends = [(-1, -1), *sorted(found.items()), (len(before), len(after))]
    for (i, j), (i_next, j_next) in pairwise(ends):
        if i_next - i == j_next - j == _ONE_BETWEEN and _alike(before[i + 1], after[j + 1]) >= IN_PLACE:
            found[i + 1] = j + 1
    return found


def _best(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """Find the pairs in order with the highest sum of likeness."""
    rows, columns = len(before), len(after)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    near = [[_alike(one, other) for other in after] for one in before]
    for i in reversed(range(rows)):
        for j in reversed(range(columns)):
            taken = near[i][j] + best[i + 1][j + 1] if near[i][j] >= ALIKE else 0.0
            best[i][j] = max(taken, best[i + 1][j], best[i][j + 1])
    found: dict[int, int] = {}
    i = j = 0
    while i < rows and j < columns:
        if near[i][j] >= ALIKE and best[i][j] == near[i][j] + best[i + 1][j + 1]:
            found[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


@lru_cache(maxsize=4096)
def _alike(one: str, other: str) -> float:
    """Say how much two sentences say the same, from 0 to 1: by the words that carry meaning, or by their letters."""
    first, second = read(one.strip()), read(other.strip())
    if first.words == second.words:
        return 1.0
    stems, others = content_stems(first.words), content_stems(second.words)
    shared = 2 * len(stems & others) / (len(stems) + len(others)) if stems and others else 0.0
    letters = SequenceMatcher(None, first.text.casefold(), second.text.casefold(), autojunk=False).ratio()
    return max(shared, 0.9 * letters)


# Whether the sentences still make one text ---------------------------------------------------------------------------


def _hangs_on(before: Sequence[str], after: Sequence[str], pairs: dict[int, int], i: int) -> bool:
    """Tell whether a sentence may stand here again: one that points back ("It ...") needs its old neighbour's counterpart before it."""
    j = pairs[i]
    if _points_back(before[i]) and (i == 0 or pairs.get(i - 1) != j - 1):
        return False
    following = j + 1 < len(after) and _points_back(after[j + 1])
    return not following or pairs.get(i + 1) == j + 1


def _points_back(sentence: str) -> bool:
    return words_of(sentence)[:1] != () and words_of(sentence)[0] in BACKWARD


def _drops_in(before: Sequence[str], after: Sequence[str], pairs: dict[int, int], back: dict[int, int]) -> bool:
    """Tell whether a sentence that the writer added says what a sentence says that would be put back: it was taken apart."""
    added = [content_stems(words_of(after[j])) for j in range(len(after)) if j not in pairs.values()]
    stood = [content_stems(words_of(before[i])) for i in back]
    return any(2 * len(one & other) >= len(one) for one in added if one for other in stood)


def _says_twice(words: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether a text says something twice that neither of the two it is made of does: a sentence, or a figure."""
    parts = sentences(words)
    counted, most = _counted(parts), _counted(before) | _counted(after)
    if any(count > most[key] for key, count in counted.items()):
        return True
    doubled = _doubled(parts)
    return bool(doubled - _doubled(before) - _doubled(after))


def _counted(parts: Sequence[str]) -> Counter[Key]:
    return Counter(key for part in parts for key in _keys(part))


def _doubled(parts: Sequence[str]) -> set[frozenset[str]]:
    """Name the pairs of sentences of a text that say the same."""
    cores = [part.strip() for part in parts]
    pairs = ((one, other) for at, one in enumerate(cores) for other in cores[at + 1 :])
    return {frozenset((one, other)) for one, other in pairs if len(words_of(one)) > _FEW and _alike(one, other) >= TWICE}
