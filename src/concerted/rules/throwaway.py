"""Rule kinds for the signs of copy that gets thrown away: variants that are one, cards without proof, slogans as answers, old told as new."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from concerted.campaign.finding import Finding
from concerted.rules.case import Case, advise, rule
from concerted.rules.figures import figures
from concerted.rules.languages import word_set
from concerted.rules.lexicon import Lexicon
from concerted.rules.reading import content_stems, find_run, stem, words_of
from concerted.rules.segment import sentences

# Variants that are one ------------------------------------------------------------------------------------------------

_NUMBERED = re.compile(r"(.+?)_(?:\d+|[a-e])$")
_ALIKE = 0.6
_FEWEST = 3


@rule("one-headline", sure="likely")
def one_headline(case: Case) -> Iterable[Finding]:
    """Let each variant say something else.

    What: of the lines that fill one place (headlines of an ad, descriptions), more than half share most of their words, the product's name aside.
    Why: a network tests variants against each other; fifteen of one line test nothing.
    Example: "Dock plans that fix themselves", "A dock plan that fixes itself", "Self-fixing dock plans".
    """
    ours = _our_names(case.lexicon)
    for place, lines in _variants(case).items():
        group = [name for name, alike in zip(lines, _alike(tuple(lines.values()), ours), strict=True) if alike]
        if len(group) >= _FEWEST and 2 * len(group) > len(lines):
            message = f"{len(group)} of {len(lines)} lines for {place} say one thing."
            remedy = "Keep one of them, and let the others speak of another benefit, the price, the proof or the objection."
            yield advise(message, remedy, field=group[1], evidence=lines[group[1]])


def _variants(case: Case) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, text in case.subject.texts.items():
        numbered = _NUMBERED.fullmatch(name)
        if numbered and not numbered[1].startswith("faq"):
            found.setdefault(numbered[1].replace("_", " "), {})[name] = text
    return {place: lines for place, lines in found.items() if len(lines) >= _FEWEST}


@lru_cache(maxsize=4096)
def _alike(lines: tuple[str, ...], ours: frozenset[str]) -> tuple[bool, ...]:
    """Mark the lines of the largest group that say nearly what one of them says."""
    stems = [content_stems(words_of(line)) - ours for line in lines]
    return max((tuple(_overlap(one, other) >= _ALIKE for other in stems) for one in stems), key=sum)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


@lru_cache(maxsize=64)
def _our_names(lexicon: Lexicon) -> frozenset[str]:
    names = (lexicon.text("campaign.name"), lexicon.text("campaign.company").partition(" (")[0])
    return frozenset(stem(word) for name in names for word in words_of(name))


# Three cards ----------------------------------------------------------------------------------------------------------

_CARD = re.compile(r"(?:benefit|feature|card|pillar)_\d+")
_SHORT = 12
_CARDS = 3


@rule("feature-cards", sure="hint")
def feature_cards(case: Case) -> Iterable[Finding]:
    """Give the reader of a page more than a line and three cards.

    What: the headline is the promise, and below it stand three short cards without a figure, a proof or an offer among them.
    Why: every page of every rival looks like this, and nobody remembers which one they read.
    Example: "When trucks run late, your dock plan fixes itself." over "Re-plans docks.", "Tells drivers.", "Saves calls.".
    """
    headline = words_of(case.subject.texts.get("h1", ""))
    cards = {name: text for name, text in case.subject.texts.items() if _CARD.fullmatch(name)}
    if not headline or len(cards) < _CARDS or not any(headline == words_of(line) for line in _lines(case.lexicon, ("positioning.promise",))):
        return
    if all(len(words_of(text)) <= _SHORT and not _proves(case, name, text) for name, text in cards.items()):
        remedy = "Let one of them show how it works, one prove it, one answer what this audience objects."
        yield advise(f"The promise and {len(cards)} cards without proof.", remedy, field=next(iter(cards)), evidence=next(iter(cards.values())))


def _proves(case: Case, name: str, text: str) -> bool:
    return bool(figures(text)) or any(says.certain and says.path.startswith(("claims.", "people.", "offers.")) for says in case.says[name])


@lru_cache(maxsize=256)
def _lines(lexicon: Lexicon, paths: tuple[str, ...]) -> tuple[str, ...]:
    """Give some leaves with all their wordings."""
    return tuple(fact.text for fact in lexicon.facts if fact.path.partition("@")[0] in paths)


# Slogans as answers ---------------------------------------------------------------------------------------------------

_QUESTION = {"a": "q", "answer": "question"}


@rule("slogan-answer", sure="likely")
def slogan_answer(case: Case) -> Iterable[Finding]:
    """Answer a question with an answer.

    What: an answer is the promise or a message of the campaign, word for word or with other endings and filling.
    Why: people ask because something keeps them from buying; a slogan tells them that nobody will say.
    Example: "Does it work with our carriers?" - "When trucks run late, your dock plan fixes itself."
    """
    for name in _answers(case.subject.texts):
        answer = case.subject.texts[name]
        stems = content_stems(words_of(answer))
        if any(len(stems & line) >= _FEWEST and stems <= line for line in _slogans(case.lexicon)):
            remedy = "Say yes or no first, then what happens."
            yield advise("A line of the campaign stands where an answer should.", remedy, field=name, evidence=answer)


def _answers(texts: Mapping[str, str]) -> Iterable[str]:
    """Name the fields that answer another one: faq_1_a has faq_1_q, answer_2 has question_2."""
    for name in texts:
        asked = "_".join(_QUESTION.get(part, part) for part in name.split("_"))
        if asked != name and asked in texts and texts[name].strip():
            yield name


@lru_cache(maxsize=64)
def _slogans(lexicon: Lexicon) -> frozenset[frozenset[str]]:
    pillars = tuple(f"messages.{slug}.pillar" for slug in lexicon.members("messages"))
    return frozenset(content_stems(words_of(line)) for line in _lines(lexicon, ("positioning.promise", *pillars)))


# The old product told as news -----------------------------------------------------------------------------------------

_NEWS = word_set("now new introducing today finally launches launching starts announcing jetzt neu neue neuen neuer neues heute endlich startet")
_NO_NEWS = word_set("until previously formerly once was were used stays remains still already bisher früher war waren bleibt weiterhin schon")
_MOST = 0.6


@rule("old-as-news", sure="likely")
def old_as_news(case: Case) -> Iterable[Finding]:
    """Tell the new as news, and the old as what it is.

    What: a sentence that says "now", "new" or "introducing" is about what news.until_now or news.not_new describes, and not about news.new.
    Why: customers who have had it for years ask whether anybody at the company knows.
    Example: "New: fix every slot the evening before" when that is what the product always did.
    """
    old, new = _old(case.lexicon), content_stems(words_of(case.lexicon.text("news.new")))
    for name, text in case.subject.texts.items() if old else ():
        for sentence in sentences(text):
            words = words_of(sentence)
            if _NEWS.isdisjoint(words) or not _NO_NEWS.isdisjoint(words):
                continue
            about = content_stems(words) - _our_names(case.lexicon) - frozenset(map(stem, _NEWS))
            for ref, stems in old.items():
                only_old = stems - new
                if len(about & only_old) >= _FEWEST and len(about & only_old) >= _MOST * len(about - new):
                    yield advise(
                        "This is told as news, and it is what there was before.", "Say what is new.", ref=ref, field=name, evidence=sentence.strip()
                    )
                    break


@lru_cache(maxsize=64)
def _old(lexicon: Lexicon) -> Mapping[str, frozenset[str]]:
    found = {ref: content_stems(words_of(lexicon.text(ref))) - _our_names(lexicon) for ref in ("news.until_now", "news.not_new")}
    return {ref: stems for ref, stems in found.items() if stems}


# True of everybody ----------------------------------------------------------------------------------------------------

_SAYS_SOMETHING = 0.34
_BARE = 2
_SPEAKS_OF_ITSELF = _NEWS | word_set(
    "call ask write wrote written reply mail email page press contact named fragt fragen rufen schreiben geschrieben antworten seite"
)
"""An announcement, or where to turn to: nobody reads it as a reason."""


@rule("swap-test", sure="hint")
def swap_test(case: Case) -> Iterable[Finding]:
    """Write no sentence that stays true with a rival's name.

    What: a sentence with our name for people outside, in which little is from the strategy: no figure, no fact, hardly a word of claims and messages.
    Why: if it is true of everybody, it is no reason to choose us.
    Example: "Rampline helps your team work better every day."
    """
    if not case.outside:
        return
    ours = _our_names(case.lexicon)
    names = [words for path in ("campaign.name", "campaign.company") if (words := words_of(case.lexicon.text(path).partition(" (")[0]))]
    for name, text in case.subject.texts.items():
        if not any(find_run(words_of(text), words) >= 0 for words in names):
            continue
        facts = [words_of(says.evidence) for says in case.says[name] if says.certain and says.how != "name"]
        for sentence in sentences(text):
            words = words_of(sentence)
            if any(find_run(words, run) >= 0 for run in names) and _is_empty(sentence, content_stems(words) - ours, facts, case.lexicon):
                remedy = "Say what only we do, with a claim or a fact of the strategy."
                yield advise("This stays true with a rival's name in it.", remedy, ref="positioning", field=name, evidence=sentence.strip())


def _is_empty(sentence: str, stems: frozenset[str], facts: Sequence[tuple[str, ...]], lexicon: Lexicon) -> bool:
    words = words_of(sentence)
    if (
        len(words) < 2 * _BARE
        or not _SPEAKS_OF_ITSELF.isdisjoint(words)
        or len(stems) <= _BARE
        or figures(sentence)
        or any(find_run(words, fact) >= 0 for fact in facts)
    ):
        return False
    return len(stems & _own_stems(lexicon)) < _SAYS_SOMETHING * len(stems)


@lru_cache(maxsize=64)
def _own_stems(lexicon: Lexicon) -> frozenset[str]:
    """Give the stems of what the strategy says about the thing itself."""
    parts = ("claims", "messages", "news", "offers", "positioning", "brand", "campaign", "audiences", "people")
    return frozenset(found for fact in lexicon.facts if fact.part in parts for found in fact.stems)
