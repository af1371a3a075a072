"""Who reads what: the inverse of the stored traces, and how far a changed line of the strategy reaches. Reads only, no rendering."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from concerted.campaign.draft import Draft

Place = tuple[str, str]
"""(asset, field)."""


@dataclass
class Index:
    """Trace key -> the fields that read it. Kept up draft by draft; equal at any time to the inverse of the current traces."""

    readers: dict[str, set[Place]] = field(default_factory=dict[str, set[Place]])

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
            for key, _seen in text.reads():
                self.readers.setdefault(key, set()).add((draft.asset, name))

    def remove(self, draft: Draft) -> None:
        """Take out a draft that is no longer current."""
        for name, text in draft.fields.items():
            for key, _seen in text.reads():
                places = self.readers.get(key)
                if places is not None:
                    places.discard((draft.asset, name))
                    if not places:
                        del self.readers[key]


@dataclass(frozen=True)
class Reach:
    """How far a change may go: every field reached, with the key through which it was reached first."""

    parents: Mapping[Place, str]
    direct: frozenset[Place]

    def assets(self) -> frozenset[str]:
        """The assets reached at all: the worst case, before any KEEP."""
        return frozenset(asset for asset, _name in self.parents)

    def direct_assets(self) -> frozenset[str]:
        """The assets that read a changed key themselves."""
        return frozenset(asset for asset, _name in self.direct)

    def path(self, place: Place) -> tuple[str, ...]:
        """The why-chain of a field: the changed ref, then each `asset#field` down to it."""
        steps: list[str] = []
        at: Place | None = place
        while at is not None:
            steps.append(f"{at[0]}#{at[1]}")
            key = self.parents[at]
            asset, _, name = key[2:].partition("#")
            at = (asset, name) if key.startswith("u:") else None
            if at is None:
                steps.append(key[2:])
        return tuple(reversed(steps))


def reach(index: Index, paths: Iterable[str]) -> Reach:
    """Walk the reverse reads breadth first from changed strategy paths."""
    parents: dict[Place, str] = {}
    queue: deque[Place] = deque()
    for path in paths:
        key = f"f:{path}"
        for place in index.readers.get(key, ()):
            if place not in parents:
                parents[place] = key
                queue.append(place)
    direct = frozenset(parents)
    while queue:
        asset, name = queue.popleft()
        key = f"u:{asset}#{name}"
        for place in index.readers.get(key, ()):
            if place not in parents:
                parents[place] = key
                queue.append(place)
    return Reach(parents, direct)
