"""How a text sounds, in small measures: sentence length, ease of reading, praise, shouting. English and German.

They hold a text against the strategy's own sentences: what the team wrote itself is the voice. No measure decides anything.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from concerted.campaign.finding import Finding
from concerted.guard import vocabulary
from concerted.rules.case import advise
from concerted.rules.lexicon import Lexicon, as_items
from concerted.rules.reading import words_of
from concerted.rules.segment import sentences

LONG = 32
"""Words from which on a sentence is read twice."""
HARD = 30.0
"""Below this ease of reading a text is for specialists."""
_ENOUGH_WORDS = 60
"""Shorter texts have no average worth speaking of."""
_STRETCH = 1.6
"""So much longer than the strategy's own may sentences be on average."""
_VOWELS = re.compile(r"[aeiouyäöü]+")
_SAMPLES = ("positioning.promise", "positioning.unlike", "positioning.because", "brand.boilerplate")


@dataclass(frozen=True, slots=True)
class Voice:
    """What was measured. `ease` is Flesch's reading ease (Amstad's for German): 60 is plain, 30 is hard; None for a few words only."""

    words: int
    sentences: int
    mean: float
    """Words a sentence."""
    longest: int
    ease: float | None
    praise: int
    """Words that praise and state nothing."""
    shouts: int


def measure_voice(texts: Iterable[str], language: str) -> Voice:
    """Measure some texts as one."""
    parts = [words for text in texts for sentence in sentences(text) if (words := words_of(sentence))]
    words = [word for part in parts for word in part if word[0].isalpha()]
    mean = len(words) / len(parts) if parts else 0.0
    return Voice(
        words=len(words),
        sentences=len(parts),
        mean=round(mean, 1),
        longest=max(map(len, parts), default=0),
        ease=_ease(words, mean, german=language.partition("-")[0] == "de") if len(words) >= _ENOUGH_WORDS else None,
        praise=sum(_praises(part) for part in parts),
        shouts=sum(text.count("!") for text in texts),
    )


def _ease(words: list[str], mean: float, *, german: bool) -> float:
    syllables = sum(map(_syllables, words)) / len(words)
    score = 180 - mean - 58.5 * syllables if german else 206.835 - 1.015 * mean - 84.6 * syllables
    return round(score, 1)


@lru_cache(maxsize=16384)
def _syllables(word: str) -> int:
    """Count groups of vowels; a silent e at the end of an English word counts nothing."""
    groups = len(_VOWELS.findall(word))
    return max(1, groups - (word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1))


def _praises(words: tuple[str, ...]) -> int:
    text = f" {' '.join(words)} "
    return sum(text.count(f" {' '.join(words_of(' '.join(phrase)))} ") for phrase in vocabulary.PUFFERY)


def remarks(texts: Mapping[str, str], lexicon: Lexicon, language: str) -> tuple[Finding, ...]:
    """Remark on what is hard to read or does not sound like the brand; advice only."""
    return (*_long_sentences(texts), *_as_a_whole(texts, lexicon, language), *_by_the_samples(texts, lexicon, language))


def _long_sentences(texts: Mapping[str, str]) -> Iterable[Finding]:
    for name, text in texts.items():
        for sentence in sentences(text):
            count = len(words_of(sentence))
            if count > LONG:
                finding = advise(f"This sentence has {count} words.", "Make two of it.", field=name, evidence=sentence.strip())
                yield replace(finding, rule="long-sentence")


def _as_a_whole(texts: Mapping[str, str], lexicon: Lexicon, language: str) -> Iterable[Finding]:
    own, ours = measure_voice(texts.values(), language), house_voice(lexicon)
    if own.ease is not None and own.ease < HARD:
        message = f"Hard to read: {own.ease:.0f} of 100, {own.mean:.0f} words a sentence."
        yield replace(advise(message, "Shorter sentences, shorter words."), rule="readability", confidence="hint")
    if own.words >= _ENOUGH_WORDS and ours.sentences and own.mean > _STRETCH * max(ours.mean, 10):
        message = f"{own.mean:.0f} words a sentence, where the strategy's own sentences have {ours.mean:.0f}."
        yield replace(advise(message, "Write as the strategy sounds.", ref="brand.is"), rule="voice", confidence="hint")
    edge = next((text for text in as_items(lexicon.facets.get("brand.is_not")) if not _HYPE.isdisjoint(words_of(text))), "")
    if own.praise > 1 and edge:
        message = f"{own.praise} words praise and state nothing; the brand is not {edge}."
        yield replace(advise(message, "Say what it does instead.", ref="brand.is_not"), rule="voice", confidence="hint")
    if own.shouts and edge:
        yield replace(
            advise(f"It shouts; the brand is not {edge}.", "Take the exclamation mark out.", ref="brand.is_not", evidence="!"),
            rule="voice",
            confidence="hint",
        )


