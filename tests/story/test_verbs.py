"""The person's verbs one by one: another attempt, exclude, lock, pin, still true, and what becomes of signatures."""

from contextlib import suppress

import pytest

from concerted.conductor import people
from concerted.errors import NotFound, Refused, UserError
from tests.story.stage import (
    AD,
    ANNOUNCE,
    BRIEF,
    CONCEPT,
    DANA,
    DAYS_LATER,
    HOUSE,
    JUNE,
    LINKEDIN,
    PRESS,
    PRIYA,
    RIDERS,
    RUTH,
    SHOPS,
    SMS,
    TOM,
    Stage,
    X,
    copies,
)

TAKE = {"owned text": "take", "approved text": "take"}
PRICE = "offers.first.price.us=$24"


def test_another_attempt_is_another_text_and_the_note_is_traced(drafted: Stage) -> None:
    before = drafted.state().main.texts[LINKEDIN]
    report = drafted.redraft(LINKEDIN, note="less about the shop")
    assert report["landed"]
    assert report["drafted"] == [LINKEDIN]
    after = drafted.state().main.texts[LINKEDIN]
    assert after.values != before.values
    assert drafted.state().main.notes[LINKEDIN] == ("less about the shop",)
    assert any(key == "n:notes" for text in after.fields.values() for key, _seen in text.reads())
    assert drafted.run()["drafts_made"] == 0
    assert drafted.state().main.texts[LINKEDIN] == after


def test_attempts_go_on_until_no_variant_is_left_and_then_it_is_refused(drafted: Stage) -> None:
    seen = [drafted.text(SMS, "text")]
    for _ in range(12):
        with suppress(Refused):
            drafted.redraft(SMS, note="another one")
        if drafted.text(SMS, "text") == seen[-1]:
            break
        assert drafted.text(SMS, "text") not in seen
        seen.append(drafted.text(SMS, "text"))
    before = drafted.state()
    with pytest.raises(Refused) as refusal:
        drafted.redraft(SMS, note="another one")
    assert refusal.value.exit_code == 4
    assert refusal.value.reasons[0].next
    assert drafted.state() == before


def test_a_text_that_was_sent_back_never_comes_back_by_itself(drafted: Stage) -> None:
    sent_back = drafted.text(LINKEDIN, "hook")
    drafted.redraft(LINKEDIN, note="no")
    drafted.change("dates.staff-know=2027-03-18", "audiences.shops.moment=Friday at noon, a bike is down")
    drafted.change("audiences.shops.moment=Friday at eleven, a bike is down and the weekend orders are in")
    assert drafted.text(LINKEDIN, "hook") != sent_back


def test_an_attempt_at_an_approved_text_asks_the_approver(approved: Stage) -> None:
    before = copies(approved.state())
    report = approved.redraft(X, note="shorter")
    assert not report["landed"]
    assert copies(approved.state()) == before
    assert {row["who"] for row in approved.decisions()} == {PRIYA}
    approved.answer(TAKE)
    assert approved.text(X, "text") != before[X][1]["text"]
    approved.release()


def test_an_attempt_leaves_a_persons_fields_alone(approved: Stage) -> None:
    mine = approved.text(LINKEDIN, "hook")
    approved.redraft(LINKEDIN, note="another body")
    approved.answer(TAKE)
    assert approved.text(LINKEDIN, "hook") == mine


def test_an_attempt_at_what_does_not_exist_names_the_next_command(drafted: Stage) -> None:
    with pytest.raises(NotFound) as error:
        drafted.redraft("landing-page.web.nobody.us.-")
    assert error.value.next == "concerted status"


def test_an_excluded_asset_stays_out_of_the_release_and_comes_back(approved: Stage) -> None:
    approved.do(lambda s: people.exclude(s, (X,)))
    released = approved.release()
    assert X not in {row["id"] for row in released["assets"]}
    assert released["excluded"] == [X]
    assert not approved.status()[X]["excluded"], "it was left out of one release, not of all"
    assert X in {row["id"] for row in approved.release()["assets"]}
    approved.do(lambda s: people.exclude(s, (X,)))
    approved.release("-.launch")
    assert approved.status()[X]["excluded"], "its own group has not been released"
    approved.do(lambda s: people.exclude(s, (X,), include=True))
    assert X in {row["id"] for row in approved.release()["assets"]}


