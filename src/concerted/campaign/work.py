"""One call's worth of work for whoever writes, and what comes back. How a writer does it must never live here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from concerted.campaign.intervention import Intervention
from concerted.errors import Reason, Refused


@dataclass(frozen=True, slots=True)
class Work:
    """What a writer is asked: the fields of one group, the three parts of the prompt, and the words to fall back on."""

    task: str
    """Id of the task: the same work has the same id."""
    asset: str
    type: str
    group: str
    fields: tuple[str, ...]
    brief: str
    """What to write from; decides standing."""
    guardrails: str = ""
    """What to keep to; verified afterwards."""
    history: str = ""
    """In revise mode: what changed in what the earlier words were written from."""
    previous: Mapping[str, str] = field(default_factory=dict[str, str])
    """In revise mode: the words as they stand, by field."""
    fallback: Mapping[str, str] = field(default_factory=dict[str, str])
    """What the house writer says for these fields."""
    attempt: str = ""
    """Why this is asked again; empty the first time."""
    worker: str = ""
    """Whose work it is: a worker may have a model of its own."""
    locale: str = ""
    """The language of the answer; empty where any will do."""
    optional: tuple[str, ...] = ()
    """Fields that may be left empty."""
    shared: tuple[str, ...] = ()
    """Fields in which many assets rightly say the same."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a writer gave: words by field, None where the words that stand are kept. A field left out was not answered."""

    fields: Mapping[str, str | None]
    author: str
    """Who really wrote: the name of the model, or `house`."""
    calls: int = 1
    tokens: int = 0
    cost: Decimal = Decimal(0)
    estimated: bool = False
    """True where tokens and cost are our own estimate."""
    authors: Mapping[str, str] = field(default_factory=dict[str, str])
    """Who wrote a field, where that is somebody else."""
    interventions: tuple[Intervention, ...] = ()
    """Where the guard stopped it, in order."""


class Unwritten(Refused):
    """Nobody could write some of it: a person is needed. Carries what there is, and what it cost."""

    def __init__(self, answer: Answer, reasons: Iterable[Reason]) -> None:
        why = tuple(reasons)
        super().__init__("; ".join(reason.why for reason in why), reasons=why, next="write it with concerted edit, or fill in what is missing")
        self.answer = answer
