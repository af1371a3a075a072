"""A brief in prose, read by rules: what it states becomes a line with its words and place, and nothing else does."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as NewWord
from hypothesis import given
from hypothesis import strategies as st

from concerted.brief.document import Document, Line, read_document
from concerted.brief.reading import NOT_IN_BRIEF, BriefReading, read_brief
from concerted.catalog import Catalog
from concerted.conductor.submitting import known_names
from concerted.errors import NotFound, UserError

BRIEF = Path(__file__).parent / "porchlight.md"
KNOWN = known_names(Catalog())


def read(text: str) -> BriefReading:
    """Read a text as a brief."""
    rows = tuple(Line(f"line {number}", row) for number, row in enumerate(text.splitlines(), 1) if row)
    return read_brief(Document("brief.txt", text.encode(), rows), KNOWN)


def lines(reading: BriefReading) -> dict[str, object]:
    """Ref -> proposed value."""
    return {edit.ref: edit.new for edit in reading.edits}


STATED = {
    "campaign.name": "Porchlight",
    "campaign.company": "Halden Mutual",
    "campaign.playbook": "product-launch",
    "objectives.home-policies.measure": "new home policies",
    "objectives.home-policies.target": "4,200",
    "objectives.home-policies.by": "2027-06-30",
    "objectives.renewal.baseline": "81 %",
    "objectives.renewal.target": "86 %",
    "audiences.first-time.says": "I just want to know what it costs.",
    "audiences.first-time.channels": ("email", "linkedin", "web", "google-search"),
    "positioning.promise": "Know what your home costs to insure before the kettle boils.",
    "claims.quotes-took.full": "9,300 of 10,000 quotes took under three minutes.",
    "claims.quotes-took.evidence": "quote log, October 2026",
    "offers.first-month.until": "2027-05-31",
    "offers.first-month.price.us": "USD 29 per month",
    "ctas.get-price.url": "porchlight.example/price",
    "markets.us.launch": "2027-03-09 08:00",
    "dates.copy-freeze": "2027-03-01",
    "budget.total": "120000",
    "budget.lines.media": "80000",
    "brand.is_not": ("cute", "clever"),
    "brand.words.never.hassle-free": "hassle-free",
    "competitors.safehold.name": "Safehold",
    "approvals.legal.for": "claims",
    "contact.phone": "+1 555 0100",
}


def test_what_a_brief_states_becomes_a_line_of_the_strategy() -> None:
    found = lines(read_brief(read_document(BRIEF), KNOWN))
    assert {ref: found.get(ref) for ref in STATED} == STATED


def test_every_line_has_its_words_and_place_or_says_that_it_is_not_in_the_brief() -> None:
    document = read_document(BRIEF)
    places = {line.place: line.text for line in document.lines}
    for edit in read_brief(document, KNOWN).edits:
        if NOT_IN_BRIEF in edit.flags:
            assert (edit.quote, edit.source) == ("", "")
        else:
            assert edit.quote
            assert edit.quote in places[edit.source]


def test_a_claim_without_a_source_is_not_to_be_said_yet() -> None:
    found = {edit.ref: edit for edit in read("Proof\nCustomers love it.").edits}
    assert found["claims.customers-love.kind"].new == "not-yet"
    assert not found["claims.customers-love.kind"].is_certain


def test_a_price_counts_for_the_market_that_has_its_currency() -> None:
    found = lines(read("Price: USD 29 a month in the US, EUR 27 pro Monat in Germany"))
    prices = {ref.rpartition(".")[2]: value for ref, value in found.items() if ".price." in ref}
    assert prices == {"us": "USD 29 a month", "de": "EUR 27 pro Monat"}


def test_an_objective_without_a_number_has_no_target() -> None:
    found = lines(read("Objective: increase brand awareness"))
    assert not [ref for ref in found if ref.endswith((".target", ".measure", ".by"))]


def test_a_german_brief_is_read_alike() -> None:
    found = lines(
        read("Kunde: Halden\nKernbotschaft: Wir sagen den Preis, bevor der Kessel pfeift.\nZielgruppe: Wer das erste Haus kauft\nBudget: 45.000 EUR")
    )
    assert (found["campaign.company"], found["campaign.language"]) == ("Halden", "de-DE")
    assert (found["budget.total"], found["budget.currency"]) == ("45000", "EUR")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=300))
def test_any_text_is_read_without_a_mistake_and_states_only_its_own_words(text: str) -> None:
    rows = {f"line {number}": row for number, row in enumerate(text.splitlines(), 1) if row}
    for edit in read(text).edits if rows else ():
        assert edit.quote in rows.get(edit.source, "")


def word_file(tmp_path: Path) -> Path:
    """A Word brief with headings, a list, a table."""
    word = NewWord()
    word.add_heading("Campaign brief: Porchlight", 1)
    word.add_heading("Key message", 2)
    word.add_paragraph("Know what your home costs before the kettle boils.")
    word.add_heading("Proof", 2)
    word.add_paragraph("9,300 of 10,000 quotes took under three minutes (source: quote log).", style="List Bullet")
    table = word.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Client", "Halden Mutual"
    out = BytesIO()
    word.save(out)
    file = tmp_path / "brief.docx"
    file.write_bytes(out.getvalue())
    return file


def test_a_word_file_is_read_with_its_headings_lists_and_tables(tmp_path: Path) -> None:
    reading = read_brief(read_document(word_file(tmp_path)), KNOWN)
    found = lines(reading)
    assert found["campaign.name"] == "Porchlight"
    assert found["campaign.company"] == "Halden Mutual"
    assert found["positioning.promise"] == "Know what your home costs before the kettle boils."
    assert next(edit.source for edit in reading.edits if edit.ref == "campaign.company") == "table 1, row 1"


def test_a_pdf_is_read_page_by_page(tmp_path: Path) -> None:
    file = tmp_path / "brief.pdf"
    file.write_bytes(pdf("Client: Halden Mutual", "Key message", "Know what your home costs", "before the kettle boils."))
    reading = read_brief(read_document(file), KNOWN)
    found = {edit.ref: edit for edit in reading.edits}
    assert found["campaign.company"].source == "page 1"
    assert found["positioning.promise"].new == "Know what your home costs before the kettle boils."


def pdf(*rows: str) -> bytes:
    """Write a small PDF of one page."""
    drawn = b"BT /F1 12 Tf 50 750 Td 16 TL " + b" ".join(f"({row}) Tj T*".encode() for row in rows) + b" ET"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", list[int]()
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (table, len(out))


BROKEN = [("brief.docx", b"no zip"), ("brief.pdf", b"no pdf"), ("brief.md", b"\xff\xfe"), ("brief.xls", b"x"), ("brief.txt", b" \n")]


@pytest.mark.parametrize(("name", "data"), BROKEN)
def test_a_file_that_cannot_be_read_is_said_in_one_sentence(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UserError) as caught:
        read_document(tmp_path / name)
    assert name in caught.value.message
    assert caught.value.next


def test_a_brief_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_document(tmp_path / "brief.md")
