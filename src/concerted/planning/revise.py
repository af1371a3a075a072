"""The smallest edit: substitution of changed facts and a three-way merge by sentence. A person's words are only ever proposed to."""

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


def substitute(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Put new values where old ones stand word for word, longest first."""
    for old, new in sorted(pairs, key=lambda pair: -len(pair[0])):
        if old and new and old != new:
            text = _replace_whole(text, old, new)
    return text


def _replace_whole(text: str, old: str, new: str) -> str:
    out: list[str] = []
    rest = text
    while (at := rest.find(old)) >= 0:
        before, after = rest[:at], rest[at + len(old) :]
        whole = not (before and before[-1].isalnum() and old[0].isalnum()) and not (after and after[0].isalnum() and old[-1].isalnum())
        out.append(before + (new if whole else old))
        rest = after
    return "".join(out) + rest


def smallest_edit(base: str | None, theirs: str, new: str, pairs: Iterable[tuple[str, str]], segment: Segment) -> Proposal:
    """Propose the smallest change of a person's text.

    `base` is the machine's rendering that they edited, `new` its rendering today, `pairs` are (old, new) values of changed facts.
    """
    pairs = tuple(pairs)
    moved = substitute(theirs, pairs)
    if base is None:
        return Proposal(moved) if moved != theirs else Proposal(new, (theirs,))
    return merge(substitute(base, pairs), moved, new, segment)


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
    b = t = n = 0
    for base_at, their_at, new_at in (*anchors, (len(base_parts), len(their_parts), len(new_parts))):
        chunk, lost = _choose(base_parts[b:base_at], their_parts[t:their_at], new_parts[n:new_at])
        out.extend(chunk)
        replaced.extend(lost)
        if base_at < len(base_parts):
            out.append(their_parts[their_at])
        b, t, n = base_at + 1, their_at + 1, new_at + 1
    return Proposal(_join(out), tuple(part.strip() for part in replaced))


def _choose(base: tuple[str, ...], theirs: tuple[str, ...], new: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if _same(theirs, base):
        return new, ()
    if _same(new, base) or _same(new, theirs):
        return theirs, ()
    if len(base) == len(theirs) == len(new) > 1:
        return _one_by_one(base, theirs, new)
    return new, theirs


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
