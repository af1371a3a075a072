"""What can still be read of a file with mistakes, so that one run shows the mistakes behind them too. Never used for drafting."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from concerted.campaign.finding import Finding
from concerted.campaign.mistakes import MISSING
from concerted.campaign.shape import Fields, Shape, Slot, below
from concerted.campaign.strategy import Strategy, keys_of, shape, validate

ROUNDS = 5


def salvage(raw: Mapping[str, Any], findings: Iterable[Finding]) -> tuple[Strategy | None, frozenset[str]]:
    """Take out what is wrong and stand in for what is missing; name the refs that were touched."""
    tree = _copy(raw)
    touched: set[str] = set()
    for _ in range(ROUNDS):
        for finding in findings:
            touched.add(finding.ref)
            keys = keys_of(finding.ref)
            if finding.rule == MISSING:
                _put(tree, keys, _stand_in(below(shape(), keys)))
            else:
                _drop(tree, keys)
        strategy, findings = validate(tree)
        if strategy is not None:
            return strategy, frozenset(touched)
    return None, frozenset(touched)


def _copy(node: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _copy(cast(Mapping[str, Any], part)) if isinstance(part, Mapping) else part for key, part in node.items()}


def _stand_in(place: Shape | None) -> Any:
    """Invent a value that the schema accepts: a leaf's own good example."""
    match place:
        case Slot():
            return place.leaf.good
        case Fields():
            return {name: _stand_in(part) for name, part in place.fields.items() if name in place.required}
        case _:
            return {}


def _put(tree: dict[str, Any], keys: tuple[str, ...], value: Any) -> None:
    for key in keys[:-1]:
        tree = tree.setdefault(key, {})
    tree[keys[-1]] = value


def _drop(tree: dict[str, Any], keys: tuple[str, ...]) -> None:
    """Take out what stands at keys; for an item of a list, the whole list."""
    node: Any = tree
    for key in keys[:-1]:
        below_it = node.get(key)
        if not isinstance(below_it, dict):
            node.pop(key, None)
            return
        node = cast(dict[str, Any], below_it)
    node.pop(keys[-1], None)
