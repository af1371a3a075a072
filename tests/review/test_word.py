"""A reading copy comes back from a word processor: what was changed, by whom, what was said, and that nothing gets lost."""

import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.campaign.printable import printable
from concerted.errors import UserError
from concerted.review.document import document
from concerted.review.reading_copy import mark
from concerted.review.returned import TickBack
from concerted.review.word import read_word
from tests.review.office import DRAFT, PAGE, Paper, gone, ins, reading_copy, run

H1 = "Hand in your bike tonight. Ride it tomorrow."
BODY = "We work from nine to five.\n\nYou ride at six."
ODD = 'Sie sagte: „Grüße“ & "mehr" <jetzt>\tüber 5 °C – 🚲\u200d🔧, it\'s 100 %'
RTL = "הדלת פתוחה בלילה. שלום 2027!"
TWO = {"h1": H1, "body": BODY}


@pytest.mark.parametrize(
    "text",
    [H1, BODY, ODD, RTL, "one\ntwo\nthree", "a\n\nb\nc\n\n\nd", "=SUM(A1)", "e\u0301\u00a0\u2011", "(Grüße\u2028)", "a" * 5000],
)
def test_what_nobody_touched_comes_back_as_it_was(text: str) -> None:
    paper = Paper.of({"h1": text, "body": BODY})
    assert paper.words("h1") == text
    assert paper.words("body") == BODY
    assert paper.back().loose == ()


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), min_size=1, max_size=80).filter(lambda text: text.strip() and "\r" not in text))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert printable(Paper.of({"h1": text}).words("h1")) == printable(text)


def test_tracked_insertions_and_deletions_are_read_as_word_shows_them_accepted() -> None:
    paper = Paper.of(TWO).rewritten(H1, run("Hand in your ") + gone("bike") + ins("delivery bike") + run(" tonight. Ride it tomorrow."))
    assert paper.words("h1") == "Hand in your delivery bike tonight. Ride it tomorrow."
    assert paper.field("h1").authors == ("Dana Marsh",)
    assert paper.words("body") == BODY


def test_an_insertion_that_somebody_else_deleted_again_is_not_there_and_both_are_named() -> None:
    inner = f'<w:ins w:id="7" w:author="Dana Marsh" w:date="2026-12-02T10:04:00Z">{gone("really ", "Ben Ito")}</w:ins>'
    paper = Paper.of(TWO).rewritten(H1, run("Hand in your ") + inner + ins("own ", "Ben Ito") + run("bike tonight. Ride it tomorrow."))
    assert paper.words("h1") == "Hand in your own bike tonight. Ride it tomorrow."
    assert paper.field("h1").authors == ("Ben Ito",)


def test_two_peoples_tracked_changes_in_one_field_are_both_taken_and_named() -> None:
    paper = Paper.of(TWO).rewritten(
        H1, run("Hand in your bike ") + gone("tonight") + ins("by nine") + run(". Ride it ") + ins("early ", "Ben Ito") + run("tomorrow.")
    )  # fmt: skip
    assert paper.words("h1") == "Hand in your bike by nine. Ride it early tomorrow."
    assert paper.field("h1").authors == ("Dana Marsh", "Ben Ito")


def test_an_edit_that_nobody_tracked_is_read_and_runs_may_be_split_anywhere() -> None:
    split = "".join(run(part) for part in ("Hand in your b", "", "ike ton", "ight. Ride it at six."))
    noise = '<w:proofErr w:type="spellStart"/>' + split + '<w:proofErr w:type="spellEnd"/><w:lastRenderedPageBreak/>'
    paper = Paper.of(TWO).rewritten(H1, noise)
    assert paper.words("h1") == "Hand in your bike tonight. Ride it at six."
    assert paper.field("h1").authors == ()


