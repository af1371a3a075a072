"""The run of show: the steps around launch day in the order of the clock, with local times, persons and what must come first. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

from concerted.campaign.deliverable import NONE, Deliverable
from concerted.campaign.facets import Facets
from concerted.campaign.finding import Finding
from concerted.campaign.playbook import LAUNCH, Playbook, Step
from concerted.campaign.view import View
from concerted.planning.moments import instant, launch, members, moment, text, zone_of

When: TypeAlias = datetime | date | None


@dataclass(frozen=True, slots=True)
class Row:
    """One step at one moment, for one market or for all."""

    slug: str
    step: Step
    market: str
    at: When
    person: str
    deputy: str
    assets: tuple[str, ...]
    order: float
    """Where it stands on the clock; what has no day yet comes last."""


def run_of_show(facets: Facets, playbook: Playbook, deliverables: Mapping[str, Deliverable]) -> View:
    """Lay the steps out by the clock, with a column of local time for each market; a broken order is a finding."""
    markets = members(facets, "markets")
    rows = sorted(_rows(facets, playbook, deliverables), key=lambda row: row.order)
    columns = ("step", "market", *(f"time_{market}" for market in markets), "what", "person", "deputy", "assets", "check", "undo", "after")
    cells = tuple(
        (row.slug, "" if row.market == NONE else row.market, *(_local(facets, row.at, market) for market in markets), row.step.say, row.person,
         row.deputy, " ".join(row.assets), row.step.check, row.step.undo, " ".join(row.step.after))
        for row in rows
    )  # fmt: skip
    note = "One row for each step. Times are local to each market; a day without a time is any time of that day."
    return View("run-of-show", "Run of show", note, columns, cells, (*_order(rows), *_gaps(rows)))


def _rows(facets: Facets, playbook: Playbook, deliverables: Mapping[str, Deliverable]) -> Iterator[Row]:
    for slug, step in playbook.run_of_show.items():
        if step.at != LAUNCH and not text(facets, f"dates.{step.at}"):
            continue
        for market in members(facets, "markets") if step.per == "market" else (NONE,):
            at = _at(facets, step, market)
            day = at.date() if isinstance(at, datetime) else at
            assets = tuple(asset for asset, made in deliverables.items() if _puts_out(step, made, market, day))
            if step.types and not assets:
                continue
            person = _person(facets, step, market)
            clock = zone_of(facets, market if market != NONE else next(iter(members(facets, "markets")), ""))
            order = instant(at, clock) if at else float("inf")
            yield Row(slug, step, market, at, person, _deputy(facets, person), assets, order)


def _puts_out(step: Step, made: Deliverable, market: str, day: date | None) -> bool:
    """Tell whether a step puts an asset out: what runs on that day, not the reminder that follows a week later."""
    later = bool(made.publish and day) and made.publish > str(day)
    return made.type in step.types and made.phase == "launch" and not later and (market == NONE or made.market in (market, NONE))


def _at(facets: Facets, step: Step, market: str) -> When:
    if step.at == LAUNCH:
        found = launch(facets, market)
        at: When = found[1] if found else None
    else:
        at = moment(facets, text(facets, f"dates.{step.at}"), market)
    return at + timedelta(minutes=step.minutes) if isinstance(at, datetime) else at


def _person(facets: Facets, step: Step, market: str) -> str:
    where = market if market != NONE else next(iter(members(facets, "markets")), "")
    paths = {"owner": "campaign.owner", "sponsor": "campaign.sponsor", "contact": "contact.name", "legal": f"markets.{where}.legal"}
    return text(facets, paths[step.who])


def _deputy(facets: Facets, person: str) -> str:
    """Find who stands in for a person: whoever does so in an approval rule, else the owner for everybody else."""
    rules = members(facets, "approvals")
    deputies = (text(facets, f"approvals.{rule}.deputy") for rule in rules if text(facets, f"approvals.{rule}.who") == person)
    named = next((deputy for deputy in deputies if deputy), "")
    owner = text(facets, "campaign.owner")
    return named or (owner if person and person != owner else "")


def _local(facets: Facets, at: When, market: str) -> str:
    zone = zone_of(facets, market)
    if at is None:
        return ""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if isinstance(at, datetime) and zone else at.isoformat()[:10]


def _order(rows: Iterable[Row]) -> Iterator[Finding]:
    """Find steps that come before what must be over, such as the press before the staff."""
    known = list(rows)
    for row in known:
        for earlier in known:
            if earlier.slug in row.step.after and earlier.order > row.order and _same_market(earlier, row):
                message = f"{row.slug} ({_said(row.at)}) comes before {earlier.slug} ({_said(earlier.at)})"
                remedy = f"move dates.{earlier.step.at} forward" if earlier.step.at != LAUNCH else f"move dates.{row.step.at} back"
                yield Finding("run-order", "release", message, remedy, ref=f"dates.{earlier.step.at}" if earlier.step.at != LAUNCH else "markets")


def _same_market(one: Row, other: Row) -> bool:
    return NONE in (one.market, other.market) or one.market == other.market


def _said(at: When) -> str:
    return at.isoformat(sep=" ", timespec="minutes") if isinstance(at, datetime) else str(at or "no day yet")


def _gaps(rows: Iterable[Row]) -> Iterator[Finding]:
    asked: set[str] = set()
    for row in rows:
        if not row.person and row.step.who not in asked:
            asked.add(row.step.who)
            yield Finding("nobody", "advice", f"{row.slug}: nobody is named for it ({row.step.who})", "name the person in the campaign file")
        elif row.person and not row.deputy and row.person not in asked:
            asked.add(row.person)
            yield Finding("no-deputy", "advice", f"nobody stands in for {row.person}", "give the approval rule a deputy", ref="approvals")
