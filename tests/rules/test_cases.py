"""Rule kinds over cases that are data: each finds what it says it finds, and leaves the near misses alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from concerted.rules.case import RULES
from tests.rules.dock import facets_with, found

FOLDER = Path(__file__).parent / "cases"
KINDS: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "throwaway.yaml").read_text(encoding="utf-8"))
PLACES = ("market", "language", "visibility", "channel", "audience")


def cases(verdict: str) -> Iterator[Any]:
    for rule, kind in KINDS.items():
        for number, case in enumerate(kind[verdict]):
            yield pytest.param(rule, {**kind.get("strategy", {}), **case.get("strategy", {})}, case, id=f"{rule}-{number}")


def run(rule: str, strategy: dict[str, Any], case: dict[str, Any]) -> list[Any]:
    return list(found(case["texts"], rule, facets=facets_with(**strategy), **{name: case[name] for name in PLACES if name in case}))


@pytest.mark.parametrize(("rule", "strategy", "case"), list(cases("fails")))
def test_it_finds_one_thing_and_says_how_sure_it_is(rule: str, strategy: dict[str, Any], case: dict[str, Any]) -> None:
    (finding,) = run(rule, strategy, case)
    assert finding.confidence == case.get("confidence", RULES[rule].sure)
    assert finding.message.endswith(".")
    assert finding.remedy.endswith(".")
    assert finding.evidence in case["texts"][finding.field]


@pytest.mark.parametrize(("rule", "strategy", "case"), list(cases("passes")))
def test_it_leaves_the_near_misses_alone(rule: str, strategy: dict[str, Any], case: dict[str, Any]) -> None:
    assert run(rule, strategy, case) == []


def test_every_sign_has_near_misses() -> None:
    assert all(len(kind["fails"]) >= 1 and len(kind["passes"]) >= 1 for kind in KINDS.values())
