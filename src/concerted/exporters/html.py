"""One HTML file that shows every text of a release as its channel shows it. Self-contained: it fetches nothing. Pure: a bundle in, a file out."""

import base64
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from concerted.campaign.bundle import Bundle, BundleAsset, BundleField, BundleLink
from concerted.campaign.channel import Channel, ChannelField
from concerted.campaign.deliverable import field_label
from concerted.campaign.outside import KINDS
from concerted.exporters.exporter import ExportedFile
from concerted.exporters.naming import NONE, groups_said, heading, writer_of
from concerted.rules.limits import Sms, measure, sms
from concerted.rules.links import link_spans, plain_link

FILE = "preview.html"
LONG = {"page", "article", "document", "faq"}
"""Frames that are read like a page: they get half the width, and may go on over a page break."""
FRAMES = {**dict.fromkeys(KINDS, "file"), "keyword-list": "list", "faq": "faq", "social-kit": "document", "sales-one-pager": "document"}
"""Types whose texts look different from what their channel usually shows."""
PICTURED = {"page", "post", "card", "ads"}
"""Frames that have a place for a picture."""
OUTSIDE, OUTSIDE_LAST = "Made outside", "~"
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Html:
    """The export format `html`."""

    title = "One HTML preview of all texts, as channels show them"

    def export(self, bundle: Bundle) -> Iterable[ExportedFile]:
        """Write the preview."""
        style, script = _part("preview.css") + _running_foot(bundle), _part("preview.js")
        page = _template().render(
            bundle=bundle,
            groups=groups_said(bundle.groups),
            shown=_shown(bundle),
            markets=_values(bundle, lambda asset: asset.market),
            channels=_values(bundle, lambda asset: asset.channel),
            style=Markup(style),
            script=Markup(script),
            policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; base-uri 'none'; form-action 'none'",
        )
        return [ExportedFile(FILE, page.encode(), tuple(asset.id for asset in bundle.assets))]


def _shown(bundle: Bundle) -> list["Shown"]:
    """Give the texts their numbers, in the order of the page: what belongs to no channel first, then channel by channel."""
    ordered = sorted((Shown(asset, bundle.channels.get(asset.channel), bundle) for asset in bundle.assets), key=lambda item: item.place)
    return [replace(item, number=number) for number, item in enumerate(ordered, 1)]


def _running_foot(bundle: Bundle) -> str:
    """Give the rule that names the release at the foot of every printed page. Names are escaped: they may hold quotes or anything else."""
    said = f"{bundle.company} · {bundle.campaign} · release {bundle.release}, strategy {bundle.version}"
    spelled = "".join(sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):06x}" for sign in said)
    return f'@page {{ @bottom-left {{ content: "{spelled}"; }} }}\n'


def _values(bundle: Bundle, of: Callable[[BundleAsset], str]) -> list[str]:
    return sorted({of(asset) for asset in bundle.assets} - {NONE})


def _hash(part: str) -> str:
    """Name a script or a style by its content: a page that somebody has altered does not run."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'"


@lru_cache(maxsize=4)
def _part(name: str) -> str:
    return (files(__package__ or "") / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["label"] = field_label
    return environment.from_string(_part("preview.html.j2"))


@dataclass(frozen=True)
class Folded:
    """A text as readers first see it, and what is behind the fold."""

    seen: str
    rest: str


def fold(text: str, spec: ChannelField | None) -> Folded:
    """Cut a text where its channel folds it; nothing is cut where the channel's data gives no such point."""
    if spec is None or spec.shown is None or measure(text, spec.count, spec.font_px) <= spec.shown.value:
        return Folded(text, "")
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle], spec.count, spec.font_px) <= spec.shown.value else (low, middle - 1)
    return Folded(text[:low], text[low:])


