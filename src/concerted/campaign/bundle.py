"""What a release hands over: words by asset and field, nothing else. The only thing that exporters and publishers ever see."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from concerted.campaign.channel import Channel
from concerted.campaign.outside import HandedFile
from concerted.campaign.view import View


@dataclass(frozen=True, slots=True)
class BundleField:
    """One field as released, and who wrote it."""

    name: str
    text: str
    author: str
    slot: str = ""
    """The place in the channel whose limits it keeps."""


@dataclass(frozen=True, slots=True)
class BundleLink:
    """A link as it stands in the words, and where it leads when it is counted."""

    written: str
    leads: str


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
    at: str = ""
    """When it runs: a moment with its offset, or a day, in ISO 8601."""
    due: str = ""
    why: str = ""
    links: tuple[BundleLink, ...] = ()
    """Where its button leads first, then the links in its words."""
    file: HandedFile | None = None
    """What was handed in, where no worker made it."""
    picture: bytes = b""
    """The file itself, where it is a small picture that can be shown."""
    media: tuple[str, ...] = ()
    """The assets whose files it shows."""


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
    channels: Mapping[str, Channel] = field(default_factory=dict[str, Channel])
    views: tuple[View, ...] = ()
    """What follows from the released strategy and texts: calendar, media plan, counted links, measurement plan, run of show."""
    key: str = ""
    """The campaign's name in small letters and hyphens: the same in every release."""
    withdrawn: tuple[str, ...] = ()
    """Assets of earlier releases that this one takes out of its groups."""
