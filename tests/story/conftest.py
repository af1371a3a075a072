"""Where the walks begin: the example as it comes, as it was drafted, and as it stands before launch, approved and half of it edited by people."""

import shutil
from pathlib import Path

import pytest

from tests.story.stage import (
    AD,
    ANNOUNCE,
    BRIEF,
    CONCEPT,
    EXAMPLE,
    HAMBURG,
    JUNE,
    LINKEDIN,
    PRESS,
    REMINDER,
    RIDERS,
    SHOPS,
    TOM,
    Stage,
)  # fmt: skip

EDITS = (
    (SHOPS, "offer_line", JUNE, "The first overnight tune-up of each bike, from brakes to wiring, comes at an opening price.", "The first night of each bike, brakes to wiring, comes at a price for the curious."),  # noqa: E501  # copy and tables read better whole
    (REMINDER, "offer_line", JUNE, "", "We would not wait: the first night costs $29 until May 31, 2027, and $49 after it."),
    (ANNOUNCE, "opening", JUNE, "If you have thought that too, this email is for you.", "If you have said that sentence, this email is for you."),
    (LINKEDIN, "hook", JUNE, "", "Friday at eleven: one bike is down, and the weekend orders are in."),
    (PRESS, "dateline", TOM, "", "Portland, March 23, 2027"),
    (BRIEF, "say_this", TOM, "Say it in your own words if you like.", "Say it as you would to a neighbor."),
    (CONCEPT, "visual_direction", TOM, "Photograph the moments that readers know from their own week, unposed and in available light.", "Photograph what readers know from their own week, without posing anybody."),  # noqa: E501  # copy and tables read better whole
    (AD, "headline_4", JUNE, "", "Your first night: $29"),
    (RIDERS, "faq_1_a", JUNE, "", "A mechanic with a name. The name stands in the text message that brings you the price, beside a photo of your bike as it came in."),  # noqa: E501  # copy and tables read better whole
    (HAMBURG, "faq_1_a", JUNE, "", "Dann steht dort eines unserer Leihräder mit Gepäckträger, ohne dass es Sie etwas kostet, bis Ihres fertig ist."),
)  # fmt: skip
"""(asset, field, who, passage, new words); without a passage the whole field is rewritten."""
EDITED = {(asset, field): who for asset, field, who, _old, _new in EDITS}


@pytest.fixture(scope="session")
def _drafted(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    folder = tmp_path_factory.mktemp("drafted") / "small-hours"
    shutil.copytree(EXAMPLE, folder)
    stage = Stage(folder)
    stage.run()
    return stage


@pytest.fixture(scope="session")
def _approved(_drafted: Stage, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    stage = _drafted.copy(tmp_path_factory.mktemp("approved") / "small-hours")
    for asset, field, who, old, new in EDITS:
        stands = stage.text(asset, field)
        assert old in stands, f"{asset}#{field} reads {stands!r}"
        stage.edit(asset, field, stands.replace(old, new) if old else new, by=who)
    stage.approve_all()
    return stage


@pytest.fixture
def fresh(tmp_path: Path) -> Stage:
    """The example as it comes: nothing has run."""
    return Stage(Path(shutil.copytree(EXAMPLE, tmp_path / "small-hours")))


@pytest.fixture
def drafted(_drafted: Stage, tmp_path: Path) -> Stage:
    """After the first run: everything drafted by the house, nothing approved."""
    return _drafted.copy(tmp_path / "small-hours")


@pytest.fixture
def approved(_approved: Stage, tmp_path: Path) -> Stage:
    """Before launch: half of the assets edited by people, everything approved, ready to be released."""
    return _approved.copy(tmp_path / "small-hours")
