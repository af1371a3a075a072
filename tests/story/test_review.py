"""Drafts go out to be read and come back: ticks, edits, remarks, and what became of the drafts meanwhile."""

import json
import zipfile
from dataclasses import replace

import pytest

from concerted.campaign.event import Event, Put
from concerted.conductor import reading
from concerted.conductor.changing import NotConfirmed
from concerted.conductor.clearing import clear, cleared_for_me
from concerted.conductor.people import approve
from concerted.conductor.returning import review_in
from concerted.errors import NotFound, Refused, UserError
from concerted.review.reading_copy import ABOUT
from tests.story.readers import hand_out, reading_rows, save_answers, take_in
from tests.story.stage import DANA, HOUSE, JUNE, PRESS, PRIYA, SHOPS, SMS, Stage, X, copies, no, yes

COPY, LEGAL = "copy", "claims-and-prices"


def test_a_copy_is_marked_as_a_draft_for_somebody_and_holds_only_what_they_are_asked_about(drafted: Stage) -> None:
    report = hand_out(drafted, "legal")
    page = (drafted.folder / "copy.html").read_text()
    for said in ("DRAFT - not released", "legal", DANA, "strategy version 1", drafted.today, report["copy"]):
        assert said in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in page
    held = {row["id"] for row in report["assets"]}
    needs = {asset for asset, row in drafted.status().items() if LEGAL in row["unsigned"]}
    assert held == needs
    assert len(needs) < len(drafted.status())
    with zipfile.ZipFile(drafted.folder / "copy.docx") as archive:
        assert "DRAFT - not released" in archive.read("word/header1.xml").decode()


def test_groups_audiences_and_readers_that_do_not_exist_are_named(drafted: Stage) -> None:
    assert {row["id"].split(".")[3] for row in hand_out(drafted, groups=("de.launch",))["assets"]} == {"de"}
    assert {row["id"].split(".")[2] for row in hand_out(drafted, audiences=("riders",))["assets"]} == {"riders"}
    with pytest.raises(NotFound):
        hand_out(drafted, groups=("fr.launch",))
    with pytest.raises(NotFound):
        hand_out(drafted, audiences=("rider",))
    with pytest.raises(NotFound):
        hand_out(drafted, "leagl")


def test_what_is_released_is_no_draft_and_goes_into_no_copy(approved: Stage) -> None:
    approved.release()
    with pytest.raises(Refused):
        hand_out(approved)
    approved.edit(X, "text", "Bikes sleep at night. We do not.")
    assert [row["id"] for row in hand_out(approved)["assets"]] == [X]


def test_the_second_round_shows_only_what_changed_with_what_stood_before(drafted: Stage) -> None:
    hand_out(drafted)
    with pytest.raises(Refused, match="nothing to read"):
        hand_out(drafted, changed=True)
    was = drafted.text(X, "text")
    drafted.edit(X, "text", "Bikes sleep at night. We do not.")
    report = hand_out(drafted, changed=True)
    assert [row["fields"] for row in report["assets"]] == [[f"{X}#text"]]
    assert was in (drafted.folder / "copy.html").read_text()


def test_answers_edit_approve_and_remark_as_the_person_who_gave_them(drafted: Stage) -> None:
    copy = hand_out(drafted)["copy"]
    save_answers(
        drafted, copy,
        {f"{X}#text": {"text": "Bikes sleep at night. We do not.", "comment": "Shorter?"}, f"{SMS}#text": {"fine": True}}, (X, SMS), by=PRIYA,
    )  # fmt: skip
    report = take_in(drafted, by=PRIYA)
    assert drafted.text(X, "text") == "Bikes sleep at night. We do not."
    assert drafted.state().main.owned[f"{X}#text"] == PRIYA
    assert {X, SMS} <= {asset for asset, row in drafted.status().items() if COPY in row["approved"]}
    assert report["approved"] == [X, SMS]
    shown = drafted.do(lambda s: reading.show(s, X))
    assert [(row["by"], row["field"], row["text"]) for row in shown["remarks"]] == [(PRIYA, "text", "Shorter?")]
    assert drafted.do(reading.status)["remarks"] == shown["remarks"]
    drafted.edit(X, "text", "Bikes sleep. We do not.")
    assert drafted.do(lambda s: reading.show(s, X))["remarks"] == []


def test_nothing_is_written_until_somebody_agrees(drafted: Stage) -> None:
    copy = hand_out(drafted)["copy"]
    path = save_answers(drafted, copy, {f"{X}#text": {"text": "Bikes sleep at night.", "comment": "So."}}, (SMS,))
    before = drafted.state()
    with pytest.raises(NotConfirmed) as told:
        drafted.do(lambda s: review_in(s, path, no), PRIYA)
    assert [row["place"] for row in told.value.report["edited"]] == [f"{X}#text"]
    assert drafted.state() == before


