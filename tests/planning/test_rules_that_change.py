"""Guardrails that come and go: they are adopted at once, and redraft exactly what breaks them and what reads a field that changed by it."""

import pytest

from concerted.campaign.change import NO_CHANGE
from concerted.campaign.event import Event
from concerted.errors import Refused
from concerted.planning import lifecycle
from tests.planning.scene import CONCEPT, HOUSE, MAIL, NEW, OLD, PAGE, Scene

BAN = "brand.words.never."


def _moved(scene: Scene, before: dict[str, str]) -> set[str]:
    return {asset for asset, draft in scene.drafts().items() if draft != before.get(asset)}


def test_a_word_that_nobody_says_redrafts_nothing() -> None:
    scene = Scene()
    before = scene.drafts()
    scene.rule(BAN + "boo", "boohoo")
    assert _moved(scene, before) == set()
    assert scene.open == ()


@pytest.mark.parametrize("modelled", [frozenset[str](), frozenset({"mail"})])
def test_only_what_contains_the_word_and_readers_of_the_changed_field_are_redrafted(modelled: frozenset[str]) -> None:
    scene = Scene(tree={"audiences.wharf.who": "wharf crews"}, modelled=modelled)
    before = scene.drafts()
    says_now = {asset for asset, draft in scene.world.state.main.texts.items() if any("Now:" in words for words in draft.values.values())}
    page = "page.web.wharf.us.-"
    assert page in says_now
    scene.rule(BAN + "now", "now:")
    assert _moved(scene, before) == {page, page.replace("page.web", "mail.email")}
    assert {rule for rule, _asset in scene.refusals()} == {"R9"}


def test_a_word_of_every_variant_asks_a_person_and_swaps_nothing() -> None:
    scene = Scene()
    before = scene.drafts()
    scene.rule(BAN + "alone", "mends itself alone")
    assert _moved(scene, before) == set()
    (change,) = scene.open
    assert f"{HOUSE}#roof:finding" in scene.items(change)
    scene.answer(change, "text", only=f"{HOUSE}#roof", text="The plan is never late.")
    assert _moved(scene, before) == {HOUSE, CONCEPT, PAGE, MAIL}
    assert scene.words(MAIL, "subject") == "The plan is never late."


def test_lifting_a_word_swaps_nothing_and_banning_it_again_drafts_nothing_new() -> None:
    scene = Scene(tree={"audiences.wharf.who": "wharf crews"})
    scene.rule(BAN + "now", "now:")
    after = scene.drafts()
    stored = {asset: len(drafts) for asset, drafts in scene.world.state.drafts.items()}
    scene.rule(BAN + "now", None)
    assert scene.drafts() == after
    scene.rule(BAN + "now", "now:")
    assert scene.drafts() == after
    assert {asset: len(drafts) for asset, drafts in scene.world.state.drafts.items()} == stored


def test_a_word_of_a_strategy_line_stops_its_readers_until_somebody_writes_or_leaves_them() -> None:
    scene = Scene()
    before = scene.drafts()
    scene.rule(BAN + "free", "free of charge")
    assert _moved(scene, before) == set()
    (change,) = scene.open
    assert set(scene.items(change)) == {f"{PAGE}#offer:finding"}
    assert ("R6", PAGE) in scene.refusals()
    scene.answer(change, "leave")
    assert scene.open == ()
    assert scene.slot(PAGE).blocked.startswith("waits for Mara")
    scene.rule(BAN + "free", None)
    assert scene.slot(PAGE).blocked == ""
    assert {rule for rule, _asset in scene.refusals()} <= {"R9"}


def test_a_banned_word_in_an_approved_text_is_answered_not_swapped() -> None:
    scene = Scene(tree={"audiences.wharf.who": "wharf crews"})
    scene.approve()
    before = scene.drafts()
    scene.rule(BAN + "now", "now:")
    assert _moved(scene, before) == set()
    (change,) = scene.open
    assert {d.causes for d in scene.decisions(change)} == {("rule:banned-word",)}
    scene.answer(change, "take")
    assert scene.open == ()
    assert scene.refusals() == set()


def test_a_persons_text_with_a_banned_word_asks_its_owner() -> None:
    scene = Scene()
    scene.write(PAGE, "offer", "It is magic.", "Olga")
    scene.rule(BAN + "magic", "magic")
    (change,) = scene.open
    item = scene.items(change)[f"{PAGE}#offer:owner"]
    assert (item.who, set(item.options), item.kind) == ("Olga", {"text", "leave"}, "finding")
    assert scene.words(PAGE, "offer") == "It is magic."
    scene.answer(change, "text", text="It is free.")
    assert scene.words(PAGE, "offer") == "It is free."


def test_a_model_text_written_under_older_rules_is_asked_for_once_more_and_then_a_person_is() -> None:
    scene = Scene(modelled=frozenset({"page"}))
    change = scene.change({"offers.start.line": "Thirty days free of charge."}, settle=False)
    task = next(task for task in scene.world.wanted() if task.group == "offer")
    scene.world.append(_adopt(scene, BAN + "magic", "magic"))
    scene.comes_back(task, {"offer": "It is magic."})
    (again,) = (wanted for wanted in scene.world.wanted() if wanted.group == "offer")
    assert again.id != task.id
    scene.comes_back(again, {"offer": "Still magic."})
    assert [wanted for wanted in scene.world.wanted() if wanted.group == "offer"] == []
    assert scene.items(change)[f"{PAGE}#offer:finding"].options == ("text", "leave")


def _adopt(scene: Scene, ref: str, value: str) -> Event:
    made = lifecycle.make_edits(scene.world.state, NO_CHANGE, [(ref, value)], "set", scene.world.kit)
    return lifecycle.adopt_at_once(scene.world.state, made, "t", "Mara")


def test_a_rule_that_moved_on_main_since_is_not_overwritten() -> None:
    scene = Scene()
    made = lifecycle.make_edits(scene.world.state, NO_CHANGE, [("offers.start.until", "2027-05-01")], "set", scene.world.kit)
    scene.rule("offers.start.until", "2027-06-01")
    with pytest.raises(Refused):
        lifecycle.adopt_at_once(scene.world.state, made, "t", "Mara")


def test_a_redraft_of_a_stale_text_never_says_the_old_line_again() -> None:
    scene = Scene(modelled=frozenset({"house"}))
    change = scene.change({"positioning.promise": NEW}, settle=False)
    scene.answer(change, "keep", only="wording:", settle=False)
    (task,) = scene.world.wanted()
    scene.comes_back(task, {"roof": None})
    (again,) = scene.world.wanted()
    assert "The plan mends" in again.attempt
    scene.comes_back(again, {"roof": f"Once more: {OLD}"})
    assert scene.world.wanted() == ()
    assert f"{HOUSE}#roof:finding" in scene.items(change)
