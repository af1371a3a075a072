"""The command line as others build on it: keys of the JSON and exit codes, of the strategy's verbs and of those that look."""

import json
from pathlib import Path

import pytest

from tests.cli.contract import ACTIONS, ASSET, AUTHORS, CHANGE, STANDINGS, assert_keys, assert_plan, assert_run
from tests.cli.terminal import HOUSE, JO, NOOR, PRICE, PRIYA, PROMISE, SHOPS, Terminal, X


def test_init_lists_the_files_it_wrote(tmp_path: Path) -> None:
    report = Terminal(tmp_path).report("init", "spring", "--playbook", "product-launch")
    assert report["files"] == [str(Path("spring", name)) for name in ("campaign.yaml", "campaign.schema.json")]
    assert all((tmp_path / file).is_file() for file in report["files"])


def test_demo_tells_what_it_did_and_leaves_the_files(tmp_path: Path) -> None:
    told = Terminal(tmp_path).type("demo", "--dir", str(tmp_path / "scene"), "--json")
    assert told.code == 0, told.err
    assert_keys(told.json, {"drafted", "kept", "held", "refused_first", "decisions", "landed", "release", "files"})
    assert told.json["landed"] is True
    assert told.json["decisions"] <= 10
    assert all((tmp_path / file).is_file() for file in told.json["files"])


def test_check_gives_every_problem_its_place_and_remedy(fresh: Terminal) -> None:
    fresh.file.write_text(fresh.file.read_text().replace("promise:", "promis:"))
    told = fresh.type("check", "--json")
    assert told.code == 2
    assert told.json["ok"] is False
    rows = told.json["problems"]
    assert {"file", "line", "column", "ref", "severity", "message", "remedy"} <= set(rows[0])
    assert any(row["severity"] == "file" and "promise" in row["remedy"] for row in rows)


def test_check_leaves_with_1_when_it_is_strict_and_finds_only_advice(fresh: Terminal) -> None:
    report = fresh.report("check")
    assert report["ok"] is True
    assert {row["severity"] for row in report["problems"]} == {"advice"}
    assert fresh.type("check").code == 0
    assert fresh.type("check", "--strict").code == 1


def test_schema_prints_the_json_schema(fresh: Terminal) -> None:
    told = fresh.type("schema")
    assert told.code == 0
    assert told.json["$schema"].startswith("https://json-schema.org/")
    assert "positioning" in told.json["properties"]


def test_catalog_lists_items_of_every_kind_with_their_file(fresh: Terminal) -> None:
    items = fresh.report("catalog")["items"]
    assert {row["kind"] for row in items} == {"channel", "playbook", "worker", "rule", "exporter"}
    assert all(row["id"] and row["file"] for row in items)


def test_plan_of_a_first_run_says_that_everything_is_drafted(fresh: Terminal) -> None:
    report = fresh.report("plan")
    assert_plan(report)
    assert report["base"] == 0
    assert {row["action"] for row in report["assets"]} == {"draft"}
    assert report["cost"]["calls"] == 0
    assert fresh.type("status").code == 5, "nothing was written"


def test_plan_of_an_edit_names_the_assets_and_why(approved: Terminal) -> None:
    report = approved.report("plan", "--set", PROMISE)
    assert_plan(report)
    assert report["edits"][0]["new"] == PROMISE.partition("=")[2]
    assert report["older_wordings"]
    (house,) = [row for row in report["assets"] if row["id"] == HOUSE]
    assert house["action"] == "propose"
    assert house["why"] == [["positioning.promise"]]
    assert report["people"][0]["who"] == PRIYA


def test_plan_of_a_change_is_what_stands_on_it(changed: Terminal) -> None:
    report = changed.report("plan", "--change", "C2")
    assert_plan(report)
    assert {edit["ref"] for edit in report["edits"]} == {"positioning.promise", "offers.first.price.us"}


def test_run_reports_what_it_drafted(fresh: Terminal) -> None:
    report = fresh.report("run")
    assert_run(report)
    assert report["landed"] is True
    assert len(report["drafted"]) == report["drafts_made"] == 15
    assert (report["calls"], report["tokens"]) == (0, 0)
    again = fresh.report("run")
    assert (again["drafted"], again["drafts_made"], again["untouched"]) == ([], 0, 15)


def test_change_without_anybody_to_ask_is_the_plan_and_exit_4(approved: Terminal) -> None:
    told = approved.type("change", "--set", PROMISE, "--json")
    assert told.code == 4
    assert_plan(told.json)
    assert told.json["error"]["next"].endswith("--yes")
    assert approved.report("changes")["changes"] == []


def test_change_with_yes_is_plan_and_run_in_one(approved: Terminal) -> None:
    report = approved.report("change", "--set", PRICE, "--yes", by=JO)
    assert_plan(report)
    assert_run(report)
    assert report["change"] == "C2"
    assert report["landed"] is False
    assert {row["who"] for row in report["decisions"]} == {PRIYA}


