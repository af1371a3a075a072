"""A line of the campaign: what `main` is, and what a Change would make of it. And the whole state that the store keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from concerted.campaign.change import Answer, Change
from concerted.campaign.dismissal import Dismissal
from concerted.campaign.draft import Draft, Trace
from concerted.campaign.facets import Facets, Value
from concerted.campaign.intervention import Intervention
from concerted.campaign.opinion import Opinion
from concerted.campaign.proposal import Proposal
from concerted.campaign.review import Clearance, Remark, Round


@dataclass(frozen=True, slots=True)
class Approval:
    """A signature under words: it binds the role, the hashes of the texts and of the facts that they state, not a draft."""

    asset: str
    role: str
    by: str
    at: str
    texts: Mapping[str, str]
    facts: Trace = ()


FOLLOWS_LATER = "it follows later"
"""Why an asset was left where nobody has to answer anything about it."""


@dataclass(frozen=True, slots=True)
class Left:
    """An asset or a wording that stayed out of a landing, and for whom it waits. Holds while its text and its sources stay."""

    who: str
    why: str
    digest: str
    on: str = ""
    """The left asset or `wording:REF` that it reads, where it is left for that alone."""
    answers: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    """What people answered about it before it was left: each holds on for the pair of texts that it was given for."""

    @property
    def next(self) -> str:
        """The command that goes on with it."""
        return "concerted change --left" if self.why == FOLLOWS_LATER else "concerted decide"


@dataclass(frozen=True, slots=True)
class Line:
    """One head: strategy, text pointers, ownership, approvals, and what people said about them."""

    tree: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """The adopted strategy."""
    catalog: Facets = field(default_factory=dict[str, Value])
    """Channel limits as adopted, by facet path."""
    texts: Mapping[str, Draft] = field(default_factory=dict[str, Draft])
    owned: Mapping[str, str] = field(default_factory=dict[str, str])
    """`asset#field` -> owner."""
    locked: Mapping[str, str] = field(default_factory=dict[str, str])
    """Asset -> who locked it: all its fields count as owned by that person."""
    approvals: Mapping[str, tuple[Approval, ...]] = field(default_factory=dict[str, tuple[Approval, ...]])
    excluded: Mapping[str, str] = field(default_factory=dict[str, str])
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    refused: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """`asset#field` -> hashes of texts that a person sent back."""
    left: Mapping[str, Left] = field(default_factory=dict[str, Left])
    """Asset id or `wording:REF` -> why it waits."""
    of: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """`REF#hash of the wording` -> hashes of the source texts that these words are known to be right for."""
    settled: frozenset[tuple[str, str]] = frozenset()
    """(text hash, old fragment) that a person confirmed as still true."""

    def owner_of(self, asset: str, name: str) -> str:
        """Name who owns a field; empty where nobody does."""
        return self.owned.get(f"{asset}#{name}") or self.locked.get(asset, "")


@dataclass(frozen=True, slots=True)
class Result:
    """What a writer gave for one task; stored the moment it returns. `fields[name]` None means KEEP."""

    task: str
    asset: str
    fields: Mapping[str, str | None]
    author: str
    guardrails: str
    error: str = ""
    calls: int = 1
    tokens: int = 0
    cost: str = "0"
    estimated: bool = False
    authors: Mapping[str, str] = field(default_factory=dict[str, str])
    """Who wrote a field, where that is not `author`."""

    @property
    def stands(self) -> bool:
        """Tell whether it keeps its place: what came back first stands, a late double changes nothing; only what failed gives way."""
        return not self.error


@dataclass(frozen=True, slots=True)
class Released:
    """A manifest of drafts that belong to one strategy."""

    id: str
    strategy: str
    at: str
    by: str
    groups: tuple[str, ...]
    assets: Mapping[str, str]
    """Asset id -> draft id."""
    waived: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """One adopted strategy."""

    number: int
    hash: str
    at: str
    by: str
    title: str
    edits: tuple[tuple[str, Value, Value], ...]
    tree: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    """All that is stored of one campaign."""

    main: Line = field(default_factory=Line)
    head: int = 0
    """Counts main's heads; landing swaps it by compare-and-set."""
    changes: Mapping[str, Change] = field(default_factory=dict[str, Change])
    drafts: Mapping[str, tuple[Draft, ...]] = field(default_factory=dict[str, tuple[Draft, ...]])
    """Asset -> every stored draft, the one last current at the end."""
    results: Mapping[str, Result] = field(default_factory=dict[str, Result])
    releases: Mapping[str, Released] = field(default_factory=dict[str, Released])
    versions: tuple[Version, ...] = ()
    people_texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """`asset#field` -> texts of people from abandoned Changes, still offered."""
    declined: Mapping[str, Value] = field(default_factory=dict[str, Value])
    """Ref -> value of an abandoned file edit: `run` does not offer the same again."""
    interventions: Mapping[str, Intervention] = field(default_factory=dict[str, Intervention])
    """Where the guard stopped a writer, or would have, in order; each under an id of its own."""
    opinions: Mapping[str, Opinion] = field(default_factory=dict[str, Opinion])
    """What judge models said of finished drafts, by task."""
    paused: Mapping[str, str] = field(default_factory=dict[str, str])
    """Who paused the campaign, under the empty key: nothing is written by a model until somebody resumes it."""
    dismissed: Mapping[str, Dismissal] = field(default_factory=dict[str, Dismissal])
    """`asset#field|rule|hash of the words` -> the remark that a person let stand there."""
    proposals: Mapping[str, Proposal] = field(default_factory=dict[str, Proposal])
    """What outsiders proposed and nobody has answered yet."""
    remarks: Mapping[str, tuple[Remark, ...]] = field(default_factory=dict[str, tuple[Remark, ...]])
    """`asset#field` or asset id -> what readers said about it, oldest first."""
    cleared: Mapping[str, Clearance] = field(default_factory=dict[str, Clearance])
    """`role|hash of a sentence` -> who cleared it."""
    rounds: Mapping[str, Round] = field(default_factory=dict[str, Round])
    """Reader (a role, or "everyone") -> the last round of reading copies."""

    def last_released(self) -> dict[str, str]:
        """Asset -> the draft that was released last: what is out is no draft any more."""
        return {asset: draft for released in self.releases.values() for asset, draft in released.assets.items()}
