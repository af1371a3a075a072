"""A proposed edit becomes an edit only where a person accepts it, and two that contradict each other never do."""

import pytest

from concerted.campaign.proposed_edit import NO_PROOF, Certainty, ProposedEdit, accepted
from concerted.errors import Refused


def _edit(ref: str, new: str | None, certainty: Certainty = "exact", flags: tuple[str, ...] = ()) -> ProposedEdit:
    return ProposedEdit(ref, "$29", new, f"let it be {new}", certainty, flags)


def test_accepted_edits_become_rows_in_their_order() -> None:
    assert accepted((_edit("offers.first.price.us", "$25"), _edit("dates.freeze", None))) == {"offers.first.price.us": "$25", "dates.freeze": None}


def test_an_edit_that_says_what_stands_already_is_no_row() -> None:
    assert accepted((_edit("offers.first.price.us", "$29"),)) == {}


def test_two_accepted_edits_of_one_line_must_want_the_same() -> None:
    assert accepted((_edit("offers.first.price.us", "$25"), _edit("offers.first.price.us", "$25"))) == {"offers.first.price.us": "$25"}
    with pytest.raises(Refused, match="contradict") as refusal:
        accepted((_edit("offers.first.price.us", "$25"), _edit("offers.first.price.us", "$24")))
    assert "“let it be $25” and “let it be $24”" in refusal.value.reasons[0].why


def test_only_a_sure_edit_without_a_flag_may_be_taken_without_asking() -> None:
    assert [_edit("a", "b", certainty).is_certain for certainty in ("exact", "normalised", "nearest")] == [True, True, False]
    assert not _edit("a", "b", "exact", (NO_PROOF,)).is_certain
