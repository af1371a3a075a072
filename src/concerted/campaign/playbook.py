"""A campaign type as data: which deliverables it asks for, what each needs, when it is due and why.

Never here: reading a file (`catalog`) and turning a playbook into the assets of one campaign (`planning.expand`).
"""

import re
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Annotated, Any, Literal, TypeAlias, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from concerted.campaign.deliverable import NONE, Visibility
from concerted.campaign.scalars import SLUG
from concerted.campaign.spelling import did_you_mean
from concerted.errors import Problem, UserError

Dimension: TypeAlias = Literal["audience", "market"]
Tier: TypeAlias = Literal[1, 2, 3]
"""How big a campaign is: 1 is the biggest. What names a tier is made in campaigns of that tier and of bigger ones."""
SMALLEST: Tier = 3

LAUNCH = "launch"
"""The date that everything counts from unless another is named: the launch of the asset's market, the earliest one where it has none."""
WHY_SLOTS = ("audience", "market", "channel", "variant")

_OFFSET = re.compile(rf"(?:(?P<anchor>{SLUG}) ?)?(?P<sign>[+-])(?P<count>\d+)(?P<unit>wd|d)")


class Offset(BaseModel):
    """A day counted from a named date: `-10wd` is ten working days before launch, `staff-know -2d` two days before that date."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    anchor: str = LAUNCH
    days: int = 0
    working: bool = False


def _offset(value: object) -> object:
    if isinstance(value, int):
        return {"days": value}
    if not isinstance(value, str):
        return value
    found = _OFFSET.fullmatch(value.strip())
    if found is None:
        raise ValueError(f'"{value}" is not a day: write it like -10wd, +7d or staff-know -2wd')
    return {"anchor": found["anchor"] or LAUNCH, "days": int(found["sign"] + found["count"]), "working": found["unit"] == "wd"}


def _by_slug(value: object) -> object:
    """Let variants be a plain list where none of them differs from the rest."""
    plain: dict[str, object] = {}
    return {str(slug): plain for slug in cast("list[object]", value)} if isinstance(value, list) else value


Day: TypeAlias = Annotated[Offset, BeforeValidator(_offset)]
Slug: TypeAlias = Annotated[str, Field(pattern=rf"^{SLUG}$")]
Place: TypeAlias = Annotated[str, Field(pattern=rf"^({SLUG}|{NONE})$")]


def _slots_known(text: str) -> None:
    unknown = [name for _, name, _, _ in Formatter().parse(text) if name is not None and name not in WHY_SLOTS]
    if unknown:
        raise ValueError(f"why may name {', '.join(WHY_SLOTS)} in braces, not {', '.join(unknown)}")


class Lead(BaseModel):
    """How long the steps of an asset take, in working days: first draft and review before it is due, handing over before it runs."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    draft: Annotated[int, Field(ge=0)] | None = None
    """From the start of drafting to the start of review."""
    review: Annotated[int, Field(ge=0)] | None = None
    """From the start of review to the day by which it must be approved."""
    hand_over: Annotated[int, Field(ge=0)] | None = None
    """From handing over to the day it runs: what a printer, an editor or a platform needs."""

    def over(self, other: "Lead") -> "Lead":
        """Fill what is not said here from another."""
        said = {name: value for name, value in self.model_dump().items() if value is not None}
        return Lead(**{**other.model_dump(), **said})


class Step(BaseModel):
    """One step of launch day: what happens, when, who does it, how that is checked and taken back."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    say: Annotated[str, Field(min_length=1)]
    at: str = LAUNCH
    """A named date of the campaign, or the launch."""
    minutes: int = 0
    """Minutes after it, or before it where negative."""
    per: Literal["campaign", "market"] = "campaign"
    who: Literal["owner", "sponsor", "contact", "legal"] = "owner"
    types: tuple[Slug, ...] = ()
    """The deliverables that this step puts out."""
    after: tuple[Slug, ...] = ()
    """Steps that must be over before this one."""
    check: str = ""
    undo: str = ""


class Variant(BaseModel):
    """One member of a sequence or a set, with what differs from its deliverable."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    due: Day | None = None
    publish: Day | None = None
    tier: Tier = SMALLEST
    why: str = ""


