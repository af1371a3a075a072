"""The one function behind every Change: from base, edits, answers and stored results to its line, questions and wanted work.

Open, amend, rebase, rollback, rehearse, probe and crash recovery are all "build again". `build(state, NO_CHANGE, kit)` is main itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from concerted.campaign.change import NO_CHANGE, Answer, Change, Edit
from concerted.campaign.decision import Decision, Item, group_items
from concerted.campaign.deliverable import Deliverable
from concerted.campaign.draft import Draft
from concerted.campaign.facets import MEMBERS, Facets, Scalar, Value, hash_at, hash_value, value_at, with_value, wording_source, wordings
from concerted.campaign.line import Left, Line, State
from concerted.planning.follow import follow, names_of
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
    state: State
    """What it was built on, and for which Change: it lands on nothing else."""
    change: Change
    older: tuple[Item, ...] = ()
    """On main: wordings older than their source that a text is written from and nobody has left."""

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The open questions, grouped."""
        return group_items(self.items)


def build(state: State, change: Change, kit: Kit) -> Built:
    """Compute a line: `change` on top of main, or main itself for `NO_CHANGE`."""
    tree, of, items = _edited(state, change, kit)
    tree, of, wording_items, left_wordings = _answer_wordings(state, change, kit, (tree, of))
    facets = kit.facets(tree, state.main.catalog)
    deliverables = kit.expand(facets)
    aliases = kit.renames(facets, names_of(state, change))
    today, renamed = follow(state, change, aliases)
    site = Site(
        today,
        renamed,
        kit,
        facets,
        kit.facets(state.main.tree, state.main.catalog),
        deliverables,
        aliases,
        left_wordings,
        conflicts=frozenset(item.ref for item in items),
        settled=set(state.main.settled),
    )
    for deliverable in deliverables.values():
        settle(site, deliverable)
    older = _with_readers(site, wording_items)
    asked = [] if change is NO_CHANGE else [*items, *older, *(item for slot in site.slots.values() for item in slot.items)]
    wanted = tuple(task for slot in site.slots.values() for task in slot.tasks)
    line = _line(site, tree, of)
    retired = tuple(asset for asset in today.main.texts if asset not in deliverables)
    return Built(
        line,
        facets,
        site,
        deliverables,
        site.slots,
        tuple(asked),
        wanted,
        retired,
        _stops(site, asked),
        state,
        change,
        tuple(older) if change is NO_CHANGE else (),
    )


def _stops(site: Site, items: list[Item]) -> tuple[str, ...]:
    """Landing waits for texts that stand, on main or among the retired, and for slots where a person has written; never for empty ones."""
    reasons: list[str] = []
    if items:
        reasons.append(f"{len(items)} questions are open")
    written = {place.partition("#")[0] for place in site.change.texts}
    standing = [slot for slot in site.slots.values() if slot.start is not None or slot.id in written]
    if drafting := [slot.id for slot in standing if slot.pending]:
        reasons.append(f"{len(drafting)} texts are being drafted")
    return tuple(reasons)


def _edited(state: State, change: Change, kit: Kit) -> tuple[dict[str, object], dict[str, tuple[str, ...]], list[Item]]:
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
            item = _conflict(edit, now, change.by)
            answer = _given(change, item)
            if answer is None:
                items.append(item)
            else:
                value = (
                    now if answer.kind == "take" else _typed(kit, (tree, state.main.catalog), ref, answer.text) if answer.kind == "text" else edit.new
                )
        tree = with_value(tree, ref, value)
        if "@" in ref and value == edit.new and value is not None and edit.of:
            of |= _right_for(of, ref, value, edit.of)
    for ref, edit in change.edits.items():
        tree = with_value(tree, ref, edit.new) if ref.endswith(MEMBERS) else tree
    return tree, of, items


def _as_value(value: object) -> Value:
    if isinstance(value, list | tuple):
        return tuple(cast("list[Scalar]", value))
    return value if isinstance(value, str | int | float | bool) else None


def _given(change: Change, item: Item) -> Answer | None:
    """Find the answer that was given to exactly this question about a line of the strategy."""
    answer = change.answers.get(item.key)
    pinned = answer is not None and (answer.main, answer.proposal) == (item.main, item.proposal) and answer.kind in item.options
    return answer if pinned else None


def _typed(kit: Kit, line: tuple[dict[str, object], Facets], ref: str, text: str) -> Value:
    """Bring a line that a person typed as an answer into canonical form."""
    tree, catalog = line
    return kit.facets(with_value(tree, ref, text), catalog).get(ref)