def test_an_excluded_asset_that_others_read_is_still_judged(drafted: Stage) -> None:
    """The landing page may stay out of the release; what reads it still has to be written from what it says today."""
    drafted.approve_all()
    drafted.do(lambda s: people.exclude(s, (SHOPS,)))
    drafted.release()
    words = drafted.text(SHOPS, "h1")
    drafted.edit(SHOPS, "h1", "The bike is back before you are.", by=JUNE)
    assert drafted.text(SHOPS, "h1") == words
    with pytest.raises(Refused):
        drafted.release("us.launch")


def test_a_locked_asset_is_only_ever_proposed_to(drafted: Stage) -> None:
    drafted.do(lambda s: people.lock(s, (SMS,)), PRIYA)
    before = drafted.state().main.texts[SMS]
    report = drafted.change(PRICE)
    assert not report["landed"]
    assert drafted.state().main.texts[SMS] == before
    row = next(row for row in drafted.decisions() if SMS in row["assets"])
    assert (row["who"], row["kind"]) == (PRIYA, "owned text")
    drafted.answer(TAKE)
    assert "$24" in drafted.text(SMS, "text")
    drafted.do(lambda s: people.unlock(s, (SMS,)), PRIYA)
    assert drafted.change("offers.first.price.us=$21")["landed"]
    assert "$21" in drafted.text(SMS, "text")


def test_a_pinned_field_is_its_persons_and_the_others_are_not(drafted: Stage) -> None:
    drafted.do(lambda s: people.pin(s, AD, "headline_4"), JUNE)
    before = drafted.text(AD, "headline_4")
    drafted.change(PRICE)
    rows = drafted.decisions()
    assert {(item["asset"], item["field"]) for row in rows for item in row["items"]} == {(AD, "headline_4")}
    assert rows[0]["who"] == JUNE
    assert drafted.text(AD, "headline_4") == before
    drafted.answer(TAKE)
    assert "$24" in drafted.text(AD, "headline_4")


def test_unlocking_what_nobody_owns_is_refused(drafted: Stage) -> None:
    with pytest.raises(Refused) as refusal:
        drafted.do(lambda s: people.unlock(s, (SMS,)))
    assert refusal.value.next


def test_a_text_given_back_is_written_again_when_something_changes(approved: Stage) -> None:
    mine = approved.text(SHOPS, "offer_line")
    approved.do(lambda s: people.unlock(s, (SHOPS,), "offer_line"), JUNE)
    assert approved.text(SHOPS, "offer_line") == mine
    approved.change(PRICE)
    approved.answer(TAKE)
    assert approved.text(SHOPS, "offer_line") != mine.replace("$29", "$24")
    assert "$24" in approved.text(SHOPS, "offer_line")


def test_a_left_text_is_confirmed_as_still_true(approved: Stage) -> None:
    approved.change("positioning.because=At Small Hours, mechanics work all night, when nobody needs the bike.")
    row = next(row for row in approved.decisions() if CONCEPT in row["assets"])
    before = approved.text(CONCEPT, "idea")
    approved.decide(f"{row['key']}/{CONCEPT}#idea=leave", by=PRIYA)
    approved.answer(TAKE)
    assert approved.status()[CONCEPT]["standing"] == "blocked"
    approved.do(lambda s: people.attest(s, CONCEPT), PRIYA)
    assert approved.text(CONCEPT, "idea") == before
    assert approved.status()[CONCEPT]["standing"] == "fresh"
    assert approved.state().changes == {}
    approved.approve_all()
    approved.release()


def test_attesting_what_is_not_asked_is_refused(approved: Stage) -> None:
    with pytest.raises(Refused):
        approved.do(lambda s: people.attest(s, SMS))
    with pytest.raises(NotFound):
        approved.do(lambda s: people.attest(s, "no-such-thing"))


def test_only_those_who_are_named_sign_and_a_deputy_may_when_their_time_is_over(drafted: Stage) -> None:
    refused = drafted.approve(SMS, by=JUNE)
    assert refused["done"] == []
    assert "not named" in refused["refused"][0]["why"]
    assert PRIYA in refused["refused"][0]["next"]
    later = drafted.on(DAYS_LATER)
    assert later.approve(SMS, by=TOM)["done"] == [SMS]
    assert later.approve(SMS, by=RUTH)["done"] == [SMS]
    assert drafted.status()[SMS]["approved"] == ["claims-and-prices", "copy"]


