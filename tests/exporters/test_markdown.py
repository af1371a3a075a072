"""The Markdown bundle: one file for each text with its words as they are, an index, names that stay and are safe everywhere."""

import re
from dataclasses import replace
from pathlib import PurePosixPath

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.markdown import Markdown as Rendered

from concerted.campaign.bundle import Bundle, BundleAsset, BundleField
from concerted.exporters.exporter import load_exporters
from concerted.exporters.markdown import EXPORTER
from concerted.exporters.naming import groups_said, safe

FIELDS = (BundleField("subject", "Small Hours, at night", "house"), BundleField("body", "First.\n\nSecond line\nand third.", "Noor Haddad"))


def _asset(id: str, *fields: BundleField, title: str = "Launch email") -> BundleAsset:
    _kind, channel, audience, market, _variant = id.split(".")
    return BundleAsset(id, title, channel, audience, market, "en-US", "2027-03-23", "d" * 12, "a" * 64, fields or FIELDS)


def _bundle(*assets: BundleAsset) -> Bundle:
    return Bundle("Dusk to Dawn", "Small Hours", "R1", "5" * 64, 3, "2027-03-01T10:00:00+00:00", "Priya Raman", ("us.launch",), (), assets)


def _files(*assets: BundleAsset) -> dict[str, str]:
    return {file.path: file.content.decode() for file in EXPORTER.export(_bundle(*assets))}


def _read(markdown: str) -> str:
    """Give the words that a reader of rendered Markdown sees, white space made equal."""
    tokens = Rendered(markdown).parsed
    assert all(token.type in ("paragraph_open", "paragraph_close", "inline") for token in tokens), [token.type for token in tokens]
    words: list[str] = []
    for token in tokens:
        for child in token.children or ():
            assert child.type in ("text", "softbreak", "hardbreak", "text_special"), child.type
            words.append(child.content or " ")
        words.append(" ")
    return " ".join("".join(words).split())


def _body_of(page: str, name: str) -> str:
    return page.split(f"## {name}\n\n", 1)[1].split("\n\n## ")[0].split("\n\n---\n")[0]


def test_the_format_is_installed_under_its_name() -> None:
    assert load_exporters()["markdown"] is EXPORTER


def test_each_text_has_its_file_by_market_and_channel() -> None:
    paths = list(_files(_asset("launch-email.email.shops.us.announce"), _asset("x-post.x.-.us.-"), _asset("concept.-.-.-.-")))
    assert paths == ["us/email/launch-email.shops.announce.md", "us/x/x-post.md", "all-markets/strategy/concept.md", "README.md"]


def test_a_page_has_its_draft_in_front_and_its_writers_behind() -> None:
    page = _files(_asset("launch-email.email.shops.us.announce"))["us/email/launch-email.shops.announce.md"]
    front = yaml.safe_load(page.split("---\n")[1])
    assert front["draft"] == "d" * 12
    assert front["asset"] == "launch-email.email.shops.us.announce"
    assert front["release"] == "R1"
    assert "# Launch email, announce (shops, us)" in page
    assert page.endswith("- subject: house templates\n- body: Noor Haddad\n")
    assert _body_of(page, "body") == "First.\n\nSecond line  \nand third."


def test_the_index_lists_every_text_with_who_wrote_it() -> None:
    index = _files(_asset("launch-email.email.shops.us.announce"), _asset("x-post.x.-.us.-", title="X post"))["README.md"]
    assert "release R1" in index
    assert "strategy 3 (555555555555)" in index
    row = "| Launch email, announce (shops, us) | en-US | 2027-03-23 | house templates, Noor Haddad "
    assert f"{row}| [us/email/launch-email.shops.announce.md](us/email/launch-email.shops.announce.md) |" in index


def test_what_was_set_aside_stands_in_the_index() -> None:
    bundle = replace(_bundle(_asset("x-post.x.-.us.-")), waived=("R6:x-post.x.-.us.- (agreed; Jo)",))
    index = {file.path: file.content.decode() for file in EXPORTER.export(bundle)}["README.md"]
    assert "Set aside" in index
    assert "agreed; Jo" in index


def test_the_same_release_gives_the_same_bytes() -> None:
    assets = (_asset("launch-email.email.shops.us.announce"), _asset("x-post.x.-.us.-"))
    assert list(EXPORTER.export(_bundle(*assets))) == list(EXPORTER.export(_bundle(*assets)))


def test_a_name_does_not_depend_on_what_else_is_released() -> None:
    alone = next(iter(_files(_asset("x-post.x.-.us.-"))))
    assert alone in _files(_asset("launch-email.email.shops.us.announce"), _asset("x-post.x.-.us.-"))


slugs = st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True)


@given(st.lists(st.tuples(slugs, slugs, slugs | st.just("-"), slugs, slugs | st.just("-")), unique=True, max_size=8))
def test_two_texts_never_share_a_file(ids: list[tuple[str, ...]]) -> None:
    paths = list(_files(*(_asset(".".join(parts)) for parts in ids)))
    assert len({path.lower() for path in paths}) == len(ids) + 1


@pytest.mark.parametrize(("name", "file"), [("Köln / Süd", "koln-sud"), ("../../etc", "etc"), ("con", "con_"), ("💤", "x"), ("a" * 3, "aaa")])
def test_a_name_is_safe_in_every_file_system(name: str, file: str) -> None:
    assert safe(name) == file
    assert PurePosixPath(f"x/{safe(name)}.md").parts == ("x", f"{file}.md")


@pytest.mark.parametrize(
    "text",
    [
        "# not a heading",
        "#hashtag #bikes",
        "- a dash\n- another",
        "1. first\n2) second",
        "> he said",
        "a_b and _c_ and __d__",
        "*all* **of** `it`",
        "price < 30 & > 20 &amp; more",
        "<b>bold</b> <!-- hidden -->",
        "[link](https://example.com) ![picture](x.png)",
        "Title\n===\nOther\n---",
        "***\n___",
        "~~gone~~",
        "    indented",
        "\\* and \\",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "Emoji 🚲 and “quotes”",
        "[ref]: https://example.com",
        "+ plus\n+",
    ],
)
def test_words_are_shown_as_they_are_and_never_as_formatting(text: str) -> None:
    page = _files(_asset("x-post.x.-.us.-", BundleField("text", text, "house")))["us/x/x-post.md"]
    assert _read(_body_of(page, "text")) == " ".join(text.split())


@settings(max_examples=400)
@given(st.text(st.sampled_from("ab 1.)-+*_#>`~<=|[]()!&;:/\\\n\tx"), min_size=1, max_size=40).filter(lambda text: bool(text.strip())))
def test_no_text_turns_into_formatting(text: str) -> None:
    page = _files(_asset("x-post.x.-.us.-", BundleField("text", text, "house")))["us/x/x-post.md"]
    assert _read(_body_of(page, "text")) == " ".join(text.split())


def test_plain_sentences_are_not_littered_with_signs() -> None:
    sentence = "Hand it in tonight (before nine), ride it at six: $29, 5-7 days, 24/7, a_b, C#, 100% & more."
    page = _files(_asset("x-post.x.-.us.-", BundleField("text", sentence, "house")))["us/x/x-post.md"]
    assert _body_of(page, "text") == sentence
    assert re.search(r"\\", page) is None


def test_release_groups_are_named_by_phase() -> None:
    assert groups_said(("-.launch", "us.launch", "de.launch", "us.follow-up")) == "launch (all markets, us, de), follow-up (us)"