def _conflict(edit: Edit, now: Value, who: str) -> Item:
    worded = all(isinstance(value, str) for value in (now, edit.new))
    return Item(
        f"edit:{edit.ref}",
        "edit",
        who,
        (edit.ref,),
        ("take", "keep", "text") if worded else ("take", "keep"),
        "open",
        hash_value(now),
        hash_value(edit.new),
        ref=edit.ref,
        before=str(now or ""),
        after=str(edit.new or ""),
        note="take = the campaign's value, keep = this Change's value",
    )


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
        item = _wording_item(ref, source, facets)
        answer = _given(change, item)
        if answer and answer.kind == "leave":
            left[ref] = answer.by
        elif answer:
            value = _typed(kit, (tree, state.main.catalog), ref, answer.text) if answer.kind == "text" else facets[ref]
            tree, of = with_value(tree, ref, value), {**of, **_right_for(of, ref, value, source_hash)}
            facets = kit.facets(tree, state.main.catalog)
        elif _still_left(state, change, ref, text_hash + source_hash):
            left[ref] = state.main.left[f"wording:{ref}"].who
        else:
            items.append(item)
    return tree, of, items, left


def _right_for(of: Mapping[str, tuple[str, ...]], ref: str, value: Value, source: str) -> dict[str, tuple[str, ...]]:
    """Add a source text to those that a wording is known to be right for."""
    place = f"{ref}#{hash_value(value)}"
    return {place: tuple(dict.fromkeys((*of.get(place, ()), source)))}


def _still_left(state: State, change: Change, ref: str, digest: str) -> bool:
    key = f"wording:{ref}"
    known = state.main.left.get(key)
    return known is not None and known.digest == digest and key not in change.revisit


def _wording_item(ref: str, source: str, facets: Facets) -> Item:
    return Item(
        f"wording:{ref}",
        "wording",
        "",
        (source.partition("@")[0],),
        ("keep", "text", "leave"),
        "leave",
        hash_at(facets, ref),
        hash_at(facets, source),
        ref=ref,
        before=str(facets[ref]),
        after=str(facets[source]),
        note=f"made from {source}, which now reads: {facets[source]}",
    )


def _with_readers(site: Site, items: list[Item]) -> list[Item]:
    """Ask about a wording only where a text of this line was written from it or from a wording made from it; ask the person of that market."""
    readers: dict[str, list[Slot]] = {}
    for slot in site.slots.values():
        for key in {key for key in (*slot.reads, *(k for text in slot.texts.values() for k, _seen in text.reads())) if "@" in key}:
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


def _comes_along(slot: Slot, texts: Mapping[str, Draft]) -> bool:
    """Tell whether a line puts an asset's texts in place. An empty slot waits for its questions, and until all that it reads stands whole."""
    if slot.left is not None or slot.pending:
        return False
    if slot.before is not None or slot.draft is None:
        return True
    return not slot.items and all(above in texts for above in slot.draft.upstream())


def _line(site: Site, tree: Mapping[str, object], of: Mapping[str, tuple[str, ...]]) -> Line:
    """Put together what main becomes: texts of empty slots only where they are complete, left assets as they were."""
    main = site.main
    texts: dict[str, Draft] = {}
    approvals = dict(main.approvals)
    left: dict[str, Left] = {}
    landed: set[str] = set()
    for slot in site.slots.values():
        if slot.draft is not None and _comes_along(slot, texts):
            texts[slot.id] = slot.draft
            landed.add(slot.id)
        elif slot.before is not None:
            texts[slot.id] = slot.before
        if signed := carried_approvals(site, slot):
            approvals[slot.id] = signed
        if slot.left and slot.before is not None:
            given = {key: answer for key, answer in site.answers_about.get(slot.id, {}).items() if answer.kind != "leave"}
            left[slot.id] = replace(slot.left, digest=left_digest(site, slot), answers=given)
    for ref, who in site.left_wordings.items():
        source = wording_source(ref, site.facets, site.kit.law.base)
        left[f"wording:{ref}"] = Left(who, f"older than {source}", hash_at(site.facets, ref) + hash_at(site.facets, source))
    owned = {**main.owned, **{place: who for place, who in site.owned.items() if place.partition("#")[0] in landed}}
    return replace(
        main,
        tree=tree,
        texts=texts,
        approvals=approvals,
        left=left,
        owned=owned,
        of=of,
        settled=frozenset(site.settled),
        notes={**main.notes, **{asset: (*main.notes.get(asset, ()), *more) for asset, more in site.change.notes.items()}},
        refused={**main.refused, **{p: tuple(dict.fromkeys((*main.refused.get(p, ()), *more))) for p, more in site.change.refused.items()}},
    )
