"""What a sentence claims without a figure: superlatives, comparisons, invented reach, praise, proof that nobody gave, strange names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from concerted.campaign.finding import Finding
from concerted.guard import vocabulary
from concerted.rules.case import advise, stop
from concerted.rules.languages import MONTHS, STARTERS, STOP_WORDS, UNIT_WORDS, word_set
from concerted.rules.lexicon import Lexicon, as_items
from concerted.rules.reading import find_run, read, words_of


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what is known of it: its words, which of them state facts (by place), and which facts those are."""

    text: str
    words: tuple[str, ...]
    covered: frozenset[int]
    paths: frozenset[str]
    german: bool

    def is_covered(self, place: int, length: int = 1) -> bool:
        """Tell whether words state a fact of the strategy."""
        return self.covered.issuperset(range(place, place + length))


def boasts(sentence: Sentence, lexicon: Lexicon, market: str) -> Iterable[Finding]:
    """Find what the strategy would have to prove and does not."""
    if sentence.words in _searches(lexicon):
        return
    yield from _superlatives(sentence, lexicon, market)
    yield from _embellishments(sentence, lexicon)
    yield from _proofs(sentence)
    yield from _strange_names(sentence, lexicon)


@lru_cache(maxsize=64)
def _searches(lexicon: Lexicon) -> frozenset[tuple[str, ...]]:
    """Give what people search for, as words: a list of searches claims nothing."""
    paths = (path for path in lexicon.facets if path.startswith("audiences.") and path.split(".")[2:3] == ["searches"])
    return frozenset(words_of(text) for path in paths for text in as_items(lexicon.facets[path]))


def _remark(rule: str, said: tuple[str, str], words: str, ref: str, *, stops: bool = False) -> Finding:
    """Make a finding about these words; `said` is the message and the remedy."""
    return replace((stop if stops else advise)(*said, ref=ref, evidence=words), rule=rule, confidence="hint" if rule == "unknown-name" else "likely")


# Superlatives and comparisons ----------------------------------------------------------------------------------------

_GERMAN_SUPERLATIVE = re.compile(vocabulary.GERMAN_SUPERLATIVE, re.IGNORECASE)
_ONLY_ONE = re.compile(vocabulary.ONLY_ONE, re.IGNORECASE)
_COMPARED = re.compile(rf"(?:{vocabulary.ENGLISH_MULTIPLE})|(?:{vocabulary.GERMAN_MULTIPLE})|(?:{vocabulary.GERMAN_COMPARATIVE})", re.IGNORECASE)
_ADJECTIVE = re.compile(r"\w+(?:able|ible|ful|ive|ous|al|ed|ent|ant|ic|ing|ary|ient)$")
_NOT_MEANT = {"best": ("regards", "wishes", "before", "of"), "leading": ("to", "into", "up"), "warmest": ("regards",)}
_REACH_OF_THAN = 6
_PROVE = "Prove it: make it a claim with evidence and clear it for this market, or say it without the comparison."


def _superlatives(sentence: Sentence, lexicon: Lexicon, market: str) -> Iterable[Finding]:
    for superlative, words in _found(sentence):
        run = words_of(words)
        place = find_run(sentence.words, run)
        if (place >= 0 and sentence.is_covered(place, len(run))) or _is_proven(run, lexicon, market):
            continue
        if not superlative and (_is_ours(run, lexicon) or _is_cleared(sentence)):
            continue
        if superlative:
            yield _remark("superlative", (f'"{words}" is a superlative without proof.', _PROVE), words, "claims", stops=True)
        else:
            yield _remark("comparative", (f'"{words}" compares without proof.', _PROVE), words, "claims")


def _is_cleared(sentence: Sentence) -> bool:
    """Tell whether a sentence is hardly more than a claim of the strategy, which compares in its own words."""
    return any(path.startswith("claims.") for path in sentence.paths) and len(sentence.covered) >= _MOST * len(sentence.words)


