"""Three ways to go about a change, each planned for itself and carried out: no release of any of them mixes two strategies."""

import pytest

from concerted.conductor import changing, following, people
from concerted.errors import Refused
from tests.story.stage import AD, JUNE, PRESS, PRIYA, REMINDER, SHOPS, Report, Stage, copies, yes

PRICE = "offers.first.price.us=$24"
TAKE = {"approved text": "take", "owned text": "take", "wording": "keep"}
OUTSIDE = {AD, PRESS}
"""What is paid for, and what is with the press."""


def _ways(stage: Stage) -> dict[str, Report]:
    planned = stage.do(lambda s: changing.plan_changes(s, changing.parse_rows((PRICE,), ()), ways=True))
    return {row["option"]: row for row in planned["options"]}


def _priced(stage: Stage, released: Report, price: str) -> set[str]:
    """Give what a release holds that states a price."""
    texts = stage.state().main.texts
    return {row["id"] for row in released["assets"] if any(price in text for text in texts[row["id"]].values.values())}


def _answered(stage: Stage) -> int:
    """Answer one decision after the other; give how many came."""
    asked = 0
    while rows := [row for row in stage.decisions() if row["change"] != "main"]:
        stage.decide(f"{rows[0]['key']}={TAKE[rows[0]['kind']]}", by=rows[0]["who"])
        asked += 1
    return asked


def test_each_way_is_a_plan_of_its_own(approved: Stage) -> None:
    ways = _ways(approved)
    assert ways["all"]["old_line"] == []
    assert set(ways["owned"]["old_line"]) == OUTSIDE
    assert ways["owned"]["assets"] == ways["all"]["assets"] - 2
    assert 0 < ways["owned"]["minutes"] < ways["all"]["minutes"]
    assert ways["after"]["assets"] == 0
    assert (ways["after"]["decisions"], ways["after"]["minutes"]) == (ways["all"]["decisions"], ways["all"]["minutes"])
    assert ways["after"]["approved_by"] > "2027-03-23" > ways["all"]["approved_by"]


def test_nobody_is_counted_on_at_a_weekend(approved: Stage) -> None:
    friday = approved.on("2026-12-04", "16:00")
    assert _ways(friday)["all"]["approved_by"] >= "2026-12-07", "hours that were agreed run on working days"


def test_where_nothing_is_approved_a_way_says_what_there_is_to_read(drafted: Stage) -> None:
    ways = _ways(drafted)
    assert [(ways[way]["decisions"], ways[way]["minutes"]) for way in ways] == [(0, 0)] * 3
    assert ways["all"]["rewritten"] == 7
    assert ways["owned"]["rewritten"] == 5
    assert 0 < ways["owned"]["rewritten_minutes"] < ways["all"]["rewritten_minutes"]


def test_owned_channels_follow_now_and_the_others_when_they_are_asked_to(approved: Stage) -> None:
    way = _ways(approved)["owned"]
    before = copies(approved.state())
    approved.change(PRICE, option="owned")
    assert _answered(approved) == way["decisions"]
    after = copies(approved.state())
    assert not approved.state().changes
    assert {asset for asset in before if before[asset][1] != after[asset][1]} == {row for row in before if "$29" in str(before[row][1])} - OUTSIDE
    assert all(before[asset] == after[asset] for asset in OUTSIDE)

    with pytest.raises(Refused) as refused:
        approved.release("us.launch", "-.launch")
    assert {reason.id for reason in refused.value.reasons} == OUTSIDE
    assert {reason.next.partition(",")[0] for reason in refused.value.reasons if reason.rule == "R1"} == {"concerted change --left"}
    approved.do(lambda s: people.exclude(s, tuple(OUTSIDE)))
    released = approved.release("us.launch", "-.launch")
    assert not OUTSIDE & {row["id"] for row in released["assets"]}
    assert _priced(approved, released, "$29") == set()
    assert {SHOPS, REMINDER} <= _priced(approved, released, "$24")

    approved.do(lambda s: following.follow_left(s, yes))
    assert _answered(approved) > 0
    everything = approved.release("us.launch", "-.launch")
    assert _priced(approved, everything, "$24") >= OUTSIDE
    assert _priced(approved, everything, "$29") == set()


