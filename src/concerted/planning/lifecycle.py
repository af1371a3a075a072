"""What may happen next: pure decisions from state to events. Whoever acts (driver, conductor) appends what is decided here."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from concerted.campaign.change import Answer, Change, Edit, Origin, Words
from concerted.campaign.decision import Decision, Item
from concerted.campaign.draft import Draft, Text, Trace, hash_text
from concerted.campaign.event import Event, Put, line_puts
from concerted.campaign.facets import MEMBERS, Facets, Value, differences, flatten, hash_at, hash_tree, reordered, with_value, wording_source
from concerted.campaign.intervention import Intervention
from concerted.campaign.line import Line, Released, Result, State, Version
from concerted.campaign.opinion import Opinion
from concerted.errors import NotFound, Reason, Refused
from concerted.planning.build import Built
from concerted.planning.kit import Kit
from concerted.planning.site import Task


def make_edits(
    state: State, change: Change, rows: Iterable[tuple[str, Value]], origin: Origin, kit: Kit, base: Facets | None = None
) -> dict[str, Edit]:  # fmt: skip
    """Turn (ref, value) rows into edits: main's value now as `old`, and for wordings the source text of this same moment as `of`.

    `base` is the older strategy that the person was looking at, where it is not main's: what moved since is then a question.
    """
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
        edits[ref] = Edit(ref, facets.get(ref), (main if base is None else base).get(ref), origin, of)
    return edits


def open_change(change: Change) -> Event:
    """Open a Change beside the campaign."""
    return Event("opened", change.opened, change.by, change.title, (Put("changes", change.id, change),), change.id)


def amend(change: Change, at: str, by: str, about: str) -> Event:
    """Put a Change's new parts in place."""
    return Event("amended", at, by, about, (Put("changes", change.id, change),), change.id)


def abandon(state: State, change: Change, at: str, by: str) -> Event:
    """Give a Change up. People's texts and pieces stay offered; values from the file are remembered as declined, "" for a line taken out."""
    files = _file_puts(change, state.main.texts)
    puts = [Put("changes", change.id, None), *_offered_puts(state, change.typed()), *files]
    puts += [Put("declined", edit.ref, "" if edit.new is None else edit.new) for edit in change.edits.values() if edit.origin == "file"]
    return Event("abandoned", at, by, change.title, tuple(puts), change.id, state.head if files else None)


def _file_puts(change: Change, texts: Mapping[str, Draft]) -> list[Put]:
    """Store what was handed in on a Change for slots whose file on main stays: it is offered wherever it is right again. Main's pointer stays."""
    puts: list[Put] = []
    for asset, file in change.files.items():
        current = texts.get(asset)
        if current is None or current.file is None:
            continue
        given = {name: words for name in current.fields if (words := change.texts.get(f"{asset}#{name}")) and words.record}
        fields = {name: Text(words.value, "person", words.record) for name, words in given.items() if words.record}
        draft = Draft(asset, {**current.fields, **fields}, file)
        if file.content() != current.file.content() or draft.values != current.values:
            puts += [Put("drafts", f"{asset}/{draft.id}", draft), Put("texts", asset, current.id)]
    return puts


def _offered_puts(state: State, texts: Mapping[str, tuple[str, ...]]) -> list[Put]:
    known = state.people_texts
    return [Put("people_texts", place, tuple(dict.fromkeys((*known.get(place, ()), *more)))) for place, more in texts.items() if more]


def is_declined(state: State, ref: str, value: Value) -> bool:
    """Tell whether exactly this edit of the file was given up before."""
    return ref in state.declined and state.declined[ref] == ("" if value is None else value)


def adopt_at_once(state: State, rows: Mapping[str, Edit], at: str, by: str) -> Event:
    """Adopt guardrail edits on main at once: they are verified, not keyed, so no text is swapped by it.

    Raises Refused where a line has moved on main since the edit was made.
    """
    tree = dict(state.main.tree)
    now = flatten(tree, lambda _ref: True)
    moved = [edit for edit in rows.values() if now.get(edit.ref) not in (edit.old, edit.new)]
    if moved:
        said = [Reason(f"it was {edit.old!r}, the campaign now says {now.get(edit.ref)!r}, this edit {edit.new!r}", "", edit.ref) for edit in moved]
        raise Refused("The campaign's rules have moved since.", reasons=said)
    for edit in rows.values():
        tree = with_value(tree, edit.ref, edit.new)
    line = replace(state.main, tree=tree)
    puts = (*line_puts(state.main, line), _version(state, line, at, by, "Rules: " + ", ".join(rows)))
    return Event("adopted", at, by, f"{len(rows)} rules adopted", puts, head=state.head)


