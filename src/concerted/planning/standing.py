"""The one word that says how an asset stands. Computed from reads and questions, never stored."""

from typing import Literal, TypeAlias

from concerted.planning.site import Slot

Standing: TypeAlias = Literal["missing", "fresh", "stale", "suspect", "drafting", "held", "blocked", "retired"]

DISPLAY: dict[Standing, str] = {
    "missing": "not drafted yet",
    "fresh": "current",
    "stale": "out of date",
    "suspect": "may change",
    "drafting": "being drafted",
    "held": "waiting for you",
    "blocked": "blocked",
    "retired": "retired",
}
"""What a marketer sees."""


def standing(slot: Slot, live: frozenset[str] = frozenset(), held: frozenset[str] = frozenset()) -> Standing:
    """Give an asset's standing on its line. `live` are task ids in flight, `held` assets with an open question on a Change."""
    if slot.items or slot.id in held:
        return "held"
    if slot.blocked or slot.failed:
        return "blocked"
    if any(task.id in live for task in slot.tasks):
        return "drafting"
    if slot.before is None:
        return "missing"
    if slot.stale:
        return "stale"
    return "suspect" if slot.suspect else "fresh"


def cause(slot: Slot) -> str:
    """Say in a few words why an asset stands as it does; empty where there is nothing to say."""
    if slot.failed or slot.blocked:
        return slot.failed or slot.blocked
    roots = ", ".join(sorted(slot.roots))
    if slot.items:
        return f"{len(slot.items)} open: {roots}" if roots else f"{len(slot.items)} open"
    return roots
