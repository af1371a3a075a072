"""What happens while drafts are made, as small records for whoever shows it. Facts only; how they are said is the door's business."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from concerted.campaign.event import Event
from concerted.campaign.intervention import Intervention


@dataclass(frozen=True, slots=True)
class Drafted:
    """Texts came to slots that were empty on main."""

    assets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """A writer returned. `error` says why where there is nothing to show for it."""

    asset: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The guard stopped a writer in mid-draft, or would have (`shadow`)."""

    asset: str
    field: str
    rule: str
    words: str
    guidance: str
    shadow: bool


@dataclass(frozen=True, slots=True)
class Landed:
    """A Change became main."""

    change: str
    title: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Work that nobody wants any more was stopped."""

    tasks: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much work is wanted, and how much of it is under way."""

    wanted: int
    active: int


@dataclass(frozen=True, slots=True)
class Following:
    """Another process is at work on this campaign; this one watches and goes on when that one has ended."""


Step: TypeAlias = Drafted | Returned | Stopped | Landed | Cancelled | Waiting | Following
Progress: TypeAlias = Callable[[Step], None]


def steps_of(events: Iterable[Event]) -> Iterable[Step]:
    """Tell from the record what happened, whoever did it."""
    for event in events:
        match event.kind:
            case "drafted":
                yield Drafted(tuple(put.key for put in event.puts if put.section == "texts" and put.value is not None))
            case "returned":
                yield from (Returned(put.value.asset, put.value.error) for put in event.puts if put.value is not None)
            case "intervened":
                yield from (_stopped(put.value) for put in event.puts)
            case "landed":
                yield Landed(event.change, event.about)
            case _:
                pass


def _stopped(one: Intervention) -> Stopped:
    return Stopped(one.asset, one.field, one.rule, one.words, one.guidance, one.shadow)
