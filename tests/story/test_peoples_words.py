"""What people wrote: proposed to, never replaced without an accepted decision; found again by what it says, not only by what it read."""

import pytest

from concerted.errors import Refused
from tests.story.oracle import leftovers
from tests.story.stage import (
    AD,
    ANNOUNCE,
    BRIEF,
    CONCEPT,
    DANA,
    HOUSE,
    JUNE,
    LINKEDIN,
    PRESS,
    PRIYA,
    REMINDER,
    RIDERS,
    SHOPS,
    SMS,
    TOM,
    Report,
    Stage,
    copies,
    no,
)  # fmt: skip

PRICE = "offers.first.price.us=$24"
OLD_PRICE = {"offers.first.price.us": "$29"}


def asked(stage: Stage, asset: str, field: str) -> tuple[str, Report]:
    """Find the question about one field: (answer prefix, item)."""
    for row in stage.decisions():
        for item in row["items"]:
            if (item["asset"], item["field"]) == (asset, field):
                return f"{row['key']}/{asset}#{field}", item | {"who": row["who"], "kind": row["kind"], "options": row["options"]}
    raise AssertionError(f"nothing is asked about {asset}#{field}")


def test_a_price_moves_in_its_own_sentence_and_the_rewritten_one_beside_it_stays(approved: Stage) -> None:
    before = approved.text(SHOPS, "offer_line")
    approved.change(PRICE)
    _key, item = asked(approved, SHOPS, "offer_line")
    assert item["who"] == JUNE
    assert item["after"] == before.replace("$29", "$24")


def test_a_price_inside_a_persons_own_sentence_is_the_only_thing_proposed_to_change(approved: Stage) -> None:
    before = approved.text(REMINDER, "offer_line")
    approved.change(PRICE)
    _key, item = asked(approved, REMINDER, "offer_line")
    assert item["after"] == before.replace("$29", "$24")
    assert approved.text(REMINDER, "offer_line") == before


def test_taking_the_proposal_leaves_the_field_the_persons_own(approved: Stage) -> None:
    approved.change(PRICE)
    approved.answer({"owned text": "take", "approved text": "take"})
    assert approved.state().changes == {}
    assert approved.state().main.owner_of(REMINDER, "offer_line") == JUNE
    approved.change("offers.first.price.us=$21")
    _key, item = asked(approved, REMINDER, "offer_line")
    assert "$21" in item["after"]
    assert "$24" in approved.text(REMINDER, "offer_line")


def test_a_text_of_her_own_is_taken_instead_and_the_approver_is_asked_about_it(approved: Stage) -> None:
    approved.change(PRICE)
    key, _item = asked(approved, REMINDER, "offer_line")
    hers = "The first night is $24 until May 31, 2027. Then it is $49."
    approved.decide(f"{key}=text:{hers}", by=JUNE)
    _key, item = asked(approved, REMINDER, "offer_line")
    assert (item["kind"], item["who"], item["after"]) == ("approved text", PRIYA, hers)
    approved.answer({"owned text": "take", "approved text": "take"})
    assert approved.text(REMINDER, "offer_line") == hers
    assert leftovers(approved, OLD_PRICE) == []
    approved.release()


def test_leaving_one_text_keeps_its_asset_byte_for_byte_and_lands_the_rest(approved: Stage) -> None:
    before = approved.state().main.texts[REMINDER]
    approved.change(PRICE)
    key, _item = asked(approved, REMINDER, "offer_line")
    approved.decide(f"{key}=leave", by=JUNE)
    approved.answer({"owned text": "take", "approved text": "take"})
    state = approved.state()
    assert state.changes == {}
    assert state.main.texts[REMINDER] == before
    assert "$24" in approved.text(SMS, "text")
    assert approved.status()[REMINDER]["standing"] == "blocked"
    assert leftovers(approved, OLD_PRICE) == []
    with pytest.raises(Refused) as refusal:
        approved.release("us.launch")
    assert {reason.id for reason in refusal.value.reasons} == {REMINDER}


def test_keep_is_offered_only_where_the_words_are_still_true(approved: Stage) -> None:
    approved.change(PRICE)
    options = {(item["asset"], item["field"]): row["options"] for row in approved.decisions() for item in row["items"]}
    assert options
    assert all("keep" not in offered for offered in options.values())
    key, item = asked(approved, SHOPS, "offer_line")
    with pytest.raises(Refused):
        approved.decide(f"{key}=keep", by=JUNE)
    assert approved.text(SHOPS, "offer_line") == item["before"]


def test_words_that_are_kept_are_signed_and_released_with_the_new_strategy(approved: Stage) -> None:
    """The roof may go on saying the old line where the approver says that it is still true."""
    before = approved.text(CONCEPT, "idea")
    approved.change("positioning.because=At Small Hours, mechanics work all night, when nobody needs the bike.")
    key, item = asked(approved, CONCEPT, "idea")
    assert (item["who"], item["before"]) == (PRIYA, before)
    approved.decide(f"{key}=keep", by=PRIYA)
    approved.answer({"owned text": "take", "approved text": "take"})
    assert approved.state().changes == {}
    assert approved.text(CONCEPT, "idea") == before
    approved.release()


