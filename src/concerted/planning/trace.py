"""Tracked reading: the only way a template gets at the strategy, recording every key it uses and every absence.

A draft depends on exactly what its prompt read. There is no dependency table beside this one.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from concerted.campaign.deliverable import Deliverable
from concerted.campaign.draft import Trace, hash_text
from concerted.campaign.facets import ABSENT, LENGTHS, MEMBERS, Facets, Value, hash_at, hash_value
from concerted.errors import UserError

if TYPE_CHECKING:
    from jinja2 import Undefined


class TemplateFault(UserError):
    """A template reads in a way that cannot be traced."""


class MissingFact(Exception):
    """A template printed a fact that is not there; the variant is dropped. Never leaves the renderer."""

    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self.ref = ref


@dataclass(frozen=True)
class Law:
    """What the schema knows about paths, handed to the tracker: which are worded, which are guardrails."""

    worded: Callable[[str], bool]
    guardrail: Callable[[str], bool]
    base: str = "en"
    """Bare language code of the strategy's own sentences."""


@dataclass(frozen=True)
class Reading:
    """All that one deliverable may read, on one line: strategy, upstream texts, its own attributes, people's notes."""

    deliverable: Deliverable
    facets: Facets
    upstream: Mapping[str, Mapping[str, str]]
    """Asset id -> field -> words, as they stand on this line."""
    notes: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict[str, str])
    """Old asset ids and old `map.slug` places -> new ones, from `was:`."""
    memo: dict[str, str] = field(default_factory=dict[str, str], compare=False)
    """Hashes of strategy leaves and of upstream texts (which are settled before their readers), shared by all readings of one line."""

    def hash_of(self, key: str) -> str:
        """Hash what stands at a trace key on this line today."""
        known = self.memo.get(key)
        if known is not None:
            return known
        kind, _, rest = key.partition(":")
        if kind == "f":
            self.memo[key] = hash_at(self.facets, rename_place(rest, self.aliases))
            return self.memo[key]
        if kind == "d":
            return _attribute_hash(self.deliverable, rest)
        if kind == "n":
            return hash_value(list(self.notes)) if self.notes else ABSENT
        asset, _, name = rest.partition("#")
        above = self.upstream.get(self.aliases.get(asset, asset))
        if above is None:
            return ABSENT
        words = above.get(name)
        self.memo[key] = ABSENT if words is None else hash_text(words)
        return self.memo[key]


def rename_place(path: str, aliases: Mapping[str, str]) -> str:
    """Follow a renamed slug: `audiences.old.lead` is `audiences.new.lead`."""
    head = ".".join(path.split(".", 2)[:2])
    return aliases[head] + path[len(head) :] if head in aliases else path


def _attribute_hash(deliverable: Deliverable, name: str) -> str:
    if name.startswith("needs."):
        target = deliverable.needs.get(name[6:])
        return hash_value(target) if target else ABSENT
    value = deliverable.attribute(name)
    return ABSENT if value is None else hash_value(value)


@dataclass
class Tracker:
    """Records the keys that one rendering reads."""

    reading: Reading
    law: Law
    keys: dict[str, None] = field(default_factory=dict[str, None])

    def read(self, path: str) -> Value:
        """Hand out a leaf of the strategy and record it."""
        if self.law.guardrail(path):
            raise TemplateFault(
                f"A brief reads the guardrail {path}. Guardrails are checked afterwards, never written from; take it out of the template."
            )
        self.keys[f"f:{path}"] = None
        return self.reading.facets.get(path)

    def members(self, path: str) -> tuple[str, ...]:
        """Hand out the ordered slugs of a map and record the membership."""
        key = f"{path}.{MEMBERS}"
        self.keys[f"f:{key}"] = None
        found = self.reading.facets.get(key)
        return tuple(str(slug) for slug in found) if isinstance(found, tuple) else ()

    def note(self, key: str) -> None:
        """Record any other key."""
        self.keys[key] = None

    def trace(self) -> Trace:
        """Give the sorted trace of all that was read, with today's hashes."""
        return tuple((key, self.reading.hash_of(key)) for key in sorted(self.keys))


