"""What a release hands over: words by asset and field, nothing else. The only thing that exporters and publishers ever see."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BundleField:
    """One field as released, and who wrote it."""

    name: str
    text: str
    author: str


@dataclass(frozen=True, slots=True)
class BundleAsset:
    """One released asset."""

    id: str
    title: str
    channel: str
    audience: str
    market: str
    language: str
    publish: str
    draft: str
    sha256: str
    """Over the canonical JSON of field names and words."""
    fields: tuple[BundleField, ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """One release: its campaign, strategy, groups and assets."""

    campaign: str
    company: str
    release: str
    strategy: str
    version: int
    at: str
    by: str
    groups: tuple[str, ...]
    waived: tuple[str, ...]
    assets: tuple[BundleAsset, ...]
