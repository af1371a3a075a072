"""When things happen: the moment a market launches and the moment an asset runs, with its zone. Days stay days where no hour is given."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from concerted.campaign.deliverable import NONE, Deliverable
from concerted.campaign.facets import MEMBERS, Facets
from concerted.campaign.scalars import moment_of


def texts(facets: Facets, path: str) -> tuple[str, ...]:
    """Read a list of the strategy; a single value counts as a list, none as an empty one."""
    value = facets.get(path)
    if value is None:
        return ()
    return tuple(str(item) for item in value) if isinstance(value, tuple) else (str(value),)


def text(facets: Facets, path: str) -> str:
    """Read one answer of the strategy; empty where there is none."""
    return ", ".join(texts(facets, path))


def members(facets: Facets, path: str) -> tuple[str, ...]:
    """List the short names below a path, in the strategy's order."""
    return texts(facets, f"{path}.{MEMBERS}")


def zone_of(facets: Facets, market: str) -> ZoneInfo | None:
    """Find a market's time zone; None where none is known."""
    try:
        return ZoneInfo(text(facets, f"markets.{market}.zone"))
    except (ZoneInfoNotFoundError, ValueError):
        return None


def moment(facets: Facets, said: str, market: str) -> datetime | date | None:
    """Read a day, or a moment in its own zone or else in the market's; None where it is neither."""
    try:
        at, named = moment_of(said)
    except ValueError:
        return None
    zone = ZoneInfo(named) if named else zone_of(facets, market)
    return at.replace(tzinfo=zone) if zone and has_hour(said) else at.date()


def has_hour(said: str) -> bool:
    """Tell whether an hour is given."""
    return ":" in said


def instant(at: datetime | date, zone: ZoneInfo | None = None) -> float:
    """Order days and moments: a day begins at its midnight in `zone`, and so comes before every moment in it there."""
    if isinstance(at, datetime):
        return at.timestamp()
    return datetime(at.year, at.month, at.day, tzinfo=zone or UTC).timestamp()


def day(at: datetime | date) -> date:
    """Give the day of a moment where it happens."""
    return at.date() if isinstance(at, datetime) else at


def launch(facets: Facets, market: str = NONE) -> tuple[str, datetime | date] | None:
    """Find when a market launches, and its name; without a market, the first of all."""
    wanted: Iterable[str] = members(facets, "markets") if market == NONE else (market,)
    found = [(name, at) for name in wanted if (at := moment(facets, text(facets, f"markets.{name}.launch"), name))]
    return min(found, key=lambda pair: instant(pair[1]), default=None)


def runs_at(facets: Facets, deliverable: Deliverable) -> datetime | date | None:
    """Find when an asset runs: on its day, at the hour at which its market launches. A day only where the launch has no hour."""
    if not deliverable.publish:
        return None
    on = date.fromisoformat(deliverable.publish)
    found = launch(facets, deliverable.market)
    if found is None or not isinstance(found[1], datetime):
        return on
    return found[1].replace(year=on.year, month=on.month, day=on.day)


def spoken(at: datetime | date | None) -> str:
    """Write a day or a moment with its offset in ISO 8601; empty for none."""
    if at is None:
        return ""
    return at.isoformat(timespec="minutes") if isinstance(at, datetime) else at.isoformat()
