"""From passages to proposed lines of a strategy, by rules: labels, lists, prices, dates, addresses. No model, and nothing that is not said.

What a line may hold is decided by the schema; a passage that does not fit proposes nothing.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from concerted.brief.document import Document
from concerted.brief.passages import Passage, Words, labelled, names_in, passages
from concerted.campaign.facets import Value
from concerted.campaign.proposed_edit import ProposedEdit
from concerted.campaign.scalars import slug_from
from concerted.campaign.soundness.forms import well_formed
from concerted.campaign.strategy import leaf_at, typed
from concerted.rules.figures import Figure, figures
from concerted.rules.languages import STOP_WORDS
from concerted.rules.reading import is_german, words_of
from concerted.rules.segment import sentences

NOT_IN_BRIEF = "not in the brief"
"""The flag of a line that the brief does not state: chosen so that the entry can stand, never taken as the client's word."""
_SOURCE = re.compile(r"\s*[(\[]?(?:source|evidence|proof|quelle|beleg)\s*:\s*([^)\]]+?)[)\]]?\s*\.?$", re.IGNORECASE)
_FROM_TO = re.compile(r"\b(?:from|von)\s+(.+?)\s+(?:to|auf)\s+(.+)", re.IGNORECASE)
_VERB = re.compile(
    r"^(?:(?:we )?(?:want to |will |to )?(?:increase|raise|grow|lift|reach|get|win|generate|achieve|reduce|cut|lower|double))\s+", re.IGNORECASE
)
_NOT = re.compile(r"[;,.]?\s*\b(?:but not|not|never|nicht|nie)\b:?\s*", re.IGNORECASE)
_NAME = re.compile(r"\b[A-ZÄÖÜ][\w.'-]*(?:\s+[A-ZÄÖÜ][\w'-]+)+")
_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*(a\.?m\.?|p\.?m\.?|uhr)?", re.IGNORECASE)


@dataclass(frozen=True)
class Known:
    """What names can be looked up: channels by slug with all that they are called, playbooks by slug with their title."""

    words: Words
    channels: Mapping[str, tuple[str, ...]]
    playbooks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BriefReading:
    """What a brief was read as: proposed lines, and the pieces that it asks for, as it names them."""

    edits: tuple[ProposedEdit, ...]
    wanted: tuple[Passage, ...] = ()


@dataclass
class _Notes:
    """What has been found so far, each ref once: the first word counts."""

    known: Known
    edits: dict[str, ProposedEdit] = field(default_factory=dict[str, ProposedEdit])
    wanted: list[Passage] = field(default_factory=list[Passage])
    audience: str = ""
    offer: str = ""
    channels: Passage | None = None
    launch: Passage | None = None

    def put(self, ref: str, text: str, passage: Passage | None, *flags: str) -> None:
        """Propose a line, if the schema takes it."""
        if ref in self.edits or not text.strip():
            return
        value = line_value(ref, text)
        if value is None:
            return
        quote, place = (passage.quote, passage.place) if passage else ("", "")
        self.edits[ref] = ProposedEdit(ref, None, value, quote, "exact" if passage else "nearest", flags, source=place)

    def slugs(self, part: str) -> list[str]:
        """List the entries of a map so far."""
        return list(dict.fromkeys(ref.split(".")[1] for ref in self.edits if ref.startswith(f"{part}.")))


def line_value(ref: str, words: str) -> Value | None:
    """Make a line's value of words from a running text; None where the line cannot hold them. A sentence gets its full stop."""
    leaf = leaf_at(ref)
    return typed(ref, well_formed(" ".join(words.split()).strip('“”"'), leaf.form)) if leaf else None


def read_brief(document: Document, known: Known) -> BriefReading:
    """Read a brief: every line with the passage it stands in. What completes an entry without being said is flagged."""
    notes = _Notes(known)
    for passage in passages(document.lines, known.words):
        part = passage.kind.removeprefix("part:")
        if part in _PARTS:
            _PARTS[part](notes, passage)
        elif passage.kind.startswith("inside:"):
            if notes.audience:
                notes.put(f"audiences.{notes.audience}.{passage.kind.removeprefix('inside:')}", passage.text, passage)
        else:
            _line(notes, passage)
    _title(notes, document)
    _at_last(notes, document)
    return BriefReading(tuple(notes.edits.values()), tuple(notes.wanted))


