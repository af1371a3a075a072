"""The preview: self-contained, every word in it, nothing of it runs, folded where the channel's data says; no text above its channel's limit."""

import html
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from concerted.campaign.bundle import Bundle, BundleAsset, BundleField, BundleLink
from concerted.campaign.channel import Channel
from concerted.campaign.outside import HandedFile
from concerted.campaign.playbook import Planned
from concerted.catalog import Catalog
from concerted.exporters.html import EXPORTER, fold
from concerted.rules.limits import measure
from concerted.workers.worker import load_workers

CHANNELS = Catalog().channels()


def _asset(id: str, *fields: tuple[str, str, str], links: tuple[BundleLink, ...] = ()) -> BundleAsset:
    _kind, channel, audience, market, _variant = id.split(".")
    words = tuple(BundleField(name, text, "house", slot) for name, text, slot in fields)
    return BundleAsset(
        id, "Title", channel, audience, market, "en-US", "2027-03-23", "d" * 12, "a" * 64, words, "2027-03-23T06:00-05:00", links=links
    )


def _page(*assets: BundleAsset) -> str:
    bundle = Bundle("Dusk", "Small Hours", "R1", "5" * 64, 3, "2027-03-01T10:00:00+00:00", "Priya", ("us.launch",), (), assets, CHANNELS)
    (file,) = EXPORTER.export(bundle)
    return file.content.decode()


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [value or "" for name, value in attrs if name in ("src", "srcset", "poster", "data") or (tag == "link" and name == "href")]
        if tag not in ("meta", "br", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


PLANNED = list(Catalog().playbook("product-launch").deliverables.values())


@pytest.mark.parametrize("planned", PLANNED, ids=lambda planned: f"{planned.type}-{planned.channel}")
def test_every_kind_of_text_has_a_frame_that_loses_no_word(planned: Planned) -> None:
    specs = load_workers().type(planned.type).fields
    words = [(spec.name, f"Q{number}z", spec.slot) for number, spec in enumerate(specs)]
    page = _page(_asset(f"{planned.type}.{planned.channel}.shops.us.-", *words, links=(BundleLink("example.com/see", "https://example.com/see"),)))
    drawn = page.split('<details class="about">')[0]
    assert [name for name, said, _slot in words if said not in drawn] == []


def test_the_page_fetches_nothing_and_closes_every_tag() -> None:
    reader = _Links()
    reader.feed(_page(_asset("launch-email.email.shops.us.-", ("subject", "Hello", "subject"), ("cta", "Go", ""))))
    assert reader.fetched == []
    assert reader.open == []


def test_words_that_look_like_code_are_shown_and_never_run() -> None:
    page = _page(_asset("x-post.x.-.us.-", ("text", "<script>alert(1)</script> \"onload=x 'y' {{ 7*7 }}", "post")))
    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in page
    assert page.count("<script>") == 1


def test_links_lead_where_they_are_counted_and_read_as_they_were_written() -> None:
    link = BundleLink("example.com/see", "https://example.com/see?utm_source=x&utm_medium=social")
    page = _page(_asset("x-post.x.-.us.-", ("text", "See it: example.com/see", "post"), links=(link,)))
    assert '<a href="https://example.com/see?utm_source=x&amp;utm_medium=social" rel="noreferrer">example.com/see</a>' in page


@pytest.mark.parametrize(("channel", "slot"), [(c.slug, name) for c in CHANNELS.values() for name, spec in c.fields.items() if spec.shown])
def test_a_text_is_folded_where_its_channel_folds_it(channel: str, slot: str) -> None:
    spec = CHANNELS[channel].fields[slot]
    assert spec.shown is not None
    part = fold("Wide words 🎧 " * 400, spec)
    assert part.seen + part.rest == "Wide words 🎧 " * 400
    assert measure(part.seen, spec.count, spec.font_px) <= spec.shown.value < measure(part.seen + part.rest[:2], spec.count, spec.font_px)


def test_the_policy_names_the_one_style_and_the_one_script() -> None:
    page = _page(_asset("x-post.x.-.us.-", ("text", "Hello", "post")))
    policy = html.unescape(re.findall(r'Content-Security-Policy" content="([^"]+)"', page)[0])
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_a_channel_of_ones_own_without_a_frame_is_a_document() -> None:
    assert Channel.from_data("booth", {"name": "Booth"}).preview == "document"
    assert "Strategy" in _page(_asset("concept.-.-.-.-", ("idea", "One idea.", "")))


def test_no_planned_text_is_shown_in_a_frame_that_nobody_drew() -> None:
    known = set(re.findall(r'"(\w+)": \1\b', (files("concerted.exporters") / "preview.html.j2").read_text()))
    assert {channel.preview for channel in CHANNELS.values()} <= known


def test_the_contents_lead_to_every_text_once() -> None:
    ids = ("x-post.x.-.us.-", "concept.-.-.-.-", "launch-email.email.shops.us.-", "launch-email.email.shops.de.-")
    page = _page(*(_asset(id, ("text", "Hello", "")) for id in ids))
    contents = page[page.index("<nav") : page.index("</nav>")]
    assert sorted(re.findall(r'<li value="\d+"><a href="#([^"]+)"', contents)) == sorted(ids)
    assert sorted(re.findall(r'<article [^>]*\bid="([^"]+)"', page)) == sorted(ids)
    numbered = dict(re.findall(r'<a class="number" href="#([^"]+)"[^>]*>(\d+)<', page))
    assert list(numbered.values()) == ["1", "2", "3", "4"]
    assert re.findall(r'<li value="(\d+)"><a href="#([^"]+)"', contents) == [(number, id) for id, number in numbered.items()]


def test_a_name_at_the_foot_of_printed_pages_ends_neither_the_rule_nor_the_style() -> None:
    bundle = Bundle('"} </style> Über', "Kiln", "R1", "5" * 64, 3, "2027-03-01T10:00:00+00:00", "Priya", ("us.launch",), (), (), CHANNELS)
    (file,) = EXPORTER.export(bundle)
    page = file.content.decode()
    assert page.count("</style>") == 1
    style = page[page.index("<style>") : page.index("</style>")]
    said = re.findall(r'@bottom-left \{ content: "([^"]*)"', style)
    assert [re.sub(r"\\([0-9a-f]{6})", lambda code: chr(int(code[1], 16)), foot) for foot in said] == [
        'Kiln · "} </style> Über · release R1, strategy 3'
    ]


def test_a_picture_stands_where_the_channel_shows_one_and_nowhere_twice() -> None:
    made = HandedFile("hero.png", "hero.png", "c" * 64, 68, "image/png", 1, 1)
    hero = replace(_asset("picture.web.-.us.hero", ("words", "Out by six", ""), ("alt", "A bike", "")), file=made, picture=b"PNG!")
    film = replace(_asset("video.web.-.us.film", ("words", "", "")), file=replace(made, name="film.mp4", kind="video/mp4"))
    page = _page(hero, film, replace(_asset("landing-page.web.shops.us.-", ("h1", "Hello", "")), media=(hero.id, film.id)))
    card = page[page.index('id="landing-page.web.shops.us.-"') :].split("</article>")[0]
    assert card.count("<img") == 1
    assert 'class="lead-picture"' in card
    assert 'alt="A bike"' in card
    assert card.count("film.mp4</div>") == 1
    assert "Here stands a picture" not in card


def test_a_booth_of_no_channel_stands_in_a_section_of_its_own_at_the_end() -> None:
    made = HandedFile("wall.pdf", "wall.pdf", "c" * 64, 68, "application/pdf")
    page = _page(
        replace(_asset("booth.-.-.us.wall", ("words", "Louder", "")), file=made),
        _asset("concept.-.-.-.-", ("idea", "One idea.", "")),
        _asset("x-post.x.-.us.-", ("text", "Hello", "")),
    )
    assert re.findall("<h2>([^<]+)</h2>", page) == ["Strategy", "X post", "Made outside"]
    assert re.findall(r'<article [^>]*\bid="([^"]+)"', page) == ["concept.-.-.-.-", "x-post.x.-.us.-", "booth.-.-.us.wall"]
