"""One call to a model, for the books: for whom it was, how it ended, what it cost. How a model is called must never live here."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

Purpose: TypeAlias = Literal["draft", "repair", "again", "stronger", "judge", "read", "test"]
"""Why a model is called: a first draft, one mistake mended, again after a stop, a stronger model's turn, a judgement, reading, a trial."""
Ended: TypeAlias = Literal["", "done", "length", "refused", "stopped", "cancelled", "failed"]
"""How a call ended; empty while it is open. A call whose process died stays open and keeps what was put aside for it."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call. While it is open, `cost` is what was put aside for it; afterwards what it cost."""

    id: str
    run: str
    """Calls of one run share a cap."""
    model: str
    purpose: Purpose
    task: str = ""
    asset: str = ""
    worker: str = ""
    at: str = ""
    ended: Ended = ""
    tokens_in: int = 0
    tokens_out: int = 0
    cost: Decimal = Decimal(0)
    """US dollars."""
    estimated: bool = True
    """True where tokens and cost are our own estimate: the provider had no chance to count."""


@dataclass(frozen=True, slots=True)
class Caps:
    """How much may be spent, in US dollars; None is no cap."""

    run: Decimal | None = None
    campaign: Decimal | None = None
