"""What a brief offers: prices by market, offers that end, and the next step."""

import re
from collections.abc import Mapping
from dataclasses import replace

from concerted.brief.notes import Notes, first_sentence, market_named, slug_of
from concerted.brief.passages import Country, Passage, names_in
from concerted.brief.prose import other_money
from concerted.rules.figures import Figure, figures
from concerted.rules.segment import sentences

_UNTIL = re.compile(r"\b(?:until|till|through|ends?|bis)\b", re.IGNORECASE)


def take_offer(notes: Notes, passage: Passage) -> None:
    """Take the line of an offer, and the day until which it runs."""
    if not notes.offer:
        notes.offer = slug_of(_UNTIL.sub("", _without_days(passage.text)), notes.slugs("offers"), 2)
    notes.put(f"offers.{notes.offer}.line", first_sentence(passage).text, first_sentence(passage))
    _until(notes, notes.offer, passage)


def _until(notes: Notes, offer: str, passage: Passage) -> None:
    until = _UNTIL.search(passage.text)
    day = next((one for one in figures(passage.text) if one.kind == "date" and len(one.value) == 10 and until and one.start > until.start()), None)
    if day:
        notes.put(f"offers.{offer}.until", day.value, passage)


def _without_days(text: str) -> str:
    for one in reversed(figures(text)):
        text = text[: one.start] + text[one.end :] if one.kind == "date" else text
    return text


def take_price(notes: Notes, passage: Passage) -> None:
    """Take a price for the market whose currency it is in, as the brief writes it. What ends on a day is an offer beside it, never its end."""
    parts = [part for sentence in sentences(passage.text) for part in sentence.split(";") if not other_money(part)]
    ending = [part for part in parts if _UNTIL.search(part)]
    lasting = "".join(part for part in parts if part not in ending).strip()
    if lasting:
        notes.offer = notes.offer or "standard"
        take_offer(notes, replace(passage, text=lasting))
        for part in sentences(lasting):
            _prices(notes, replace(passage, text=part.strip(), quote=part.strip() if part.strip() in passage.quote else passage.quote))
    for part in ending:
        if not lasting:
            take_offer(notes, passage)
            _prices(notes, passage)
            continue
        slug = slug_of(_UNTIL.sub("", _without_days(part)), notes.slugs("offers"), 2)
        said = replace(passage, text=part.strip(), quote=part.strip())
        notes.put(f"offers.{slug}.line", said.text, said)
        _until(notes, slug, said)


def _prices(notes: Notes, passage: Passage) -> None:
    countries = notes.known.words.countries
    for one in figures(passage.text):
        if one.kind != "price":
            continue
        named = [*names_in(passage.text, countries), *notes.slugs("markets"), *_only_there(one, countries)]
        market = next((slug for slug in named if slug in countries and one.value.startswith(countries[slug].currency)), "")
        if market:
            tail = re.match(
                r"(?:\s*(?:per|a|an|pro|je|/|for|für)\s*[\w-]+(?:\s+(?:hours?|days?|weeks?|months?|nights?|people|stunden|tage|personen)\b)?)*",
                passage.text[one.end :],
            )
            notes.put(f"offers.{notes.offer}.price.{market}", one.text + (tail[0] if tail else ""), passage)
            market_named(notes, market, passage)


def _only_there(price: Figure, countries: Mapping[str, Country]) -> list[str]:
    """Give the country of a currency that only one of them has."""
    found = [slug for slug, country in countries.items() if price.value.startswith(country.currency)]
    return found if len(found) == 1 else []


def take_cta(notes: Notes, passage: Passage) -> None:
    """Take what a reader does next, and where."""
    link = next((one for one in figures(passage.text) if one.kind == "link"), None)
    said = (passage.text[: link.start] if link else passage.text).strip(" ()→>,:-–.")
    said = re.sub(r"\s+(?:at|on|via|auf|unter)$", "", said)
    slug = slug_of(said, notes.slugs("ctas"), 2)
    notes.put(f"ctas.{slug}.text", said, passage)
    if link:
        notes.put(f"ctas.{slug}.url", link.text, passage)
