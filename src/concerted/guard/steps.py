"""What follows a stop: guidance, a stronger writer, a person; and which rules stopped wrongly too often to be trusted alone."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from concerted.campaign.intervention import Intervention, Step, Stop

AGAIN = 2
"""So many interventions a draft go back to the same writer; the next goes to a stronger one, the one after that to a person."""
ENOUGH = 50
"""So many judged stops say how precise a rule is."""
PRECISION = 0.9


@dataclass(frozen=True, slots=True)
class Demotion:
    """A rule, or one ref of it, whose stops were too often wrong: it counts as soft until somebody has mended it."""

    rule: str
    ref: str
    """Empty where the rule as a whole is meant."""
    stops: int
    right: int

    @property
    def precision(self) -> float:
        """The share of stops that were right."""
        return self.right / self.stops

    @property
    def key(self) -> str:
        """What a post's `demoted` names it by."""
        return self.ref or self.rule


def next_step(before: Iterable[Intervention]) -> Step:
    """Say what follows the next stop of a draft, given the interventions that it had."""
    count = sum(not one.shadow for one in before)
    return "again" if count < AGAIN else "stronger" if count == AGAIN else "person"


def intervene(stop: Stop, task: str, asset: str, before: Sequence[Intervention] = (), expected: int = 0, *, shadow: bool = False) -> Intervention:
    """Make the record of a stop. `expected` is how many tokens the whole call was expected to have."""
    return Intervention(
        task, asset, stop.field, stop.rule, stop.ref, stop.words, stop.level, stop.guidance, next_step(before),
        tokens=stop.written, saved=max(0, expected - stop.written), shadow=shadow,
    )  # fmt: skip


def demotions(judged: Iterable[Intervention]) -> tuple[Demotion, ...]:
    """List what is to count as soft, from stops that somebody has judged: single refs first, then rules by what is left of them."""
    known = [one for one in judged if one.right is not None]
    refs = _imprecise(known, lambda one: (one.rule, one.ref))
    out = {(found.rule, found.ref) for found in refs}
    rules = _imprecise([one for one in known if (one.rule, one.ref) not in out], lambda one: (one.rule, ""))
    return (*refs, *rules)


def _imprecise(judged: Sequence[Intervention], by: Callable[[Intervention], tuple[str, str]]) -> tuple[Demotion, ...]:
    stops = Counter(map(by, judged))
    right = Counter(by(one) for one in judged if one.right)
    found = (Demotion(*key, stops[key], right[key]) for key in sorted(stops) if stops[key] >= ENOUGH)
    return tuple(one for one in found if one.precision < PRECISION)
