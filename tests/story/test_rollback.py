"""One version is taken back, and only that: later changes stay, earlier texts come back as they were, and what has moved since is asked."""

import pytest

from concerted.campaign.facets import hash_tree
from concerted.conductor.rolling_back import roll_back
from concerted.errors import NotFound, Refused
from tests.story.stage import PRIYA, SHOPS, Stage, copies, yes

PRICE, HEAD = "offers.first.price.us", "positioning.promise"


def test_a_version_is_taken_back_and_what_was_changed_later_stays(drafted: Stage) -> None:
    before = copies(drafted.state())
    drafted.change(f"{PRICE}=$24")
    drafted.change("offers.first.until=2027-06-15")
    report = drafted.do(lambda s: roll_back(s, 2, yes))
    assert (report["landed"], report["calls"]) == (True, 0)
    facets = drafted.facets()
    assert (facets[PRICE], facets["offers.first.until"]) == ("$29", "2027-06-15")
    assert "us: $29" in (drafted.folder / "campaign.yaml").read_text(encoding="utf-8").replace('"', "")
    drafted.do(lambda s: roll_back(s, 3, yes))
    assert copies(drafted.state()) == before, "the very drafts of the beginning stand again"
    with pytest.raises(Refused, match="nothing to take back"):
        drafted.do(lambda s: roll_back(s, 3, yes))
    with pytest.raises(Refused, match="first strategy cannot"):
        drafted.do(lambda s: roll_back(s, 1, yes))
    with pytest.raises(NotFound, match="no version 99"):
        drafted.do(lambda s: roll_back(s, 99, yes))


def test_a_line_that_has_moved_since_is_asked_about_and_not_overwritten(drafted: Stage) -> None:
    drafted.change(f"{PRICE}=$24")
    drafted.change(f"{PRICE}=$27")
    report = drafted.do(lambda s: roll_back(s, 2, yes))
    assert not report["landed"]
    (asked,) = [row for row in drafted.decisions() if row["kind"] == "edit"]
    assert drafted.facets()[PRICE] == "$27"
    drafted.decide(f"{asked['key']}=keep", by=asked["who"] or PRIYA)
    assert not drafted.state().changes
    assert "$29" in str(drafted.state().main.texts[SHOPS].values)


@pytest.mark.parametrize(
    ("sets", "unset"),
    [((), "dates.breakdown-log"), (("dates.zz=2027-04-02",), ""), ((), "brand.words.never.seamless"), (("competitors.zz.name=Zed",), "")],
)
def test_an_entry_that_was_taken_out_or_added_is_taken_back_to_its_place(drafted: Stage, sets: tuple[str, ...], unset: str) -> None:
    first = drafted.state().main.tree
    drafted.change(*sets, unset=(unset,) if unset else ())
    assert hash_tree(drafted.state().main.tree) != hash_tree(first)
    assert drafted.do(lambda s: roll_back(s, 2, yes))["landed"]
    assert hash_tree(drafted.state().main.tree) == hash_tree(first)


def test_a_line_is_set_while_ones_own_open_change_holds_another_order_of_a_map(drafted: Stage) -> None:
    drafted.edit(SHOPS, "offer_line", "The first night costs $29, and the offer ends on May 31, 2027.")
    drafted.rewrite("  debrief: 2027-05-04\n", "")
    drafted.rewrite("  breakdown-log: 2027-04-30", "  debrief: 2027-05-04\n  breakdown-log: 2027-04-30")
    drafted.rewrite("us: $29", "us: $24")
    drafted.run()
    (opened,) = drafted.state().changes.values()
    assert {"dates.#keys", PRICE} <= set(opened.edits)
    drafted.change("objectives.single-bikes.target=1,900")
    assert "objectives.single-bikes.target" in {ref for change in drafted.state().changes.values() for ref in change.edits}
