"""How closely the campaign's workers are led while they write."""

from typing import Annotated, ClassVar, Literal

from concerted.campaign.leaf import Leaf
from concerted.campaign.sections.section import Section


class Protocol(Section):
    """How often workers check in, and whether the guard may stop them."""

    noun: ClassVar[str] = "protocol"
    check_in: Annotated[
        Literal["token", "sentence", "field", "draft"] | None,
        Leaf(
            "logistics",
            "exact",
            question="How often do workers ask whether to go on: after each token, sentence, field, or draft?",
            why="At a check-in a worker learns that the strategy changed or the campaign was paused. Sentence is usual.",
            good="sentence",
            bad="often",
            who_knows="the campaign manager",
        ),
    ] = None
    guard: Annotated[
        Literal["stop", "shadow"] | None,
        Leaf(
            "logistics",
            "exact",
            question="Does the guard stop a text that breaks a rule while it is written, or only note it (shadow)?",
            why="In shadow you see for a while what it would have stopped, before you let it.",
            good="stop",
            bad="on",
            who_knows="the campaign manager",
        ),
    ] = None
