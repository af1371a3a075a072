"""A Change that nobody has opened yet."""

from collections.abc import Collection
from itertools import takewhile

from concerted.campaign.change import Change
from concerted.campaign.facets import MEMBERS
from concerted.campaign.line import State
from concerted.conductor.session import Session
from concerted.planning.site import spell_ref

NAMED, TITLE = 2, 60
"""So many lines are named in a title, where they fit into so many letters."""


def new_change(session: Session, state: State, title: str) -> Change:
    """Sketch a Change with the next free name; nothing is stored."""
    used = {*state.changes, *session.keeper.changes()}
    number = next(n for n in range(1, len(used) + 2) if f"C{n}" not in used)
    return Change(f"C{number}", title, session.by, session.now())


def title_of(rows: Collection[str]) -> str:
    """Name a Change after its lines so that it can be read at a glance: two lines, or the entry that they share, and how many there are besides."""
    refs = [ref for ref in rows if not ref.endswith(MEMBERS)] or [spell_ref(ref) for ref in rows]
    if not refs:
        return "What time and rules made out of date"
    levels = zip(*(ref.partition("@")[0].split(".") for ref in refs), strict=False)
    shared = [level[0] for level in takewhile(lambda level: len(set(level)) == 1, levels)]
    if len(refs) > NAMED and len(shared) > 1:
        return f"{'.'.join(shared)}: {len(refs)} lines"
    named = refs[:NAMED] if len(", ".join(refs[:NAMED])) <= TITLE else refs[:1]
    more = len(refs) - len(named)
    return ", ".join(named) + (f" and {more} more line{'s' if more > 1 else ''}" if more else "")
