"""The content calendar: one row for each asset, with what schedulers and people ask for. Computed from the line; never edited."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from concerted.campaign.channel import Channel
from concerted.campaign.deliverable import NONE, Deliverable
from concerted.campaign.facets import Facets
from concerted.campaign.finding import Finding
from concerted.campaign.outside import ALT
from concerted.campaign.view import Cell, View
from concerted.planning.media import budget_line
from concerted.planning.moments import instant, launch, moment, runs_at, spoken, text, zone_of
from concerted.planning.tagging import Link
from concerted.planning.workback import STAGES, WorkBack

COLUMNS = (
    "asset_id", "campaign", "market", "language", "channel", "account", "format", "title", "copy", "media_file", "alt_text", "link", "pillar_id",
    "claim_ids", "audience", "owner", "status", "approver", "approval_version", "publish_at", "time_zone", "embargo_until", "expires_at",
    "dependencies", "paid_organic", "budget_line", "notes", "reference_date", "draft_by", "review_by", "approve_by", "hand_over_by", "late",
)  # fmt: skip
TITLES = ("subject", "h1", "headline", "title", "headline_1", "hook", "roof", "tagline")
"""Fields that say in a line what an asset is about, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the calendar is told about one asset. `reads` are the lines of the strategy that its words were written from."""

    deliverable: Deliverable
    format: str
    words: Mapping[str, str]
    back: WorkBack
    status: str
    owner: str = ""
    approver: str = ""
    version: str = ""
    reads: frozenset[str] = frozenset()
    links: tuple[Link, ...] = ()
    media: tuple[str, str] = ("", "")
    """Media file and its alternative text."""
    rights: str = ""
    """The last day on which a file that it shows may be used."""


def content_calendar(facets: Facets, entries: Iterable[Entry], channels: Mapping[str, Channel]) -> View:
    """Lay assets out in the order in which they run; what is late or runs before it is approved is a finding."""
    listed = sorted(entries, key=lambda entry: (_when(facets, entry), entry.deliverable.id))
    rows = tuple(_row(facets, entry, channels.get(entry.deliverable.channel)) for entry in listed)
    late = [entry for entry in listed if entry.back.late]
    note = "Days are counted back over working days of each market from the date named beside them. Notes are never published."
    return View("calendar", "Content calendar", note, COLUMNS, rows, tuple(_doubts(late, listed)))


def _when(facets: Facets, entry: Entry) -> float:
    at = runs_at(facets, entry.deliverable)
    return instant(at, zone_of(facets, entry.deliverable.market)) if at else float("inf")


def _row(facets: Facets, entry: Entry, channel: Channel | None) -> tuple[Cell, ...]:
    made = entry.deliverable
    found = launch(facets, made.market)
    zone = text(facets, f"markets.{found[0]}.zone") if found else ""
    paid = "" if channel is None else "paid" if channel.paid else "organic"
    link = next((link.leads for link in entry.links), "")
    title = next((entry.words[name] for name in TITLES if entry.words.get(name)), "")
    values: dict[str, Cell] = {
        "asset_id": made.id, "campaign": text(facets, "campaign.name"), "market": made.market, "language": made.locale, "channel": made.channel,
        "account": text(facets, "campaign.company") if channel else "", "format": entry.format, "title": title,
        "copy": "\n\n".join(words for words in _copy(entry) if words), "media_file": entry.media[0], "alt_text": entry.media[1],
        "link": link, "pillar_id": _slugs(entry, "messages"), "claim_ids": _slugs(entry, "claims"), "audience": made.audience,
        "owner": entry.owner, "status": entry.status, "approver": entry.approver, "approval_version": entry.version,
        "publish_at": spoken(runs_at(facets, made)), "time_zone": zone, "embargo_until": _embargo(facets, made),
        "expires_at": _expires(facets, entry), "dependencies": " ".join((*made.needs.values(), *made.media)), "paid_organic": paid,
        "budget_line": budget_line(facets, made.channel) if paid == "paid" else "",
        "notes": made.why, "reference_date": entry.back.reference, "draft_by": entry.back.on("draft"), "review_by": entry.back.on("review"),
        "approve_by": entry.back.on("approve"), "hand_over_by": entry.back.on("hand_over"), "late": " ".join(entry.back.late),
    }  # fmt: skip
    return tuple("" if values[name] == NONE else values[name] for name in COLUMNS)


def _copy(entry: Entry) -> Iterable[str]:
    """Give the words that are read; what stands in place of a picture has a column of its own."""
    return (words for name, words in entry.words.items() if entry.deliverable.made_by == "worker" or name != ALT)


def _slugs(entry: Entry, room: str) -> str:
    """Name the entries of a map that the words were written from."""
    return " ".join(sorted({ref.split(".")[1] for ref in entry.reads if ref.startswith(f"{room}.") and "#" not in ref}))


def _embargo(facets: Facets, made: Deliverable) -> str:
    """Give the moment until which journalists keep a text to themselves: the launch, where the strategy has an embargo."""
    found = launch(facets, made.market)
    return spoken(found[1]) if made.channel == "press" and text(facets, "dates.embargo") and found else ""


def _expires(facets: Facets, entry: Entry) -> str:
    """Give the first day on which an offer or claim that the words state is over."""
    slugs = {tuple(ref.split(".")[:2]) for ref in entry.reads if ref.startswith(("offers.", "claims.")) and "#" not in ref}
    days = [moment(facets, text(facets, f"{room}.{slug}.until"), entry.deliverable.market) for room, slug in sorted(slugs)]
    ends = [spoken(at) for at in days if at]
    return min([*ends, entry.rights] if entry.rights else ends, default="")


def _doubts(late: list[Entry], listed: list[Entry]) -> Iterator[Finding]:
    for entry in late:
        stage = entry.back.late[0]
        said = stage.replace("_", " ")
        message = f"{said} was due on {entry.back.on(stage)}, counted back from {entry.back.reference}"
        yield Finding("late", "advice", message, "do it today, or move what it counts from", asset=entry.deliverable.id)
    for entry in listed:
        dates = [said for stage in STAGES if (said := entry.back.on(stage))]
        if dates != sorted(dates):
            message = f"must be handed over on {entry.back.on('hand_over')}, and is due for approval on {entry.back.on('approve')}"
            yield Finding("too-tight", "advice", message, "let it be due earlier in the playbook", asset=entry.deliverable.id)
