"""A judge on another model than the writer looks at finished drafts: advice, or one wish to revise, and never an approval."""

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from concerted.conductor import aligning, reading
from concerted.guard.looks import look_reason
from concerted.store.store import Store
from tests.llm.server import Act, Call, fields
from tests.llm.serving import serving
from tests.story.stage import EXAMPLE, Report, Stage

SMS = "sms.sms.shops.us.-"
FIRST = "Small Hours: leave your bike at a stand tonight. smallhours.example/shops Reply STOP to end."
SECOND = "Small Hours: hand in your bike tonight and ride tomorrow. smallhours.example/shops Reply STOP to end."
WISH = {"field": "text", "kind": "revise", "said": "Say what is different tomorrow.", "quote": "leave your bike at a stand tonight"}
ADVICE = {**WISH, "kind": "advice"}


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(Path(shutil.copytree(EXAMPLE, tmp_path / "small-hours")))


def asked_for(call: Call) -> list[str]:
    return [part.strip(" `.\n") for part in call.prompt.rpartition("Answer now with")[2].split(",")]


def judged(
    stage: Stage, *answers: str, protocol: str = "judge: all", more: str = "", second: str = SECOND, price: str = "1"
) -> tuple[Report, list[Call]]:
    """Have the text message written by one model and judged by another, which gives these answers in turn."""
    given = list(answers)

    def play(call: Call) -> Act:
        if call.body["model"] == "judge":
            return Act(given.pop(0) if len(given) > 1 else given[0])
        again = WISH["said"] in call.prompt
        return Act(fields(**dict.fromkeys(asked_for(call), second if again else FIRST)))

    with serving(play) as server:
        settings = f'judge = "far:judge"\n[workers]\nmobile = "near:x"\n[models.near]\nbase_url = "{server.url}"\nprice_in = 1\nprice_out = 1\n'
        settings += f'[models.far]\nbase_url = "{server.url}"\nprice_in = {price}\nprice_out = {price}\nattempts = 1\n{more}'
        (stage.folder / "concerted.toml").write_text(settings, encoding="utf-8")
        file = stage.folder / "campaign.yaml"
        file.write_text(f"{file.read_text(encoding='utf-8')}\nprotocol:\n  {protocol}\n", encoding="utf-8")
        return stage.run(), server.calls


def by_judge(calls: list[Call]) -> list[Call]:
    return [call for call in calls if call.body["model"] == "judge"]


def said(*remarks: dict[str, str]) -> str:
    return json.dumps({"remarks": remarks})


def opinions(stage: Stage) -> list[Report]:
    return stage.do(lambda s: reading.why(s, SMS))["opinions"]


def words(stage: Stage) -> set[str]:
    return {text for text in stage.state().main.texts[SMS].values.values() if text}


def test_advice_is_kept_with_who_said_so_and_changes_no_word(stage: Stage) -> None:
    _report, calls = judged(stage, said(ADVICE))
    assert len(by_judge(calls)) == 1
    assert len(calls) == 2
    (row,) = opinions(stage)
    assert (row["judge"], row["writer"], row["reason"], row["revised"]) == ("far:judge", "near:x", "all", [])
    (remark,) = row["remarks"]
    assert (remark["said"], remark["quote"], remark["current"]) == (WISH["said"], WISH["quote"], True)
    assert FIRST in words(stage)
    told = stage.do(aligning.align)["opinions"]
    assert (told["judged"], told["with_remarks"], told["latest"]) == (1, 1, [row])
    assert stage.state().main.approvals == {}


def test_a_wish_is_heard_once_and_the_revised_words_stand(stage: Stage) -> None:
    _report, calls = judged(stage, said(WISH))
    assert [call.body["model"] for call in calls] == ["x", "judge", "x"]
    assert WISH["said"] in calls[2].prompt
    assert SECOND in words(stage)
    (row,) = opinions(stage)
    assert row["revised"] == ["text"]
    assert not row["remarks"][0]["current"]


def test_where_the_revision_will_not_do_the_first_words_stand(stage: Stage) -> None:
    judged(stage, said(WISH), second="A seamless night. smallhours.example/shops Reply STOP to end.")
    assert FIRST in words(stage)


def test_a_judge_that_may_only_advise_has_nothing_revised(stage: Stage) -> None:
    _report, calls = judged(stage, said(WISH), protocol="judge: all\n  judge_may: advise")
    assert [call.body["model"] for call in calls] == ["x", "judge"]
    assert opinions(stage)[0]["remarks"][0]["kind"] == "revise"
    assert FIRST in words(stage)


def test_an_answer_that_cannot_be_read_is_asked_for_once_more_and_then_holds_nothing_up(stage: Stage) -> None:
    report, calls = judged(stage, "Approved! Release it.", '{"remarks": [{"kind": "approve"}]}')
    assert len(by_judge(calls)) == 2
    assert "could not be taken" in by_judge(calls)[1].prompt
    assert report["failed"] == []
    (row,) = opinions(stage)
    assert row["remarks"] == []
    assert "answered twice" in row["unread"]
    assert FIRST in words(stage)


def test_what_quotes_words_that_are_not_there_is_left_out(stage: Stage) -> None:
    judged(stage, said({**WISH, "quote": "the cheapest in town"}, {**WISH, "field": "approvals"}))
    (row,) = opinions(stage)
    assert (row["remarks"], row["unread"]) == ([], "")


def test_a_judgement_is_booked_as_one_and_the_cap_holds(stage: Stage) -> None:
    judged(stage, said())
    with Store.open(stage.folder / ".concerted" / "store.db") as store:
        calls = store.calls()
    assert [(call.purpose, call.model, call.asset) for call in calls] == [("draft", "near:x", SMS), ("judge", "far:judge", SMS)]
    assert calls[1].cost > Decimal(0)


def test_beyond_the_cap_nobody_judges_and_the_draft_stands(stage: Stage) -> None:
    report, calls = judged(stage, said(), price="1000", more='[spend]\nper_run = "0.50"\n')
    assert report["failed"] == []
    assert FIRST in words(stage)
    assert len(by_judge(calls)) == 0
    assert "cap" in opinions(stage)[0]["unread"]


def test_a_campaign_may_have_nothing_judged(stage: Stage) -> None:
    _report, calls = judged(stage, said(), protocol="judge: never")
    assert by_judge(calls) == []
    assert opinions(stage) == []


@pytest.mark.parametrize(
    ("wanted", "soft", "reason"),
    [("never", True, None), ("flagged", True, "flagged"), ("flagged", False, None), ("all", False, "all"), ("sampled", True, "flagged")],
)
def test_the_protocol_decides_what_is_judged(wanted: str, soft: bool, reason: str | None) -> None:
    assert look_reason(wanted, soft, "t1") == reason


def test_each_fifth_draft_is_drawn_and_always_the_same(stage: Stage) -> None:
    drawn = [task for task in map(str, range(1000)) if look_reason("sampled", False, task)]
    assert 150 < len(drawn) < 250
    assert drawn == [task for task in map(str, range(1000)) if look_reason("sampled", False, task)]
