"""Computed views at the terminal, the dates beside every text, and a release in every format."""

import csv
import io
import json
from pathlib import Path

import pytest

from concerted.catalog import Catalog
from concerted.rules.limits import measure
from tests.cli.terminal import SHOPS, Terminal

NAMES = ("calendar", "media", "utm", "measurement", "run-of-show")


@pytest.mark.parametrize("name", NAMES)
def test_a_view_prints_and_is_one_json_document(drafted: Terminal, name: str) -> None:
    report = drafted.report("view", name)
    assert {"view", "title", "columns", "rows", "findings", "files"} <= set(report)
    assert report["rows"]
    assert all(set(row) == set(report["columns"]) for row in report["rows"])
    told = drafted.type("view", name)
    assert (told.code, report["title"] in told.out) == (0, True)


def test_a_view_that_is_none_is_exit_5_and_names_those_that_are(drafted: Terminal) -> None:
    told = drafted.type("view", "horoscope")
    assert told.code == 5
    assert "run-of-show" in told.err


def test_a_view_is_written_to_files(drafted: Terminal, tmp_path: Path) -> None:
    report = drafted.report("view", "calendar", "--csv", str(tmp_path / "c.csv"), "--xlsx", str(tmp_path / "c.xlsx"))
    assert report["files"] == [str(tmp_path / "c.csv"), str(tmp_path / "c.xlsx")]
    rows = list(csv.DictReader(io.StringIO((tmp_path / "c.csv").read_text(encoding="utf-8-sig"), newline="")))
    assert len(rows) == len(report["rows"])
    assert drafted.type("view", "calendar", "--csv", str(tmp_path / "nowhere" / "c.csv")).code == 2


def test_show_and_status_say_by_when_and_counted_from_what(drafted: Terminal) -> None:
    report = drafted.report("show", SHOPS)
    assert list(report["dates"]) == ["draft", "review", "approve", "hand_over", "publish"]
    assert report["dates"]["draft"] < report["dates"]["review"] < report["dates"]["approve"] <= report["dates"]["hand_over"]
    assert "launch in us" in report["reference"]
    late = Terminal(drafted.folder, "2027-03-22").report("status")
    assert {row["id"]: row["late"] for row in late["assets"]}[SHOPS] == ["review", "approve", "hand_over"]
    assert "Late:" in Terminal(drafted.folder, "2027-03-22").type("status").out


def test_every_format_is_written_covered_by_the_manifest_and_verified(released: Terminal) -> None:
    out = released.folder / "all"
    report = released.report("export", "--all", "--out", str(out))
    formats = {row["format"] for row in report["files"]}
    assert {"html", "docx", "calendar", "ics", "plans", "markdown", "manifest"} <= formats
    listed = {row["path"] for row in json.loads((out / "manifest.json").read_text())["files"]}
    assert listed == {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} - {"manifest.json"}
    again = released.report("export", "--all", "--out", str(released.folder / "again"))
    assert [row["sha256"] for row in again["files"]] == [row["sha256"] for row in report["files"]]
    (out / "preview.html").write_text("mine")
    told = released.type("verify", str(out), "--json")
    assert {row["path"] for row in told.json["files"] if row["state"] == "altered"} == {"preview.html"}


def test_a_format_that_cannot_be_made_leaves_nothing_behind(released: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    from concerted.exporters.ics import Ics

    def broken(*_anything: object) -> object:
        raise ValueError("no calendar today")

    monkeypatch.setattr(Ics, "export", broken)
    told = released.type("export", "--all", "--out", str(released.folder / "half"))
    assert told.code == 2
    assert "ics" in told.err
    assert not (released.folder / "half").exists()


def test_no_released_text_is_longer_than_its_channel_takes(released: Terminal) -> None:
    from concerted.bootstrap import open_session
    from concerted.conductor.releasing import bundle_of

    session = open_session(released.folder, today=released.today, by=released.by)
    channels = Catalog().channels()
    held = [
        measure(field.text, spec.count, spec.font_px) <= spec.max.value
        for asset in bundle_of(session, session.state()).assets
        for field in asset.fields
        if field.slot and asset.channel in channels and (spec := channels[asset.channel].fields[field.slot]).max
    ]
    assert len(held) > 5
    assert all(held)


def test_the_run_of_show_puts_out_on_launch_day_what_runs_on_launch_day(drafted: Terminal) -> None:
    dates = {row["asset_id"]: row["publish_at"][:10] for row in drafted.report("view", "calendar")["rows"]}
    steps = [row for row in drafted.report("view", "run-of-show")["rows"] if row["step"] == "mail-out" and row["market"] == "us"]
    sent = [asset for row in steps for asset in row["assets"].split()]
    assert any("announce" in asset for asset in sent)
    assert {dates[asset] for asset in sent} == {"2027-03-23"}, "the reminder follows a week later"
