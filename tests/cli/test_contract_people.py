"""The command line as others build on it: what people do with texts, and what they decide."""

import pytest

from tests.cli.contract import assert_decision, assert_person, assert_plan
from tests.cli.terminal import DANA, HAMBURG, HOUSE, JO, NOOR, PRESS, PRIYA, PROMISE, SHOPS, Terminal, X


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


def test_a_signature_is_taken_back_by_its_giver_with_a_reason_and_can_be_given_again(approved: Terminal) -> None:
    def unsigned() -> list[str]:
        return [row["id"] for row in approved.report("status")["assets"] if row["unsigned"]]

    assert unsigned() == []
    assert approved.type("approve", X, "--withdraw").code == 2
    report = approved.report("approve", X, X, "--withdraw", "--because", "The price is not settled.", by=PRIYA)
    assert_person(report)
    assert (report["done"], unsigned()) == ([X], [X]), "named twice, it is taken back once"
    assert approved.type("release").code == 4
    assert approved.report("history")["events"][-1]["about"] == f"{X}: The price is not settled."
    again = approved.type("approve", X, "--withdraw", "--because", "Twice.", "--json", by=PRIYA)
    assert [row["why"] for row in again.json["refused"]] == [f"{PRIYA} has not signed these words"]
    assert approved.report("approve", X, by=PRIYA)["done"] == [X]
    assert unsigned() == []


def test_what_is_released_is_not_called_back_by_a_signature(released: Terminal) -> None:
    told = released.type("approve", X, "--withdraw", "--because", "Too late.", "--json", by=PRIYA)
    assert "it is out with release" in told.json["refused"][0]["why"]
    assert told.json["refused"][0]["next"].startswith(f"concerted redraft {X}")
    assert [row["id"] for row in released.report("status")["assets"] if row["unsigned"]] == []


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


def test_decide_with_yes_leaves_wordings_and_keeps_peoples_questions_open(changed: Terminal) -> None:
    report = changed.report("decide", "--yes")
    kinds = {row["kind"] for row in report["decisions"] if row["change"] == "C2"}
    assert kinds == {"approved text"}
    assert changed.report("changes")["changes"][0]["id"] == "C2"


def test_whoever_signs_for_nothing_is_told_the_one_command_of_whoever_does(drafted: Terminal) -> None:
    told = drafted.type("approve", "--all", by=NOOR)
    assert f'concerted approve --all --by "{PRIYA}"' in " ".join(told.out.split())
