"""From passages to proposed lines of a strategy, by rules: labels, lists, prices, dates, addresses. No model, and nothing that is not said.

What a line may hold is decided by the schema; a passage that does not fit proposes nothing.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from concerted.brief.document import Document
from concerted.brief.notes import Known, Notes, first_sentence, market_named, slug_of
from concerted.brief.offers import take_cta, take_offer, take_price
from concerted.brief.passages import Passage, known, labelled, names_in, passages
from concerted.brief.prose import NO_NAME, other_money, without_reason
from concerted.campaign.proposed_edit import ProposedEdit
from concerted.campaign.scalars import FIRST_HOUR
from concerted.campaign.strategy import leaf_at
from concerted.rules.figures import Figure, figures
from concerted.rules.reading import is_german, words_of
from concerted.rules.segment import sentences

NOT_IN_BRIEF = "not in the brief"
"""The flag of a line that the brief does not state: chosen so that the entry can stand, never taken as the client's word."""
HOUR_CHOSEN = "only the hour is chosen; the day is the brief's"
"""The flag beside it of a launch whose day a brief states, in the words that are quoted, without an hour."""
_PARENTHESIS = re.compile(
    r"\s*\(([^()]*(?:\b(?:19|20)\d\d\b|survey|study|report|census|log|test|n\s*=|umfrage|studie|bericht|erhebung)[^()]*)\)\s*\.?$", re.IGNORECASE
)
"""Where the words come from, as proofs have it in parentheses at their end."""
_SOURCE = re.compile(r"\s*[(\[]?(?:source|evidence|proof|quelle|beleg)\s*:\s*([^)\]]+?)[)\]]?\s*\.?$", re.IGNORECASE)
_FROM_TO = re.compile(r"\b(?:from|von)\s+(.+?)\s+(?:to|auf)\s+(.+)", re.IGNORECASE)
_VERB = re.compile(
    r"^(?:(?:we )?(?:want to |will |to )?(?:increase|raise|grow|lift|reach|get|win|generate|achieve|reduce|cut|lower|double))\s+", re.IGNORECASE
)
_DONE = re.compile(r"\s+(?:erreichen|gewinnen|erzielen|verkaufen|bekommen)$")
_SAYS = re.compile(r"^(?:they|sie) (?:say|sagen)[,:]? [“\"„«](.+?)[”\"“»]", re.IGNORECASE)
_NOT = re.compile(r"[;,.]?\s*\b(?:but not|not|never|nicht|nie)\b:?\s*", re.IGNORECASE)
_NAME = re.compile(r"\b[A-ZÄÖÜ][\w.'-]*(?:\s+[A-ZÄÖÜ][\w'-]+)+")
_RIVAL = re.compile(r"[A-ZÄÖÜ][\w&'’-]*(?: [A-ZÄÖÜ][\w&'’-]*)*")
_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*(a\.?m\.?|p\.?m\.?|uhr)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BriefReading:
    """What a brief was read as: proposed lines, and the pieces that it asks for, as it names them."""

    edits: tuple[ProposedEdit, ...]
    wanted: tuple[Passage, ...] = ()


def read_brief(document: Document, known: Known) -> BriefReading:
    """Read a brief: every line with the passage it stands in. What completes an entry without being said is flagged."""
    notes = Notes(known)
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


def _line(notes: Notes, passage: Passage) -> None:
    leaf = leaf_at(passage.kind)
    one = passage.kind.startswith("positioning.") and leaf is not None and leaf.form == "sentence"
    if one:
        passage = first_sentence(passage)
    notes.put(passage.kind, passage.text, passage)


def _title(notes: Notes, document: Document) -> None:
    """Take the campaign's name from the first heading, where it stands: `Campaign brief: Dusk to Dawn`."""
    first = document.lines[0]
    label, rest = labelled(first.text)
    if first.heading and not label and not known(first.text, notes.known.words):
        notes.put("campaign.name", first.text, Passage("campaign.name", first.text, first.text, first.place))
    if rest and not rest.endswith(".") and ("brief" in label or (first.heading and "campaign" in label)):
        notes.put("campaign.name", rest, Passage("campaign.name", rest, first.text, first.place))


def _objectives(notes: Notes, passage: Passage) -> None:
    for sentence in sentences(passage.text):
        _objective(notes, replace(passage, quote=sentence.strip()), sentence.strip().rstrip("."))


def _objective(notes: Notes, passage: Passage, text: str) -> None:
    found = [one for one in figures(text) if one.kind in ("number", "percent", "price")]
    day = next((one for one in figures(text) if one.kind == "date" and len(one.value) == 10), None)
    way = _FROM_TO.search(text)
    target = _first(found, way.start(2)) if way else (found[0] if found else None)
    counted = target.counted.removeprefix(target.text).strip() if target else ""
    until = way.start() if way else target.start if target else len(text)
    before = _VERB.sub("", text[:until]).strip(" ,:")
    counted = _DONE.sub("", counted)
    measure = counted or before.removesuffix(" to").removesuffix(" by")
    slug = slug_of(measure or text, notes.slugs("objectives"))
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


