"""One reader's way from ad to page to mail, and other remarks on assets side by side: pass and fail cases as data."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from concerted.rules.across import contradictions
from concerted.rules.case import COMPARISONS
from tests.rules.dock import facets_with, subject

KINDS: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "beside.yaml").read_text(encoding="utf-8"))


def remarks(rule: str, case: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Give what one kind says to a case as (asset, confidence, severity)."""
    assets = (subject(one.pop("texts"), asset=name, **one) for name, one in ((name, dict(one)) for name, one in case["assets"].items()))
    found = contradictions(assets, facets_with(**case.get("strategy", {})))
    return [(one.asset, one.confidence, one.severity) for one in found if one.rule == rule]


@pytest.mark.parametrize(("rule", "case"), [(rule, case) for rule, kind in KINDS.items() for case in kind["fails"]])
def test_it_names_the_asset_that_breaks_the_way(rule: str, case: dict[str, Any]) -> None:
    assert remarks(rule, case) == [(case["asset"], case.get("confidence", COMPARISONS[rule].sure), "advice")]


@pytest.mark.parametrize(("rule", "case"), [(rule, case) for rule, kind in KINDS.items() for case in kind["passes"]])
def test_it_leaves_alone_what_belongs_together(rule: str, case: dict[str, Any]) -> None:
    assert remarks(rule, case) == []


def test_every_comparison_has_cases_here_or_in_a_test_of_its_own() -> None:
    assert set(COMPARISONS) == {*KINDS, "repeated-sentence"}
