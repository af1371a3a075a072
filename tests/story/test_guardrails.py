"""Rules are adopted on the campaign at once; texts that break them are out of date, and only those and their readers are written again."""

import shutil

import pytest

from concerted.catalog import OURS
from concerted.errors import Refused
from tests.story.stage import (
    BRIEF,
    CONCEPT,
    HOUSE,
    LINKEDIN,
    PRIYA,
    SMS,
    Report,
    Stage,
    X,
    copies,
)  # fmt: skip

TAKE = {"owned text": "take", "approved text": "take"}


def moved(before: dict[str, tuple[str, dict[str, str]]], after: dict[str, tuple[str, dict[str, str]]]) -> set[str]:
    """Name every `asset#field` whose words differ."""
    return {f"{asset}#{name}" for asset in after for name, text in after[asset][1].items() if before[asset][1].get(name) != text}


def says(stage: Stage, phrase: str) -> set[str]:
    return {
        f"{asset}#{name}"
        for asset, (_id, words) in copies(stage.state()).items()
        for name, text in words.items()
        if phrase.casefold() in text.casefold()
    }


def test_a_word_that_nobody_says_is_adopted_and_touches_nothing(approved: Stage) -> None:
    before = copies(approved.state())
    report = approved.change("brand.words.never.zebra=zebra")
    assert report["landed"]
    assert report["drafts_made"] == 0
    assert approved.facets()["brand.words.never.zebra"] == "zebra"
    assert approved.state().changes == {}
    assert copies(approved.state()) == before
    approved.release()


def test_a_word_of_one_variant_of_one_field_redrafts_that_field_alone(drafted: Stage) -> None:
    before = copies(drafted.state())
    assert says(drafted, "unposed") == {f"{CONCEPT}#visual_direction"}
    plan = drafted.plan("brand.words.never.posed=unposed")
    assert [row["id"] for row in plan["assets"] if row["action"] != "none"] == [CONCEPT]
    report = drafted.change("brand.words.never.posed=unposed")
    assert report["drafted"] == [CONCEPT]
    assert report["drafts_made"] == 1
    after = copies(drafted.state())
    assert moved(before, after) == {f"{CONCEPT}#visual_direction"}
    assert {asset for asset in before if before[asset] != after[asset]} == {CONCEPT}
    assert says(drafted, "unposed") == set()


def test_a_word_is_lifted_and_added_again(drafted: Stage) -> None:
    before = copies(drafted.state())
    drafted.change("brand.words.never.posed=unposed")
    there = copies(drafted.state())
    lifted = drafted.change(unset=("brand.words.never.posed",))
    assert lifted["drafts_made"] == 0
    assert copies(drafted.state()) == there, "a text that is right is not swapped because another one is allowed again"
    again = drafted.change("brand.words.never.posed=unposed")
    assert again["drafts_made"] == 0
    assert copies(drafted.state()) == there
    assert before != there


def test_readers_of_a_field_that_changed_for_a_word_are_written_again_and_nobody_else(drafted: Stage) -> None:
    before = copies(drafted.state())
    hit = says(drafted, "the bike in tonight")
    report = drafted.change("brand.words.never.in=the bike in tonight")
    after = copies(drafted.state())
    assert f"{CONCEPT}#headline_a" in hit
    assert says(drafted, "the bike in tonight") == set()
    for place in moved(before, after) - hit:
        asset, _, name = place.partition("#")
        reads = {key for key, _seen in drafted.state().main.texts[asset].fields[name].reads() if key.startswith("u:")}
        assert {key[2:] for key in reads} & moved(before, after), f"{place} reads nothing that changed"
    assert set(report["drafted"]) == {asset for asset in before if before[asset][1] != after[asset][1]}


def test_an_approved_text_that_breaks_a_new_rule_is_refused_by_the_gate_and_asked_about(approved: Stage) -> None:
    before = copies(approved.state())
    report = approved.change("brand.words.never.goes=you know how that goes")
    assert approved.facets()["brand.words.never.goes"]
    assert not report["landed"]
    broken = {place.partition("#")[0] for place in says(approved, "you know how that goes")}
    assert broken
    assert copies(approved.state()) == before
    assert set(report["proposed"]) == broken
    with pytest.raises(Refused) as refusal:
        approved.release(despite_change=True)
    assert {reason.id for reason in refusal.value.reasons} == broken
    approved.answer(TAKE)
    assert approved.state().changes == {}
    assert says(approved, "you know how that goes") == set()
    approved.release()


