"""Whose words are whose, and what a signature covers: these words, and the facts that they state, as long as both stand."""

from dataclasses import replace

import pytest

from concerted.campaign.change import NO_CHANGE
from concerted.campaign.draft import Draft
from concerted.campaign.line import Released
from concerted.errors import Refused
from concerted.planning import people
from concerted.planning.build import Built, build
from tests.planning.scene import HOUSE, PAGE, SEITE, Scene

CLAIM = "claims.wait.full"
OLD_CLAIM, NEW_CLAIM = "Waits fell to 38 minutes.", "Waits fell to 41 minutes."
PIER = "page.web.pier.us.-"
RENAMED = {"audiences.dock.who": None, "audiences.pier.who": "dock managers", "audiences.pier.was": "dock"}


def test_a_renamed_audience_keeps_its_owners_and_its_signatures() -> None:
    scene = Scene()
    scene.write(PAGE, "offer", "Mine: try it.")
    scene.approve()
    scene.change(RENAMED)
    assert PAGE not in scene.world.state.main.texts
    assert scene.world.state.main.owner_of(PIER, "offer") == "Olga"
    assert scene.refusals() == set()


def test_each_of_two_people_owns_what_they_wrote() -> None:
    scene = Scene()
    scene.write(PAGE, "offer", "Mine: try it.", "Olga")
    scene.write(HOUSE, "roof", "Nobody waits.", "Ines")
    assert {place: scene.world.state.main.owned[place] for place in (f"{PAGE}#offer", f"{HOUSE}#roof")} == {
        f"{PAGE}#offer": "Olga",
        f"{HOUSE}#roof": "Ines",
    }


def test_words_that_their_owner_confirmed_are_asked_about_when_the_claim_in_them_changes() -> None:
    scene = Scene()
    scene.write(PAGE, "offer", f"Ours first. {OLD_CLAIM}")
    scene.world.append(people.attest(scene.main, PAGE, ("offer",), "Olga", scene.world.at))
    change = scene.change({CLAIM: NEW_CLAIM})
    assert scene.items(change)[f"{PAGE}#offer:owner"].before == f"Ours first. {OLD_CLAIM}"


def test_only_the_owner_confirms_their_words_and_only_while_they_break_no_rule() -> None:
    scene = Scene()
    scene.write(PAGE, "offer", "Pure magic here.")
    with pytest.raises(Refused) as theirs:
        people.attest(scene.main, PAGE, ("offer",), "Ben", "t")
    assert [reason.why for reason in theirs.value.reasons] == ["offer belongs to Olga"]
    scene.rule("brand.words.never.magic", "magic")
    with pytest.raises(Refused) as broken:
        people.attest(scene.main, PAGE, ("offer",), "Olga", "t")
    assert "magic" in broken.value.reasons[0].why


def test_a_signature_lapses_with_the_claim_that_was_signed_although_the_words_stay() -> None:
    scene = Scene()
    scene.write(SEITE, "offer", f"Sechzig Tage. {OLD_CLAIM}")
    scene.approve()
    change = scene.change({CLAIM: NEW_CLAIM})
    scene.answer(change, "keep", only=f"{SEITE}#offer:owner")
    while change in scene.open:
        scene.answer(change, "take")
    assert scene.words(SEITE, "offer") == f"Sechzig Tage. {OLD_CLAIM}"
    assert scene.refusals("de.launch") == {("R9", SEITE)}


def test_a_signature_lapses_with_the_claim_although_others_confirmed_the_words() -> None:
    scene = Scene(tree={"approvals.claims.who": "Ines"})
    scene.write(PAGE, "offer", f"Ours first. {OLD_CLAIM}")
    scene.approve(by=("Mara",))
    scene.approve(HOUSE, PAGE, by=("Ines",))
    assert scene.refusals() == set()
    change = scene.change({CLAIM: NEW_CLAIM})
    scene.answer(change, "keep", only=f"{PAGE}#offer:owner")
    scene.answer(change, "take")
    scene.answer(change, "take")
    assert scene.open == ()
    assert scene.words(PAGE, "offer") == f"Ours first. {OLD_CLAIM}"
    assert ("R9", PAGE) in scene.refusals()


def test_who_edits_an_approved_text_takes_nobodys_signature_along() -> None:
    scene = Scene()
    scene.approve()
    change = scene.change({"offers.start.line": "Thirty days free of charge."})
    scene.answer(change, "keep", only="wording:")
    scene.write(PAGE, "h1", "Mine.", on=change)
    scene.answer(change, "take", only=f"{PAGE}#offer:copy")
    scene.answer(change, "take")
    assert (scene.open, scene.words(PAGE, "h1")) == ((), "Mine.")
    assert ("R9", PAGE) in scene.refusals()


def test_only_who_is_named_for_it_signs() -> None:
    scene = Scene()
    with pytest.raises(Refused) as refusal:
        people.approve(scene.main, (PAGE,), "Olga", "t")
    assert refusal.value.reasons[0].why == "Olga is not named for copy"
    assert [put.key for put in people.approve(scene.main, (PAGE,), "Ben", "t").puts] == [PAGE]


def test_a_text_that_is_out_of_date_is_not_signed() -> None:
    scene = Scene(tree={"claims.wait.until": "2027-01-15"})
    scene.midnight("2027-01-16")
    with pytest.raises(Refused) as refusal:
        people.approve(scene.main, (HOUSE,), "Mara", "t")
    assert "it is stale" in refusal.value.reasons[0].why


def test_whom_the_same_change_asks_no_more_has_signed_none_of_its_words() -> None:
    scene = Scene(tree={"approvals.claims.who": "Ines"})
    scene.approve(by=("Mara",))
    scene.approve(HOUSE, PAGE, by=("Ines",))
    change = scene.change({"approvals.claims.who": None, CLAIM: NEW_CLAIM})
    scene.answer(change, "take")
    assert (scene.open, scene.words(HOUSE, "proof")) == ((), NEW_CLAIM)
    assert scene.refusals() == set()
    scene.change({"approvals.claims.who": "Ines"})
    assert scene.refusals() == {("R9", HOUSE), ("R9", PAGE)}


def test_words_that_are_out_are_not_called_back_although_their_draft_has_another_name_by_now() -> None:
    scene = Scene()
    scene.approve()
    now = scene.world.state.main.texts[PAGE]
    offer = now.fields["offer"]
    was = replace(now, fields={**now.fields, "offer": replace(offer, record=replace(offer.record, recipe="an earlier one"))})
    other = replace(now, fields={**now.fields, "offer": replace(offer, value="Other words.")})
    assert len({now.id, was.id, other.id}) == 3

    def line(out: Draft) -> Built:
        drafts = {**scene.world.state.drafts, PAGE: (out, now)}
        released = Released("R1", "", "t", "Mara", (), {PAGE: out.id})
        return build(replace(scene.world.state, drafts=drafts, releases={"R1": released}), NO_CHANGE, scene.world.kit)

    with pytest.raises(Refused) as told:
        people.withdrawn(line(was), PAGE, "Mara")
    assert "it is out with release R1" in told.value.reasons[0].why
    assert people.withdrawn(line(other), PAGE, "Mara") == ()
