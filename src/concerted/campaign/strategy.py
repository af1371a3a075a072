"""The campaign file as one type: `Strategy`, and what can be asked about any address in it.

Values stay as a person typed them; a strategy travels through the core as a tree (`tree_of`). No file is read here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, cast

import yaml
from pydantic import Field, ValidationError

from concerted.campaign.address import join, split
from concerted.campaign.facets import MEMBERS, Tree, Value
from concerted.campaign.finding import Finding
from concerted.campaign.leaf import Group, Leaf, Role
from concerted.campaign.mistakes import findings_of, mistyped, unknown_place
from concerted.campaign.scalars import AssetId, DayOrMoment, Language, Ref, Slug
from concerted.campaign.sections.aim import Campaign, Message, News, Objective, Positioning
from concerted.campaign.sections.audience import Audience
from concerted.campaign.sections.keeping import Approval, Budget, Contact, HandedOver
from concerted.campaign.sections.market import CallToAction, Market, Offer
from concerted.campaign.sections.outside import Outside
from concerted.campaign.sections.proof import Claim, Competitor, Confidential, Person
from concerted.campaign.sections.protocol import Protocol
from concerted.campaign.sections.section import Section
from concerted.campaign.sections.voice import Brand, Lengths
from concerted.campaign.shape import Entries, Fields, Shape, Slot, below, leaves, shape_of
from concerted.errors import UserError

ADDRESSED = "(members)"
"""How a public address spells the list of short names in a map."""

_DATE = Leaf(
    "logistics",
    form="date",
    question="On which day, or at which moment in whose time zone?",
    why="Steps are counted back from it. Known names: freeze, embargo, go-no-go; all others are yours.",
    good="2027-03-08 14:00 America/Chicago",
    bad="shortly before launch",
    who_knows="the campaign manager",
)
_EXTRA = Leaf(
    "logistics",
    "exact",
    question="Add this piece, or drop it?",
    why="The playbook proposes; this line decides, for one piece.",
    good="add",
    who_knows="the campaign manager",
)
Deliverables: TypeAlias = dict[AssetId, Annotated[Literal["add", "drop"], _EXTRA]]
Wordings: TypeAlias = dict[
    Language,
    Annotated[dict[Ref, Lengths], Group("One text each, by the address of what it words.", dotted=True)],
]


class Strategy(Section):
    """A campaign file, valid in itself: types, required answers, no unknown keys."""

    noun: ClassVar[str] = "the campaign file"
    campaign: Annotated[Campaign, Group("Whose campaign this is, and which playbook it follows.")]
    news: Annotated[News | None, Group("What is new, against what, and what is not.")] = None
    objectives: Annotated[dict[Slug, Objective], Group("Results that can be checked afterwards.")] = Field(default_factory=dict)
    positioning: Annotated[Positioning, Group("The place you claim in the reader's head.")]
    messages: Annotated[dict[Slug, Message], Group("What the audience should remember.")] = Field(default_factory=dict)
    claims: Annotated[dict[Slug, Claim], Group("Facts that may be stated, with evidence and limits.")] = Field(default_factory=dict)
    people: Annotated[dict[Slug, Person], Group("People who may be quoted or named.")] = Field(default_factory=dict)
    offers: Annotated[dict[Slug, Offer], Group("What somebody gets for acting now.")] = Field(default_factory=dict)
    ctas: Annotated[dict[Slug, CallToAction], Group("The next steps that readers can take.")] = Field(default_factory=dict)
    audiences: Annotated[dict[Slug, Audience], Group("Whom you write to.")] = Field(default_factory=dict)
    markets: Annotated[dict[Slug, Market], Group("Where you launch: one market in one language each.")] = Field(default_factory=dict)
    brand: Annotated[Brand | None, Group("How you speak.")] = None
    competitors: Annotated[dict[Slug, Competitor], Group("Rivals, as dated facts.")] = Field(default_factory=dict)
    confidential: Annotated[Confidential | None, Group("What stays inside, and until when.")] = None
    approvals: Annotated[dict[Slug, Approval], Group("Whose yes is needed for what.")] = Field(default_factory=dict)
    protocol: Annotated[Protocol | None, Group("How closely workers are led while they write.")] = None
    dates: Annotated[dict[Slug, Annotated[DayOrMoment, _DATE]], Group("Days and moments that everybody must know.")] = Field(default_factory=dict)
    handed_over: Annotated[dict[Slug, HandedOver], Group("What has left the house, to whom, and how to set it right.")] = Field(default_factory=dict)
    budget: Annotated[Budget | None, Group("The money, in lines that add up.")] = None
    contact: Annotated[Contact | None, Group("Whom the press calls.")] = None
    outside: Annotated[dict[Slug, Outside], Group("Pictures, video, decks, a booth: what people and agencies make.")] = Field(default_factory=dict)
    deliverables: Annotated[Deliverables, Group("Pieces added to the playbook's, or dropped.", dotted=True)] = Field(default_factory=dict)
    wordings: Annotated[Wordings, Group("Texts in other languages and lengths.")] = Field(default_factory=dict)


@cache
def shape() -> Fields:
    """Give the schema as a walkable tree."""
    return shape_of(Strategy)


def keys_of(path: str) -> tuple[str, ...]:
    """Split a public address into the keys that lead to it in the tree; `claims.wait.full`, `positioning.promise@de.h30`."""
    return split(shape(), path)


def path_of(keys: Iterable[str]) -> str:
    """Give the public address of keys in the tree."""
    return join(keys)


@lru_cache(maxsize=32768)
def leaf_at(path: str) -> Leaf | None:
    """Look up what the schema says about a public address; None where there is no leaf, or no wording may stand."""
    keys = keys_of(path)
    found = below(shape(), keys)
    if not isinstance(found, Slot):
        return None
    if keys[0] != "wordings":
        return found.leaf
    source = leaf_at(keys[2])
    if source is None or not source.worded:
        return None
    return source if keys[3] == "text" else replace(source, form="none")


def role_of(path: str) -> Role:
    """Tell how a change of this address is treated; a map has the role that all its leaves share, else it is a message."""
    if path.startswith("channel."):
        return "guardrail"
    place = path.removesuffix(f".{MEMBERS}").removesuffix(ADDRESSED).rstrip(". ")
    leaf = leaf_at(place)
    if leaf is not None:
        return leaf.role
    found = below(shape(), keys_of(place))
    shared: set[Role] = {leaf.role for name, leaf in leaves(found) if not name.endswith(".was")} if found else set()
    return shared.pop() if len(shared) == 1 else "message"


def is_exact(path: str) -> bool:
    """Tell whether white space counts at this address (legal lines, addresses, codes)."""
    leaf = leaf_at(path)
    return leaf is not None and leaf.text == "exact"


def all_leaves() -> tuple[tuple[str, Leaf], ...]:
    """List every leaf of the schema with its generic address (`claims.*.full`), in the order in which a person is asked."""
    return tuple(leaves(shape()))


def about(path: str) -> str:
    """Say what a part or map of the file is for; empty where the schema knows nothing of it."""
    found = below(shape(), keys_of(path))
    match found:
        case Entries():
            return found.group.about
        case Fields():
            return found.about
        case _:
            return ""


def coerce(path: str, text: str) -> Any:
    """Type the text of `--set PATH=TEXT` by the schema. A new short name is fine, an unknown field is a UserError."""
    keys = keys_of(path)
    found = below(shape(), keys)
    if not isinstance(found, Slot) or leaf_at(path) is None:
        raise UserError(f"{path} cannot be set.", problems=[unknown_place(shape(), keys, path)])
    _check_names(keys, path)
    try:
        value = found.adapter.validate_python(_items(text) if found.many else _scalar(text))
    except ValidationError as error:
        raise UserError(f"{path} cannot be set to this.", problems=mistyped(error, path)) from error
    if value in ("", None):
        raise UserError(f"{path} cannot be set to nothing; to take it out, use --unset {path}.")
    return value


def typed(path: str, text: str) -> Value | None:
    """Type a text by the schema, as `coerce` does, as the core holds it; None where the line cannot hold it."""
    try:
        value = coerce(path, text)
    except UserError:
        return None
    return tuple(cast(list[str], value)) if isinstance(value, list) else value


def first_line(path: str) -> str:
    """Give the line with which an entry of a map begins (`messages.NAME.pillar`); empty where the address is no map of entries."""
    found = below(shape(), keys_of(path))
    if not isinstance(found, Entries) or not isinstance(found.of, Fields):
        return ""
    lines = {name: place for name, place in found.of.fields.items() if isinstance(place, Slot)}
    first = next((name for name in lines if name in found.of.required), next((name for name, place in lines.items() if place.leaf.needed), ""))
    return f"{path}.NAME.{first}" if first else ""


def is_required(path: str) -> bool:
    """Tell whether no campaign file can be without this line."""
    keys = keys_of(path)
    top = shape().fields.get(keys[0])
    return len(keys) == 2 and keys[0] in shape().required and isinstance(top, Fields) and keys[1] in top.required


def in_order(tree: Mapping[str, Any], place: Shape | None = None) -> dict[str, Any]:
    """Put fixed fields into the schema's order; what people name stays in theirs."""
    here = place or shape()
    known = [key for key in here.fields if key in tree] if isinstance(here, Fields) else []
    found: dict[str, Any] = {}
    for key in (*known, *(key for key in tree if key not in known)):
        part, inside = tree[key], below(here, (key,))
        found[key] = in_order(cast(Mapping[str, Any], part), inside) if isinstance(part, Mapping) and inside else part
    return found


