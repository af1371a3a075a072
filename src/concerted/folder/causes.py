"""Many mistakes, one cause: a file that is no longer included, a part that is gone. The cause is said once, and what follows from it is folded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from concerted.campaign.finding import Finding
from concerted.campaign.mistakes import MISSING
from concerted.campaign.shape import Entries, below
from concerted.campaign.soundness.references import NAME_RULE
from concerted.campaign.soundness.references import RULE as DANGLING
from concerted.campaign.strategy import keys_of, leaf_at, shape
from concerted.folder.gather import INCLUDE
from concerted.folder.nodes import Items, Pairs, Text
from concerted.folder.page import Slip
from concerted.folder.problem import Problem, at

if TYPE_CHECKING:
    from concerted.folder.source import Source

Followers: TypeAlias = list[tuple[Finding, str]]
"""Findings, each with the ref that it needs and that is not there."""
_MANY = 2
"""From so many followers on, a part that is gone is one mistake and not one for each line."""
_SHOWN = 6
_EXTRA = ("channel", "audience", "market")


def folded(found: Iterable[Finding], source: Source) -> list[Problem]:
    """Give findings their places. Those that have one cause become one problem, which says it and which lines follow from it."""
    listed = list(found)
    following = [(finding, ref) for finding in listed if (ref := _needed(finding))]
    held = {name: _held(root) for name, root in source.beside().items()} if following else {}
    by_file: dict[str, Followers] = {}
    by_part: dict[str, Followers] = {}
    for finding, ref in following:
        file, part = next((name for name, refs in held.items() if ref in refs), ""), ref.partition(".")[0]
        if file:
            by_file.setdefault(file, []).append((finding, ref))
        elif finding.rule != MISSING and (part,) not in source.places:
            by_part.setdefault(part, []).append((finding, ref))
    gone = {part: rows for part, rows in by_part.items() if len(rows) >= _MANY}
    causes = [_not_included(source, name, rows) for name, rows in by_file.items()]
    causes += [_gone(source, part, rows) for part, rows in gone.items()]
    told = {id(finding) for rows in (*by_file.values(), *gone.values()) for finding, _ref in rows}
    return [*causes, *(source.located(finding) for finding in listed if id(finding) not in told)]


def left_out(source: Source, refs: Iterable[str]) -> list[tuple[str, int, str]]:
    """Name files that lie in the folder and are not included, where they hold lines that are missing: `(file, how many of them, what to write)`."""
    entries = [".".join(keys_of(ref)[:2]) for ref in refs]
    held = {name: _held(root) for name, root in source.beside().items()} if entries else {}
    counted = [(name, sum(entry in refs for entry in entries)) for name, refs in held.items()]
    return [(name, number, f"include: [{', '.join([*_included(source), name])}]") for name, number in counted if number]


def _included(source: Source) -> list[str]:
    found = next((pair for pair in source.roots[source.root].pairs if pair.key.value == INCLUDE), None)
    return [item.value for item in found.value.items if isinstance(item, Text)] if found and isinstance(found.value, Items) else []


def _needed(finding: Finding) -> str:
    """Name what a finding misses: `claims.wait`, `positioning`; empty where it is about something else."""
    keys = keys_of(finding.ref) if finding.ref else ()
    if finding.rule == MISSING:
        return keys[0] if len(keys) == 1 else ""
    if finding.rule not in (DANGLING, NAME_RULE):
        return ""
    if keys[:1] == ("deliverables",) and finding.rule == NAME_RULE:
        kind = next((kind for kind in _EXTRA if f"no {kind} " in finding.message), "")
        return f"{kind}s.{finding.evidence}"
    if finding.rule == NAME_RULE:
        holder = below(shape(), keys[:-1])
        return f"{holder.group.names}.{finding.evidence}" if isinstance(holder, Entries) else ""
    leaf = leaf_at(finding.ref)
    if leaf is None or not leaf.names:
        return ""
    return ".".join(keys_of(finding.evidence)[:2]) if leaf.names == "refs" else f"{leaf.names}.{finding.evidence}"


def _held(root: Pairs) -> frozenset[str]:
    """List what a file holds: its parts, and their entries."""
    parts = [pair for pair in root.pairs if pair.key.value in shape().fields]
    entries = (f"{pair.key.value}.{entry.key.value}" for pair in parts if isinstance(pair.value, Pairs) for entry in pair.value.pairs)
    return frozenset((*(pair.key.value for pair in parts), *entries))


def _not_included(source: Source, name: str, rows: Followers) -> Problem:
    page = source.pages[source.root]
    found = next((pair for pair in source.roots[source.root].pairs if pair.key.value == INCLUDE), None)
    message = f"{name} lies in the folder and is not included, and what it holds is needed: {_what(rows)}{_lines(source, rows)}"
    remedy = f"write include: [{', '.join([*_included(source), name])}]"
    return at(page, Slip(found.key.start if found else 0, message, remedy, "file", INCLUDE))


def _gone(source: Source, part: str, rows: Followers) -> Problem:
    page = source.pages[source.root]
    message = f"there is nothing under {part}, and it is needed: {_what(rows)}{_lines(source, rows)}"
    remedy = f"was a file with {part} taken out of include? put it back, or write {part} here"
    return at(page, Slip(0, message, remedy, "file", part))


def _what(rows: Followers) -> str:
    names = list(dict.fromkeys(ref for _finding, ref in rows))
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _lines(source: Source, rows: Followers) -> str:
    """Say which lines point to what is not there."""
    places = [source.located(finding) for finding, _ref in rows if finding.rule != MISSING]
    by_file: Mapping[str, Collection[int]] = {name: {one.line for one in places if one.file == name} for name in source.pages}
    said = [f"{name} line{'s' * (len(lines) > 1)} {', '.join(map(str, sorted(lines)))}" for name, lines in by_file.items() if lines]
    return f" (used in {'; '.join(said)})" if said else ""
