"""A person's word to work under way: a note for a writer, a pause for all. A call is only ever cancelled; what is new is a new call."""

from dataclasses import replace

from concerted.campaign.change import NO_CHANGE, Change
from concerted.campaign.event import Event, Put
from concerted.campaign.line import State
from concerted.conductor.changing import Confirm, ran
from concerted.conductor.folder_edits import bring_up
from concerted.conductor.redrafting import redraft
from concerted.conductor.report import Report, no_plan, nothing
from concerted.conductor.session import Session
from concerted.conductor.typed_edits import check_length
from concerted.errors import NotFound, UserError
from concerted.planning import lifecycle


def note(session: Session, asset: str, text: str, confirm: Confirm) -> Report:
    """Tell the writer of an asset something. A call under way for it is cancelled, and the new one holds the note.

    Where a text stands and nobody is writing, this asks for another attempt. Raises NotFound, UserError for an empty note.
    """
    session.person()
    state = session.state()
    if not text.strip():
        raise UserError("An empty note tells nobody anything.", next=f'concerted note {asset} "what should be different"')
    check_length(text)
    slot = session.build(state).slots.get(asset)
    writing = _writing_it(session, state, asset)
    if slot is None and writing is None:
        near = [known for known in session.build(state).slots if asset in known][:5]
        raise NotFound(f"There is no asset {asset}.", next=f"did you mean {', '.join(near)}?" if near else "concerted status")
    if writing is not None:
        notes = {**writing.notes, asset: (*writing.notes.get(asset, ()), text)}
        event = lifecycle.amend(replace(writing, notes=notes), session.now(), session.person(), f"a note for {asset}")
        return _settled(session, state, event, asset, writing)
    if asset in state.main.texts:
        return {**redraft(session, (asset,), text, confirm), "done": [asset]}
    puts = (Put("notes", asset, (*state.main.notes.get(asset, ()), text)),)
    return _settled(session, state, Event("noted", session.now(), session.person(), asset, puts, head=state.head), asset, None)


def _writing_it(session: Session, state: State, asset: str) -> Change | None:
    """Find the open Change on which an asset is being written."""
    return next((change for change in state.changes.values() if any(task.asset == asset for task in session.build(state, change).wanted)), None)


def _settled(session: Session, before: State, event: Event, asset: str, change: Change | None) -> Report:
    state = session.settle(session.append(before, event))
    bring_up(session, state)
    return {**no_plan(before), **ran(session, before, state, change or NO_CHANGE), "done": [asset]}


def pause(session: Session, *, resume: bool = False) -> Report:
    """Have no model write anything until somebody resumes: calls under way are cancelled. Reading and people's own verbs go on."""
    by = session.person()
    state = session.state()
    held = state.paused.get("", "")
    if bool(held) != resume:
        return {**nothing(state, state), "paused": held or None}
    event = Event("paused", session.now(), by, "goes on" if resume else "paused", (Put("paused", "", None if resume else by),))
    after = session.append(state, event)
    return {**nothing(state, after), "paused": None if resume else by}