def test_quotation_marks_that_word_made_by_itself_are_taken_back_and_those_typed_on_purpose_stay() -> None:
    base = "It's \"done\" at 6 o'clock."
    smart = "It\u2019s \u201cdone\u201d at 6\u00a0o\u2019clock."
    assert Paper.of({"h1": base}).rewritten(base, run(smart)).words("h1") == base
    assert Paper.of({"h1": base}).rewritten(base, run(smart.replace("done", "ready"))).words("h1") == base.replace("done", "ready")
    tracked = run("It's ") + gone('"done"') + ins("\u201cdone\u201d") + run(" at 6 o'clock.")
    assert Paper.of({"h1": base}).rewritten(base, tracked).words("h1") == "It's \u201cdone\u201d at 6 o'clock."


def test_a_paragraph_that_was_moved_into_another_field_leaves_one_and_stands_in_the_other() -> None:
    last = "You ride at six."
    paper = Paper.of(TWO).rewritten(last, gone(last, moved=True))
    moved = f'<w:moveTo w:id="9" w:author="Dana Marsh" w:date="2026-12-02T10:04:00Z">{run(" " + last)}</w:moveTo>'
    paper = paper.rewritten(H1, run(H1) + moved)
    assert paper.words("h1") == f"{H1} {last}"
    assert paper.words("body") == "We work from nine to five."


def test_paragraphs_that_are_joined_or_split_are_joined_and_split() -> None:
    first = "We work from nine to five."
    xml = Paper.of(TWO).parts["word/document.xml"]
    start = xml.index("<w:pPr>", xml.rindex("<w:p>", 0, xml.index(first)))
    mark_gone = '<w:pPr><w:rPr><w:del w:id="4" w:author="Dana Marsh" w:date="2026-12-02T10:04:00Z"/></w:rPr>'
    joined = Paper.of(TWO).with_part("word/document.xml", xml[:start] + mark_gone + xml[start + len("<w:pPr>") :])
    assert joined.words("body") == "We work from nine to five.You ride at six."
    added = f'<w:p><w:pPr><w:rPr><w:ins w:id="5" w:author="Dana Marsh" w:date="2026-12-02T10:04:00Z"/></w:rPr></w:pPr>{ins("Call us.")}</w:p>'
    split = Paper.of(TWO).edited('<w:p><w:pPr><w:pStyle w:val="Tick"/>', added + '<w:p><w:pPr><w:pStyle w:val="Tick"/>')
    assert split.words("body") == f"{BODY}\n\nCall us."
    assert split.back().loose == ()


def test_words_that_were_all_taken_out_come_back_empty_and_a_block_that_was_cut_out_does_not_come_back() -> None:
    assert Paper.of(TWO).rewritten(H1, gone(H1)).words("h1") == ""
    xml = Paper.of(TWO).parts["word/document.xml"]
    label = xml.rindex("<w:p>", 0, xml.index("H1 · "))
    rest = xml.rindex("<w:p>", 0, xml.index("Body · "))
    cut = Paper.of(TWO).with_part("word/document.xml", xml[:label] + xml[rest:])
    assert [one.place for one in cut.back().fields] == [mark(f"{PAGE}#body")]


def test_comments_keep_their_author_their_passage_and_their_place() -> None:
    paper = Paper.of(TWO).commented(H1, {"Dana Marsh": "Too „bold“? 🤔", "Ben Ito": "Fine with me"})
    assert [(one.author, one.text, one.on, one.place) for one in paper.back().remarks] == [
        ("Dana Marsh", "Too „bold“? 🤔", H1, mark(f"{PAGE}#h1")), ("Ben Ito", "Fine with me", H1, mark(f"{PAGE}#h1")),
    ]  # fmt: skip
    assert paper.words("h1") == H1


def test_a_comment_that_is_resolved_says_so_and_so_does_a_reply_to_it() -> None:
    paper = Paper.of(TWO).commented(H1, {"Dana Marsh": "Too bold?", "Ben Ito": "No, cleared", "Lee": "And the hour?"})
    assert [one.done for one in paper.back().remarks] == [False, False, False]
    assert [one.done for one in paper.resolved(0, replies={1: 0}).back().remarks] == [True, True, False]


