"""More than one thing at a time: two Changes in either order, one given up, an owner who is away, and a night in between."""

import pytest

from concerted.conductor import changing
from concerted.errors import Refused
from tests.story.oracle import leftovers
from tests.story.stage import AD, ANNOUNCE, HOUSE, JUNE, PRIYA, REMINDER, SHOPS, SMS, TOM, Report, Stage, copies

TAKE = {"owned text": "take", "approved text": "take"}
PRICE, DATE = "offers.first.price.us=$24", "offers.first.until=2027-06-15"


def asked(stage: Stage, asset: str, field: str) -> tuple[str, Report]:
    """Find the question about one field: (answer prefix, its decision)."""
    for row in stage.decisions():
        if (asset, field) in {(item["asset"], item["field"]) for item in row["items"]}:
            return f"{row['key']}/{asset}#{field}", row
    raise AssertionError(f"nothing is asked about {asset}#{field}")


def answer(stage: Stage, change: str) -> None:
    """Take whatever one Change proposes."""
    while row := next((row for row in stage.decisions() if row["change"] == change), None):
        stage.decide(f"{row['key']}=take", by=row["who"])


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_open_changes_land_in_either_order(approved: Stage, order: tuple[int, int]) -> None:
    opened = [approved.change(PRICE)["change"], approved.change(DATE, by=TOM)["change"]]
    assert len(set(opened)) == 2
    for place in order:
        answer(approved, opened[place])
    assert approved.state().changes == {}
    assert leftovers(approved, {"offers.first.price.us": "$29", "offers.first.until": "2027-05-31"}) == []
    assert "$24" in approved.text(SHOPS, "offer_line")
    assert "June 15, 2027" in approved.text(SHOPS, "offer_line")
    assert "$24 until June 15, 2027" in approved.text(REMINDER, "offer_line")
    approved.release()


def test_two_changes_of_the_same_line_ask_which_one_stands(approved: Stage) -> None:
    first, second = approved.change(PRICE)["change"], approved.change("offers.first.price.us=$27", by=TOM)["change"]
    answer(approved, first)
    assert approved.facets()["offers.first.price.us"] == "$24"
    row = next(row for row in approved.decisions() if row["kind"] == "edit")
    assert (row["who"], row["change"]) == (TOM, second)
    approved.decide(f"{row['key']}=take", by=TOM)
    answer(approved, second)
    assert approved.state().changes == {}
    assert approved.facets()["offers.first.price.us"] == "$24"
    approved.release()


def test_the_later_value_is_kept_where_its_author_says_so(approved: Stage) -> None:
    first = approved.change(PRICE)["change"]
    second = approved.change("offers.first.price.us=$27", by=TOM)["change"]
    answer(approved, first)
    row = next(row for row in approved.decisions() if row["kind"] == "edit")
    approved.decide(f"{row['key']}=keep", by=TOM)
    answer(approved, second)
    assert approved.facets()["offers.first.price.us"] == "$27"
    assert leftovers(approved, {"offers.first.price.us": "$24"}) == []
    approved.release()


def test_an_abandoned_change_leaves_no_trace_on_the_campaign(approved: Stage) -> None:
    before = copies(approved.state())
    opened = approved.change(PRICE)["change"]
    approved.abandon(opened)
    assert copies(approved.state()) == before
    assert approved.state().changes == {}
    assert "us: $29" in approved.read()
    approved.release()


def test_a_text_written_on_an_abandoned_change_is_offered_again(approved: Stage) -> None:
    opened = approved.change(PRICE)["change"]
    key, _row = asked(approved, REMINDER, "offer_line")
    hers = "The first night is $24 until May 31, 2027. After that it is $49."
    approved.decide(f"{key}=text:{hers}", by=JUNE)
    report = approved.abandon(opened)
    assert report["offered"] == [f"{REMINDER}#offer_line"]
    approved.change(PRICE)
    _key, row = asked(approved, REMINDER, "offer_line")
    item = next(item for item in row["items"] if item["asset"] == REMINDER and item["field"] == "offer_line")
    assert hers in item["after"] + item["note"]
    assert row["who"] == JUNE


