"""`judge-text`, `take` and the sentences of `why`, on the shipped example."""

import json
from pathlib import Path
from typing import Any

import pytest

from concerted.conductor import reading
from concerted.conductor.judging import Where, judge_at, judge_text, place_of
from concerted.conductor.taking import read_copy, take
from concerted.errors import NotFound, UserError
from tests.story.stage import ANNOUNCE, JUNE, SHOPS, Stage, yes

TEXT = """Seamless repairs, worldwide!
The first overnight tune-up costs $25 until June 15.
Nobody is faster than Wheelwright Mobile."""


def test_any_text_is_judged_with_place_evidence_rule_and_remedy(stage: Stage) -> None:
    report = stage.do(lambda s: judge_text(s, TEXT, channel="email", market="us", audience="shops", field="subject"))
    found = {row["rule"]: row for row in report["findings"]}
    assert {"banned-word", "price", "date", "competitor-name", "embellishment", "comparative"} <= set(found)
    assert not report["ok"]
    assert (found["price"]["line"], found["price"]["evidence"]) == (2, "$25")
    assert TEXT[found["price"]["start"] : found["price"]["end"]] == "$25"
    assert all(row["message"] and row["remedy"] for row in report["findings"])
    assert report["totals"]["unsupported"] >= 3
    assert sum(report["totals"].values()) == len(report["sentences"])


def test_before_the_first_run_a_text_is_judged_by_the_file(untouched: Stage) -> None:
    report = untouched.do(lambda s: judge_text(s, "A seamless night.", market="us"))
    assert (report["line"], report["strategy"], [row["rule"] for row in report["findings"]]) == ("file", None, ["banned-word"])


def test_our_own_copy_has_nothing_to_answer_for(stage: Stage) -> None:
    report = stage.do(lambda s: judge_text(s, stage.text(SHOPS, "subhead"), channel="web", market="us", audience="shops"))
    assert report["ok"]
    assert report["findings"] == []
    assert report["publish"] == "2027-03-23"


@pytest.mark.parametrize(
    ("text", "market", "language"),
    [
        ("Geben Sie Ihr Rad am Abend ab, und es ist am Morgen fertig.", "", "de"),
        ("Hand it in at night.", "", "en"),
        ("Hand it in at night.", "de", "de"),
    ],
)
def test_the_market_says_the_language_and_without_one_the_text_does(stage: Stage, text: str, market: str, language: str) -> None:
    assert stage.do(lambda s: judge_text(s, text, market=market))["language"] == language


@pytest.mark.parametrize("place", [{"channel": "emial"}, {"market": "fr"}, {"audience": "shop"}])
def test_a_place_that_does_not_exist_is_not_guessed(stage: Stage, place: dict[str, str]) -> None:
    with pytest.raises(NotFound, match="There is no"):
        stage.do(lambda s: judge_text(s, "Words.", **place))


def test_a_secret_may_not_be_published_before_launch(stage: Stage) -> None:
    report = stage.do(lambda s: judge_at(s, "The first tune-up costs $29.", Where(market="us", publish="2027-03-01")))
    assert "confidential" in {row["rule"] for row in report["findings"]}


def test_judging_writes_nothing(stage: Stage) -> None:
    before = stage.do(lambda s: {"events": len(list(s.keeper.events()))})
    stage.do(lambda s: judge_text(s, TEXT))
    assert stage.do(lambda s: {"events": len(list(s.keeper.events()))}) == before


def test_why_says_sentence_by_sentence_where_words_come_from(stage: Stage) -> None:
    report = stage.do(lambda s: reading.why(s, SHOPS))
    assert {row["kind"] for row in report["sentences"]} <= {"fact", "cleared", "free"}
    h1 = [row for row in report["sentences"] if row["field"] == "h1"]
    assert all(any(ref.startswith("positioning.promise") for ref in row["refs"]) for row in h1)
    assert report["interventions"] == []


# Copy from elsewhere -------------------------------------------------------------------------------------------------


def test_copy_from_elsewhere_is_judged_alike_and_becomes_the_persons_text(stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_text("## h1\nYour bike works days\n\n## FAQ 1 a\nYes, worldwide.\n", encoding="utf-8")
    report = stage.do(lambda s: take(s, SHOPS, file, yes), by=JUNE)
    assert report["done"] == [f"{SHOPS}#h1", f"{SHOPS}#faq_1_a"]
    assert "embellishment" in {row["rule"] for row in report["findings"]}
    shown: dict[str, Any] = stage.do(lambda s: reading.show(s, SHOPS))
    assert shown["fields"]["h1"] == "Your bike works days"
    assert shown["owners"] == {"h1": JUNE, "faq_1_a": JUNE}


def test_what_already_reads_so_is_left(stage: Stage) -> None:
    report = stage.do(lambda s: take(s, SHOPS, {"h1": stage.text(SHOPS, "h1")}, yes), by=JUNE)
    assert (report["done"], report["unchanged"]) == ([], ["h1"])


def test_copy_that_does_not_fit_is_refused_before_anything_is_entered(stage: Stage) -> None:
    with pytest.raises(UserError, match="does not fit") as refused:
        stage.do(lambda s: take(s, ANNOUNCE, {"subject": "New", "hedline": "Words"}, yes), by=JUNE)
    assert "hedline" in str(refused.value)
    assert stage.text(ANNOUNCE, "subject") != "New"
    with pytest.raises(NotFound, match="no draft"):
        stage.do(lambda s: take(s, "nothing.-.-.-.-", {"h1": "x"}, yes), by=JUNE)


def test_copy_is_read_from_headings_or_json(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Subject\nHello\n\nthere\n## Pre-header\nSoon\n", encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps({"subject": "Hello"}), encoding="utf-8")
    (tmp_path / "a.txt").write_text("Just words.\n", encoding="utf-8")
    assert read_copy(tmp_path / "a.md") == {"subject": "Hello\n\nthere", "pre_header": "Soon"}
    assert read_copy(tmp_path / "a.json") == {"subject": "Hello"}
    assert read_copy(tmp_path / "a.txt") == {"text": "Just words."}


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"{", b"[1]", b'{"a": 1}', b"{}"])
def test_a_file_that_cannot_be_read_says_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.json").write_bytes(content)
    with pytest.raises(UserError):
        read_copy(tmp_path / "bad.json")


def test_a_place_counts_from_one() -> None:
    assert place_of("one\ntwo three", "three") == {"start": 8, "end": 13, "line": 2, "column": 5}
    assert place_of("one", "two")["line"] is None


def test_a_day_that_is_none_is_refused(stage: Stage) -> None:
    with pytest.raises(UserError, match="not a date"):
        stage.do(lambda s: judge_at(s, "Words.", Where(publish="tomorrow")))
