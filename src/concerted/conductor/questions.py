"""Twelve questions to first drafts: what is asked, whether an answer can stand, and the campaign that the answers make.

Which lines are asked for is data (`library/questions.yaml`), the wording is the schema's, or that of `library/asking.<language>.yaml`.
No file is read or written here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from concerted.campaign.facets import value_at, with_value
from concerted.campaign.leaf import LIMITS, Leaf
from concerted.campaign.scalars import FIRST_HOUR, day_of, is_day, slug_from
from concerted.campaign.shape import Entries, Fields, Shape, Slot, below
from concerted.campaign.soundness.forms import misfit, well_formed
from concerted.campaign.soundness.money import without_currency
from concerted.campaign.spelling import did_you_mean
from concerted.campaign.strategy import coerce, in_order, is_required, keys_of, shape
from concerted.campaign.written_days import written_days
from concerted.conductor.phrasing import Phrasing
from concerted.conductor.spoken import locale_named
from concerted.errors import Problem, UserError
from concerted.rules.figures import figures
from concerted.rules.languages import STOP_WORDS

_ARTICLE = re.compile(r"(an?|the|eine?[nmrs]?|der|die|das)\s+", re.IGNORECASE)
_WORDS_OF_A_NAME = 2
_PLAIN = {"audience": "readers", "market": "us", "language": "en", "cta": "next"}


@dataclass(frozen=True, slots=True)
class Blank:
    """One answer: its short name, the address it goes to, and what the schema says about it."""

    name: str
    ref: str
    leaf: Leaf
    required: bool
    """Nothing can be drafted without it."""
    default: str = ""
    """What holds where it is left open."""


@dataclass(frozen=True, slots=True)
class Question:
    """One of the twelve: what it is about, and the answers that it asks for."""

    number: int
    about: str
    blanks: tuple[Blank, ...]


@dataclass(frozen=True, slots=True)
class Starter:
    """What the answers do not say: who begins, on which day, by which playbook."""

    by: str
    today: str
    playbook: str


def questions_of(data: Mapping[str, Any], words: Phrasing) -> tuple[Question, ...]:
    """Type the questions of the library, in the words of a language."""
    rows = cast(list[Mapping[str, Any]], data["questions"])
    defaults = cast(Mapping[str, str], data["defaults"])
    return tuple(
        Question(
            number, words.about(row["about"]), tuple(_blank(name, str(ref), defaults.get(name, ""), words) for name, ref in row["answers"].items())
        )
        for number, row in enumerate(rows, 1)
    )


def _blank(name: str, ref: str, default: str, words: Phrasing) -> Blank:
    keys = keys_of(ref.format_map(_PLAIN))
    slot = below(shape(), keys)
    if not isinstance(slot, Slot):
        raise TypeError(f"questions.yaml: {ref} is no line of a campaign file")
    return Blank(name, ref, words.asking(name, slot.leaf), is_required(ref.format_map(_PLAIN)), default)


def blanks_of(questions: Iterable[Question]) -> dict[str, Blank]:
    """List all answers by short name."""
    return {blank.name: blank for question in questions for blank in question.blanks}


def settled(blank: Blank, text: str, today: str, words: Phrasing) -> str:
    """Give an answer as it goes into the file. Raises UserError with the reason and what to write instead."""
    typed = " ".join(text.split()) or blank.default
    if not typed:
        if blank.required:
            raise words.wrong("needed", blank.name, blank.leaf)
        return ""
    value = _typed(blank, _as_meant(blank, typed, today, words), typed, words)
    keys = keys_of(blank.ref.format_map(_PLAIN))
    limit = LIMITS.get(keys[-1]) if keys[0] == "wordings" else None
    if limit and len(value) > limit:
        raise words.wrong("too-long", blank.name, blank.leaf, length=len(value), limit=limit, over=len(value) - limit)
    if keys[-2] in ("price", "then"):
        _check_price(blank, value, words)
    if _is_market_language(blank) and "-" not in value:
        raise words.wrong("no-country", blank.name, blank.leaf, text=typed)
    if blank.leaf.form == "date" and day_of(value).isoformat() < today:
        raise words.wrong("passed", blank.name, blank.leaf, day=words.day(value), today=words.day(today))
    return _whole(blank, value, words) if blank.leaf.form == "sentence" and keys[0] != "wordings" else value


def _typed(blank: Blank, text: str, typed: str, words: Phrasing) -> str:
    try:
        return str(coerce(blank.ref.format_map(_PLAIN), text))
    except UserError as error:
        first = error.problems[0]
        raise words.wrong("mistyped", blank.name, blank.leaf, said=first.message, remedy=first.remedy, text=typed) from error


def _whole(blank: Blank, text: str, words: Phrasing) -> str:
    """Give a sentence its full stop. Raises UserError where it is a part of a sentence: templates join whole ones."""
    sentence = well_formed(text, "sentence")
    if said := misfit(sentence, "sentence"):
        raise words.wrong("no-sentence", blank.name, blank.leaf, said=said[0])
    return sentence


def _as_meant(blank: Blank, text: str, today: str, words: Phrasing) -> str:
    """Give a day as it is stored, a bare one with its hour; a language with its country; a category without its article: it is set behind a name."""
    if blank.leaf.form == "date":
        found = written_days(text, today)
        if len(found) > 1:
            raise words.wrong("two-days", blank.name, blank.leaf, text=text, first=words.day(found[0]), second=words.day(found[1]))
        day = found[0] if found else text
        return f"{day} {FIRST_HOUR}" if is_day(day) else day
    if _is_market_language(blank):
        return locale_named(text)
    return _ARTICLE.sub("", text, count=1) if blank.leaf.form == "noun-phrase" and _ARTICLE.match(text) else text


def _is_market_language(blank: Blank) -> bool:
    return blank.ref.startswith("markets.") and blank.ref.endswith(".language")


def _check_price(blank: Blank, value: str, words: Phrasing) -> None:
    if not any(sign.isdigit() for sign in value):
        raise words.wrong("no-number", blank.name, blank.leaf, text=value)
    if without_currency(value):
        raise words.wrong("no-currency", blank.name, blank.leaf, text=value)


def remarks_on(answers: Mapping[str, str], today: str, words: Phrasing) -> tuple[tuple[str, str], ...]:
    """Say what answers state against each other, each with the name of the answer: an offer that is over before the launch. Nothing is refused."""
    launch = answers.get("launch", "")
    found: list[tuple[str, str]] = []
    for name in ("offer", "price") if launch else ():
        days = [day[:10] for figure in figures(answers.get(name, "")) if figure.kind == "date" for day in written_days(figure.text, today)]
        if days and max(days) < launch[:10]:
            said = words.remark("over-before-launch", answer=answers[name], day=words.day(max(days)), launch=words.day(launch))
            found.append((name, said))
    return tuple(found)


def all_settled(answers: Mapping[str, str], blanks: Mapping[str, Blank], today: str, words: Phrasing) -> tuple[dict[str, str], dict[str, UserError]]:
    """Settle answers that come all at once: what stands, and what is wrong with the others, unknown names included."""
    good: dict[str, str] = {}
    wrong: dict[str, UserError] = {}
    for name in answers:
        if name not in blanks:
            said = Problem(f"there is no question {name}", did_you_mean(name, blanks), name)
            wrong[name] = UserError("This cannot stand.", problems=[said])
    for name, blank in blanks.items():
        try:
            good[name] = settled(blank, answers.get(name, ""), today, words)
        except UserError as error:
            wrong[name] = error
    return {name: text for name, text in good.items() if text}, wrong


@dataclass(frozen=True, slots=True)
class Waiting:
    """An answer that has no place in the file yet, because its entry lacks something that it cannot be without."""

    ref: str
    text: str
    needs: str


def campaign_of(data: Mapping[str, Any], answers: Mapping[str, str], starter: Starter) -> tuple[dict[str, Any], tuple[Waiting, ...]]:
    """Make the campaign that the answers describe. It holds no sentence that nobody gave; what is open is not there."""
    names = _names(answers, starter)
    asked = {name: str(ref) for row in data["questions"] for name, ref in row["answers"].items()}
    placed = {ref.format_map(names): answers[name] for name, ref in asked.items() if answers.get(name)}
    for ref in [ref for ref in placed if "@" in ref and ref.partition("@")[0] not in placed]:
        placed[ref.partition("@")[0]] = well_formed(placed.pop(ref), "sentence")
    tree = cast(dict[str, Any], _filled(data["frame"], names))
    for ref, text in placed.items():
        tree = with_value(tree, ref, text)
    for ref, line in cast(Mapping[str, Mapping[str, Any]], data["derived"]).items():
        known = all(answers.get(need) for need in line["needs"]) and names["language"] in line
        if known and value_at(tree, ref) is None:
            tree = with_value(tree, ref, str(line[names["language"]]).format_map({**names, **answers}))
    made = in_order(_pointing(_complete(shape(), tree)))
    waiting = (Waiting(ref, text, _lacking(ref, tree)) for ref, text in placed.items() if value_at(made, ref) is None)
    return made, tuple(waiting)


def _lacking(ref: str, tree: Mapping[str, Any]) -> str:
    """Name the line without which the entry of a ref cannot stand."""
    entry = keys_of(ref)[:2]
    place = below(shape(), entry)
    required = sorted(place.required) if isinstance(place, Fields) else []
    return next((f"{'.'.join(entry)}.{name}" for name in required if value_at(tree, f"{'.'.join(entry)}.{name}") is None), ".".join(entry))


def _names(answers: Mapping[str, str], starter: Starter) -> dict[str, str]:
    locale = answers["language"]
    audience = _short_name(answers.get("who", ""), _WORDS_OF_A_NAME) or _PLAIN["audience"]
    cta = _short_name(answers.get("button", ""), 1) or _PLAIN["cta"]
    language, _, country = locale.partition("-")
    return {
        "by": starter.by, "playbook": starter.playbook, "locale": locale, "language": language, "audience": audience, "market": country.lower(),
        "cta": cta,
    }  # fmt: skip


def _short_name(text: str, words: int) -> str:
    """Make a short name of the first words of an answer that say something; empty where none does."""
    return "-".join([word for word in slug_from(text).split("-") if word not in STOP_WORDS][:words])


def _filled(part: Any, names: Mapping[str, str]) -> Any:
    if isinstance(part, Mapping):
        return {str(key).format_map(names): _filled(value, names) for key, value in cast(Mapping[str, Any], part).items()}
    if isinstance(part, list):
        return [str(item) for item in cast(list[Any], part)]
    return str(part).format_map(names)


def _complete(here: Shape, tree: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out entries that lack what they cannot be without, such as an audience that nobody named."""
    kept: dict[str, Any] = {}
    for key, part in tree.items():
        place = below(here, (key,))
        if place is None or isinstance(place, Slot):
            kept[key] = part
            continue
        inside = _complete(place, cast(Mapping[str, Any], part))
        lacking = isinstance(place, Fields) and isinstance(here, Entries) and not place.required <= set(inside)
        if inside and not lacking:
            kept[key] = inside
    return kept


def _pointing(tree: Mapping[str, Any]) -> dict[str, Any]:
    """Take out what points to an entry that is not there."""

    def kept(here: Shape, node: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, part in node.items():
            place = below(here, (key,))
            if isinstance(place, Slot) and place.leaf.names in tree_parts:
                known = cast(Mapping[str, Any], tree.get(place.leaf.names) or {})
                part = [name for name in cast(list[str], part) if name in known] if isinstance(part, list) else part if part in known else None
                if part:
                    found[key] = part
            elif isinstance(place, Slot) or place is None:
                found[key] = part
            else:
                found[key] = kept(place, cast(Mapping[str, Any], part))
        return found

    tree_parts = [name for name, part in shape().fields.items() if isinstance(part, Entries)]
    return kept(shape(), tree)
