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
    assert drafted.approve(SMS, by=TOM)["done"] == [SMS]
    assert drafted.approve(SMS, by=DANA)["done"] == [SMS]
    assert drafted.status()[SMS]["unsigned"] == []


def test_without_rounds_nobody_waits(drafted: Stage) -> None:
    assert drafted.approve(SMS, by=RUTH)["done"] == [SMS]


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
    with pytest.raises(Refused, match="already"):
        _promote(drafted, f"{SHOPS}#{PROOF}", "claims.ready")
    assert drafted.do(reading.status)["changes"] == []
