"""Public addresses of the strategy: from a dotted path to the keys of the tree, and back.

Some keys have dots of their own (asset ids, the addresses under `wordings` and `leave_out`); the schema tells which.
"""

from collections.abc import Iterable

from concerted.campaign.facets import LENGTHS
from concerted.campaign.shape import Entries, Fields, Shape, below

WORDING = ("text", *LENGTHS)


def split(shape: Shape, path: str) -> tuple[str, ...]:
    """Split a public address into the keys that lead to it in the tree.

    `claims.wait.full`, `positioning.promise@de.h30`, `markets.de.leave_out.people.reyes`, `deliverables.ad.search.it.us.1`.
    """
    ref, at, wording = path.partition("@")
    if at:
        language, _, length = wording.partition(".")
        return ("wordings", language, ref, length or "text")
    parts = path.split(".")
    here: Shape | None = shape
    keys: list[str] = []
    while parts:
        if isinstance(here, Entries) and here.group.dotted:
            return (*keys, *_dotted(parts, here))
        keys.append(parts.pop(0))
        here = below(here, keys[-1:]) if here else None
    return tuple(keys)


def _dotted(parts: list[str], entries: Entries) -> tuple[str, ...]:
    """Join what is one key; under `wordings` the length is a key of its own."""
    if isinstance(entries.of, Fields) and len(parts) > 1 and parts[-1] in WORDING:
        return ".".join(parts[:-1]), parts[-1]
    return (".".join(parts),)


def join(keys: Iterable[str]) -> str:
    """Give the public address of keys in the tree; a wording is `ref@language.length`, its whole text `ref@language`."""
    steps = tuple(keys)
    if len(steps) == 4 and steps[0] == "wordings":
        return f"{steps[2]}@{steps[1]}" if steps[3] == "text" else f"{steps[2]}@{steps[1]}.{steps[3]}"
    return ".".join(steps)