@pytest.mark.parametrize("words", [("make it shorter",), ("--file", "mail.txt")])
def test_a_change_in_words_that_name_no_line_says_so_and_writes_nothing(approved: Terminal, words: tuple[str, ...]) -> None:
    (approved.folder / "mail.txt").write_text("Make it shorter.\n")
    told = approved.type("change", *(str(approved.folder / word) if word == "mail.txt" else word for word in words), "--json")
    assert told.code == 4
    assert "make it shorter" in json.dumps(told.json).lower()
    assert approved.report("changes")["changes"] == []


def test_changes_says_what_each_waits_for(changed: Terminal) -> None:
    (row,) = changed.report("changes")["changes"]
    assert_keys(row, CHANGE)
    assert row["decisions"] > 0
    assert set(row["standing"]) <= ACTIONS


def test_land_refuses_while_questions_are_open(changed: Terminal) -> None:
    told = changed.type("land", "C2", "--json")
    assert told.code == 4
    assert told.json["error"]["reasons"][0]["next"] == "concerted decide"


def test_land_brings_a_held_change_home(drafted: Terminal) -> None:
    held = drafted.report("change", "--set", "offers.first.price.us=$19", "--hold", "--yes")
    assert held["landed"] is False
    assert held["decisions"] == []
    report = drafted.report("land", held["change"])
    assert_run(report)
    assert report["landed"] is True
    assert report["changes"] == []
    assert "us: $19" in drafted.file.read_text()


def test_abandon_leaves_the_campaign_as_it_was(changed: Terminal) -> None:
    before = changed.report("status")["strategy"]
    report = changed.report("abandon", "c2")
    assert_run(report)
    assert report["changes"] == []
    assert changed.report("status")["strategy"] == before


def test_redraft_makes_a_new_attempt(drafted: Terminal) -> None:
    report = drafted.report("redraft", X, "--note", "drier")
    assert_run(report)
    assert X in report["drafted"]


def test_redraft_of_what_the_house_writer_has_no_other_variant_for_is_refused(drafted: Terminal) -> None:
    attempts = [drafted.type("redraft", X, "--note", "another", "--yes", "--json") for _ in range(6)]
    assert attempts[-1].code == 4
    assert attempts[-1].json["refused"][0]["id"] == X


def test_status_lists_every_asset(approved: Terminal) -> None:
    report = approved.report("status")
    assert_keys(report, {"strategy", "ready", "assets"})
    assert report["ready"] is True
    for row in report["assets"]:
        assert_keys(row, ASSET)
        assert row["standing"] in STANDINGS


def test_status_of_a_change_is_that_line(changed: Terminal) -> None:
    main, line = changed.report("status"), changed.report("status", "--change", "C2")
    assert main["ready"] is False
    assert line["line"] == "C2"
    (house,) = [row for row in line["assets"] if row["id"] == HOUSE]
    assert house["cause"] == "1 open: positioning.promise"


def test_history_lists_versions_with_their_edits(approved: Terminal) -> None:
    approved.report("change", "--set", "campaign.tier=3", "--yes")
    versions = approved.report("history")["versions"]
    assert len(versions) == 2
    for row in versions:
        assert_keys(row, {"strategy", "hash", "at", "by", "edits"})
    assert {edit["ref"].partition(".")[0] for edit in versions[1]["edits"]} == {"campaign"}


def test_show_gives_words_trace_and_records(drafted: Terminal) -> None:
    report = drafted.report("show", SHOPS)
    assert_keys(report, {"fields", "draft", "trace", "records"})
    assert report["fields"]["h1"]
    assert {"field", "ref", "hash"} <= set(report["trace"][0])
    for row in report["records"]:
        assert_keys(row, {"field", "author", "prompt_hash", "model"})
        assert row["author"] in AUTHORS


def test_a_persons_text_is_recorded_as_a_persons_and_by_whom(drafted: Terminal) -> None:
    drafted.report("edit", X, "--field", "text", "--text", "Bikes sleep at night. We do not.", "--yes", by=NOOR)
    (row,) = [row for row in drafted.report("show", X)["records"] if row["field"] == "text"]
    assert (row["author"], row["by"], row["model"]) == ("person", NOOR, None)
    (field,) = drafted.report("diff", X)["fields"]
    assert_keys(field, {"name", "old", "new", "author"})
    assert field["author"] == "person"


def test_why_gives_causes_with_their_path(changed: Terminal) -> None:
    report = changed.report("why", HOUSE)
    assert {"ref": "positioning.promise", "path": ["positioning.promise"], "change": "C2"} in report["causes"]


def test_diff_shows_an_open_change_against_the_campaign(changed: Terminal) -> None:
    report = changed.report("diff", HOUSE)
    assert (report["from"], report["to"]) == ("main", "C2")
    assert report == changed.report("diff", HOUSE, "--change", "C2")
