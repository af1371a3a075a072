"""Renamed entries (`was: old-slug`): which place of the strategy and which asset is meant today. Nothing is renamed by guessing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from concerted.campaign.facets import MEMBERS, Facets
from concerted.campaign.outside import KINDS
from concerted.campaign.strategy import ADDRESSED

LIKENESS = 0.6
"""Share of equal lines from which an entry that comes is taken for one that goes."""
_ROOMS = {"audiences": 2, "markets": 3}
_SLOT = "outside"
"""Which part of an asset id names an entry of which map."""


def renames(facets: Facets, old_ids: Iterable[str], new_ids: Collection[str]) -> dict[str, str]:
    """Map old places (`audiences.old`) and old asset ids to what they are called today."""
    places = renamed_places(facets)
    return {**places, **renamed(old_ids, new_ids, places)}


def renamed_places(facets: Facets) -> dict[str, str]:
    """Collect what the strategy says with `was`, as old place -> new place; a slug that still stands has not been renamed."""
    found: dict[str, str] = {}
    for path, old in facets.items():
        room, _, rest = path.partition(".")
        slug, _, leaf = rest.partition(".")
        members = facets.get(f"{room}.{MEMBERS}")
        if leaf == "was" and isinstance(members, tuple) and old not in members:
            found[f"{room}.{old}"] = f"{room}.{slug}"
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """Edits as a person means them: entries that only got another name, and what is edited besides."""

    names: Mapping[str, str]
    """`audiences.old` -> `audiences.new`."""
    besides: tuple[tuple[str, object, object], ...]
    """`(ref, old, new)`: a line of a renamed entry has the value that it had under its old name."""


def told(edits: Iterable[tuple[str, object, object]]) -> Told:
    """Read a renamed entry, which is a removal and an addition line by line, as what it is."""
    rows = {ref: (old, new) for ref, old, new in edits}
    names = _said_renames(rows)
    back = {new: old for old, new in names.items()}
    found: list[tuple[str, object, object]] = []
    for ref, (old, new) in rows.items():
        place = ".".join(ref.split(".")[:2])
        before, after = f"{back.get(place)}{ref.removeprefix(place)}", f"{names.get(place)}{ref.removeprefix(place)}"
        if place in names:
            found += [(after, old, None)] if after not in rows else []
        elif place in back:
            was = rows.get(before, (None, None))[0]
            found += [(ref, was, new)] if was != new and ref != f"{place}.was" else []
        elif not _only_names(ref, (old, new), names):
            found.append((ref, old, new))
    return Told(names, tuple(found))


def _said_renames(rows: Mapping[str, tuple[object, object]]) -> dict[str, str]:
    """Find what `was` says of entries that are taken out by the same edits."""
    gone = {".".join(ref.split(".")[:2]) for ref, (_old, new) in rows.items() if new is None}
    said = [(ref.removesuffix(".was"), new) for ref, (_old, new) in rows.items() if ref.endswith(".was") and new]
    return {old: place for place, new in said if (old := f"{place.partition('.')[0]}.{new}") in gone}


def _only_names(ref: str, row: tuple[object, object], names: Mapping[str, str]) -> bool:
    """Tell whether a list of short names differs in new names only."""
    room = ref.partition(".")[0]
    if not ref.endswith((f".{MEMBERS}", ADDRESSED)) or not all(isinstance(part, list | tuple) for part in row):
        return False
    old, new = (list(cast("Iterable[str]", part)) for part in row)
    return [names.get(f"{room}.{slug}", f"{room}.{slug}") for slug in old] == [f"{room}.{slug}" for slug in new]


def lookalikes(old: Facets, new: Facets) -> tuple[tuple[str, str], ...]:
    """Pair entries that go with entries that come and say mostly the same, as (`audiences.old`, `audiences.new`): probably renamed without `was`."""
    found: list[tuple[str, str]] = []
    for room in _ROOMS:
        gone = [slug for slug in _slugs(old, room) if slug not in _slugs(new, room)]
        come = [slug for slug in _slugs(new, room) if slug not in _slugs(old, room) and f"{room}.{slug}.was" not in new]
        for slug in gone:
            alike = [(_likeness(_lines(old, f"{room}.{slug}"), _lines(new, f"{room}.{other}")), other) for other in come]
            share, other = max(alike, default=(0.0, ""))
            if share >= LIKENESS:
                found.append((f"{room}.{slug}", f"{room}.{other}"))
    return tuple(found)


def _slugs(facets: Facets, room: str) -> tuple[str, ...]:
    found = facets.get(f"{room}.{MEMBERS}")
    return tuple(str(slug) for slug in found) if isinstance(found, tuple) else ()


def _lines(facets: Facets, place: str) -> dict[str, object]:
    return {path.removeprefix(f"{place}."): value for path, value in facets.items() if path.startswith(f"{place}.") and not path.endswith(MEMBERS)}


def _likeness(one: Mapping[str, object], other: Mapping[str, object]) -> float:
    return sum(other.get(path) == value for path, value in one.items()) / max(len(one), len(other), 1)


def renamed(old_ids: Iterable[str], new_ids: Collection[str], places: Mapping[str, str]) -> dict[str, str]:
    """Map asset ids to their new ones; an id that still exists, or whose new name does not, is left out."""
    moved = ((old, _today(old, places)) for old in old_ids if old not in new_ids)
    return {old: new for old, new in moved if new != old and new in new_ids}


def _today(asset: str, places: Mapping[str, str]) -> str:
    parts = asset.split(".")
    for room, at in _ROOMS.items():
        parts[at] = places.get(f"{room}.{parts[at]}", f"{room}.{parts[at]}").partition(".")[2]
    if parts[0] in KINDS:
        parts[-1] = places.get(f"{_SLOT}.{parts[-1]}", f"{_SLOT}.{parts[-1]}").partition(".")[2]
    return ".".join(parts)