def test_an_edit_of_what_moved_on_elsewhere_is_merged_and_in_the_same_place_refused_with_both_texts(drafted: Stage) -> None:
    place = f"{SHOPS}#offer_line"
    copy = hand_out(drafted)["copy"]
    was = drafted.text(SHOPS, "offer_line")
    first, *rest = was.split(". ", 1)
    assert rest
    drafted.edit(SHOPS, "offer_line", f"{first}. {rest[0]} Ask us.")
    save_answers(drafted, copy, {place: {"text": was.replace(first, "The first night of each bike is cheaper")}}, (SHOPS,))
    report = take_in(drafted)
    assert drafted.text(SHOPS, "offer_line") == f"The first night of each bike is cheaper. {rest[0]} Ask us."
    assert report["edited"][0]["moved"]
    assert [row["id"] for row in report["refused"]] == [SHOPS]
    drafted.edit(SHOPS, "offer_line", "Ours now.")
    save_answers(drafted, copy, {place: {"text": "Theirs now."}})
    refused = take_in(drafted)["refused"][0]
    assert "Ours now." in refused["why"]
    assert "Theirs now." in refused["why"]
    assert drafted.text(SHOPS, "offer_line") == "Ours now."


def test_a_tick_signs_what_was_read_and_nothing_that_moved_on_since(drafted: Stage) -> None:
    copy = hand_out(drafted)["copy"]
    path = save_answers(drafted, copy, {}, (X,))
    drafted.edit(X, "text", "Bikes sleep at night. We do not.")
    report = drafted.do(lambda s: review_in(s, path, yes), PRIYA)
    assert report["refused"][0]["id"] == X
    assert "moved on" in report["refused"][0]["why"]
    assert drafted.status()[X]["approved"] == []


def test_a_tick_of_somebody_who_is_named_for_nothing_is_refused_with_who_is(drafted: Stage) -> None:
    save_answers(drafted, hand_out(drafted)["copy"], {}, (X,))
    report = take_in(drafted, by=JUNE)
    assert "not named" in report["refused"][0]["why"]
    assert report["approved"] == []


def test_an_edit_that_others_read_becomes_a_change_like_any_other(approved: Stage) -> None:
    copy = hand_out(approved)["copy"]
    save_answers(approved, copy, {f"{HOUSE}#roof": {"text": "Hand in your bike tonight and ride it tomorrow."}})
    before = copies(approved.state())
    report = take_in(approved, by=JUNE)
    assert report["change"]
    assert report["assets"]
    changed = {asset for asset, draft in copies(approved.state()).items() if draft != before[asset]}
    assert changed <= {row["id"] for row in report["assets"] if row["action"] != "none"} | {HOUSE}


def test_what_cannot_be_placed_is_listed_word_for_word(drafted: Stage) -> None:
    copy = hand_out(drafted)["copy"]
    path = drafted.folder / "answers.json"
    rows = [
        {"place": "gone.x.y.z.-#text", "seen": "ff", "text": "Keep „me“ 🙂"},
        {"place": 7},
        {"place": f"{X}#text", "seen": "0" * 16, "text": "Mine"},
    ]
    path.write_text(json.dumps({"concerted": "review", "copy": copy, "fields": rows}))
    report = take_in(drafted)
    said = [row["text"] for row in report["unmapped"]]
    assert "Keep „me“ 🙂" in said
    assert "Mine" in said
    assert any('"place": 7' in text for text in said)
    assert report["done"] == []


@pytest.mark.parametrize("content", [b"", b"[]", b'{"concerted": "review"}', b"\xff\xfe", b'{"concerted": "other", "copy": "x"}', b"[" * 100_000])
def test_a_file_that_holds_no_answers_is_refused(drafted: Stage, content: bytes) -> None:
    (drafted.folder / "answers.json").write_bytes(content)
    with pytest.raises(UserError):
        take_in(drafted)


def test_a_copy_that_this_campaign_never_sent_is_refused(drafted: Stage) -> None:
    hand_out(drafted)
    save_answers(drafted, "legal-9", {})
    with pytest.raises(NotFound, match="legal-9"):
        take_in(drafted)


