"""The verbs that change a campaign's strategy: plan, run, change, land, abandon. Each shows before it acts."""

import shlex
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias, TypedDict, Unpack

from concerted.campaign.change import NO_CHANGE, Answer, Change, Edit, Origin
from concerted.campaign.facets import Facets, Value, with_value
from concerted.campaign.line import State
from concerted.campaign.proposed_edit import ProposedEdit
from concerted.conductor.assembly import adopted_at_once
from concerted.conductor.consequences import consequences, plan_of
from concerted.conductor.folder_edits import (
    bring_up,
    check_landing,
    check_write_back,
    read_edits,
    refuse_clashes,
    refuse_other_values,
    refuse_own_changes,
    sync,
)
from concerted.conductor.lingering import lingering
from concerted.conductor.report import Report, blocked_rows, edit_rows, run_report
from concerted.conductor.session import Session
from concerted.conductor.sketch import new_change, title_of
from concerted.conductor.soundness import refuse_unsound_edits, refuse_unsound_file
from concerted.conductor.typed_edits import differing, spread
from concerted.conductor.typed_edits import parse_rows as parse_rows
from concerted.conductor.ways import ALL, Way, as_way, lay_side_by_side
from concerted.errors import Reason, Refused
from concerted.folder.working_copy import WorkingCopy
from concerted.planning import lifecycle
from concerted.planning.kit import Kit
from concerted.planning.plan import plan
from concerted.planning.rename import renames

Confirm: TypeAlias = Callable[[Report], bool]
"""Shown a plan, says whether to go on."""
Rows: TypeAlias = Mapping[str, Value]


def plan_changes(session: Session, rows: Rows | None, on: str = "", *, ways: bool = False, option: Way | None = None) -> Report:
    """Show what edits would do: the given rows, or what stands in the file, or a Change as it is. Nothing is written.

    `option` is the way of going about it, that of the open Change where none is named; `ways` lays all of them side by side.
    """
    state = session.load()
    if on:
        change = session.change(state, on)
        if rows:
            typed = spread(rows, lines_of(session, state))
            change = change.with_edits(lifecycle.make_edits(state, change, tuple(typed.items()), "set", _kit(session, state)))
            refuse_unsound_edits(session, state.main.tree, change.edits.values())
    else:
        change = _draft_change(session, state, rows)[0]
        change = as_way(session, state, change, option) if option else change
    report = consequences(session, state, plan_of(session, state, change))
    return {**report, "options": lay_side_by_side(session, state, change, report)} if ways else report


def _kit(session: Session, state: State) -> Kit:
    return session.kit(state.main.tree or session.copy.read())


def lines_of(session: Session, state: State) -> Facets:
    """Give the strategy's lines: main's, or before the first run those of the file."""
    tree = state.main.tree or session.copy.read()
    return session.kit(tree).facets(tree, {})


def rows_of_file(session: Session, file: Path) -> dict[str, Value]:
    """Read another campaign file and list the lines in which it differs from the adopted strategy. Raises UserError, NotFound."""
    tree = WorkingCopy(file.parent, file.name).read()
    return differing(lines_of(session, session.load()), session.kit(tree).facets(tree, {}))


def _draft_change(session: Session, state: State, rows: Rows | None) -> tuple[Change, dict[str, Edit]]:
    """Sketch the Change that edits would open or amend, rules included; nothing is stored."""
    origin: Origin = "set"
    if rows is None:
        refuse_unsound_file(session)
        edits = read_edits(session, state)
        refuse_clashes(session, edits)
        refuse_own_changes(session, state, edits.rows)
        rows, origin = {ref: value for ref, value in edits.rows.items() if not lifecycle.is_declined(state, ref, value)}, "file"
    else:
        rows = spread(rows, lines_of(session, state))
        if not state.versions:
            rows = {**read_edits(session, state).rows, **rows}
    base = _own_change(session, state, origin) or new_change(session, state, title_of(rows))
    kit = _kit(session, state)
    if origin == "file":
        base = replace(base, edits={ref: edit for ref, edit in base.edits.items() if edit.origin != "file"})
    made = lifecycle.make_edits(state, base, tuple(rows.items()), origin, kit)
    sketch = base.with_edits(made)
    if base.id in state.changes and base.title == title_of(base.edits):
        sketch = replace(sketch, title=title_of(sketch.edits))
    if origin != "file":
        refuse_unsound_edits(session, state.main.tree, sketch.edits.values())
    return sketch, rules_at_once(state, sketch, made, kit) if state.versions else {}


