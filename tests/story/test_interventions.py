"""A model drifts in mid-sentence: it is stopped, told why, goes on, and the whole of it can be read afterwards, also where the guard only watches."""

import shutil
from pathlib import Path

import pytest

from concerted.conductor import aligning, reading
from tests.llm.server import Act, Call, fields
from tests.llm.serving import serving
from tests.story.stage import EXAMPLE, PRIYA, Report, Stage

SMS = "sms.sms.shops.us.-"
GOOD = "Small Hours: leave your bike at a stand tonight. smallhours.example/shops Reply STOP to end."
DRIFT = "Small Hours: leave your bike at a stand tonight. It is a seamless service for every shop. smallhours.example/shops Reply STOP to end."


def play(call: Call) -> Act:
    """Drift once; write well as soon as somebody says why."""
    names = [part.strip(" `.\n") for part in call.prompt.rpartition("Answer now with")[2].split(",")]
    return Act(fields(**dict.fromkeys(names, GOOD if "could not be taken" in call.prompt else DRIFT)), rate=400)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(Path(shutil.copytree(EXAMPLE, tmp_path / "small-hours")))


def written(stage: Stage) -> tuple[Report, list[Call]]:
    with serving(play) as server:
        settings = f'[workers]\nmobile = "near:x"\n[models.near]\nbase_url = "{server.url}"\nattempts = 1\n'
        (stage.folder / "concerted.toml").write_text(settings, encoding="utf-8")
        return stage.run(), server.calls


def test_a_stop_is_told_by_run_status_show_why_and_align_beside_the_text_that_came_of_it(stage: Stage) -> None:
    report, calls = written(stage)
    assert [call.ended for call in calls] == ["hung up", "done"]
    (row,) = report["interventions"]
    assert (row["asset"], row["rule"], row["words"], row["step"], row["shadow"]) == (SMS, "banned-word", "seamless", "again", False)
    assert row["ref"].startswith("brand.words.never")
    assert row["said"].endswith("It is a seamless")
    assert row["came"] == GOOD == stage.text(SMS, row["field"])
    assert 0 < row["tokens"] <= len(calls[0].sent)
    assert stage.do(lambda s: reading.why(s, SMS))["interventions"] == [row]
    assert stage.do(lambda s: reading.show(s, SMS))["interventions"] == [row]
    told = stage.do(reading.status)["interventions"]
    assert (told["total"], told["shadow"], told["by_rule"], told["latest"]) == (1, 0, {"banned-word": 1}, [row])
    assert stage.do(aligning.align)["interventions"]["total"] == 1
    assert "intervened" in {event["kind"] for event in stage.do(reading.history)["events"]}


def test_a_stop_is_scored_by_what_people_sign_afterwards(stage: Stage) -> None:
    row = written(stage)[0]["interventions"][0]
    stage.approve(SMS, by=PRIYA)
    assert row["words"] not in stage.text(SMS, row["field"])
    told = stage.do(reading.status)["interventions"]
    assert (told["right"], told["wrong"]) == (1, 0)


def test_in_shadow_mode_the_text_goes_on_and_what_would_have_been_stopped_is_told(stage: Stage) -> None:
    text = stage.read()
    (stage.folder / "campaign.yaml").write_text(f"{text}\nprotocol:\n  guard: shadow\n", encoding="utf-8")
    report, calls = written(stage)
    assert calls[0].ended == "done"
    (row,) = report["interventions"]
    assert (row["words"], row["shadow"], row["step"]) == ("seamless", True, "none")
    told = stage.do(reading.status)["interventions"]
    assert (told["total"], told["shadow"], told["tokens_saved"]) == (0, 1, 0)
