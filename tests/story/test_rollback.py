"""One version is taken back, and only that: later changes stay, earlier texts come back as they were, and what has moved since is asked."""

import pytest

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
