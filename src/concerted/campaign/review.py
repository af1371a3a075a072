"""What readers of drafts say beside their signature: remarks, sentences cleared once, and the rounds in which copies went out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from concerted.campaign.draft import Trace

EVERYONE = "everyone"
"""The name of the round of copies that are for nobody in particular."""
LEGAL = "legal"
"""The reader that stands for every rule about claims, prices or quotes."""
OF_LEGAL = ("claims", "quotes", "prices")
"""What a rule is for that reads as Legal does."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A reader's comment on a field, or on a whole asset. It is open while the words that it was made on stand and nobody has closed it."""

    by: str
    at: str
    text: str
    on: str = ""
    """The passage that it was attached to; empty where it is about the whole field."""
    seen: str = ""
    """Hash of the field's words that the reader had in front of them."""
    sentences: tuple[str, ...] = ()
    """The sentences of the field in which the passage stands; while one of them stands, what is said of it does."""
    closed_by: str = ""
    closed_at: str = ""
    because: str = ""
    """Why it was closed, as it was said."""


@dataclass(frozen=True, slots=True)
class Clearance:
    """A sentence (or a claim's form) that a role has cleared once. It holds wherever these very words stand, while the facts they state stay."""

    text: str
    role: str
    by: str
    at: str
    facts: Trace = ()


@dataclass(frozen=True, slots=True)
class Round:
    """One hand-out of reading copies: what a reader was shown, so that the next one can show only what changed."""

    number: int
    reader: str
    by: str
    at: str
    strategy: int
    change: str = ""
    """The Change whose line was shown; empty for the campaign as it stands."""
    shown: tuple[str, ...] = ()
    """What this one copy held: `asset#field`, or hashes of sentences."""
    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    """`asset#field` (or hash of a sentence) -> hash of the words that were shown, over all rounds so far."""
