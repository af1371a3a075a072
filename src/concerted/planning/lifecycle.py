"""What may happen next: pure decisions from state to events. Whoever acts (driver, conductor) appends what is decided here."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from concerted.campaign.change import Answer, Change, Edit, Origin, Words
from concerted.campaign.decision import Decision
from concerted.campaign.draft import hash_text
from concerted.campaign.event import Event, Put, line_puts
from concerted.campaign.facets import Value, differences, flatten, hash_at, hash_tree, reordered, with_value, wording_source
from concerted.campaign.line import Line, Released, Result, State, Version
from concerted.errors import NotFound, Reason, Refused
from concerted.planning.build import Built
from concerted.planning.kit import Kit
from concerted.planning.site import Task


def make_edits(state: State, change: Change, rows: Iterable[tuple[str, Value]], origin: Origin, kit: Kit) -> dict[str, Edit]:
    """Turn (ref, value) rows into edits: main's value now as `old`, and for wordings the source text of this same moment as `of`."""
    rows = tuple(rows)
    tree = dict(state.main.tree)
    for edit in change.edits.values():
        tree = with_value(tree, edit.ref, edit.new)
    for ref, value in rows:
        tree = with_value(tree, ref, value)
    facets = kit.facets(tree, state.main.catalog)
    main = kit.facets(state.main.tree, state.main.catalog)
    edits: dict[str, Edit] = {}
    for ref, value in rows:
        of = ""
        if "@" in ref and value is not None:
            of = hash_at(facets, wording_source(ref, facets, kit.law.base))
        edits[ref] = Edit(ref, facets.get(ref), main.get(ref), origin, of)
    return edits


def open_change(change: Change) -> Event:
    """Open a Change beside the campaign."""
    return Event("opened", change.opened, change.by, change.title, (Put("changes", change.id, change),), change.id)


def amend(change: Change, at: str, by: str, about: str) -> Event:
    """Put a Change's new parts in place."""
    return Event("amended", at, by, about, (Put("changes", change.id, change),), change.id)


def abandon(state: State, change: Change, at: str, by: str) -> Event:
    """Give a Change up. People's texts written there stay offered; values from the file are remembered as declined."""
    puts = [Put("changes", change.id, None)]
    texts = {place: words.value for place, words in change.texts.items()}
    texts |= {key.rpartition(":")[0]: answer.text for key, answer in change.answers.items() if answer.kind == "text" and "#" in key}
    for place, text in texts.items():
        puts.append(Put("people_texts", place, tuple(dict.fromkeys((*state.people_texts.get(place, ()), text)))))
    puts += [Put("declined", edit.ref, edit.new) for edit in change.edits.values() if edit.origin == "file" and edit.new is not None]
    return Event("abandoned", at, by, change.title, tuple(puts), change.id)


def adopt_at_once(state: State, rows: Mapping[str, Edit], at: str, by: str) -> Event:
    """Adopt guardrail edits on main at once: they are verified, not keyed, so no text is swapped by it."""
    tree = dict(state.main.tree)
    for edit in rows.values():
        tree = with_value(tree, edit.ref, edit.new)
    line = replace(state.main, tree=tree)
    puts = (*line_puts(state.main, line), _version(state, line, at, by, "Rules: " + ", ".join(rows)))
    return Event("adopted", at, by, f"{len(rows)} rules adopted", puts, head=state.head)


def adopt_limits(state: State, catalog: Mapping[str, Value], at: str) -> Event:
    """Store the catalog's channel limits, so that a changed limit differs like any strategy line."""
    return Event("limits", at, "library", "channel limits adopted", (Put("catalog", "", dict(catalog)),), head=state.head)


def land(state: State, change: Change, built: Built, at: str, by: str) -> Event:
    """Land a Change: its line becomes main in one swap. Raises Refused where something is still open."""
    if built.stops:
        raise Refused(f"{change.id} cannot land yet.", reasons=[Reason(stop, f"concerted changes {change.id}") for stop in built.stops])
    if change.rehearsal:
        raise Refused(f"{change.id} is a rehearsal: it shows what would happen and never lands.")
    puts = [*line_puts(state.main, built.line), Put("changes", change.id, None)]
    if hash_tree(built.line.tree) != hash_tree(state.main.tree):
        puts.append(_version(state, built.line, at, by, change.title))
    return Event("landed", at, by, change.title, tuple(puts), change.id, state.head)


def draft_empty_slots(state: State, built: Built, at: str, skip: frozenset[str] = frozenset()) -> Event | None:
    """Put drafts of slots that are empty on main straight onto main; None where there is none. `skip` are slots that an open Change rewrites."""
    new = {asset: draft for asset, draft in built.line.texts.items() if asset not in state.main.texts and asset not in skip}
    if not new:
        return None
    line = replace(state.main, texts={**state.main.texts, **new})
    return Event("drafted", at, "conductor", f"{len(new)} drafts", line_puts(state.main, line), head=state.head)


