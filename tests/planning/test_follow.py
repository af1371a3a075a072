"""Renamed entries: what was said under an old name is found under today's."""

from concerted.campaign.change import NO_CHANGE, Change
from concerted.campaign.line import State
from concerted.planning import lifecycle
from concerted.planning.follow import follow
from tests.planning.scene import PAGE, Scene


def test_what_is_said_under_todays_name_wins_over_what_was_said_under_the_old_one() -> None:
    said = {"page.web.dock.us.-": ("new",), "page.web.pier.us.-": ("old",)}
    aliases = {"page.web.pier.us.-": "page.web.dock.us.-"}
    for notes in (said, dict(reversed(said.items()))):
        _state, change = follow(State(), Change("C1", "", "Mara", "", notes=notes), aliases)
        assert change.notes == {"page.web.dock.us.-": ("new",)}


def test_after_a_rename_main_is_looked_at_and_not_written_anew() -> None:
    scene = Scene(modelled=frozenset({"page"}))
    scene.change({"audiences.dock.who": None, "audiences.pier.who": "dock managers", "audiences.pier.was": "dock"})
    made = lifecycle.make_edits(scene.world.state, NO_CHANGE, [("brand.words.never.magic", "h1 on")], "set", scene.world.kit)
    scene.world.append(lifecycle.adopt_at_once(scene.world.state, made, scene.world.at, "Mara"))
    page = PAGE.replace(".dock.", ".pier.")
    assert scene.main.slots[page].stale == {"h1"}
    assert scene.main.wanted == (), "a text that stands is written anew on a Change only"
