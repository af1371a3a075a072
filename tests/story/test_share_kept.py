"""The measure of `bench/revise.py` is itself measured: what it counts, and that its doubles do what they are said to do."""

from pathlib import Path

import pytest

from bench.revise import KINDS, Share, Temper, anew, clinging, obedient, restless, reworded, scripted, share_of, streamed, written
from concerted.campaign.line import Result
from concerted.campaign.work import Work
from tests.story.stage import Stage, copies

PRICE = KINDS[0]


def answered(task: str, asset: str, **fields: str | None) -> Result:
    return Result(task, asset, fields, "x", "g", calls=2)


def test_a_field_counts_as_kept_by_its_words_and_not_by_what_the_writer_called_it() -> None:
    before = {("a", "h1"): "One.", ("a", "cta"): "Two.", ("a", "body"): "Three.", ("b", "text"): "Four.", ("c", "text"): "Five."}
    after = {**before, ("a", "cta"): "Too.", ("b", "text"): "For.", ("c", "text"): "Hive."}
    results = [answered("1", "a", h1="One.", cta="Too."), answered("2", "b", text=None), answered("3", "b", text="For.")]
    share = share_of(before, after, results)
    assert share == Share(fields=5, redraft=4, asked=3, kept=1, rewritten=2, sent_back=1, calls=6, sentences=3, sentences_kept=1)
    assert (share.of_asked, share.of_all) == (1 / 3, 3 / 5)
    assert share_of(before, before, []).of_asked == share_of(before, before, []).of_all == 1


def test_each_temper_does_what_it_is_said_to_do() -> None:
    words = {f"f{number}": f"First {number}. Then another." for number in range(60)}
    work = Work("t", "page.web.a.us.-", "page", "top", tuple(words), "Brief.", previous=words, fallback={**words, "f0": "New."})

    def keeps(temper: Temper) -> int:
        return sum(temper(work, name, False) == "KEEP" for name in words)

    assert keeps(obedient) == 59
    assert 30 <= keeps(restless) <= 48
    assert 20 <= keeps(clinging) <= 40
    assert keeps(anew) == 0
    assert clinging(work, "f0", False) != "New."
    assert clinging(work, "f0", True) == obedient(work, "f0") == "New."
    assert all(reworded(text) != text for text in (*words.values(), "Hand it in and ride.", "Price first", "Price first."))


@pytest.fixture(scope="module")
def starts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Stage, Stage]:
    at = tmp_path_factory.mktemp("kept")
    return written(at / "scripted", scripted), written(at / "streamed", streamed(obedient))


def test_an_obedient_writer_at_a_wire_fares_as_the_scripted_one(starts: tuple[Stage, Stage], tmp_path: Path) -> None:
    by_script, by_stream = (start.copy(tmp_path / str(number)) for number, start in enumerate(starts))
    assert copies(by_script.state())["x-post.x.-.us.-"][1] == copies(by_stream.state())["x-post.x.-.us.-"][1]
    here, there = scripted(by_script, PRICE), streamed(obedient)(by_stream, PRICE)
    assert (here.asked, here.kept, here.rewritten, here.sent_back) == (there.asked, there.kept, there.rewritten, there.sent_back)
    assert 0 < here.kept < here.asked < here.redraft < here.fields


def test_what_a_disobedient_writer_gains_stays_within_what_was_asked_and_an_old_line_never_stays(starts: tuple[Stage, Stage], tmp_path: Path) -> None:
    start = starts[1]
    before = copies(start.state())
    clung = start.copy(tmp_path / "clung")
    share = streamed(clinging)(clung, PRICE)
    assert share.sent_back
    assert not share.held
    known = start.state().results
    asked = {(result.asset, name) for task, result in clung.state().results.items() if task not in known for name in result.fields}
    moved = {
        (asset, name) for asset, (_id, fields) in copies(clung.state()).items() for name, words in fields.items() if words != before[asset][1][name]
    }
    assert moved <= asked
    assert len(asked) == share.asked
    stand = clung.state().main.texts
    assert not [(asset, name) for asset, name in asked if "$29" in stand[asset].values[name]]
