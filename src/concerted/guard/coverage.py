"""Which message reached which audience in which channel, and where an audience's lead message is said nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from concerted.campaign.deliverable import NONE
from concerted.campaign.finding import Finding
from concerted.guard.subject import Piece
from concerted.rules.case import advise
from concerted.rules.facts import stated
from concerted.rules.lexicon import Lexicon, as_items


@dataclass(frozen=True, slots=True)
class Reach:
    """One cell: the assets of an audience in a channel that state a message or one of its claims."""

    message: str
    audience: str
    channel: str
    lead: bool
    """True where this is the message that leads for this audience."""
    assets: tuple[str, ...]
    of: int
    """How many assets this audience has in this channel."""


def coverage(pieces: Iterable[Piece], lexicon: Lexicon) -> tuple[Reach, ...]:
    """Look where each message stands, audience by audience and channel by channel."""
    messages = lexicon.members("messages")
    said: dict[tuple[str, str], list[tuple[str, frozenset[str]]]] = {}
    for piece in pieces:
        deliverable = piece.deliverable
        if deliverable.audience != NONE and any(piece.texts.values()):
            said.setdefault((deliverable.audience, deliverable.channel), []).append((piece.id, messages_of(piece, lexicon)))
    return tuple(
        Reach(message, audience, channel, lexicon.text(f"audiences.{audience}.lead") == message, _with(message, found), len(found))
        for (audience, channel), found in said.items()
        for message in messages
    )


def _with(message: str, found: Iterable[tuple[str, frozenset[str]]]) -> tuple[str, ...]:
    return tuple(asset for asset, messages in found if message in messages)


def messages_of(piece: Piece, lexicon: Lexicon) -> frozenset[str]:
    """Name the messages that a text states, in their own words or by their claims."""
    deliverable = piece.deliverable
    market = "" if deliverable.market == NONE else deliverable.market
    stated_paths = {
        says.path for text in piece.texts.values() if text for says in stated(text, lexicon, market, deliverable.language) if says.certain
    }
    parts = {tuple(path.partition("@")[0].split(".")[:2]) for path in stated_paths}
    return frozenset(slug for slug in lexicon.members("messages") if ("messages", slug) in parts or _by_claim(slug, parts, lexicon))


def _by_claim(slug: str, parts: set[tuple[str, ...]], lexicon: Lexicon) -> bool:
    return any(("claims", claim) in parts for claim in as_items(lexicon.facets.get(f"messages.{slug}.claims")))


def gaps(cells: Iterable[Reach]) -> tuple[Finding, ...]:
    """Remark where an audience's lead message stands in none of its assets of a channel."""
    return tuple(
        replace(
            advise(
                f"{cell.audience} in {cell.channel}: none of {cell.of} texts says the lead message.",
                f"Say messages.{cell.message} in one of them, or lead with another.",
                ref=f"audiences.{cell.audience}.lead",
            ),
            rule="message-missing",
            confidence="likely",
        )
        for cell in cells
        if cell.lead and not cell.assets
    )