class Node:
    """A place in the strategy. Reads are recorded when the place is *used*: printed, tested, compared, looped over, measured."""

    __slots__ = ("_path", "_tracker")

    def __init__(self, tracker: Tracker, path: str) -> None:
        self._tracker = tracker
        self._path = path

    def __getattr__(self, name: str) -> "Node":
        if name.startswith("_"):
            raise AttributeError(name)
        return self._below(name)

    def __getitem__(self, key: object) -> "Node":
        return self._below(str(key))

    def _below(self, name: str) -> "Node":
        facets = self._tracker.reading.facets
        if name in LENGTHS:
            return Node(self._tracker, f"{self._path}@{self._language()}.{name}")
        path = f"{self._path}.{name}"
        if "_" in name and not _stands(facets, path):
            self._look_for(path)
            dashed = f"{self._path}.{name.replace('_', '-')}"
            if _stands(facets, dashed):
                path = dashed
            else:
                self._look_for(dashed)
        return Node(self._tracker, path)

    def _look_for(self, path: str) -> None:
        """Record that neither a leaf nor a map stands at a place."""
        self._tracker.read(path)
        self._tracker.members(path)

    def _language(self) -> str:
        self._tracker.note("d:language")
        return self._tracker.reading.deliverable.language

    def _key(self) -> str:
        """Name the leaf to read: in another language than the strategy's own, a sentence is its wording."""
        law = self._tracker.law
        if "@" not in self._path and law.worded(self._path) and self._language() != law.base:
            return f"{self._path}@{self._language()}"
        return self._path

    def _value(self) -> Value:
        key = self._key()
        if f"{key}.{MEMBERS}" in self._tracker.reading.facets:
            raise TemplateFault(f"A template prints all of {key}. Print a leaf of it, so that the brief depends only on what it says.")
        return self._tracker.read(key)

    def exists(self) -> bool:
        """Tell whether anything stands here; recorded like every other read."""
        key = self._key()
        members = self._tracker.members(key)
        return bool(members) or self._tracker.read(key) is not None

    def __str__(self) -> str:
        value = self._value()
        if value is None:
            raise MissingFact(self._key())
        return ", ".join(str(item) for item in value) if isinstance(value, tuple) else _spell(value)

    def __html__(self) -> str:
        return str(self)

    def __bool__(self) -> bool:
        return self.exists() and self._tracker.reading.facets.get(self._key()) is not False

    def __eq__(self, other: object) -> bool:
        value = self._tracker.read(self._key())
        return value == (other._tracker.read(other._key()) if isinstance(other, Node) else other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __len__(self) -> int:
        members = self._tracker.members(self._path)
        value = self._tracker.read(self._key()) if not members else None
        return len(members) if value is None else len(value) if isinstance(value, tuple) else len(_spell(value))

    def __contains__(self, item: object) -> bool:
        members = self._tracker.members(self._path)
        value = self._tracker.read(self._key())
        if isinstance(value, tuple):
            return str(item) in value
        return str(item) in members or (isinstance(value, str) and str(item) in value)

    def __iter__(self) -> Iterator[Any]:
        value = self._tracker.read(self._key())
        if isinstance(value, tuple):
            return iter([str(item) for item in value])
        return iter(self._tracker.members(self._path))

    def __reversed__(self) -> Iterator[Any]:
        return reversed(list(self))

    def items(self) -> list[tuple[str, "Node"]]:
        """Loop over a map: `(slug, place)`; the membership is recorded."""
        return [(slug, Node(self._tracker, f"{self._path}.{slug}")) for slug in self._tracker.members(self._path)]

    def values(self) -> list["Node"]:
        """Loop over the places of a map."""
        return [node for _slug, node in self.items()]


class Upstream:
    """Texts of the assets this one needs: `upstream.concept.tagline`."""

    __slots__ = ("_tracker",)

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker

    def __getattr__(self, alias: str) -> "UpstreamAsset":
        if alias.startswith("_"):
            raise AttributeError(alias)
        deliverable = self._tracker.reading.deliverable
        self._tracker.note(f"d:needs.{alias}")
        return UpstreamAsset(self._tracker, deliverable.needs.get(alias, ""))

    def __getitem__(self, alias: str) -> "UpstreamAsset":
        return self.__getattr__(alias)


class UpstreamAsset:
    """One needed asset; only its single fields can be read."""

    __slots__ = ("_asset", "_tracker")

    def __init__(self, tracker: Tracker, asset: str) -> None:
        self._tracker = tracker
        self._asset = asset

    def __getattr__(self, name: str) -> "Words":
        if name.startswith("_"):
            raise AttributeError(name)
        return Words(self._tracker, f"{self._asset}#{name}")

    def __getitem__(self, name: str) -> "Words":
        return self.__getattr__(name)

    def __str__(self) -> str:
        raise TemplateFault(f"A template prints all of {self._asset or 'an upstream asset'}. Print one field of it.")


class Words:
    """One field of an upstream text."""

    __slots__ = ("_place", "_tracker")

    def __init__(self, tracker: Tracker, place: str) -> None:
        self._tracker = tracker
        self._place = place

    def _words(self) -> str | None:
        asset, _, name = self._place.partition("#")
        if asset:
            self._tracker.note(f"u:{self._place}")
        return self._tracker.reading.upstream.get(asset, {}).get(name)

    def exists(self) -> bool:
        """Tell whether the field has words; recorded."""
        return bool(self._words())

    def __str__(self) -> str:
        words = self._words()
        if not words:
            raise MissingFact(f"asset:{self._place}")
        return words

    def __html__(self) -> str:
        return str(self)

    def __bool__(self) -> bool:
        return self.exists()

    def __eq__(self, other: object) -> bool:
        return (self._words() or "") == str(other)

    def __hash__(self) -> int:
        return hash(self._words())

    def __len__(self) -> int:
        return len(self._words() or "")

    def __contains__(self, item: object) -> bool:
        return str(item) in (self._words() or "")

    def __iter__(self) -> Iterator[str]:
        return iter(self._words() or "")


class Me:
    """Attributes of the deliverable itself: `me.channel`, `me.variant`, `me.due`."""

    __slots__ = ("_tracker",)

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker

    def __getattr__(self, name: str) -> "str | Undefined":
        if name.startswith("_"):
            raise AttributeError(name)
        self._tracker.note(f"d:{name}")
        value = self._tracker.reading.deliverable.attribute(name)
        if value is not None:
            return value
        from jinja2 import Undefined

        return Undefined(name=f"me.{name}")


def _stands(facets: Facets, path: str) -> bool:
    return path in facets or f"{path}.{MEMBERS}" in facets


def _spell(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