def test_a_bulk_approval_gives_a_reason_for_each_that_is_refused(drafted: Stage) -> None:
    drafted.edit(HOUSE, "roof", "Another roof for the house.", by=JUNE)
    report = drafted.approve(by=DANA)
    assert X in {row["id"] for row in report["refused"]}
    assert all(row["why"] and row["next"] for row in report["refused"])


def test_a_signature_lapses_with_the_words_and_comes_back_with_them(approved: Stage) -> None:
    words = approved.text(PRESS, "headline")
    signed = approved.status()[PRESS]["approved"]
    assert signed == ["claims-and-prices", "copy"]
    approved.edit(PRESS, "headline", "Small Hours opens at night", by=JUNE)
    assert approved.status()[PRESS]["approved"] == []
    approved.edit(PRESS, "headline", words, by=JUNE)
    assert approved.status()[PRESS]["approved"] == signed
    approved.release()


def test_a_signature_lapses_with_the_price_and_comes_back_with_it(drafted: Stage) -> None:
    drafted.approve_all()
    drafted.change("offers.riders.price.us=$18")
    drafted.answer(TAKE)
    drafted.release()
    drafted.change("offers.riders.price.us=$19")
    assert drafted.state().changes == {}, "what was approved as it stands needs no decision"
    drafted.release()


def test_an_approval_of_something_else_does_not_lapse(approved: Stage) -> None:
    approved.change("dates.staff-know=2027-03-18")
    signed = {asset: row["approved"] for asset, row in approved.status().items() if asset != BRIEF}
    assert all("copy" in roles for roles in signed.values())
    approved.answer(TAKE)
    approved.release()


def test_empty_words_and_unknown_fields_are_refused(drafted: Stage) -> None:
    before = drafted.state()
    with pytest.raises(UserError):
        drafted.edit(SMS, "text", "   ")
    with pytest.raises(NotFound) as error:
        drafted.edit(SMS, "headline", "Hello")
    assert "text" in error.value.next
    assert drafted.state() == before


def test_words_that_break_a_rule_wait_beside_the_campaign_for_other_words(approved: Stage) -> None:
    before = copies(approved.state())
    report = approved.edit(RIDERS, "faq_1_a", "A mechanic, seamless as ever.", by=JUNE)
    assert not report["landed"]
    assert copies(approved.state()) == before
    row = approved.decisions()[0]
    assert (row["who"], row["assets"]) == (JUNE, [RIDERS])
    assert "rule:banned-word" in row["ref"]
    with pytest.raises(Refused) as refusal:
        approved.release()
    assert [reason.id for reason in refusal.value.reasons] == [report["change"]]
    approved.decide(f"{row['key']}=text:A mechanic with a name.", by=JUNE)
    approved.answer(TAKE)
    assert approved.text(RIDERS, "faq_1_a") == "A mechanic with a name."


def test_an_edit_of_a_proposal_is_made_on_the_change(approved: Stage) -> None:
    opened = approved.change(PRICE)["change"]
    hers = "Opening price for each bike's first night: $24 until May 31, 2027, then $49."
    approved.edit(ANNOUNCE, "offer_line", hers, by=JUNE, on=opened)
    assert approved.text(ANNOUNCE, "offer_line") != hers
    approved.answer(TAKE)
    assert approved.state().changes == {}
    assert approved.text(ANNOUNCE, "offer_line") == hers
    assert approved.state().main.owner_of(ANNOUNCE, "offer_line") == JUNE


def test_an_edit_may_wait_for_the_next_run(approved: Stage) -> None:
    before = copies(approved.state())
    approved.do(lambda s: people.edit(s, LINKEDIN, "hook", "Friday at noon.", lambda _report: True, run=False), JUNE)
    assert copies(approved.state()) == before
    assert len(approved.state().changes) == 1
    approved.run()
    assert approved.state().changes == {}
    assert approved.text(LINKEDIN, "hook") == "Friday at noon."
