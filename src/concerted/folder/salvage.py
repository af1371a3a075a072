"""What can still be read of a file with mistakes, so that one run shows the mistakes behind them too. Never used for drafting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from concerted.campaign.address import join
from concerted.campaign.finding import Finding
from concerted.campaign.mistakes import KEY, MISSING, UNKNOWN
from concerted.campaign.scalars import slug_from
from concerted.campaign.shape import Fields, Shape, Slot, below
from concerted.campaign.spelling import nearest
from concerted.campaign.strategy import Strategy, keys_of, shape, validate

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What could be read. `touched`: refs taken out or stood in for; `meant`: refs that a misspelt name was probably meant to be."""

    strategy: Strategy | None
    touched: frozenset[str] = frozenset()
    meant: frozenset[str] = frozenset()


UNREAD = Salvaged(None)


def salvage(raw: Mapping[str, Any], findings: Iterable[Finding]) -> Salvaged:
    """Read misspelt names as they were meant, take out what else is wrong, and stand in for what is missing."""
    tree = _copy(raw)
    meant = _renamed(tree, findings)
    touched: set[str] = set()
    strategy, findings = validate(tree)
    for _ in range(ROUNDS):
        if strategy is not None:
            break
        for finding in findings:
            touched.add(finding.ref)
            keys = keys_of(finding.ref)
            if finding.rule == MISSING:
                _put(tree, keys, _stand_in(below(shape(), keys)))
            else:
                _drop(tree, keys)
        strategy, findings = validate(tree)
    return Salvaged(strategy, frozenset(touched), meant)


def _renamed(tree: dict[str, Any], findings: Iterable[Finding]) -> frozenset[str]:
    """Give misspelt names the name that was probably meant, where nothing has it yet."""
    meant: set[str] = set()
    for finding in findings:
        keys = keys_of(finding.ref)
        holder = _at(tree, keys[:-1])
        better = _better(finding.rule, keys)
        if holder is not None and keys[-1] in holder and better and better not in holder:
            renamed = {better if key == keys[-1] else key: value for key, value in holder.items()}
            holder.clear()
            holder.update(renamed)
            meant.add(join((*keys[:-1], better)))
    return frozenset(meant)


def _better(rule: str, keys: tuple[str, ...]) -> str:
    if rule == KEY:
        return slug_from(keys[-1])
    holder = below(shape(), keys[:-1])
    return nearest(keys[-1], holder.fields) if rule == UNKNOWN and isinstance(holder, Fields) else ""


def _at(tree: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any] | None:
    node: Any = tree
    for key in keys:
        node = cast(dict[str, Any], node).get(key) if isinstance(node, dict) else None
    return cast(dict[str, Any], node) if isinstance(node, dict) else None


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