def rules_at_once(state: State, sketch: Change, made: Mapping[str, Edit], kit: Kit) -> dict[str, Edit]:
    """Choose the edits that main adopts at once: rules of what is there before and after. An entry that comes or goes is never split."""
    tree = state.main.tree
    for edit in sketch.edits.values():
        tree = with_value(tree, edit.ref, edit.new)
    lines = [kit.facets(tree, state.main.catalog) for tree in (state.main.tree, tree)]
    return {ref: edit for ref, edit in made.items() if edit.old != edit.new and all(adopted_at_once(ref, facets) for facets in lines)}


def _own_change(session: Session, state: State, origin: Origin) -> Change | None:
    """Find the caller's open Change; edits of the file belong to the Change that already holds such edits."""
    for change in state.changes.values():
        if change.rehearsal:
            continue
        if change.by == session.by and (origin == "set" or any(edit.origin == "file" for edit in change.edits.values())):
            return change
    return None


def _joined(state: State, sketch: Change) -> Report | None:
    """Name the open Change that edits are put on, and what it was called before."""
    known = state.changes.get(sketch.id)
    return {"id": known.id, "title": known.title} if known and known.edits else None


def run(session: Session, *, recipes: bool = False) -> Report:
    """Adopt what stands in the file, draft what is missing or out of date, land what is ready."""
    session.person()
    before = state = session.load()
    sketch, at_once = _draft_change(session, state, None)
    state = _adopt_limits(session, state)
    again = lifecycle.retry(state, session.now(), session.by)
    state = session.append(state, again) if again else state
    state = _adopt_rules(session, state, at_once)
    rest = {ref: edit for ref, edit in sketch.edits.items() if ref not in at_once}
    change = replace(sketch, edits=rest)
    if not change.is_empty() or change.id in state.changes:
        state = open_or_amend(session, state, change)
    state = session.settle(state)
    opened = _upkeep(session, state, recipes)
    if opened is not None:
        change = opened
        state = session.settle(open_or_amend(session, state, change))
    sync(session, state)
    return ran(session, before, state, change if (change.edits or change.id in state.changes or opened) else NO_CHANGE)


def _adopt_limits(session: Session, state: State) -> State:
    limits = session.catalog.channel_facets()
    if dict(state.main.catalog) == limits:
        return state
    return session.append(state, lifecycle.adopt_limits(state, limits, session.now()))


def _adopt_rules(session: Session, state: State, rules: Mapping[str, Edit]) -> State:
    if not rules:
        return state
    return session.append(state, lifecycle.adopt_at_once(state, rules, session.now(), session.by))


def open_or_amend(session: Session, state: State, change: Change) -> State:
    """Open or amend a Change; one that alters nothing any more is abandoned."""
    if change.is_empty():
        return session.append(state, lifecycle.abandon(state, change, session.now(), session.by)) if change.id in state.changes else state
    if change.id in state.changes:
        if state.changes[change.id] == change:
            return state
        return session.append(state, lifecycle.amend(change, session.now(), session.by, change.title))
    return session.append(state, lifecycle.open_change(change))


def _upkeep(session: Session, state: State, recipes: bool) -> Change | None:
    """Sketch a Change for what time, rules or (if asked) recipes made out of date on main."""
    if state.changes:
        return None
    built = session.build(state)
    outdated = recipes and any(
        text.record.recipe != slot.recipe.hash for slot in built.slots.values() for text in slot.texts.values() if text.origin != "person"
    )
    if not outdated and not lifecycle.catch_up(state, built):
        return None
    title = "Redraft with today's templates" if outdated else "What time and rules made out of date"
    return replace(new_change(session, state, title), upkeep=True, recipes=outdated)


def ran(session: Session, before: State, after: State, change: Change) -> Report:
    """Report what happened between two states."""
    open_now = after.changes.get(change.id)
    built = session.build(after, open_now) if open_now else session.build(after)
    aliases = renames(session.facets(after), before.main.texts, after.main.texts) if after.versions else {}
    report = run_report(before, after, change, built if open_now else None, aliases)
    report |= lingering(session, before, after, built)
    if not open_now:
        report["blocked"] = blocked_rows(built)
        touched = {asset for key in ("drafted", "reused", "kept", "proposed", "held") for asset in report[key]}
        report["untouched"] = len({*after.main.texts} - touched - {row["id"] for row in report["blocked"]})
    return report