def test_a_word_file_comes_back_with_edits_comments_ticks_and_a_block_that_was_cut_out(drafted: Stage) -> None:
    hand_out(drafted)
    path = drafted.folder / "copy.docx"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    xml = parts["word/document.xml"]
    words = drafted.text(X, "text")
    start = xml.index(f"{X}#text")
    shown = xml.index("<w:t ", xml.index("<w:r>", xml.index("</w:p>", start)))
    end = xml.index("</w:r>", shown)
    added = '</w:r><w:ins w:id="900" w:author="Dana Marsh"><w:r><w:t xml:space="preserve"> Sleep well.</w:t></w:r></w:ins><w:r><w:t></w:t>'
    xml = xml[:end] + added + xml[end:]
    tick = xml.index('<w14:checked w14:val="0"/>', xml.index(f"{PRESS}#headline"))
    xml = xml[:tick] + xml[tick:].replace('w14:val="0"', 'w14:val="1"', 1)
    cut = xml.rindex("<w:p>", 0, xml.index(f"{SMS}#text"))
    xml = xml[:cut] + xml[xml.index('<w:p><w:pPr><w:pStyle w:val="Tick"/>', cut) :]
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in {**parts, "word/document.xml": xml}.items():
            archive.writestr(name, text)
    report = drafted.do(lambda s: review_in(s, path, yes), PRIYA)
    first, *others = words.split("\n\n")
    assert drafted.text(X, "text").split("\n\n") == [f"{first} Sleep well.", *others]
    assert report["edited"][0]["by"] == ["Dana Marsh"]
    assert report["approved"] == [PRESS]
    assert [row["id"] for row in report["refused"]] == [f"{SMS}#text"]
    assert "taken out" in report["refused"][0]["why"]
    assert len(report["unchanged"]) > 100


def test_a_copy_of_a_change_comes_back_to_that_change(approved: Stage) -> None:
    change = approved.change("offers.first.price.us=$24", hold=True)["change"]
    copy = hand_out(approved, "copy", change=change)["copy"]
    place = f"{SHOPS}#offer_line"
    on_main = approved.text(SHOPS, "offer_line")
    save_answers(approved, copy, {place: {"text": "The first night costs $24 until May 31, 2027."}})
    take_in(approved, by=JUNE)
    assert approved.text(SHOPS, "offer_line") == on_main
    assert approved.state().changes[change].texts[place].value == "The first night costs $24 until May 31, 2027."


# The reading list ----------------------------------------------------------------------------------------------------


def test_each_sentence_is_listed_once_with_where_it_stands_and_on_what_it_rests(drafted: Stage) -> None:
    report = reading_rows(drafted)
    texts = [row["sentence"] for row in report["sentences"]]
    assert len(texts) == len(set(texts)) == sum(report["totals"].values())
    assert all(row["assets"] for row in report["sentences"])
    assert max(len(row["assets"]) for row in report["sentences"]) >= 3
    assert any("pilot report, page 7" in row["evidence"] for row in report["sentences"])
    price = next(row for row in report["sentences"] if "$29" in row["sentence"])
    assert price["state"] == "with numbers"
    assert {row["state"] for row in report["sentences"]} == {"cleared", "with numbers", "free prose"}


def test_what_is_not_covered_comes_first_then_claims_then_prices_and_free_prose_last(drafted: Stage) -> None:
    drafted.edit(X, "text", "Bikes sleep at night. 98 % of them are ready at six.", by=JUNE)
    rows = reading_rows(drafted, COPY)["sentences"]
    order = list(dict.fromkeys(row["about"] for row in rows))
    assert order == [about for about in ABOUT if about in order]
    assert order[0] == "unproved"
    assert rows[0]["sentence"] == "98 % of them are ready at six."
    for about in order:
        counts = [len(row["assets"]) for row in rows if row["about"] == about]
        assert counts == sorted(counts, reverse=True)
    assert {row["about"] for row in rows if row["state"] == "free prose"} == {"prose"}


def test_words_of_a_person_are_read_whole_and_cleared_whole(drafted: Stage) -> None:
    quote = "“The bikes used to wait for us. Now we wait for the bikes.” Ask her."
    drafted.edit(X, "text", quote, by=JUNE)
    listed = [row["sentence"] for row in reading_rows(drafted, COPY)["sentences"]]
    assert "“The bikes used to wait for us. Now we wait for the bikes.”" in listed
    assert not any(sentence.count("“") != sentence.count("”") for sentence in listed)
    for sentence in ("“The bikes used to wait for us. Now we wait for the bikes.”", "Ask her."):
        drafted.do(lambda s, sentence=sentence: clear(s, (sentence,)), PRIYA)
    assert X in drafted.do(lambda s: {"ids": cleared_for_me(s)}, PRIYA)["ids"]


