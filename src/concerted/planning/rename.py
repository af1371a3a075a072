"""Renamed audiences and markets (`was: old-slug`): which asset and which trace key is meant today. Nothing is renamed by guessing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from concerted.campaign.facets import MEMBERS, Facets

_AUDIENCE, _MARKET = 2, 3
"""Where an asset id names its audience and its market."""


@dataclass(frozen=True, slots=True)
class Aliases:
    """Old slug -> new slug, for audiences and for markets."""

    audiences: Mapping[str, str] = field(default_factory=dict[str, str])
    markets: Mapping[str, str] = field(default_factory=dict[str, str])

    def asset(self, old: str) -> str:
        """Give an asset id with its renamed parts put right."""
        parts = old.split(".")
        parts[_AUDIENCE] = self.audiences.get(parts[_AUDIENCE], parts[_AUDIENCE])
        parts[_MARKET] = self.markets.get(parts[_MARKET], parts[_MARKET])
        return ".".join(parts)


def aliases(facets: Facets) -> Aliases:
    """Collect what the strategy says about renamed audiences and markets; a slug that still stands is not renamed."""
    return Aliases(_renamed_below("audiences", facets), _renamed_below("markets", facets))


def _renamed_below(path: str, facets: Facets) -> dict[str, str]:
    members = facets.get(f"{path}.{MEMBERS}")
    slugs = tuple(str(slug) for slug in members) if isinstance(members, tuple) else ()
    was = {str(facets.get(f"{path}.{slug}.was") or ""): slug for slug in slugs}
    return {old: slug for old, slug in was.items() if old and old not in slugs}


def renamed(old_ids: Iterable[str], new_ids: Collection[str], names: Aliases) -> dict[str, str]:
    """Map asset ids that were renamed to their new ones; an id that still exists, or whose new name does not, is left out."""
    moved = ((old, names.asset(old)) for old in old_ids if old not in new_ids)
    return {old: new for old, new in moved if new != old and new in new_ids}


def renamed_key(key: str, names: Aliases) -> str:
    """Say how a stored trace key is spelled today: a leaf or an upstream text below a renamed audience or market."""
    kind, _, rest = key.partition(":")
    if kind == "u":
        asset, _, name = rest.partition("#")
        return f"u:{names.asset(asset)}#{name}"
    room, _, below = rest.partition(".")
    slugs = {"audiences": names.audiences, "markets": names.markets}.get(room)
    slug, dot, leaf = below.partition(".")
    if kind != "f" or slugs is None or slug not in slugs:
        return key
    return f"f:{room}.{slugs[slug]}{dot}{leaf}"
