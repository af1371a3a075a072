"""Renamed entries: what was said under an old name is found under today's."""

from concerted.campaign.change import Change
from concerted.campaign.line import State
from concerted.planning.follow import follow


def test_what_is_said_under_todays_name_wins_over_what_was_said_under_the_old_one() -> None:
    said = {"page.web.dock.us.-": ("new",), "page.web.pier.us.-": ("old",)}
    aliases = {"page.web.pier.us.-": "page.web.dock.us.-"}
    for notes in (said, dict(reversed(said.items()))):
        _state, change = follow(State(), Change("C1", "", "Mara", "", notes=notes), aliases)
        assert change.notes == {"page.web.dock.us.-": ("new",)}
