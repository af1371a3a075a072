"""What reaches a writer in mid-sentence: a note, another change, a pause, a Change given up. It is cancelled; what is new is a new call."""

import asyncio
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from concerted.conductor import changing, reading, steering
from tests.llm.server import Act, Call, ModelServer, fields
from tests.llm.serving import serving
from tests.story.stage import EXAMPLE, LINKEDIN, Report, Stage, close, yes

SMS = "sms.sms.shops.us.-"
NOTE = "Begin with the hour, please."
SLOW = "Small Hours opens at nine tonight. Leave your bike at a stand and go home. It is back at six in the morning. Reply STOP to end."
QUICK = "Small Hours: leave your bike at a stand tonight. smallhours.example/shops Reply STOP to end."


def play(call: Call) -> Act:
    """Write slowly the first time, at once from then on."""
    names = [part.strip(" `.\n") for part in call.prompt.rpartition("Answer now with")[2].split(",")]
    return Act(fields(**dict.fromkeys(names, SLOW)), rate=6) if call.number == 1 else Act(fields(**dict.fromkeys(names, QUICK)))


@pytest.fixture(scope="module")
def drafted_at(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Stage]:
    """Drafted by the house, once for each level of checking in."""
    made: dict[str, Stage] = {}
    for level in ("token", "sentence", "field", "draft"):
        stage = Stage(Path(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp(level) / "small-hours")))
        (stage.folder / "campaign.yaml").write_text(f"{stage.read()}\nprotocol:\n  check_in: {level}\n", encoding="utf-8")
        stage.run()
        made[level] = stage
    return made


def meanwhile(stage: Stage, act: Callable[[Stage], object]) -> tuple[Report, list[Call]]:
    """Change the price, which a model then writes into the text message, and act while it writes; gives the change's report and all calls."""
    told: list[Report] = []
    with serving(play) as server:
        settings = f'[workers]\nmobile = "near:x"\n[models.near]\nbase_url = "{server.url}"\nattempts = 1\n'
        (stage.folder / "concerted.toml").write_text(settings, encoding="utf-8")
        running = Thread(target=lambda: told.append(stage.change("offers.first.price.us=$24")), daemon=True)
        running.start()
        _wait(server)
        act(stage)
        running.join(60)
        assert told, "the change came to its end"
        return told[0], list(server.calls)


def _wait(server: ModelServer) -> None:
    until = time.monotonic() + 60
    while not (server.calls and len(server.calls[0].sent) >= 3):
        assert time.monotonic() < until
        time.sleep(0.01)


def note(stage: Stage) -> Report:
    return stage.do(lambda s: steering.note(s, SMS, NOTE, yes))


@pytest.mark.parametrize(("level", "ended"), [("token", "hung up"), ("sentence", "hung up"), ("draft", "done")])
def test_a_note_cancels_the_call_at_the_next_check_in_and_the_new_call_holds_it(
    drafted_at: dict[str, Stage], tmp_path: Path, level: str, ended: str
) -> None:
    stage = drafted_at[level].copy(tmp_path / "small-hours")
    _report, (first, second) = meanwhile(stage, note)
    assert (first.ended, second.ended) == (ended, "done")
    assert NOTE not in first.prompt
    assert NOTE in second.prompt
    said = "".join(first.sent)
    if level == "sentence":
        assert ". " in said
        assert len(said.rpartition(". ")[2].split()) <= 3, "the word behind the stop tells that the sentence is over"
    if level == "token":
        assert len(first.sent) < 20
    state = stage.state()
    assert [NOTE in notes for notes in (*state.main.notes.values(), *(n for c in state.changes.values() for n in c.notes.values()))] == [True]