def _audience(notes: Notes, passage: Passage) -> None:
    head, _rest = labelled(passage.text)
    slug = slug_of(head or passage.text, notes.slugs("audiences"), 2)
    notes.put(f"audiences.{slug}.who", first_sentence(passage).text, first_sentence(passage))
    for part in sentences(passage.text):
        if said := _SAYS.match(part.strip()):
            notes.put(f"audiences.{slug}.says", said[1], replace(passage, quote=part.strip()))
    notes.audience = slug


def _message(notes: Notes, passage: Passage) -> None:
    head, rest = labelled(passage.text)
    slug = slug_of(head or passage.text, notes.slugs("messages"), 2)
    pillar, *support = sentences(rest if head else passage.text)
    notes.put(f"messages.{slug}.pillar", pillar, passage)
    notes.put(f"messages.{slug}.support", "".join(support), passage)


def _claim(notes: Notes, passage: Passage) -> None:
    pattern = _SOURCE if _SOURCE.search(passage.text) else _PARENTHESIS
    source = pattern.search(passage.text)
    full = pattern.sub("", passage.text).strip()
    counts = [one for one in figures(full) if one.kind in ("number", "percent")]
    slug = slug_of(full, notes.slugs("claims"), 2)
    if not source:
        notes.put(f"claims.{slug}.kind", "not-yet", None, NOT_IN_BRIEF)
    else:
        notes.put(f"claims.{slug}.kind", "measured" if len(counts) > 1 or any(one.kind == "percent" for one in counts) else "count", passage)
        notes.put(f"claims.{slug}.evidence", source[1].strip(), passage)
    notes.put(f"claims.{slug}.full", full, passage)


def _channels(notes: Notes, passage: Passage) -> None:
    before = notes.channels
    notes.channels = passage if before is None else Passage(before.kind, f"{before.text}, {passage.text}", before.quote, before.place)


def _market(notes: Notes, passage: Passage) -> None:
    for slug in names_in(passage.text, notes.known.words.countries):
        market_named(notes, slug, passage)


def _launch(notes: Notes, passage: Passage) -> None:
    notes.launch = notes.launch or passage


def _date(notes: Notes, passage: Passage) -> None:
    day = next((one for one in figures(passage.text) if one.kind == "date" and len(one.value) == 10), None)
    if not day:
        return
    rest = f"{passage.text[: day.start]} {passage.text[day.end :]}"
    slug = slug_of(labelled(rest)[0] or rest, [], 3)
    notes.put(f"dates.{slug}", day.value, passage)
    if slug in ("launch", "go-live", "start"):
        notes.launch = notes.launch or passage


def _budget(notes: Notes, passage: Passage) -> None:
    money = next((one for part in sentences(passage.text) if not other_money(part) for one in figures(part) if one.kind in ("price", "number")), None)
    if not money:
        return
    amount = money.value.rpartition(" ")[2]
    head, _rest = labelled(passage.text)
    if head and head not in ("total", "gesamt") and "budget.total" in notes.edits:
        notes.put(f"budget.lines.{slug_of(head, [])}", amount, passage)
        return
    notes.put("budget.total", amount, passage)
    if money.kind == "price":
        notes.put("budget.currency", money.value.partition(" ")[0], passage)


def _tone(notes: Notes, passage: Passage) -> None:
    """Read `plain, quick; not cute`: the first sentence; what follows explains."""
    passage = first_sentence(passage)
    parts = _NOT.split(passage.text, maxsplit=1)
    for ref, words in zip(("brand.is", "brand.is_not"), parts, strict=False):
        notes.put(ref, ", ".join(_items(_NOT.sub(", ", words))), passage)


def _is_not(notes: Notes, passage: Passage) -> None:
    passage = first_sentence(passage)
    notes.put("brand.is_not", ", ".join(_items(_NOT.sub(", ", passage.text))), passage)


def _never(notes: Notes, passage: Passage) -> None:
    for word in _items(without_reason(passage.text)):
        notes.put(f"brand.words.never.{slug_of(word, [])}", word, passage)


def _competitor(notes: Notes, passage: Passage) -> None:
    """Take names: a list of them, or what a sentence about a rival begins with."""
    for part in sentences(passage.text):
        head = labelled(part)[0] and part.split(":")[0]
        names = [head] if head else _items(part)
        if not head and any(len(name.split()) > 4 for name in names):
            begun = _RIVAL.match(part.strip())
            names = [begun[0]] if begun and begun[0].split()[0] not in NO_NAME else []
        for name in names:
            notes.put(f"competitors.{slug_of(name, [])}.name", name, passage)