def _line(notes: _Notes, passage: Passage) -> None:
    leaf = leaf_at(passage.kind)
    one = passage.kind.startswith("positioning.") and leaf is not None and leaf.form == "sentence"
    notes.put(passage.kind, sentences(passage.text)[0] if one else passage.text, passage)


def _title(notes: _Notes, document: Document) -> None:
    """Take the campaign's name from the first heading, where it stands: `Campaign brief: Dusk to Dawn`."""
    first = document.lines[0]
    label, rest = labelled(first.text)
    if first.heading and rest and ("brief" in label or "campaign" in label):
        notes.put("campaign.name", rest, Passage("campaign.name", rest, first.text, first.place))


def _objectives(notes: _Notes, passage: Passage) -> None:
    for sentence in sentences(passage.text):
        _objective(notes, replace(passage, quote=sentence.strip()), sentence.strip().rstrip("."))


def _objective(notes: _Notes, passage: Passage, text: str) -> None:
    found = [one for one in figures(text) if one.kind in ("number", "percent", "price")]
    day = next((one for one in figures(text) if one.kind == "date" and len(one.value) == 10), None)
    way = _FROM_TO.search(text)
    target = _first(found, way.start(2)) if way else (found[0] if found else None)
    counted = target.counted.removeprefix(target.text).strip() if target else ""
    until = way.start() if way else target.start if target else len(text)
    before = _VERB.sub("", text[:until]).strip(" ,:")
    measure = counted or before.removesuffix(" to").removesuffix(" by")
    slug = _slug(measure or text, notes.slugs("objectives"))
    if not target:
        notes.put(f"objectives.{slug}.serves", text, passage)
        return
    notes.put(f"objectives.{slug}.measure", measure, passage)
    notes.put(f"objectives.{slug}.target", target.text, passage)
    if way and (start := _first(found, way.start(1))) and start is not target:
        notes.put(f"objectives.{slug}.baseline", start.text, passage)
    if day:
        notes.put(f"objectives.{slug}.by", day.value, passage)


def _first(found: list[Figure], after: int) -> Figure | None:
    return next((one for one in found if one.start >= after), None)


def _slug(text: str, taken: list[str], most: int = 3) -> str:
    """Make a short name of the first words that say something."""
    said = [word for word in words_of(text) if word not in STOP_WORDS and word.isalpha()]
    base = slug_from(" ".join(said[:most])) or slug_from(text)[:30] or "one"
    return base if base not in taken else next(f"{base}-{number}" for number in range(2, len(taken) + 3) if f"{base}-{number}" not in taken)


def _audience(notes: _Notes, passage: Passage) -> None:
    head, _rest = labelled(passage.text)
    slug = _slug(head or passage.text, notes.slugs("audiences"), 2)
    notes.put(f"audiences.{slug}.who", sentences(passage.text)[0].strip(), passage)
    notes.audience = slug


def _message(notes: _Notes, passage: Passage) -> None:
    head, rest = labelled(passage.text)
    slug = _slug(head or passage.text, notes.slugs("messages"), 2)
    pillar, *support = sentences(rest if head else passage.text)
    notes.put(f"messages.{slug}.pillar", pillar, passage)
    notes.put(f"messages.{slug}.support", "".join(support), passage)


def _claim(notes: _Notes, passage: Passage) -> None:
    source = _SOURCE.search(passage.text)
    full = _SOURCE.sub("", passage.text).strip()
    counts = [one for one in figures(full) if one.kind in ("number", "percent")]
    slug = _slug(full, notes.slugs("claims"), 2)
    if not source:
        notes.put(f"claims.{slug}.kind", "not-yet", None, NOT_IN_BRIEF)
    else:
        notes.put(f"claims.{slug}.kind", "measured" if len(counts) > 1 or any(one.kind == "percent" for one in counts) else "count", passage)
        notes.put(f"claims.{slug}.evidence", source[1].strip(), passage)
    notes.put(f"claims.{slug}.full", full, passage)


