"""Answering what Changes ask: by whole decision, or one text at a time. Everything here ends in answers pinned to hashes."""

from dataclasses import dataclass, replace
from typing import cast

from concerted.campaign.change import Answer, AnswerKind, Change
from concerted.campaign.decision import Decision, Item
from concerted.campaign.line import State
from concerted.conductor.changing import decisions_of, revisit_of
from concerted.conductor.folder_edits import sync
from concerted.conductor.report import Report, run_report
from concerted.conductor.session import Session
from concerted.errors import Problem, Reason, Refused, UserError
from concerted.planning import lifecycle

MAIN = "main"


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as typed: `KEY=take`, `KEY/asset#field=text:T`, `KEY/asset#field=redraft:NOTE`."""

    decision: str
    place: str
    kind: AnswerKind
    text: str


def parse_answer(typed: str) -> Given:
    """Read one answer. Raises UserError saying how answers are written."""
    left, equals, right = typed.partition("=")
    key, _, place = left.partition("/")
    kind, _, text = right.partition(":")
    how = "KEY=take|keep|leave, or KEY/asset#field=text:NEW TEXT, or KEY/asset#field=redraft:NOTE"
    if not equals or kind not in ("take", "keep", "leave", "text", "redraft"):
        raise UserError(f"“{typed}” is not an answer.", problems=[Problem(f"write {how}")], next="concerted decide lists the keys")
    if kind == "text" and not text.strip():
        raise UserError(f"“{typed}” gives no text.", next=f"concerted decide {key}/{place}=text:'the new text'")
    return Given(key, place, cast(AnswerKind, kind), text)


def decide(session: Session, answers: tuple[str, ...], *, because: str = "", defaults: bool = False) -> Report:
    """Answer open decisions, or list them when nothing is answered. After the last answer a Change lands."""
    before = state = session.state()
    if not answers and not defaults:
        return {"decisions": decisions_of(session, state)}
    session.person()
    touched: dict[str, Change] = {}
    for typed in answers:
        state = _take_up(session, state, parse_answer(typed), because, touched)
    if defaults:
        state = _defaults(session, state, touched)
    state = session.settle(state)
    if session.keeper.working_base() is not None:
        sync(session, state)
    last = next(reversed(touched.values())) if touched else None
    report = run_report(before, state, last, session.build(state, state.changes[last.id]) if last.id in state.changes else None) if last else {}
    return {**report, "decisions": decisions_of(session, state), "answered": len(answers), "open_changes": list(state.changes)}


def _take_up(session: Session, state: State, given: Given, because: str, touched: dict[str, Change]) -> State:
    change, decision = _find(session, state, given)
    _check(session, decision, given)
    items = [item for item in decision.items if not given.place or _names(item, given.place)]
    answer = Answer(given.kind, session.person(), session.now(), "", "", given.text, because)
    amended = change
    for item in items:
        amended = lifecycle.answer_decision(amended, decision, answer, item.key)
    touched[amended.id] = amended
    event = lifecycle.amend(amended, session.now(), session.person(), f"{given.kind}: {decision.kind}")
    if change.id not in state.changes:
        event = lifecycle.open_change(amended)
    return session.append(state, event)


def _find(session: Session, state: State, given: Given) -> tuple[Change, Decision]:
    """Find a decision by its key, on any open Change or among the questions left on main. An outdated key says what differs now."""
    for change in state.changes.values():
        for decision in session.build(state, change).decisions:
            if _matches(decision, given):
                return change, decision
    if state.main.left:
        change = revisit_of(session, state)
        for decision in session.build(state, change).decisions:
            if _matches(decision, given):
                wanted = {name for item in decision.items for name in ((item.asset,) if item.asset else (f"wording:{item.ref}", *item.assets))}
                return replace(change, revisit=frozenset(wanted) & change.revisit), decision
    listed = [f"{row['key']} ({row['who']}, {row['kind']}, {len(row['items'])} texts)" for row in decisions_of(session, state)]
    raise Refused(f"No open decision has the key {given.decision}; the list has changed since.", reasons=[Reason(f"open now: {text}") for text in listed], next="concerted decide")


def _matches(decision: Decision, given: Given) -> bool:
    return decision.key == given.decision


def _names(item: Item, place: str) -> bool:
    return place in (f"{item.asset}#{item.field}", item.ref, item.key)


def _check(session: Session, decision: Decision, given: Given) -> None:
    if given.place and not any(_names(item, given.place) for item in decision.items):
        listed = ", ".join(f"{item.asset}#{item.field}" if item.asset else item.ref for item in decision.items)
        raise Refused(f"Decision {decision.key} does not ask about {given.place}.", next=f"it asks about: {listed}")
    if given.kind in ("text", "redraft") and not given.place and len(decision.items) > 1:
        raise Refused(f"“{given.kind}” answers one text.", next=f"concerted decide {decision.key}/ASSET#FIELD={given.kind}:...")
    if given.kind not in decision.options:
        raise Refused(f"{given.kind} is not an answer to this: {', '.join(decision.options)}.", next="concerted decide")
    if session.by not in _may_answer(session, decision):
        asked = " or ".join(_may_answer(session, decision))
        raise Refused(f"This asks {asked}, not {session.by}.", next=f'concerted decide ... --by "{decision.who}"')


def _may_answer(session: Session, decision: Decision) -> tuple[str, ...]:
    """Who may answer: the person asked, and the deputy of the role that asks."""
    state = session.state()
    facets = session.facets(state)
    deputies: list[str] = []
    for slug in cast(tuple[str, ...], facets.get("approvals.#keys") or ()):
        if decision.who == facets.get(f"approvals.{slug}.who") or decision.items[0].key.endswith(f":{slug}"):
            deputies.append(str(facets.get(f"approvals.{slug}.deputy") or ""))
    if decision.kind in ("wording", "edit", "finding"):
        deputies.append(session.by)
    return tuple(dict.fromkeys(name for name in (decision.who, *deputies) if name))


def _defaults(session: Session, state: State, touched: dict[str, Change]) -> State:
    """Take each question's safe default: wordings and findings are left; people's and approved texts stay open."""
    for change in tuple(state.changes.values()):
        amended = change
        for decision in session.build(state, change).decisions:
            if decision.default == "leave":
                amended = lifecycle.answer_decision(amended, decision, Answer("leave", session.person(), session.now(), "", ""))
        if amended is not change:
            touched[amended.id] = amended
            state = session.append(state, lifecycle.amend(amended, session.now(), session.person(), "safe defaults"))
    return state