def test_a_word_of_every_variant_holds_the_text_for_a_person(drafted: Stage) -> None:
    before = copies(drafted.state())
    report = drafted.change("brand.words.never.reply=reply stop")
    assert report["held"] == [SMS]
    assert copies(drafted.state()) == before
    row = next(row for row in drafted.decisions() if SMS in row["assets"])
    assert row["kind"] == "finding"
    mended = drafted.text(SMS, "text").replace("Reply STOP to opt out.", "Text STOP to opt out.")
    drafted.decide(f"{row['key']}=text:{mended}", by=row["who"])
    assert drafted.state().changes == {}
    assert drafted.text(SMS, "text") == mended
    assert moved(before, copies(drafted.state())) == {f"{SMS}#text"}


def test_a_word_of_the_strategy_itself_is_named_in_the_plan_and_stops_its_readers(drafted: Stage) -> None:
    plan = drafted.plan("brand.words.never.ride=ride it tomorrow morning")
    hit = {place.partition("#")[0] for place in says(drafted, "ride it tomorrow morning")}
    assert HOUSE in hit
    assert BRIEF in hit
    assert {row["id"] for row in plan["assets"] if row["action"] != "none"} >= hit
    before = copies(drafted.state())
    report = drafted.change("brand.words.never.ride=ride it tomorrow morning")
    assert HOUSE in report["held"]
    assert copies(drafted.state())[HOUSE] == before[HOUSE]
    drafted.approve_all()
    with pytest.raises(Refused) as refusal:
        drafted.release(despite_change=True)
    assert HOUSE in {reason.id for reason in refusal.value.reasons}


def test_a_rule_that_arrives_while_a_change_is_open_is_kept_by_what_lands(approved: Stage) -> None:
    opened = approved.change("offers.first.price.us=$24")
    approved.change("brand.words.never.afterwards=you know how that goes", by=PRIYA, new=True)
    approved.answer(TAKE)
    state = approved.state()
    assert opened["change"] not in state.changes
    approved.run()
    approved.answer(TAKE)
    assert approved.state().changes == {}
    assert says(approved, "you know how that goes") == set()
    assert says(approved, "$29") == set()
    approved.release()


def own_channel(stage: Stage, slug: str, old: str, new: str) -> None:
    """Put a changed channel file into the team's own library."""
    target = stage.folder / "library" / "channels" / f"{slug}.toml"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(OURS / "channels" / f"{slug}.toml", target)
    text = target.read_text(encoding="utf-8")
    assert old in text
    target.write_text(text.replace(old, new), encoding="utf-8")


def test_a_channel_limit_changed_in_the_own_library_redrafts_what_is_too_long_now(drafted: Stage) -> None:
    before = copies(drafted.state())
    length = len(before[X][1]["text"])
    own_channel(drafted, "x", "value = 280", f"value = {length - 30}")
    report = drafted.run()
    after = copies(drafted.state())
    assert {asset for asset in before if before[asset] != after[asset]} == {X}
    assert report["drafted"] == [X]
    assert len(after[X][1]["text"]) < length


def test_a_limit_that_everything_keeps_touches_nothing(approved: Stage) -> None:
    before = copies(approved.state())
    own_channel(approved, "x", "value = 280", "value = 270")
    report = approved.run()
    assert report["drafts_made"] == 0
    assert copies(approved.state()) == before
    assert approved.facets()["channel.x.post.max"] == 270
    approved.release()


def test_a_limit_that_no_variant_keeps_holds_the_text(drafted: Stage) -> None:
    before = copies(drafted.state())
    own_channel(drafted, "x", "value = 280", "value = 40")
    report: Report = drafted.run()
    assert report["held"] == [X]
    assert copies(drafted.state()) == before
    own_channel(drafted, "x", "value = 40", "value = 280")
    drafted.run()
    assert drafted.state().changes == {}
    assert copies(drafted.state()) == before


def test_a_short_form_is_kept_out_of_a_channel_that_is_named_later(drafted: Stage) -> None:
    short = str(drafted.facets()["claims.ready.short"])
    before = says(drafted, short)
    drafted.change("claims.ready.short_never_in=[google-search, sms, x, linkedin]")
    drafted.answer({"finding": "leave"})
    standing = drafted.status()[LINKEDIN]["standing"]
    assert f"{LINKEDIN}#body" not in says(drafted, short) or standing == "blocked"
    assert {place for place in before if LINKEDIN not in place} == {place for place in says(drafted, short) if LINKEDIN not in place}