def _items(text: str) -> list[str]:
    """Cut a list as prose writes it."""
    parts = re.split(r"[,;•]|\band\b|\bund\b", text)
    return [bare for part in parts if (bare := part.strip(' .“”"„«»'))]


def _approval(notes: Notes, passage: Passage) -> None:
    """Read who signs what; a sentence may name several, each behind a comma."""
    for part in (clause for sentence in sentences(passage.text) for clause in re.split(r"[,;]", sentence)):
        found = _NAME.search(part.partition(":")[2] or part)
        if not found:
            continue
        said = part.casefold()
        what = "claims" if re.search(r"claim|legal|price|number|recht|preis|zahl", said) else "quotes" if re.search(r"quote|zitat", said) else "copy"
        slug = slug_of(labelled(part)[0] or found[0], notes.slugs("approvals"), 2)
        notes.put(f"approvals.{slug}.who", found[0], passage)
        notes.put(f"approvals.{slug}.for", what, passage)


def _contact(notes: Notes, passage: Passage) -> None:
    name = _NAME.search(passage.text)
    if name:
        notes.put("contact.name", name[0], passage)
    for one in figures(passage.text):
        if one.kind in ("mail", "phone"):
            plus = "+" if one.kind == "phone" and passage.text[: one.start].endswith("+") else ""
            notes.put("contact.email" if one.kind == "mail" else "contact.phone", plus + one.text, passage)


def _playbook(notes: Notes, passage: Passage) -> None:
    said = set(words_of(passage.text))
    for slug, title in notes.known.playbooks.items():
        if set(slug.split("-")) <= said or set(words_of(title)) <= said:
            notes.put("campaign.playbook", slug, passage)


def _wanted(notes: Notes, passage: Passage) -> None:
    notes.wanted.append(passage)


_PARTS: Mapping[str, Callable[[Notes, Passage], None]] = {
    "objective": _objectives, "audience": _audience, "message": _message, "claim": _claim, "offer": take_offer, "price": take_price, "cta": take_cta,
    "channels": _channels, "market": _market, "launch": _launch, "date": _date, "budget": _budget, "tone": _tone, "is-not": _is_not,
    "never": _never, "competitor": _competitor, "approval": _approval, "contact": _contact, "playbook": _playbook, "deliverables": _wanted,
}  # fmt: skip


def _at_last(notes: Notes, document: Document) -> None:
    """Give what belongs to several entries to each of them, and choose what every file needs."""
    if notes.channels:
        named = ", ".join(_channels_in(notes.channels.text, notes.known.channels))
        for slug in notes.slugs("audiences"):
            notes.put(f"audiences.{slug}.channels", named, notes.channels)
    notes.put("campaign.language", _language(notes, is_german(words_of(document.text))), None, NOT_IN_BRIEF)
    notes.put("campaign.playbook", "product-launch", None, NOT_IN_BRIEF)
    notes.put("campaign.name", Path(document.name).stem.replace("_", " ").replace("-", " ").capitalize(), None, NOT_IN_BRIEF)
    if not notes.slugs("markets"):
        _chosen_market(notes, str(notes.edits["campaign.language"].new))
    if notes.launch:
        _launched(notes, notes.launch)


def _chosen_market(notes: Notes, language: str) -> None:
    """Choose the country that writes as the brief does: without a market there is nowhere to go out."""
    for slug, country in notes.known.words.countries.items():
        if country.language == language:
            notes.put(f"markets.{slug}.language", language, None, NOT_IN_BRIEF)
            notes.put(f"markets.{slug}.currency", country.currency, None, NOT_IN_BRIEF)
            return


def _language(notes: Notes, german: bool) -> str:
    """Choose the language of the brief, as the first market that speaks it writes it."""
    spoken, usual = ("de", "de-DE") if german else ("en", "en-US")
    markets = (notes.edits.get(f"markets.{slug}.language") for slug in notes.slugs("markets"))
    return next((str(edit.new) for edit in markets if edit and str(edit.new).startswith(spoken)), usual)


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


def _launched(notes: Notes, passage: Passage) -> None:
    day = next((one for one in figures(passage.text) if one.kind == "date" and len(one.value) == 10), None)
    if not day:
        return
    time = next((one for one in figures(passage.text) if one.kind == "time"), None)
    for slug in notes.slugs("markets"):
        if time:
            notes.put(f"markets.{slug}.launch", f"{day.value} {time.value}", passage)
        else:
            notes.put(f"markets.{slug}.launch", f"{day.value} {FIRST_HOUR}", passage, NOT_IN_BRIEF, HOUR_CHOSEN)
    notes.put("dates.launch", day.value, passage)
