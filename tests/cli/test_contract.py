"""The command line as others build on it: for every verb the keys of its JSON, its exit codes, and the closed sets of values."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.terminal import DANA, HAMBURG, HOUSE, JO, NOOR, PRESS, PRICE, PRIYA, PROMISE, SHOPS, Terminal, X

PLAN = {
    "base", "edits", "assets", "totals", "cost", "seconds", "people", "held", "older_wordings", "too_late", "findings",
}  # fmt: skip
RUN = {
    "strategy", "change", "landed", "decisions", "drafted", "reused", "kept", "proposed", "held", "blocked", "failed", "untouched", "drafts_made",
    "calls", "tokens", "cost", "seconds",
}  # fmt: skip
DECISION = {"key", "kind", "ref", "who", "question", "options", "default", "assets"}
CHANGE = {"id", "title", "by", "opened", "edits", "decisions", "standing"}
ASSET = {"id", "type", "worker", "channel", "market", "audience", "standing", "cause", "draft", "approved", "owner", "due"}
STANDINGS = {"missing", "fresh", "stale", "suspect", "drafting", "held", "blocked", "retired"}
ACTIONS = {"draft", "revise", "reuse", "recheck", "propose", "hold", "block", "retire", "none"}
AUTHORS = {"house", "model", "person", "adopted"}
ANSWERS = {"take", "keep", "text", "redraft", "leave"}


def assert_keys(report: dict[str, Any], *sets: set[str]) -> None:
    """Assert that a report has at least these keys."""
    assert set().union(*sets) - set(report) == set()


def assert_plan(report: dict[str, Any]) -> None:
    """Assert that a report is a plan."""
    assert_keys(report, PLAN)
    assert set(report["totals"]) == {"definite", "worst", "expected_p50", "expected_p90"}
    for row in report["assets"]:
        assert_keys(row, {"id", "standing", "action", "why"})
        assert row["action"] in ACTIONS
        assert row["standing"] in STANDINGS
    for row in report["edits"]:
        assert_keys(row, {"ref", "old", "new"})
    for row in report["people"]:
        assert_keys(row, {"who", "decisions", "minutes", "by"})


def assert_run(report: dict[str, Any]) -> None:
    """Assert that a report tells of a run."""
    assert_keys(report, RUN)
    assert isinstance(report["untouched"], int)
    for row in report["decisions"]:
        assert_decision(row)


def assert_decision(row: dict[str, Any]) -> None:
    """Assert that a row is a decision."""
    assert_keys(row, DECISION)
    assert set(row["options"]) <= ANSWERS


def assert_person(report: dict[str, Any]) -> None:
    """Assert that a report tells what a person's verb did."""
    assert_keys(report, {"done", "refused"})
    assert_plan(report)
    assert_run(report)
    for row in report["refused"]:
        assert_keys(row, {"id", "why", "next"})


def test_init_lists_the_files_it_wrote(tmp_path: Path) -> None:
    report = Terminal(tmp_path).report("init", "spring", "--playbook", "product-launch")
    assert report["files"] == [str(tmp_path / "spring" / "campaign.yaml")]
    assert Path(report["files"][0]).is_file()


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


@pytest.mark.parametrize("words", [("make", "it", "shorter"), ("--file", "mail.txt")])
def test_a_change_in_free_words_is_refused_until_it_exists(approved: Terminal, words: tuple[str, ...]) -> None:
    told = approved.type("change", *words, "--json")
    assert told.code == 4
    assert "--set" in told.json["error"]["next"]


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


def test_edit_lands_at_once_where_nobody_reads_the_text(drafted: Terminal) -> None:
    report = drafted.report("edit", X, "--field", "text", "--text", "Bikes sleep at night. We do not.", by=NOOR)
    assert_person(report)
    assert report["done"] == [f"{X}#text"]
    assert report["landed"] is True


def test_edit_of_what_others_read_shows_the_plan_first(approved: Terminal) -> None:
    line = ("edit", HOUSE, "--field", "roof", "--text", "Hand in your bike tonight and ride it tomorrow.", "--json")
    told = approved.type(*line, by=NOOR)
    assert told.code == 4
    assert_plan(told.json)
    assert_person(approved.report(*line[:-1], "--yes", by=NOOR))


def test_edit_without_a_run_only_opens_the_change(approved: Terminal) -> None:
    report = approved.report("edit", HOUSE, "--field", "roof", "--text", "Hand it in tonight.", "--no-run", "--yes", by=NOOR)
    assert report["landed"] is False
    assert len(approved.report("changes")["changes"]) == 1


def test_edit_on_what_moved_in_the_same_place_is_refused_with_both_texts(drafted: Terminal) -> None:
    seen = drafted.report("show", X)["draft"]
    drafted.report("edit", X, "--field", "text", "--text", "Bikes sleep at night. We do not.", by=NOOR)
    told = drafted.type("edit", X, "--field", "text", "--text", "Something else entirely.", "--seen", seen, "--json", by=JO)
    assert told.code == 4
    assert "We do not" in told.json["refused"][0]["why"]


@pytest.mark.parametrize("words", [("pin", SHOPS, "--field", "h1"), ("lock", PRESS), ("exclude", PRESS), ("exclude", PRESS, "--include")])
def test_the_small_verbs_report_as_all_of_peoples_do(drafted: Terminal, words: tuple[str, ...]) -> None:
    report = drafted.report(*words)
    assert_person(report)
    assert report["done"]