def _found(sentence: Sentence) -> Iterable[tuple[bool, str]]:
    """Give superlatives (true) and comparisons (false) in their words."""
    yield from ((True, hit[0]) for hit in _ONLY_ONE.finditer(sentence.text))
    yield from ((False, hit[0]) for hit in _COMPARED.finditer(sentence.text))
    if sentence.german:
        for hit in _GERMAN_SUPERLATIVE.finditer(sentence.text):
            if hit[0].lower() not in vocabulary.NOT_SUPERLATIVE_DE:
                yield True, hit[0]
        return
    words = sentence.words
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if word == "most" and _ADJECTIVE.match(following):
            yield True, f"most {following}"
        elif word != "most" and word in vocabulary.SUPERLATIVES and not _is_adverb(words, place) and following not in _NOT_MEANT.get(word, ()):
            yield True, word
        elif word in vocabulary.COMPARATIVES and _is_compared(words, place):
            yield False, f"{word} than"


_ARTICLES = frozenset(("the", "our", "your", "its", "their", "my", "a"))
_AFTER_ADVERBS = frozenset(("", "in", "on", "at", "when", "for", "with", "and", "to"))


def _is_adverb(words: tuple[str, ...], place: int) -> bool:
    """Tell whether a superlative says how something is done: "who waits longest in your yard"."""
    following = words[place + 1] if place + 1 < len(words) else ""
    return place > 0 and following in _AFTER_ADVERBS and _ARTICLES.isdisjoint(words[max(0, place - 2) : place])


def _is_compared(words: tuple[str, ...], place: int) -> bool:
    """Tell whether "than" follows, and not only a number: "more than 140" is a number."""
    ahead = words[place + 1 : place + 1 + _REACH_OF_THAN]
    if "than" not in ahead:
        return False
    behind = words[place + 2 + ahead.index("than") :][:1]
    return not (behind and behind[0][0].isdigit())


def _is_proven(run: tuple[str, ...], lexicon: Lexicon, market: str) -> bool:
    """Tell whether a claim that may be made in this market says the same words."""
    for claim in lexicon.claims.values():
        cleared = not claim.cleared or not market or market in claim.cleared
        if claim.kind != "not-yet" and cleared and any(find_run(words_of(text), run) >= 0 for text in (*claim.full, *claim.short)):
            return True
    return False


# Embellishments ------------------------------------------------------------------------------------------------------

_INVENTED = "Say how far it reaches, as the strategy has it, or leave it out."


def _embellishments(sentence: Sentence, lexicon: Lexicon) -> Iterable[Finding]:
    for place, word in enumerate(sentence.words):
        for phrase, weight in _by_first_word().get(word, ()):
            if sentence.words[place : place + len(phrase)] != phrase or sentence.is_covered(place, len(phrase)) or _is_ours(phrase, lexicon):
                continue
            words = " ".join(phrase)
            if weight == "puffery":
                yield _remark("puffery", (f'"{words}" praises and states nothing.', "Say what it does instead."), words, "brand.is_not")
            else:
                said = (f'"{words}": the strategy says nothing of this.', _INVENTED)
                yield _remark("embellishment", said, words, "positioning", stops=weight == "reach")


@lru_cache(maxsize=1)
def _by_first_word() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for weight, table in (("reach", vocabulary.REACH), ("wide", vocabulary.WIDE), ("puffery", vocabulary.PUFFERY)):
        for phrase in sorted(table):
            normal = words_of(" ".join(phrase))
            index.setdefault(normal[0], []).append((normal, weight))
    return {first: tuple(phrases) for first, phrases in index.items()}


