"""The one function behind every Change: from base, edits, answers and stored results to its line, questions and wanted work.

Open, amend, rebase, rollback, rehearse, probe and crash recovery are all "build again". `build(state, NO_CHANGE, kit)` is main itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from concerted.campaign.change import NO_CHANGE, Answer, Change, Edit
from concerted.campaign.decision import Decision, Item, group_items
from concerted.campaign.deliverable import Deliverable
from concerted.campaign.draft import Draft
from concerted.campaign.facets import MEMBERS, Facets, Value, hash_at, hash_value, value_at, with_value, wording_source, wordings
from concerted.campaign.line import Approval, Left, Line, State
from concerted.planning.kit import Kit
from concerted.planning.site import Site, Slot, Task
from concerted.planning.stations import carried_approvals
from concerted.planning.wave import left_digest, settle


@dataclass(frozen=True)
class Built:
    """A line as computed. `line` is what main becomes when the Change lands now."""

    line: Line
    facets: Facets
    site: Site
    deliverables: Mapping[str, Deliverable]
    slots: Mapping[str, Slot]
    items: tuple[Item, ...]
    wanted: tuple[Task, ...]
    retired: tuple[str, ...]
    stops: tuple[str, ...]
    """Why the Change cannot land now, as sentences; empty when it can."""

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The open questions, grouped."""
        return group_items(self.items)


def build(state: State, change: Change, kit: Kit) -> Built:
    """Compute a line: `change` on top of main, or main itself for `NO_CHANGE`."""
    tree, of, items = _edited(state, change)
    main = state.main
    base_facets = kit.facets(main.tree, main.catalog)
    tree, of, wording_items, left_wordings = _answer_wordings(state, change, kit, (tree, of))
    facets = kit.facets(tree, main.catalog)
    deliverables = kit.expand(facets)
    site = Site(
        state, change, kit, facets, base_facets, deliverables, kit.renames(facets, frozenset(main.texts)), left_wordings, settled=set(main.settled)
    )  # fmt: skip
    for deliverable in deliverables.values():
        settle(site, deliverable)
    items += _with_readers(site, wording_items)
    if change is NO_CHANGE:
        items = []
    items += [item for slot in site.slots.values() for item in slot.items]
    wanted = tuple(task for slot in site.slots.values() for task in slot.tasks)
    line = _line(site, tree, of)
    retired = tuple(asset for asset in main.texts if asset not in deliverables and asset not in site.aliases)
    stops = _stops(site, items)
    return Built(line, facets, site, deliverables, site.slots, tuple(items), wanted, retired, stops)


def _stops(site: Site, items: list[Item]) -> tuple[str, ...]:
    """Landing waits for texts that stand on main, never for empty slots: those are drafted onto main afterwards."""
    reasons: list[str] = []
    if items:
        reasons.append(f"{len(items)} questions are open")
    standing = [slot for slot in site.slots.values() if slot.before is not None]
    if drafting := [slot.id for slot in standing if slot.pending]:
        reasons.append(f"{len(drafting)} texts are being drafted")
    if failed := [slot.id for slot in standing if slot.failed and not slot.left]:
        reasons.append(f"{len(failed)} drafts failed")
    return tuple(reasons)


def _edited(state: State, change: Change) -> tuple[dict[str, object], dict[str, tuple[str, ...]], list[Item]]:
    """Apply the edits to main's tree; a ref that moved on main as well becomes a question unless it was answered.

    The order of a map comes last, over whatever stands in it by then: it clashes with nothing.
    """
    tree = dict(state.main.tree)
    of = dict(state.main.of)
    items: list[Item] = []
    for ref, edit in change.edits.items():
        if ref.endswith(MEMBERS):
            continue
        now = _as_value(value_at(state.main.tree, ref))
        value = edit.new
        if now != edit.old and now != edit.new:
            answer = change.answers.get(f"edit:{ref}")
            if answer and (answer.main, answer.proposal) == (hash_value(now), hash_value(edit.new)):
                value = now if answer.kind == "take" else answer.text if answer.kind == "text" else edit.new
            else:
                items.append(_conflict(edit, now, change.by))
        tree = with_value(tree, ref, value)
        if "@" in ref and value is not None and edit.of:
            place = f"{ref}#{hash_value(value)}"
            of[place] = tuple(dict.fromkeys((*of.get(place, ()), edit.of)))
    for ref, edit in change.edits.items():
        tree = with_value(tree, ref, edit.new) if ref.endswith(MEMBERS) else tree
    return tree, of, items


def _as_value(value: object) -> Value:
    if isinstance(value, list):
        return tuple(value)  # pyright: ignore[reportUnknownArgumentType]
    return value if isinstance(value, str | int | float | bool) else None


def _conflict(edit: Edit, now: Value, who: str) -> Item:
    return Item(
        f"edit:{edit.ref}", "edit", who, (edit.ref,), ("take", "keep", "text"), "open", hash_value(now), hash_value(edit.new),
        ref=edit.ref, before=str(now or ""), after=str(edit.new or ""), note="take = the campaign's value, keep = this Change's value",
    )  # fmt: skip