def test_a_comment_over_two_paragraphs_is_one_remark() -> None:
    paper = Paper.of(TWO).commented("We work from nine to five.", {"Dana Marsh": "Both?"})
    end = '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    paper = paper.edited(end, "").rewritten("You ride at six.", run("You ride at six.") + end)
    assert [(one.text, one.on, one.place) for one in paper.back().remarks] == [
        ("Both?", "We work from nine to five.\nYou ride at six.", mark(f"{PAGE}#body"))
    ]


def test_a_box_is_ticked_by_a_click_or_by_typing_a_cross() -> None:
    paper = Paper.of(TWO)
    assert paper.back().ticks == ()
    tick = (TickBack(mark(PAGE), DRAFT),)
    assert paper.edited('<w14:checked w14:val="0"/>', '<w14:checked w14:val="1"/>').back().ticks == tick
    assert paper.edited("<w:t>☐</w:t>", "<w:t>[x]</w:t>").back().ticks == tick


def test_what_is_typed_where_no_field_is_is_passed_on_word_for_word() -> None:
    said = "Please call me.\u00a0D."
    note = f"<w:p>{ins(said)}</w:p>"
    paper = Paper.of(TWO).edited('<w:p><w:pPr><w:pStyle w:val="Heading2"/>', note + '<w:p><w:pPr><w:pStyle w:val="Heading2"/>')
    assert [(one.text, one.author) for one in paper.back().loose] == [(said, "Dana Marsh")]
    typed = paper.edited("Landing page (shops, us)</w:t>", "Landing page (shops, us), yes?</w:t>")
    assert "Landing page (shops, us), yes?" in [one.text for one in typed.back().loose]


@pytest.mark.parametrize("lost", [r"<w:bookmark(Start|End) [^>]*/>", r"<w:pStyle [^>]*/>", r"<w:bookmarkEnd [^>]*/>"])
def test_a_field_is_found_by_whatever_a_program_left_of_its_marks(lost: str) -> None:
    paper = Paper.of(TWO).rewritten(H1, run("Another line."))
    bare = paper.with_part("word/document.xml", re.sub(lost, "", paper.parts["word/document.xml"]))
    assert bare.words("h1") == "Another line."
    assert bare.words("body") == BODY
    assert bare.back().copy == "legal-1"


def test_words_inside_links_tags_and_tables_are_read() -> None:
    linked = run("Hand in ") + f'<w:hyperlink r:id="rId1"><w:smartTag w:element="x">{run("your bike")}</w:smartTag></w:hyperlink>' + run(" today.")
    assert Paper.of(TWO).rewritten(H1, linked).words("h1") == "Hand in your bike today."
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "x" </w:instrText></w:r>'
    assert Paper.of(TWO).rewritten(H1, field + run("See here")).words("h1") == "See here"


def _zipped(parts: dict[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"no zip", "cannot be read as DOCX"),
        (b"PK\x03\x04broken", "cannot be read as DOCX"),
        (_zipped({"word/other.xml": "<a/>"}), "cannot be read as DOCX"),
        (_zipped({"word/document.xml": "<w:document"}), "damaged"),
        (_zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "document type"),
        (_zipped({"word/document.xml": "<a><b/></a>"}), "no reading copy"),
    ],
)
def test_a_file_that_is_no_reading_copy_is_refused_with_one_sentence(content: bytes, says: str) -> None:
    with pytest.raises(UserError, match=says) as told:
        read_word(content)
    assert told.value.next


def test_the_same_copy_gives_the_same_bytes_and_carries_its_marks_and_its_watermark() -> None:
    made = reading_copy({"h1": ODD, "body": RTL})
    assert document(made) == document(made)
    parts = Paper(made, document(made)).parts
    assert 'string="DRAFT - not released"' in parts["word/header1.xml"]
    assert "legal-1" in parts["word/header1.xml"]
    assert f"{PAGE}#h1 · {made.fields[0].seen[:12]}" in parts["word/document.xml"]
    assert "<w:bidi/>" in parts["word/document.xml"]
    assert "<w:trackRevisions/>" in parts["word/settings.xml"]
