"""What the pure core is given from other floors, as functions: rendering law, expansion, checks, matching. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from concerted.campaign.deliverable import Deliverable, DeliverableType
from concerted.campaign.draft import Trace
from concerted.campaign.facets import Facets, Tree, hash_value
from concerted.campaign.finding import Finding

if TYPE_CHECKING:
    from concerted.planning.trace import Law


@dataclass(frozen=True, slots=True)
class Recipe:
    """The configured way to draft a deliverable. `house` is the template source per language file; `prompt` is used when a model writes."""

    mode: Literal["house", "model"]
    house: str
    prompt: str = ""
    model: str = ""

    @property
    def hash(self) -> str:
        """Identity of the recipe: a changed template or model is another recipe."""
        return hash_value([self.mode, self.house, self.prompt, self.model])


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules as functions. All take the deliverable, so that channel, market and day of publication decide."""

    check: Callable[[Deliverable, Mapping[str, str], Facets, str], tuple[Finding, ...]]
    """(deliverable, words by field, facets, today) -> all findings."""
    guardrail: Callable[[Deliverable, Mapping[str, str], Facets, str], tuple[Finding, ...]]
    """The findings that make an existing text out of date when a guardrail changes."""
    guardrail_hash: Callable[[Facets], str]
    is_guardrail: Callable[[str], bool]
    """Path -> is this strategy line verified, not keyed?"""


@dataclass(frozen=True, slots=True)
class Matching:
    """How words are matched to facts."""

    says: Callable[[str, Facets], Trace]
    """Text -> certain says-edges with today's hashes."""
    fragments: Callable[[str, str, tuple[str, ...]], tuple[str, ...]]
    """(old value, new value, allowed texts) -> runs that are only in the old value."""
    carries: Callable[[str, tuple[str, ...]], tuple[str, ...]]
    """(text, fragments) -> those that it still carries."""
    segment: Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Roles:
    """Who answers what; from the strategy's approvals."""

    demanded: Callable[[Deliverable, Mapping[str, str], Facets], tuple[str, ...]]
    """(deliverable, words, facets) -> approval roles that this text needs, first role first."""
    people: Callable[[str, Deliverable | None, Facets], tuple[str, ...]]
    """(role, deliverable, facets) -> who may sign: who, deputy."""
    round: Callable[[str, Facets], int] = field(default=lambda _role, _facets: 0)
    """(role, facets) -> in which round it is asked; 0 where it does not wait for anybody."""


@dataclass(frozen=True, slots=True)
class Kit:
    """Everything `build` needs beside the stored state."""

    law: Law
    expand: Callable[[Facets], Mapping[str, Deliverable]]
    """Facets -> deliverables by id, upstream first."""
    types: Callable[[str], DeliverableType]
    recipe: Callable[[Deliverable], Recipe]
    rules: Rulebook
    matching: Matching
    roles: Roles
    facets: Callable[[Tree, Facets], Facets]
    """(adopted tree, adopted catalog) -> facets."""
    today: str
    renames: Callable[[Facets, frozenset[str]], Mapping[str, str]] = field(default=lambda _facets, _ids: {})
    """(facets, asset ids on main) -> old id -> new id, from `was:`."""
