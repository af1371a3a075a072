"""What exported things are called: paths that stay and are safe everywhere, friendly titles, and who wrote a field."""

import re
import unicodedata
from collections.abc import Iterable

from concerted.campaign.bundle import BundleAsset, BundleField

NONE = "-"
EVERYWHERE = "all-markets"
INSIDE = "strategy"
"""Folder of texts that run in no channel: the messaging house, the concept."""
WRITERS = {"house": "house templates", "adopted": "adopted as it was"}


def paths(assets: Iterable[BundleAsset], ending: str, root: str = "") -> dict[str, str]:
    """Choose a path for each asset: the same in every release, and safe in every file system."""
    return {asset.id: f"{root}{_folder(asset.market, EVERYWHERE)}/{_folder(asset.channel, INSIDE)}/{_name(asset)}.{ending}" for asset in assets}


def _folder(name: str, otherwise: str) -> str:
    return safe(name) if name and name != NONE else otherwise


def _name(asset: BundleAsset) -> str:
    """Name the file after what is left of the id beside market and channel. Dots keep the parts apart, as in the id."""
    kind, _channel, audience, _market, variant = [*asset.id.split("."), NONE, NONE, NONE, NONE][:5]
    parts = [kind, audience, variant]
    while parts[-1] == NONE:
        parts.pop()
    return ".".join(safe(part) if part != NONE else "_" for part in parts)


def safe(name: str) -> str:
    """Bring a name into small letters, digits and dashes, and away from names that Windows keeps for itself."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "x"
    return f"{found}_" if _RESERVED.fullmatch(found) else found


_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")


def heading(asset: BundleAsset) -> str:
    """Give the friendly title: Launch email, announce (shops, us)."""
    variant = asset.id.rpartition(".")[2]
    parts = [part for part in (asset.audience, asset.market) if part and part != NONE]
    named = f"{asset.title}, {variant}" if variant and variant != NONE else asset.title
    return line_of(f"{named} ({', '.join(parts)})" if parts else named)


def groups_said(groups: Iterable[str]) -> str:
    """Name release groups by phase: launch (all markets, us, de), follow-up (us, de)."""
    phases: dict[str, list[str]] = {}
    for group in groups:
        market, _, phase = group.partition(".")
        phases.setdefault(phase, []).append("all markets" if market == NONE else market)
    return ", ".join(f"{phase} ({', '.join(markets)})" for phase, markets in phases.items())


def line_of(text: str) -> str:
    """Fold a text into one line."""
    return " ".join(text.split())


def writer_of(field: BundleField) -> str:
    """Say plainly who wrote a field."""
    return WRITERS.get(field.author, field.author)
