"""What a small model is asked: little. One good line, a few facts with their figures in slots, another line like it.

A small model reads slowly, loses figures and embellishes. So it never sees a figure, is not asked for long texts or for what only states
facts, and what it says is looked at twice as hard.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from itertools import islice

from concerted.campaign.work import Work
from concerted.llm.answer import is_keep
from concerted.llm.asking import Turn, one_line, schema_of, template
from concerted.llm.model import MARKS, Request
from concerted.llm.slots import FIGURE, SLOT, Slots
from concerted.rules.reading import content_stems, words_of

FACTS = 3
"""So many facts it is told at most, beside the line."""
READER = "who"
ABOUT = (READER, "part in the purchase", "moment", "in their own words, never as a quote", "believes before", "should believe after")
LONG = 30
"""Words beyond which a field is left to the house."""
_ROW = re.compile(r"^- \[(?P<id>[^\]]+)\] (?P<words>.+)$")
_LENGTH = re.compile(r", (\d+) (?:characters|words)$")
_JOB = re.compile(r"^Write:\n(?P<job>.+?)(?:\n\n|\Z)", re.DOTALL | re.MULTILINE)
_NAMED = re.compile(r"`([^`]+)`(?: to `[^`]+`)?: ")
_CAPITALS = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b")
NEW, KEPT = 0.25, 0.4
"""Of the words that carry meaning at most this share may be new, and at least that share of the line's has to be left."""
_SHOUT = re.compile(
    r"!|\b(?:discover|unlock|elevate|experience|introducing|say goodbye|game.?changer|world-class|effortless(?:ly)?)\b", re.IGNORECASE
)
ECHO = 0.9
"""Words that are so near to each other say the same."""
ROOM = 1.7
"""How much longer than the house writer's words its own may get."""
FEW = 60
"""Letters that any field may have."""


def left_to_house(work: Work) -> dict[str, str]:
    """Give the fields that a small model is not asked for, with the house writer's words: long texts, and what only states facts.

    Where the house has nothing to say for a field that may stay empty, a small model has less.
    """
    said = {name: work.fallback.get(name, "") for name in work.fields}
    return {name: words for name, words in said.items() if (words and _is_of_the_house(work, name, words)) or (not words and name in work.optional)}


def _is_of_the_house(work: Work, name: str, words: str) -> bool:
    """Tell whether words are long, in paragraphs, shared by many assets, a quote, or full of figures."""
    return name in work.shared or "\n" in words or len(words.split()) > LONG or "“" in words or "„" in words or len(FIGURE.findall(words)) > 2


def small_request(work: Work, turn: Turn, most: int) -> Request:
    """Put a short request together: one answer of one object, figures in slots."""
    slots = Slots({})
    rows = list(_rows(work.brief))
    lines = {name: work.fallback.get(name, "") for name in turn.fields}
    user = template("small").render(
        reader=slots.cut(next((words for name, words in rows if name == READER), "")),
        facts=[slots.cut(words) for words in _facts(rows, lines)],
        jobs={name: (slots.cut(one_line(lines[name] or job)), _words(work, name)) for name, job in _jobs(work.brief, turn.fields).items()},
        previous={name: slots.cut(one_line(words)) for name, words in work.previous.items() if name in turn.fields},
        remarks={name: slots.cut(one_line(said)) for name, said in turn.remarks.items()},
        done=[slots.cut(one_line(words)) for words in turn.done.values()],
        never=_never(work.guardrails),
        locale=work.locale or "en",
    )
    schema = {**schema_of(turn.fields), MARKS: tuple(slots.figures)}
    room = min(most, sum(3 * _words(work, name) + 16 for name in turn.fields))
    return Request(template("small_system").render(), user.strip() + "\n", room, schema, room, slots.figures)


def _rows(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if found := _ROW.match(line.strip()):
            yield found["id"], one_line(found["words"])


def _facts(rows: Iterable[tuple[str, str]], lines: Mapping[str, str]) -> Iterator[str]:
    """Choose facts: each line of the strategy once, in its full form; nothing about the reader, nothing that the lines say already."""
    known = set(lines.values())
    every = dict.fromkeys(words for name, words in rows if name not in ABOUT and not _LENGTH.search(name) and words not in known)
    return islice(every, FACTS)


def _jobs(brief: str, fields: Iterable[str]) -> dict[str, str]:
    """Read what each field is to say; one that the brief names only in a row of others gets the row's job."""
    found = _JOB.search(brief)
    parts = _NAMED.split(" ".join(found["job"].split())) if found else [""]
    jobs = dict(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=False))
    last = next(iter(jobs.values()), "say it in your words")
    return {name: jobs.get(name, last) for name in fields}


def _never(guardrails: str) -> str:
    found = re.search(r"^- never write: (.+)$", guardrails, re.MULTILINE)
    return found[1] if found else ""


def _words(work: Work, name: str) -> int:
    """Say how many words a field has about: as many as the house writer needs."""
    like = work.previous.get(name) or work.fallback.get(name, "")
    return max(4, len(like.split())) if like else 12


def doubts(work: Work, words: Mapping[str, str]) -> dict[str, str]:
    """Say what stands against a small model's words that no rule of the campaign objects to: field -> remark."""
    found: dict[str, str] = {}
    for name, text in words.items():
        if remark := _doubt(work, name, text, [other for field, other in words.items() if field != name]):
            found[name] = remark
    return found


def _doubt(work: Work, name: str, text: str, others: Iterable[str]) -> str:
    like = work.fallback.get(name, "")
    if is_keep(text):
        return ""
    if SLOT.search(text):
        return "it holds a mark that stands for no fact"
    if (shout := _SHOUT.search(text)) and shout[0].lower() not in like.lower():
        return f"“{shout[0]}” is advertising; say what happens instead"
    if like and len(text) > max(FEW, ROOM * len(like)):
        return f"it is too long; about {_words(work, name)} words"
    if any(_near(text, other) for other in others):
        return "it says what another field says; say something else or less"
    return _strays(work, text, like) if like else ""


def _strays(work: Work, text: str, like: str) -> str:
    """Hold the words that carry meaning against the line and the brief: nothing new, and not too much lost."""
    said, line = content_stems(words_of(text)), content_stems(words_of(like))
    new = said - line - content_stems(words_of(work.brief))
    if len(new) > max(1, NEW * len(said)):
        return f"it brings in {', '.join(sorted(new))}; say only what the line says"
    if lost := set(FIGURE.findall(like)) - set(FIGURE.findall(text)):
        return f"it loses {', '.join(sorted(lost))}; keep the mark"
    if len(said & line) < KEPT * len(line):
        return "it says something else than the line"
    return _spelling(text, like)


def _spelling(text: str, like: str) -> str:
    """See that a name keeps its capitals, and the first word its own."""
    if like[:1].isupper() and text[:1].islower():
        return "it begins with a small letter"
    small = [name for name in _CAPITALS.findall(like) if name.lower() in text and name not in text]
    return f"{small[0]} is written with its capitals" if small else ""


def _near(one: str, other: str) -> bool:
    return bool(other) and SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio() >= ECHO
