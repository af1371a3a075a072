"""The gate: all or nothing, nothing written on refusal, and every reason names a command that really takes the person further."""

import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from concerted.conductor import changing, deciding, people, releasing
from concerted.conductor.session import Session
from concerted.errors import NotFound, Reason, Refused, UserError
from tests.story.stage import BRIEF, HOUSE, JUNE, LINKEDIN, PRESS, PRIYA, SHOPS, SMS, Report, Stage, X, copies

TAKE = {"owned text": "take", "approved text": "take"}
PRICE = "offers.first.price.us=$24"


def test_a_first_run_is_refused_for_its_approvals_and_follows_its_own_advice_to_a_release(drafted: Stage) -> None:
    released, steps = follow(drafted, lambda: drafted.release())
    assert released["release"] == "R1"
    assert set(steps) == {"approve"}


def test_an_empty_campaign_is_refused_and_nothing_is_written(fresh: Stage) -> None:
    with pytest.raises(NotFound) as error:
        fresh.release()
    assert error.value.next == "concerted run"


def test_on_refusal_nothing_is_written_anywhere(drafted: Stage) -> None:
    before, files = drafted.state(), sorted((path, path.stat().st_mtime_ns) for path in drafted.folder.rglob("*.yaml"))
    with pytest.raises(Refused) as refusal:
        drafted.release()
    assert refusal.value.exit_code == 4
    assert all(reason.why and reason.next and reason.id and reason.rule for reason in refusal.value.reasons)
    assert drafted.state() == before
    assert files == sorted((path, path.stat().st_mtime_ns) for path in drafted.folder.rglob("*.yaml"))


def test_one_text_in_the_way_stops_the_whole_group(approved: Stage) -> None:
    approved.edit(PRESS, "headline", "Small Hours opens at night", by=JUNE)
    for groups in ((), ("us.launch",), ("-.launch", "us.launch")):
        with pytest.raises(Refused) as refusal:
            approved.release(*groups)
        assert {reason.id for reason in refusal.value.reasons} == {PRESS}
    assert set(approved.state().releases) == set()
    approved.release("de.launch")
    approved.release("-.launch")


def test_a_context_that_nobody_approved_does_not_stop_those_who_read_it_but_its_own_group(approved: Stage) -> None:
    approved.edit(BRIEF, "say_this", "Hand in your delivery bike tonight and ride it tomorrow morning.", by=JUNE)
    approved.release("us.launch")
    with pytest.raises(Refused):
        approved.release("-.launch")


def test_an_unknown_group_is_not_found_with_those_that_exist(approved: Stage) -> None:
    with pytest.raises(NotFound) as error:
        approved.release("at.launch")
    assert "us.launch" in error.value.next


def test_a_release_names_its_drafts_and_stays_as_it_was_when_the_campaign_goes_on(approved: Stage) -> None:
    released = approved.release()
    drafts = {asset: draft for asset, (draft, _words) in copies(approved.state()).items()}
    assert {row["id"]: row["draft"] for row in released["assets"]} == drafts
    approved.change(PRICE)
    approved.answer(TAKE)
    assert approved.state().releases["R1"].assets == drafts
    assert approved.release()["release"] == "R2"


def test_after_a_change_of_rules_the_reasons_lead_back_to_a_release(approved: Stage) -> None:
    approved.change("brand.words.never.goes=you know how that goes")
    _released, steps = follow(approved, lambda: approved.release())
    assert "decide" in steps
    assert "you know how that goes" not in str(copies(approved.state()))


def test_after_the_ceos_change_the_reasons_lead_back_to_a_release(approved: Stage) -> None:
    approved.change("positioning.promise=Bring us your delivery bike tonight and it earns again tomorrow morning.", PRICE)
    _released, steps = follow(approved, lambda: approved.release())
    assert set(steps) <= {"decide", "run", "approve"}
    assert "Hand in your delivery bike tonight" not in approved.text(HOUSE, "roof")


def test_what_was_left_is_answered_by_following_the_reasons(approved: Stage) -> None:
    approved.change(PRICE)
    approved.answer({"owned text": "leave", "approved text": "leave"})
    assert approved.state().changes == {}
    _released, steps = follow(approved, lambda: approved.release())
    assert "decide" in steps
    assert "$29" not in approved.text(SMS, "text")


def test_a_text_that_the_gate_stops_is_edited_as_it_says(approved: Stage) -> None:
    words = approved.text(SHOPS, "faq_1_a") + " It costs $77."
    approved.edit(SHOPS, "faq_1_a", words, by=JUNE)
    approved.approve_all()
    with pytest.raises(Refused) as refusal:
        approved.release()
    reason = next(reason for reason in refusal.value.reasons if reason.rule == "R6")
    assert (reason.id, "$77" in reason.why) == (SHOPS, True)
    assert reason.next == f"concerted edit {SHOPS} --field faq_1_a --text ..."
    approved.edit(SHOPS, "faq_1_a", words.replace(" It costs $77.", ""), by=JUNE)
    approved.approve_all()
    approved.release()


