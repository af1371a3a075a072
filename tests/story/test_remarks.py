"""What readers remark stays open while its sentence stands, and ends where it is settled: in Word, by a tick, by hand."""

import zipfile

import pytest

from concerted.conductor import reading
from concerted.conductor.remarks import close_remarks, list_remarks
from concerted.conductor.returning import review_in
from concerted.errors import NotFound
from tests.review.office import NS, WHEN, Paper, reading_copy, run
from tests.story.readers import hand_out, reading_rows, save_answers, take_in
from tests.story.stage import DANA, JUNE, PRIYA, SHOPS, SMS, Report, Stage, X, no, yes


def test_a_remark_on_a_sentence_is_open_while_the_sentence_stands_whatever_changes_beside_it(drafted: Stage) -> None:
    hand_out(drafted)
    words = drafted.text(SHOPS, "offer_line")
    first, rest = words.split(". ", 1)
    _commented(drafted, SHOPS, first, "Is that cleared?")
    drafted.do(lambda s: review_in(s, drafted.folder / "copy.docx", yes), PRIYA)
    (row,) = drafted.do(list_remarks)["remarks"]
    assert (row["field"], row["by"], row["text"], row["on"]) == ("offer_line", "Dana Marsh", "Is that cleared?", first)
    assert "Dana Marsh, 2026-12-01" in _listed(drafted, f"{first}.")["remarks"][0]
    drafted.edit(SHOPS, "offer_line", f"{first}. {rest} Ask us.")
    assert [one["key"] for one in drafted.do(list_remarks)["remarks"]] == [row["key"]]
    drafted.edit(SHOPS, "offer_line", f"The first night of each bike is cheaper. {rest}")
    assert drafted.do(list_remarks)["remarks"] == []


def test_a_remark_is_over_when_it_comes_back_resolved_when_its_maker_ticks_the_text_and_by_hand(drafted: Stage) -> None:
    copy = hand_out(drafted)["copy"]
    first = drafted.text(SHOPS, "offer_line").split(". ", 1)[0]
    file = drafted.folder / "copy.docx"
    sent = file.read_bytes()
    _commented(drafted, SHOPS, first, "Is that cleared?")
    drafted.do(lambda s: review_in(s, file, yes), PRIYA)
    file.write_bytes(sent)
    _commented(drafted, SHOPS, first, "Is that cleared?", done=True)
    report = drafted.do(lambda s: review_in(s, file, yes), PRIYA)
    assert [(row["text"], row["why"]) for row in report["closed"]] == [("Is that cleared?", "marked as resolved in the document")]
    assert drafted.do(list_remarks)["remarks"] == []
    again = drafted.do(lambda s: review_in(s, file, no), PRIYA)
    assert (again["closed"], again["remarks"], again["done"]) == ([], [], []), "what is over is not closed twice"

    save_answers(drafted, copy, {f"{X}#text": {"comment": "Shorter?"}, f"{SMS}#text": {"comment": "No emoji?"}}, by=PRIYA)
    take_in(drafted, by=PRIYA)
    save_answers(drafted, copy, {f"{X}#text": {"fine": True}}, (X,), by=DANA)
    assert take_in(drafted, by=DANA)["closed"] == [], "who did not make it does not close it by a tick"
    save_answers(drafted, copy, {f"{X}#text": {"fine": True}}, by=PRIYA)
    assert [row["text"] for row in take_in(drafted, by=PRIYA)["closed"]] == ["Shorter?"]
    (left,) = drafted.do(list_remarks)["remarks"]
    with pytest.raises(NotFound, match="abcdef"):
        drafted.do(lambda s: close_remarks(s, (left["key"], "abcdef"), ""))
    assert len(drafted.do(list_remarks)["remarks"]) == 1
    closed = drafted.do(lambda s: close_remarks(s, (left["key"],), "There is none."), JUNE)
    assert [row["text"] for row in closed["closed"]] == ["No emoji?"]
    assert drafted.do(reading.status)["remarks"] == []
    kept = [one for held in drafted.state().remarks.values() for one in held]
    assert {(one.text, one.closed_by) for one in kept} == {("Is that cleared?", PRIYA), ("Shorter?", PRIYA), ("No emoji?", JUNE)}


def test_a_remark_on_a_sentence_of_the_reading_list_stands_where_the_sentence_does(drafted: Stage) -> None:
    copy = reading_rows(drafted, files=True)["copy"]
    row = next(row for row in reading_rows(drafted)["sentences"] if len(row["assets"]) > 2)
    save_answers(drafted, copy, {row["key"]: {"comment": "Since when?"}}, by=DANA)
    take_in(drafted)
    (one,) = drafted.do(list_remarks)["remarks"]
    assert f"{one['asset']}#{one['field']}" == row["places"][0]
    assert _listed(drafted, row["sentence"])["remarks"]
    save_answers(drafted, copy, {row["key"]: {"fine": True}}, by=DANA)
    assert [over["text"] for over in take_in(drafted)["closed"]] == ["Since when?"]


def _listed(stage: Stage, sentence: str) -> Report:
    return next(row for row in reading_rows(stage)["sentences"] if row["sentence"] == sentence)


def _commented(stage: Stage, asset: str, passage: str, said: str, *, done: bool = False) -> None:
    """Comment on a passage of the Word file as Dana, as Word stores it."""
    path = stage.folder / "copy.docx"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    paper = Paper(reading_copy({}), path.read_bytes())
    body = parts["word/document.xml"]
    start = body.index(passage, body.index(f"{asset}#"))
    end = start + len(passage)
    begins, ends = body.rindex("<w:r>", 0, start), body.index("</w:r>", end) + len("</w:r>")
    marked = f'<w:commentRangeStart w:id="0"/>{run(passage)}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    paper = paper.with_part("word/document.xml", body[:begins] + marked + run(body[end : body.index("</w:t>", end)]) + body[ends:])
    comment = f'<w:comment w:id="0" w:author="Dana Marsh" {WHEN}><w:p><w:r><w:annotationRef/></w:r>{run(said)}</w:p></w:comment>'
    paper = paper.with_part("word/comments.xml", f"<w:comments {NS}>{comment}</w:comments>")
    path.write_bytes((paper.resolved(0) if done else paper).content)
