"""Names that lead nowhere: a claim, message, channel or market that is used and does not exist."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from concerted.campaign.deliverable import NONE
from concerted.campaign.finding import Finding
from concerted.campaign.shape import Entries, Fields, Shape, below, standing_at
from concerted.campaign.spelling import did_you_mean
from concerted.campaign.strategy import Strategy, Tree, keys_of, path_of, shape, tree_of

RULE = "dangling"
NAME_RULE = "dangling-name"
"""The same for a name that is itself a key."""
_KINDS = {
    "claims": "a claim",
    "messages": "a message",
    "ctas": "a call to action",
    "offers": "an offer",
    "markets": "a market",
    "channels": "a channel",
    "audiences": "an audience",
    "playbooks": "a playbook",
    "positioning": "a line of the positioning",
}


@dataclass(frozen=True, slots=True)
class CatalogNames:
    """The short names that the library and the campaign's own `library/` folder know. Empty = not known here, so not checked."""

    channels: frozenset[str] = frozenset()
    playbooks: frozenset[str] = frozenset()


def dangling(strategy: Strategy, names: CatalogNames) -> Iterable[Finding]:
    """Find every name that is used and leads nowhere."""
    tree = tree_of(strategy)
    for keys, slot, value in standing_at(shape(), tree):
        if slot.leaf.names:
            used = cast(list[str], value) if isinstance(value, list) else [str(value)]
            for name in used:
                yield from _lookup(path_of(keys), name, slot.leaf.names, tree, names)
    for keys, group_names, used in _named_keys(shape(), tree, ()):
        for finding in _lookup(path_of((*keys, used)), used, group_names, tree, names):
            yield replace(finding, rule=NAME_RULE)
    for asset in strategy.deliverables:
        yield from _deliverable(asset, tree, names)


def _named_keys(here: Shape, tree: Tree, above: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], str, str]]:
    """List the keys of maps whose keys must be names of something: `(keys above, kind, key)`."""
    for key, value in tree.items():
        if isinstance(here, Entries) and here.group.names:
            yield above, here.group.names, key
        part = below(here, (key,))
        if part is not None and isinstance(value, Mapping):
            yield from _named_keys(part, cast(Tree, value), (*above, key))


def _lookup(ref: str, name: str, kind: str, tree: Tree, names: CatalogNames) -> Iterable[Finding]:
    if kind == "refs":
        yield from _address(ref, name, tree)
        return
    known = _known(kind, tree, names)
    if known is not None and name not in known:
        yield Finding(RULE, "file", f'{ref}: "{name}" is not {_KINDS[kind]}', _known_instead(name, kind, known), ref=ref, evidence=name)


def _known_instead(name: str, kind: str, known: Collection[str]) -> str:
    slugs = sorted(known)
    if not slugs:
        return f"there is nothing under {kind} yet: add it there"
    renamed = _renamed_to(name, cast("Mapping[str, Any]", known)) if isinstance(known, Mapping) else ""
    if renamed:
        return f"it is called {renamed} now: write {renamed} here"
    return did_you_mean(name, slugs)


def _renamed_to(name: str, entries: Mapping[str, Any]) -> str:
    """Find the entry that says it was called so."""
    return next((slug for slug, entry in entries.items() if isinstance(entry, dict) and cast("dict[str, Any]", entry).get("was") == name), "")


def _known(kind: str, tree: Tree, names: CatalogNames) -> Collection[str] | None:
    match kind:
        case "channels":
            return names.channels or None
        case "playbooks":
            return names.playbooks or None
        case "positioning":
            part = below(shape(), ("positioning",))
            return part.fields if isinstance(part, Fields) else None
        case _:
            return cast(Mapping[str, Any], tree.get(kind, {}))


def _address(ref: str, name: str, tree: Tree) -> Iterable[Finding]:
    """Follow an address into the tree; a short name that is missing is a mistake, an unanswered field is not."""
    node: Any = tree
    here: Shape | None = shape()
    for key in keys_of(name):
        part = below(here, (key,))
        known: Iterable[str] = here.fields if isinstance(here, Fields) else node
        if part is None or (isinstance(here, Entries) and key not in node):
            yield Finding(RULE, "file", f'{ref}: "{name}" leads nowhere', did_you_mean(key, known), ref=ref, evidence=name)
            return
        if key not in node:
            return
        here, node = part, node[key]


def _deliverable(asset: str, tree: Tree, names: CatalogNames) -> Iterable[Finding]:
    """Look up the parts of an asset id in the file and the catalog."""
    ref = path_of(("deliverables", asset))
    _, channel, audience, market, _ = asset.split(".")
    for kind, name, known in (
        ("channel", channel, names.channels or None),
        ("audience", audience, cast(Mapping[str, Any], tree.get("audiences", {}))),
        ("market", market, cast(Mapping[str, Any], tree.get("markets", {}))),
    ):
        if known is not None and name != NONE and name not in known:
            yield Finding(NAME_RULE, "file", f'{ref}: there is no {kind} "{name}"', _known_instead(name, f"{kind}s", known), ref=ref, evidence=name)
