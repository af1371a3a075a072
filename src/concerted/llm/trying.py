"""How often a draft is tried, and with whom: pure decisions over what was wrong with the answers so far."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from concerted.llm.examining import Trouble

Again: TypeAlias = Literal["again", "repair", "stronger"]
STOPS = 2
"""How often a draft that was stopped goes on with the same model."""
REPAIRS = 1
"""How often a model may mend an answer that could not be taken; a small one on this machine may twice, which makes three answers."""
FOR_A_FACT = ("missing",)
"""No model can help where the strategy does not say it."""
NOT_BY_THE_SAME = ("refused", *FOR_A_FACT)


@dataclass(frozen=True, slots=True)
class Tries:
    """What was tried after the first call."""

    stops: int = 0
    repairs: int = 0
    stronger: bool = False

    def after(self, step: Again) -> "Tries":
        """Count one more try."""
        match step:
            case "again":
                return replace(self, stops=self.stops + 1)
            case "repair":
                return replace(self, repairs=self.repairs + 1)
            case "stronger":
                return replace(self, stronger=True)


def next_try(tries: Tries, troubles: Mapping[str, Trouble], repairs: int, has_stronger: bool) -> Again | None:
    """Decide who writes what is still open: the same model after a stop, the same once more with the finding, a stronger one; None for nobody."""
    kinds = {trouble.kind for trouble in troubles.values()}
    if tries.stronger or kinds <= set(FOR_A_FACT):
        return None
    if "drift" in kinds and tries.stops < STOPS:
        return "again"
    if kinds - {"drift", *NOT_BY_THE_SAME} and tries.repairs < repairs:
        return "repair"
    return "stronger" if has_stronger else None