def test_what_nobody_is_asked_about_follows_later_as_well(drafted: Stage) -> None:
    drafted.change(PRICE, option="owned")
    assert not drafted.state().changes
    assert "$29" in str(drafted.state().main.texts[AD].values)
    assert drafted.status()[AD]["standing"] == "blocked"
    assert drafted.run()["drafted"] == []
    report = drafted.do(lambda s: following.follow_left(s, yes))
    assert set(report["drafted"]) == OUTSIDE
    assert drafted.status()[AD]["standing"] == "fresh"
    with pytest.raises(Refused, match="Nothing was left"):
        drafted.do(lambda s: following.follow_left(s, yes))


def test_a_second_change_leaves_what_follows_later_where_it_is_unless_all_is_said(drafted: Stage) -> None:
    drafted.change(PRICE, option="owned")
    second = "offers.first.price.us=$27"
    planned = {row["id"]: row for row in drafted.do(lambda s: changing.plan_changes(s, changing.parse_rows((second,), ())))["assets"]}
    assert {planned[asset]["blocked"] for asset in OUTSIDE} == {f"waits for {PRIYA}: it follows later"}
    assert planned[AD]["why"] == [["offers.first.price.us"]]
    drafted.change(second)
    assert "$29" in str(drafted.state().main.texts[AD].values)
    assert "$27" in str(drafted.state().main.texts[SHOPS].values)
    drafted.change("offers.first.price.us=$26", option="all")
    assert "$26" in str(drafted.state().main.texts[AD].values)
    assert drafted.state().main.left == {}


def test_after_the_launch_the_new_line_lands_when_it_is_told_to(approved: Stage) -> None:
    way, before = _ways(approved)["after"], copies(approved.state())
    name = approved.change(PRICE, option="after", defaults=True)["change"]
    with pytest.raises(Refused):
        approved.release("us.launch", "-.launch")
    launch = approved.release("us.launch", "-.launch", despite_change=True)
    assert {row["draft"] for row in launch["assets"]} <= {draft for draft, _words in before.values()}
    assert _priced(approved, launch, "$24") == set()
    assert _answered(approved) == way["decisions"]
    assert copies(approved.state()) == before, "answered, and still beside the campaign"
    approved.land(name)
    later = approved.release("us.launch", "-.launch")
    assert _priced(approved, later, "$29") == set()
    assert _priced(approved, later, "$24") == set(way["old_line"]) & {row["id"] for row in later["assets"]}


def test_a_persons_words_on_a_channel_that_stays_are_not_even_asked_about(approved: Stage) -> None:
    words = approved.text(AD, "headline_4")
    approved.change(PRICE, option="owned")
    asked = {(item["asset"], row["who"]) for row in approved.decisions() if row["change"] != "main" for item in row["items"]}
    assert (AD, JUNE) not in asked
    assert (REMINDER, JUNE) in asked
    assert PRIYA in {who for _asset, who in asked}
    assert approved.text(AD, "headline_4") == words


def test_words_that_a_person_writes_for_what_stays_are_not_put_aside(approved: Stage) -> None:
    approved.change(PRICE, option="owned")
    _answered(approved)
    mine = "Your very first night: $24"
    report = approved.edit(AD, "headline_4", mine)
    assert not report["landed"], "the rest of the ad is asked about first"
    assert {item["asset"] for row in approved.decisions() if row["change"] == report["change"] for item in row["items"]} == {AD}
    approved.answer({"owned text": "keep", "approved text": "take"})
    assert approved.text(AD, "headline_4") == mine
    assert "$29" not in str(approved.state().main.texts[AD].values)
    assert set(approved.state().main.left) == OUTSIDE - {AD}


def test_a_change_goes_on_as_it_was_opened_until_another_way_is_named(approved: Stage) -> None:
    opened = approved.change(PRICE, option="owned", hold=True)["change"]
    more = approved.change("offers.first.until=2027-06-15", hold=True)
    assert (more["change"], more["option"]) == (opened, "owned")
    ways = _ways(approved)
    assert (ways["all"]["old_line"], set(ways["owned"]["old_line"])) == ([], OUTSIDE)
    assert approved.change(PRICE, option="all", hold=True)["option"] == "all"
    assert approved.state().changes[opened].stays == frozenset()
