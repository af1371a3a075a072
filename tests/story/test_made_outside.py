"""Pieces that people and agencies make: planned, handed in, approved, held by a change, never drafted, and looked at again at the gate."""

import base64
import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from concerted.conductor import changing, people, reading, releasing
from concerted.conductor.change_sheet import change_sheet, sheet_docx, sheet_html
from concerted.conductor.session import Session
from concerted.conductor.slots import Said, hand_in
from concerted.errors import NotFound, Refused, UserError
from tests.story.made_outside import DECK, HERO, SLOTS, WALL, ask_for_slots, png
from tests.story.stage import JUNE, PRIYA, SHOPS, Stage, X, no

Report = dict[str, Any]
PRICE = "offers.first.price.us=$24"
OLD, NEW = "In tonight. Out by six. $29 a repair", "In tonight. Out by six. $24 a repair"
TAKE = {"owned text": "take", "approved text": "take"}


@pytest.fixture
def asked(drafted: Stage) -> Stage:
    """Everything written; a picture, a booth wall and a deck are asked for."""
    ask_for_slots(drafted.folder)
    drafted.run()
    return drafted


@pytest.fixture
def filled(asked: Stage) -> Stage:
    """Every slot has its file, and everything is approved."""
    give(asked, HERO, "hero.png", words=OLD, alt="A repaired bike on the counter", rights="Studio Nord", expires="2027-12-31")
    give(asked, WALL, "wall.png", words="Bikes sleep at night.", rights="Messebau Kern", shows=("offers.first.price.us",))
    give(asked, DECK, "pitch.pdf", data=b"%PDF-1.7 slides", rights="Small Hours")
    asked.approve_all()
    return asked


def give(stage: Stage, asset: str, name: str, data: bytes = b"", by: str = JUNE, **said: Any) -> Report:
    """Put a file into the folder and hand it in."""
    file = stage.folder / name
    file.write_bytes(data or png(120, 63))
    return stage.do(lambda session: hand_in(session, asset, file, Said(**said)), by)


def file_of(stage: Stage, asset: str) -> str:
    """Name the file that a slot holds on main."""
    held = stage.state().main.texts[asset].file
    assert held is not None
    return held.name


def why_not(stage: Stage, **how: Any) -> dict[str, str]:
    """Ask for a release that is refused: asset -> why."""
    with pytest.raises(Refused) as refusal:
        stage.release(**how)
    return {reason.id: f"{reason.rule} {reason.why}" for reason in refusal.value.reasons}


def test_a_slot_is_planned_waits_by_name_and_is_never_drafted(drafted: Stage) -> None:
    ask_for_slots(drafted.folder)
    planned = {row["id"]: row for row in drafted.plan()["slots"]}
    assert planned[HERO]["who"] == "Studio Nord"
    assert planned[HERO]["needed_by"] == "2027-03-09"  # when the page that shows it must be approved
    assert planned[WALL]["needed_by"] == "2027-02-19"
    assert planned[DECK]["needed_by"] == "2027-03-16"  # five working days before the launch on March 23
    report = drafted.run()
    assert report["drafted"] == []
    blocked = {row["id"]: row for row in report["blocked"]}
    assert blocked[HERO]["why"] == "waits for the file from Studio Nord, needed by 2027-03-09"
    assert blocked[DECK]["why"] == "waits for the file from a person of the team, needed by 2027-03-16"
    assert blocked[WALL]["next"] == f"concerted slot {WALL} FILE"
    assert drafted.status()[HERO]["standing"] == "blocked"
    assert why_not(drafted, by=PRIYA)[HERO].startswith("R4 it has no file")
    with pytest.raises(NotFound):
        drafted.redraft(HERO)


def test_an_empty_slot_makes_no_other_work_and_asks_nobody(asked: Stage) -> None:
    plan = asked.plan("dates.staff-know=2027-03-18")
    assert {row["id"]: row["action"] for row in plan["assets"]}[HERO] == "none"
    assert plan["totals"]["worst"] <= 1
    asked.edit(X, "text", "Bikes sleep at night. We do not. smallhours.example/stands", confirm=no)


