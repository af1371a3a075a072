"""A planned slot of a campaign and the shape of what fills it. No text and no state here: a slot's text is a `Draft`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

NONE = "-"
"""How an asset id spells "this dimension does not apply"."""

Count: TypeAlias = Literal["characters", "display-width", "x-weighted", "sms-segments", "pixels", "words"]
"""How the length of a text is counted; `rules.limits.measure` knows each."""
Visibility: TypeAlias = Literal["public", "partner", "staff"]
"""Who can see what runs somewhere, at the widest."""

MadeBy: TypeAlias = Literal["worker", "person", "outside"]
"""Who makes a piece: a worker drafts it; a person of the team, or somebody outside, hands it in as a file."""

_SPELLED = {"cta": "CTA", "seo": "SEO", "faq": "FAQ"}
_IN_FAQ = {"q": "question", "a": "answer"}


def field_label(name: str) -> str:
    """Spell a field's name for people: `seo_title` is "SEO title", `faq_1_q` is "FAQ 1 question"."""
    parts = name.split("_")
    spelled = {**_SPELLED, **(_IN_FAQ if "faq" in parts else {})}
    said = " ".join(spelled.get(part, part) for part in parts)
    return said[:1].upper() + said[1:]


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One typed field of a deliverable. `slot` names the channel field whose limits it keeps; fields of a group are one model call."""

    name: str
    group: str = "main"
    slot: str = ""
    optional: bool = False
    shared: bool = False
    """True where many assets rightly say the same (legal line, call to action, boilerplate)."""


@dataclass(frozen=True, slots=True)
class DeliverableType:
    """What a worker knows to make: the ordered fields of one kind of deliverable."""

    slug: str
    title: str
    worker: str
    fields: tuple[FieldSpec, ...]
    visibility: str = "public"
    made_by: MadeBy = "worker"

    def field_names(self) -> tuple[str, ...]:
        """Name the fields in reading order."""
        return tuple(spec.name for spec in self.fields)

    def field(self, name: str) -> FieldSpec:
        """Find a field by name; KeyError where there is none."""
        for spec in self.fields:
            if spec.name == name:
                return spec
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Deliverable:
    """One slot: type, channel, audience, market, variant, and what it needs from others on its line."""

    type: str
    channel: str = NONE
    audience: str = NONE
    market: str = NONE
    variant: str = NONE
    language: str = "en"
    """Bare language code of the text."""
    locale: str = "en-US"
    phase: str = "launch"
    due: str = ""
    """ISO date by which the text must be approved; empty where the playbook gives none."""
    publish: str = ""
    """ISO date of publication: rules are judged on this day."""
    needs: Mapping[str, str] = field(default_factory=dict[str, str])
    """Alias in templates -> asset id."""
    rotation: int = 0
    """Where the sentence rotation of the house writer starts; fixed at expansion."""
    why: str = ""
    """One sentence: why the playbook asks for this asset."""
    made_by: MadeBy = "worker"
    who: str = ""
    """Who makes it, where no worker does."""
    media: tuple[str, ...] = ()
    """The slots whose files it shows."""

    @property
    def id(self) -> str:
        """The asset id, every dimension present."""
        return ".".join((self.type, self.channel, self.audience, self.market, self.variant))

    @property
    def group(self) -> str:
        """The release group: market and phase."""
        return f"{self.market}.{self.phase}"

    def attribute(self, name: str) -> str | None:
        """Give an attribute that templates may read as `me.<name>`; None where it does not apply."""
        known = {
            "type": self.type, "channel": self.channel, "audience": self.audience, "market": self.market, "variant": self.variant,
            "language": self.language, "locale": self.locale, "due": self.due, "publish": self.publish, "phase": self.phase,
        }  # fmt: skip
        value = known.get(name)
        return None if value in (None, "", NONE) else value