def test_a_worker_that_checks_in_after_each_field_finishes_the_field_it_is_at(drafted_at: dict[str, Stage], tmp_path: Path) -> None:
    stage = drafted_at["field"].copy(tmp_path / "small-hours")
    noted = asyncio.Event()

    def post(call: Call) -> Act:
        words = fields(hook=SLOW, body=SLOW)
        return Act(words, rate=50, gates={6: noted}) if call.number == 1 else Act(fields(hook=QUICK, body=f"{QUICK} And more."))

    def change() -> None:
        session = stage.sit()
        session.progress = lambda what, _details: server.open(noted) if what == "cancelled" else None
        changing.change_strategy(session, changing.parse_rows(("audiences.shops.moment=Monday at nine, two bikes are down",), ()), yes)
        close(session)

    with serving(post) as server:
        settings = f'[workers]\nsocial = "near:x"\n[models.near]\nbase_url = "{server.url}"\nattempts = 1\n'
        (stage.folder / "concerted.toml").write_text(settings, encoding="utf-8")
        running = Thread(target=change, daemon=True)
        running.start()
        _wait(server)
        stage.do(lambda s: steering.note(s, LINKEDIN, NOTE, yes))
        running.join(60)
        first, second = server.calls[:2]
    assert first.ended == "hung up"
    said = "".join(first.sent)
    assert "</hook>" in said
    assert "</body>" not in said
    assert len(said.rpartition("</hook>")[2].split()) <= 3
    assert NOTE in second.prompt


def test_another_change_of_a_line_that_is_read_stops_the_call_and_asks_once_more(drafted_at: dict[str, Stage], tmp_path: Path) -> None:
    stage = drafted_at["token"].copy(tmp_path / "small-hours")
    line = "Your bike is repaired while the shop is shut."
    _report, calls = meanwhile(stage, lambda at: at.change(f"messages.night.support={line}"))
    assert [call.ended for call in calls] == ["hung up", "done"]
    assert line not in calls[0].prompt
    assert line in calls[1].prompt


def test_another_price_stops_a_call_that_was_told_the_first_one_only_as_history(drafted_at: dict[str, Stage], tmp_path: Path) -> None:
    stage = drafted_at["token"].copy(tmp_path / "small-hours")
    _report, calls = meanwhile(stage, lambda at: at.change("offers.first.price.us=$22"))
    assert [call.ended for call in calls] == ["hung up", "done"]
    asked = [call.prompt.partition("These words stand now")[0] for call in calls]
    assert "$2" not in asked[0] + asked[1], "the brief holds no price"
    assert ["is now: $24" in call.prompt for call in calls] == [True, False]
    assert ["is now: $22" in call.prompt for call in calls] == [False, True]


def test_another_change_of_a_line_that_is_not_read_disturbs_nobody(drafted_at: dict[str, Stage], tmp_path: Path) -> None:
    stage = drafted_at["token"].copy(tmp_path / "small-hours")
    _report, calls = meanwhile(stage, lambda at: at.change("dates.debrief=2027-04-21"))
    assert [call.ended for call in calls] == ["done"]


def test_a_paused_campaign_writes_nothing_until_somebody_resumes(drafted_at: dict[str, Stage], tmp_path: Path) -> None:
    stage = drafted_at["token"].copy(tmp_path / "small-hours")
    report, calls = meanwhile(stage, lambda at: at.do(steering.pause))
    assert [call.ended for call in calls] == ["hung up"]
    assert not report["landed"]
    assert stage.do(reading.status)["paused"]
    with serving(Act(fields(text=QUICK))) as server:
        toml = f'[workers]\nmobile = "near:x"\n[models.near]\nbase_url = "{server.url}"\nattempts = 1\n'
        (stage.folder / "concerted.toml").write_text(toml, encoding="utf-8")
        stage.run()
        assert server.calls == []
        stage.do(lambda s: steering.pause(s, resume=True))
        stage.run()
        assert len(server.calls) >= 1
    assert stage.do(reading.status)["paused"] is None


def test_a_change_that_is_given_up_cancels_its_calls(drafted_at: dict[str, Stage], tmp_path: Path) -> None:
    stage = drafted_at["token"].copy(tmp_path / "small-hours")
    before = stage.text(SMS, "text")
    _report, calls = meanwhile(stage, lambda at: at.abandon("C2"))
    assert [call.ended for call in calls] == ["hung up"]
    assert stage.state().changes == {}
    assert stage.text(SMS, "text") == before


def test_a_note_for_a_text_that_stands_asks_for_another_attempt(drafted_at: dict[str, Stage], tmp_path: Path) -> None:
    stage = drafted_at["token"].copy(tmp_path / "small-hours")
    with serving(Act(fields(text=QUICK))) as server:
        toml = f'[workers]\nmobile = "near:x"\n[models.near]\nbase_url = "{server.url}"\nattempts = 1\n'
        (stage.folder / "concerted.toml").write_text(toml, encoding="utf-8")
        note(stage)
        assert NOTE in server.calls[0].prompt