def test_a_missing_approval_is_waived_with_a_signed_reason(approved: Stage) -> None:
    approved.edit(PRESS, "headline", "Small Hours opens at night", by=JUNE)
    waive = (f"R9:{PRESS}",)
    with pytest.raises(UserError):
        approved.release(waive=waive)
    released = approved.release(waive=waive, because="Dana said yes on the phone")
    assert released["waived"] == [f"R9:{PRESS} (Dana said yes on the phone; {PRIYA})"]


def test_prices_and_mixed_strategies_are_never_waived(approved: Stage) -> None:
    approved.edit(SHOPS, "faq_1_a", "It costs $77.", by=JUNE)
    approved.approve_all()
    for waive in (f"R6:{SHOPS}#faq_1_a", f"R6:{SHOPS}"):
        with pytest.raises(Refused) as refusal:
            approved.release(waive=(waive,), because="we like it")
        assert {reason.rule for reason in refusal.value.reasons} == {"R6"}
    with pytest.raises(Refused) as refusal:
        approved.release(waive=(f"R1:{SHOPS}",), because="we like it")
    assert "cannot be waived" in str(refusal.value)


def test_a_waiver_signs_one_field_and_no_other(approved: Stage) -> None:
    for field in ("faq_1_q", "faq_1_a"):
        approved.edit(SHOPS, field, f"See smallhours.example/{field.replace('_', '-')} for that.", by=JUNE)
    approved.approve_all()
    with pytest.raises(Refused) as refusal:
        approved.release(waive=(f"R6:{SHOPS}#faq_1_a",), because="the page goes live on Monday")
    assert all("faq_1_q" in reason.why for reason in refusal.value.reasons)
    approved.release(waive=(f"R6:{SHOPS}#faq_1_a", f"R6:{SHOPS}#faq_1_q"), because="the page goes live on Monday")


def test_only_what_is_in_a_release_is_handed_out(approved: Stage, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(NotFound):
        approved.do(lambda s: releasing.export(s, ("markdown",), out))
    assert not out.exists()
    approved.do(lambda s: people.exclude(s, (X,)))
    approved.release()
    approved.edit(LINKEDIN, "hook", "Friday at noon.", by=JUNE)
    report = approved.do(lambda s: releasing.export(s, ("markdown",), out))
    written = "\n".join(path.read_text(encoding="utf-8") for path in out.rglob("*") if path.is_file())
    assert report["files"]
    assert "Friday at eleven: one bike is down" in written
    assert "Friday at noon." not in written
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert X not in {row["id"] for row in manifest["assets"]}


def test_handed_out_files_are_verified_against_the_campaign(approved: Stage, tmp_path: Path) -> None:
    out = tmp_path / "out"
    approved.release()
    approved.do(lambda s: releasing.export(s, ("markdown",), out))
    assert approved.do(lambda s: releasing.verify(out, s)) | {"files": []} == {"ok": True, "current": True, "release": "R1", "files": []}
    approved.change("brand.words.never.zebra=zebra")
    assert approved.do(lambda s: releasing.verify(out, s))["current"] is False
    page = next(path for path in out.rglob("*.md"))
    page.write_text(page.read_text(encoding="utf-8") + "!", encoding="utf-8")
    assert approved.do(lambda s: releasing.verify(out, s))["ok"] is False


def follow(stage: Stage, release: Callable[[], Report], limit: int = 60) -> tuple[Report, list[str]]:
    """Do what the first reason of a refused release says, again and again, until it passes; gives the verbs that were needed."""
    steps: list[str] = []
    for _ in range(limit):
        try:
            return release(), steps
        except Refused as refused:
            reason = refused.reasons[0]
            steps.append(_obey(stage, reason))
    raise AssertionError(f"not released after {limit} steps: {steps[-5:]}")


def _obey(stage: Stage, reason: Reason) -> str:
    command = shlex.split(reason.next.partition(", or ")[0].partition(" (")[0])
    assert command[0] == "concerted", reason
    verb, given = command[1], command[2:]
    by = given[given.index("--by") + 1] if "--by" in given else PRIYA
    doing: dict[str, Callable[[Session], Report]] = {
        "approve": lambda s: people.approve(s, (given[0],)),
        "run": changing.run,
        "exclude": lambda s: people.exclude(s, (given[0],)),
    }
    if verb == "decide":
        rows = stage.decisions()
        assert rows, f"{reason} and nothing is asked"
        row = next((row for row in rows if reason.id in row["assets"]), rows[0])
        stage.do(lambda s: deciding.decide(s, _answers(row)), row["who"])
    else:
        stage.do(doing[verb], by)
    return verb


def _answers(row: Report) -> tuple[str, ...]:
    """Take what is proposed; of the wordings say that they are still true."""
    return (f"{row['key']}={next(answer for answer in ('take', 'keep', 'leave') if answer in row['options'])}",)


def test_what_the_judge_says_stops_a_release_stops_it(approved: Stage) -> None:
    approved.edit(SHOPS, "faq_1_a", "Clinically proven: your bike is ready by six.", by=PRIYA)
    approved.approve_all()
    with pytest.raises(Refused) as no:
        approved.release()
    assert [(reason.id, reason.rule, "calls for proof" in reason.why) for reason in no.value.reasons] == [(SHOPS, "R6", True)]
    assert approved.release(waive=(f"R6:{SHOPS}#faq_1_a",), because="The study is out on Monday.")["release"] == "R1"