def _offer(notes: _Notes, passage: Passage) -> None:
    notes.offer = notes.offer or _slug(passage.text, notes.slugs("offers"), 2)
    notes.put(f"offers.{notes.offer}.line", sentences(passage.text)[0], passage)
    until = re.search(r"\b(?:until|till|through|ends?|bis)\b", passage.text, re.IGNORECASE)
    day = next((one for one in figures(passage.text) if one.kind == "date" and len(one.value) == 10 and until and one.start > until.start()), None)
    if day:
        notes.put(f"offers.{notes.offer}.until", day.value, passage)


def _price(notes: _Notes, passage: Passage) -> None:
    """Take a price for the market whose currency it is in, as the brief writes it."""
    _offer(notes, passage)
    countries = notes.known.words.countries
    for one in figures(passage.text):
        named = [slug for slug in (*names_in(passage.text, countries), *notes.slugs("markets")) if one.kind == "price"]
        market = next((slug for slug in named if slug in countries and one.value.startswith(countries[slug].currency)), "")
        if market:
            tail = re.match(r"(?:\s*(?:per|a|an|pro|je|/)\s*[\w-]+)*", passage.text[one.end :])
            notes.put(f"offers.{notes.offer}.price.{market}", one.text + (tail[0] if tail else ""), passage)
            _market_named(notes, market, passage)


def _cta(notes: _Notes, passage: Passage) -> None:
    link = next((one for one in figures(passage.text) if one.kind == "link"), None)
    said = (passage.text[: link.start] if link else passage.text).strip(" ()→>,:-–.")
    said = re.sub(r"\s+(?:at|on|via|auf|unter)$", "", said)
    slug = _slug(said, notes.slugs("ctas"), 2)
    notes.put(f"ctas.{slug}.text", said, passage)
    if link:
        notes.put(f"ctas.{slug}.url", link.text, passage)


def _channels(notes: _Notes, passage: Passage) -> None:
    before = notes.channels
    notes.channels = passage if before is None else Passage(before.kind, f"{before.text}, {passage.text}", before.quote, before.place)


def _market(notes: _Notes, passage: Passage) -> None:
    for slug in names_in(passage.text, notes.known.words.countries):
        _market_named(notes, slug, passage)


def _market_named(notes: _Notes, slug: str, passage: Passage) -> None:
    country = notes.known.words.countries[slug]
    notes.put(f"markets.{slug}.language", country.language, passage)
    notes.put(f"markets.{slug}.currency", country.currency, passage)


def _launch(notes: _Notes, passage: Passage) -> None:
    notes.launch = notes.launch or passage


def _date(notes: _Notes, passage: Passage) -> None:
    day = next((one for one in figures(passage.text) if one.kind == "date" and len(one.value) == 10), None)
    if not day:
        return
    rest = f"{passage.text[: day.start]} {passage.text[day.end :]}"
    slug = _slug(labelled(rest)[0] or rest, [], 3)
    notes.put(f"dates.{slug}", day.value, passage)
    if slug in ("launch", "go-live", "start"):
        notes.launch = notes.launch or passage


def _budget(notes: _Notes, passage: Passage) -> None:
    money = next((one for one in figures(passage.text) if one.kind in ("price", "number")), None)
    if not money:
        return
    amount = money.value.rpartition(" ")[2]
    head, _rest = labelled(passage.text)
    if head and head not in ("total", "gesamt") and "budget.total" in notes.edits:
        notes.put(f"budget.lines.{_slug(head, [])}", amount, passage)
        return
    notes.put("budget.total", amount, passage)
    if money.kind == "price":
        notes.put("budget.currency", money.value.partition(" ")[0], passage)


def _tone(notes: _Notes, passage: Passage) -> None:
    parts = _NOT.split(passage.text, maxsplit=1)
    for ref, said in zip(("brand.is", "brand.is_not"), parts, strict=False):
        notes.put(ref, ", ".join(_items(_NOT.sub(", ", said))), passage)


def _is_not(notes: _Notes, passage: Passage) -> None:
    notes.put("brand.is_not", ", ".join(_items(_NOT.sub(", ", passage.text))), passage)


def _never(notes: _Notes, passage: Passage) -> None:
    for word in _items(passage.text):
        notes.put(f"brand.words.never.{_slug(word, [])}", word, passage)


