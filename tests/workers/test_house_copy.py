"""The copy of the house writer, read on the shipped example: every sentence is one that somebody would send."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
from babel.dates import format_date

from concerted.campaign.facets import Tree, route
from concerted.folder import read_folder
from concerted.planning.render import parse_house
from concerted.rules.segment import sentences
from tests.workers.reader import EXAMPLES, REGISTRY, Reader, read_example, written

EXAMPLE = EXAMPLES / "small-hours"
SHIPPED = ("small-hours", "listening-post")
PRICE = "f:offers.first.price.us"
PROMISE = "f:positioning.promise"


@cache
def example() -> Reader:
    """The shipped example of a solid release."""
    return read_example("small-hours")


def test_the_example_has_fifteen_assets_in_two_languages() -> None:
    assert len(example().words) == 15
    assert {deliverable.language for deliverable in example().deliverables.values()} == {"en", "de"}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_field_of_an_example_has_a_text_that_may_be_released(name: str) -> None:
    reader = read_example(name)
    assert reader.empty(optional=False) == []
    assert reader.empty(optional=True) == []
    assert reader.stopped() == []


def test_no_sentence_of_the_example_stands_in_more_than_three_assets_and_no_subject_is_its_pages_headline() -> None:
    assert example().repeated() == ()


@pytest.mark.parametrize(("name", "variants"), [("small-hours", 180), ("listening-post", 900)])
def test_no_variant_of_an_example_shows_its_template(name: str, variants: int) -> None:
    reader = read_example(name)
    assert sum(len(found.texts) for found in reader.renderings.values()) > variants
    assert reader.residue() == []


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
    return written(tree)


@pytest.mark.parametrize("member", ["announce", "reminder"])
def test_a_german_mail_is_written_once_its_wordings_are_there(member: str) -> None:
    reader = example_with_german_mails()
    made = reader.deliverables[f"launch-email.email.hamburg.de.{member}"]
    words = reader.words[made.id]
    assert [name for name, text in words.items() if not text] == []
    assert reader.stops(made, words) == []
    assert words["opening"].startswith("Guten Tag,")
    assert reader.residue() == []


def test_without_german_wordings_nothing_is_written_in_german_from_english_sentences() -> None:
    tree = {name: part for name, part in read_folder(EXAMPLE).tree.items() if name != "wordings"}
    page = written(tree).words["landing-page.web.hamburg.de.-"]
    assert {name for name, text in page.items() if text} <= {"faq_2_q", "faq_2_a", "seo_title"}
    assert page["seo_title"] == "Dusk to Dawn | Small Hours"


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
    reader = written(THINNED[gone], judged=False)
    assert reader.residue() == []


def _offers(name: str, *gone: str) -> Tree:
    """An example whose offers lack these lines."""
    tree = read_folder(EXAMPLES / name).tree
    return {**tree, "offers": {slug: {leaf: said for leaf, said in offer.items() if leaf not in gone} for slug, offer in tree["offers"].items()}}


@pytest.mark.parametrize("gone", [("then",), ("until",), ("then", "until")], ids="-and-".join)
@pytest.mark.parametrize("name", SHIPPED)
def test_where_no_later_price_is_stated_no_sentence_joins_the_price_to_the_day_on_which_the_offer_ends(name: str, gone: tuple[str, ...]) -> None:
    reader = written(_offers(name, *gone))
    offers = [dict(offer) for offer in _offers(name)["offers"].values()]
    prices = {price for offer in offers for price in offer["price"].values()}
    days = {format_date(date.fromisoformat(str(offer["until"])), "long", locale=locale) for offer in offers for locale in ("en_US", "de_DE")}
    said = [(place, sentence) for place, found in reader.renderings.items() for text in found.texts for sentence in sentences(text)]
    assert [(place, one) for place, one in said if any(price in one for price in prices) and any(day in one for day in days)] == []
    assert {place[1] for place, one in said if any(price in one for price in prices)} >= {"offer_line", "offer", "price", "description_3"}
    assert bool([one for _place, one in said if any(day in one for day in days)]) is ("until" not in gone)
    assert [place for place in reader.empty(optional=False) if "#offer" in place or "#price" in place or "last-call" in place] == []
    assert reader.residue() == []


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
