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
from tests.cli.terminal import HAMBURG, PRESS, PRICE, SHOPS, Terminal
from tests.story.made_outside import HERO, WALL, ask_for_slots, png

EMPTY, FRESH, DRAFTED, CHANGED, RELEASED = (
    ("init",),
    ("check", "catalog", "schema", "run"),
    ("redraft",),
    ("changes", "decide", "attest", "abandon"),
    ("export", "verify"),
)
"""Where a verb's examples are typed; all others on what is approved."""
ENDS = {
    "concerted submit brief.md": 4,
    "concerted check --strict": 1,
    "concerted change --set offers.first.price.us='$25'": 4,
    "concerted change --file mail.txt": 4,
    "concerted rollback 2": 4,
    "concerted rollback 2 --hold": 4,
}
"""Exit codes other than 0: there is advice, and nobody is there to confirm a plan."""


def _verbs() -> Iterator[Verb]:
    context = click.Context(door)
    for name in VERBS:
        command = door.get_command(context, name)
        assert isinstance(command, Verb)
        yield command


EXAMPLES = [(str(verb.name), line) for verb in _verbs() for line in verb.examples if verb.name != "demo"]
"""The demo has tests of its own."""


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
    at = _stage(verb, request, tmp_path)
    monkeypatch.chdir(at.folder if at.folder.exists() else tmp_path)
    if "KEY" in line:
        line = line.replace("KEY", at.key("approved text" if "take" in line else "wording"))
    told = at.shell(line)
    assert told.code == ENDS.get(line, 0), told.err


FILES = {
    "mail.txt": "Let's have the founder's quote out. And let's open at $25 for shops.\n",
    "brief.md": "# Campaign brief: Porchlight\n\nKey message: Know what it costs before the kettle boils.\n",
    "post.md": "# text\n\nBikes sleep at night. We do not.\n",
    "post.txt": "Bikes sleep at night. We do not.\n",
}
"""What examples read."""


def _stage(verb: str, request: pytest.FixtureRequest, tmp_path: Path) -> Terminal:
    if verb in EMPTY:
        return Terminal(tmp_path)
    if verb == "slot":
        return _asked_for(request.getfixturevalue("drafted"))
    names = (("fresh", FRESH), ("drafted", (*DRAFTED, "land", "rollback")), ("changed", CHANGED), ("released", RELEASED))
    at: Terminal = request.getfixturevalue(next((name for name, verbs in names if verb in verbs), "approved"))
    match verb:
        case "unlock":
            at.report("lock", PRESS)
            at.report("pin", SHOPS, "--field", "h1")
        case "strategy":
            at.report("strategy", "out", str(at.folder / "strategy.xlsx"))
        case "land" | "rollback":
            report = at.report("change", "--set", PRICE, *(["--hold"] if verb == "land" else []), "--yes")
            assert (report["change"], report["landed"]) == ("C2", verb == "rollback")
        case "review":
            at.report("review", "out", "--for", "legal", "--docx", str(at.folder / "legal.docx"))
        case "dismiss":
            at.report("edit", "x-post.x.-.us.-", "--field", "text", "--text", "In tonight! Riding by morning! smallhours.example/stands", "--yes")
            if "undo" in request.node.name:
                at.report("dismiss", "exclamation:x-post.x.-.us.-#text", "--because", "They are the words of the crowd")
        case _:
            for name, text in FILES.items():
                (at.folder / name).write_text(text)
    return at


def _asked_for(at: Terminal) -> Terminal:
    """Ask for a picture and a booth wall, and have their files lie there."""
    ask_for_slots(at.folder)
    assert at.report("run")["landed"]
    for name in ("hero.png", "wall.pdf"):
        (at.folder / name).write_bytes(png(4, 4))
    return at


def test_help_of_every_verb_is_short_enough_for_one_screen() -> None:
    long = [
        verb.name for verb in _verbs() if len(CliRunner().invoke(door, [str(verb.name), "--help"], env={"COLUMNS": "80"}).stdout.splitlines()) > 40
    ]
    assert long == []


def test_examples_name_only_what_the_shipped_example_has(drafted: Terminal) -> None:
    ids = {row["id"] for row in drafted.report("status")["assets"]}
    named = {word for _verb, line in EXAMPLES for word in line.split() if word.count(".") == 4 and "=" not in word and "/" not in word}
    assert named
    assert {(name.partition(":")[2] or name).partition("#")[0] for name in named} <= {*ids, HERO, WALL}, "slots are asked for by those who need them"
    assert HAMBURG in ids
    assert os.environ.get("CONCERTED_MODEL") is None