@lru_cache(maxsize=4096)
def _is_ours(phrase: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Tell whether a line of the strategy says the same, those on the brand's voice included."""
    voice = (words_of(text) for path in ("brand.is", "brand.is_not") for text in as_items(lexicon.facets.get(path)))
    return any(find_run(words, phrase) >= 0 for words in (*(fact.words for fact in lexicon.facts), *voice))


# Proof that nobody gave ----------------------------------------------------------------------------------------------

_PROOFS = re.compile(vocabulary.PROOFS, re.IGNORECASE)
_EFFECTS = re.compile(vocabulary.EFFECTS, re.IGNORECASE)
_MOST = 0.6
"""A sentence of which so much is the strategy's own needs no other proof."""


def _proofs(sentence: Sentence) -> Iterable[Finding]:
    if any(path.startswith(("claims.", "people.")) for path in sentence.paths) or len(sentence.covered) >= _MOST * len(sentence.words):
        return
    remedy = "State a claim of the strategy here, or leave the sentence out."
    if hit := _PROOFS.search(sentence.text):
        yield _remark("unsupported-claim", (f'"{hit[0]}" calls for proof, and no claim stands behind it.', remedy), hit[0], "claims", stops=True)
    elif hit := _EFFECTS.search(sentence.text):
        yield _remark("unsupported-claim", (f'"{hit[0]}" promises an effect, and no claim stands behind it.', remedy), hit[0], "claims")


# Strange names -------------------------------------------------------------------------------------------------------

_TOKEN = re.compile(r"[^\W\d_][\w’'&-]*")
_DAYS = word_set("""
    monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag christmas easter
    english german french spanish italian american british european internet i ok pdf sms faq ceo cto
    google facebook instagram youtube linkedin bluesky threads tiktok search display performance max
""")
_TITLE_SHARE = 0.6
_LONGEST_ACRONYM = 4


def _strange_names(sentence: Sentence, lexicon: Lexicon) -> Iterable[Finding]:
    tokens = list(_TOKEN.finditer(read(sentence.text).text))
    capitals = [token[0][0].isupper() for token in tokens]
    if len(tokens) > 1 and sum(capitals) > _TITLE_SHARE * len(tokens) and len(tokens) > 3:
        return
    for row in _rows(sentence, tokens, capitals):
        name = " ".join(token[0] for token in row)
        if (len(row) > 1 or not sentence.german) and not any(_is_known(token[0], lexicon) for token in row):
            remedy = "Name only who and what the strategy names, or add it there."
            yield _remark("unknown-name", (f"{name} stands nowhere in the strategy.", remedy), name, "people")


def _rows(sentence: Sentence, tokens: list[re.Match[str]], capitals: list[bool]) -> Iterable[list[re.Match[str]]]:
    """Give capitalised words in a row, the first word of a sentence and of a quotation left out."""
    text = read(sentence.text).text
    row: list[re.Match[str]] = []
    for token, capital in zip(tokens, capitals, strict=True):
        joined = bool(row) and text[row[-1].end() : token.start()] == " "
        if row and not (capital and joined):
            yield row
            row = []
        if capital and (row or _is_inside(text[: token.start()])) and token[0].lower() not in STOP_WORDS:
            row.append(token)
    if row:
        yield row


def _is_inside(before: str) -> bool:
    """Tell whether a word stands behind another one of the same sentence: no stop, colon or quotation mark in between."""
    return bool(re.search(r"[\w,;)’'”]\s$|\w[-/(]$", before))


def _is_known(word: str, lexicon: Lexicon) -> bool:
    plain = words_of(word)
    if word.isupper() and len(word) <= _LONGEST_ACRONYM:
        return True
    return all(part in MONTHS or part in _DAYS or part in UNIT_WORDS or part in STARTERS or part in _known_words(lexicon) for part in plain)


@lru_cache(maxsize=64)
def _known_words(lexicon: Lexicon) -> frozenset[str]:
    """Give every word that a line of the strategy writes with a capital letter, and the words of its short names."""
    found: set[str] = set()
    for fact in lexicon.facts:
        found.update(part for token in _TOKEN.findall(read(fact.text).text) if token[0].isupper() for part in words_of(token))
    for words, _path in (name for names in lexicon.names.values() for name in names):
        found.update(words)
    return frozenset(found)
