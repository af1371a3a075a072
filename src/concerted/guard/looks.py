"""Which finished drafts a judge model looks at, by the campaign's protocol. Pure: no model is asked here."""

from dataclasses import dataclass

from concerted.campaign.facets import hash_value
from concerted.campaign.opinion import Reason


@dataclass(frozen=True, slots=True)
class Look:
    """That a draft is judged: why, and whether the judge may ask for a revision."""

    reason: Reason
    may_revise: bool


ONE_IN = 5
"""Of drafts with nothing against them, each fifth is judged where drafts are sampled."""


def look_reason(wanted: str, soft: bool, task: str) -> Reason | None:
    """Decide whether a draft is judged. Which ones are drawn depends on the task alone, so that a second run draws the same."""
    match wanted:
        case "never":
            return None
        case "all":
            return "all"
        case _ if soft:
            return "flagged"
        case "sampled":
            return "sampled" if int(hash_value([task, "judge"])[:8], 16) % ONE_IN == 0 else None
        case _:
            return None