def test_what_is_known_of_a_file_is_kept_and_its_words_are_judged_like_a_text(filled: Stage) -> None:
    shown = filled.do(lambda session: reading.show(session, HERO))
    file = shown["file"]
    assert (file["name"], file["kind"], file["width"], file["height"]) == ("hero.png", "image/png", 120, 63)
    assert (file["path"], file["rights"], file["expires"], file["by"]) == ("hero.png", "Studio Nord", "2027-12-31", JUNE)
    assert len(file["sha256"]) == 64
    why = filled.why(HERO)
    assert [row["ref"] for field in why["fields"] for row in field["reads"]] == ["offers.first.price.us"]
    assert filled.why(SHOPS)["shows"] == [HERO]
    assert filled.status()[HERO]["unsigned"] == []
    with pytest.raises(Refused) as refusal:
        give(filled, HERO, "cheap.png", words="In tonight: seamless, for $19")
    assert file_of(filled, HERO) == "hero.png"
    assert refusal.value.reasons


def test_a_change_holds_what_shows_it_until_a_person_has_answered(filled: Stage) -> None:
    filled.release()
    plan = filled.plan(PRICE)
    actions = {row["id"]: row["action"] for row in plan["assets"]}
    assert (actions[HERO], actions[WALL], actions[DECK]) == ("hold", "hold", "none")
    assert {HERO, WALL} <= set(plan["held"])
    filled.change(PRICE)
    asked = {row["assets"][0]: row for row in filled.decisions() if row["kind"] == "file"}
    assert asked[HERO]["options"] == ["leave"], "words that state the old price cannot be confirmed"
    assert asked[WALL]["options"] == ["keep", "leave"]
    assert "was “$29” and is now “$24”" in asked[WALL]["items"][0]["note"]
    filled.decide(f"{asked[WALL]['key']}=keep", by=JUNE)
    report = give(filled, HERO, "hero-24.png", png(120, 63, 90), words=NEW, alt="A repaired bike on the counter", rights="Studio Nord")
    assert report["change"] == asked[HERO]["change"], "the new file is the answer on the Change that asks"
    filled.answer(TAKE)
    assert not filled.state().changes
    assert filled.state().main.texts[HERO].values["words"] == NEW
    refused = why_not(filled)
    assert set(refused) == {HERO, WALL}, "another file, and one that an approver has not confirmed, are signed for anew"
    filled.approve_all()
    release = filled.release()
    assert {HERO, WALL, DECK} <= {row["id"] for row in release["assets"]}


def test_the_old_price_is_taken_back_and_the_old_file_is_right_again(filled: Stage) -> None:
    filled.change(PRICE)
    asked = {row["assets"][0]: row["key"] for row in filled.decisions() if row["kind"] == "file"}
    filled.decide(f"{asked[WALL]}=keep", by=JUNE)
    give(filled, HERO, "hero-24.png", png(120, 63, 90), words=NEW, alt="A bike", rights="Studio Nord")
    filled.answer(TAKE)
    filled.change("offers.first.price.us=$29")
    asked = {row["assets"][0]: row for row in filled.decisions() if row["kind"] == "file"}
    assert set(asked) == {HERO}, "the same file, confirmed for this price before, asks nobody"
    assert "take" in asked[HERO]["options"]
    filled.decide(f"{asked[HERO]['key']}=take", by=JUNE)
    filled.answer(TAKE)
    assert file_of(filled, HERO) == "hero.png"


def test_a_new_file_stays_offered_after_the_change_that_brought_it_is_given_up(filled: Stage) -> None:
    name = filled.change(PRICE)["change"]
    give(filled, HERO, "hero-24.png", png(120, 63, 90), words=NEW, alt="A bike", rights="Studio Nord")
    filled.abandon(name)
    assert file_of(filled, HERO) == "hero.png"
    assert filled.status()[HERO]["standing"] == "fresh"
    filled.change(PRICE)
    asked = {row["assets"][0]: row for row in filled.decisions() if row["kind"] == "file"}
    assert asked[HERO]["options"] == ["take", "leave"]
    assert "hero-24.png, handed in earlier, is right for this" in asked[HERO]["items"][0]["note"]
    filled.decide(f"{asked[HERO]['key']}=take", f"{asked[WALL]['key']}=keep", by=JUNE)
    filled.answer(TAKE)
    assert file_of(filled, HERO) == "hero-24.png"


def shows(stage: Stage, file: str) -> list[str]:
    """Name the assets that show a file."""

    def look(session: Session) -> Report:
        return {"by": [asset for asset, one in session.build(session.state()).deliverables.items() if file in one.media]}

    return stage.do(look)["by"]