class How(TypedDict, total=False):
    """How a Change is gone about: the flags of the verb."""

    new: bool
    """Open a Change of its own, even where the caller has one open."""
    hold: bool
    """Keep it open when nothing is left to decide."""
    defaults: bool
    """Give each question its safe default at once."""
    option: Way | None
    """The way to go about it; None goes on as the Change was opened."""


def change_strategy(session: Session, rows: Rows, confirm: Confirm, **how: Unpack[How]) -> Report:
    """Show the plan, ask, open the Change, run it, and land it when nothing is to decide. Raises Refused where nobody confirms.

    Safe defaults are given at once, but not to a Change that is held: there is time to ask.
    """
    session.person()
    before = state = session.state()
    rows = spread(rows, lines_of(session, state))
    refuse_other_values(session, state, rows)
    sketch, at_once = _draft_change(session, state, rows)
    if session.keeper.working_base() is not None:
        check_write_back(session, rows)
    if how.get("new") and sketch.id in state.changes:
        fresh = new_change(session, state, title_of(rows))
        kit = session.kit(state.main.tree)
        sketch = fresh.with_edits(lifecycle.make_edits(state, fresh, tuple(rows.items()), "set", kit))
    if not sketch.edits and sketch.id not in state.changes:
        return {**consequences(session, state, plan_of(session, state, sketch)), **ran(session, before, state, NO_CHANGE)}
    named = how.get("option")
    sketch = as_way(session, state, sketch, named) if named else sketch
    option = named or ("owned" if sketch.stays else ALL)
    sketched = Sketched(sketch, at_once, {"option": option, "joins": _joined(state, sketch)})
    return carry_out(session, sketched, confirm, hold=how.get("hold", False), defaults=how.get("defaults", False))


@dataclass(frozen=True, slots=True)
class Sketched:
    """A Change that is not opened yet, the rules in it that main adopts at once, and what is said beside its plan."""

    change: Change
    at_once: Mapping[str, Edit]
    told: Report


def carry_out(session: Session, sketched: Sketched, confirm: Confirm, *, hold: bool, defaults: bool) -> Report:
    """Show the plan, ask, open the Change, run it, land it when nothing is to decide. Raises Refused where nobody confirms."""
    before = state = session.state()
    sketch, at_once = sketched.change, sketched.at_once
    shown = plan_of(session, state, sketch)
    report = {**consequences(session, state, shown), **sketched.told}
    ask(confirm, report, "concerted change ... --yes")
    state = session.load()
    again = plan_of(session, state, sketch)
    if not again.affected <= shown.affected:
        ask(confirm, consequences(session, state, again), "concerted change ... --yes")
    state = _adopt_rules(session, state, at_once)
    opened = replace(sketch, edits={ref: edit for ref, edit in sketch.edits.items() if ref not in at_once}, hold=hold or sketch.hold)
    state = session.settle(open_or_amend(session, state, opened))
    if at_once:
        caught = _upkeep(session, state, False)
        if caught is not None:
            opened, state = caught, session.settle(open_or_amend(session, state, caught))
    return {**report, **finish(session, before, state, opened, defaults=defaults)}


def finish(session: Session, before: State, state: State, opened: Change, *, defaults: bool) -> Report:
    """Give safe defaults where they are wanted, bring the file up to what landed, and tell what happened."""
    left: list[str] = []
    if defaults and not opened.hold and opened.id in state.changes:
        waiting = session.build(state, state.changes[opened.id]).decisions
        left = [item.ref or f"{item.asset}#{item.field}" for one in waiting if one.default == "leave" for item in one.items]
        state = session.settle(take_defaults(session, state, state.changes[opened.id]))
    written, pending = list(bring_up(session, state)), list(_pending(session, state))
    done = ran(session, before, state, opened)
    behind = [str(row["id"]) for row in done["blocked"]] if left else []
    return {**done, "left_by_default": left, "left_behind": behind, "written_back": written, "pending": pending}


