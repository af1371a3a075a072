"""The calendar file: an event for each slot, a task for each text to hand over, entries that keep their name from release to release."""

from dataclasses import replace
from datetime import date
from typing import Any, cast

from icalendar import Calendar

from concerted.campaign.bundle import Bundle, BundleAsset, BundleField, BundleLink
from concerted.exporters.ics import EXPORTER


def _bundle(*assets: BundleAsset, release: str = "R1") -> Bundle:
    return Bundle(
        "Dusk to Dawn", "Small Hours", release, "5" * 64, 3, "2027-03-01T10:00:00+00:00", "Priya", ("us.launch",), (), assets, key="dusk-to-dawn"
    )


def _asset(id: str = "launch-email.email.shops.us.announce", at: str = "2027-03-23T06:00-05:00") -> BundleAsset:
    link = BundleLink("example.com/see", "https://example.com/see?utm_source=newsletter")
    fields = (BundleField("subject", "Hello; you, there\nand a very long line that has to be folded somewhere before its end", "house"),)
    return BundleAsset(id, "Launch email", "email", "shops", "us", "en-US", at[:10], "d" * 12, "a" * 64, fields, at, "2027-03-16", "Why.", (link,))


def _read(bundle: Bundle, path: str = "calendar/all-markets.ics") -> Any:
    files = {file.path: file.content for file in EXPORTER.export(bundle)}
    assert all(len(line) <= 75 for line in files[path].split(b"\r\n"))
    return cast(Any, Calendar.from_ical(files[path]))


def test_a_slot_is_an_event_at_its_moment_in_utc_and_its_text_a_task_with_a_due_day() -> None:
    event, task = _read(_bundle(_asset())).subcomponents
    assert event["DTSTART"].to_ical() == b"20270323T110000Z"
    assert event["UID"] == "launch-email.email.shops.us.announce@dusk-to-dawn.concerted"
    assert "utm_source=newsletter" in event["DESCRIPTION"]
    assert (task.name, task["DUE"].dt) == ("VTODO", date(2027, 3, 16))


def test_a_day_without_an_hour_is_a_whole_day() -> None:
    event = _read(_bundle(_asset(at="2027-03-23"))).subcomponents[0]
    assert event["DTSTART"].to_ical() == b"20270323"
    assert event["DTEND"].to_ical() == b"20270324"


def test_the_next_release_moves_an_entry_and_takes_withdrawn_ones_out() -> None:
    first = _read(_bundle(_asset())).subcomponents[0]
    later = replace(_bundle(_asset(), release="R2"), withdrawn=("x-post.x.-.us.-",))
    gone, moved, _task = _read(later).subcomponents
    assert (moved["UID"], moved["SEQUENCE"]) == (first["UID"], 2)
    assert first["SEQUENCE"] == 1
    assert (gone["STATUS"], gone["UID"]) == ("CANCELLED", "x-post.x.-.us.-@dusk-to-dawn.concerted")


def test_each_market_has_its_own_file() -> None:
    paths = [file.path for file in EXPORTER.export(_bundle(_asset(), _asset("sms.sms.shops.de.-", "2027-03-24")))]
    assert paths == ["calendar/all-markets.ics", "calendar/us.ics"]
