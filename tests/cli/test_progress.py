"""While drafts are made: what is said, how often, and how it ends when a model is away."""

import pytest

from concerted.cli import progress
from concerted.cli.progress import Busy
from tests.cli.terminal import Terminal, X


def test_what_happens_is_said_in_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    busy = Busy("drafting")
    with busy:
        busy("drafted", {"assets": ("a", "b")})
        busy("landed", {"change": "C2", "title": ""})
        busy("returned", {"asset": "x-post", "error": "The model is away."})
        busy("cancelled", {"tasks": 1})
        busy("following", {})
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()[:4] == [
        "2 texts drafted",
        "C2 has landed",
        "x-post: The model is away.",
        "1 call stopped: nobody wants them any more",
    ]
    assert "Another process" in said.err


def test_answers_are_counted_now_and_then_and_not_listed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    busy = Busy("drafting")
    for _ in range(50):
        busy("waiting", {"wanted": 50, "active": 8})
        busy("returned", {"asset": "a", "error": ""})
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(progress, "EVERY", 0.0)
    busy("returned", {"asset": "a", "error": ""})
    assert capsys.readouterr().err == "51 answers from the model, 50 wanted, 8 under way\n"


def test_a_draft_that_failed_is_exit_6_and_the_text_stays(drafted: Terminal) -> None:
    (drafted.folder / "concerted.toml").write_text('model = "scripted"\nscript = "script.yaml"\n')
    (drafted.folder / "script.yaml").write_text('latency: 0\nlines: [{match: "x-post*", fail: error}]\n')
    before = drafted.report("show", X)["fields"]
    told = drafted.type("redraft", X, "--note", "drier", "--yes", "--json")
    assert told.code == 6, told.err
    assert [row["id"] for row in told.json["failed"]] == [X]
    assert told.json["landed"] is False
    assert "away" in told.err
    assert drafted.report("show", X)["fields"] == before
    assert drafted.report("land", told.json["change"], "--incomplete")["changes"] == []
