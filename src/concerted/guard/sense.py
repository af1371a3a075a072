"""What sentences are about, by their meaning: off the campaign's topic, or still the old line in other words. Advice; it decides nothing.

How sentences become vectors is handed in; without that there is no sense of meaning. The model was taught English; of German it hears
enough to find some of the old lines, and too little to tell what a sentence is about.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from concerted.campaign.facets import Facets
from concerted.campaign.finding import Finding
from concerted.rules.case import advise
from concerted.rules.lexicon import Lexicon
from concerted.rules.reading import words_of
from concerted.rules.segment import sentences

Vectors: TypeAlias = Callable[[Sequence[str]], list[tuple[float, ...]]]
OFF_TOPIC = 0.27
"""A sentence less near than this to every line of the strategy is about something else."""
OLD_LINE = 0.12
"""So much nearer to the old line than to the new one a sentence still carries it ..."""
ABOUT = 0.35
"""... if it is as near as this to the old line at all."""
FEWEST = 5
"""Words that a sentence has before it can be about something."""
SPOKEN = ("positioning.", "messages.", "news.", "claims.", "offers.", "audiences.", "people.", "objections.", "brand.boilerplate", "ctas.")
LINES = ("positioning.", "messages.", "news.")
UNSAID = (".evidence", ".url", ".terms", ".from", ".until", ".list", ".recheck", ".cleared", "positioning.rejected.", ".why", ".source")
LANGUAGE = "en"
LANGUAGES = (LANGUAGE, "de")
"""In which the old line is heard; what is beside the topic only in the first."""


@dataclass(frozen=True, eq=False)
class Sense:
    """A strategy's lines and what they said before, as vectors."""

    vectors: Vectors
    lines: Mapping[str, str]
    """Ref -> what is said today."""
    changed: Mapping[str, tuple[str, str]]
    """Ref -> (what it said before, what it says now)."""
    language: str = LANGUAGE
    """In which its lines are."""

    def topic(self, sentence: str) -> float:
        """Say how near a sentence is to the nearest line of the strategy, from -1 to 1."""
        ranked = self.nearest(sentence, 1)
        return ranked[0][1] if ranked else 1.0

    def nearest(self, text: str, count: int = 2) -> list[tuple[str, float]]:
        """List the lines that a text is nearest to, with how near; for text without a ref, where a person then chooses."""
        if not self.lines:
            return []
        own, *others = self.vectors([text, *self.lines.values()])
        ranked = sorted(zip(self.lines, (_cosine(own, other) for other in others), strict=True), key=lambda pair: -pair[1])
        return ranked[:count]

    def contrast(self, sentence: str) -> tuple[float, str]:
        """Say how much nearer a sentence is to an old line than to what the line says now, and which; 0 where it is near neither."""
        best = (0.0, "")
        for ref, (was, now) in self.changed.items():
            own, old, new = self.vectors([sentence, was, now])
            before = _cosine(own, old)
            if before >= ABOUT:
                best = max(best, (before - _cosine(own, new), ref))
        return best

    def carries_old(self, sentence: str) -> str:
        """Give the ref whose old line a sentence still carries; empty where it carries none."""
        score, ref = self.contrast(sentence) if _is_long(sentence) else (0.0, "")
        return ref if score >= OLD_LINE else ""


def sense_of(vectors: Vectors, lexicon: Lexicon, earlier: Mapping[str, str] | None = None, language: str = LANGUAGE) -> Sense:
    """Prepare a strategy as it speaks one language. `earlier` gives by ref what a line said before and no longer says."""
    lines = dict(_lines(lexicon.facets, language))
    changed = {ref: (was, lines[ref]) for ref, was in (earlier or {}).items() if ref in lines and ref.startswith(LINES) and was != lines[ref]}
    return Sense(vectors, lines, changed, language)


def _lines(facets: Facets, language: str) -> Iterable[tuple[str, str]]:
    """Give the lines in one language: as they stand in the campaign's own, else their wordings of full length."""
    own = str(facets.get("campaign.language") or LANGUAGE).partition("-")[0]
    tail = "" if language == own else f"@{language}"
    for ref, value in facets.items():
        said = isinstance(value, str) and ref == ref.partition("@")[0] + tail and ref.startswith(SPOKEN) and not any(part in ref for part in UNSAID)
        if said and len(words_of(str(value))) >= FEWEST:
            yield ref, str(value)


def remarks(sense: Sense, texts: Mapping[str, str], language: str) -> tuple[Finding, ...]:
    """Remark on sentences that are about something else, and on those that still say what a line said before."""
    if language.partition("-")[0] != sense.language:
        return ()
    return tuple(found for name, text in texts.items() for sentence in sentences(text) if (found := _remark(sense, name, sentence.strip())))


def _remark(sense: Sense, name: str, sentence: str) -> Finding | None:
    if not _is_long(sentence):
        return None
    if ref := sense.carries_old(sentence):
        sure = "likely" if sense.language == LANGUAGE else "hint"
        finding = advise("This sounds like the old line.", "Say what the line says now.", ref=ref, field=name, evidence=sentence, sure=sure)
        return replace(finding, rule="old-line")
    if sense.language == LANGUAGE and sense.topic(sentence) < OFF_TOPIC:
        finding = advise("No line of the strategy is about this.", "Take it out, or add the line.", field=name, evidence=sentence, sure="hint")
        return replace(finding, rule="off-topic")
    return None


def _is_long(sentence: str) -> bool:
    return len(words_of(sentence)) >= FEWEST


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))
