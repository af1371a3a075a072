"""What people really type and save: wrong names, emoji, huge files, a file that is broken between two verbs. Nothing is lost by it."""

from pathlib import Path
from typing import Any, cast

import pytest

from concerted.cli.caller import Caller
from tests.cli.terminal import HOUSE, JO, NOOR, PRICE, SHOPS, Terminal, Told, X


def _typed(part: object) -> str:
    return " ".join(cast(tuple[str, ...], part)) if isinstance(part, tuple) else ""


def assert_told_plainly(told: Told, code: int) -> None:
    """Assert an exit code and that nobody is shown how we are built."""
    assert told.code == code, told.err
    assert "Traceback" not in told.err + told.out
    assert "Error" not in told.err


@pytest.mark.parametrize(
    "words",
    [
        ("show", "nothing"),
        ("why", "landing-page.web.shops.us"),
        ("edit", "nothing", "--field", "h1", "--text", "x"),
        ("edit", X, "--field", "post", "--text", "x"),
        ("pin", X, "--field", "post"),
        ("lock", "nothing"),
        ("exclude", "nothing"),
        ("redraft", "nothing"),
        ("land", "C9"),
        ("abandon", "C9"),
        ("status", "--change", "C9"),
        ("plan", "--unset", "claims.nothing"),
        ("plan", "--strategy", "nowhere.yaml"),
        ("export", "markdown", "--release", "R9"),
        ("verify", "nowhere"),
    ],
    ids=" ".join,
)
def test_what_is_not_there_is_exit_5_and_says_where_to_look(drafted: Terminal, words: tuple[str, ...]) -> None:
    told = drafted.type(*words)
    assert_told_plainly(told, 5)
    assert "Next: " in told.err


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (("plan", "--set", "positioning.promis=x"), "did you mean promise?"),
        (("plan", "--set", "positioning.promise"), 'positioning.promise="new text"'),
        (("plan", "--set", "dates.freeze=soon"), "dates.freeze"),
        (("plan", "--set", "positioning=x"), "positioning."),
        (("plan", "--set", "offers.first.price.us="), "--unset"),
        (("plan", "--unset", "positioning.promis"), "did you mean promise?"),
        (("change", "--yes"), "--set"),
        (("edit", X, "--field", "text", "--text", "  "), "exclude"),
        (("decide", "take"), "KEY=take"),
        (("decide", "1234-5678=maybe"), "KEY=take"),
        (("decide", "1234-5678=text:"), "text:"),
    ],
    ids=_typed,
)
def test_what_cannot_be_understood_is_exit_2_with_the_remedy(drafted: Terminal, words: tuple[str, ...], remedy: str) -> None:
    told = drafted.type(*words)
    assert_told_plainly(told, 2)
    assert remedy in told.err


def test_all_mistakes_in_edits_are_told_at_once(drafted: Terminal) -> None:
    told = drafted.type("plan", "--set", "positioning.promis=x", "--set", "dates.freeze=soon", "--set", PRICE, "--set", PRICE, "--json")
    assert told.code == 2
    assert len(told.json["error"]["problems"]) == 3


@pytest.mark.parametrize(
    "text",
    ["Bikes sleep 🚲💤 at night.", "Zeile eins.\n\nZeile zwei: „so“.", "<b>fett</b> & [link](x) `y`", "a\ttab", "שלום", "'; drop table drafts; --"],
)
def test_a_text_comes_back_as_it_was_typed(drafted: Terminal, text: str) -> None:
    report = drafted.report("edit", X, "--field", "text", "--text", text, "--yes", by=NOOR)
    assert report["done"] == [f"{X}#text"]
    assert drafted.report("show", X)["fields"]["text"] == text
    shown = drafted.type("show", X).out
    assert text.split()[0] in shown


def test_a_text_that_is_piped_in_loses_only_its_last_line_break(drafted: Terminal) -> None:
    told = drafted.type("edit", X, "--field", "text", "--text", "-", "--yes", "--json", by=NOOR, typed_in="First.\nSecond.\n")
    assert told.code == 0, told.err
    assert drafted.report("show", X)["fields"]["text"] == "First.\nSecond."