def test_what_is_left_out_stays_as_it_is_and_stops_the_release_until_it_is_excluded(filled: Stage) -> None:
    filled.change(PRICE)
    for row in [row for row in filled.decisions() if row["kind"] == "file"]:
        filled.decide(f"{row['key']}=leave", by=JUNE)
    filled.answer(TAKE)
    filled.approve_all()
    refused = why_not(filled)
    assert set(refused) == {HERO, WALL}
    out = filled.do(lambda session: people.exclude(session, (HERO, WALL)))
    alone = [{"id": asset, "files": [HERO]} for asset in sorted(shows(filled, HERO))]
    assert alone
    bare = [{"id": row["id"], "files": row["files"]} for row in out["without"]]
    assert sorted(bare, key=lambda row: row["id"]) == alone, "whoever leaves a picture out hears which page goes without it"
    released = filled.release()
    assert HERO not in {row["id"] for row in released["assets"]}
    assert sorted(released["without"], key=lambda row: row["id"]) == alone


def test_a_piece_that_is_signed_waits_for_no_signature_and_another_file_of_the_same_words_does(filled: Stage) -> None:
    def asked_about() -> set[str]:
        return {asset for row in filled.do(reading.status)["signatures"] for asset in row["assets"]}

    assert not asked_about() & {HERO, WALL, DECK}
    said = filled.state().main.texts[HERO].values
    give(filled, HERO, "hero.png", png(120, 63, grey=90), words=said["words"], alt=said["alt"], rights="Studio Nord")
    assert asked_about() & {HERO, WALL, DECK} == {HERO}


def test_the_gate_looks_at_the_files_themselves(filled: Stage) -> None:
    hero, pitch = filled.folder / "hero.png", filled.folder / "pitch.pdf"
    was = hero.read_bytes()
    hero.write_bytes(was[:-1] + b"!")
    pitch.unlink()
    refused = why_not(filled)
    assert "hero.png was changed after it was handed in" in refused[HERO]
    assert "pitch.pdf is no longer where it was handed in" in refused[DECK]
    hero.write_bytes(was)
    give(filled, DECK, "pitch.pdf", data=b"%PDF-1.7 slides", expires="2027-02-01")
    give(filled, HERO, "hero.png", data=was, words=OLD)
    filled.approve_all()
    refused = why_not(filled)
    assert "the rights to pitch.pdf end on 2027-02-01, and it runs on 2027-03-23" in refused[DECK]
    assert "no text in place of the picture" in refused[HERO]


def test_every_export_carries_the_files_and_verify_looks_at_the_originals(filled: Stage) -> None:
    filled.release()
    out = filled.folder / "monday"
    filled.do(lambda session: releasing.export(session, (), out, every=True))
    data = base64.b64encode((filled.folder / "hero.png").read_bytes()).decode()
    preview = (out / "preview.html").read_text(encoding="utf-8")
    assert preview.count(f'<img src="data:image/png;base64,{data}" alt="A repaired bike on the counter"') == 2, (
        "for itself, and on the page that shows it"
    )
    rows = {row["asset_id"]: row for row in csv.DictReader(io.StringIO((out / "content-calendar.csv").read_text(encoding="utf-8-sig")))}
    assert (rows[SHOPS]["media_file"], rows[SHOPS]["alt_text"]) == ("hero.png", "A repaired bike on the counter")
    assert rows[HERO]["copy"] == OLD
    assert HERO in rows[SHOPS]["dependencies"]
    listed = {row["id"]: row for row in json.loads((out / "manifest.json").read_text(encoding="utf-8"))["assets"]}
    assert listed[HERO]["file"]["rights"] == "Studio Nord"
    assert "file" not in listed[SHOPS]
    assert filled.do(lambda session: releasing.verify(out, session))["ok"]
    copies = {path.relative_to(out).as_posix(): path.read_bytes() for path in (out / "files").rglob("*") if path.is_file()}
    assert sorted(copies.values()) == sorted((filled.folder / name).read_bytes() for name in ("hero.png", "wall.png", "pitch.pdf"))
    one = out / next(path for path in copies if path.endswith(".pdf"))
    one.write_bytes(b"%PDF-1.7 other")
    assert [row["state"] for row in releasing.verify(out, None)["files"] if out / row["path"] == one] == ["altered"]
    filled.do(lambda session: releasing.export(session, (), out, every=True))
    (filled.folder / "wall.png").write_bytes(png(4, 4))
    (filled.folder / "pitch.pdf").unlink()
    told = filled.do(lambda session: releasing.verify(out, session))
    assert {row["path"]: row["state"] for row in told["files"] if row["state"] != "untouched"} == {"wall.png": "altered", "pitch.pdf": "missing"}
    assert releasing.verify(out, None)["ok"], "away from the campaign nobody knows where the originals lie"
    with pytest.raises(Refused) as told_why:
        filled.do(lambda session: releasing.export(session, (), filled.folder / "tuesday", every=True))
    assert sorted(reason.why.partition(" since")[0] for reason in told_why.value.reasons) == ["pitch.pdf is missing", "wall.png is altered"]
    said = f"concerted export --all --release R1 --out {filled.folder / 'tuesday'} --no-originals"
    assert {reason.next for reason in told_why.value.reasons} == {said}, "the way out is the command that was typed, without the files"
    assert not (filled.folder / "tuesday").exists()
    filled.do(lambda session: releasing.export(session, (), filled.folder / "tuesday", every=True, originals=False))
    assert not (filled.folder / "tuesday" / "files").exists()


