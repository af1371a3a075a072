"""A Change that nobody has opened yet."""

from concerted.campaign.change import Change
from concerted.campaign.line import State
from concerted.conductor.session import Session


def new_change(session: Session, state: State, title: str) -> Change:
    """Sketch a Change with the next free name; nothing is stored."""
    used = {*state.changes, *session.keeper.changes()}
    number = next(n for n in range(1, len(used) + 2) if f"C{n}" not in used)
    return Change(f"C{number}", title, session.by, session.now())