def take_defaults(session: Session, state: State, change: Change) -> State:
    """Answer what has a safe default: wordings and findings are left; people's and approved texts stay open."""
    amended, built = change, session.build(state, change)
    for decision in built.decisions:
        if decision.default == "leave":
            amended = lifecycle.answer_decision(amended, decision, Answer("leave", session.person(), session.now(), "", ""), built)
    if amended is change:
        return state
    return session.append(state, lifecycle.amend(amended, session.now(), session.person(), "safe defaults"))


def _pending(session: Session, state: State) -> tuple[str, ...]:
    """Lines of the file that wait for a run."""
    return tuple(read_edits(session, state).rows) if session.keeper.working_base() is not None else ()


def ask(confirm: Confirm, report: Report, next: str) -> None:
    """Show a plan and go on where it is confirmed. Raises NotConfirmed."""
    if not confirm(report):
        raise NotConfirmed(report, next)


class NotConfirmed(Refused):
    """The plan was shown and nobody confirmed it; nothing was written."""

    def __init__(self, report: Report, next: str) -> None:
        super().__init__("The plan was shown and nobody confirmed it; nothing was written.", next=next)
        self.report = report


class NothingCertain(NotConfirmed):
    """Words were read, and none of what they may mean is certain enough to be taken without a person; nothing was written."""

    def __init__(self, report: Report, edits: Iterable[ProposedEdit]) -> None:
        typed = " ".join(f"--set {edit.ref}={shlex.quote(str(edit.new))}" for edit in edits if isinstance(edit.new, str))
        super().__init__(report, f"concerted change {typed}" if typed else "concerted change --set REF=VALUE")
        self.message = "Nothing in these words is certain enough for --yes; nothing was written. Where a line is meant, type it."


def list_changes(session: Session) -> Report:
    """List open Changes with what each waits for."""
    state = session.state()
    rows: list[Report] = []
    for change in state.changes.values():
        built = session.build(state, change)
        standings: dict[str, int] = {}
        for row in plan(state, change, session.kit(state.main.tree)).assets:
            standings[row.action] = standings.get(row.action, 0) + 1
        rows.append(
            {
                "id": change.id,
                "title": change.title,
                "by": change.by,
                "opened": change.opened,
                "edits": edit_rows(change),
                "decisions": len(built.decisions),
                "standing": standings,
                "waits_for": list(built.stops),
                "hold": change.hold,
                "who": sorted({item.who for item in built.items}),
            }
        )
    return {"changes": rows}


def land(session: Session, name: str, *, incomplete: bool = False) -> Report:
    """Land a Change now. `incomplete` leaves texts whose drafting failed."""
    before = state = session.state()
    change = session.change(state, name)
    check_landing(session, session.build(state, change).line.tree, {})
    if incomplete:
        change = _leave_failed(session, state, change)
        state = session.append(state, lifecycle.amend(change, session.now(), session.person(), "failed drafts are left"))
    state = session.settle(session.append(state, lifecycle.amend(replace(change, hold=False), session.now(), session.person(), change.title)))
    if change.id in state.changes:
        built = session.build(state, state.changes[change.id])
        raise Refused(f"{change.id} cannot land yet.", reasons=[Reason(stop, _next_for(stop)) for stop in built.stops])
    bring_up(session, state)
    return {**ran(session, before, state, change), **list_changes(session)}


def _next_for(stop: str) -> str:
    return "concerted decide" if "question" in stop else "concerted run"


def _leave_failed(session: Session, state: State, change: Change) -> Change:
    """Answer `leave` for every text whose drafting failed."""
    built = session.build(state, change)
    failed = [item for item in built.items if item.asset and built.slots[item.asset].failed]
    answers = {item.key: Answer("leave", session.person(), session.now(), item.main, item.proposal) for item in failed}
    return change.with_answers(answers)


def abandon(session: Session, name: str) -> Report:
    """Give a Change up; texts that people wrote on it stay offered."""
    before = state = session.state()
    change = session.change(state, name)
    state = session.append(state, lifecycle.abandon(state, change, session.now(), session.person()))
    state = session.settle(state)
    offered = sorted({*change.texts, *(key.rpartition(":")[0] for key, answer in change.answers.items() if answer.kind == "text" and "#" in key)})
    bring_up(session, state)
    return {**ran(session, before, state, NO_CHANGE), **list_changes(session), "abandoned": change.id, "offered": offered}
