"""Rule kinds that only show when assets lie side by side: the sentence that everyone repeats, the mail that says its page again."""

from collections.abc import Collection, Iterable, Mapping

from concerted.campaign.facets import MEMBERS, Facets
from concerted.campaign.finding import Finding, gravest_first
from concerted.rules import match
from concerted.rules.addressing import addresses
from concerted.rules.case import COMPARISONS, Spread, Subject, advise, at, comparison
from concerted.rules.lexicon import Lexicon, prepare
from concerted.rules.reading import content_stems, words_of
from concerted.rules.segment import sentences

MOST_ASSETS = 3
"""So many assets may share a sentence."""
_SHORTEST = 4
"""Shorter sentences are greetings and calls to action."""
COMPARISON_MODULES = (match,)
"""Importing these, and this module, registers their rules."""


def contradictions(subjects: Iterable[Subject], facets: Facets | Lexicon, exempt: Collection[str] = ()) -> tuple[Finding, ...]:
    """Run every comparison over many assets. What the strategy means to repeat may repeat; so may whatever `exempt` holds."""
    lexicon = prepare(facets)
    free = frozenset(words_of(sentence) for text in (*_meant_to_repeat(lexicon), *exempt) for sentence in (text, *sentences(text)))
    spread = Spread(tuple(subjects), lexicon, free)
    return gravest_first(finding for known in COMPARISONS.values() for finding in known.run(spread))


def _meant_to_repeat(lexicon: Lexicon) -> Iterable[str]:
    """Give legal lines, calls to action, boilerplate, qualifiers, quotes, and the claims that somebody has cleared."""
    for path in lexicon.facets:
        names = path.partition("@")[0].split(".")
        if path.endswith(MEMBERS) or not isinstance(lexicon.facets[path], str):
            continue
        if names[:2] == ["brand", "boilerplate"] or (len(names) > 2 and (names[0], names[2]) in _REPEATED):
            yield lexicon.text(path)
    for claim in lexicon.claims.values():
        if claim.cleared and claim.kind != "not-yet":
            yield from (*claim.full, *claim.short)


_REPEATED = frozenset(
    (("ctas", "text"), ("ctas", "url"), ("claims", "short_needs"), ("markets", "sender"), ("markets", "imprint"), ("markets", "legal"),
     ("offers", "terms"), ("people", "quote"))
)  # fmt: skip


@comparison("repeated-sentence")
def repeated_sentence(spread: Spread) -> Iterable[Finding]:
    """Say it in other words in each asset.

    What: the same sentence stands in more than three assets. Legal lines, calls to action, boilerplate, offers, quotes and cleared claims may.
    Why: a reader who meets it in the post, the mail and on the page stops reading at the second.
    Example: "A late truck no longer costs you the morning." in five mails.
    """
    places: dict[tuple[str, ...], dict[str, tuple[str, str]]] = {}
    for subject in spread.subjects:
        for name, text in subject.texts.items():
            for sentence in sentences(text):
                words = words_of(sentence)
                if len(words) >= _SHORTEST and words not in spread.free:
                    places.setdefault(words, {}).setdefault(subject.asset, (name, sentence.strip()))
    for shared in places.values():
        if len(shared) > MOST_ASSETS:
            for asset, (name, sentence) in list(shared.items())[MOST_ASSETS:]:
                message = f"The same sentence stands in {len(shared)} assets."
                yield at(asset, advise(message, "Say it in other words here.", field=name, evidence=sentence))


_NEARLY = 0.8
_FEWEST = 3


@comparison("subject-is-headline")
def subject_is_headline(spread: Spread) -> Iterable[Finding]:
    """Let the mail open the thought and the page continue it.

    What: a subject line is the headline of a page, word for word (certain), or most of its words that mean something are (likely).
    Why: whoever clicks reads the same line again, and nothing has moved.
    Example: the subject "Dock plans that fix themselves" over a page of that headline.
    """
    pages: dict[tuple[str, ...], str] = {}
    for subject in spread.subjects:
        if subject.texts.get("h1", "").strip():
            pages.setdefault(words_of(subject.texts["h1"]), subject.asset)
    for subject in spread.subjects:
        line = subject.texts.get("subject", "")
        words = words_of(line)
        if not words:
            continue
        remedy = "Let the mail open the thought and the page continue it."
        if page := pages.get(words):
            yield at(subject.asset, advise(f"The subject line is the headline of {page}.", remedy, field="subject", evidence=line))
        elif page := _nearly(words, pages):
            message = f"The subject line is nearly the headline of {page}."
            yield at(subject.asset, advise(message, remedy, field="subject", evidence=line, sure="likely"))


def _nearly(words: tuple[str, ...], pages: Mapping[tuple[str, ...], str]) -> str:
    mine = content_stems(words)
    for headline, page in pages.items():
        theirs = content_stems(headline)
        shared = len(mine & theirs)
        if shared >= _FEWEST and shared >= _NEARLY * max(len(mine), len(theirs)):
            return page
    return ""


@comparison("two-addresses", sure="likely")
def two_addresses(spread: Spread) -> Iterable[Finding]:
    """Address the readers of a market in one way.

    What: in a market whose form of address is open, one German asset says Sie and another du to the same audience.
    Why: the mail and the page it leads to read like two senders.
    Example: a mail that says "Ihre Rampe" and an ad that says "deine Rampe".
    """
    by_reader: dict[tuple[str, str], dict[bool, list[tuple[str, str, str]]]] = {}
    for subject in spread.subjects:
        if subject.language.partition("-")[0] != "de" or spread.lexicon.text(f"markets.{subject.market}.address").lower() in ("sie", "du"):
            continue
        for formal, (name, word) in addresses(subject.texts).items():
            by_reader.setdefault((subject.market, subject.audience), {}).setdefault(formal, []).append((subject.asset, name, word))
    for (market, _audience), found in by_reader.items():
        if len(found) > 1:
            fewer, more = sorted(found.values(), key=len)
            for asset, name, word in fewer:
                message = f'"{word}" here, "{more[0][2]}" in {more[0][0]}, to the same readers.'
                remedy = "Choose Sie or du, and say it in the market's address."
                yield at(asset, advise(message, remedy, ref=f"markets.{market}.address", field=name, evidence=word))