def _competitor(notes: _Notes, passage: Passage) -> None:
    for name in _items((labelled(passage.text)[0] and passage.text.split(":")[0]) or passage.text):
        notes.put(f"competitors.{_slug(name, [])}.name", name, passage)


def _items(text: str) -> list[str]:
    """Cut a list as prose writes it."""
    parts = re.split(r"[,;•]|\band\b|\bund\b", text)
    return [bare for part in parts if (bare := part.strip(' .“”"„«»'))]


def _approval(notes: _Notes, passage: Passage) -> None:
    found = _NAME.search(passage.text.partition(":")[2] or passage.text)
    if not found:
        return
    said = passage.text.casefold()
    what = "claims" if re.search(r"claim|legal|price|recht|preis", said) else "quotes" if re.search(r"quote|zitat", said) else "copy"
    slug = _slug(labelled(passage.text)[0] or found[0], notes.slugs("approvals"), 2)
    notes.put(f"approvals.{slug}.who", found[0], passage)
    notes.put(f"approvals.{slug}.for", what, passage)


def _contact(notes: _Notes, passage: Passage) -> None:
    name = _NAME.search(passage.text)
    if name:
        notes.put("contact.name", name[0], passage)
    for one in figures(passage.text):
        if one.kind in ("mail", "phone"):
            plus = "+" if one.kind == "phone" and passage.text[: one.start].endswith("+") else ""
            notes.put("contact.email" if one.kind == "mail" else "contact.phone", plus + one.text, passage)


def _playbook(notes: _Notes, passage: Passage) -> None:
    said = set(words_of(passage.text))
    for slug, title in notes.known.playbooks.items():
        if set(slug.split("-")) <= said or set(words_of(title)) <= said:
            notes.put("campaign.playbook", slug, passage)


def _wanted(notes: _Notes, passage: Passage) -> None:
    notes.wanted.append(passage)


_PARTS: Mapping[str, Callable[[_Notes, Passage], None]] = {
    "objective": _objectives, "audience": _audience, "message": _message, "claim": _claim, "offer": _offer, "price": _price, "cta": _cta,
    "channels": _channels, "market": _market, "launch": _launch, "date": _date, "budget": _budget, "tone": _tone, "is-not": _is_not,
    "never": _never, "competitor": _competitor, "approval": _approval, "contact": _contact, "playbook": _playbook, "deliverables": _wanted,
}  # fmt: skip


def _at_last(notes: _Notes, document: Document) -> None:
    """Give what belongs to several entries to each of them, and choose what every file needs."""
    if notes.channels:
        named = ", ".join(_channels_in(notes.channels.text, notes.known.channels))
        for slug in notes.slugs("audiences"):
            notes.put(f"audiences.{slug}.channels", named, notes.channels)
    if notes.launch:
        _launched(notes, notes.launch)
    notes.put("campaign.language", "de-DE" if is_german(words_of(document.text)) else "en-US", None, NOT_IN_BRIEF)
    notes.put("campaign.playbook", "product-launch", None, NOT_IN_BRIEF)


def _channels_in(text: str, channels: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """List channels that a text names, in its order; longer names are looked for first and used up."""
    rest = text.casefold()
    found: dict[str, int] = {}
    names = [(slug, name.casefold()) for slug, called in channels.items() for name in (*called, slug, slug.replace("-", " "))]
    for slug, name in sorted(names, key=lambda item: -len(item[1])):
        if hit := re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", rest):
            found.setdefault(slug, hit.start())
            rest = f"{rest[: hit.start()]}{' ' * len(hit[0])}{rest[hit.end() :]}"
    yield from sorted(found, key=lambda slug: found[slug])


def _launched(notes: _Notes, passage: Passage) -> None:
    day = next((one for one in figures(passage.text) if one.kind == "date" and len(one.value) == 10), None)
    if not day:
        return
    time = next((one for one in figures(passage.text) if one.kind == "time"), None)
    if time:
        for slug in notes.slugs("markets"):
            notes.put(f"markets.{slug}.launch", f"{day.value} {time.value}", passage)
    notes.put("dates.launch", day.value, passage)
