"""Which work is wanted now, over main and all open Changes, and in which order. Pure: lines in, tasks out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from concerted.campaign.change import Change
from concerted.campaign.deliverable import Deliverable
from concerted.planning import lifecycle
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
    """List wanted tasks by id, the most urgent first. The same work on several lines is one task."""
    changing = [built for _change, built in lines.values()]
    wanted = {task.id for task in lifecycle.wanted_work(main, changing)}
    found: dict[str, Wanted] = {}
    for built in (main, *changing):
        for one in _ordered(built):
            if one.task.id in wanted:
                found.setdefault(one.task.id, one)
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
    """Name the slots empty on main that an open Change writes otherwise: main waits for the Change."""
    return lifecycle.rewritten(main, [built for change, built in lines if not change.rehearsal])