def _by_the_samples(texts: Mapping[str, str], lexicon: Lexicon, language: str) -> Iterable[Finding]:
    """Hold a text against the pairs of `brand.samples`: where all pairs differ alike, a text beyond the wrong side is remarked on."""
    if language.partition("-")[0] != lexicon.text("campaign.language").partition("-")[0]:
        return
    pairs = _pairs(lexicon)
    wrong = {tuple(words_of(other)): slug for slug, (_say, other) in pairs.items()}
    for name, text in texts.items():
        for sentence in sentences(text):
            if slug := wrong.get(tuple(words_of(sentence))):
                message = "The strategy gives this sentence as an example of how it never sounds."
                ref = f"brand.samples.{slug}.not"
                yield replace(advise(message, "Say it as the sample beside it does.", ref=ref, field=name, evidence=sentence.strip()), rule="voice")
    if len(pairs) >= _ENOUGH_PAIRS and sum(len(words_of(text)) for text in texts.values()) >= _ENOUGH_WORDS:
        yield from _beyond(" ".join(texts.values()), list(pairs.values()))


def _beyond(text: str, pairs: list[tuple[str, str]]) -> Iterable[Finding]:
    for said, measure in _MEASURES.items():
        like, unlike = [measure(say) for say, _ in pairs], [measure(other) for _, other in pairs]
        ways = {(ours < theirs) - (ours > theirs) for ours, theirs in zip(like, unlike, strict=True)}
        edge, own = sum(unlike) / len(unlike), measure(text)
        if (ways == {1} and own >= edge) or (ways == {-1} and own <= edge):
            ours = sum(like) / len(like)
            message = f"{said}: {own:.1f}. Your samples have {ours:.1f} where they sound like you, and {edge:.1f} where they do not."
            yield replace(advise(message, "Read it beside brand.samples.", ref="brand.samples"), rule="voice", confidence="hint")


def _pairs(lexicon: Lexicon) -> dict[str, tuple[str, str]]:
    """Give the samples that have both sides, by short name."""
    path = "brand.samples.{}.{}"
    found = {slug: (lexicon.text(path.format(slug, "say")), lexicon.text(path.format(slug, "not"))) for slug in lexicon.members("brand.samples")}
    return {slug: (say, other) for slug, (say, other) in found.items() if say and other}


def _share(text: str, which: Callable[[str], bool]) -> float:
    words = words_of(text)
    return 100 * sum(map(which, words)) / len(words) if words else 0.0


_LONG_WORD = 9
_ENOUGH_PAIRS = 2
"""One pair alone could differ in anything."""
# Not the length of sentences: samples are one-liners, and longer copy would always be on the wrong side of them.
_MEASURES: Mapping[str, Callable[[str], float]] = {
    f"Words of {_LONG_WORD} letters or more in a hundred": lambda text: _share(text, lambda word: len(word) >= _LONG_WORD),
    "Exclamation marks in ten sentences": lambda text: 10 * text.count("!") / max(1, len(sentences(text))),
    "Words of praise in a hundred": lambda text: 100 * _praises(words_of(text)) / max(1, len(words_of(text))),
}


_HYPE = frozenset(("hyped", "hype", "loud", "shouting", "salesy", "pushy", "boastful", "marktschreierisch", "laut", "werblich"))
"""Words by which a team says that it does not shout; other edges of a voice are not measured here."""


@lru_cache(maxsize=64)
def house_voice(lexicon: Lexicon) -> Voice:
    """Measure the strategy's own sentences: promise, messages, boilerplate, in its base language."""
    samples = [f"brand.samples.{slug}.say" for slug in lexicon.members("brand.samples")]
    paths = [*_SAMPLES, *samples, *(path for path in lexicon.facets if path.startswith("messages.") and path.endswith((".pillar", ".support")))]
    return measure_voice([text for path in paths if (text := lexicon.text(path))], "en")


def unmeasured(lexicon: Lexicon) -> tuple[str, ...]:
    """Name what the strategy says about its voice and no measure hears; a person listens for these."""
    told = (*as_items(lexicon.facets.get("brand.is")), *as_items(lexicon.facets.get("brand.is_not")))
    return tuple(text for text in told if _HYPE.isdisjoint(words_of(text)))
