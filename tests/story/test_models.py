"""The same campaign written by a model that follows a script, through the durable engine: it keeps, it clings to an old line, it fails."""

import json
import shutil
from pathlib import Path

import pytest

from concerted.conductor import changing, reading
from concerted.conductor.aligning import align
from concerted.errors import Refused
from concerted.llm.scripted import read_calls
from concerted.planning.people import attest
from concerted.rules.segment import sentences
from tests.story.stage import EXAMPLE, JUNE, PRIYA, SHOPS, SMS, Stage, close, copies, yes

PRICE = "offers.first.price.us=$24"
OFFER = f"{SHOPS}#offer_line"


def script(stage: Stage, *lines: str) -> None:
    """Tell the writer what to do from now on."""
    text = "\n".join(("name: scripted", "lines:", *(f"  - {{{line}}}" for line in lines))) if lines else "name: scripted"
    (stage.folder / "script.yaml").write_text(text + "\n", encoding="utf-8")


def asked(stage: Stage) -> list[tuple[str, str]]:
    """Every call so far: (asset, group)."""
    return [(call["asset"], call["group"]) for call in read_calls(stage.folder / ".concerted" / "calls.jsonl") if call["event"] == "asked"]


@pytest.fixture(scope="module")
def _written(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    stage = Stage(Path(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("written") / "small-hours")))
    (stage.folder / "concerted.toml").write_text('model = "scripted"\nscript = "script.yaml"\n', encoding="utf-8")
    script(stage)
    stage.run()
    return stage


@pytest.fixture
def written(_written: Stage, tmp_path: Path) -> Stage:
    """After the first run: everything written by the model."""
    return _written.copy(tmp_path / "small-hours")


def test_everything_is_written_by_the_model_and_a_second_run_asks_for_nothing(written: Stage) -> None:
    state = written.state()
    authors = {text.record.author for draft in state.main.texts.values() for text in draft.fields.values() if text.value}
    assert authors == {"scripted"}
    assert {row["standing"] for row in written.status().values()} == {"fresh"}
    calls = asked(written)
    assert len(calls) == len(set(calls)) == len(state.results)
    again = written.run()
    assert (again["drafts_made"], again["calls"]) == (0, 0)
    assert asked(written) == calls


def test_a_change_asks_only_for_the_groups_that_read_it_and_keeps_the_other_fields(written: Stage) -> None:
    before, calls = copies(written.state()), asked(written)
    plan = written.plan(PRICE)
    report = written.change(PRICE)
    assert report["landed"]
    new = asked(written)[len(calls) :]
    assert len(new) == len(set(new)) == report["calls"] <= plan["cost"]["calls"]
    assert {asset for asset, _group in new} == {row["id"] for row in plan["assets"] if row["action"] != "none"}
    kept = [(result.asset, name) for result in written.state().results.values() for name, words in result.fields.items() if words is None]
    assert (SHOPS, "faq_2_a") in kept
    after = copies(written.state())
    assert all(after[asset][1][name] == before[asset][1][name] for asset, name in kept)
    assert "$24" in written.text(SHOPS, "offer_line")


def test_words_of_the_house_writer_in_a_models_place_follow_what_they_state_without_a_call(tmp_path: Path) -> None:
    stage = Stage(Path(shutil.copytree(EXAMPLE, tmp_path / "small-hours")))
    (stage.folder / "concerted.toml").write_text('model = "scripted"\nscript = "script.yaml"\n', encoding="utf-8")
    script(stage, f'match: "{SMS}#text", house: true')
    stage.run()
    text = stage.state().main.texts[SMS].fields["text"]
    assert (text.origin, text.record.author, "$29" in text.value) == ("house", "house", True)
    key = "f:offers.first.price.us"
    assert key not in dict(text.record.trace), "the model's brief has no price"
    assert key in dict(text.record.says), "the house writer's words have"
    session = stage.sit()
    event = attest(session.build(session.state()), SMS, ("text",), PRIYA, session.now())
    close(session)
    confirmed = next(put.value for put in event.puts if put.section == "drafts")
    assert key in dict(confirmed.fields["text"].record.says), "words that somebody confirmed still state the price"
    calls = asked(stage)
    assert {row["id"]: row["action"] for row in stage.plan(PRICE)["assets"]}[SMS] != "none"
    stage.change(PRICE)
    assert "$24" in stage.text(SMS, "text")
    assert SMS not in {asset for asset, _group in asked(stage)[len(calls) :]}
    back = stage.change("offers.first.price.us=$29")
    assert stage.state().main.texts[SMS].fields["text"].value == text.value
    assert SMS not in back["blocked"]
    assert {row["standing"] for row in stage.status().values()} == {"fresh"}


