"""Proposals from outside: stored, listed, taken up or declined. Only a person's own verb makes anything of one."""

from contextlib import suppress
from dataclasses import asdict, replace
from datetime import date

from concerted.campaign.event import Event, Put
from concerted.campaign.line import State
from concerted.campaign.proposal import Proposal
from concerted.campaign.spelling import did_you_mean
from concerted.conductor import people
from concerted.conductor.changing import Confirm, change_strategy, lines_of, parse_rows, plan_changes
from concerted.conductor.findings import finding_rows
from concerted.conductor.proposing import change_as_accepted, take_certain
from concerted.conductor.report import Report
from concerted.conductor.session import Session
from concerted.conductor.typed_edits import check_length
from concerted.errors import NotFound, Refused, UserError
from concerted.guard.judge import judge
from concerted.guard.subject import Piece
from concerted.store.moved import Moved

MOST = 50
"""So many proposals may wait at once: an outsider cannot fill the store."""


def proposal_rows(state: State) -> list[Report]:
    """List the proposals that wait, each beside what stands."""
    return [{**asdict(one), "stands": _stands(state, one)} for one in state.proposals.values()]


def _stands(state: State, one: Proposal) -> str | None:
    draft = state.main.texts.get(one.asset)
    return draft.values.get(one.field) if draft else None


def list_proposals(session: Session) -> Report:
    """List what waits."""
    return {"proposals": proposal_rows(session.state())}


def propose_text(session: Session, asset: str, name: str, text: str, because: str, by: str) -> Report:
    """Store words for a field as a proposal, judged as any text is. Raises NotFound, UserError, Refused; nothing else is written."""
    state = session.state()
    draft = state.main.texts.get(asset)
    if draft is None:
        raise NotFound(f"There is no draft of {asset}.", next=did_you_mean(asset, state.main.texts))
    if name not in draft.fields:
        raise NotFound(f"{asset} has no field {name}.", next=f"one of: {', '.join(draft.fields)}")
    if not text.strip():
        raise UserError("An empty text cannot be proposed.", next="propose the words that should stand there")
    check_length(text)
    slot = session.build(state).slots[asset]
    judgement = judge(Piece(slot.deliverable, slot.type, {**draft.values, name: text}), session.facets(state), date.fromisoformat(session.today))
    one = Proposal("", by, session.now(), because, asset, name, text, draft.id)
    return {
        **_store(session, one),
        "ok": judgement.ok,
        "findings": [row for row in finding_rows(judgement.findings) if row["field"] in ("", name)],
    }


def propose_edits(session: Session, sets: tuple[str, ...], unsets: tuple[str, ...], because: str, by: str) -> Report:
    """Store edits of the strategy as a proposal, with the plan of what they would do. Raises UserError with every mistake."""
    rows = parse_rows(sets, unsets)
    if not rows:
        raise UserError("There is nothing in this proposal.", next="name at least one line of the strategy and its new value")
    plan = plan_changes(session, rows)
    one = Proposal("", by, session.now(), because, sets=sets, unsets=unsets)
    return {**_store(session, one), "plan": plan}


def _store(session: Session, one: Proposal) -> Report:
    kept = store(session, one)
    return {"proposal": kept.id, "next": f"a person decides: concerted proposals --take {kept.id}, or --decline {kept.id}"}


def store(session: Session, one: Proposal) -> Proposal:
    """Keep a proposal under the next number. Raises Refused where too many wait."""
    while True:
        state = session.load()
        if len(state.proposals) >= MOST:
            raise Refused(f"{MOST} proposals wait already.", next="a person takes them up or declines them: concerted proposals")
        kept = replace(one, id=_next_id(session, state))
        # Named like a Change, so that the store refuses a number that somebody else took in this very moment.
        with suppress(Moved):
            session.append(state, Event("proposed", kept.at, kept.by, _about(kept), (Put("proposals", kept.id, kept),), kept.id))
            return kept


def _about(one: Proposal) -> str:
    if one.words:
        return f"{one.id}: {one.because}"
    return f"{one.id}: {one.asset}#{one.field}" if one.is_text else f"{one.id}: {', '.join((*one.sets, *one.unsets))}"


def _next_id(session: Session, state: State) -> str:
    """Give the next number; that of an earlier proposal never comes back."""
    used = {about.partition(":")[0] for about in session.keeper.abouts("proposed")} | set(state.proposals)
    return f"P{len(used) + 1}"


def take(session: Session, name: str, confirm: Confirm) -> Report:
    """Make a proposal this person's own edit: the usual verb with its plan and its questions. Raises as `edit` and `change` do."""
    by = session.person()
    one = _proposal(session.state(), name)
    if one.is_text:
        report = people.edit(session, one.asset, one.field, one.text, confirm, seen=one.draft)
    elif one.words:
        report = _change_as_read(session, one, confirm)
    else:
        report = change_strategy(session, parse_rows(one.sets, one.unsets), confirm)
    state = session.load()
    session.append(state, answered(one, session.now(), by, "taken up"))
    return {**report, "done": [one.id], "taken": asdict(one)}


def _change_as_read(session: Session, one: Proposal, confirm: Confirm) -> Report:
    """Change what a model read for certain in a mail. Raises Refused where nothing of it is certain."""
    lines = lines_of(session, session.load())
    taken = take_certain(one.edits_beside(lines), {}, lines)
    if not taken.edits:
        raise Refused(f"Nothing in {one.id} is certain.", next="concerted change --file MAIL asks about each edit, one by one")
    return {**change_as_accepted(session, taken.edits, confirm), **taken.rows()}


def decline(session: Session, name: str) -> Report:
    """Put a proposal aside; the record keeps it."""
    state = session.state()
    one = _proposal(state, name)
    session.append(state, answered(one, session.now(), session.person(), "declined"))
    return {"done": [one.id], **list_proposals(session)}


def answered(one: Proposal, at: str, by: str, how: str) -> Event:
    """Take a proposal off the list: it is taken up, or declined."""
    return Event("answered", at, by, f"{one.id} is {how}", (Put("proposals", one.id, None),))


def _proposal(state: State, name: str) -> Proposal:
    found = state.proposals.get(name) or state.proposals.get(name.upper())
    if found is None:
        raise NotFound(f"There is no proposal {name}.", next=f"concerted proposals (waiting: {', '.join(state.proposals) or 'none'})")
    return found
