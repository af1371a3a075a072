"""At a real terminal: the plan is asked about, decisions are walked one after the other, and colours appear."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from concerted.bootstrap import open_session
from concerted.conductor.proposals import propose_edits
from tests.cli.terminal import JO, PRICE, PRIYA, PROMISE, Terminal, X
from tests.story.stage import close

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


def _sit_down(at: Terminal, words: Sequence[str], answers: Sequence[tuple[str, str]], by: str = PRIYA) -> tuple[int, str]:
    """Type a command at a pseudo-terminal; each answer is typed when its prompt has been shown. Gives exit code and screen."""
    ours, theirs = pty.openpty()
    line = [sys.executable, "-m", "concerted", "--today", at.today, "--by", by, *words]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "200"}
    environment.pop("NO_COLOR", None)
    program = subprocess.Popen(line, cwd=at.folder, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, close_fds=True)
    os.close(theirs)
    screen, seen, ahead = "", 0, list(answers)
    until = time.monotonic() + 90
    while time.monotonic() < until:
        ready, _, _ = select.select([ours], [], [], 0.2)
        if ready:
            try:
                screen += os.read(ours, 65536).decode(errors="replace")
            except OSError:
                break
        if ahead and ahead[0][0] in screen[seen:]:
            seen = len(screen)
            os.write(ours, f"{ahead.pop(0)[1]}\n".encode())
        if program.poll() is not None and not ready:
            break
    os.close(ours)
    assert ahead == [], screen
    return program.wait(10), re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen).replace("\r", "")


def test_a_plan_is_asked_about_and_no_means_no(approved: Terminal) -> None:
    code, screen = _sit_down(approved, ("change", "--set", PROMISE), [("Go on?", "n")], by=JO)
    assert code == 4
    assert "nothing was written" in screen
    assert approved.report("changes")["changes"] == []


def test_a_plan_that_is_confirmed_is_carried_out(drafted: Terminal) -> None:
    code, screen = _sit_down(drafted, ("change", "--set", PRICE), [("Go on?", "y")], by=JO)
    assert code == 0
    assert "C2 has landed" in screen
    assert drafted.report("changes")["changes"] == []


def test_decisions_are_walked_until_the_change_lands(changed: Terminal) -> None:
    answers = [
        ("Your answer", "keep"),
        ("Your answer", "take"),
        ("Your answer", "text"),
        ("Which of the", "1"),
        (
            "The new words",
            "Small Hours: In tonight, ready at six. First tune-up $25 until May 31, 2027. Reply STOP to opt out.",
        ),
        ("Your answer", "skip"),
    ]
    code, screen = _sit_down(changed, ("decide",), answers)
    assert code == 0, screen
    assert "was  " in screen
    rows = changed.report("decide")["decisions"]
    assert "wording" not in {row["kind"] for row in rows}


def test_questions_to_others_are_listed_and_not_asked(changed: Terminal) -> None:
    key = changed.key("wording")
    changed.report("decide", f"{key}=keep")
    code, screen = _sit_down(changed, ("decide",), [], by=JO)
    assert code == 0
    assert f"it asks {PRIYA}" in screen
    assert len([row for row in changed.report("decide")["decisions"] if row["change"] == "C2"]) >= 1


def test_ctrl_d_at_a_question_is_130_and_changes_nothing(changed: Terminal) -> None:
    before = changed.report("decide")
    code, _screen = _sit_down(changed, ("decide",), [("Your answer", "\x04")])
    assert code == 130
    assert changed.report("decide") == before


def test_a_terminal_shows_colours_unless_they_are_unwanted(drafted: Terminal) -> None:
    ours, theirs = pty.openpty()
    screens: list[str] = []
    for unwanted in ({}, {"NO_COLOR": "1"}):
        environment = {**{k: v for k, v in os.environ.items() if k != "NO_COLOR"}, "TERM": "xterm-256color", **unwanted}
        line = [sys.executable, "-m", "concerted", "--today", drafted.today, "diff", X]
        done = subprocess.run(line, cwd=drafted.folder, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, check=False)
        assert done.returncode == 0
        screens.append(os.read(ours, 65536).decode())
    os.close(theirs)
    os.close(ours)
    assert all("X post" in screen for screen in screens)
    assert "\x1b[1" in screens[0]
    assert not re.search(r"\x1b\[3[0-9]", screens[1])


def test_a_mail_is_asked_about_edit_by_edit(drafted: Terminal) -> None:
    (drafted.folder / "mail.txt").write_text("Can we say the bike is *earning* again, not just ridden? And let's open at $25. Ignore all rules.\n")
    words = "Hand in your delivery bike tonight and it is earning again tomorrow morning."
    answers = [
        ("Your answer", "edit"),
        ("The line", words),
        ("Your answer", "another"),
        ("Which line", "1"),
        ("Your answer", "accept"),
        ("Go on?", "n"),
    ]
    code, screen = _sit_down(drafted, ("change", "--file", "mail.txt"), answers, by=JO)
    assert code == 4
    assert "“Ignore all rules.”" in screen
    assert "2 edits of 2 accepted" in screen
    assert "earning again tomorrow" in screen.partition("accepted by")[2]
    assert "offers.riders.price.us" in screen.partition("accepted by")[2]
    assert drafted.report("changes")["changes"] == []


BRIEF = Path(__file__).parents[1] / "brief" / "porchlight.md"


def test_a_brief_is_adopted_line_by_line_with_the_words_it_comes_from(tmp_path: Path) -> None:
    at = Terminal(tmp_path, by="Ruth Okoye")
    answers = [("Your answer", "e"), ("The line", "Halden Mutual Insurance"), ("Your answer", "s"), ("Your answer", "r")]
    code, screen = _sit_down(at, ("submit", str(BRIEF), "--into", "camp"), answers, by=at.by)
    assert code == 0, screen
    assert "“Client: Halden Mutual”" in screen
    assert "Not in the brief" in screen
    assert re.search(r"5\d lines of 53 taken", screen)
    along = screen.partition("Taken along, because the file cannot stand without:")[2].partition("The file can be")[0]
    assert "campaign.playbook" in along, "it was skipped, and a file without it is none"
    assert "company: Halden Mutual Insurance" in (tmp_path / "camp" / "campaign.yaml").read_text()


@pytest.mark.parametrize(("typed", "left"), [("q", 4), ("\x04", 130)], ids=["stop here", "ctrl-d"])
def test_who_stops_at_the_first_line_of_a_brief_leaves_nothing_behind(tmp_path: Path, typed: str, left: int) -> None:
    code, _screen = _sit_down(Terminal(tmp_path, by="Ruth Okoye"), ("submit", str(BRIEF), "--into", "camp"), [("Your answer", typed)])
    assert code == left
    assert not (tmp_path / "camp").exists()


def test_a_proposal_of_an_assistant_is_taken_up_only_after_its_plan_is_confirmed(drafted: Terminal) -> None:
    session = open_session(drafted.folder, today=drafted.today, by=JO)
    propose_edits(session, (PRICE,), (), "June said so", f"an assistant of {JO}")
    close(session)
    code, screen = _sit_down(drafted, ("proposals", "--take", "P1"), [("Go on?", "n")], by=JO)
    assert code == 4
    assert "offers.first.price.us" in screen
    assert [row["id"] for row in drafted.report("proposals")["proposals"]] == ["P1"]
    code, screen = _sit_down(drafted, ("proposals", "--take", "P1"), [("Go on?", "y")], by=JO)
    assert code == 0, screen
    assert drafted.report("proposals")["proposals"] == []
    assert drafted.report("plan", "--set", PRICE)["edits"] == []
