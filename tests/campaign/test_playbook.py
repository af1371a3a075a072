"""A playbook is data that fits together, or every mistake in it is named."""

from typing import Any

import pytest

from concerted.campaign.playbook import Offset, Planned, Playbook
from concerted.errors import UserError


def playbook(**deliverables: dict[str, Any]) -> Playbook:
    return Playbook.from_data(
        "small", {"title": "Small", "deliverables": {slug.replace("_", "-"): {"why": "Because.", **made} for slug, made in deliverables.items()}}
    )


def said(data: dict[str, Any]) -> list[str]:
    with pytest.raises(UserError) as caught:
        Playbook.from_data("small", data)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(("due", "days", "working"), [("-10wd", -10, True), ("+1wd", 1, True), ("-2d", -2, False), ("+0d", 0, False), (7, 7, False)])
def test_a_day_is_written_as_a_distance_from_launch(due: object, days: int, working: bool) -> None:
    assert Planned.model_validate({"type": "sms", "why": "Because.", "due": due}).due == Offset(days=days, working=working)


def test_a_day_may_count_from_a_named_date() -> None:
    plan = playbook(brief={"type": "sms", "due": "staff-know -2wd"}).deliverables["brief"]
    assert plan.due == Offset(anchor="staff-know", days=-2, working=True)


def test_variants_may_be_a_plain_list_and_inherit_everything() -> None:
    plan = playbook(mail={"type": "launch-email", "variants": ["announce", "reminder"]}).deliverables["mail"]
    assert plan.members() == ("announce", "reminder")
    assert plan.of("reminder").due is None


def test_a_deliverable_without_variants_has_one_unnamed_member() -> None:
    assert playbook(post={"type": "x-post"}).deliverables["post"].members() == ("-",)


def test_every_mistake_of_a_playbook_is_named_at_once() -> None:
    broken = {"title": "Small", "deliverables": {"a": {"type": "Big Type", "why": "", "chanel": "web", "due": "soon"}}}
    problems = said(broken)
    assert len(problems) == 4
    assert "deliverables.a.chanel is not known here (did you mean channel?)" in problems
    assert any('"soon" is not a day: write it like -10wd, +7d or staff-know -2wd' in problem for problem in problems)


def test_a_need_that_nothing_makes_is_reported_with_what_was_meant() -> None:
    data = {
        "title": "Small",
        "deliverables": {"house": {"type": "x", "why": "Because."}, "page": {"type": "y", "why": "Because.", "needs": {"up": "hose"}}},
    }
    assert said(data) == ["page needs hose, which this playbook does not make (did you mean house?)"]


def test_deliverables_that_need_each_other_are_all_reported() -> None:
    made = {slug: {"type": "x", "why": "Because.", "needs": {"up": other}} for slug, other in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"))}
    assert [problem.split()[0] for problem in said({"title": "Small", "deliverables": made})] == ["a", "b", "c"]


def test_a_reason_may_name_only_what_an_asset_has() -> None:
    problems = said({"title": "Small", "deliverables": {"a": {"type": "x", "why": "For {audience} by {author}."}}})
    assert problems == ["deliverables.a: why may name audience, market, channel, variant in braces, not author"]


def test_the_plan_of_a_type_is_the_one_for_its_channel() -> None:
    book = playbook(one={"type": "post", "channel": "x"}, two={"type": "post", "channel": "linkedin"})
    found = book.of_type("post", "linkedin")
    assert found is not None
    assert found[0] == "two"
    assert book.of_type("page", "web") is None