def test_an_approver_sends_a_proposal_back_and_gets_another_one(approved: Stage) -> None:
    approved.change(PRICE)
    key, item = asked(approved, ANNOUNCE, "offer_line")
    approved.decide(f"{key}=redraft:shorter, please", by=PRIYA)
    _key, again = asked(approved, ANNOUNCE, "offer_line")
    assert again["after"] != item["after"]
    assert "$24" in again["after"]


def test_a_field_that_does_not_read_the_change_is_not_asked_about(approved: Stage) -> None:
    approved.change(PRICE)
    fields = {(item["asset"], item["field"]) for row in approved.decisions() for item in row["items"]}
    assert (LINKEDIN, "hook") not in fields
    assert (CONCEPT, "visual_direction") not in fields
    assert (RIDERS, "faq_1_a") not in fields


def test_a_claim_that_a_person_added_is_found_when_the_claim_changes(drafted: Stage) -> None:
    words = drafted.text(LINKEDIN, "body") + "\n\n140 loan bikes stand ready in Portland and Hamburg."
    drafted.edit(LINKEDIN, "body", words)
    report = drafted.change("claims.loan.full=160 loan bikes stand ready in Portland and Hamburg.")
    assert LINKEDIN in report["proposed"]
    _key, item = asked(drafted, LINKEDIN, "body")
    assert "160 loan bikes" in item["after"]
    assert drafted.text(LINKEDIN, "body") == words


def test_a_typo_mended_in_the_messaging_house_shows_its_plan_first(approved: Stage) -> None:
    before = approved.state()
    words = approved.text(HOUSE, "roof").replace("delivery bike", "delivery-bike")
    shown: list[Report] = []

    def look(report: Report) -> bool:
        shown.append(report)
        return False

    with pytest.raises(Refused):
        approved.edit(HOUSE, "roof", words, by=PRIYA, confirm=look)
    assert approved.state() == before
    affected = {row["id"] for row in shown[0]["assets"] if row["action"] != "none"}
    assert affected >= {HOUSE, CONCEPT, BRIEF}
    assert SHOPS not in affected


def test_an_edit_of_the_messaging_house_becomes_a_change_and_lands_when_it_is_answered(approved: Stage) -> None:
    words = approved.text(HOUSE, "roof").replace("delivery bike", "delivery-bike")
    report = approved.edit(HOUSE, "roof", words, by=PRIYA)
    assert not report["landed"]
    assert approved.text(HOUSE, "roof") != words
    assert {row["who"] for row in approved.decisions()} == {PRIYA, TOM}
    approved.answer({"owned text": "take", "approved text": "take"})
    assert approved.state().changes == {}
    assert approved.text(HOUSE, "roof") == words
    assert words in approved.text(BRIEF, "say_this")
    assert "Say it as you would to a neighbor." in approved.text(BRIEF, "say_this")
    approved.approve(HOUSE, by=PRIYA)
    approved.approve(HOUSE, by=DANA)
    approved.release()


def test_an_edit_that_nobody_reads_lands_at_once_and_lapses_the_signature(approved: Stage) -> None:
    report = approved.edit(PRESS, "headline", "Small Hours opens its night workshop to single delivery bikes in Portland and Hamburg", confirm=no)
    assert report["landed"]
    with pytest.raises(Refused) as refusal:
        approved.release()
    assert {(reason.id, reason.rule) for reason in refusal.value.reasons} == {(PRESS, "R9")}


def test_an_edit_made_on_an_older_draft_is_merged_sentence_by_sentence(drafted: Stage) -> None:
    seen = drafted.state().main.texts[SHOPS]
    first = seen.values["faq_1_a"].replace("Keep it for the bike you ride on Sundays.", "Keep it for your Sunday bike.")
    drafted.edit(SHOPS, "faq_1_a", first, by=JUNE)
    second = seen.values["faq_1_a"].replace(
        "The ones that deliver should not be missing on a weekday.", "The ones that deliver cannot be missing on a weekday."
    )
    drafted.edit(SHOPS, "faq_1_a", second, by=TOM, seen=seen.id)
    assert drafted.text(SHOPS, "faq_1_a") == "Keep it for your Sunday bike. The ones that deliver cannot be missing on a weekday."


def test_an_edit_of_the_same_sentence_on_an_older_draft_is_refused_with_both_texts(drafted: Stage) -> None:
    seen = drafted.state().main.texts[SHOPS]
    drafted.edit(SHOPS, "cta", "Register your bikes", by=JUNE)
    before = drafted.state()
    with pytest.raises(Refused) as refusal:
        drafted.edit(SHOPS, "cta", "Sign your bikes up", by=TOM, seen=seen.id)
    assert "Register your bikes" in str(refusal.value)
    assert "Sign your bikes up" in str(refusal.value)
    assert drafted.state() == before


def test_whatever_changes_no_word_of_a_person_moves_before_the_answer(approved: Stage) -> None:
    mine = {place: approved.text(*place.split("#")) for place in approved.state().main.owned}
    assert len(mine) >= 10
    for sets in (
        ("positioning.promise=The night shift is for the bike.",),
        ("claims.quoted.short=everybody paid the price in the text message",),
        ("offers.first.until=2027-06-15",),
        ("audiences.shops.says=When one bike is down, so am I.", "brand.is=[dry, exact]"),
    ):
        approved.change(*sets)
        assert {place: approved.text(*place.split("#")) for place in mine} == mine
    assert copies(approved.state())[AD][1]["headline_4"] == mine[f"{AD}#headline_4"]
