"""Who must say yes to what, in which order; and facts that go from a draft back into the strategy."""

import pytest

from concerted.conductor import reading
from concerted.conductor.promoting import promote
from concerted.errors import NotFound, Refused
from tests.story.stage import DANA, HAMBURG, PRESS, PRIYA, RUTH, SHOPS, SMS, TOM, Report, Stage, X, yes

PROOF = "proof_line"
FACT = "In the pilot, 2,232 of 2,400 bikes left by nine in the evening were ready at six (Portland and Hamburg, June to October 2026)."
BETTER = "In the pilot, 2,232 of 2,400 bikes left by nine were ready at six (Portland and Hamburg, June to October 2026)."


def _rules(stage: Stage, *rows: str) -> None:
    stage.change(*rows)


def test_who_stands_in_round_two_signs_after_round_one_and_is_told_whose_turn_it_is(drafted: Stage) -> None:
    _rules(drafted, "approvals.copy.round=1", "approvals.claims-and-prices.round=2")
    early = drafted.approve(SMS, by=DANA)
    assert early["done"] == []
    assert "round 2" in early["refused"][0]["why"]
    assert PRIYA in early["refused"][0]["next"]
    assert drafted.approve(SMS, by=PRIYA)["done"] == [SMS]
    assert drafted.approve(SMS, by=DANA)["done"] == [SMS]
    assert drafted.status()[SMS]["unsigned"] == []


def test_a_deputy_signs_when_the_agreed_time_is_over_and_is_told_before_from_when_on(fresh: Stage) -> None:
    friday, evening, monday = (fresh.on(day, hour) for day, hour in (("2026-12-04", "16:00"), ("2026-12-04", "23:00"), ("2026-12-07", "08:00")))
    friday.run()
    early = evening.approve(SMS, by=TOM)
    assert early["done"] == []
    assert (
        early["refused"][0]["why"] == f"it is {PRIYA}'s to sign, asked 2026-12-04 16:00; a yes of {TOM}, the deputy, counts from 2026-12-05 00:00 on"
    )
    assert early["refused"][0]["next"] == f'concerted approve {SMS} --by "{PRIYA}"'
    waits = {row["rule"]: row for row in evening.do(reading.status)["signatures"]}
    assert (waits["copy"]["who"], waits["copy"]["since"], waits["copy"]["late"]) == (PRIYA, "2026-12-04 16:00", 0)
    assert waits["claims-and-prices"]["answer_by"] == "2026-12-07 16:00", "24 hours from Friday at four are over on Monday at four"
    assert evening.approve(SMS, by=RUTH)["done"] == []
    late = {row["rule"]: row for row in monday.do(reading.status)["signatures"]}
    assert (late["copy"]["late"], late["copy"]["deputy"]) == (late["copy"]["texts"], TOM)
    assert late["claims-and-prices"]["late"] == 0
    assert monday.approve(SMS, by=TOM)["done"] == [SMS]
    assert SMS not in {row["rule"]: row for row in monday.do(reading.status)["signatures"]}["copy"]["assets"]


def test_the_time_of_a_deputy_begins_anew_with_other_words_and_with_what_the_round_before_has_signed(fresh: Stage) -> None:
    fresh.on("2026-12-01", "09:00").run()
    _rules(fresh.on("2026-12-01", "09:00"), "approvals.copy.round=1", "approvals.claims-and-prices.round=2")
    second = fresh.on("2026-12-03", "09:00")
    assert "claims-and-prices" not in {row["rule"] for row in second.do(reading.status)["signatures"] if SMS in row["assets"]}
    second.approve(SMS, by=PRIYA)
    assert "2026-12-04 09:00" in second.approve(SMS, by=RUTH)["refused"][0]["why"]
    second.edit(X, "text", "Bikes sleep at night. We do not.")
    assert "asked 2026-12-03 09:00" in second.on("2026-12-03", "10:00").approve(X, by=TOM)["refused"][0]["why"]