def test_unlock_gives_back_what_was_locked(drafted: Terminal) -> None:
    drafted.report("lock", PRESS)
    assert_person(drafted.report("unlock", PRESS))
    assert drafted.type("unlock", PRESS).code == 4


def test_approve_gives_a_reason_for_each_text_that_it_refuses(drafted: Terminal) -> None:
    report = drafted.report("approve", "--all", by=NOOR)
    assert_person(report)
    assert report["done"] == []
    assert len(report["refused"]) == 15
    assert all(PRIYA in row["next"] for row in report["refused"])


def test_approve_takes_a_filter(drafted: Terminal) -> None:
    done = drafted.report("approve", "--filter", "market=us,channel=email")["done"]
    assert {asset.split(".")[1] for asset in done} == {"email"}
    assert drafted.type("approve", "--filter", "colour=red").code == 2
    assert drafted.type("approve").code == 2
    assert drafted.type("approve", "--all", SHOPS).code == 2


def test_approve_on_a_change_takes_what_it_proposes(changed: Terminal) -> None:
    report = changed.report("approve", PRESS, "--change", "C2")
    assert_person(report)
    assert report["done"] == [PRESS]


def test_approve_of_a_draft_that_moved_on_is_refused(drafted: Terminal) -> None:
    report = drafted.report("approve", X, "--seen", "000000000000")
    assert report["refused"][0]["next"] == f"concerted show {X}"


def test_attest_confirms_a_wording_that_is_asked_about(changed: Terminal) -> None:
    report = changed.report("attest", "positioning.promise@en.w30")
    assert_person(report)
    assert changed.type("attest", "positioning.promise@en.w30").code == 4
    assert changed.type("attest", "nothing.of.the.kind").code == 5


def test_decide_lists_what_is_asked_of_whom(changed: Terminal) -> None:
    rows = changed.report("decide")["decisions"]
    for row in rows:
        assert_decision(row)
    assert {row["change"] for row in rows} == {"C2"}
    assert changed.report("decide", "--change", "C2")["decisions"] == rows


def test_decide_takes_several_answers_to_one_list(changed: Terminal) -> None:
    key = changed.key("wording")
    words = "In tonight, earning by six"
    report = changed.report(
        "decide",
        f"{key}/positioning.promise@en.h30=text:{words}",
        f"{key}/positioning.promise@en.w30=keep",
        f"{key}/positioning.promise@de=leave",
    )
    assert report["answered"] == 3
    (left,) = [row for row in report["decisions"] if row["kind"] == "wording"]
    assert {item["ref"] for item in left["items"]} == {"positioning.promise@en.h60", "positioning.promise@en.h90"}


def test_decide_with_an_old_key_is_refused_and_changes_nothing(changed: Terminal) -> None:
    told = changed.type("decide", "0000-0000=take", "--json")
    assert told.code == 4
    assert told.json["error"]["next"] == "concerted decide"
    assert told.json["refused"]


def test_decide_of_somebody_else_is_refused_naming_who_is_asked(changed: Terminal) -> None:
    told = changed.type("decide", f"{changed.key('approved text', PRIYA)}=take", "--json", by=JO)
    assert told.code == 4
    assert PRIYA in told.json["error"]["next"]


def test_the_last_answer_lands_the_change_and_writes_the_file(changed: Terminal) -> None:
    for _ in range(12):
        rows = changed.report("decide")["decisions"]
        rows = [row for row in rows if row["change"] == "C2"]
        if not rows:
            break
        answer = "leave" if rows[0]["kind"] == "wording" else "take"
        changed.report("decide", f"{rows[0]['key']}={answer}", by=rows[0]["who"])
    assert changed.report("changes")["changes"] == []
    assert PROMISE.partition("=")[2] in changed.file.read_text()
    assert "us: $25" in changed.file.read_text()
    assert changed.report("plan")["edits"] == []


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


def test_both_approvals_are_needed_before_it_counts_as_approved(drafted: Terminal) -> None:
    drafted.report("approve", SHOPS)
    (row,) = [row for row in drafted.report("status")["assets"] if row["id"] == SHOPS]
    assert row["unsigned"] == ["claims-and-prices"]
    drafted.report("approve", SHOPS, by=DANA)
    (row,) = [row for row in drafted.report("status")["assets"] if row["id"] == SHOPS]
    assert (sorted(row["approved"]), row["unsigned"]) == (["claims-and-prices", "copy"], [])


def test_german_waits_while_the_rest_can_be_released(changed: Terminal) -> None:
    key = changed.key("wording")
    for ref, answer in (("en.h30", "keep"), ("en.h60", "keep"), ("en.h90", "keep"), ("en.w30", "keep"), ("de", "leave")):
        row = next(row for row in changed.report("decide")["decisions"] if row["kind"] == "wording")
        changed.report("decide", f"{row['key']}/positioning.promise@{ref}={answer}")
    assert key
    for _ in range(12):
        rows = [row for row in changed.report("decide")["decisions"] if row["change"] == "C2"]
        if not rows:
            break
        changed.report("decide", f"{rows[0]['key']}=take", by=rows[0]["who"])
    assert changed.type("release", "--group", "de.launch").code == 4
    told = changed.type("release", "--group", "us.launch", "--json")
    assert told.code == 0, told.err
    assert HAMBURG not in {row["id"] for row in told.json["assets"]}
