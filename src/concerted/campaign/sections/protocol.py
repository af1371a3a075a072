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
            why="At a check-in a worker learns that the strategy changed, somebody left a note, or all is paused. Token stops it at once.",
            good="sentence",
            bad="often",
            who_knows="the campaign manager",
        ),
    ] = None
    judge: Annotated[
        Literal["never", "flagged", "sampled", "all"] | None,
        Leaf(
            "logistics",
            "exact",
            question="Which finished drafts does the judge model read: never any, flagged ones, also each fifth other (sampled), or all?",
            why="A second model sees what rules cannot. It gives advice and approves nothing; each look is a paid call. Sampled is usual.",
            good="sampled",
            bad="important ones",
            who_knows="the campaign manager",
        ),
    ] = None
    judge_may: Annotated[
        Literal["advise", "revise"] | None,
        Leaf(
            "logistics",
            "exact",
            question="May the judge only advise, or also ask the writer for one revision?",
            why="A revision costs one more call and is judged by the same rules as any draft. Revise is usual.",
            good="revise",
            bad="decide",
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
