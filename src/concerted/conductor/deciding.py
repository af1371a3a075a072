"""Answering what Changes ask: by whole decision, or one text at a time. Everything here ends in answers pinned to hashes."""

from dataclasses import dataclass, replace

from concerted.campaign.change import Answer, AnswerKind, Change
from concerted.campaign.decision import Decision, Item
from concerted.campaign.line import State
from concerted.conductor.changing import take_defaults
from concerted.conductor.folder_edits import bring_up, check_landing, refuse_other_values
from concerted.conductor.report import Report, run_report
from concerted.conductor.session import Session
from concerted.conductor.typed_edits import check_length
from concerted.conductor.waiting import asked_of, decisions_of, revisit_of
from concerted.errors import Problem, Reason, Refused, UserError
from concerted.planning import lifecycle


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
    check_length(text)
    return Given(key, place, kind, text)


def decide(session: Session, answers: tuple[str, ...], *, because: str = "", defaults: bool = False, on: str = "") -> Report:
    """Answer open decisions, or list them when nothing is answered. After the last answer a Change lands. `on` keeps to one Change."""
    before = state = session.state()
    name = session.change(state, on).id if on else ""
    if not answers and not defaults:
        return {"decisions": _listed(session, state, name)}
    session.person()
    touched = _taken_up(session, state, answers, because)
    for change in touched.values():
        about = ", ".join(dict.fromkeys(typed.partition("=")[2].partition(":")[0] for typed in answers))
        event = lifecycle.amend(change, session.now(), session.person(), about) if change.id in state.changes else lifecycle.open_change(change)
        state = session.append(state, event)
    for change in tuple(state.changes.values()) if defaults else ():
        if name in ("", change.id):
            state = take_defaults(session, state, change)
            touched[change.id] = state.changes[change.id]
    state = session.settle(state)
    written = {ref: session.copy.cell(ref) for ref in bring_up(session, state)}
    last = next(reversed(touched.values())) if touched else None
    report = run_report(before, state, last, session.build(state, state.changes[last.id]) if last.id in state.changes else None) if last else {}
    told = {"written_back": list(written), "cells": {ref: cell for ref, cell in written.items() if cell}}
    return {**report, "decisions": _listed(session, state, name), "answered": len(answers), "open_changes": list(state.changes), **told}


def _listed(session: Session, state: State, on: str) -> list[Report]:
    """List open decisions with who may answer each, of one Change or of all."""
    return [{**row, "may_answer": list(_may_answer(session, row))} for row in decisions_of(session, state) if on in ("", row["change"])]


def _taken_up(session: Session, state: State, answers: tuple[str, ...], because: str) -> dict[str, Change]:
    """Give the Changes with all answers in them. Keys are looked up in what is open now, so that several answers fit; nothing is stored."""
    touched: dict[str, Change] = {}
    words: dict[str, dict[str, str]] = {}
    for typed in answers:
        given = parse_answer(typed)
        change, decision = _find(session, state, given)
        _check(session, (state, change), decision, given)
        known = touched.get(change.id, change)
        amended = replace(known, revisit=known.revisit | change.revisit)
        answer = Answer(given.kind, session.person(), session.now(), "", "", given.text, because)
        for item in decision.items:
            if not given.place or _names(item, given.place):
                amended = lifecycle.answer_decision(amended, decision, answer, session.build(state, change), item.key)
                words.setdefault(change.id, {}).update({item.ref: given.text} if item.ref and given.kind == "text" else {})
        touched[change.id] = amended
    for change in touched.values():
        refuse_other_values(session, state, words.get(change.id, {}))
        check_landing(session, session.build(state, change).line.tree, words.get(change.id, {}))
    return touched


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
    raise Refused(
        f"No open decision has the key {given.decision}; the list has changed since.",
        reasons=[Reason(f"open now: {text}") for text in listed],
        next="concerted decide",
    )


def _matches(decision: Decision, given: Given) -> bool:
    return decision.key == given.decision


def _names(item: Item, place: str) -> bool:
    return place in (f"{item.asset}#{item.field}", item.ref, item.key)


def _check(session: Session, line: tuple[State, Change], decision: Decision, given: Given) -> None:
    state, change = line
    if given.place and not any(_names(item, given.place) for item in decision.items):
        listed = ", ".join(f"{item.asset}#{item.field}" if item.asset else item.ref for item in decision.items)
        raise Refused(f"Decision {decision.key} does not ask about {given.place}.", next=f"it asks about: {listed}")
    if given.kind in ("text", "redraft") and not given.place and len(decision.items) > 1:
        raise Refused(f"“{given.kind}” answers one text.", next=f"concerted decide {decision.key}/ASSET#FIELD={given.kind}:...")
    if given.kind not in decision.options:
        raise Refused(f"{given.kind} is not an answer to this: {', '.join(decision.options)}.", next="concerted decide")
    row: Report = {"who": decision.who, "kind": decision.kind, **asked_of(session, state, change, decision)}
    if session.by in _may_answer(session, row):
        return
    later = next((one for one in row["deputies"] if one["who"] == session.by), None)
    whose = f'concerted decide ... --by "{decision.who}"'
    if later is not None:
        why = f"asked {row['asked_since']}; an answer of {session.by}, the deputy, counts from {later['from']} on"
        raise Refused(f"This asks {decision.who}, {why}.", next=whose)
    asked = " or ".join(dict.fromkeys((decision.who, *(one["who"] for one in row["deputies"]))))
    raise Refused(f"This asks {asked}, not {session.by}.", next=whose)


def _may_answer(session: Session, row: Report) -> tuple[str, ...]:
    """Who may answer now: the person asked, and the deputies of whom enough time was left. What nobody signed, anybody may answer."""
    deputies = [one["who"] for one in row["deputies"] if one["counts"]]
    if row["kind"] in ("wording", "edit", "finding", "file"):
        deputies.append(session.by)
    return tuple(dict.fromkeys(name for name in (row["who"], *deputies) if name))