def test_what_would_steer_a_terminal_is_not_printed(drafted: Terminal) -> None:
    drafted.report("edit", X, "--field", "text", "--text", "red \x1b[31malert\x07", "--yes", by=NOOR)
    told = drafted.type("show", X)
    assert "\x1b" not in told.out
    assert "alert" in told.out


def test_a_text_of_ten_megabytes_is_refused(drafted: Terminal) -> None:
    told = drafted.type("edit", X, "--field", "text", "--text", "-", "--yes", by=NOOR, typed_in="word " * 2_000_000)
    assert_told_plainly(told, 2)


def test_a_campaign_file_of_ten_megabytes_is_refused_and_nothing_moves(drafted: Terminal) -> None:
    drafted.file.write_text("# " + "x" * 10_000_000)
    for verb in ("check", "plan", "run"):
        told = drafted.type(verb)
        assert_told_plainly(told, 2)
        assert "1 MB" in told.err + told.out


def test_a_broken_file_between_two_verbs_stops_what_writes_it_and_nothing_else(changed: Terminal) -> None:
    sound = changed.file.read_text()
    before = changed.report("history")
    key = changed.key("wording")
    changed.file.write_text(sound.replace("positioning:", 'positioning: "'))
    for words in (
        ("run",),
        ("plan",),
        ("change", "--set", PRICE, "--yes"),
        ("decide", f"{key}=leave"),
        ("land", "C2"),
        ("attest", "positioning.promise@de"),
    ):
        told = changed.type(*words)
        assert_told_plainly(told, 2)
        assert "campaign.yaml:" in told.err, words
    assert changed.report("history") == before
    status = changed.report("status")
    assert status["file_problems"]
    assert "cannot be read" in changed.type("status").out
    assert changed.type("show", SHOPS).code == 0
    changed.file.write_text(sound)
    assert changed.report("decide", f"{key}=leave")["answered"] == 1


def test_a_file_that_is_gone_is_told_and_the_campaign_stands(drafted: Terminal) -> None:
    drafted.file.unlink()
    assert drafted.type("status").code == 0
    assert_told_plainly(drafted.type("run"), 5)


def test_a_line_that_moved_on_both_sides_is_refused_with_three_values(drafted: Terminal) -> None:
    drafted.file.write_text(drafted.file.read_text().replace("us: $29", "us: $27"))
    told = drafted.type("change", "--set", "offers.first.price.us=$25", "--yes", "--json")
    assert told.code == 4
    (reason,) = told.json["refused"]
    assert all(price in reason["why"] for price in ("$29", "$27", "$25"))


def test_a_change_leaves_other_edits_of_the_file_alone_and_lists_them(drafted: Terminal) -> None:
    drafted.file.write_text(drafted.file.read_text().replace("tier: 2", "tier: 3"))
    report = drafted.report("change", "--set", "offers.first.price.us=$25", "--yes")
    assert report["pending"] == ["campaign.tier"]
    assert "tier: 3" in drafted.file.read_text()
    assert "us: $25" in drafted.file.read_text()
    assert drafted.report("status")["pending_in_file"] == ["campaign.tier"]


def test_a_strategy_in_another_file_is_planned_and_changed_from(drafted: Terminal) -> None:
    other = drafted.folder / "october.yaml"
    other.write_text(drafted.file.read_text().replace("us: $29", "us: $25"))
    report = drafted.report("plan", "--strategy", str(other))
    assert [edit["ref"] for edit in report["edits"]] == ["offers.first.price.us"]
    assert drafted.report("change", "--strategy", str(other), "--yes")["landed"] is True
    assert "us: $25" in drafted.file.read_text()


@pytest.mark.parametrize("words", [("check",), ("plan",), ("run",)])
def test_a_name_that_leads_nowhere_stops_the_file(drafted: Terminal, words: tuple[str, ...]) -> None:
    text = drafted.file.read_text().replace("lead: night", "lead: nite", 1)
    drafted.file.write_text(text)
    before = drafted.report("history")
    told = drafted.type(*words)
    assert_told_plainly(told, 2)
    line = text[: text.index("lead: nite")].count("\n") + 1
    assert f"campaign.yaml:{line}:" in told.err + told.out
    assert drafted.report("history") == before


