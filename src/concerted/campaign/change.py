"""A Change: an edited strategy beside the campaign. It stores edits, answers and people's texts; everything else is built from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from concerted.campaign.facets import Value

Origin: TypeAlias = Literal["file", "set", "answer", "rollback"]
AnswerKind: TypeAlias = Literal["take", "keep", "text", "redraft", "leave"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One edited ref. `old` is main's value when the edit was entered; None stands for absent."""

    ref: str
    new: Value
    old: Value
    origin: Origin
    of: str = ""
    """For a wording: hash of the source text that stood on its line when the words were entered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A person's answer to one item. It holds for this pair of texts and for nothing else."""

    kind: AnswerKind
    by: str
    at: str
    main: str
    """Hash of main's text when the answer was given."""
    proposal: str
    """Hash of the proposal that was shown."""
    text: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A text that a person entered for one field."""

    value: str
    by: str
    base: str | None = None
    """The machine's rendering that the person saw."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a pull request is to code. `build` computes its line from these parts alone."""

    id: str
    title: str
    by: str
    opened: str
    edits: Mapping[str, Edit] = field(default_factory=dict[str, Edit])
    answers: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    texts: Mapping[str, Words] = field(default_factory=dict[str, Words])
    """`asset#field` -> a person's words entered on this Change."""
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Asset -> notes of redraft requests made on this Change."""
    refused: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """`asset#field` -> hashes of texts sent back on this Change."""
    revisit: frozenset[str] = frozenset()
    """Assets and wordings whose left question is taken up again here."""
    recipes: bool = False
    """True where people asked to redraft for a changed recipe."""
    upkeep: bool = False
    """True where it catches up with what time or a rule made out of date, without any edit."""
    hold: bool = False
    rehearsal: bool = False

    def with_answers(self, answers: Mapping[str, Answer]) -> "Change":
        """Return the Change with more answers."""
        return replace(self, answers={**self.answers, **answers})

    def with_edits(self, edits: Mapping[str, Edit]) -> "Change":
        """Return the Change with these edits on top; an edit back to the value it started from drops out."""
        merged = {**self.edits, **edits}
        return replace(self, edits={ref: edit for ref, edit in merged.items() if edit.new != edit.old})

    def is_empty(self) -> bool:
        """Tell whether nothing is left that would alter the campaign."""
        return not (self.edits or self.texts or self.notes or self.revisit or self.upkeep or self.recipes)


NO_CHANGE = Change("", "", "", "")
"""Stands for main itself where a line is built without a Change."""