def _scalar(text: str) -> str:
    """Take a quoted YAML text for what it says, and anything else as it was typed."""
    node = _composed(text)
    return str(node.value) if isinstance(node, yaml.ScalarNode) and node.style in ("'", '"') else text


def _items(text: str) -> list[str]:
    """Read `[a, b]`, or `a, b` without brackets."""
    node = _composed(text)
    if isinstance(node, yaml.SequenceNode):
        return [str(item.value) for item in node.value]
    return [part.strip() for part in text.split(",") if part.strip()]


def _composed(text: str) -> yaml.Node | None:
    try:
        return yaml.SafeLoader(text).get_single_node()
    except yaml.YAMLError:
        return None


def _check_names(keys: tuple[str, ...], path: str) -> None:
    """Refuse a short name that the schema would not accept as a key."""
    for depth, name in enumerate(keys):
        holder = below(shape(), keys[:depth])
        if isinstance(holder, Entries):
            try:
                holder.key_adapter.validate_python(name)
            except ValidationError as error:
                raise UserError(f"{path} cannot be set.", problems=mistyped(error, path)) from error


def validate(raw: Mapping[str, Any]) -> tuple[Strategy | None, tuple[Finding, ...]]:
    """Type a raw tree (texts as typed, or a tree as `tree_of` gives it): the strategy, or every mistake as a sentence."""
    try:
        return Strategy.model_validate(raw), ()
    except ValidationError as error:
        return None, findings_of(error, shape())