def adopt_limits(state: State, catalog: Mapping[str, Value], at: str) -> Event:
    """Store the catalog's channel limits, so that a changed limit differs like any strategy line."""
    return Event("limits", at, "library", "channel limits adopted", (Put("catalog", "", dict(catalog)),), head=state.head)


def land(state: State, change: Change, built: Built, at: str, by: str) -> Event:
    """Land a Change: its line becomes main in one swap. Raises Refused where something is still open, or the line was built on another head."""
    if built.state is not state or built.change is not change:
        raise Refused(f"{change.id} was built before the campaign or the Change moved: it is built again before it lands.")
    if built.stops:
        raise Refused(f"{change.id} cannot land yet.", reasons=[Reason(stop, f"concerted changes {change.id}") for stop in built.stops])
    if change.rehearsal:
        raise Refused(f"{change.id} is a rehearsal: it shows what would happen and never lands.")
    puts = [*line_puts(state.main, built.line), Put("changes", change.id, None), *_offered_puts(built.site.state, _unused_texts(built))]
    puts += _file_puts(built.site.change, built.line.texts)
    if hash_tree(built.line.tree) != hash_tree(state.main.tree):
        puts.append(_version(state, built.line, at, by, change.title))
    return Event("landed", at, by, change.title, tuple(puts), change.id, state.head)


def _unused_texts(built: Built) -> dict[str, tuple[str, ...]]:
    """List what people typed on a Change that its landing does not put in place, such as on an asset that stays out: it stays offered."""
    found: dict[str, tuple[str, ...]] = {}
    for place, texts in built.site.change.typed().items():
        asset, _, name = place.partition("#")
        landed = built.line.texts.get(asset)
        stored = [*built.site.state.drafts.get(asset, ()), *([landed] if landed else [])]
        known = {draft.values.get(name) for draft in stored}
        found[place] = tuple(text for text in texts if text not in known)
    return found


def draft_empty_slots(state: State, built: Built, at: str, skip: frozenset[str] = frozenset()) -> Event | None:
    """Put drafts of slots that are empty on main straight onto main; None where there is none. `skip` are slots that an open Change rewrites."""
    main = built.site.main.texts
    new: dict[str, Draft] = {}
    for asset, draft in built.line.texts.items():
        # What reads a text that stays out stays out with it, so that main never holds a reader without what it read.
        if asset not in main and asset not in skip and all(above in main or above in new for above in draft.upstream()):
            new[asset] = draft
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


def intervened(key: str, one: Intervention, at: str) -> Event:
    """Record that the guard stopped a writer, or would have; or what was put back. `key` is an id of its own: the same words can be stopped twice."""
    return Event("put-back" if one.is_put_back else "intervened", at, "guard", f"{one.asset}#{one.field}", (Put("interventions", key, one),))


def judged(one: Opinion, at: str) -> Event:
    """Record what a judge model said of a finished draft."""
    return Event("judged", at, one.judge, one.asset, (Put("opinions", one.task, one),))


def retry(state: State, at: str, by: str) -> Event | None:
    """Forget failed results, so that their tasks are wanted again; None where nothing failed."""
    failed = [task for task, result in state.results.items() if result.error]
    return Event("returned", at, by, f"{len(failed)} tasks are tried again", tuple(Put("results", task, None) for task in failed)) if failed else None


def answer_decision(change: Change, decision: Decision, answer: Answer, built: Built, only: str = "") -> Change:
    """Answer a decision's items (or the one with key `only`). `redraft` becomes a note and a refusal, which ask the writer again.

    `built` is the line that was answered on: the facts that the chosen words state are pinned as they stood there.
    """
    out = change
    for item in decision.items:
        if only and item.key != only:
            continue
        if answer.kind == "redraft":
            out = _sent_back(out, item, answer.text)
        else:
            out = out.with_answers({item.key: replace(answer, main=item.main, proposal=item.proposal, says=_stated(item, answer, built))})
    return out


def _stated(item: Item, answer: Answer, built: Built) -> Trace:
    """List the facts that the words of an answer state; a line of the strategy and a file state nothing by their words alone."""
    words = {"take": item.after, "keep": item.before, "text": answer.text}.get(answer.kind, "")
    return built.site.kit.matching.says(words, built.facets) if item.asset and item.kind != "file" and words else ()


