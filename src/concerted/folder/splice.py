"""Write-back: edits of the strategy put into the files that a person wrote, every untouched byte kept.

Computed on bytes in memory and read back: the parsed difference must be exactly the edits, or nothing is handed out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from concerted.campaign.address import join
from concerted.campaign.facets import Tree, Value
from concerted.campaign.strategy import edited, keys_of, tree_of, validate
from concerted.errors import Reason, Refused
from concerted.folder.gather import Keys
from concerted.folder.nodes import Node, Pairs, Text
from concerted.folder.page import Page
from concerted.folder.patch import Patch, Spot, Stuck, addition, filling, removal, replacement
from concerted.folder.slips import read
from concerted.folder.source import Source, read_files
from concerted.folder.style import Manner, pair
from concerted.folder.tables.layout import TablePage
from concerted.folder.tables.writing import Unwritable, cell_of, spelled
from concerted.folder.tables.writing import edited as edited_table

Edit = tuple[str, Value | None]


def splice(source: Source, edits: Sequence[Edit]) -> dict[str, bytes]:
    """Compute the new bytes of the files that edits touch: `(ref, new value)`, None takes out. Files not named stay as they are.

    Raises Refused, naming the line to type, where an edit cannot be made without touching anything else.
    """
    if source.strategy is None:
        raise Refused("The campaign file has mistakes, so nothing can be written into it.", next="concerted check")
    expected, unsound = _typed(edited(source.tree, edits))
    if expected is None:
        raise Refused("With these edits the campaign file would no longer be valid.", reasons=[Reason(said) for said in unsound])
    try:
        rest, tables = _apart_tables(source, _leaf_edits(source.tree, expected))
        pages = _spliced(source, rest, expected)
        written = {name: edited_table(_table(source, name), cells) for name, cells in tables.items()}
    except Stuck:
        raise _refusal(source, edits) from None
    except Unwritable as stuck:
        raise Refused("The edit belongs into a table, and cannot be written there; nothing was written.", reasons=[Reason(*stuck.args)]) from None
    files = {**source.files, **{name: page.data for name, page in pages.items()}, **written}
    if not _same(read_files(files, source.root), expected):
        raise _refusal(source, edits)
    return {name: data for name, data in files.items() if data != source.files[name]}


def _typed(raw: Mapping[str, Any]) -> tuple[Tree | None, list[str]]:
    strategy, findings = validate(raw)
    return (tree_of(strategy), []) if strategy else (None, [str(finding) for finding in findings])


def _leaf_edits(old: Tree, new: Tree) -> dict[Keys, Any]:
    """List what differs leaf by leaf; None for what goes."""
    before, after = dict(_leaves(old, ())), dict(_leaves(new, ()))
    gone: dict[Keys, Any] = {keys: None for keys in before if keys not in after}
    return {**gone, **{keys: value for keys, value in after.items() if before.get(keys) != value}}


def _leaves(tree: Tree, above: Keys) -> Iterable[tuple[Keys, Any]]:
    for key, part in tree.items():
        if isinstance(part, Mapping):
            yield from _leaves(cast(Tree, part), (*above, key))
        else:
            yield (*above, key), part


def _same(source: Source, expected: Tree) -> bool:
    """Compare trees with the order of their keys, which is part of a strategy. In a table rows and columns have the order that they have."""
    if source.strategy is None:
        return False
    return json.dumps(source.tree) == json.dumps(_as_in_tables(source, expected, ()))


def _as_in_tables(source: Source, tree: Tree, above: Keys) -> Tree:
    """Put maps that stand in a table into the order in which they are read there."""
    read = _at(source.tree, above)
    tabled = any(isinstance(place.page, TablePage) for place in source.places.get(above, ()))
    first = [key for key in cast(Tree, read) if key in tree] if tabled and isinstance(read, Mapping) else []
    parts = {key: tree[key] for key in (*first, *(key for key in tree if key not in first))}
    return {key: _as_in_tables(source, cast(Tree, part), (*above, key)) if isinstance(part, Mapping) else part for key, part in parts.items()}


def _apart_tables(source: Source, wanted: Mapping[Keys, Any]) -> tuple[dict[Keys, Any], dict[str, dict[Keys, Any]]]:
    """Tell what is written into YAML from what is written into a table: `(rest, edits by table file)`."""
    rest: dict[Keys, Any] = {}
    tables: dict[str, dict[Keys, Any]] = {}
    for keys, value in wanted.items():
        page = table_of(source, keys)
        if page is None:
            rest[keys] = value
        else:
            tables.setdefault(page.name, {})[keys] = value
    return rest, tables


def table_of(source: Source, keys: Keys) -> TablePage | None:
    """Find the table in which a line stands, or belongs because the nearest map above it does; None for what is YAML's.

    An entry that stands in both has in YAML what its table has no column for.
    """
    for depth in range(len(keys), 0, -1):
        pages = [place.page for place in reversed(source.places.get(keys[:depth], ()))]
        held = [page for page in pages if not isinstance(page, TablePage) or _may_hold(page, keys, depth)]
        if held:
            page = held[0]
            layout = page.layout_of(keys) if isinstance(page, TablePage) else None
            if not isinstance(page, TablePage) or layout is None:
                return None
            also_yaml = any(not isinstance(other, TablePage) for other in held) and depth > len(layout.table.path)
            return None if also_yaml and not layout.column_of(keys) else page
    return None


def _may_hold(page: TablePage, keys: Keys, depth: int) -> bool:
    layout = page.layout_of(keys)
    return layout is not None and depth >= len(layout.table.path)


def _table(source: Source, name: str) -> TablePage:
    page = source.pages[name]
    assert isinstance(page, TablePage)
    return page


@dataclass
class _Desk:
    """The pages under work, read again after every round of patches."""

    pages: dict[str, Page]
    spots: dict[str, dict[Keys, Spot]] = field(default_factory=dict[str, dict[Keys, Spot]])
    roots: dict[str, Pairs] = field(default_factory=dict[str, Pairs])

    def reread(self, names: Iterable[str]) -> None:
        for name in names:
            root, page, slips = read(self.pages[name])
            if slips or not isinstance(root, Pairs) or page.text != self.pages[name].text:
                raise Stuck
            self.roots[name] = root
            self.spots[name] = dict(_spots(page, root, ()))

    def find(self, keys: Keys) -> list[tuple[str, Spot]]:
        """List where a key stands: once for a value, in several files perhaps for a map."""
        return [(name, spots[keys]) for name, spots in self.spots.items() if keys in spots]


def _spots(page: Page, holder: Pairs, above: Keys) -> Iterable[tuple[Keys, Spot]]:
    for item in holder.pairs:
        keys = (*above, item.key.value)
        yield keys, Spot(page, holder, item)
        if isinstance(item.value, Pairs):
            yield from _spots(page, item.value, keys)


def _spliced(source: Source, wanted: Mapping[Keys, Any], expected: Tree) -> dict[str, Page]:
    """Patch the pages in rounds, as many edits a round as do not touch each other, until the edits are made."""
    desk = _Desk({name: page for name, page in source.pages.items() if not isinstance(page, TablePage)})
    desk.reread(desk.pages)
    rounds = 4 + 4 * len(json.dumps(list(wanted.values())))
    for _ in range(rounds):
        patches = _patches(desk, wanted, expected, source.root)
        if not patches:
            return {name: page for name, page in desk.pages.items() if page.text != source.pages[name].text}
        changed: set[str] = set()
        for name, chosen in _apart(patches).items():
            text = desk.pages[name].text
            for patch in sorted(chosen, key=lambda item: item.start, reverse=True):
                text = text[: patch.start] + patch.text + text[patch.end :]
            desk.pages[name] = desk.pages[name].with_text(text)
            changed.add(name)
        desk.reread(changed)
    raise Stuck


def _apart(patches: Iterable[tuple[str, Patch]]) -> dict[str, list[Patch]]:
    """Choose patches that do not touch each other; the rest wait for the next round."""
    chosen: dict[str, list[Patch]] = {}
    for name, patch in patches:
        if not any(patch.touches(other) for other in chosen.setdefault(name, [])):
            chosen[name].append(patch)
    return chosen


def _patches(desk: _Desk, wanted: Mapping[Keys, Any], expected: Tree, root: str) -> list[tuple[str, Patch]]:
    """List what is still to be done: values first, then what comes, then what goes."""
    changes: list[tuple[str, Patch]] = []
    goings: dict[tuple[str, Keys], Patch] = {}
    comings: dict[tuple[str, Keys], dict[str, Any]] = {}
    for keys, value in wanted.items():
        found = desk.find(keys)
        if value is None:
            for name, spot in found:
                if not _blank(spot.pair.value):
                    top = _top(desk, name, keys, expected)
                    goings.setdefault((name, top), removal(desk.spots[name][top]))
        elif found:
            name, spot = found[-1]
            if not _holds(spot.pair.value, value):
                changes.append((name, replacement(spot, value)))
        else:
            holder, rest = _holder(desk, keys, root)
            _nest(comings.setdefault(holder, {}), rest, value)
    additions = [(name, _coming(desk, name, keys, values)) for (name, keys), values in comings.items()]
    return [*changes, *additions] or [(name, patch) for (name, _), patch in goings.items()]


def _blank(node: Node) -> bool:
    return isinstance(node, Text) and node.missing


def _holds(node: Node, value: Any) -> bool:
    """Whether a node says a value already."""
    if isinstance(value, list):
        texts = [item.value.strip() if isinstance(item, Text) else None for item in getattr(node, "items", ())]
        return texts == [str(item) for item in cast(list[Any], value)]
    return isinstance(node, Text) and not node.missing and node.value.strip() == str(value).strip()


def _top(desk: _Desk, name: str, keys: Keys, expected: Tree) -> Keys:
    """Climb to the highest map that is empty once the edits are made, or that holds nothing else in this file."""
    while len(keys) > 1:
        above = keys[:-1]
        holder = desk.spots[name][above].pair.value
        alone = isinstance(holder, Pairs) and len(holder.pairs) == 1
        if not alone and _at(expected, above) is not None:
            return keys
        keys = above
    return keys


def _at(tree: Tree, keys: Keys) -> Any:
    node: Any = tree
    for key in keys:
        node = cast(Mapping[str, Any], node).get(key) if isinstance(node, Mapping) else None
    return node


def _holder(desk: _Desk, keys: Keys, root: str) -> tuple[tuple[str, Keys], Keys]:
    """Find the nearest map above new keys, in the file that holds it: `(file, keys of the map), keys below it`."""
    for depth in range(len(keys) - 1, 0, -1):
        found = desk.find(keys[:depth])
        if found:
            return (found[-1][0], keys[:depth]), keys[depth:]
    return (root, ()), keys


def _nest(into: dict[str, Any], keys: Keys, value: Any) -> None:
    for key in keys[:-1]:
        into = into.setdefault(key, {})
    into[keys[-1]] = value


def _coming(desk: _Desk, name: str, keys: Keys, values: Mapping[str, Any]) -> Patch:
    if not keys:
        return addition(desk.pages[name], desk.roots[name], values)
    spot = desk.spots[name][keys]
    if isinstance(spot.pair.value, Pairs):
        return addition(spot.page, spot.pair.value, values)
    if _blank(spot.pair.value):
        return filling(spot, values)
    raise Stuck


def _refusal(source: Source, edits: Sequence[Edit]) -> Refused:
    """Say which line to type where."""
    reasons = [Reason(f"{ref} cannot be written into the file without touching other lines", _to_type(source, ref, value)) for ref, value in edits]
    return Refused("The file is written in a way that Concerted cannot edit by itself; nothing was written.", reasons=reasons)


def _to_type(source: Source, ref: str, value: Value | None) -> str:
    keys = keys_of(ref)
    page = table_of(source, keys)
    if page is not None:
        return f"in {page.name}, {cell_of(page, keys)}: {spelled(value) or 'empty the cell'}"
    span = source.spans.get(join(keys))
    where = f"in {span.file}, line {span.line}" if span else f"in {source.root}, under {' > '.join(keys[:-1])}"
    if value is None:
        return f"{where}: remove {keys[-1]}"
    return f"{where}: {pair(keys[-1], list(value) if isinstance(value, tuple) else value, Manner(quotes=chr(34)))}"
