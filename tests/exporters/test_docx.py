"""A Word file for each text: odd words come back as they were, and the same release gives the same bytes."""

import io
import zipfile

import pytest
from docx import Document

from concerted.campaign.bundle import Bundle, BundleAsset, BundleField
from concerted.exporters.docx import EXPORTER

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
