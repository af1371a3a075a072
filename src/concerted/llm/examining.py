"""Whether an answer will do, field by field, and what kind of trouble it is where not. What is done about it is the writer's business."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from concerted.campaign.work import Work
from concerted.llm.answer import MISSING, is_keep
from concerted.llm.language import foreign
from concerted.llm.model import Ending

Kind: TypeAlias = Literal["malformed", "truncated", "over-long", "wrong-language", "empty", "refused", "keep", "finding", "missing", "drift"]
Inspect: TypeAlias = Callable[[Work, Mapping[str, str]], Mapping[str, str]]
"""(work, words by field) -> field -> what stands against these words, as a sentence for the writer. The campaign's rules."""
_REFUSALS = re.compile(
    r"^\W*(?:(?:i(?:'|’)?m|i am) (?:really |very )?sorry,? but (?:i|this|that)\b|sorry,? (?:but )?i (?:can|am not)|"
    r"i (?:can(?:'|’)t|cannot|can not|won(?:'|’)t|am (?:not able|unable) to|(?:'|’)m (?:not able|unable) to) "
    r"(?:help (?:you )?with|assist|comply|fulfil|write (?:this|that)|create (?:this|that)|provide (?:this|that)|do that)|"
    r"as an ai (?:language )?(?:model|assistant)|als ki-|(?:es )?tut mir leid,? (?:aber )?(?:ich|dabei|das) )",
    re.IGNORECASE,
)
"""How models say that they would not, when they say it in place of the words."""
_MARKUP = re.compile(r"^(?:\*\*|#{1,6} |```)|\*\*$")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a field's answer, as a sentence for whoever writes it next."""

    kind: Kind
    said: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What of an answer is taken, None for KEEP, and what is wrong with the rest."""

    taken: Mapping[str, str | None] = field(default_factory=dict[str, str | None])
    troubles: Mapping[str, Trouble] = field(default_factory=dict[str, Trouble])


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was read."""

    values: Mapping[str, str]
    complete: frozenset[str]
    ending: Ending | None
    said: str = ""
    """What a model said that would not."""
    over_long: str = ""
    """The field at which nobody listened any more."""


def examine(work: Work, asked: tuple[str, ...], given: Given, inspect: Inspect) -> Verdict:
    """Judge an answer to the fields that were asked."""
    if given.ending == "refused" or (not given.values and _REFUSALS.match(given.said)):
        return Verdict(troubles=dict.fromkeys(asked, Trouble("refused", given.said or "the model would not answer")))
    taken: dict[str, str | None] = {}
    troubles: dict[str, Trouble] = {}
    for name in asked:
        trouble = _trouble(work, name, given)
        if trouble:
            troubles[name] = trouble
        else:
            words = given.values[name]
            taken[name] = None if is_keep(words) else words
    words = {name: text for name, text in taken.items() if text}
    language = foreign(" ".join(words.values()), work.locale)
    if language:
        wrong = Trouble("wrong-language", f"it is in {language}; the text is in {work.locale}")
        return Verdict({name: text for name, text in taken.items() if name not in words}, {**troubles, **dict.fromkeys(words, wrong)})
    if words:
        troubles |= {name: Trouble("finding", said) for name, said in inspect(work, words).items() if name in words}
    return Verdict({name: text for name, text in taken.items() if name not in troubles}, troubles)


def _trouble(work: Work, name: str, given: Given) -> Trouble | None:
    words = given.values.get(name)
    if name == given.over_long:
        return Trouble("over-long", "it ran on far beyond what there is room for; say it in a fraction of that")
    if name not in given.complete:
        if given.ending == "length":
            return Trouble("truncated", "the answer was cut off before its end; write it shorter")
        said = "it is not in the answer" if words is None else "its end is not marked"
        return Trouble("malformed", f"{said}; answer in the form that was asked for, with every field")
    return _trouble_in(work, name, words or "")


def _trouble_in(work: Work, name: str, words: str) -> Trouble | None:
    if is_keep(words):
        return None if name in work.previous else Trouble("keep", "there are no earlier words to keep; write it")
    if words.lower().startswith(MISSING):
        return Trouble("missing", " ".join(words[len(MISSING) :].split()) or "what is needed was not said")
    if not words:
        return None if name in work.optional else Trouble("empty", "it is empty and may not be")
    if _REFUSALS.match(words):
        return Trouble("refused", " ".join(words.split())[:200])
    if _MARKUP.search(words):
        return Trouble("malformed", "it holds Markdown; write plain text")
    return None
