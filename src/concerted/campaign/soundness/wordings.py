"""Wordings that word nothing, stand in the wrong place, or are longer than their length."""

from collections.abc import Collection, Iterable
from unicodedata import normalize

from concerted.campaign.finding import Finding
from concerted.campaign.leaf import LIMITS, WORDS
from concerted.campaign.shape import Slot, below, leaves, standing_at
from concerted.campaign.spelling import did_you_mean
from concerted.campaign.strategy import Strategy, keys_of, path_of, shape, tree_of

NOTHING = "wording-of-nothing"
LANGUAGE = "wording-language"


def misplaced(strategy: Strategy) -> Iterable[Finding]:
    """Find wordings of what does not exist or cannot be worded, or in a language that nobody reads."""
    tree = tree_of(strategy)
    filled = {path_of(keys): slot for keys, slot, _ in standing_at(shape(), {k: v for k, v in tree.items() if k != "wordings"})}
    worded = sorted(path for path, slot in filled.items() if slot.leaf.worded)
    base = bare(strategy.campaign.language)
    read = {base, *(bare(market.language) for market in strategy.markets.values())}
    for language, refs in strategy.wordings.items():
        if language not in read:
            yield Finding(
                LANGUAGE,
                "advice",
                f"wordings.{language}: no market reads this language",
                did_you_mean(language, sorted(read)),
                ref=f"wordings.{language}",
            )
        for ref, lengths in refs.items():
            place = f"wordings.{language}.{ref}"
            if ref not in worded:
                yield Finding(NOTHING, "file", *_of_nothing(ref, place, filled, worded), ref=place)
            elif language == base and lengths.text is not None:
                message = f"{place}: the whole text in the language of this file stands at {ref} itself"
                yield Finding("wording-of-itself", "file", message, "keep one of the two", ref=f"{ref}@{language}")


def _of_nothing(ref: str, place: str, others: Collection[str], worded: list[str]) -> tuple[str, str]:
    if ref in others:
        return f"{place}: {ref} is the same in every language and length, it has no wordings", "remove this line"
    if below(shape(), keys_of(ref)) is None:
        known = [path for path, leaf in leaves(shape()) if leaf.worded and "*" not in path]
        return f"{place}: there is no {ref} in the campaign file", did_you_mean(ref, sorted({*known, *worded}))
    if not isinstance(below(shape(), keys_of(ref)), Slot):
        return f"{place}: {ref} is a map; a wording belongs to one text in it", did_you_mean(ref, worded)
    if any(path.rpartition(".")[0] == ref.rpartition(".")[0] for path in [*worded, *others]):
        return f"{place}: {ref} is not filled in, so there is nothing to word", did_you_mean(ref, worded)
    return f"{place}: there is no {ref.rpartition('.')[0]} in the campaign file", did_you_mean(ref, worded)


def misfitting(strategy: Strategy) -> Iterable[Finding]:
    """Find wordings that are longer than the length they stand under."""
    for language, refs in strategy.wordings.items():
        for ref, lengths in refs.items():
            for name, limit in LIMITS.items():
                text: str | None = getattr(lengths, name)
                size = len(normalize("NFC", " ".join(text.split()))) if text else 0
                if text and size > limit:
                    yield _too_long(f"{ref}@{language}.{name}", text, f"{size} characters, and {name} holds {limit}")
            for name, (aim, limit) in WORDS.items():
                text = getattr(lengths, name)
                if text and len(text.split()) > limit:
                    yield _too_long(f"{ref}@{language}.{name}", text, f"{len(text.split())} words, and {name} means about {aim}")


def _too_long(ref: str, text: str, said: str) -> Finding:
    return Finding("wording-length", "release", f"{ref} has {said}", "write a shorter one; nothing is cut to fit", ref=ref, evidence=text)


def bare(locale: str) -> str:
    """Take the country off a language: `de-DE` is read in `de`."""
    return locale.split("-")[0]
