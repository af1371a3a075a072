"""The campaign's append-only record. An event says what happened, who did it, and which current values it put in place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from concerted.campaign.draft import Draft
from concerted.campaign.facets import hash_tree
from concerted.campaign.line import Line, State

EventKind: TypeAlias = Literal[
    "opened", "amended", "answered", "landed", "abandoned", "drafted", "adopted", "returned", "approved", "unapproved", "owned", "unowned",
    "locked", "unlocked", "excluded", "included", "attested", "released", "limits", "declined", "retried", "intervened", "judged", "paused",
    "put-back", "dismissed", "taken-up", "proposed", "sent", "remarked", "cleared", "noted",
]  # fmt: skip

LINE_SECTIONS = ("owned", "locked", "approvals", "excluded", "notes", "refused", "left", "of")
"""Mappings of main that are put key by key."""
STATE_SECTIONS = (
    "changes", "results", "releases", "people_texts", "declined", "interventions", "opinions", "paused", "dismissed", "proposals",
    "remarks", "cleared", "rounds",
)  # fmt: skip
"""Mappings of the state beside main."""


@dataclass(frozen=True, slots=True)
class Put:
    """One current value put in place; None takes it away. `section` is a table of the store, `key` its key there."""

    section: str
    key: str
    value: Any


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the record. `head` is the head of main it was decided on: a store refuses it when main has moved since."""

    kind: EventKind
    at: str
    by: str
    about: str
    puts: tuple[Put, ...]
    change: str = ""
    head: int | None = None
    """None for events that do not touch main."""


def fold(state: State, event: Event) -> State:
    """Apply an event. Folding all events of a campaign rebuilds its current state exactly."""
    sections: dict[str, dict[str, Any]] = {}
    for put in event.puts:
        sections.setdefault(put.section, {})[put.key] = put.value
    if "drafts" in sections:
        state = replace(state, drafts=_store(state.drafts, sections["drafts"].values()))
    texts: Mapping[str, Draft] = state.main.texts
    if "texts" in sections:
        drafts, texts = _point(state, sections["texts"])
        state = replace(state, drafts=drafts)
    state = replace(state, main=_line(state.main, texts, sections))
    if event.head is not None:
        state = replace(state, head=event.head + 1)
    return _other(state, sections)


def _line(main: Line, texts: Mapping[str, Draft], sections: Mapping[str, Mapping[str, Any]]) -> Line:
    parts: dict[str, Any] = {name: _merged(getattr(main, name), sections[name]) for name in LINE_SECTIONS if name in sections}
    parts |= {name: sections[name][""] for name in ("tree", "catalog") if name in sections}
    if "settled" in sections:
        added = {(text, run) for key, yes in sections["settled"].items() if yes for text, _, run in (key.partition("|"),)}
        parts["settled"] = main.settled | added
    return replace(main, texts=texts, **parts) if parts or texts is not main.texts else main


def _other(state: State, sections: Mapping[str, Mapping[str, Any]]) -> State:
    parts: dict[str, Any] = {name: _merged(getattr(state, name), sections[name]) for name in STATE_SECTIONS if name in sections}
    if "versions" in sections:
        parts["versions"] = (*state.versions, *sections["versions"].values())
    return replace(state, **parts) if parts else state


def _merged(old: Mapping[str, Any], puts: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**old, **puts}
    return {key: value for key, value in merged.items() if value is not None}


def _store(drafts: Mapping[str, tuple[Draft, ...]], added: Iterable[Draft]) -> dict[str, tuple[Draft, ...]]:
    out = dict(drafts)
    for draft in added:
        known = out.get(draft.asset, ())
        if all(draft.id != other.id for other in known):
            out[draft.asset] = (*known, draft)
    return out


def _point(state: State, pointers: Mapping[str, str | None]) -> tuple[dict[str, tuple[Draft, ...]], dict[str, Draft]]:
    """Move pointers; the draft that becomes current goes to the end of its asset's list."""
    drafts = dict(state.drafts)
    texts = dict(state.main.texts)
    for asset, draft_id in pointers.items():
        if draft_id is None:
            texts.pop(asset, None)
            continue
        listed = drafts[asset]
        current = next(draft for draft in listed if draft.id == draft_id)
        drafts[asset] = (*(draft for draft in listed if draft.id != draft_id), current)
        texts[asset] = current
    return drafts, texts


def line_puts(old: Line, new: Line) -> tuple[Put, ...]:
    """List the puts that turn one line into another; new drafts are put before their pointers."""
    puts: list[Put] = []
    for asset, draft in new.texts.items():
        if asset not in old.texts or old.texts[asset].id != draft.id:
            puts += [Put("drafts", f"{asset}/{draft.id}", draft), Put("texts", asset, draft.id)]
    puts += [Put("texts", asset, None) for asset in old.texts if asset not in new.texts]
    for name in LINE_SECTIONS:
        before, after = getattr(old, name), getattr(new, name)
        puts += [Put(name, key, value) for key, value in after.items() if before.get(key) != value]
        puts += [Put(name, key, None) for key in before if key not in after]
    puts += [Put("settled", f"{text}|{run}", True) for text, run in sorted(new.settled - old.settled)]
    if hash_tree(new.tree) != hash_tree(old.tree):
        puts.append(Put("tree", "", new.tree))
    if new.catalog != old.catalog:
        puts.append(Put("catalog", "", new.catalog))
    return tuple(puts)