def test_the_same_work_is_not_done_twice_when_the_old_value_comes_back(written: Stage) -> None:
    before = copies(written.state())
    written.change(PRICE)
    calls = asked(written)
    back = written.change("offers.first.price.us=$29")
    assert (back["drafts_made"], back["calls"]) == (0, 0)
    assert asked(written) == calls
    assert copies(written.state()) == before


def test_the_old_value_comes_back_while_work_is_wanted_and_nothing_is_asked_for(written: Stage) -> None:
    before, calls = copies(written.state()), asked(written)
    session = written.sit()
    session.write_models = lambda: None
    report = changing.change_strategy(session, changing.parse_rows((PRICE,), ()), yes)
    close(session)
    assert not report["landed"]
    assert written.state().changes
    back = written.change("offers.first.price.us=$29")
    assert (back["drafts_made"], back["calls"]) == (0, 0)
    assert asked(written) == calls
    assert written.state().changes == {}
    assert copies(written.state()) == before


def test_a_kept_old_line_is_sent_back_once_with_the_reason(written: Stage) -> None:
    script(written, f'match: "{OFFER}", keep: true, times: 1')
    calls = asked(written)
    report = written.change(PRICE)
    assert report["landed"]
    assert asked(written)[len(calls) :].count((SHOPS, "offer")) == 2
    assert "$24" in written.text(SHOPS, "offer_line")
    attempts = [call["consumed"]["attempt"] for call in read_calls(written.folder / ".concerted" / "calls.jsonl") if call["event"] == "asked"]
    assert [attempt for attempt in attempts if attempt] == ["keep: it still says $29"]


def test_a_line_that_is_kept_twice_is_shown_to_a_person_and_never_lands(written: Stage) -> None:
    script(written, f'match: "{OFFER}", keep: true')
    before = copies(written.state())
    report = written.change(PRICE)
    assert not report["landed"]
    assert report["held"] == [SHOPS]
    assert copies(written.state()) == before
    row = written.decisions()[0]
    assert (row["kind"], row["who"], row["options"]) == ("finding", PRIYA, ["text", "leave"])
    assert "$29" in row["items"][0]["note"]
    words = "Each bike's first night costs $24, and the offer ends on May 31, 2027."
    written.decide(f"{row['key']}=text:{words}", by=PRIYA)
    assert written.state().changes == {}
    assert written.text(SHOPS, "offer_line") == words
    assert written.state().main.owner_of(SHOPS, "offer_line") == PRIYA


def test_words_that_a_list_still_holds_are_nothing_old_when_another_member_of_it_changes(written: Stage) -> None:
    words = "Small Hours is exact, awake when others are not. smallhours.example/shops Reply STOP to opt out."
    script(written, f'match: "{SMS}#text", text: "{words}"')
    report = written.change("brand.is=[warm, exact, awake when others are not]")
    assert report["landed"]
    assert written.text(SMS, "text") == words
    told = next(
        call["consumed"]["history"] for call in reversed(read_calls(written.folder / ".concerted" / "calls.jsonl")) if call["event"] == "asked"
    )
    assert "[brand.is] was: dry, exact, awake when others are not\n- [brand.is] is now: warm, exact, awake when others are not" in told


def test_a_persons_field_in_a_group_that_is_written_again_is_proposed_to_only(written: Stage) -> None:
    mine = "The first night costs $29, and the offer ends on May 31, 2027."
    written.edit(SHOPS, "offer_line", mine, by=JUNE)
    report = written.change(PRICE)
    assert not report["landed"]
    assert written.text(SHOPS, "offer_line") == mine
    row = next(row for row in written.decisions() if row["kind"] == "owned text")
    assert row["who"] == JUNE
    assert "$24" in row["items"][0]["after"]