def test_a_sentence_is_cleared_once_for_all_texts_and_open_again_when_its_facts_change(drafted: Stage) -> None:
    row = next(row for row in reading_rows(drafted)["sentences"] if "$29" in row["sentence"])
    drafted.do(lambda s: clear(s, (row["key"],)), DANA)
    again = {one["key"]: one for one in reading_rows(drafted)["sentences"]}[row["key"]]
    assert again["state"] == "cleared"
    assert DANA in again["cleared_by"][0]
    drafted.change("offers.first.price.us=$24")
    assert row["sentence"] not in {one["sentence"] for one in reading_rows(drafted)["sentences"]}
    drafted.change("offers.first.price.us=$29")
    assert {one["key"]: one for one in reading_rows(drafted)["sentences"]}[row["key"]]["state"] == "cleared"
    held = {key: replace(one, facts=(("f:offers.first.price.us", "of another price"),)) for key, one in drafted.state().cleared.items()}
    puts = tuple(Put("cleared", key, one) for key, one in held.items())
    drafted.do(lambda s: {"state": s.append(s.state(), Event("cleared", s.now(), DANA, "", puts))}, DANA)
    assert {one["key"]: one for one in reading_rows(drafted)["sentences"]}[row["key"]]["state"] == "with numbers"


def test_texts_of_cleared_sentences_only_are_offered_and_signed_together(drafted: Stage) -> None:
    with pytest.raises(Refused):
        drafted.do(lambda s: {"found": cleared_for_me(s)}, DANA)
    mine = [row["key"] for row in reading_rows(drafted)["sentences"] if SMS in row["assets"]]
    report = drafted.do(lambda s: clear(s, tuple(mine)), DANA)
    assert report["need_no_reading"] == [SMS]
    assert drafted.status()[SMS]["approved"] == []
    drafted.do(lambda s: approve(s, cleared_for_me(s)), DANA)
    assert drafted.status()[SMS]["approved"] == [LEGAL]


def test_only_who_is_named_clears(drafted: Stage) -> None:
    key = reading_rows(drafted)["sentences"][0]["key"]
    with pytest.raises(Refused):
        drafted.do(lambda s: clear(s, (key,)), JUNE)
    with pytest.raises(NotFound):
        drafted.do(lambda s: clear(s, ("No such sentence.",)), DANA)


def test_the_list_goes_out_and_its_ticks_clear_and_round_two_shows_only_what_is_new(drafted: Stage) -> None:
    copy = reading_rows(drafted, files=True)["copy"]
    rows = reading_rows(drafted)["sentences"][:3]
    save_answers(drafted, copy, {row["key"]: {"fine": True} for row in rows})
    report = take_in(drafted)
    assert report["clear"] == [row["sentence"] for row in rows]
    assert [row["state"] for row in reading_rows(drafted)["sentences"] if row["key"] in {r["key"] for r in rows}] == ["cleared"] * 3
    assert reading_rows(drafted, changed=True)["sentences"] == []
    drafted.edit(X, "text", "Bikes sleep at night, from $29. We do not.", by=JUNE)
    assert [row["sentence"] for row in reading_rows(drafted, changed=True)["sentences"]] == ["Bikes sleep at night, from $29.", "We do not."]


def test_a_sentence_that_is_reworded_in_the_list_is_reworded_in_every_text(drafted: Stage) -> None:
    copy = reading_rows(drafted, files=True)["copy"]
    row = next(row for row in reading_rows(drafted)["sentences"] if len(row["assets"]) > 2 and row["state"] == "free prose")
    new = "We say it another way."
    path = drafted.folder / "list.docx"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    shown = f'<w:t xml:space="preserve">{row["sentence"].replace(chr(39), "&#39;")}</w:t>'
    assert shown in parts["word/document.xml"]
    parts["word/document.xml"] = parts["word/document.xml"].replace(shown, f"<w:t>{new}</w:t>")
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    report = drafted.do(lambda s: review_in(s, path, yes), DANA)
    assert report["copy"] == copy
    assert {one["place"] for one in report["edited"]} == set(row["places"])
    assert all(new in one["now"] for one in report["edited"])


def test_a_copy_counts_as_sent_for_the_words_that_it_showed_and_no_others(drafted: Stage) -> None:
    def to_send() -> bool:
        return next(row["to_send"] for row in drafted.do(reading.status)["signatures"] if row["rule"] == LEGAL)

    assert to_send()
    hand_out(drafted, "legal", groups=("de.launch",))
    assert to_send(), "texts of other groups wait, too"
    hand_out(drafted, DANA)
    assert not to_send(), "what is read under their own name is read"
    drafted.edit(SMS, "text", f"{drafted.text(SMS, 'text')} Ask us.")
    assert to_send(), "these words were in no copy"
    hand_out(drafted, changed=True)
    assert not to_send()