def test_an_edit_made_on_an_abandoned_change_is_offered_again(approved: Stage) -> None:
    opened = approved.change(PRICE)["change"]
    hers = "Opening price for the first night of each bike: $24 until May 31, 2027, then $49."
    approved.edit(ANNOUNCE, "offer_line", hers, by=JUNE, on=opened)
    report = approved.abandon(opened)
    assert f"{ANNOUNCE}#offer_line" in report["offered"]
    assert hers not in str(copies(approved.state()))
    approved.change(PRICE)
    _key, row = asked(approved, ANNOUNCE, "offer_line")
    offered = [item for item in row["items"] if (item["asset"], item["field"]) == (ANNOUNCE, "offer_line")]
    assert hers in offered[0]["after"] + offered[0]["note"]


def test_with_one_owner_away_the_rest_lands_and_only_their_group_waits(approved: Stage) -> None:
    before = copies(approved.state())
    approved.change(PRICE)
    for row in approved.decisions():
        if row["who"] == JUNE:
            approved.decide(f"{row['key']}=leave", by=JUNE)
    answer(approved, next(iter(approved.state().changes), ""))
    state = approved.state()
    assert state.changes == {}
    waiting = {asset for asset, row in approved.status().items() if row["standing"] == "blocked"}
    assert waiting == {SHOPS, REMINDER, AD}, "hers; the mail that reads another field of her page goes on"
    assert {asset: copies(state)[asset] for asset in waiting} == {asset: before[asset] for asset in waiting}
    assert "$24" in approved.text(SMS, "text")
    with pytest.raises(Refused) as refusal:
        approved.release()
    assert {reason.id for reason in refusal.value.reasons} == waiting
    approved.release("-.launch", "de.launch")


def test_a_left_question_is_answered_later_and_lands(approved: Stage) -> None:
    approved.change(PRICE)
    for row in approved.decisions():
        if row["who"] == JUNE:
            approved.decide(f"{row['key']}=leave", by=JUNE)
    answer(approved, next(iter(approved.state().changes), ""))
    for _ in range(8):
        rows = [row for row in approved.decisions() if "take" in row["options"]]
        if not rows:
            break
        approved.decide(f"{rows[0]['key']}=take", by=rows[0]["who"])
    assert approved.decisions() == []
    assert approved.state().changes == {}
    assert {row["standing"] for row in approved.status().values()} == {"fresh"}
    assert leftovers(approved, {"offers.first.price.us": "$29"}) == []
    approved.release()


def test_a_banned_word_that_arrives_while_a_change_is_open_is_kept_by_the_landing(approved: Stage) -> None:
    opened = approved.change(PRICE)["change"]
    approved.change("brand.words.never.opening=opening price for", by=TOM, new=True)
    assert approved.facets()["brand.words.never.opening"]
    while rows := [row for row in approved.decisions() if row["change"] != "main"]:
        row = rows[0]
        approved.decide(f"{row['key']}={'take' if 'take' in row['options'] else 'leave'}", by=row["who"])
    approved.run()
    while rows := [row for row in approved.decisions() if row["change"] != "main"]:
        row = rows[0]
        approved.decide(f"{row['key']}={'take' if 'take' in row['options'] else 'leave'}", by=row["who"])
    state = approved.state()
    assert opened not in state.changes
    standing = approved.status()
    said = {asset for asset, (_id, words) in copies(state).items() if "opening price for" in str(words).casefold()}
    assert all(standing[asset]["standing"] == "blocked" for asset in said)


