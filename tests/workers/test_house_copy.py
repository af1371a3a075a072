"""The copy of the house writer, read on the shipped example: every sentence is one that somebody would send."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from concerted.campaign.deliverable import Deliverable
from concerted.campaign.facets import Facets, Tree, flatten, route
from concerted.campaign.finding import Finding
from concerted.catalog import Catalog
from concerted.conductor.assembly import Assembly
from concerted.folder import read_folder
from concerted.planning.kit import Kit
from concerted.planning.render import Rendering, parse_house, render_variants
from concerted.planning.trace import Reading
from concerted.rules.across import contradictions
from concerted.workers.worker import load_workers

EXAMPLE = Path(__file__).parents[2] / "examples" / "small-hours"
TODAY = "2026-11-22"
REGISTRY = load_workers()
PRICE = "f:offers.first.price.us"
PROMISE = "f:positioning.promise"


@dataclass
class Reader:
    """A campaign written by the house writer, asset by asset, as the playbook orders them."""

    kit: Kit
    facets: Facets
    judged: bool = True
    """False: take the variant that rotation gives, whatever the rules say."""
    words: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    renderings: dict[tuple[str, str], Rendering] = field(default_factory=dict[tuple[str, str], Rendering])

    @property
    def deliverables(self) -> Mapping[str, Deliverable]:
        return self.kit.expand(self.facets)

    def write(self, deliverable: Deliverable) -> None:
        """Pick each field as the house writer does: in rotation, the first variant that may be released."""
        source = REGISTRY.house_source(deliverable.type, deliverable.language)
        assert source, f"{deliverable.id}: no house template in {deliverable.language}"
        chosen: dict[str, str] = {}
        for name, variants in parse_house(source).variants.items():
            found = render_variants(variants, Reading(deliverable, self.facets, self.words), self.kit.law)
            self.renderings[deliverable.id, name] = found
            start = deliverable.rotation % max(1, len(found.texts))
            order = (*found.texts[start:], *found.texts[:start])
            chosen[name] = next((text for text in order if not self.judged or not self.stops(deliverable, {name: text})), "")
        self.words[deliverable.id] = chosen

    def findings(self, deliverable: Deliverable, words: Mapping[str, str]) -> tuple[Finding, ...]:
        return self.kit.rules.check(deliverable, words, self.facets, TODAY)

    def stops(self, deliverable: Deliverable, words: Mapping[str, str]) -> list[Finding]:
        found = (finding for finding in self.findings(deliverable, words) if finding.severity == "release")
        return [finding for finding in found if len(words) > 1 or not finding.ref.endswith("_items")]

    def fields(self) -> Iterator[tuple[Deliverable, str, str]]:
        for asset, words in self.words.items():
            for name, text in words.items():
                yield self.deliverables[asset], name, text

    def readers_of(self, *keys: str) -> set[str]:
        return {f"{asset}#{name}" for (asset, name), found in self.renderings.items() if any(key in keys for key, _seen in found.trace)}


def _written(tree: Tree, *, judged: bool = True) -> Reader:
    catalog = Catalog()
    kit = Assembly(REGISTRY, catalog.playbook).kit(tree, TODAY)
    reader = Reader(kit, flatten(tree) | catalog.channel_facets(), judged)
    for deliverable in reader.deliverables.values():
        reader.write(deliverable)
    return reader


@cache
def example() -> Reader:
    """The shipped example, written once."""
    source = read_folder(EXAMPLE)
    assert source.problems == ()
    return _written(source.tree)


def test_the_example_has_fifteen_assets_in_two_languages() -> None:
    assert len(example().words) == 15
    assert {deliverable.language for deliverable in example().deliverables.values()} == {"en", "de"}


def test_every_required_field_of_the_example_has_a_text_that_may_be_released() -> None:
    empty = [f"{made.id}#{name}" for made, name, text in example().fields() if not text and not REGISTRY.type(made.type).field(name).optional]
    assert empty == []


def test_no_optional_field_of_the_example_stays_empty() -> None:
    assert [f"{made.id}#{name}" for made, name, text in example().fields() if not text] == []


def test_nothing_in_the_example_stops_its_release() -> None:
    reader = example()
    assert [finding for made in reader.deliverables.values() for finding in reader.stops(made, reader.words[made.id])] == []


def test_no_sentence_of_the_example_stands_in_more_than_three_assets_and_no_subject_is_its_pages_headline() -> None:
    own = {
        asset: {name: text for name, text in words.items() if not REGISTRY.type(example().deliverables[asset].type).field(name).shared}
        for asset, words in example().words.items()
    }
    assert contradictions(own, example().facets) == ()


_TEMPLATE_RESIDUE = re.compile(r"[{}]|  |\.\.|\(\)|\bNone\b|[ ][.,;:?]|: *$|\b[a-z]+_[a-z0-9_]+\b|“”|\bloop\b|[.!?]\.", re.MULTILINE)


def test_no_variant_of_the_example_shows_its_template() -> None:
    texts = [(place, text) for place, found in example().renderings.items() for text in found.texts]
    assert len(texts) > 180
    assert [(place, text) for place, text in texts if _TEMPLATE_RESIDUE.search(text)] == []


def test_a_change_of_the_offers_price_is_read_only_where_a_price_is_stated() -> None:
    assert {place.partition("#")[2] for place in example().readers_of(PRICE)} == {
        "offer_line", "offer", "price", "subject", "headline_4", "description_3", "text",
    }  # fmt: skip


def test_the_promise_reaches_the_mail_through_house_concept_and_page() -> None:
    reader = example()
    assert reader.readers_of(PROMISE) == {"messaging-house.-.-.-.-#roof"}
    assert "concept.-.-.-.-#idea" in reader.readers_of("u:messaging-house.-.-.-.-#roof")
    assert "landing-page.web.shops.us.-#h1" in reader.readers_of("u:concept.-.-.-.-#headline_a")
    assert "launch-email.email.shops.us.announce#preheader" in reader.readers_of("u:landing-page.web.shops.us.-#h1")


def test_an_audience_with_its_own_lead_reads_nothing_of_the_promise() -> None:
    reader = example()
    lengths = (f"{PROMISE}@en.{length}" for length in ("h30", "h60", "h90", "w30"))
    readers = reader.readers_of(PROMISE, "u:concept.-.-.-.-#headline_a", "u:concept.-.-.-.-#headline_b", *lengths)
    assert [place for place in readers if ".riders." in place] == []


def _set(tree: Tree, ref: str, value: object) -> dict[str, Any]:
    """Give a copy of a tree in which one leaf says something else."""
    copy = dict(tree)
    node = copy
    for key in route(ref)[:-1]:
        node[key] = dict(node.get(key, {}))
        node = node[key]
    node[route(ref)[-1]] = value
    return copy


GERMAN_MAIL = {
    "audiences.hamburg.moment@de": "Samstag um acht, in einer Stunde öffnet der Markt, und das Lastenrad hat einen Platten",
    "audiences.hamburg.says@de": "Ein Platten, und mein halber Samstag ist weg.",
    "news.new@de": "Mit Dusk to Dawn geben Läden und Kuriere in Hamburg abends ein einzelnes Lieferrad ab und holen es morgens repariert ab.",
    "news.new@de.h60": "Small Hours repariert jetzt auch einzelne Räder über Nacht",
    "offers.first.line@de.h30": "Erste Durchsicht über Nacht",
}


@cache
def example_with_german_mails() -> Reader:
    tree = _set(read_folder(EXAMPLE).tree, "audiences.hamburg.channels", ["web", "email"])
    for ref, text in GERMAN_MAIL.items():
        tree = _set(tree, ref, text)
    return _written(tree)


@pytest.mark.parametrize("member", ["announce", "reminder"])
def test_a_german_mail_is_written_once_its_wordings_are_there(member: str) -> None:
    reader = example_with_german_mails()
    made = reader.deliverables[f"launch-email.email.hamburg.de.{member}"]
    words = reader.words[made.id]
    assert [name for name, text in words.items() if not text] == []
    assert reader.stops(made, words) == []
    assert words["opening"].startswith("Guten Tag,")
    assert [found for found in reader.renderings.values() for text in found.texts if _TEMPLATE_RESIDUE.search(text)] == []


def test_without_german_wordings_nothing_is_written_in_german_from_english_sentences() -> None:
    tree = {name: part for name, part in read_folder(EXAMPLE).tree.items() if name != "wordings"}
    page = _written(tree).words["landing-page.web.hamburg.de.-"]
    assert {name for name, text in page.items() if text} <= {"faq_2_q", "faq_2_a"}


def _thinned() -> Iterator[tuple[str, Tree]]:
    """The example with one part, entry or leaf taken out at a time."""
    tree = read_folder(EXAMPLE).tree
    for part, entries in tree.items():
        if part in ("campaign", "markets", "audiences", "deliverables"):
            continue
        yield part, {name: kept for name, kept in tree.items() if name != part}
        for slug in entries:
            yield f"{part}.{slug}", {**tree, part: {name: kept for name, kept in entries.items() if name != slug}}
    for slug, who in tree["audiences"].items():
        for leaf in who:
            if leaf not in ("who", "channels", "markets"):
                yield f"audiences.{slug}.{leaf}", _set(tree, f"audiences.{slug}", {name: kept for name, kept in who.items() if name != leaf})


THINNED = dict(_thinned())


@pytest.mark.parametrize("gone", list(THINNED))
def test_what_is_missing_in_a_campaign_is_left_out_or_asked_for_never_papered_over(gone: str) -> None:
    reader = _written(THINNED[gone], judged=False)
    shown = [(place, text) for place, found in reader.renderings.items() for text in found.texts if _TEMPLATE_RESIDUE.search(text)]
    assert shown == []


def _templates() -> Iterator[tuple[str, str]]:
    for type_ in REGISTRY.types:
        for language in REGISTRY.languages(type_):
            yield type_, language


@pytest.mark.parametrize(("type_", "language"), list(_templates()))
def test_a_house_template_has_every_required_field_and_no_figure_of_its_own(type_: str, language: str) -> None:
    source = REGISTRY.house_source(type_, language) or ""
    required = {spec.name for spec in REGISTRY.type(type_).fields if not spec.optional}
    assert required <= set(parse_house(source).variants)
    literals = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|^== \w+$", "", source, flags=re.DOTALL | re.MULTILINE)
    assert re.findall(r"\d+|[$€]", literals) == []
