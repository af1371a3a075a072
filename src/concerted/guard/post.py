"""A guard's post: all that the streams of one deliverable are watched for, put together once and then only read."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from concerted.campaign.deliverable import Deliverable, DeliverableType
from concerted.campaign.facets import Facets
from concerted.campaign.intervention import LEVELS, Level
from concerted.guard.automaton import Automaton, compiled
from concerted.guard.phrases import Place, phrases_of, place_of
from concerted.guard.subject import subject_of
from concerted.rules.case import Subject
from concerted.rules.lexicon import Lexicon, as_text, prepare
from concerted.rules.reading import content_stems, words_of

Contrast: TypeAlias = Callable[[str], float]
"""How much nearer a sentence is to the old line than to the new one, from -1 to 1."""
_COUNTED = ("characters", "display-width")
"""Ways of counting in which a text that is too long stays too long."""


@dataclass(frozen=True, slots=True)
class Protocol:
    """How closely a campaign's workers are led. `check_in`: how often they ask whether to go on. `shadow`: the guard watches and stops nothing."""

    check_in: Level = "token"
    shadow: bool = False


def protocol_of(facets: Facets | Lexicon) -> Protocol:
    """Read the protocol of a strategy."""
    held = facets.facets if isinstance(facets, Lexicon) else facets
    level = as_text(held.get("protocol.check_in"))
    return Protocol(level if level in LEVELS else "token", as_text(held.get("protocol.guard")) == "shadow")


@dataclass(frozen=True, eq=False)
class Post:
    """What to watch for. `demoted` names rules, or refs of theirs, that proved imprecise: their phrases count as soft."""

    subject: Subject
    place: Place
    lexicon: Lexicon
    today: date
    automaton: Automaton
    protocol: Protocol = Protocol()
    demoted: frozenset[str] = frozenset()
    contrast: Contrast | None = None
    limits: Mapping[str, int] = field(default_factory=dict[str, int])
    """Field -> the characters that go through at most."""

    @property
    def ordinary(self) -> frozenset[str]:
        """The words of the strategy of today: none of them is a slip for another one."""
        return ordinary(self.lexicon)


def post_for(
    facets: Facets | Lexicon,
    old_facets: Facets | Lexicon | None,
    deliverable: Deliverable,
    kind: DeliverableType | None,
    today: date,
    demoted: Collection[str] = (),
) -> Post:
    """Put a post together. `old_facets` is the strategy before the change that this draft follows, None for a first draft."""
    lexicon = prepare(facets)
    subject = subject_of(deliverable, kind, {}, today)
    outside = subject.visibility != "staff"
    old = prepare(old_facets) if old_facets is not None else None
    return Post(
        subject=subject,
        place=place_of(deliverable, today, outside=outside),
        lexicon=lexicon,
        today=today,
        automaton=compiled(phrases_of(lexicon, old, deliverable, today, outside=outside)),
        protocol=protocol_of(lexicon),
        demoted=frozenset(demoted),
        contrast=contrast(old, lexicon) if old is not None else None,
        limits=dict(_limits(subject, lexicon)),
    )


@lru_cache(maxsize=64)
def ordinary(lexicon: Lexicon) -> frozenset[str]:
    """Give every word that a line of the strategy uses."""
    return frozenset(word for fact in lexicon.facts for word in fact.words)


def _limits(subject: Subject, lexicon: Lexicon) -> Iterable[tuple[str, int]]:
    for name, slot in subject.slots.items():
        path = f"channel.{subject.channel}.{slot}"
        most = lexicon.facets.get(f"{path}.max")
        if slot and isinstance(most, int) and (lexicon.text(f"{path}.count") or "characters") in _COUNTED:
            yield name, most


_LINES = ("positioning.", "messages.", "news.")
_FEWEST = 2


def contrast(old: Lexicon, new: Lexicon) -> Contrast | None:
    """Compare sentences with what the lines of the strategy said and what they say now, by the words that only one of them has.

    None where no line changed. The extra `semantic` brings a better measure of the same kind.
    """
    pairs: list[tuple[frozenset[str], frozenset[str]]] = []
    for fact in old.facts:
        if fact.path.startswith(_LINES) and (now := new.text(fact.path)) != fact.text:
            before, after = content_stems(fact.words), content_stems(words_of(now))
            if len(before - after) >= _FEWEST:
                pairs.append((before - after, after - before))
    if not pairs:
        return None

    def nearer(sentence: str) -> float:
        stems = content_stems(words_of(sentence))
        return max(_share(stems, before) - _share(stems, after) for before, after in pairs)

    return nearer


def _share(stems: frozenset[str], line: frozenset[str]) -> float:
    return len(stems & line) / len(line) if line else 0.0
