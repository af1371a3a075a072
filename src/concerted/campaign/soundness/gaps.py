"""What is still open: answers without which nothing can be released, and objectives that cannot be missed."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, cast

from concerted.campaign.finding import Finding
from concerted.campaign.leaf import Leaf
from concerted.campaign.shape import Entries, Fields, Shape, Slot
from concerted.campaign.strategy import Strategy, Tree, path_of, shape, tree_of

_MUST_HAVE = {
    "messages": "there is nothing to say yet",
    "audiences": "nobody is addressed yet",
    "markets": "there is nowhere to launch yet",
    "ctas": "readers have no next step yet",
    "objectives": "nobody can say afterwards whether it worked",
}


def unanswered(strategy: Strategy) -> Iterable[Finding]:
    """Find the questions that must be answered before a release."""
    tree = tree_of(strategy)
    yield from _open(shape(), tree, ())
    for part, consequence in _MUST_HAVE.items():
        if part not in tree:
            yield Finding("open", "release", f"there are no {part}: {consequence}", f"add one under {part}", ref=part)


def _open(here: Shape, tree: Tree, above: tuple[str, ...]) -> Iterable[Finding]:
    if isinstance(here, Entries):
        for key, part in tree.items():
            if not isinstance(here.of, Slot):
                yield from _open(here.of, cast(Tree, part), (*above, key))
    elif isinstance(here, Fields):
        for key, part in here.fields.items():
            inside: Any = tree.get(key)
            if isinstance(part, Slot):
                if part.leaf.needed and inside is None and not (key == "evidence" and tree.get("kind") == "not-yet"):
                    ref = path_of((*above, key))
                    yield Finding("open", "release", f"{ref} is still open", _to_ask(part.leaf), ref=ref)
            elif isinstance(inside, Mapping):
                yield from _open(part, cast(Tree, inside), (*above, key))


def _to_ask(leaf: Leaf) -> str:
    return f"answer: {leaf.question}" + (f" Usually known by: {leaf.who_knows}." if leaf.who_knows else "")


def vague(strategy: Strategy) -> Iterable[Finding]:
    """Find targets without a number."""
    for slug, objective in strategy.objectives.items():
        if objective.target and not re.search(r"\d", objective.target):
            ref = f"objectives.{slug}.target"
            message = f'{ref}: "{objective.target}" has no number, so nobody can say afterwards whether it was reached'
            yield Finding("vague-objective", "release", message, "write how many it shall be, like 260", ref=ref, evidence=objective.target)
