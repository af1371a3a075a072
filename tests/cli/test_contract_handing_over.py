"""The command line as others build on it: release, export, verify."""

from pathlib import Path

from tests.cli.contract import assert_keys
from tests.cli.terminal import NOOR, SHOPS, Terminal, X


def test_release_lists_drafts_with_their_hash(approved: Terminal) -> None:
    report = approved.report("release", "--group", "us.launch")
    assert report["release"] == "R1"
    for row in report["assets"]:
        assert_keys(row, {"id", "draft", "sha256"})
    assert {row["id"].split(".")[3] for row in report["assets"]} == {"us"}


def test_release_refuses_with_every_reason_and_its_next_command(drafted: Terminal) -> None:
    told = drafted.type("release", "--json", by=NOOR)
    assert told.code == 4
    for row in told.json["refused"]:
        assert_keys(row, {"id", "rule", "why", "next"})
        assert row["next"].startswith("concerted ")
    assert drafted.report("status")["release"] is None


def test_release_over_an_open_change_needs_to_be_asked_for(changed: Terminal) -> None:
    assert changed.type("release").code == 4
    assert changed.report("release", "--despite-change")["release"] == "R1"


def test_a_waiver_needs_a_reason_and_cannot_mix_strategies(drafted: Terminal) -> None:
    assert drafted.type("release", "--waive", f"R9:{X}").code == 2
    assert drafted.type("release", "--waive", f"R1:{X}", "--because", "hurry").code == 4


def test_a_group_that_is_none_is_exit_5(approved: Terminal) -> None:
    told = approved.type("release", "--group", "mars.launch")
    assert told.code == 5
    assert "us.launch" in told.err


def test_export_lists_files_with_their_hash_and_assets(released: Terminal) -> None:
    report = released.report("export", "--all", "--out", str(released.folder / "tuesday"))
    assert {"path", "format", "sha256", "assets"} <= set(report["files"][0])
    assert all(Path(row["path"]).is_file() for row in report["files"])
    assert (released.folder / "tuesday" / "manifest.json").is_file()


def test_export_before_any_release_finds_nothing_to_export(approved: Terminal) -> None:
    told = approved.type("export", "markdown")
    assert told.code == 5
    assert "concerted release" in told.err
    assert [path for path in approved.folder.iterdir() if path.name.startswith("release")] == []


def test_export_of_an_unknown_format_is_exit_5(released: Terminal) -> None:
    assert released.type("export", "papyrus").code == 5
    assert released.type("export").code == 2


def test_verify_tells_untouched_altered_missing_and_added(released: Terminal) -> None:
    bundle = released.folder / "monday"
    report = released.report("verify", str(bundle))
    assert (report["ok"], report["current"]) == (True, True)
    assert {row["state"] for row in report["files"]} == {"untouched"}
    (bundle / "README.md").write_text("mine now")
    (bundle / "extra.txt").write_text("hello")
    next((bundle / "us").rglob("*.md")).unlink()
    told = released.type("verify", str(bundle), "--json")
    assert told.code == 1
    assert {row["state"] for row in told.json["files"]} == {"untouched", "altered", "missing", "added"}


def test_verify_tells_when_the_campaign_has_moved_on(released: Terminal) -> None:
    released.report("edit", X, "--field", "text", "--text", "Bikes sleep at night. We do not.", by=NOOR)
    told = released.type("verify", str(released.folder / "monday"), "--json")
    assert told.code == 1
    assert (told.json["ok"], told.json["current"]) == (True, False)


def test_verify_away_from_the_campaign_leaves_current_open(released: Terminal, tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    told = Terminal(away).type("verify", str(released.folder / "monday"), "--json")
    assert told.code == 0
    assert told.json["current"] is None
    assert Terminal(away).type("verify", str(away)).code == 5


def test_an_asset_that_is_none_is_exit_5_with_what_was_meant(drafted: Terminal) -> None:
    for verb in ("show", "why", "diff"):
        told = drafted.type(verb, "landing-page.web.shops", "--json")
        assert told.code == 5, verb
        assert SHOPS in told.json["error"]["next"], verb
