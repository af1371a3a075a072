"""A release as iCalendar: an event for each publish slot and a task for each text that somebody hands over. RFC 5545, times in UTC."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from concerted.campaign.bundle import Bundle, BundleAsset
from concerted.exporters.exporter import ExportedFile
from concerted.exporters.naming import EVERYWHERE, heading

if TYPE_CHECKING:
    from icalendar import Event, Todo

SLOT = timedelta(minutes=15)
"""How long a publish slot is shown."""


class Ics:
    """The export format `ics`."""

    title = "iCalendar: publish slots and tasks"

    def export(self, bundle: Bundle) -> Iterable[ExportedFile]:
        """Write the campaign's calendar, once for all and once for each market."""
        yield ExportedFile("calendar/all-markets.ics", _calendar(bundle, bundle.assets, EVERYWHERE), tuple(asset.id for asset in bundle.assets))
        for market in dict.fromkeys(asset.market for asset in bundle.assets if asset.market != "-"):
            own = tuple(asset for asset in bundle.assets if asset.market == market)
            yield ExportedFile(f"calendar/{market}.ics", _calendar(bundle, own, market), tuple(asset.id for asset in own))


def _calendar(bundle: Bundle, assets: Iterable[BundleAsset], market: str) -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    _add(calendar, "prodid", "-//Concerted//Content calendar//EN")
    _add(calendar, "version", "2.0")
    _add(calendar, "calscale", "GREGORIAN")
    _add(calendar, "x-wr-calname", f"{bundle.campaign}: {bundle.release}")
    rows = [row for view in bundle.views if view.slug == "calendar" for row in view.records()]
    dates = {str(row["asset_id"]): row for row in rows}
    for asset in bundle.withdrawn:
        if market in (EVERYWHERE, asset.split(".")[3]):
            calendar.add_component(_cancelled(bundle, asset))
    for asset in assets:
        if asset.at:
            calendar.add_component(_event(bundle, asset))
        due = str(dates.get(asset.id, {}).get("hand_over_by", "")) or asset.due
        if due:
            calendar.add_component(_task(bundle, asset, due))
    return calendar.to_ical()


def _cancelled(bundle: Bundle, asset: str) -> "Event":
    """Take a slot of an earlier release off people's calendars."""
    from icalendar import Event

    event = Event()
    _add(event, "uid", uid(bundle, asset))
    _add(event, "dtstamp", datetime.fromisoformat(bundle.at).astimezone(UTC))
    _add(event, "dtstart", date.fromisoformat(bundle.at[:10]))
    _add(event, "sequence", number(bundle.release))
    _add(event, "status", "CANCELLED")
    _add(event, "summary", f"Withdrawn: {asset}")
    return event


def _event(bundle: Bundle, asset: BundleAsset) -> "Event":
    from icalendar import Event

    event = Event()
    at = _when(asset.at)
    _add(event, "uid", uid(bundle, asset.id))
    _add(event, "dtstart", at)
    _add(event, "dtend", at + (SLOT if isinstance(at, datetime) else timedelta(days=1)))
    _add(event, "status", "CONFIRMED")
    _add(event, "transp", "TRANSPARENT")
    _add(event, "categories", [part for part in (asset.channel, asset.market) if part != "-"])
    _told(event, bundle, asset, f"{heading(asset)} goes out" if asset.channel != "-" else heading(asset))
    return event


def _task(bundle: Bundle, asset: BundleAsset, due: str) -> "Todo":
    from icalendar import Todo

    task = Todo()
    _add(task, "uid", f"hand-over.{uid(bundle, asset.id)}")
    _add(task, "due", date.fromisoformat(due))
    _add(task, "status", "NEEDS-ACTION")
    _told(task, bundle, asset, f"Hand over: {heading(asset)}")
    return task


def _told(component: "Event | Todo", bundle: Bundle, asset: BundleAsset, summary: str) -> None:
    """Add what both kinds say: the summary, where to look it up, and the release as the sequence number."""
    _add(component, "summary", summary)
    links = "".join(f"\n{link.leads}" for link in asset.links[:1])
    _add(
        component,
        "description",
        f"{asset.id}\nDraft {asset.draft}, release {bundle.release}, strategy {bundle.version} ({bundle.strategy[:12]}).{links}",
    )
    _add(component, "dtstamp", datetime.fromisoformat(bundle.at).astimezone(UTC))
    _add(component, "sequence", number(bundle.release))


def _add(component: Any, name: str, value: object) -> None:
    component.add(name, value)


def uid(bundle: Bundle, asset: str) -> str:
    """Name an entry the same in every release, so that a calendar moves it instead of doubling it."""
    return f"{asset}@{bundle.key or 'campaign'}.concerted"


def number(release: str) -> int:
    """Count releases: R3 replaces what R2 said."""
    digits = "".join(sign for sign in release if sign.isdigit())
    return int(digits or 0)


def _when(said: str) -> datetime | date:
    return datetime.fromisoformat(said).astimezone(UTC) if "T" in said else date.fromisoformat(said)


EXPORTER = Ics()
