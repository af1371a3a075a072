"""Where a text runs: its fields and their dated, sourced limits, as the library's data files give them.

Never here: reading a file (`catalog`) and counting a text (`rules.limits`).
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from concerted.campaign.deliverable import Count, Visibility
from concerted.campaign.facets import Value
from concerted.errors import Problem, UserError

Confidence: TypeAlias = Literal["verified", "reported", "conflicting", "unverified"]
"""Read at the platform; read at a third party; sources disagree and the safe figure was taken; general knowledge, not looked up yet."""
Preview: TypeAlias = Literal["mail", "post", "card", "search", "ads", "text", "push", "page", "article", "film", "document"]
"""How a preview shows what runs here: which frame the words are put into."""

FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*")


def _day(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


class Limit(BaseModel):
    """One number with its papers: where it was read, when, and how sure we are."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    value: Annotated[int, Field(gt=0)]
    unit: Count | Literal["items"]
    source: Annotated[str, Field(min_length=1)]
    verified_on: Annotated[str, BeforeValidator(_day), Field(pattern=r"^(\d{4}-\d{2}(-\d{2})?)?$")] = ""
    confidence: Confidence = "unverified"
    note: str = ""

    @model_validator(mode="after")
    def _dated_where_verified(self) -> "Limit":
        if (self.confidence == "unverified") is bool(self.verified_on):
            raise ValueError("a limit carries verified_on exactly when somebody has read it somewhere (any confidence but unverified)")
        return self


class ChannelField(BaseModel):
    """One place for words in a channel. `max` stops a release, `recommended` is advice, items count how many such texts there are."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    label: Annotated[str, Field(min_length=1)]
    count: Count = "characters"
    font_px: Annotated[int, Field(ge=0)] = 0
    """Font size for the count `pixels`."""
    max: Limit | None = None
    recommended: Limit | None = None
    shown: Limit | None = None
    """Where readers see the text cut or folded; for previews, nothing is judged by it."""
    min_items: Limit | None = None
    max_items: Limit | None = None
    note: str = ""

    @model_validator(mode="after")
    def _one_way_of_counting(self) -> "ChannelField":
        for name, limit in (("max", self.max), ("recommended", self.recommended), ("shown", self.shown)):
            if limit and limit.unit != self.count:
                raise ValueError(f"{name} is given in {limit.unit}, the field counts {self.count}")
        for name, limit in (("min_items", self.min_items), ("max_items", self.max_items)):
            if limit and limit.unit != "items":
                raise ValueError(f"{name} counts items, not {limit.unit}")
        if (self.count == "pixels") is not bool(self.font_px):
            raise ValueError("font_px goes with the count pixels, and only with it")
        if self.max and self.recommended and self.recommended.value > self.max.value:
            raise ValueError("recommended is longer than max")
        if self.max and self.shown and self.shown.value > self.max.value:
            raise ValueError("more is shown than max allows")
        return self

    def figures(self) -> Iterable[tuple[str, Limit]]:
        """Pair each figure that is set with its name: the limits, and how much of the text is shown."""
        return (*self.limits(), *((("shown", self.shown),) if self.shown else ()))

    def limits(self) -> Iterable[tuple[str, Limit]]:
        """Pair each limit that is set with its name."""
        named = (("max", self.max), ("recommended", self.recommended), ("min_items", self.min_items), ("max_items", self.max_items))
        return ((name, limit) for name, limit in named if limit)


class Tags(BaseModel):
    """How links out of a channel are counted: `utm_source` and `utm_medium`. Small letters, digits and hyphens, as analytics tell them apart."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    source: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    medium: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]


