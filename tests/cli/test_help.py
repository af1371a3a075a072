"""The help is true: every verb says what it does in one sentence, and its examples run as they stand."""

import os
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from concerted.cli.door import door
from concerted.cli.verb import Verb
from concerted.cli.verbs import VERBS
from tests.cli.terminal import HAMBURG, PRESS, Terminal

READY = {"init": "empty", "demo": "empty", "check": "fresh", "catalog": "fresh", "schema": "fresh", "run": "fresh"}
"""Where a verb's examples are typed; on the Change or the release where they need one, else on what is approved."""
ON_CHANGE = ("changes", "decide", "land", "abandon", "attest")
ON_RELEASE = ("export", "verify")


def _verbs() -> Iterator[Verb]:
    context = click.Context(door)
    for name in VERBS:
        command = door.get_command(context, name)
        assert isinstance(command, Verb)
        yield command


EXAMPLES = [(str(verb.name), line) for verb in _verbs() for line in verb.examples]


@pytest.mark.parametrize("verb", list(_verbs()), ids=lambda verb: str(verb.name))
def test_help_opens_with_one_sentence_and_ends_with_examples(verb: Verb) -> None:
    told = CliRunner().invoke(door, [str(verb.name), "--help"], env={"COLUMNS": "80"})
    assert told.exit_code == 0
    first = (verb.help or "").split("\n\n")[0]
    assert first.endswith("."), first
    assert len(first) <= 66
    assert told.stdout.rstrip().splitlines()[-len(verb.examples) - 1 :] == ["Examples:", *(f"  {line}" for line in verb.examples)]
    assert 1 <= len(verb.examples) <= 3


@pytest.mark.parametrize(("verb", "line"), EXAMPLES, ids=[line for _, line in EXAMPLES])
def test_an_example_runs_as_it_stands(verb: str, line: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if verb == "demo":
        pytest.skip("the demo has tests of its own")
    at = _stage(verb, request, tmp_path)
    monkeypatch.chdir(at.folder if at.folder.exists() else tmp_path)
    told = at.shell(line.replace("KEY", at.key("wording")) if "KEY" in line else line)
    assert told.code in (0, *_allowed(verb, line)), told.err
    assert "Usage" not in told.err


def _stage(verb: str, request: pytest.FixtureRequest, tmp_path: Path) -> Terminal:
    if READY.get(verb) == "empty":
        return Terminal(tmp_path)
    if verb in READY:
        return request.getfixturevalue(READY[verb])
    if verb in ON_CHANGE:
        return request.getfixturevalue("changed")
    if verb in ON_RELEASE:
        return request.getfixturevalue("released")
    at: Terminal = request.getfixturevalue("approved")
    if verb == "unlock":
        at.report("lock", PRESS)
        at.report("pin", "landing-page.web.shops.us.-", "--field", "h1")
    return at


def _allowed(verb: str, line: str) -> tuple[int, ...]:
    """Name the exit codes, other than 0, with which an example may rightly end on the stage."""
    if verb in ("plan", "run", "approve", "init", "show", "why", "diff", "status"):
        return ()
    if "--strict" in line:
        return (1,)
    return (4,)


def test_help_of_every_verb_is_short_enough_for_one_screen() -> None:
    long = [verb.name for verb in _verbs() if len(CliRunner().invoke(door, [str(verb.name), "--help"], env={"COLUMNS": "80"}).stdout.splitlines()) > 40]
    assert long == []


def test_examples_name_only_what_the_shipped_example_has(drafted: Terminal) -> None:
    ids = {row["id"] for row in drafted.report("status")["assets"]}
    named = {word for _verb, line in EXAMPLES for word in line.split() if word.count(".") == 4 and "=" not in word and "/" not in word}
    assert named
    assert {name.partition(":")[2] or name for name in named} <= ids
    assert HAMBURG in ids
    assert os.environ.get("CONCERTED_MODEL") is None
