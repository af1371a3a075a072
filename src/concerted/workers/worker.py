"""What a worker is: a folder that declares the deliverable types it drafts. How drafting runs must never live here."""

from dataclasses import dataclass

from concerted.campaign.deliverable import DeliverableType


@dataclass(frozen=True, slots=True)
class Worker:
    """A specialist. `capacity` is how many of its drafts may be in flight at once."""

    slug: str
    title: str
    does: str
    types: tuple[DeliverableType, ...]
    capacity: int = 4
