"""The gate, rule by rule: each of these campaigns has one thing wrong that nothing else would stop, and it stays where it is."""

from dataclasses import replace

import pytest

from concerted.campaign.draft import Draft
from concerted.campaign.event import Event, Put
from concerted.campaign.line import Released
from concerted.planning import lifecycle, people
from tests.planning.driver import Moved
from tests.planning.scene import CONCEPT, HOUSE, MAIL, NEW, OLD, PAGE, SEITE, Scene

PROMISE, CLAIM = "positioning.promise", "claims.wait.full"
LAUNCH = {"dates.launch": "2027-03-16"}


def _left(scene: Scene, rows: dict[str, str], asked: str) -> None:
    """Change the strategy and leave one question, so that a text stays behind."""
    change = scene.change(rows)
    if any(item.kind == "wording" for item in scene.items(change).values()):
        scene.answer(change, "keep", only="wording:")
    scene.answer(change, "leave", only=asked)
    while change in scene.open:
        scene.answer(change, "take")


def test_a_release_looks_at_every_line_that_a_text_read_not_at_what_changed_last() -> None:
    scene = Scene()
    scene.write(SEITE, "offer", "Sechzig Tage. Waits fell to 38 minutes.")
    scene.write(SEITE, "h1", "Meine Zeile.")
    scene.approve()
    _left(scene, {CLAIM: "Waits fell to 41 minutes."}, f"{SEITE}#offer:owner")
    scene.change({"campaign.owner": "Ben"})
    assert scene.open == ()
    assert ("R1", SEITE) in scene.refusals("de.launch"), "nothing but people's words, and the claim in them is the old one"


def test_a_release_compares_texts_with_those_above_them() -> None:
    scene = Scene()
    scene.write(CONCEPT, "tagline", f"{OLD} Believe us.")
    scene.approve()
    _left(scene, {PROMISE: NEW}, "#tagline:owner")
    assert ("R2", CONCEPT) in scene.refusals()


def test_a_brief_that_reads_differently_stops_a_release_although_the_record_says_that_nothing_was_read() -> None:
    scene = Scene()
    scene.approve()
    draft = scene.world.state.main.texts[PAGE]
    blind = {name: replace(text, record=replace(text.record, trace=())) for name, text in draft.fields.items()}
    told = Draft(PAGE, {**draft.fields, "offer": blind["offer"]})
    puts = (Put("drafts", f"{PAGE}/{told.id}", told), Put("texts", PAGE, told.id))
    scene.world.append(Event("attested", "t", "Mara", PAGE, puts, head=scene.world.state.head))
    assert scene.refusals("us.launch") == set()
    change = scene.change({"offers.start.line": "Thirty days free of charge."}, settle=False)
    scene.answer(change, "keep", only="wording:", settle=False)
    while scene.world.tick():
        pass
    assert scene.open == ()
    assert scene.words(PAGE, "offer") == "Sixty days free of charge."
    assert ("R5", PAGE) in scene.refusals("us.launch")


def test_a_text_that_a_release_was_written_from_stops_it_from_its_own_group_and_from_further_up() -> None:
    scene = Scene()
    scene.write(HOUSE, "roof", f"{OLD} Believe us.")
    scene.approve()
    _left(scene, {PROMISE: NEW}, "#roof:owner")
    assert ("R1", HOUSE) in scene.refusals("us.launch")
    scene.world.append(people.exclude(scene.world.state, PAGE, "", "Mara", "t"))
    assert set(scene.gate("us.launch").manifest) == {MAIL}
    assert ("R1", HOUSE) in scene.refusals("us.launch"), "the mail reads the page, and the page the house"


def test_words_of_an_earlier_strategy_stop_a_release_in_a_text_that_never_read_them() -> None:
    scene = Scene()
    scene.write(SEITE, "offer", f"Sechzig Tage. {OLD}")
    scene.approve()
    change = scene.change({PROMISE: NEW})
    scene.answer(change, "keep", only="wording:")
    while change in scene.open:
        scene.answer(change, "take")
    assert scene.refusals("de.launch") == {("R6", SEITE)}


def test_a_release_that_was_judged_before_the_campaign_moved_does_not_go_through() -> None:
    scene = Scene()
    scene.approve()
    gate, head = scene.gate(), scene.world.state.head
    assert gate.refused == ()
    released = Released("R1", gate.strategy, "t", "Mara", gate.groups, {asset: draft.id for asset, draft in gate.manifest.items()})
    event = lifecycle.release_event(released, head)
    scene.rule("brand.words.never.magic", "magic")
    with pytest.raises(Moved):
        scene.world.append(event)


def test_a_change_lands_on_no_other_head_than_the_one_it_was_built_on() -> None:
    scene = Scene()
    change = scene.change({"positioning.for-whom": "docks"}, hold=True)
    event = lifecycle.land(scene.world.state, scene.world.state.changes[change], scene.line(change), "t", "Mara")
    scene.change(LAUNCH)
    with pytest.raises(Moved):
        scene.world.append(event)
