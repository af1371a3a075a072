"""The smallest edit: substitution of changed facts and a three-way merge by sentence. A person's words are only ever proposed to."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Segment = Callable[[str], Sequence[str]]
"""Splits text into sentences, losslessly."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for a person's text. `replaced` are sentences of theirs that no merge could keep."""

    text: str
    replaced: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """Sentences of today's rendering that stand where the person had taken one out."""


def substitute(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Put new values where old ones stand word for word: all in one pass, the longest first, never inside a longer word."""
    values = {old: new for old, new in pairs if old and new and old != new}
    if not values:
        return text
    whole = "|".join(_whole(old) for old in sorted(values, key=len, reverse=True))
    return re.sub(whole, lambda found: values[found.group()], text)


def _whole(value: str) -> str:
    """Match a value that is not part of a longer word."""
    before = r"(?<!\w)" if value[0].isalnum() else ""
    after = r"(?!\w)" if value[-1].isalnum() else ""
    return before + re.escape(value) + after


def smallest_edit(base: str | None, theirs: str, new: str | None, pairs: Iterable[tuple[str, str]], segment: Segment) -> Proposal:
    """Propose the smallest change of a person's text.

    `base` is the machine's rendering that they edited, `new` its rendering today (None where it has none), `pairs` are (old, new) values
    of changed facts.
    """
    pairs = tuple(pairs)
    moved = substitute(theirs, pairs)
    if new is None:
        return Proposal(moved)
    if base is None:
        return Proposal(moved) if moved != theirs else Proposal(new, (theirs,))
    return merge(_in_step(base, theirs, pairs, segment), moved, new, segment)


def _in_step(base: str, theirs: str, pairs: tuple[tuple[str, str], ...], segment: Segment) -> str:
    """Put those changed facts into the base that the person's text has there, too. Where they said something else instead, the clash must show."""
    base_parts, their_parts = tuple(segment(base)), tuple(segment(theirs))
    matcher = SequenceMatcher(None, [part.strip() for part in base_parts], [part.strip() for part in their_parts], autojunk=False)
    out: list[str] = []
    for _kind, b, b_end, t, t_end in matcher.get_opcodes():
        own = "".join(their_parts[t:t_end])
        shared = [pair for pair in pairs if not own or substitute(own, (pair,)) != own]
        out += [substitute(part, shared) for part in base_parts[b:b_end]]
    return "".join(out)


def merge(base: str, theirs: str, new: str, segment: Segment) -> Proposal:
    """Merge two edits of one text by sentence; where both changed the same sentences, the new rendering stands and theirs is listed."""
    if theirs == base:
        return Proposal(new)
    if new in (base, theirs):
        return Proposal(theirs)
    base_parts, their_parts, new_parts = (tuple(segment(text)) for text in (base, theirs, new))
    anchors = _anchors(base_parts, their_parts, new_parts)
    out: list[str] = []
    replaced: list[str] = []
    left_out: list[str] = []
    b = t = n = 0
    for base_at, their_at, new_at in (*anchors, (len(base_parts), len(their_parts), len(new_parts))):
        old, own, now = base_parts[b:base_at], their_parts[t:their_at], new_parts[n:new_at]
        chunk, lost = _choose(old, own, now)
        out.extend(chunk)
        replaced.extend(lost)
        left_out.extend(part for part in now if old and not own and not chunk and part.strip() not in {known.strip() for known in old})
        if base_at < len(base_parts):
            out.append(their_parts[their_at])
        b, t, n = base_at + 1, their_at + 1, new_at + 1
    text = _join(out)
    named = tuple(part.strip() for part in replaced)
    return Proposal(text, named, tuple(part.strip() for part in left_out)) if text else Proposal(new, (theirs,))


def _choose(base: tuple[str, ...], theirs: tuple[str, ...], new: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if _same(theirs, base):
        return new, ()
    if _same(new, base) or _same(new, theirs):
        return theirs, ()
    if not base:
        return (*theirs, *new), ()
    if len(base) == len(theirs) == len(new) > 1:
        return _one_by_one(base, theirs, new)
    # A sentence that they took out stays out; where both reworded, the new rendering stands and theirs is named beside it.
    return ((), ()) if not theirs else (new, theirs)


def _one_by_one(base: tuple[str, ...], theirs: tuple[str, ...], new: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Merge neighbouring sentences that were edited on either side, each by itself; where two clash, none of them is mixed."""
    chosen = [_choose((old,), (own,), (now,)) for old, own, now in zip(base, theirs, new, strict=True)]
    if any(lost for _parts, lost in chosen):
        return new, theirs
    return tuple(part for parts, _lost in chosen for part in parts), ()


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return [part.strip() for part in one] == [part.strip() for part in other]


def _anchors(base: tuple[str, ...], theirs: tuple[str, ...], new: tuple[str, ...]) -> list[tuple[int, int, int]]:
    """Sentences of the base that stand unchanged in both others, in order."""
    in_theirs, in_new = _matches(base, theirs), _matches(base, new)
    return [(at, in_theirs[at], in_new[at]) for at in range(len(base)) if at in in_theirs and at in in_new]


def _matches(one: tuple[str, ...], other: tuple[str, ...]) -> dict[int, int]:
    matcher = SequenceMatcher(None, [part.strip() for part in one], [part.strip() for part in other], autojunk=False)
    return {block.a + i: block.b + i for block in matcher.get_matching_blocks() for i in range(block.size)}


def _join(parts: Sequence[str]) -> str:
    """Join sentences; a sentence that ended a text gets the space it lacked."""
    out = ""
    for part in parts:
        out += " " + part if out and not out[-1].isspace() and part and not part[0].isspace() else part
    return out.strip()