class Channel(BaseModel):
    """A channel as data. Users bring their own beside the campaign; the shape is the same."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    slug: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    name: Annotated[str, Field(min_length=1)]
    summary: str = ""
    visibility: Visibility = "public"
    """Who can see what runs here, at the widest."""
    preview: Preview = "document"
    more: str = ""
    """What readers tap where the text is folded, such as "see more"."""
    fold: Limit | None = None
    """How much of a page is seen before scrolling, in pixels; for previews, nothing is judged by it."""
    utm: Tags | None = None
    """Without it links are not tagged: they lead on within one's own site, or nobody can click."""
    paid: bool = False
    earned: bool = False
    """In other people's hands: what runs here is not ours to change."""
    fields: Mapping[str, ChannelField] = {}

    @model_validator(mode="after")
    def _plain_field_names(self) -> "Channel":
        for name in self.fields:
            if not FIELD_NAME.fullmatch(name):
                raise ValueError(f"field name {name!r}: small letters, digits and _ only")
        return self

    @classmethod
    def from_data(cls, slug: str, data: Mapping[str, object]) -> "Channel":
        """Read a channel from a parsed data file; all mistakes at once as one UserError."""
        try:
            return cls.model_validate({**data, "slug": slug})
        except ValidationError as broken:
            problems = (Problem(message=error["msg"], ref=".".join(("channel", slug, *map(str, error["loc"])))) for error in broken.errors())
            raise UserError(f"The channel {slug} cannot be read.", problems=problems) from broken

    def as_facets(self) -> dict[str, Value]:
        """Give what checks depend on as `channel.<slug>.<field>.<name>`: values and ways of counting, not sources and dates."""
        facets: dict[str, Value] = {}
        for name, spec in self.fields.items():
            path = f"channel.{self.slug}.{name}"
            facets[f"{path}.label"] = spec.label
            facets[f"{path}.count"] = spec.count
            if spec.font_px:
                facets[f"{path}.font_px"] = spec.font_px
            facets.update({f"{path}.{limit_name}": limit.value for limit_name, limit in spec.limits()})
        return facets


def channels_page(channels: Iterable[Channel]) -> str:
    """Write the manual's page on channels, as Markdown, from the data."""
    parts = [_PREFACE]
    for channel in channels:
        parts.append(f"## {channel.name} (`{channel.slug}`)\n\n{channel.summary}\n\n{_runs(channel)}\n")
        if channel.fields:
            parts.append(_table(channel))
    return "\n".join(parts)


_PREFACE = """# Channels

Made by `make docs` from the data in `src/concerted/library/channels`; change the data, not this page.

A maximum stops a release, a recommended length is advice, *shown* is where readers see the text cut or folded. Every figure says
where it was read and when. *Verified*: read at the platform's own pages. *Reported*: read at a third party. *Conflicting*: sources
disagree, and the safe figure was taken. *Unverified*: general knowledge that nobody has looked up yet.
"""


def _runs(channel: Channel) -> str:
    """Say who sees it, whether it costs media money, how links are counted and where a page is folded."""
    said = [f"Who sees it: {channel.visibility}.", "Paid media." if channel.paid else ""]
    said.append(f"Links are tagged `{channel.utm.source}` / `{channel.utm.medium}`." if channel.utm else "Links are not tagged.")
    if channel.fold:
        sure = ", ".join(part for part in (channel.fold.confidence, channel.fold.verified_on) if part)
        said.append(f"The first screen ends after {channel.fold.value} pixels ({sure}; {channel.fold.source}).")
    return " ".join(part for part in said if part)


def _table(channel: Channel) -> str:
    rows = ["| Field | Limit | Value | Counted in | Confidence | Source |", "|---|---|---|---|---|---|"]
    for name, spec in channel.fields.items():
        for limit_name, limit in spec.figures():
            sure = f"{limit.confidence}, {limit.verified_on}" if limit.verified_on else limit.confidence
            source = ". ".join(part.rstrip(".") for part in (limit.source, limit.note) if part).replace("|", "\\|")
            rows.append(f"| {spec.label} (`{name}`) | {limit_name.replace('_', ' ')} | {limit.value:,} | {_unit(spec, limit)} | {sure} | {source} |")
        if not tuple(spec.figures()):
            rows.append(f"| {spec.label} (`{name}`) | none | | {spec.count} | | {spec.note} |")
    notes = [f"- **{spec.label}**: {spec.note}" for spec in channel.fields.values() if spec.note and tuple(spec.figures())]
    return "\n".join((*rows, *(("", *notes) if notes else ()), ""))


def _unit(spec: ChannelField, limit: Limit) -> str:
    return f"pixels of Arial at {spec.font_px} px" if limit.unit == "pixels" else limit.unit
