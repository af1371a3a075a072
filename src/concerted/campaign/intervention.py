"""What the guard says about a text while it is written, and what was done about it. How it finds out must never live here."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Level: TypeAlias = Literal["token", "sentence", "field", "draft"]
"""How much of a text has to be there before somebody looks: for the guard's checks, and for a worker's check-ins."""
LEVELS: tuple[Level, ...] = ("token", "sentence", "field", "draft")
"""The finest first."""
Step: TypeAlias = Literal["again", "stronger", "person", "none", "put back"]
"""After a stop: the same writer again with guidance, once a stronger one, then a person; nothing where the guard only watched.

`put back` is no stop: sentences that a revision had reworded without need stand again as they were.
"""
PUT_BACK = "put-back"
"""The rule under which sentences are put back."""


@dataclass(frozen=True, slots=True)
class Continue:
    """Nothing stands against the text so far."""


@dataclass(frozen=True, slots=True)
class Stop:
    """The text broke a rule: cancel the stream and ask again with the words that may stay and the reason why."""

    rule: str
    ref: str
    """The piece of strategy that the rule goes back to."""
    words: str
    """The words that broke it, as they stand."""
    field: str
    kept_prefix: str
    """The field's words up to the last good sentence."""
    guidance: str
    """One line for the writer: what not to say, why, by which ref."""
    level: Level = "token"
    written: int = 0
    """Tokens that had been written when it was stopped."""
    said: str = ""
    """The field as far as it had been written."""
    imprecise: bool = False
    """True where the rule was soft here and other signs were needed."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """The work itself is no longer wanted (a changed strategy, a pause, a note from a person): close the stream, ask nothing."""

    why: str


Verdict: TypeAlias = Continue | Stop | Cancel
"""What the guard answers each time it is shown more of a text."""
GO_ON = Continue()


@dataclass(frozen=True, slots=True)
class Intervention:
    """One stop of a draft in the making, for the record: what was said against it, what it saved, what was tried next."""

    task: str
    asset: str
    field: str
    rule: str
    ref: str
    words: str
    level: Level
    guidance: str
    step: Step
    tokens: int
    """Tokens that had been written."""
    saved: int
    """Tokens that were not written because of it; an estimate."""
    shadow: bool = False
    """True where the guard only watched: the text went on."""
    said: str = ""
    """The field as far as it had been written, the words at its end."""
    right: bool | None = None
    """Whether it was right to stop, once somebody (or the finished check) has looked; None before."""

    @property
    def is_put_back(self) -> bool:
        """Tell whether this is no stop, but sentences put back."""
        return self.step == "put back"


@dataclass(frozen=True, slots=True)
class Restored:
    """A revised field with its needlessly reworded sentences as they stood."""

    words: str | None
    """None where the whole field stands as it did."""
    sentences: tuple[str, ...]
    """Those that were put back."""
    refs: tuple[str, ...]
    """What had changed, and what none of these sentences says anything of."""
