"""The library as a program uses it: one import, one call, the document of the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import concerted
from concerted.errors import NotFound
from tests.cli.terminal import EXAMPLE, Terminal

TEXT = "A seamless night for $17. Hand in your delivery bike tonight and ride it tomorrow morning."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Terminal(EXAMPLE).copy(tmp_path / "campaign")
    return tmp_path / "campaign"


def test_a_text_is_judged_from_python_as_at_the_terminal(folder: Path) -> None:
    from_python = concerted.judge_text(TEXT, folder, channel="linkedin", market="us")
    assert {"seamless", "$17"} <= {row["evidence"] for row in from_python["findings"]}
    assert from_python == Terminal(folder).report("judge-text", TEXT, "--channel", "linkedin", "--market", "us")
    with pytest.raises(NotFound):
        concerted.judge_text(TEXT, folder, market="atlantis")
    with pytest.raises(NotFound):
        concerted.judge_text(TEXT, folder / "nowhere")


def test_a_process_that_has_just_begun_judges_as_one_that_runs(folder: Path) -> None:
    program = "import json, sys, concerted\nprint(json.dumps(concerted.judge_text(sys.argv[2], sys.argv[1])))\n"
    said = subprocess.run([sys.executable, "-c", program, str(folder), TEXT], capture_output=True, text=True, check=True).stdout
    assert json.loads(said) == json.loads(json.dumps(concerted.judge_text(TEXT, folder)))