def test_a_deputy_answers_a_change_close_to_the_launch_after_the_urgent_hours_even_on_a_sunday(approved: Stage) -> None:
    sunday, later = approved.on("2027-03-21", "10:00"), approved.on("2027-03-21", "12:00")
    sunday.change("offers.first.price.us=$24")
    rows = sunday.decisions()
    row = next(row for row in rows if row["kind"] == "approved text" and row["who"] == PRIYA)
    assert (row["asked_since"], row["answer_by"], row["late"]) == ("2027-03-21 10:00", "2027-03-21 12:00", False)
    assert row["deputies"] == [{"who": TOM, "from": "2027-03-21 12:00", "counts": False}]
    assert row["may_answer"] == [PRIYA]
    with pytest.raises(Refused, match="counts from 2027-03-21 12:00 on"):
        sunday.decide(f"{row['key']}=take", by=TOM)
    again = next(one for one in later.decisions() if one["key"] == row["key"])
    assert (again["late"], again["may_answer"]) == (True, [PRIYA, TOM])
    later.decide(f"{row['key']}=take", by=TOM)
    assert row["key"] not in {one["key"] for one in later.decisions()}


def test_without_rounds_nobody_waits(drafted: Stage) -> None:
    assert drafted.approve(SMS, by=DANA)["done"] == [SMS]


def test_a_rule_for_a_market_or_a_channel_asks_there_and_nowhere_else(drafted: Stage) -> None:
    _rules(drafted, "approvals.copy.markets=[de]")
    rows = drafted.status()
    assert "copy" in rows[HAMBURG]["unsigned"]
    assert "copy" not in rows[SHOPS]["unsigned"]
    _rules(drafted, "approvals.claims-and-prices.channels=[press]")
    rows = drafted.status()
    assert "claims-and-prices" in rows[PRESS]["unsigned"]
    assert "claims-and-prices" not in rows[SMS]["unsigned"]


def test_a_rule_for_prices_asks_where_a_price_stands(drafted: Stage) -> None:
    _rules(drafted, "approvals.claims-and-prices.for=prices")
    rows = drafted.status()
    assert "claims-and-prices" in rows[SHOPS]["unsigned"]
    assert any("claims-and-prices" not in row["unsigned"] for row in rows.values())


def test_only_who_is_named_releases_where_the_campaign_names_somebody(approved: Stage) -> None:
    _rules(approved, f"approvals.go.who={DANA}", "approvals.go.for=release")
    with pytest.raises(Refused) as told:
        approved.release(by=PRIYA)
    assert DANA in told.value.reasons[0].why
    assert approved.state().releases == {}
    assert approved.release(by=DANA)["release"] == "R1"


def _promote(stage: Stage, place: str, to: str, sentence: str = "") -> Report:
    return stage.do(lambda s: promote(s, place, to, sentence, yes))


def test_an_edit_that_rewords_a_fact_of_several_assets_names_the_command_and_promoting_it_changes_them_all(drafted: Stage) -> None:
    assert drafted.text(SHOPS, PROOF) == FACT
    hint = drafted.edit(SHOPS, PROOF, BETTER)["promote"]
    assert [row["ref"] for row in hint] == ["claims.ready.full"]
    assert hint[0]["command"] == f"concerted promote {SHOPS}#{PROOF} --to claims.ready.full"
    assert len(hint[0]["assets"]) >= 2
    report = _promote(drafted, f"{SHOPS}#{PROOF}", "claims.ready")
    assert report["promoted"] == "claims.ready.full"
    assert [(row["ref"], row["new"]) for row in report["edits"]] == [("claims.ready.full", BETTER)]
    assert set(hint[0]["assets"]) <= set(report["used_in"])
    assert drafted.text(SHOPS, PROOF) == BETTER


def test_an_edit_that_rewords_nothing_of_the_strategy_names_no_command(drafted: Stage) -> None:
    assert drafted.edit(X, "text", "Bikes sleep at night. We do not.")["promote"] == []


def test_promoting_asks_which_sentence_where_it_is_not_clear_and_knows_what_is_not_there(drafted: Stage) -> None:
    place = f"{SHOPS}#benefit_2"
    with pytest.raises(Refused) as told:
        _promote(drafted, place, "claims.ready")
    assert len(told.value.reasons) == 2
    assert all("--sentence" in reason.next for reason in told.value.reasons)
    with pytest.raises(NotFound):
        _promote(drafted, place, "claims.nothing")
    with pytest.raises(NotFound):
        _promote(drafted, f"{SHOPS}#nothing", "claims.ready")
    with pytest.raises(NotFound):
        _promote(drafted, place, "claims.ready", "Not a sentence of it.")
    with pytest.raises(Refused, match="no whole sentence") as half:
        _promote(drafted, place, "claims.ready", drafted.text(SHOPS, "benefit_2")[4:20])
    assert len(half.value.reasons) == 2
    with pytest.raises(Refused, match="already"):
        _promote(drafted, f"{SHOPS}#{PROOF}", "claims.ready")
    assert drafted.do(reading.status)["changes"] == []