def _answer_wordings(
    state: State, change: Change, kit: Kit, line: tuple[dict[str, object], dict[str, tuple[str, ...]]]
) -> tuple[dict[str, object], dict[str, tuple[str, ...]], list[Item], dict[str, str]]:
    """Find wordings older than their source; base-language lengths first, because other languages are made from them."""
    tree, of = line
    items: list[Item] = []
    left: dict[str, str] = {}
    facets = kit.facets(tree, state.main.catalog)
    base = kit.law.base
    for ref in sorted(wordings(facets), key=lambda ref: (f"@{base}" not in ref, ref)):
        source = wording_source(ref, facets, base)
        if source not in facets:
            continue
        text_hash, source_hash = hash_at(facets, ref), hash_at(facets, source)
        place = f"{ref}#{text_hash}"
        if source_hash in of.get(place, ()):
            if source in left:
                left[ref] = left[source]
            continue
        answer = change.answers.get(f"wording:{ref}")
        if answer and (answer.main, answer.proposal) == (text_hash, source_hash):
            tree, of = _take_wording_answer((tree, of), ref, answer, left)
            facets = kit.facets(tree, state.main.catalog)
        elif _still_left(state, change, ref, text_hash + source_hash):
            left[ref] = state.main.left[f"wording:{ref}"].who
        else:
            items.append(_wording_item(ref, source, facets))
    return tree, of, items, left


def _take_wording_answer(
    line: tuple[dict[str, object], dict[str, tuple[str, ...]]], ref: str, answer: Answer, left: dict[str, str]
) -> tuple[dict[str, object], dict[str, tuple[str, ...]]]:  # fmt: skip
    tree, of = line
    if answer.kind == "leave":
        left[ref] = answer.by
        return tree, of
    value = answer.text if answer.kind == "text" else _as_value(value_at(tree, ref))
    if answer.kind == "text":
        tree = with_value(tree, ref, value)
    place = f"{ref}#{hash_value(value)}"
    return tree, {**of, place: tuple(dict.fromkeys((*of.get(place, ()), answer.proposal)))}


def _still_left(state: State, change: Change, ref: str, digest: str) -> bool:
    key = f"wording:{ref}"
    known = state.main.left.get(key)
    return known is not None and known.digest == digest and key not in change.revisit


def _wording_item(ref: str, source: str, facets: Facets) -> Item:
    return Item(
        f"wording:{ref}", "wording", "", (source.partition("@")[0],), ("keep", "text", "leave"), "leave", hash_at(facets, ref), hash_at(facets, source),
        ref=ref, before=str(facets[ref]), after=str(facets[source]), note=f"made from {source}, which now reads: {facets[source]}",
    )  # fmt: skip


def _with_readers(site: Site, items: list[Item]) -> list[Item]:
    """Ask about a wording only where a text of this line was written from it or from a wording made from it; ask the person of that market."""
    readers: dict[str, list[Slot]] = {}
    for slot in site.slots.values():
        for key in {key for text in slot.texts.values() for key, _seen in text.reads() if "@" in key}:
            readers.setdefault(key[2:], []).append(slot)
    made: dict[str, list[Slot]] = {}
    for ref, slots in readers.items():
        made.setdefault(wording_source(ref, site.facets, site.kit.law.base), []).extend(slots)
    out: list[Item] = []
    for item in items:
        slots = readers.get(item.ref) or made.get(item.ref, [])
        if slots:
            people = site.kit.roles.people("wordings", slots[0].deliverable, site.facets)
            out.append(replace(item, who=people[0] if people else "", assets=tuple(dict.fromkeys(slot.id for slot in slots))))
    return out


def _line(site: Site, tree: Mapping[str, object], of: Mapping[str, tuple[str, ...]]) -> Line:
    """What main becomes: texts of empty slots only where they are complete, left assets as they were."""
    main = site.main
    texts: dict[str, Draft] = {}
    approvals: dict[str, tuple[Approval, ...]] = {}
    left: dict[str, Left] = {}
    for slot in site.slots.values():
        stays = slot.left is not None or slot.draft is None or slot.pending
        draft = slot.before if stays else slot.draft
        if draft is not None:
            texts[slot.id] = draft if draft.asset == slot.id else Draft(slot.id, draft.fields)
        if signed := carried_approvals(site, slot) or _renamed(site, slot.id, main.approvals):
            approvals[slot.id] = signed
        if slot.left and slot.before is not None:
            left[slot.id] = Left(slot.left[0], slot.left[1], left_digest(site, slot))
    for ref, who in site.left_wordings.items():
        source = wording_source(ref, site.facets, site.kit.law.base)
        left[f"wording:{ref}"] = Left(who, f"older than {source}", hash_at(site.facets, ref) + hash_at(site.facets, source))
    owned = {**{_move(site, place): who for place, who in main.owned.items()}, **site.owned}
    notes, refused = dict(main.notes), dict(main.refused)
    for asset, added in site.change.notes.items():
        notes[asset] = (*notes.get(asset, ()), *added)
    for place, hashes in site.change.refused.items():
        refused[place] = tuple(dict.fromkeys((*refused.get(place, ()), *hashes)))
    return replace(
        main, tree=tree, texts=texts, approvals=approvals, left=left, owned=owned, of=of, notes=notes, refused=refused, settled=frozenset(site.settled)
    )  # fmt: skip


def _move(site: Site, place: str) -> str:
    asset, _, name = place.partition("#")
    return f"{site.aliases.get(asset, asset)}#{name}"


def _renamed(site: Site, asset: str, approvals: Mapping[str, tuple[Approval, ...]]) -> tuple[Approval, ...]:
    old = next((was for was, now in site.aliases.items() if now == asset), "")
    return approvals.get(old, ())