def tree_of(strategy: Strategy) -> Tree:
    """Give a strategy as the tree that the core works on: fixed fields in the schema's order, short names in the person's.

    What is empty says nothing and is not there, maps included.
    """
    return _filled(strategy.model_dump(mode="json", by_alias=True, exclude_none=True))


def edited(tree: Tree, edits: Iterable[tuple[str, Value | None]]) -> dict[str, Any]:
    """Make edits `(ref, new value)` on a tree, None takes out: what comes is last among its neighbours, what becomes empty goes."""
    copy = _filled(tree)
    for ref, value in edits:
        keys = keys_of(ref)
        node = copy
        for key in keys[:-1]:
            node = node.setdefault(key, {})
        if value is None:
            node.pop(keys[-1], None)
        else:
            node[keys[-1]] = list(value) if isinstance(value, tuple) else value
    return _filled(copy)


def _filled(node: Mapping[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, part in node.items():
        kept = _filled(cast(Mapping[str, Any], part)) if isinstance(part, Mapping) else part
        if kept not in ({}, [], "", None):
            out[key] = kept
    return out


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema of the campaign file for editors, with the questions as descriptions."""
    schema = Strategy.model_json_schema(by_alias=True)
    files = {
        "type": "array",
        "items": {"type": "string"},
        "description": "Further files of this campaign, relative to this one: YAML, and tables as .csv or .xlsx.",
    }
    schema["properties"] = {**schema["properties"], "include": files}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Concerted campaign file", **schema}
