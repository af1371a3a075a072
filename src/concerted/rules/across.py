"""Remarks that only show when assets lie side by side: the sentence that everyone repeats, the mail that says its page again."""

from collections.abc import Collection, Iterable, Mapping

from concerted.campaign.facets import MEMBERS, Facets
from concerted.campaign.finding import Finding, gravest_first
from concerted.rules.lexicon import Lexicon, prepare
from concerted.rules.reading import words_of
from concerted.rules.segment import sentences

MOST_ASSETS = 3
"""So many assets may share a sentence."""
_SHORTEST = 4
"""Shorter sentences are greetings and calls to action."""


def contradictions(texts: Mapping[str, Mapping[str, str]], facets: Facets | Lexicon, exempt: Collection[str] = ()) -> tuple[Finding, ...]:
    """Compare the texts of many assets (asset -> field -> text).

    Legal lines, calls to action, boilerplate, qualifiers and people's quotes may repeat; so may whatever `exempt` holds.
    """
    free = frozenset(words_of(sentence) for text in (*_meant_to_repeat(prepare(facets)), *exempt) for sentence in (text, *sentences(text)))
    return gravest_first((*_repeated(texts, free), *_subject_is_headline(texts)))


def _meant_to_repeat(lexicon: Lexicon) -> Iterable[str]:
    for path in lexicon.facets:
        names = path.partition("@")[0].split(".")
        if path.endswith(MEMBERS) or not isinstance(lexicon.facets[path], str):
            continue
        if names[:2] == ["brand", "boilerplate"] or (len(names) > 2 and (names[0], names[2]) in _REPEATED):
            yield lexicon.text(path)


_REPEATED = frozenset(
    (("ctas", "text"), ("ctas", "url"), ("claims", "short_needs"), ("markets", "sender"), ("markets", "imprint"), ("markets", "legal"),
     ("offers", "terms"), ("people", "quote"))
)  # fmt: skip


def _repeated(texts: Mapping[str, Mapping[str, str]], free: Collection[tuple[str, ...]]) -> Iterable[Finding]:
    places: dict[tuple[str, ...], dict[str, tuple[str, str]]] = {}
    for asset, fields in texts.items():
        for name, text in fields.items():
            for sentence in sentences(text):
                words = words_of(sentence)
                if len(words) >= _SHORTEST and words not in free:
                    places.setdefault(words, {}).setdefault(asset, (name, sentence.strip()))
    for shared in places.values():
        if len(shared) > MOST_ASSETS:
            for asset, (name, sentence) in list(shared.items())[MOST_ASSETS:]:
                message = f"The same sentence stands in {len(shared)} assets."
                yield Finding("repeated-sentence", "advice", message, "Say it in other words here.", asset=asset, field=name, evidence=sentence)


def _subject_is_headline(texts: Mapping[str, Mapping[str, str]]) -> Iterable[Finding]:
    headlines = {words_of(fields["h1"]): asset for asset, fields in texts.items() if fields.get("h1", "").strip()}
    for asset, fields in texts.items():
        page = headlines.get(words_of(fields.get("subject", "")))
        if page:
            message = f"The subject line is the headline of {page}."
            remedy = "Let the mail open the thought and the page continue it."
            yield Finding("subject-is-headline", "advice", message, remedy, asset=asset, field="subject", evidence=fields["subject"])
