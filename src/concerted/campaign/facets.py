"""The strategy as the pure core sees it: a flat map from leaf path to canonical value, and its hashes.

Never here: which paths exist (`strategy.py`) and what a change of one means (`planning`).
"""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeAlias, cast

Scalar: TypeAlias = str | int | float | bool | None
Value: TypeAlias = Scalar | tuple[Scalar, ...]
Facets: TypeAlias = Mapping[str, Value]
Tree: TypeAlias = Mapping[str, Any]

MEMBERS = "#keys"
ABSENT = "absent"
"""The hash of something that was read and is not there."""
LENGTHS = ("h30", "h60", "h90", "w30")
"""Wording lengths: at most 30, 60, 90 characters; about 30 words."""
DOTTED = ("deliverables", "leave_out")
"""Maps whose slugs have dots of their own, because they are addresses: asset ids, refs. All that follows is one key."""


def canonical(value: Value, *, exact: bool = False) -> Value:
    """Bring a value into the one form that is hashed and handed out: NFC, white space folded unless `exact`."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value)
        return text if exact else " ".join(text.split())
    if isinstance(value, list | tuple):
        return tuple(cast(Scalar, canonical(item, exact=exact)) for item in value)
    return value


def hash_value(value: object) -> str:
    """Hash any JSON-able value: 20 hex digits of blake2b over canonical JSON."""
    return _hash_text(value) if isinstance(value, str) else _hash(value)


@lru_cache(maxsize=32768)
def _hash_text(text: str) -> str:
    return _hash(text)


def _hash(value: object) -> str:
    data = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=list)
    return hashlib.blake2b(data.encode(), digest_size=10).hexdigest()


def hash_tree(tree: Tree) -> str:
    """Hash a whole strategy. The order of its maps counts, because texts loop over them."""
    return hash_value(_in_order(tree))


def _in_order(node: Tree) -> list[list[object]]:
    return [[key, _in_order(cast(Mapping[str, Any], part)) if isinstance(part, Mapping) else part] for key, part in node.items()]


def hash_at(facets: Facets, path: str) -> str:
    """Hash what stands at a path, `ABSENT` where nothing does."""
    return hash_value(facets[path]) if path in facets else ABSENT


def flatten(tree: Tree, exact: Callable[[str], bool] = lambda _path: False) -> dict[str, Value]:
    """Flatten a strategy tree to `{leaf path: canonical value}`; every map also gives `<path>.#keys`, its ordered slugs.

    A list of scalars is one leaf. `wordings.<lang>.<ref>.<length>` becomes `<ref>@<lang>.<length>`, and `<ref>@<lang>` for `text`.
    Empty leaves (None, "") are left out: not filled in is absent.
    """
    facets: dict[str, Value] = {}
    plain = {name: part for name, part in tree.items() if name != "wordings"}
    _walk(plain, "", exact, facets)
    for lang, refs in cast(Mapping[str, Any], tree.get("wordings") or {}).items():
        for ref, lengths in cast(Mapping[str, Any], refs or {}).items():
            for length, text in cast(Mapping[str, Any], lengths or {}).items():
                key = f"{ref}@{lang}" if length == "text" else f"{ref}@{lang}.{length}"
                if not _is_empty(text):
                    facets[key] = canonical(text, exact=exact(ref))
    return facets


def _walk(node: Mapping[str, Any], path: str, exact: Callable[[str], bool], out: dict[str, Value]) -> None:
    present: list[str] = []
    for slug, part in node.items():
        if _is_empty(part):
            continue
        present.append(slug)
        below = f"{path}.{slug}" if path else slug
        if isinstance(part, Mapping):
            _walk(cast(Mapping[str, Any], part), below, exact, out)
        else:
            out[below] = canonical(part, exact=exact(below))
    out[f"{path}.{MEMBERS}" if path else MEMBERS] = tuple(present)


def _is_empty(part: object) -> bool:
    return part is None or (isinstance(part, str) and not part.strip())


def with_value(tree: Tree, ref: str, value: Value) -> dict[str, Any]:
    """Return the tree with the leaf at a public ref set, or removed when `value` is None; containers that this leaves empty go too.

    `<map>.#keys` sets the order of a map: the listed slugs first, what is not listed after them. It neither adds nor removes one.
    """
    *above, last = route(ref)
    if last == MEMBERS:
        return _ordered(tree, tuple(above), value if isinstance(value, tuple) else ())
    return _put(tree, tuple(above), last, value)


def _put(node: Tree, above: tuple[str, ...], last: str, value: Value) -> dict[str, Any]:
    copy = dict(node)
    if not above:
        if value is None:
            copy.pop(last, None)
        else:
            copy[last] = list(value) if isinstance(value, tuple) else value
        return copy
    child = copy.get(above[0])
    below = _put(cast(Mapping[str, Any], child) if isinstance(child, Mapping) else {}, above[1:], last, value)
    if below or value is not None:
        copy[above[0]] = below
    elif isinstance(child, Mapping):
        copy.pop(above[0])
    return copy


def _ordered(node: Tree, above: tuple[str, ...], order: tuple[Scalar, ...]) -> dict[str, Any]:
    copy = dict(node)
    if not above:
        return {**{str(slug): copy[str(slug)] for slug in order if slug in copy}, **copy}
    child = copy.get(above[0])
    if isinstance(child, Mapping):
        copy[above[0]] = _ordered(cast(Mapping[str, Any], child), above[1:], order)
    return copy


def route(ref: str) -> tuple[str, ...]:
    """Turn a public ref into the keys that lead to it in the tree: `a.b@de.h30` is `wordings`, `de`, `a.b`, `h30`."""
    if "@" in ref:
        leaf, _, wording = ref.partition("@")
        lang, _, length = wording.partition(".")
        return ("wordings", lang, leaf, length or "text")
    keys = ref.split(".")
    at = next((place for place, key in enumerate(keys) if key in DOTTED), len(keys))
    return (*keys[: at + 1], ".".join(keys[at + 1 :])) if at + 1 < len(keys) else tuple(keys)


def value_at(tree: Tree, ref: str) -> object:
    """Read what stands at a public ref in a tree; None where nothing does. `<map>.#keys` gives the slugs in order."""
    node: Any = tree
    for key in route(ref):
        if not isinstance(node, Mapping):
            return None
        known = cast(Mapping[str, Any], node)
        node = tuple(known) if key == MEMBERS else known.get(key)
    return node


def differences(old: Facets, new: Facets) -> tuple[tuple[str, Value, Value], ...]:
    """List `(ref, old, new)` for each leaf that differs, membership lists left out; None stands for absent."""
    changed = ((ref, old.get(ref), new.get(ref)) for ref in dict.fromkeys([*old, *new]) if not ref.endswith(MEMBERS) and old.get(ref) != new.get(ref))
    return tuple(changed)


def reordered(old: Facets, new: Facets) -> tuple[tuple[str, Value, Value], ...]:
    """List `(<map>.#keys, old, new)` for each map whose slugs stand in another order, whatever came or went beside them."""
    found: list[tuple[str, Value, Value]] = []
    for path, keys in old.items():
        now = new.get(path)
        if not (path.endswith(f".{MEMBERS}") and isinstance(keys, tuple) and isinstance(now, tuple)):
            continue
        if [key for key in keys if key in now] != [key for key in now if key in keys]:
            found.append((path, keys, now))
    return tuple(found)


def wording_source(wording: str, facets: Facets, base: str) -> str:
    """Name the ref a wording is made from: the same length in the base language, else the leaf itself."""
    leaf, _, tail = wording.partition("@")
    lang, _, length = tail.partition(".")
    same = f"{leaf}@{base}.{length}"
    return same if lang != base and length and same in facets else leaf


def wordings(facets: Facets) -> Iterable[str]:
    """List every wording ref that a strategy holds."""
    return (path for path in facets if "@" in path)