def test_words_that_are_put_right_keep_what_was_ticked(filled: Stage) -> None:
    filled.edit(WALL, "words", "Bikes sleep at night. We do not.")
    assert filled.state().main.texts[WALL].values["words"] == "Bikes sleep at night. We do not."
    assert file_of(filled, WALL) == "wall.png"
    assert {row["id"]: row["action"] for row in filled.plan(PRICE)["assets"]}[WALL] == "hold"


def test_the_change_sheet_says_what_is_held_and_why(filled: Stage) -> None:
    def sheet(session: Session) -> Report:
        rows = changing.parse_rows((PRICE,), ())
        return change_sheet(session, changing.plan_changes(session, rows, ways=True), {"picture": "Picture", "booth": "Booth"})

    page = filled.do(sheet)
    assert {row["title"] for row in page["outside"]} == {"Picture (hero, us)", "Booth (wall, us)"}
    assert all("was “$29” and is now “$24”" in row["note"] for row in page["outside"])
    assert [row["count"] for row in page["counts"] if row["says"].startswith("made outside and held")] == [2]
    assert "Made outside" in sheet_html(page)
    assert sheet_docx(page)


def test_a_page_is_not_released_without_the_picture_that_it_shows(drafted: Stage) -> None:
    file = drafted.folder / "campaign.yaml"
    everywhere = SLOTS.replace("    market: us\n    channel: web\n", "    channel: web\n", 1)
    file.write_text(file.read_text(encoding="utf-8") + everywhere, encoding="utf-8")
    drafted.run()
    drafted.approve_all()
    hero = "picture.web.-.-.hero"
    refused = why_not(drafted)
    assert hero in refused
    with pytest.raises(Refused) as refusal:
        drafted.release("us.launch")
    assert any(reason.id == SHOPS and hero in reason.why for reason in refusal.value.reasons)


@pytest.mark.parametrize(
    ("asset", "name", "said", "message"),
    [
        (WALL, "nowhere.png", Said(), "there is no file"),
        (WALL, "", Said(), "is a folder"),
        (WALL, "empty.png", Said(), "is empty"),
        (WALL, "wall.png", Said(expires="2026-11-30"), "the rights expired on 2026-11-30"),
        (WALL, "wall.png", Said(expires="soon"), "is not a date"),
        (WALL, "wall.png", Said(shows=("offers.first.prize",)), "the strategy has no such line"),
        (X, "wall.png", Said(), "takes no file"),
        ("booth.-.-.us.wal", "wall.png", Said(), "There is no slot"),
    ],
)
def test_a_mistake_at_handing_in_is_one_clear_message_and_nothing_is_written(asked: Stage, asset: str, name: str, said: Said, message: str) -> None:
    (asked.folder / "wall.png").write_bytes(png(4, 4))
    (asked.folder / "empty.png").write_bytes(b"")
    before = asked.state()
    with pytest.raises((UserError, NotFound, Refused)) as refusal:
        asked.do(lambda session: hand_in(session, asset, Path(asked.folder / name), said))
    assert str(refusal.value).count(message) + sum(message in reason.why for reason in refusal.value.reasons) == 1
    assert len(refusal.value.problems) <= 1
    assert asked.state() == before


