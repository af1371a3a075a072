"""Rows of a brief that was wrapped by hand: the margin is that of a paragraph."""

from pathlib import Path

import pytest

from concerted.brief.document import read_document

WRAPPED = [
    ("| Channel | " + "x" * 120 + " |", "We bring the work of Anna\nBecker to the town of York."),
    ("| Channel | " + "x" * 120 + " |", "We bring bread to you.\nYork waits."),
    ("Read https://example.com/" + "x" * 90, "Wir backen für die Kundinnen der\nStadt. Abends bestellt,\nMorgens geholt."),
    ("# " + "A heading " * 12, "Zielgruppe: Berufstätige aus Freiburg, die auf dem Weg zur\nArbeit Brot holen."),
    ("A paragraph that is long. " * 5, "Kanäle: Website und Newsletter,\nInstagram, und ein Aushang in unserem Laden am Markt."),
]


@pytest.mark.parametrize(("long", "wrapped"), WRAPPED)
def test_a_long_row_elsewhere_makes_no_new_line_of_a_wrapped_row(long: str, wrapped: str, tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_text(f"{long}\n\n{wrapped}\n", encoding="utf-8")
    assert [line.text for line in read_document(tmp_path / "brief.txt").lines][1:] == [wrapped.replace("\n", " ")]
