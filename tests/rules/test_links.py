"""Links are found with and without "https://", end where the sentence goes on, and compare by where they lead."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.rules.links import host_of, link_spans, mail_spans, plain_link


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See rampline.example/see.", ["rampline.example/see"]),
        ("See (rampline.example/see), then call.", ["rampline.example/see"]),
        ("https://www.rampline.example/see?utm_source=x#top!", ["https://www.rampline.example/see?utm_source=x#top"]),
        ("„rampline.example/de/impressum“", ["rampline.example/de/impressum"]),
        ("en.wikipedia.org/wiki/Dock_(maritime) is long", ["en.wikipedia.org/wiki/Dock_(maritime)"]),
        ("two: a.com, b.co.uk/x", ["a.com", "b.co.uk/x"]),
        ("http://test.co", ["http://test.co"]),
        ("RAMPLINE.example/See", ["RAMPLINE.example/See"]),
        ("Write to press@rampline.example today", []),
        ("It is done.It was late", []),
        ("See pilot-report.pdf, page 7", []),
        ("e.g. this, i.e. that, at 8 a.m. in the yard", []),
        ("version 2.0 and 9.240 arrivals", []),
        ("rampline.examples/see", []),
        ("://", []),
        ("", []),
    ],
)
def test_links_are_found_whole_and_nothing_else(text: str, links: list[str]) -> None:
    assert [text[start:end] for start, end in link_spans(text)] == links


@pytest.mark.parametrize(
    "link",
    [
        "rampline.example/see",
        "https://rampline.example/see/",
        "http://www.rampline.example/see?utm_source=mail&utm_medium=email",
        "RAMPLINE.EXAMPLE/see#top",
    ],
)
def test_one_place_has_one_form(link: str) -> None:
    assert plain_link(link) == "rampline.example/see"
    assert host_of(link) == "rampline.example"


@pytest.mark.parametrize("link", ["rampline.example/se", "rampline.example/SEE", "rampline.example", "book.rampline.example/see"])
def test_another_place_has_another_form(link: str) -> None:
    assert plain_link(link) != "rampline.example/see"


def test_mail_addresses_are_found() -> None:
    text = "Ask press@rampline.example or jo.b+x@mail.co."
    assert [text[start:end] for start, end in mail_spans(text)] == ["press@rampline.example", "jo.b+x@mail.co"]


@given(st.text(alphabet="ab./:@ -?#w(co)m\n", max_size=60))
def test_links_lie_in_order_and_apart(text: str) -> None:
    spans = link_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