def test_a_renamed_slot_keeps_its_file_and_its_signature(filled: Stage) -> None:
    filled.rewrite("  hero:\n", "  counter:\n    was: hero\n")
    filled.run()
    main = filled.state().main
    assert HERO not in main.texts
    assert file_of(filled, "picture.web.-.us.counter") == "hero.png"
    assert filled.status()["picture.web.-.us.counter"]["unsigned"] == []


def test_a_new_file_for_a_slot_that_was_left_out_is_put_in_place(filled: Stage) -> None:
    filled.change(PRICE)
    for row in [row for row in filled.decisions() if row["kind"] == "file"]:
        filled.decide(f"{row['key']}=leave", by=JUNE)
    filled.answer(TAKE)
    give(filled, HERO, "hero-24.png", png(120, 63, 90), words=NEW, alt="A repaired bike on the counter", rights="Studio Nord")
    assert file_of(filled, HERO) == "hero-24.png"
    assert (filled.status()[HERO]["standing"], filled.status()[WALL]["standing"]) == ("fresh", "blocked")


def test_what_was_put_right_about_a_file_is_not_undone_when_an_earlier_line_comes_back(filled: Stage) -> None:
    filled.change(PRICE)
    asked = {row["assets"][0]: row["key"] for row in filled.decisions() if row["kind"] == "file"}
    filled.decide(f"{asked[WALL]}=keep", by=JUNE)
    filled.decide(f"{asked[HERO]}=leave", by=JUNE)
    filled.answer(TAKE)
    better = "Bikes sleep at night. We do not."
    give(filled, WALL, "wall.png", words=better, rights="Messebau Kern", expires="2027-04-01", shows=("offers.first.price.us",))
    filled.change("offers.first.price.us=$29")
    filled.answer(TAKE)
    row = next(row for row in filled.decisions() if row["assets"] == [WALL])
    assert row["options"] == ["take", "keep", "leave"], "the same bytes, but other words and other rights: nothing comes back unasked"
    filled.decide(f"{row['key']}=keep", by=JUNE)
    wall = filled.state().main.texts[WALL]
    assert (wall.values["words"], wall.file and wall.file.expires) == (better, "2027-04-01")


def test_what_was_ticked_outlives_new_words_and_a_renamed_entry(filled: Stage) -> None:
    give(filled, HERO, "hero.png", words=OLD, alt="A bike", rights="Studio Nord", shows=("offers.first",))
    filled.rewrite("\n  first:\n    line:", "\n  opening:\n    was: first\n    line:")
    (filled.folder / "campaign.yaml").write_text(
        filled.read().replace("offer: first", "offer: opening").replace("offers.first.line", "offers.opening.line")
    )
    (filled.folder / "wordings-de.yaml").write_text(filled.read("wordings-de.yaml").replace("offers.first", "offers.opening"), encoding="utf-8")
    filled.run()
    held = filled.state().main.texts[HERO].file
    assert held is not None
    assert held.shows == ("offers.opening",)
    filled.edit(HERO, "words", "In tonight. Out by six.")
    assert {row["id"]: row["action"] for row in filled.plan("offers.opening.price.us=$24")["assets"]}[HERO] == "hold"


def test_a_page_is_not_released_with_a_picture_of_another_group_whose_words_no_release_may_hold(drafted: Stage) -> None:
    file = drafted.folder / "campaign.yaml"
    everywhere = SLOTS.replace("    market: us\n    channel: web\n", "    channel: web\n", 1)
    file.write_text(file.read_text(encoding="utf-8") + everywhere, encoding="utf-8")
    drafted.run()
    hero = "picture.web.-.-.hero"
    give(drafted, hero, "hero.png", words="93 of 100 bikes ready at six", alt="A bike", rights="Studio Nord")
    drafted.do(lambda session: people.exclude(session, (WALL, DECK)))
    drafted.approve_all()
    with pytest.raises(Refused) as refusal:
        drafted.release("us.launch")
    assert {(reason.id, reason.rule) for reason in refusal.value.reasons} == {(hero, "R6")}
    assert SHOPS in refusal.value.reasons[0].why
