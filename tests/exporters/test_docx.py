"""A Word file for each text: odd words come back as they were, and the same release gives the same bytes."""

import io
import zipfile

import pytest
from docx import Document

from concerted.campaign.bundle import Bundle, BundleAsset, BundleField
from concerted.campaign.outside import HandedFile
from concerted.exporters.docx import EXPORTER
from tests.story.made_outside import png

ODD = ("=1+1", "zwei\nZeilen", "a\n\nb", 'say "so" & <b>', "שלום עולם", "🎧 ear", "tab\there")


def _files(text: str, language: str = "en-US") -> dict[str, bytes]:
    asset = BundleAsset("x-post.x.-.us.-", "X post", "x", "-", "us", language, "2027-03-23", "d" * 12, "a" * 64, (BundleField("text", text, "Noor"),))
    bundle = Bundle("Dusk", "Small Hours", "R1", "5" * 64, 3, "2027-03-01T10:00:00+00:00", "Priya", ("us.launch",), (), (asset,))
    return {file.path: file.content for file in EXPORTER.export(bundle)}


@pytest.mark.parametrize("text", ODD)
def test_the_words_come_back_as_they_were(text: str) -> None:
    (content,) = _files(text).values()
    said = [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]
    start = said.index("Text") + 1
    assert "\n\n".join(said[start : said.index("Who wrote what")]) == text


def test_what_no_word_file_can_hold_costs_no_export() -> None:
    (content,) = _files("in\ufffe by\ud800 six\x0b").values()
    assert "in  by  six" in [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]


def test_a_text_from_right_to_left_is_set_so() -> None:
    (content,) = _files("שלום", "he-IL").values()
    assert b"<w:bidi/>" in zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")


def test_the_path_stays_and_the_bytes_are_the_same() -> None:
    assert list(_files("a")) == ["word/us/x/x-post.docx"]
    assert _files("a") == _files("a")


def test_paper_is_what_the_readers_country_prints_on_and_every_page_says_what_it_is_of() -> None:
    sizes: list[float] = []
    for language in ("en-US", "de-DE"):
        (content,) = _files("a", language).values()
        section = Document(io.BytesIO(content)).sections[0]
        assert section.page_width is not None
        sizes.append(round(section.page_width.cm, 1))
        assert section.footer.paragraphs[0].text.startswith("Dusk · release R1, strategy 3 · X post (us) · page")
    assert sizes == [21.6, 21.0]


def test_a_picture_stands_in_its_document_and_one_that_word_does_not_know_is_named() -> None:
    shown = Document(io.BytesIO(_picture_file(png(12, 6))))
    assert len(shown.inline_shapes) == 1
    other = Document(io.BytesIO(_picture_file(b"RIFF....WEBPVP8 ")))
    assert len(other.inline_shapes) == 0
    assert "This kind of picture cannot be shown in Word: hero.png" in [paragraph.text for paragraph in other.paragraphs]


def _picture_file(data: bytes) -> bytes:
    file = HandedFile("hero.png", "hero.png", "c" * 64, len(data), "image/png")
    asset = BundleAsset("picture.web.-.us.hero", "Picture", "web", "-", "us", "en-US", "", "d" * 12, "a" * 64, (), file=file, picture=data)
    bundle = Bundle("Dusk", "Small Hours", "R1", "5" * 64, 3, "2027-03-01T10:00:00+00:00", "Priya", ("us.launch",), (), (asset,))
    (made,) = EXPORTER.export(bundle)
    return made.content
