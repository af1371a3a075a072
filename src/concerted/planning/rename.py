"""Renamed entries (`was: old-slug`): which place of the strategy and which asset is meant today. Nothing is renamed by guessing."""

from collections.abc import Collection, Iterable, Mapping

from concerted.campaign.facets import MEMBERS, Facets
from concerted.campaign.outside import KINDS

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