@pytest.mark.parametrize(
    ("edit", "remedy"),
    [
        (("--set", "audiences.shops.lead=nite"), "did you mean night?"),
        (("--set", "claims.fresh.full=The first half of a claim."), "claims.fresh has no kind"),
        (("--unset", "campaign.name"), "campaign has no name"),
        (("--unset", "claims.wear"), "confidential.never_outside"),
        (("--unset", "messages.night"), "night"),
        (("--set", "offers.first.until=2027-01-01"), "offers.first"),
    ],
)
def test_edits_that_leave_the_strategy_broken_are_exit_2_and_nothing_is_written(drafted: Terminal, edit: tuple[str, ...], remedy: str) -> None:
    for verb in (("plan",), ("change", "--yes")):
        told = drafted.type(*verb, *edit)
        assert_told_plainly(told, 2)
        assert remedy in told.err
    assert drafted.report("changes")["changes"] == []
    assert drafted.report("plan")["edits"] == []


def test_a_new_entry_is_added_when_all_of_it_is_given(drafted: Terminal) -> None:
    words = ("kind=count", "full=Our mechanics speak six languages.", "evidence=staff list", "cleared.us=D. Marsh, today")
    report = drafted.report("change", *(part for word in words for part in ("--set", f"claims.languages.{word}")), "--yes")
    assert report["landed"] is True
    assert "  languages:\n" in drafted.file.read_text()


def test_a_whole_entry_is_taken_out_with_its_lines(drafted: Terminal) -> None:
    report = drafted.report("change", "--unset", "competitors.wheelwright", "--yes")
    assert report["landed"] is True
    assert "wheelwright:" not in drafted.file.read_text()


@pytest.mark.parametrize("hold", [(), ("--hold",)])
def test_an_entry_that_goes_is_not_split_into_rules_at_once_and_the_rest_later(approved: Terminal, hold: tuple[str, ...]) -> None:
    guarded = "confidential.never_outside=[competitors, objectives]"
    report = approved.report("change", "--unset", "claims.wear", "--set", guarded, "--yes", *hold)
    assert report["landed"] is False
    adopted = [edit["ref"] for row in approved.report("history")["versions"][1:] for edit in row["edits"]]
    assert adopted == ["confidential.never_outside"]
    (change,) = approved.report("changes")["changes"]
    assert {edit["ref"] for edit in change["edits"]} == {f"claims.wear.{name}" for name in ("kind", "full", "evidence", "waiting_for")}


def test_an_entry_that_goes_from_the_file_is_not_split_either(approved: Terminal) -> None:
    text = approved.file.read_text()
    start, end = text.index("  wear:\n"), text.index("# Who may be quoted")
    approved.file.write_text(text[:start] + "\n" + text[end:].replace(", claims.wear]", "]"))
    report = approved.report("run")
    assert report["landed"] is False
    versions = approved.report("history")["versions"]
    assert [edit["ref"] for row in versions[1:] for edit in row["edits"]] == ["confidential.never_outside"]


def test_setting_what_stands_already_changes_nothing(drafted: Terminal) -> None:
    before = drafted.report("history")
    report = drafted.report("change", "--set", "offers.first.price.us=$29", "--yes")
    assert (report["edits"], report["drafted"], report["change"]) == ([], [], None)
    assert drafted.report("history") == before


def _shown(**standings: str) -> dict[str, Any]:
    return {
        "assets": [
            {"id": asset, "action": "revise" if standing == "stale" else "none", "standing": standing} for asset, standing in standings.items()
        ]
    }


def test_yes_goes_on_once_and_again_only_within_what_was_shown() -> None:
    caller = Caller(Path(), as_json=True, today="", by="", yes=True)
    assert caller.confirm(_shown(one="stale", two="suspect", three="fresh"))
    assert caller.confirm(_shown(one="stale", two="stale", three="fresh"))
    assert not caller.confirm(_shown(one="stale", two="stale", three="stale"))


def test_two_words_for_the_same_field_by_two_people_are_both_kept(drafted: Terminal) -> None:
    drafted.report("edit", X, "--field", "text", "--text", "One.", "--yes", by=NOOR)
    drafted.report("edit", X, "--field", "text", "--text", "Two.", "--yes", by=JO)
    record = next(row for row in drafted.report("show", X)["records"] if row["field"] == "text")
    assert record["by"] == JO
    assert drafted.report("diff", X)["fields"][0]["old"] == "One."
    assert drafted.report("show", HOUSE)["fields"]