@dataclass(frozen=True)
class Shown:
    """One asset as the template draws it."""

    asset: BundleAsset
    channel: Channel | None
    bundle: Bundle
    number: int = 0

    @property
    def place(self) -> str:
        """Name the section of the page that it stands in: its channel; a booth or a deck of no channel comes last."""
        return OUTSIDE_LAST if self.asset.file and self.channel is None else self.asset.channel

    @property
    def part(self) -> str:
        """Give the heading of its section."""
        return self.channel.name if self.channel else OUTSIDE if self.asset.file else "Strategy"

    @property
    def long(self) -> bool:
        """Tell whether it is read like a page."""
        return self.frame in LONG

    @property
    def runs(self) -> str:
        """Say when it runs, with the day of the week: Tue 2027-04-13, 08:00."""
        day, _, clock = self.asset.at.partition("T")
        named = f"{WEEKDAYS[date.fromisoformat(day).weekday()]} {day}"
        return f"{named}, {clock[:5]}" if clock else named

    @property
    def frame(self) -> str:
        """Name the frame that the words are put into."""
        kind = self.asset.id.partition(".")[0]
        return FRAMES.get(kind) or (self.channel.preview if self.channel else "document")

    @property
    def title(self) -> str:
        """Give the friendly title."""
        return heading(self.asset)

    @property
    def picture(self) -> str:
        """Give the picture as an address of its own content; empty where there is none to show."""
        file = self.asset.file
        return f"data:{file.kind};base64,{base64.b64encode(self.asset.picture).decode()}" if file and self.asset.picture else ""

    @property
    def pictures(self) -> list["Shown"]:
        """List the pieces made outside that it shows."""
        return [Shown(asset, None, self.bundle) for asset in self.bundle.assets if asset.id in self.asset.media]

    @property
    def lead_picture(self) -> "Shown | None":
        """Give the picture that stands where the channel shows one."""
        return next((one for one in self.pictures if one.picture), None) if self.frame in PICTURED else None

    @property
    def other_pictures(self) -> list["Shown"]:
        """List what it shows besides."""
        lead = self.lead_picture
        return [one for one in self.pictures if lead is None or one.asset.id != lead.asset.id]

    @property
    def more(self) -> str:
        """Say what readers tap where the text is folded."""
        return (self.channel.more if self.channel else "") or "more"

    def text(self, name: str) -> str:
        """Give a field's words; empty where there is no such field."""
        return next((field.text for field in self.asset.fields if field.name == name), "")

    def first(self, *names: str) -> str:
        """Give the words of the first of these fields that has any."""
        return next((said for name in names if (said := self.text(name))), "")

    def numbered(self, stem: str) -> list[str]:
        """List the words of headline_1, headline_2 and so on."""
        return [field.text for field in self.asset.fields if field.name.startswith(f"{stem}_")]

    def others(self, *names: str) -> list[BundleField]:
        """List the fields that are not named."""
        return [field for field in self.asset.fields if field.name not in names]

    def folded(self, text: str, slot: str) -> Folded:
        """Fold a text by the data of a place in the channel."""
        return fold(text, self.channel.fields.get(slot) if self.channel else None)

    @property
    def post(self) -> Folded:
        """Join the parts of a post, folded where the channel folds it."""
        return self.folded("\n\n".join(field.text for field in self.asset.fields), "post")

    @property
    def sms(self) -> Sms:
        """Count a text message."""
        return sms(self.text("text"))

    @property
    def fold_at(self) -> int:
        """Give the height of the first screen in pixels; 0 where the channel's data gives none."""
        return self.channel.fold.value if self.channel and self.channel.fold else 0

    @property
    def site(self) -> str:
        """Give the host that the button leads to."""
        return plain_link(self.asset.links[0].written).partition("/")[0] if self.asset.links else ""

    @property
    def target(self) -> str:
        """Give where the button leads."""
        return self.asset.links[0].leads if self.asset.links else ""

    def linked(self, text: str) -> Markup:
        """Give words with their links as links, to where they lead when counted; line breaks stay."""
        known = {link.written: link for link in self.asset.links}
        parts: list[Markup] = []
        place = 0
        for start, end in link_spans(text):
            parts += [_lines(text[place:start]), _anchor(text[start:end], known.get(text[start:end]))]
            place = end
        return Markup("").join([*parts, _lines(text[place:])])

    def writers(self) -> list[tuple[str, str, str]]:
        """Say of each field who wrote it, and how much of its room it takes."""
        return [(field.name, writer_of(field), self._room(field)) for field in self.asset.fields]

    def _room(self, field: BundleField) -> str:
        spec = self.channel.fields.get(field.slot) if self.channel and field.slot else None
        if spec is None:
            return ""
        limit = spec.max or spec.recommended
        used = measure(field.text, spec.count, spec.font_px)
        unit = spec.count.replace("-", " ")
        return f"{used:,} of {'at most' if spec.max else 'about'} {limit.value:,} {unit}" if limit else f"{used:,} {unit}"


def _lines(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def _anchor(written: str, link: BundleLink | None) -> Markup:
    leads = link.leads if link else written if "://" in written else f"https://{written}"
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(leads, written)


EXPORTER = Html()
