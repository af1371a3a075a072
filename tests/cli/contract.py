"""What others build on: the keys of each JSON document and the closed sets of values, as assertions."""

from typing import Any

PLAN = {
    "base", "edits", "assets", "totals", "cost", "seconds", "people", "held", "older_wordings", "too_late", "findings",
}  # fmt: skip
RUN = {
    "strategy", "change", "landed", "decisions", "drafted", "reused", "kept", "proposed", "held", "blocked", "failed", "untouched", "drafts_made",
    "calls", "tokens", "cost", "seconds",
}  # fmt: skip
DECISION = {"key", "kind", "ref", "who", "question", "options", "default", "assets"}
CHANGE = {"id", "title", "by", "opened", "edits", "decisions", "standing"}
ASSET = {"id", "type", "worker", "channel", "market", "audience", "standing", "cause", "draft", "approved", "owner", "due"}
STANDINGS = {"missing", "fresh", "stale", "suspect", "drafting", "held", "blocked", "retired"}
ACTIONS = {"draft", "revise", "reuse", "recheck", "propose", "hold", "block", "retire", "none"}
AUTHORS = {"house", "model", "person", "adopted"}
ANSWERS = {"take", "keep", "text", "redraft", "leave"}


def assert_keys(report: dict[str, Any], *sets: set[str]) -> None:
    """Assert that a report has at least these keys."""
    assert set().union(*sets) - set(report) == set()


def assert_plan(report: dict[str, Any]) -> None:
    """Assert that a report is a plan."""
    assert_keys(report, PLAN)
    assert set(report["totals"]) == {"definite", "worst", "expected_p50", "expected_p90"}
    for row in report["assets"]:
        assert_keys(row, {"id", "standing", "action", "why"})
        assert row["action"] in ACTIONS
        assert row["standing"] in STANDINGS
    for row in report["edits"]:
        assert_keys(row, {"ref", "old", "new"})
    for row in report["people"]:
        assert_keys(row, {"who", "decisions", "minutes", "by"})


def assert_run(report: dict[str, Any]) -> None:
    """Assert that a report tells of a run."""
    assert_keys(report, RUN)
    assert isinstance(report["untouched"], int)
    for row in report["decisions"]:
        assert_decision(row)


def assert_decision(row: dict[str, Any]) -> None:
    """Assert that a row is a decision."""
    assert_keys(row, DECISION)
    assert set(row["options"]) <= ANSWERS


def assert_person(report: dict[str, Any]) -> None:
    """Assert that a report tells what a person's verb did."""
    assert_keys(report, {"done", "refused"})
    assert_plan(report)
    assert_run(report)
    for row in report["refused"]:
        assert_keys(row, {"id", "why", "next"})
