"""Dates that contradict each other, clocks that do not exist, and days that have passed."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from concerted.campaign.finding import Finding
from concerted.campaign.scalars import day_of, duration_of, moment_of
from concerted.campaign.sections.market import Offer
from concerted.campaign.sections.proof import Claim
from concerted.campaign.spelling import did_you_mean
from concerted.campaign.strategy import Strategy

_BEFORE_LAUNCH = {
    "freeze": "nothing can be frozen that is already out",
    "embargo": "an embargo ends before the launch or with it",
    "go-no-go": "the decision comes before the launch",
}


def zone_of(name: str) -> ZoneInfo | None:
    """Find a time zone by name; None where there is no such zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def unknown_zones(strategy: Strategy) -> Iterable[Finding]:
    """Find clocks that do not exist, and times without a clock."""
    for slug, market in strategy.markets.items():
        if market.zone and zone_of(market.zone) is None:
            yield _no_zone(f"markets.{slug}.zone", market.zone)
    for slug, text in strategy.dates.items():
        _, zone = moment_of(text)
        if zone and zone_of(zone) is None:
            yield _no_zone(f"dates.{slug}", zone)
        elif not zone and len(text) > len("2027-03-09"):
            ref = f"dates.{slug}"
            yield Finding("no-zone", "advice", f"{ref}: {text} by whose clock?", f'write it like "{text} America/Chicago"', ref=ref)


def _no_zone(ref: str, zone: str) -> Finding:
    return Finding("zone", "file", f'{ref}: "{zone}" is not a time zone', did_you_mean(zone, _near(zone)), ref=ref, evidence=zone)


def _near(zone: str) -> list[str]:
    """Offer zones of the same continent first; the bare abbreviations are no zones."""
    known = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/", "right/")))
    same = [name for name in known if name.split("/")[0] == zone.split("/")[0]]
    return same or ["America/Chicago", "America/New_York", "Europe/Berlin", "Europe/London"]


def misordered(strategy: Strategy) -> Iterable[Finding]:
    """Find spans that end before they begin, and preparations that come after the launch."""
    for ref, start, end in spans(strategy):
        if day_of(start) > day_of(end):
            message = f"{ref} begins on {start} and ends before that, on {end}"
            yield Finding("dates-order", "file", message, "swap or correct the two", ref=f"{ref}.until")
    for name, reason in _BEFORE_LAUNCH.items():
        when = strategy.dates.get(name)
        for market, launch, zone in _launches(strategy) if when else ():
            if when and _later(when, launch, zone):
                message = f"dates.{name} ({when}) is after the launch in {market} ({launch}): {reason}"
                yield Finding("dates-order", "release", message, "move one of the two", ref=f"dates.{name}")
                break


def spans(strategy: Strategy) -> Iterable[tuple[str, str, str]]:
    """List what has a first and a last day: `(ref, from, until)`."""
    for part in ("claims", "offers"):
        entries: Mapping[str, Claim | Offer] = getattr(strategy, part)
        for slug, entry in entries.items():
            if entry.from_ and entry.until:
                yield f"{part}.{slug}", entry.from_, entry.until


def _launches(strategy: Strategy) -> Iterable[tuple[str, str, str]]:
    return ((slug, market.launch, market.zone or "") for slug, market in strategy.markets.items() if market.launch)


def _later(when: str, launch: str, zone: str) -> bool:
    """Compare two moments on their own clocks; where one has no clock or no time, compare the days."""
    moment, named = moment_of(when)
    start, _ = moment_of(launch)
    here, there = zone_of(named) if named else None, zone_of(zone) if zone else None
    if here is None or there is None:
        return moment.date() > start.date()
    return _absolute(moment, here) > _absolute(start, there)


def _absolute(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.replace(tzinfo=zone).astimezone(UTC)


def overdue(strategy: Strategy, today: date) -> Iterable[Finding]:
    """Find days that have passed, and facts that somebody should look at again."""
    for slug, objective in strategy.objectives.items():
        if objective.by and day_of(objective.by) < today:
            yield _advice(f"objectives.{slug}.by", f"{objective.by} has passed", "set a new day, or take the objective out")
    for slug, market in strategy.markets.items():
        if market.launch and day_of(market.launch) < today:
            yield _advice(f"markets.{slug}.launch", f"{market.launch} has passed", "due dates are counted back from it; is the launch still to come?")
    for slug, claim in strategy.claims.items():
        if claim.recheck and day_of(claim.recheck) < today:
            yield _advice(f"claims.{slug}.recheck", f"this number was to be looked at again on {claim.recheck}", "check it and set a new day")
    for slug, rival in strategy.competitors.items():
        price = rival.price
        if price and price.seen and price.recheck_every and today - day_of(price.seen) > duration_of(price.recheck_every):
            said = f"seen on {price.seen}, to be looked at every {price.recheck_every}"
            yield _advice(f"competitors.{slug}.price.seen", said, "look again, and write the day")


def _advice(ref: str, said: str, remedy: str) -> Finding:
    return Finding("overdue", "advice", f"{ref}: {said}", remedy, ref=ref)
