"""What is printed to be typed next works where the person stands: pasted as it is, it is understood, and what only looks runs."""

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import click
import pytest
from click.testing import CliRunner

from concerted.cli.door import door
from concerted.cli.pasting import pasteable, pasteable_report, ways
from tests.cli.terminal import PRICE, SHOPS, Terminal, Told, X

CAMP = "Jo's camp"
"""A folder whose name the shell would take apart."""
LOOKS = {"status", "history", "changes", "decide", "show", "why", "diff", "view", "check", "plan", "verify", "catalog"}
FORESEEN = {0, 1, 4}
TYPED: dict[str, tuple[str, ...]] = {
    "fresh": ("check", "status", "strategy out", "verify monday", "judge-text hello", "status --json", "run"),
    "drafted": (
        "status", "release", f"show {SHOPS}", "show nothing.like.it", "changes", "view calendar", f"redraft {SHOPS}", "land C9",
        f"edit {SHOPS} --field h1 --text ''", f"promote {SHOPS}#h1 --to positioning.promise", "clear x", "pause", "change", "land C9 --json",
    ),
    "approved": (f"change --set {PRICE}", f"exclude {X}", "dismiss exclamation:x#y", "release", "release --json"),
    "changed": ("status", "decide", "changes", "release", "release --json", "approve nothing", f"edit {SHOPS} --field h1 --text 'In tonight.' --yes"),
    "released": ("release", "export --all", "status"),
}  # fmt: skip
"""Where somebody stands -> what they type there with -C."""


def _stand(at: Terminal, tmp_path: Path) -> Terminal:
    shutil.copytree(at.folder, tmp_path / CAMP)
    return replace(at, folder=tmp_path)


def _printed(told: Told) -> Iterator[str]:
    """Find the commands that are told: from the word concerted to the end of the line, and in a document what is next."""
    if told.out.startswith("{"):
        yield from (way for said in _next(json.loads(told.out)) for way in ways(said) if way.startswith("concerted "))
        return
    for line in f"{told.out}\n{told.err}".splitlines():
        found = re.fullmatch(r"(?:[^“]*: |or: | *)?(concerted .*)", line)
        if found and "concerted.toml" not in line:
            yield found[1]


def _next(document: Any) -> Iterator[str]:
    if isinstance(document, dict):
        rows = cast("dict[str, Any]", document)
        yield from (rows[key] for key in ("next", "command") if isinstance(rows.get(key), str))
        yield from (said for row in rows.values() for said in _next(row))
    elif isinstance(document, list):
        yield from (said for row in cast("list[Any]", document) for said in _next(row))


def _understood(words: list[str]) -> str:
    """Parse a command line as the door does; gives its verb. Raises UsageError where it cannot be understood, or names another folder."""
    with click.Context(door) as context:
        rest = door.make_parser(context).parse_args(list(words))[1]
        outer = door.make_parser(context).parse_args(list(words))[0]
        name, verb, own = door.resolve_command(context, rest)
        assert verb is not None
        inner = verb.make_context(name, own, parent=context)
        folder = inner.params.get("folder") or outer.get("folder")
    if "--help" not in words and str(folder) != CAMP:
        raise click.UsageError(f"{shlex.join(words)} is about another folder.")
    return str(name)


@pytest.mark.parametrize("where", TYPED)
def test_every_command_that_is_printed_can_be_pasted_where_the_reader_stands(where: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    here = _stand(request.getfixturevalue(where), tmp_path)
    printed = {command: line for line in TYPED[where] for command in _printed(here.type("-C", CAMP, *shlex.split(line)))}
    assert len(printed) >= 2
    for command in printed:
        words = shlex.split(command.partition("  # ")[0])[1:]
        if "--help" in words:
            continue
        if _understood(words) in LOOKS:
            pasted = here.type(*words)
            assert pasted.code in FORESEEN, (command, printed[command], pasted.err)


def test_what_stops_a_command_names_the_folder_too(fresh: Terminal, tmp_path: Path) -> None:
    here = _stand(fresh, tmp_path)
    told = here.type("-C", CAMP, "status")
    assert told.err.splitlines()[-1] == f"Next: concerted -C {shlex.quote(CAMP)} run"
    assert here.type("status", "-C", CAMP, "--json").json["error"]["next"] == f"concerted -C {shlex.quote(CAMP)} run"
    run = here.type("-C", CAMP, "run")
    assert run.out.splitlines()[-1].strip() == f"concerted -C {shlex.quote(CAMP)} status"


def test_who_stands_in_the_folder_is_told_no_more_than_before(fresh: Terminal) -> None:
    assert fresh.type("status").err.splitlines()[-1] == "Next: concerted run"
    with chdir(fresh.folder):
        told = CliRunner().invoke(door, ["status", "-C", "."])
    assert told.stderr.splitlines()[-1] == "Next: concerted run"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("concerted run", "concerted -C camp run"),
        ("concerted decide, or concerted release --despite-change", "concerted -C camp decide, or concerted -C camp release --despite-change"),
        ("write it with concerted edit, or fill in what is missing", "write it with concerted -C camp edit, or fill in what is missing"),
        ("concerted judge-text 'x'", "concerted -C camp judge-text 'x'"),
        ("a concerted effort", "a concerted effort"),
        ("concerted plans are made", "concerted plans are made"),
        ("concerted -C elsewhere run", "concerted -C elsewhere run"),
    ],
)
def test_the_folder_is_named_in_commands_and_in_nothing_else(said: str, told: str) -> None:
    assert pasteable(said, Path("camp")) == told
    assert pasteable(told, Path("camp")) == told
    assert pasteable(said, Path()) == said


def test_words_of_a_campaign_in_a_report_stay_as_they_are() -> None:
    report = {"fields": {"h1": "A concerted plan"}, "rows": [{"next": "concerted run", "why": "concerted run"}], "next": None}
    named = {"fields": {"h1": "A concerted plan"}, "rows": [{"next": "concerted -C camp run", "why": "concerted run"}], "next": None}
    assert pasteable_report(report, Path("camp")) == named