def test_a_call_that_fails_is_reported_and_made_up_for_by_the_next_run(written: Stage) -> None:
    script(written, f'match: "{OFFER}", fail: error')
    before = copies(written.state())
    report = written.change(PRICE)
    assert not report["landed"]
    assert [row["id"] for row in report["failed"]] == [SHOPS]
    assert copies(written.state()) == before
    with pytest.raises(Refused):
        written.land(report["change"])
    script(written)
    again = written.run()
    assert written.state().changes == {}
    assert "$24" in written.text(SHOPS, "offer_line")
    assert again["calls"] == 1


def test_what_failed_may_be_left_and_the_rest_lands(written: Stage) -> None:
    script(written, f'match: "{OFFER}", fail: error')
    before = copies(written.state())
    report = written.change(PRICE)
    written.land(report["change"], incomplete=True)
    assert written.state().changes == {}
    assert copies(written.state())[SHOPS] == before[SHOPS]
    assert written.status()[SHOPS]["standing"] == "blocked"
    assert written.facets()["offers.first.price.us"] == "$24"


LETTER = "launch-email.email.shops.us.announce"
RELEASE = "press-release.press.-.us.-"
STOOD = "The offer runs until May 31, 2027 and is meant for bikes that are new to Small Hours."
ANEW = "From brakes to wiring, each bike's first overnight tune-up comes at an opening price."


def test_what_a_model_rewords_beside_a_changed_price_stands_as_it_stood_and_the_record_says_so(written: Stage) -> None:
    before = written.text(RELEASE, "offer")
    loose = f"{ANEW} It is meant for bikes new to Small Hours and runs until May 31, 2027. You now pay $24, and $49 later."
    benefit = written.text(SHOPS, "faq_2_a")
    script(written, f'match: "{RELEASE}#offer", text: "{loose}"', f'match: "{SHOPS}#faq_2_a", text: "Said in words of its own."')
    report = written.change(PRICE)
    first = before.partition(". ")[0]
    assert written.text(RELEASE, "offer") == f"{first}. {STOOD} You now pay $24, and $49 later."
    assert written.text(SHOPS, "faq_2_a") == benefit, "it says no price: the field stands whole"
    rows = {(row["asset"], row["field"]): row for row in report["put_back"]}
    assert rows[RELEASE, "offer"]["sentences"] == [f"{first}.", STOOD]
    assert rows[RELEASE, "offer"]["said"] == loose
    assert rows[RELEASE, "offer"]["stands"]
    assert "offers.first.price.us" in rows[RELEASE, "offer"]["refs"]
    assert not report["interventions"], "nobody was stopped"
    state = written.state()
    text = state.main.texts[RELEASE].fields["offer"]
    assert (text.origin, text.record.author) == ("model", "scripted")
    result = next(result for result in state.results.values() if result.asset == SHOPS and result.fields.get("faq_2_a", "") is None)
    assert result.author == "scripted"
    assert written.do(lambda session: reading.why(session, RELEASE))["put_back"] == [rows[RELEASE, "offer"]]
    aligned = written.do(align)
    assert len(aligned["put_back"]) == len(report["put_back"])
    assert aligned["interventions"]["total"] == aligned["interventions"]["shadow"] == 0


def test_what_somebody_asked_to_have_written_anew_is_not_put_back(written: Stage) -> None:
    script(written, f'match: "{RELEASE}#offer", text: "{ANEW} Until May 31, 2027 you pay $29, from then on $49."')
    report = written.redraft(RELEASE, note="shorter")
    came = [result.fields["offer"] or "" for result in written.state().results.values() if "offer" in result.fields and result.asset == RELEASE]
    assert came[-1].startswith(ANEW)
    assert not report["put_back"]


def test_another_voice_is_a_reason_to_say_it_in_other_words(written: Stage) -> None:
    *others, last = sentences(written.text(LETTER, "body"))
    turned = f"{last} {''.join(others)}".strip()
    script(written, f'match: "{LETTER}#body", text: {json.dumps(turned)}')
    report = written.change("brand.is=[warm, exact, awake when others are not]")
    assert written.text(LETTER, "body") == turned
    assert not report["put_back"]
