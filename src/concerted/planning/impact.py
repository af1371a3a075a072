"""Who reads what: the inverse of the stored traces, and how far a changed line of the strategy reaches. Reads only, no rendering."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from concerted.campaign.draft import Draft

Place = tuple[str, str]
"""(asset, field)."""


@dataclass
class Index:
    """The fields that read each strategy line, and those that read each upstream field. At any time the inverse of the current traces."""

    lines: dict[str, set[Place]] = field(default_factory=dict[str, set[Place]])
    texts: dict[Place, set[Place]] = field(default_factory=dict[Place, set[Place]])

    @classmethod
    def of(cls, texts: Mapping[str, Draft]) -> "Index":
        """Build the index of a line's texts."""
        index = cls()
        for draft in texts.values():
            index.add(draft)
        return index

    def add(self, draft: Draft) -> None:
        """Enter a draft that became current."""
        for name, text in draft.fields.items():
            here = (draft.asset, name)
            for key, _seen in text.reads():
                if key.startswith("f:"):
                    self.lines.setdefault(key[2:], set()).add(here)
                elif key.startswith("u:"):
                    self.texts.setdefault(_place(key), set()).add(here)

    def remove(self, draft: Draft) -> None:
        """Take out a draft that is no longer current."""
        for name, text in draft.fields.items():
            here = (draft.asset, name)
            for key, _seen in text.reads():
                if key.startswith("f:"):
                    _discard(self.lines, key[2:], here)
                elif key.startswith("u:"):
                    _discard(self.texts, _place(key), here)


def _place(key: str) -> Place:
    asset, _, name = key[2:].partition("#")
    return (asset, name)


def _discard(readers: dict[Any, set[Place]], key: object, here: Place) -> None:
    places = readers.get(key)
    if places is not None:
        places.discard(here)
        if not places:
            del readers[key]


@dataclass(frozen=True)
class Reach:
    """How far a change may go: every field reached, with the line or the upstream field through which it was reached first."""

    parents: Mapping[Place, "str | Place"]

    def assets(self) -> frozenset[str]:
        """List the assets reached at all: the worst case, before any KEEP."""
        return frozenset(asset for asset, _name in self.parents)

    def path(self, place: Place) -> tuple[str, ...]:
        """Give the why-chain of a field: the changed ref, then each `asset#field` down to it."""
        steps: list[str] = []
        at: str | Place = place
        while not isinstance(at, str):
            steps.append(f"{at[0]}#{at[1]}")
            at = self.parents.get(at, "")
        return tuple(reversed([*steps, at] if at else steps))


def reach(index: Index, paths: Iterable[str], places: Iterable[Place] = ()) -> Reach:
    """Walk the reverse reads breadth first from changed strategy paths, and from fields whose words may change."""
    parents: dict[Place, str | Place] = {}
    for path in paths:
        for place in index.lines.get(path, ()):
            parents.setdefault(place, path)
    for place in places:
        for reader in index.texts.get(place, ()):
            parents.setdefault(reader, place)
    wave = list(parents)
    while wave:
        below: list[Place] = []
        for place in wave:
            for reader in index.texts.get(place, ()):
                if reader not in parents:
                    parents[reader] = place
                    below.append(reader)
        wave = below
    return Reach(parents)
