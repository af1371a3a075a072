"""What follows a stop: guidance, a stronger writer, a person; and which rules stopped wrongly too often to be trusted alone."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from concerted.campaign.intervention import Intervention, Step, Stop
from concerted.rules.reading import find_run, words_of

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


def judged(found: Iterable[Intervention], signed: Mapping[str, str]) -> tuple[Intervention, ...]:
    """Judge stops by what people did afterwards: a stop was wrong where the very words stand in a text that somebody signed or wrote.

    `signed` gives such texts by `asset#field`; a stop on any other field is not judged yet. What was judged before stays so.
    """
    out: list[Intervention] = []
    for one in found:
        text = signed.get(f"{one.asset}#{one.field}")
        known = one.right is not None or text is None or one.is_put_back
        out.append(one if known else replace(one, right=find_run(words_of(text or ""), words_of(one.words)) < 0))
    return tuple(out)


def demotions(found: Iterable[Intervention]) -> tuple[Demotion, ...]:
    """List what is to count as soft, from stops that somebody has judged: single refs first, then rules by what is left of them."""
    known = [one for one in found if one.right is not None]
    refs = _imprecise(known, lambda one: (one.rule, one.ref))
    out = {(found.rule, found.ref) for found in refs}
    rules = _imprecise([one for one in known if (one.rule, one.ref) not in out], lambda one: (one.rule, ""))
    return (*refs, *rules)


def _imprecise(found: Sequence[Intervention], by: Callable[[Intervention], tuple[str, str]]) -> tuple[Demotion, ...]:
    stops = Counter(map(by, found))
    right = Counter(by(one) for one in found if one.right)
    counted = (Demotion(*key, stops[key], right[key]) for key in sorted(stops) if stops[key] >= ENOUGH)
    return tuple(one for one in counted if one.precision < PRECISION)
