"""The page on the campaign file shows only what can be typed."""

import re
from pathlib import Path

import pytest

from concerted.folder import read_files
from tests.folder.tabled import SHELVES, claims

PAGE = (Path(__file__).parents[2] / "docs" / "campaign-file.md").read_text(encoding="utf-8")
FRAME = "campaign: {name: A, company: B, playbook: p, language: en-US}\npositioning: {promise: It works.}\n"
INCLUDED = {
    "claims.yaml": b"contact: {name: A}\n", "wordings-de.yaml": b"news: {new: It works.}\n",
    "claims.xlsx": claims(SHELVES), "wordings-de.csv": b"ref;text\npositioning.promise;Es geht.\n",
}  # fmt: skip
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_the_page_can_be_typed(example: str) -> None:
    read = read_files({"campaign.yaml": (FRAME + example).encode(), **INCLUDED})
    assert read.problems == ()
    assert read.strategy is not None


@pytest.mark.parametrize("typed", re.findall(r"^\| `(.*?)` \| (?:a mistake|two names|`Offer`|a reference)", PAGE, re.MULTILINE))
def test_what_the_page_warns_of_is_pointed_out(typed: str) -> None:
    line = f"x: {typed}" if typed.startswith("{") else typed
    read = read_files({"campaign.yaml": (FRAME + f"news:\n  {line}\n").encode()})
    assert any("quotes" in problem.remedy or "part of the text" in problem.remedy for problem in read.problems)
