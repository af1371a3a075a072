"""One DOCX for each text of a release, for those who read in Word. The words are copied as they are. Pure: a bundle in, files out."""

import io
import re
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from concerted.campaign.bundle import Bundle, BundleAsset
from concerted.campaign.deliverable import field_label
from concerted.campaign.printable import printable
from concerted.exporters.archive import same_bytes
from concerted.exporters.exporter import ExportedFile
from concerted.exporters.naming import NONE, heading, paths, writer_of

if TYPE_CHECKING:
    from docx.document import Document

COLUMNS, WIDTH = (3.2, 12.8), 16.0
"""Centimetres of the two columns of a list of facts, and of a picture."""
LETTER = ("en-US", "en-CA", "fr-CA", "es-MX", "es-US")
"""Where paper is Letter; everywhere else it is A4."""
RIGHT_TO_LEFT = ("ar", "he", "fa", "ur")


class Docx:
    """The export format `docx`."""

    title = "Word, one file for each text"

    def export(self, bundle: Bundle) -> Iterable[ExportedFile]:
        """Write each text as a document."""
        at = paths(bundle.assets, "docx", "word/")
        return [ExportedFile(at[asset.id], _document(bundle, asset), (asset.id,)) for asset in bundle.assets]


def _document(bundle: Bundle, asset: BundleAsset) -> bytes:
    from docx import Document

    document = Document()
    _style(document, asset)
    document.add_heading(printable(heading(asset), " "), level=1)
    facts = _facts(bundle, asset)
    _told(document, facts)
    _picture(document, asset)
    for field in asset.fields:
        document.add_heading(field_label(field.name), level=2)
        for block in re.split(r"\n[ \t]*\n", field.text.strip()):
            _paragraph(document, block, asset)
    document.add_heading("Who wrote what", level=2)
    _told(document, [(field_label(field.name), writer_of(field)) for field in asset.fields])
    _foot(document, f"{bundle.campaign} · release {bundle.release}, strategy {bundle.version} · {heading(asset)}")
    _properties(document, bundle, asset)
    out = io.BytesIO()
    document.save(out)
    return same_bytes(out.getvalue())


def _facts(bundle: Bundle, asset: BundleAsset) -> list[tuple[str, str]]:
    listed = (
        ("Text", asset.id),
        ("Runs", asset.at.replace("T", " ")),
        ("Language", asset.language),
        ("Leads to", asset.links[0].leads if asset.links else ""),
        ("Release", f"{bundle.release}, {bundle.at[:10]}, by {bundle.by}"),
        *(asset.file.told() if asset.file else ()),
        ("Strategy", f"{bundle.version} ({bundle.strategy[:12]}), draft {asset.draft}"),
    )
    return [(name, said) for name, said in listed if said and said != NONE]


def _told(document: "Document", rows: list[tuple[str, str]]) -> None:
    """Write what is told about the text: small, the names narrow and quiet."""
    from docx.shared import Cm, Pt, RGBColor

    table = document.add_table(rows=0, cols=len(COLUMNS))
    table.autofit = False
    for column, width in zip(table.columns, COLUMNS, strict=True):
        column.width = Cm(width)
    for row in rows:
        for cell, text, width in zip(table.add_row().cells, row, COLUMNS, strict=True):
            cell.width = Cm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            font = paragraph.add_run(printable(text, " ")).font
            font.size, font.color.rgb = Pt(9), RGBColor(0x5A, 0x66, 0x6E) if text is row[0] else None


def _picture(document: "Document", asset: BundleAsset) -> None:
    """Show a picture that was made outside, where Word knows its kind."""
    from docx.image.exceptions import UnrecognizedImageError
    from docx.shared import Cm

    if asset.picture:
        try:
            document.add_picture(io.BytesIO(asset.picture), width=Cm(WIDTH))
        except UnrecognizedImageError:
            document.add_paragraph(f"This kind of picture cannot be shown in Word: {asset.file.name if asset.file else asset.id}")


def _foot(document: "Document", said: str) -> None:
    """Name release and text at the foot of every page, with the number of the page."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Pt

    paragraph: Any = document.sections[0].footer.paragraphs[0]
    paragraph.add_run(f"{printable(said, ' ')} · page ").font.size = Pt(8)
    paragraph._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>')
    )


def _style(document: "Document", asset: BundleAsset) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    language = normal.element.get_or_add_rPr()
    mark: Any = language.makeelement(qn("w:lang"), {qn("w:val"): asset.language})
    language.append(mark)
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2)
        if asset.language not in LETTER:
            section.page_width, section.page_height = Cm(21), Cm(29.7)


def _paragraph(document: "Document", block: str, asset: BundleAsset) -> None:
    """Write one paragraph with its line breaks, from the right where the language runs so."""
    from docx.oxml.ns import qn

    paragraph: Any = document.add_paragraph()
    for number, line in enumerate(block.split("\n")):
        run: Any = paragraph.add_run(printable(line, " "))
        if number:
            run._r.insert(0, run._r.makeelement(qn("w:br"), {}))
    if asset.language.partition("-")[0] in RIGHT_TO_LEFT:
        properties = paragraph._p.get_or_add_pPr()
        properties.append(properties.makeelement(qn("w:bidi"), {}))


def _properties(document: "Document", bundle: Bundle, asset: BundleAsset) -> None:
    told = document.core_properties
    told.title, told.author, told.comments = printable(heading(asset), " ")[:255], "Concerted", f"draft {asset.draft}, {bundle.release}"
    told.last_modified_by = "Concerted"
    told.created = told.modified = datetime.fromisoformat(bundle.at[:10])


EXPORTER = Docx()