def _sent_back(change: Change, item: Item, note: str) -> Change:
    """Send a proposal back. Where a person before them wrote it, that answer is open again; else the writer gets the note."""
    place = f"{item.asset}#{item.field}"
    wrote = [key for key, answer in change.answers.items() if key.startswith(f"{place}:") and hash_text(answer.text) == item.proposal]
    notes = {**change.notes, item.asset: (*change.notes.get(item.asset, ()), note)}
    refused = {**change.refused, place: tuple(dict.fromkeys((*change.refused.get(place, ()), item.proposal)))}
    return replace(change.without_answers(wrote), notes=notes, refused=refused)


def enter_text(change: Change, asset: str, name: str, words: Words) -> Change:
    """Put a person's words into a Change; what they replace there stays offered."""
    return change.with_words(f"{asset}#{name}", words)


def request_redraft(change: Change, state: State, asset: str, note: str) -> Change:
    """Ask for another attempt at an asset: the note is read by every field, the present machine texts are refused."""
    draft = state.main.texts.get(asset)
    if draft is not None and draft.file is not None:
        why = f"it is made outside: {draft.file.name} can only be replaced"
        raise Refused(f"{asset} is not written by a worker.", reasons=[Reason(why, f"concerted slot {asset} FILE", asset)])
    refused = dict(change.refused)
    for name, text in draft.fields.items() if draft else ():
        if text.origin != "person":
            place = f"{asset}#{name}"
            refused[place] = tuple(dict.fromkeys((*refused.get(place, ()), hash_text(text.value))))
    notes = {**change.notes, asset: (*change.notes.get(asset, ()), note)}
    return replace(change, notes=notes, refused=refused)


def catch_up(state: State, built: Built) -> bool:
    """Tell whether time, rules or recipes made main out of date in a way that nobody decided to leave, and no open Change takes it along."""
    if any(not change.rehearsal and not change.hold for change in state.changes.values()):
        return False
    stale = any(slot.before is not None and slot.stale and not slot.left for slot in built.slots.values())
    return stale or bool(built.older) or any(slot.before is None and slot.items for slot in built.slots.values())


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
    """Give the work that is wanted now, each task once: every open Change's, and main's where no Change writes the slot otherwise.

    Nothing is wanted of a campaign that is paused.
    """
    if main.site.state.paused:
        return ()
    open_now = tuple(changes)
    skip = rewritten(main, [built for built in open_now if not built.site.change.rehearsal])
    wanted = [task for task in main.wanted if task.asset not in skip]
    wanted += [task for built in open_now for task in built.wanted]
    return tuple({task.id: task for task in wanted}.values())


def rollback_edits(state: State, number: int) -> dict[str, Edit]:
    """Take back what one version changed, and only that: a ref that moved since is a question on the Change, not overwritten."""
    version = next((version for version in state.versions if version.number == number), None)
    if version is None:
        raise NotFound(f"There is no version {number}.", next="concerted history")
    main = flatten(state.main.tree, lambda _ref: True)
    moved = {ref: (old, new) for ref, old, new in version.edits if main.get(ref) != old and not ref.endswith(MEMBERS)}
    edits = {ref: Edit(ref, old, new, "rollback") for ref, (old, new) in moved.items()}
    before = flatten(state.versions[number - 2].tree) if number > 1 else {}
    after = flatten(version.tree)
    for ref, old, new in version.edits:
        room, _, rest = ref.partition(".")
        slug, _, leaf = rest.partition(".")
        if leaf == "was" and old is None and f"{room}.{new}.{MEMBERS}" in before:
            # A rename is taken back by renaming: whoever wrote under the new name keeps their words under the old one.
            edits[f"{room}.{new}.was"] = Edit(f"{room}.{new}.was", slug, main.get(f"{room}.{new}.was"), "rollback")
    for ref, order in before.items():
        # What comes back comes back to its place: the order that the version found, where it changed who stands in a map.
        if ref.endswith(MEMBERS) and order not in (main.get(ref), after.get(ref)):
            edits[ref] = Edit(ref, order, main.get(ref), "rollback")
    return edits


def release_event(released: Released, head: int, excluded: Iterable[str] = ()) -> Event:
    """Record a release. What was excluded from it is taken in again: leaving out holds for one release."""
    puts = (Put("releases", released.id, released), *(Put("excluded", asset, None) for asset in excluded))
    return Event("released", released.at, released.by, ", ".join(released.groups), puts, head=head)