class Planned(BaseModel):
    """One deliverable of a playbook: what is made, for whom, from what, by when.

    Without `per` there is one in the campaign, in its base language. With an audience it exists only where that audience lists
    the channel; with a market alone, where an audience of that market lists it, or where the strategy holds what `opened_by` names.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    type: Slug
    channel: Place = NONE
    per: tuple[Dimension, ...] = ()
    variants: Annotated[Mapping[Slug, Variant], BeforeValidator(_by_slug)] = {}
    needs: Mapping[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")], Slug] = {}
    """Name in templates -> deliverable of this playbook."""
    language: Literal["base", "market"] = "market"
    due: Day | None = None
    """The day by which the text must be approved."""
    publish: Day = Offset()
    phase: Slug = "launch"
    tier: Tier = SMALLEST
    """The smallest campaign that makes it; a small one does without what names a bigger tier."""
    why: Annotated[str, Field(min_length=1)]
    when: str = ""
    """A path of the strategy, such as `people`: without it, this is not made."""
    opened_by: str = ""
    """A path of the strategy, such as `contact`, that opens the channel although no audience lists it."""
    visibility: Visibility | None = None
    """Who may see it, where the type's own answer does not fit."""
    lead: Lead = Lead()
    """Where its steps take longer or shorter than the playbook says for all."""

    @model_validator(mode="after")
    def _sentences_fit(self) -> "Planned":
        for why in (self.why, *(variant.why for variant in self.variants.values())):
            _slots_known(why)
        return self

    def members(self) -> tuple[str, ...]:
        """Name the variants, one unnamed where there are none."""
        return tuple(self.variants) or (NONE,)

    def of(self, variant: str) -> Variant:
        """Answer what differs for a variant; nothing for one that is not known."""
        return self.variants.get(variant, Variant())


class Playbook(BaseModel):
    """A campaign type: its deliverables, by slug, in the order of the work."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    slug: Slug
    title: Annotated[str, Field(min_length=1)]
    summary: str = ""
    deliverables: Annotated[Mapping[Slug, Planned], Field(min_length=1)]
    lead: Lead = Lead()
    """How long the steps of each asset take."""
    run_of_show: Mapping[Slug, Step] = {}
    """The steps around launch day, in the order in which they are told."""

    @classmethod
    def from_data(cls, slug: str, data: Mapping[str, Any]) -> "Playbook":
        """Read a playbook from a parsed data file; all mistakes at once as one UserError."""
        try:
            playbook = cls.model_validate({**data, "slug": slug})
        except ValidationError as broken:
            raise UserError(f"The playbook {slug} cannot be read.", problems=map(_problem, broken.errors())) from broken
        problems = (*_dangling(playbook.deliverables), *_circles(playbook.deliverables))
        if problems:
            raise UserError(f"The playbook {slug} cannot be read.", problems=problems)
        return playbook

    def of_type(self, type: str, channel: str) -> tuple[str, Planned] | None:
        """Find the deliverable that plans a type, the one for the same channel first."""
        found = [(slug, planned) for slug, planned in self.deliverables.items() if planned.type == type]
        return next(((slug, planned) for slug, planned in found if planned.channel == channel), found[0] if found else None)


_SAID = {
    "missing": "is missing",
    "string_too_short": "is empty",
    "too_short": "is empty",
    "string_pattern_mismatch": "can only hold small letters, digits and hyphens",
    "extra_forbidden": "is not known here",
}
"""What pydantic says for programmers, said for those who write the file."""


def _problem(error: ErrorDetails) -> Problem:
    place = [str(part) for part in error["loc"]]
    said = _SAID.get(error["type"])
    message = f"{'.'.join(place)} {said}" if said else f"{'.'.join(place)}: {error['msg'].removeprefix('Value error, ')}"
    return Problem(message, _meant(place) if error["type"] == "extra_forbidden" else "", ref=".".join(place))


def _meant(place: list[str]) -> str:
    models: dict[int, type[BaseModel]] = {1: Playbook, 3: Planned, 5: Variant}
    model = models.get(len(place))
    return did_you_mean(place[-1], (name for name in model.model_fields if name != "slug")) if model else ""


def _dangling(deliverables: Mapping[str, Planned]) -> Iterator[Problem]:
    for slug, planned in deliverables.items():
        for alias, target in planned.needs.items():
            if target not in deliverables:
                message = f"{slug} needs {target}, which this playbook does not make"
                yield Problem(message, did_you_mean(target, deliverables), ref=f"deliverables.{slug}.needs.{alias}")


def _circles(deliverables: Mapping[str, Planned]) -> Iterator[Problem]:
    """Report each deliverable that needs itself, directly or through others."""
    for slug in deliverables:
        waiting, seen = [slug], set[str]()
        while waiting:
            planned = deliverables.get(waiting.pop())
            targets = set(planned.needs.values()) if planned else set[str]()
            waiting.extend(targets - seen)
            seen |= targets
        if slug in seen:
            yield Problem(f"{slug} needs itself, directly or through others", "take one of the needs out", ref=f"deliverables.{slug}.needs")
