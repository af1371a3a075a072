"""A reading copy as DOCX: one block a field under its printed label, bookmarks that name place and words, change tracking switched on.

No content controls round the texts: LibreOffice loses commented words in them. Bookmarks and labels survive Word, LibreOffice and Google Docs.
"""

import io
import unicodedata
import zipfile
from functools import lru_cache
from importlib.resources import files
from itertools import count

from jinja2 import Environment, StrictUndefined, Template

from concerted.campaign.printable import printable
from concerted.review.reading_copy import WATERMARK, ReadingCopy, mark

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
HOW = {
    "texts": "Write into the texts beside the bars; changes are tracked. Comment where somebody else should think. "
    "Tick the box under a text to approve it. What you write elsewhere in this file is passed on, but belongs to no text.",
    "sentences": "Each sentence stands here once, however many texts hold it. Tick the box under it to clear it wherever these very words "
    "stand. Changes are tracked; comment where somebody else should think.",
}


def document(copy: ReadingCopy) -> bytes:
    """Lay a copy out as DOCX. The same copy gives the same bytes."""
    reader = f"{copy.reader}, {copy.who}" if copy.who not in ("", copy.reader) else copy.reader
    parts = _parts().render(copy=copy, watermark=WATERMARK, reader=reader)
    numbers = count(1)
    text = _document().render(
        copy=copy, watermark=WATERMARK, reader=reader, how=HOW[copy.kind], number=lambda: next(numbers), still=still, paragraphs=paragraphs, rtl=_rtl
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts.split("\n== ")[0:]:
            path, _, content = part.removeprefix("== ").partition("\n")
            _write(archive, path, content)
        _write(archive, "word/document.xml", text)
    return held.getvalue()


def _write(archive: zipfile.ZipFile, path: str, content: str) -> None:
    info = zipfile.ZipInfo(path, _LONG_AGO)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, printable(content).encode())


def still(text: str, number: int) -> str:
    """Name the bookmark of a printed line, so that whatever somebody types into it is noticed."""
    return f"cs_{mark(' '.join(printable(text).split()))}_{number}"


def separator(text: str) -> str:
    """Say what divides the paragraphs of a text: an empty line, or where it has none a line break."""
    return "\n\n" if "\n\n" in text else "\n"


def paragraphs(text: str) -> list[str]:
    """Cut a text into the paragraphs of the document; joined with its separator they are the text again."""
    return printable(text).split(separator(text))


def _rtl(text: str) -> bool:
    return next((unicodedata.bidirectional(char) in ("R", "AL") for char in text if unicodedata.bidirectional(char) in ("L", "R", "AL")), False)


@lru_cache(maxsize=1)
def _document() -> Template:
    return _environment().from_string((files("concerted.review") / "document.xml.j2").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _parts() -> Template:
    return _environment().from_string((files("concerted.review") / "parts.xml.j2").read_text(encoding="utf-8").strip())


def _environment() -> Environment:
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
