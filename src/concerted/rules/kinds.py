"""Rule kinds about words and form: banned and preferred words, channel limits, exclamation marks, the form of address."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import cast, get_args

from concerted.campaign.deliverable import Count
from concerted.campaign.finding import Finding
from concerted.rules.addressing import addresses
from concerted.rules.case import Case, advise, rule, stop
from concerted.rules.lexicon import Lexicon, Phrase
from concerted.rules.limits import measure, sms
from concerted.rules.links import link_spans
from concerted.rules.reading import Reading, read

_GERMAN_ENDINGS = ("e", "en", "em", "er", "es", "n", "s")


@rule("banned-word", guardrail=True)
def banned_word(case: Case) -> Iterable[Finding]:
    """Keep the words out that the brand never uses.

    What: a word or phrase of brand.words.never stands in the text, whole and in any case or spelling of dashes; plurals count.
    Why: the brand does not use it, and one asset that does is seen by everyone.
    Example: "A seamless start" when brand.words.never holds "seamless"; "seamlessly" is another word.
    """
    index = _index(case.lexicon, "never", case.german)
    for name, text in case.subject.texts.items():
        for phrase, words in _phrases_in(read(text), index, german=case.german):
            remedy = f'Say it without "{phrase.text}", or take it off the list of words never used.'
            yield stop(f'"{words}" is a word that the brand never uses.', remedy, ref=phrase.ref, field=name, evidence=words)


@rule("preferred-word")
def preferred_word(case: Case) -> Iterable[Finding]:
    """Prefer the brand's own words.

    What: a word stands in the text for which brand.words.prefer has a better one.
    Why: one thing has one name, or readers think there are two.
    Example: "calendar" when the brand says "dock plan".
    """
    index = _index(case.lexicon, "prefer", case.german)
    for name, text in case.subject.texts.items():
        for phrase, words in _phrases_in(read(text), index, german=case.german):
            yield advise(f'The brand says "{phrase.instead}".', f'Replace "{words}".', ref=phrase.ref, field=name, evidence=words)


@rule("rejected-line")
def rejected_line(case: Case) -> Iterable[Finding]:
    """Leave rejected lines alone.

    What: a word or line stands in the text that positioning.rejected names.
    Why: the discussion has been had, and the reason is written down.
    Example: "the fastest" when positioning.rejected holds "fastest".
    """
    index = _index(case.lexicon, "rejected", case.german)
    for name, text in case.subject.texts.items():
        for phrase, words in _phrases_in(read(text), index, german=case.german):
            message = f"This line was rejected: {phrase.instead}."
            yield advise(message, "Say it another way, or take the rejection back in the strategy.", ref=phrase.ref, field=name, evidence=words)


@lru_cache(maxsize=64)
def _index(lexicon: Lexicon, which: str, german: bool) -> Mapping[str, tuple[Phrase, ...]]:
    """Index phrases by the first word they can begin with."""
    index: dict[str, list[Phrase]] = {}
    for phrase in {"never": lexicon.banned, "prefer": lexicon.preferred, "rejected": lexicon.rejected}[which]:
        for first in _forms(phrase.words[0], german) if len(phrase.words) == 1 else phrase.words[:1]:
            index.setdefault(first, []).append(phrase)
    return {first: tuple(phrases) for first, phrases in index.items()}


@lru_cache(maxsize=1024)
def _forms(word: str, german: bool) -> frozenset[str]:
    """Give a word and its plural, in German also its other endings."""
    plural = f"{word[:-1]}ies" if word.endswith("y") else f"{word}es"
    return frozenset((word, f"{word}s", plural, *(word + ending for ending in _GERMAN_ENDINGS if german)))


def _phrases_in(reading: Reading, index: Mapping[str, tuple[Phrase, ...]], *, german: bool) -> Iterable[tuple[Phrase, str]]:
    words = reading.words
    if index.keys().isdisjoint(words):
        return
    for place, word in enumerate(words):
        for phrase in index.get(word, ()):
            end = place + len(phrase.words)
            if words[place : end - 1] == phrase.words[:-1] and end <= len(words) and words[end - 1] in _forms(phrase.words[-1], german):
                yield phrase, reading.passage(place, end)


_UNITS: dict[Count, str] = {
    "characters": "characters", "display-width": "characters (wide ones count 2)", "x-weighted": "characters as X counts them",
    "sms-segments": "message parts", "pixels": "pixels", "words": "words",
}  # fmt: skip


@rule("channel-limit", guardrail=True)
def channel_limit(case: Case) -> Iterable[Finding]:
    """Fit the text to its place.

    What: a text, or all the texts that fill one place together, is longer than the channel takes there.
    Why: the channel refuses it or cuts it off, on launch morning.
    Example: a search headline of 34 characters where Google takes 30.
    """
    for slot, names in _slots(case).items():
        texts = case.subject.texts
        broken = [finding for name in names for finding in _too_long(case, name, slot, texts[name])]
        if not broken and len(names) > 1 and not _takes_many(case, slot):
            longest = max(names, key=lambda name: len(texts[name]))
            broken = list(_too_long(case, longest, slot, "\n\n".join(texts[name] for name in names)))
        yield from broken


def _slots(case: Case) -> Mapping[str, list[str]]:
    """Group the fields that have words by the place in the channel that they fill."""
    slots: dict[str, list[str]] = {}
    for name, text in case.subject.texts.items():
        slot = case.subject.slots.get(name, "")
        if slot and text:
            slots.setdefault(slot, []).append(name)
    return slots


def _takes_many(case: Case, slot: str) -> bool:
    """Tell whether texts of this place stand side by side (headlines of an ad) instead of one below the other."""
    path = f"channel.{case.subject.channel}.{slot}"
    return bool(_whole(case.lexicon, f"{path}.max_items") or _whole(case.lexicon, f"{path}.min_items"))


def _too_long(case: Case, name: str, slot: str, text: str) -> Iterable[Finding]:
    path = f"channel.{case.subject.channel}.{slot}"
    most, good = _whole(case.lexicon, f"{path}.max"), _whole(case.lexicon, f"{path}.recommended")
    if not most and not good:
        return
    counted = case.lexicon.text(f"{path}.count") or "characters"
    count = cast(Count, counted if counted in get_args(Count) else "characters")
    length = measure(text, count, _whole(case.lexicon, f"{path}.font_px") or 20)
    unit, label = _UNITS[count], case.lexicon.text(f"{path}.label") or slot
    if most and length > most:
        message = f"{label} is {length} {unit} long, at most {most} go through."
        yield stop(message, _shorten(text, count, length - most), ref=f"{path}.max", field=name, evidence=text)
    elif good and length > good:
        message = f"{label} is {length} {unit} long, {good} or fewer work better."
        yield advise(message, _shorten(text, count, length - good), ref=f"{path}.recommended", field=name, evidence=text)


def _shorten(text: str, count: Count, over: int) -> str:
    message = sms(text) if count == "sms-segments" else None
    if message and message.costly:
        strange = " ".join(message.costly[:5])
        return f"Without {strange} the network packs more than twice as much into one part; replace these characters or shorten the text."
    return f"Shorten it by {over} {_UNITS[count]}."


@rule("channel-items")
def channel_items(case: Case) -> Iterable[Finding]:
    """Give as many texts as the place takes.

    What: there are too few or too many texts of one kind. Judged on whole assets only, not on one field alone.
    Why: the platform refuses the whole ad.
    Example: two headlines in a responsive search ad, which needs three.
    """
    if len(case.subject.texts) == 1 < len(case.subject.slots):
        return
    for slot, names in _slots(case).items():
        path = f"channel.{case.subject.channel}.{slot}"
        label = case.lexicon.text(f"{path}.label") or slot
        fewest, most = _whole(case.lexicon, f"{path}.min_items"), _whole(case.lexicon, f"{path}.max_items")
        if fewest and len(names) < fewest:
            message = f"{label}: {len(names)} given, the channel asks for {fewest}."
            yield stop(message, f"Add {fewest - len(names)}.", ref=f"{path}.min_items", field=names[-1])
        if most and len(names) > most:
            message = f"{label}: {len(names)} given, the channel takes {most}."
            yield stop(message, f"Drop {len(names) - most}.", ref=f"{path}.max_items", field=names[-1])


def _whole(lexicon: Lexicon, path: str) -> int:
    value = lexicon.facets.get(path)
    return value if isinstance(value, int) else 0


@rule("exclamation")
def exclamation(case: Case) -> Iterable[Finding]:
    """Do not shout.

    What: the asset has more than one exclamation mark.
    Why: the second one sells less than the first.
    Example: a subject line and a call to action that both shout.
    """
    fields = [name for name, text in case.subject.texts.items() for _ in range(_shouts(text))]
    if len(fields) > 1:
        yield advise(f"{len(fields)} exclamation marks in one asset.", "Keep one at most.", field=fields[1], evidence="!")


def _shouts(text: str) -> int:
    if "!" not in text:
        return 0
    in_links = sum(text.count("!", start, end) for start, end in link_spans(text))
    return text.count("!") - in_links


@rule("form-of-address")
def form_of_address(case: Case) -> Iterable[Finding]:
    """Address a German reader in one way.

    What: a German text says Sie and du to the same reader, or the form that the market does not use. Quotations are free.
    Why: it reads like two senders.
    Example: "Sie sehen den neuen Plan. Probier ihn mit deinem Team."
    """
    if not case.german:
        return
    wanted = case.lexicon.text(f"markets.{case.market}.address").lower() if case.market else ""
    said = addresses(case.subject.texts)
    formal, informal = said.get(True), said.get(False)
    if wanted in ("sie", "du"):
        wrong = informal if wanted == "sie" else formal
        if wrong:
            shown = "Sie" if wanted == "sie" else "du"
            message = f'"{wrong[1]}" in a market that is addressed with {shown}.'
            yield stop(message, f"Say {shown} throughout.", ref=f"markets.{case.market}.address", field=wrong[0], evidence=wrong[1])
    elif formal and informal:
        message = f'"{formal[1]}" and "{informal[1]}" in one asset.'
        yield advise(message, "Choose Sie or du, and say it in the market's address.", field=informal[0], evidence=informal[1], sure="likely")
