"""The verbs of the daily work, as they are typed: a signature taken back, a picture left out, what a verb wrote and where."""

import pytest

from tests.cli.terminal import NOOR, PRESS, PRIYA, SHOPS, Terminal, X
from tests.story.made_outside import HERO, ask_for_slots, png

WHY = "The dateline is wrong"


def _flat(text: str) -> str:
    return " ".join(text.split())


def test_whoever_looks_at_a_text_reads_who_took_the_signature_back_and_why_until_it_is_signed_again(approved: Terminal) -> None:
    approved.report("approve", PRESS, X, "--withdraw", "--because", WHY)
    for page in ("status", f"why {PRESS}", f"show {PRESS}"):
        assert f"{PRIYA} took the signature back" in _flat(approved.type(*page.split()).out), page
        assert WHY in _flat(approved.type(*page.split()).out), page
    (row,) = approved.report("status")["signatures"]
    assert row["late"] == 0, "the time to answer begins when the signature was taken back"
    approved.report("approve", PRESS)
    approved.report("edit", X, "--field", "text", "--text", "Bikes sleep at night. We do not.", by=NOOR)
    assert WHY not in approved.type("status").out, "it is over with a new signature, and with other words"


@pytest.fixture
def pictured(approved: Terminal) -> Terminal:
    """All is approved, and the landing page shows a picture that is there and signed."""
    ask_for_slots(approved.folder)
    (approved.folder / "hero.png").write_bytes(png(120, 63))
    assert approved.type("run").code == 0
    said = ("--words", "In tonight.", "--alt", "A bike", "--rights", "Studio Nord", "--expires", "2027-12-31")
    assert approved.type("slot", HERO, "hero.png", *said).code == 0
    assert approved.type("approve", HERO).code == 0
    return approved


def test_a_picture_is_not_left_out_in_silence_and_comes_back_after_one_release(pictured: Terminal) -> None:
    line = ("edit", SHOPS, "--field", "offer_line", "--text", "What the picture shows is ready by six, for $29 until May 31, 2027.", "--yes")
    assert pictured.type(*line, by=NOOR).code == 0
    asked = pictured.type("exclude", HERO)
    assert asked.code == 4
    assert "offer_line: “What the picture shows is ready by six" in _flat(asked.out + asked.err)
    assert "Left out" not in pictured.type("status").out, "nobody said yes, and nothing was written"
    assert pictured.type("exclude", HERO, "--yes").code == 0
    for page in ("status", "plan"):
        told = _flat(pictured.type(page).out)
        assert "Left out of the next release" in told, page
        assert "The release after it asks" in told or "the release after it asks again" in told, page
    assert "goes out without" in _flat(pictured.type("plan").out)
    assert pictured.type("exclude", HERO, "--include").code == 0
    assert "Left out" not in pictured.type("status").out


def test_a_picture_that_no_sentence_names_is_left_out_at_once_and_said(pictured: Terminal) -> None:
    fields = pictured.report("show", SHOPS)["fields"]
    assert any("a photo of the fault" in text for text in fields.values()), "a photo that is not this picture is asked about by nobody"
    told = pictured.type("exclude", HERO)
    assert told.code == 0
    assert "goes out without" in _flat(told.out)
