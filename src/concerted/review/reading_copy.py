"""What a reading copy holds: drafts by asset and field, or distinct sentences, each with the mark by which it is found again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from concerted.campaign.facets import hash_value

MARK = 12
"""Hex digits of a mark: enough to tell places and words of one campaign apart, short enough for names in Word."""
WATERMARK = "DRAFT - not released"
About = Literal["unproved", "claims", "quotes", "prices", "other facts", "prose"]
ABOUT: Mapping[About, str] = {
    "unproved": "Not covered by the strategy",
    "claims": "Claims",
    "quotes": "People's words",
    "prices": "Prices",
    "other facts": "Other dates, numbers, names and addresses",
    "prose": "Free prose",
}
"""What a sentence of a reading list is about -> the heading that it stands below, in the order in which they are read."""
CLEARED = "Cleared already"
SHORT = (ABOUT["prose"], CLEARED)
"""Below these headings a sentence takes a line."""


def mark(address: str) -> str:
    """Shorten an address, such as `ID#field`, to a mark that fits into the names of Word."""
    return hash_value(address)[:MARK]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of the strategy that words rest on."""

    ref: str
    value: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class CopyField:
    """One field as it is shown."""

    place: str
    """`asset#field`, or the key of a sentence."""
    label: str
    text: str
    seen: str
    """Hash of the words."""
    was: str = ""
    """What the reader was shown before, where it changed since."""
    remarks: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    kind: str = ""
    """Of a sentence: what it is, such as `with numbers`."""
    where: tuple[str, ...] = ()
    """Of a sentence: the assets in which it stands."""

    @property
    def name(self) -> str:
        """The mark of its place and the mark of its words, as Word keeps them."""
        return f"{mark(self.place)}_{self.seen[:MARK]}"


@dataclass(frozen=True, slots=True)
class CopyAsset:
    """One asset as it is shown; of a reading list, one section of it."""

    id: str
    title: str
    about: str
    draft: str
    fields: tuple[CopyField, ...]
    group: str = ""
    asks: str = ""
    """What its tick box says; empty where there is nothing to tick."""

    @property
    def name(self) -> str:
        """The mark of the asset and its draft."""
        return f"{mark(self.id)}_{self.draft[:MARK]}"


@dataclass(frozen=True, slots=True)
class ReadingCopy:
    """A whole copy, ready to be laid out."""

    id: str
    """Reader and round, such as `legal-2`: written on it, and asked for when it comes back."""
    kind: str
    """`texts` or `sentences`."""
    title: str
    company: str
    reader: str
    who: str
    date: str
    strategy: str
    note: str
    assets: tuple[CopyAsset, ...]

    @property
    def groups(self) -> tuple[tuple[str, tuple[CopyAsset, ...]], ...]:
        """The assets by group, in order."""
        names = dict.fromkeys(asset.group for asset in self.assets)
        return tuple((name, tuple(asset for asset in self.assets if asset.group == name)) for name in names)

    @property
    def fields(self) -> tuple[CopyField, ...]:
        """All fields, in order."""
        return tuple(field for asset in self.assets for field in asset.fields)
