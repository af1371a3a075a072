"""A brief in prose, read by rules: what it states becomes a line with its words and place, and nothing else does."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as NewWord
from hypothesis import given
from hypothesis import strategies as st

from concerted.brief.document import Document, Line, read_document
from concerted.brief.reading import HOUR_CHOSEN, NOT_IN_BRIEF, BriefReading, read_brief
from concerted.brief.support import unread
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


PROSE: dict[str, dict[str, object]] = {
    "kayaks.md": {
        "campaign.company": "Tidewater Rentals",
        "campaign.name": "Tidewater autumn launch",
        "campaign.language": "en-GB",
        "news.new": "Tidewater Rentals is opening a new self-service kayak station in Harwich on 14 May 2027.",
        "objectives.bookings.target": "400",
        "positioning.promise": "You book at breakfast and you are on the water before lunch.",
        "claims.first-time.kind": "measured",
        "claims.first-time.evidence": "Tidewater customer survey, 2026, n = 640",
        "offers.standard.price.uk": "GBP 28 for two hours",
        "offers.standard.until": None,
        "offers.second-hour.until": "2027-05-31",
        "brand.is": ("plain", "friendly"),
        "brand.is_not": ("breathless",),
        "brand.words.never.adventure-lifetime": "adventure of a lifetime",
        "competitors.blue-oar.name": "Blue Oar",
        "competitors.needs-booking-two.name": None,
        "contact.email": "ruth@tidewater.example",
        "dates.launch": "2027-05-14",
    },
    "bakery.md": {
        "campaign.company": "Backstube Lindner",
        "campaign.language": "de-DE",
        "markets.de.currency": "EUR",
        "news.until_now": "Bisher mussten Kunden anrufen oder um sechs Uhr morgens in der Schlange stehen.",
        "objectives.vorbestellungen.by": "2027-06-30",
        "audiences.berufstaetige-freiburg.channels": ("web", "email", "instagram"),
        "claims.testkunden-holten.evidence": "eigene Messung, März 2027",
        "offers.gibt-bestellung.until": "2027-05-31",
        "brand.words.never.lecker": "lecker",
        "approvals.jonas-lindner.for": "copy",
        "approvals.dr-eva.who": "Dr. Eva Brandt",
        "approvals.dr-eva.for": "claims",
        "dates.launch": "2027-05-03",
    },
    "alerts.txt": {
        "campaign.company": "Northlight Analytics",
        "campaign.name": "Northlight Alerts",
        "objectives.trial-sign-ups.target": "250",
        "budget.total": "60000",
        "audiences.store-managers.says": "I find out when it is too late.",
        "audiences.cfos-same.who": "CFOs of the same chains",
        "claims.pilot-stores.full": "In the pilot with 14 stores we caught 31 % more till errors.",
        "offers.standard.price.us": "$49 per store per month",
        "offers.first-days.line": "First 60 days free until June 30, 2027.",
        "brand.words.never.revolutionary": "revolutionary",
        "competitors.losspro.name": "LossPro",
        "ctas.start-days.url": "northlight.example/alerts",
        "approvals.dana-reyes.for": "claims",
    },
    "kiln.md": {
        "campaign.name": "Harvest Week at the Kiln Collective",
        "objectives.evenings.target": "12",
        "audiences.parents-teenagers.channels": ("instagram", "press", "email"),
        "positioning.promise": "You make a bowl on Thursday and eat from it on Sunday.",
        "claims.guests-finish.evidence": "guest book, 2026",
        "offers.standard.price.uk": "£38 per person",
        "approvals.miriam-cole.for": "copy",
        "approvals.tom-asare.for": "claims",
    },
}
"""Briefs as people write them: in paragraphs, as notes of a call, under bold rows."""


@pytest.mark.parametrize("name", PROSE)
def test_running_text_is_read_where_its_form_leaves_no_doubt(name: str) -> None:
    found = lines(read_brief(read_document(BRIEF.parent / name), KNOWN))
    assert {ref: found.get(ref) for ref in PROSE[name]} == PROSE[name]


LEFT = {
    "alerts.txt": ["It tells a store manager in the first ten", "They care about shrinkage", "I'm the owner"],
    "kiln.md": ["Book two seats before 1 September 2027"],
    "porchlight.md": ["It is quick and honest."],
}


@pytest.mark.parametrize("name", LEFT)
def test_what_no_line_holds_is_listed_word_for_word(name: str) -> None:
    document = read_document(BRIEF.parent / name)
    reading = read_brief(document, KNOWN)
    left = [words for _place, words in unread(document, [*(edit.quote for edit in reading.edits), *(one.quote for one in reading.wanted)])]
    assert len(left) == len(LEFT[name])
    assert all(words.startswith(begun) for words, begun in zip(left, LEFT[name], strict=True))


@pytest.mark.parametrize(
    "said",
    [
        "We are opening the question again.",
        "It costs us sleep.",
        "Never mind the old page.",
        "The launch went well in 2024.",
        "Anna approves of the colour.",
        "Our budget is tight.",
        "We want more visitors.",
        "Bisher lief alles.",
    ],
)
def test_a_sentence_that_only_looks_like_one_proposes_no_fact(said: str) -> None:
    found = {edit.ref for edit in read(said).edits if NOT_IN_BRIEF not in edit.flags}
    assert found <= {"news.until_now"}


NEWS = ("campaign.company", "campaign.name", "news.new", "dates.launch")
WHOSE: list[tuple[str, tuple[str | None, ...]]] = [
    (
        "Boltfix is launching Nightline in June. We are Small Hours and we want to answer that. Small Hours is opening a stand in Portland.",
        ("Small Hours", None, "Small Hours is opening a stand in Portland.", None),
    ),
    ("Boltfix is launching Nightline on 3 May 2027. Small Hours is opening a stand.", (None, None, None, None)),
    ("Boltfix is launching Nightline on 3 May 2027. We want to answer that.", (None, None, None, None)),
    ("Boltfix is launching Nightline. We are launching Daybreak on 4 May 2027.", (None, "Daybreak", None, "2027-05-04")),
    ("Our rival Boltfix opens on 3 May 2027. It launches Nightline in June.", (None, None, None, None)),
    ("We are Larkstow. They are launching Morning Table on 4 May 2027.", ("Larkstow", "Morning Table", None, "2027-05-04")),
    ("We are Larkstow. Boltfix is launching Nightline on 3 May 2027. They start on 4 May 2027.", ("Larkstow", None, None, None)),
    ("Boltfix is launching Nightline on 3 May 2027.\nClient: Small Hours", ("Small Hours", None, None, None)),
    ("Boltfix startet am 3. Mai 2027. Wir sind Backstube Lindner.", ("Backstube Lindner", None, None, None)),
    ("Wir sind Marktführer. Backstube Lindner eröffnet bald.", ("Backstube Lindner", None, "Backstube Lindner eröffnet bald.", None)),
    ("Acme Inc. is launching Nightline on 3 May 2027.", ("Acme Inc.", "Nightline", "Acme Inc. is launching Nightline on 3 May 2027.", "2027-05-03")),
    ("Competitors: Boltfix, Safehold\nBoltfix is launching Nightline on 3 May 2027.", (None, None, None, None)),
]


@pytest.mark.parametrize(("said", "news"), WHOSE)
def test_news_of_a_rival_are_never_taken_as_those_of_the_client(said: str, news: tuple[str | None, ...]) -> None:
    found = {edit.ref: edit.new for edit in read(said).edits if NOT_IN_BRIEF not in edit.flags}
    assert tuple(found.get(ref) for ref in NEWS) == news


def test_news_of_a_rival_stand_in_no_line(tmp_path: Path) -> None:
    file = tmp_path / "brief.txt"
    file.write_text("Boltfix is launching Nightline in June. We are Small Hours.")
    document = read_document(file)
    left = [words for _place, words in unread(document, [edit.quote for edit in read_brief(document, KNOWN).edits])]
    assert left == ["Boltfix is launching Nightline in June."]


@pytest.mark.parametrize(
    "said",
    [
        "The price of the old service is $99.",
        "The old service was hard to use. It costs $99.",
        "Our price is $99 until now.",
        "The price is $99, but it is no price for us.",
        "The price of our competitor's kit is $99.",
        "Der Preis der alten Fassung ist 99 EUR.",
        "Der Preis ist bisher 99 EUR.",
        "Price: the old service was $99",
        "Our budget last year was $20,000. This year we have $50,000.",
        "Budget: last year $20,000",
        "Das Budget war letztes Jahr 20.000 EUR.",
    ],
)
def test_a_price_or_sum_of_the_past_or_of_a_rival_is_none_of_the_campaign(said: str) -> None:
    assert not [edit.ref for edit in read(said).edits if edit.ref.startswith(("budget.", "offers."))]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Avoid the word cheap, because it hurts us.", ["cheap"]),
        ("Avoid: cheap, because it hurts us", ["cheap"]),
        ("Never say cheap, since we are not.", ["cheap"]),
        ("Nie sagen: billig, weil es uns schadet.", ["billig"]),
        ("Vermeiden Sie das Wort billig, denn es schadet.", ["billig"]),
        ('Never say "cheap", because "dear" sells.', ["cheap"]),
    ],
)
def test_why_a_word_is_forbidden_is_no_forbidden_word(said: str, words: list[str]) -> None:
    assert [edit.new for edit in read(said).edits if edit.ref.startswith("brand.words.never.")] == words


@pytest.mark.parametrize(
    ("said", "ref", "value"),
    [
        ("We want to win 400 customers from our competitors.", "target", "400"),
        ("Dana Reyes signs off what is said about competitors.", "who", "Dana Reyes"),
        ("Bisher war es teuer. Das Budget ist 20.000 EUR.", "total", "20000"),
        ("Our price is $49, for those who are 20 years old.", "us", "$49"),
    ],
)
def test_what_only_looks_like_the_past_or_a_rival_is_still_taken(said: str, ref: str, value: str) -> None:
    assert value in {edit.new for edit in read(said).edits if edit.ref.rpartition(".")[2] == ref}


def test_what_we_promise_is_the_promise() -> None:
    found = {edit.ref: edit for edit in read("What we promise heads of catering is simple: every child gets a lunch they eat.").edits}
    assert found["positioning.promise"].new == "Every child gets a lunch they eat."


def test_a_day_without_an_hour_is_quoted_and_its_hour_is_said_to_be_chosen() -> None:
    said = "Larkstow is opening a kitchen on 4 May 2027."
    launch = next(edit for edit in read(said).edits if edit.ref == "markets.us.launch")
    assert (launch.new, launch.quote, launch.flags) == ("2027-05-04 09:00", said, (NOT_IN_BRIEF, HOUR_CHOSEN))


def test_a_row_that_no_margin_broke_begins_anew(tmp_path: Path) -> None:
    file = tmp_path / "brief.txt"
    rows = (
        "CTA: Book a seat at kiln.example/book",
        "Legal (Dana Reyes) signs off all prices.",
        "A row that is about as long as the margin of the text",
        "Allows, and goes on.",
    )
    file.write_text("\n".join(rows))
    assert [line.text for line in read_document(file).lines] == [
        "CTA: Book a seat at kiln.example/book",
        "Legal (Dana Reyes) signs off all prices.",
        "A row that is about as long as the margin of the text Allows, and goes on.",
    ]


def test_a_bold_paragraph_of_a_word_file_is_a_heading(tmp_path: Path) -> None:
    word = NewWord()
    word.add_paragraph().add_run("What to say").bold = True
    word.add_paragraph("You make a bowl on Thursday.")
    word.save(str(tmp_path / "brief.docx"))
    found = lines(read_brief(read_document(tmp_path / "brief.docx"), KNOWN))
    assert found["positioning.promise"] == "You make a bowl on Thursday."


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
