"""Which work is wanted now, over main and all open Changes, and in which order. Pure: lines in, tasks out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from concerted.campaign.change import Change
from concerted.campaign.deliverable import Deliverable
from concerted.planning.build import Built
from concerted.planning.site import Task

Lines: TypeAlias = Mapping[str, tuple[Change, Built]]
"""Open Changes by id, each with its line as built."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A task and its place in the order; the lowest number first."""

    task: Task
    priority: int


def wanted_work(main: Built, lines: Lines) -> dict[str, Wanted]:
    """List wanted tasks by id, the most urgent first. The same work on several lines is one task.

    Main's task for a slot is left out where an open Change writes that slot otherwise: it is drafted there only.
    """
    elsewhere = [{task.id for task in built.wanted} for change, built in lines.values() if not change.rehearsal]
    found = {wanted.task.id: wanted for wanted in _ordered(main) if all(wanted.task.id in ids for ids in elsewhere)}
    for _change, built in lines.values():
        for wanted in _ordered(built):
            found.setdefault(wanted.task.id, wanted)
    return dict(sorted(found.items(), key=lambda pair: pair[1].priority))


def _ordered(built: Built) -> list[Wanted]:
    """Put first what the longest chain of readers waits for."""
    ranks = _ranks(built.deliverables)
    longest = max(ranks.values(), default=0)
    return [Wanted(task, 1 + longest - ranks[task.asset]) for task in built.wanted]


def _ranks(deliverables: Mapping[str, Deliverable]) -> dict[str, int]:
    """Count for each asset the longest chain of readers below it; deliverables come upstream first."""
    ranks = dict.fromkeys(deliverables, 0)
    for asset, deliverable in reversed(list(deliverables.items())):
        for need in deliverable.needs.values():
            if need in ranks:
                ranks[need] = max(ranks[need], ranks[asset] + 1)
    return ranks


def rewritten(main: Built, lines: Iterable[tuple[Change, Built]]) -> frozenset[str]:
    """Name the slots empty on main whose text an open Change has otherwise, not yet, or not at all: main waits for the Change."""
    changing = [built for change, built in lines if not change.rehearsal]
    empty = (slot for slot in main.slots.values() if slot.before is None and slot.draft is not None)
    return frozenset(slot.id for slot in empty if any(_draft_of(built, slot.id) != _draft_of(main, slot.id) for built in changing))


def _draft_of(built: Built, asset: str) -> str:
    draft = built.line.texts.get(asset)
    return draft.id if draft else ""
