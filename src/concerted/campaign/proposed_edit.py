"""A proposed edit: a line of the strategy that somebody's words seem to change. It changes nothing until a person accepts it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from concerted.campaign.facets import Value
from concerted.errors import Reason, Refused

Certainty: TypeAlias = Literal["exact", "normalised", "nearest"]
"""How surely the words mean this line: its value or name stands in them; so written otherwise; or it is the nearest by its words."""
CERTAIN: tuple[Certainty, ...] = ("exact", "normalised")
"""What may be taken without asking; the nearest line is always a person's choice."""
NO_PROOF = "no proof"
"""The flag of a statement that no evidence of the strategy supports."""
NEEDS_WORDING = "needs wording"
"""The flag of words that are not yet a line."""
ASK_FIRST = "ask first"
"""The flag of a line that words alone never change: a person has to look."""
GUARDED = ("approvals.", "protocol.", "confidential.", "budget.", "markets.", "campaign.", "brand.", "people.")
"""Parts that nobody changes by a mail: who signs, what is secret, the money, the law, other people's words."""


@dataclass(frozen=True, slots=True)
class ProposedEdit:
    """One edit that somebody's words ask for. `new` None takes the line out; `quote` is what they wrote, word for word."""

    ref: str
    old: Value
    new: Value
    quote: str
    certainty: Certainty
    flags: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Other refs that the same words may mean, the nearest first."""
    source: str = ""
    """Where the words stand: a file, a mail, a worker's name."""

    @property
    def is_certain(self) -> bool:
        """Tell whether it may be taken without asking."""
        return self.certainty in CERTAIN and not self.flags


def guarded(edit: ProposedEdit) -> ProposedEdit:
    """Flag an edit of a part that nobody changes by a mail without a person having looked; when a market launches is said in mails."""
    wary = edit.ref.startswith(GUARDED) and not edit.ref.endswith(".launch") and ASK_FIRST not in edit.flags
    return replace(edit, flags=(*edit.flags, ASK_FIRST)) if wary else edit


def accepted(edits: Iterable[ProposedEdit]) -> dict[str, Value]:
    """Turn accepted edits into the rows of a change. Raises Refused where two of them want different things of one line."""
    rows: dict[str, Value] = {}
    quotes: dict[str, str] = {}
    clashes: list[Reason] = []
    for edit in edits:
        if edit.ref in rows and rows[edit.ref] != edit.new:
            why = f"{edit.ref} is wanted in two ways: “{quotes[edit.ref]}” and “{edit.quote}”"
            clashes.append(Reason(why, f'concerted change --set {edit.ref}="the one that holds"'))
            continue
        if edit.old != edit.new:
            rows[edit.ref] = edit.new
            quotes[edit.ref] = edit.quote
    if clashes:
        raise Refused("The accepted edits contradict each other. Nothing was written.", reasons=clashes)
    return rows
