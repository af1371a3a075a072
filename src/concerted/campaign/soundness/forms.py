"""Texts whose grammar is not what templates count on: a sentence without an end, a noun phrase with one."""

import re
from collections.abc import Iterable

from concerted.campaign.finding import Finding
from concerted.campaign.leaf import Form
from concerted.campaign.shape import standing_at
from concerted.campaign.strategy import Strategy, leaf_at, path_of, shape, tree_of

RULE = "form"
_CLOSING = "\"'”’»›“‘)]"
_END = ".!?…"
_SHORT = frozenset({
    "inc", "ltd", "co", "corp", "st", "dr", "mr", "mrs", "ms", "jr", "sr", "etc", "vs", "approx", "no",
    "nr", "ca", "bzw", "zzgl", "inkl", "ust", "mwst", "std", "tel", "gem", "lt",
})  # fmt: skip
_LAST_WORD = re.compile(r"([\w.]+)\.$")
_NO_ORDER = re.compile(r"(the|a|an|our|your|my|we|you|it|this|here|die|der|das|ein|eine|unser|unsere|wir|sie|hier)\b", re.IGNORECASE)
_TWO_SENTENCES = re.compile(r"(\w{2,})[.!?] +(?=[A-ZÀ-Þ])")


def ill_formed(strategy: Strategy) -> Iterable[Finding]:
    """Find texts that will read wrong where a template puts them."""
    for keys, _slot, value in standing_at(shape(), tree_of(strategy)):
        ref = path_of(keys)
        leaf = leaf_at(ref)
        said = misfit(str(value), leaf.form) if leaf else None
        if said:
            yield Finding(RULE, "advice", f"{ref}: {said[0]}", said[1], ref=ref, evidence=str(value))


def misfit(text: str, form: Form) -> tuple[str, str] | None:
    """Say how a text fails its grammatical form, and what to do; None where it fits."""
    bare = text.rstrip().rstrip(_CLOSING)
    match form:
        case "sentence":
            return _no_sentence(text, bare)
        case "noun-phrase":
            if _ends(bare) or any(word.lower() not in _SHORT for word in _TWO_SENTENCES.findall(text)):
                return "it is set inside sentences, and this is a sentence of its own", "leave out the full stop, and start small unless it is a name"
        case "imperative":
            if bare.endswith("."):
                return "a button has no full stop", "leave it out"
            if _NO_ORDER.match(bare):
                return "a button says what to do, so it begins with a verb", "write it like Watch a late truck re-plan"
        case "name":
            if _ends(bare):
                return "a name does not end like a sentence", "leave out the end mark"
        case _:
            pass
    return None


def _no_sentence(text: str, bare: str) -> tuple[str, str] | None:
    if not any(letter.isalpha() for letter in text):
        return "a full sentence is expected, and this has no words", "say it in a sentence that can stand alone"
    if not bare.endswith(tuple(_END)):
        return "a full sentence is expected, and this has no end mark", "end it with a full stop, or make it one sentence"
    if _begins_small(text):
        return "it stands as a sentence of its own, and this begins like a part of one", "write a whole sentence, with a verb and a capital"
    return None


def _begins_small(text: str) -> bool:
    """Whether a text begins with a small letter, as a phrase does; a name with a capital inside (iPhone) begins as it is spelled."""
    words = text.split(maxsplit=1)
    return bool(words) and words[0][0].islower() and words[0] == words[0].lower() and "." not in words[0].rstrip(".")


def well_formed(text: str, form: Form) -> str:
    """Give a text the end that its form has: a sentence its full stop, a name or a button none. The stop of an abbreviation stays."""
    match form:
        case "sentence":
            return text if text.rstrip().rstrip(_CLOSING).endswith(tuple(_END)) else f"{text}."
        case "noun-phrase" | "name" | "imperative":
            return text.rstrip(".") if _ends(text) else text
        case _:
            return text


def _ends(text: str) -> bool:
    """Whether a text has the end mark of a sentence; the full stop of an abbreviation is none."""
    last = _LAST_WORD.search(text)
    abbreviated = last is not None and ("." in last[1] or last[1].lower() in _SHORT)
    return text.endswith(tuple(_END)) and not abbreviated