def _version(state: State, line: Line, at: str, by: str, title: str) -> Put:
    rows = tuple(_leaf_rows(state.main, line))
    number = len(state.versions) + 1
    return Put("versions", str(number), Version(number, hash_tree(line.tree), at, by, title, rows, line.tree))


def _leaf_rows(old: Line, new: Line) -> Iterable[tuple[str, Value, Value]]:
    before, after = flatten(old.tree), flatten(new.tree)
    return (*differences(before, after), *reordered(before, after))


def returned(result: Result, at: str) -> Event:
    """Store what a writer gave, the moment it returns."""
    return Event("returned", at, result.author, result.asset, (Put("results", result.task, result),))


def accept_result(state: State, result: Result, at: str) -> Event | None:
    """Store a result unless the task has a good one already: what came back first stands, a late double changes nothing."""
    known = state.results.get(result.task)
    if known is not None and (not known.error or result.error):
        return None
    return returned(result, at)


def retry(state: State, at: str, by: str) -> Event | None:
    """Forget failed results, so that their tasks are wanted again; None where nothing failed."""
    failed = [task for task, result in state.results.items() if result.error]
    return Event("returned", at, by, f"{len(failed)} tasks are tried again", tuple(Put("results", task, None) for task in failed)) if failed else None


def answer_decision(change: Change, decision: Decision, answer: Answer, only: str = "") -> Change:
    """Answer a decision's items (or the one with key `only`). `redraft` becomes a note and a refusal, which ask the writer again."""
    out = change
    for item in decision.items:
        if only and item.key != only:
            continue
        if answer.kind == "redraft":
            place = f"{item.asset}#{item.field}"
            notes = {**out.notes, item.asset: (*out.notes.get(item.asset, ()), answer.text)}
            refused = {**out.refused, place: (*out.refused.get(place, ()), item.proposal)}
            out = replace(out, notes=notes, refused=refused)
            continue
        given = replace(answer, main=item.main, proposal=item.proposal)
        out = out.with_answers({item.key: given})
    return out


def enter_text(change: Change, asset: str, name: str, words: Words) -> Change:
    """Put a person's words into a Change."""
    return replace(change, texts={**change.texts, f"{asset}#{name}": words})


def request_redraft(change: Change, state: State, asset: str, note: str) -> Change:
    """Ask for another attempt at an asset: the note is read by every field, the present machine texts are refused."""
    draft = state.main.texts.get(asset)
    refused = dict(change.refused)
    for name, text in (draft.fields if draft else {}).items():
        if text.origin != "person":
            place = f"{asset}#{name}"
            refused[place] = tuple(dict.fromkeys((*refused.get(place, ()), hash_text(text.value))))
    notes = {**change.notes, asset: (*change.notes.get(asset, ()), note)}
    return replace(change, notes=notes, refused=refused)


def catch_up(state: State, built: Built) -> bool:
    """Tell whether time, rules or recipes made texts on main out of date that nobody decided to leave."""
    return any(slot.before is not None and slot.stale and not slot.left for slot in built.slots.values()) and not state.changes


def rewritten(main: Built, changes: Iterable[Built]) -> frozenset[str]:
    """Name the slots empty on main that an open Change writes otherwise: they are drafted there only."""
    found: set[str] = set()
    for asset, slot in main.slots.items():
        if slot.before is not None:
            continue
        for built in changes:
            other = built.slots.get(asset)
            same = other is not None and {task.id for task in slot.tasks} == {task.id for task in other.tasks}
            words = other is not None and (slot.draft.id if slot.draft else "") == (other.draft.id if other.draft else "")
            if not (same and words):
                found.add(asset)
    return frozenset(found)


def wanted_work(main: Built, changes: Iterable[Built]) -> tuple[Task, ...]:
    """Give the work that is wanted now, each task once: every open Change's, and main's where no Change writes the slot otherwise."""
    open_now = [built for built in changes if not built.site.change.rehearsal]
    skip = rewritten(main, open_now)
    wanted = [task for task in main.wanted if task.asset not in skip]
    wanted += [task for built in open_now for task in built.wanted]
    return tuple({task.id: task for task in wanted}.values())


def rollback_edits(state: State, number: int) -> dict[str, Edit]:
    """Take back what one version changed, and only that: a ref that moved since is a question on the Change, not overwritten."""
    version = next((version for version in state.versions if version.number == number), None)
    if version is None:
        raise NotFound(f"There is no version {number}.", next="concerted history")
    main = flatten(state.main.tree, lambda _ref: True)
    moved = {ref: (old, new) for ref, old, new in version.edits if main.get(ref) != old}
    return {ref: Edit(ref, old, new, "rollback") for ref, (old, new) in moved.items()}


def release_event(released: Released, head: int) -> Event:
    """Record a release."""
    return Event("released", released.at, released.by, ", ".join(released.groups), (Put("releases", released.id, released),), head=head)