def test_a_claim_that_expires_at_midnight_changes_standing_by_time_alone(approved: Stage) -> None:
    approved.change("claims.loan.until=2027-04-10")
    assert approved.state().changes == {}
    stating = {asset for asset, (_id, words) in copies(approved.state()).items() if "140 loan bikes" in str(words)}
    assert stating
    eve, day = approved.on("2027-04-10"), approved.on("2027-04-11")
    eve.release()
    assert {row["standing"] for row in eve.status().values()} == {"fresh"}
    stale = {asset for asset, row in day.status().items() if row["standing"] == "stale"}
    assert stale == {asset for asset in stating if asset != HOUSE}, "what is said outside"
    before = copies(day.state())
    with pytest.raises(Refused) as refusal:
        day.release()
    assert stale <= {reason.id for reason in refusal.value.reasons}
    report = day.run()
    assert report["change"] in day.state().changes
    after = copies(day.state())
    assert {asset for asset in before if before[asset] != after[asset]} <= stale
    while row := next((row for row in day.decisions() if row["change"] != "main"), None):
        day.decide(f"{row['key']}={'take' if 'take' in row['options'] else 'leave'}", by=row["who"])
    assert day.state().changes == {}
    standing = {asset: row["standing"] for asset, row in day.status().items()}
    assert {asset for asset, (_id, words) in copies(day.state()).items() if "140 loan bikes" in str(words) and standing[asset] == "fresh"} == {HOUSE}


def test_a_change_that_is_held_back_lands_when_somebody_lands_it(drafted: Stage) -> None:
    before = copies(drafted.state())
    report = drafted.change(PRICE, hold=True)
    assert not report["landed"]
    assert copies(drafted.state()) == before
    landed = drafted.land(report["change"])
    assert drafted.state().changes == {}
    assert "$24" in drafted.text(SMS, "text")
    assert landed["landed"]
    assert "us: $24" in drafted.read()


def test_an_own_change_is_amended_and_a_new_one_is_opened_on_request(approved: Stage) -> None:
    opened = approved.change(PRICE)["change"]
    assert approved.change(DATE)["change"] == opened
    assert approved.change("dates.staff-know=2027-03-18", new=True)["change"] != opened
    assert len(approved.state().changes) == 2


def test_an_approval_given_while_a_change_replaces_the_text_says_so(approved: Stage) -> None:
    opened = approved.change(PRICE)["change"]
    report = approved.approve(ANNOUNCE)
    assert report["replaced_by"] == [opened]
    edited = approved.edit(ANNOUNCE, "offer_line", "Opening price for the first night of each bike: $29 until May 31, 2027, then $49.", by=JUNE)
    assert opened in edited["replaced_by"]


def test_a_text_that_a_person_edits_on_main_meanwhile_gets_its_question_before_landing(approved: Stage) -> None:
    opened = approved.change(PRICE)["change"]
    hers = "Small Hours: No delivery day lost. First overnight tune-up for $29 until May 31, 2027. smallhours.example/shops Reply STOP to opt out."
    approved.edit(SMS, "text", hers, by=JUNE)
    assert approved.text(SMS, "text") == hers
    _key, row = asked(approved, SMS, "text")
    assert (row["who"], row["kind"], row["change"]) == (JUNE, "owned text", opened)
    answer(approved, opened)
    assert approved.text(SMS, "text") == hers.replace("$29", "$24")


def test_open_changes_are_listed_with_what_they_wait_for(approved: Stage) -> None:
    opened = approved.change(PRICE)["change"]
    rows = approved.do(changing.list_changes)["changes"]
    assert [row["id"] for row in rows] == [opened]
    assert rows[0]["by"] == PRIYA
    assert rows[0]["decisions"] == len(approved.decisions())
    assert rows[0]["edits"] == [{"ref": "offers.first.price.us", "old": "$29", "new": "$24", "origin": "set"}]


def test_the_name_of_a_change_never_comes_back_once_it_has_landed_or_was_given_up(approved: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    given_up = approved.change(PRICE)["change"]
    approved.abandon(given_up)
    landed = approved.change(DATE, by=TOM)["change"]
    answer(approved, landed)
    assert approved.state().changes == {}
    assert given_up != landed

    def read(_puts: str) -> None:
        raise AssertionError("the next name is found without reading the record")

    monkeypatch.setattr("concerted.store.reading.decode_puts", read)
    again = approved.change(PRICE)["change"]
    assert again not in {given_up, landed, "C1"}
    assert int(again[1:]) == int(landed[1:]) + 1
