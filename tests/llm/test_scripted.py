"""The scripted writer does what its script says, can be stopped at any moment, and remembers every call."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from concerted.campaign.work import Answer, Work
from concerted.errors import Unavailable, UserError
from concerted.llm.scripted import Line, Script, ScriptedWriter, load_script, read_calls

FIRST = Work(
    task="t1",
    asset="sms.sms.dock.us.-",
    type="sms",
    group="message",
    fields=("text", "link"),
    brief="- [positioning.promise] It fixes itself.",
    guardrails="Never say seamless.",
    fallback={"text": "It fixes itself.", "link": "rampline.example/see"},
)
REVISED = replace(FIRST, task="t2", previous={"text": "It used to break.", "link": "rampline.example/see"}, history="promise: was, is")


def answer(script: Script, work: Work = FIRST, log: Path | None = None) -> Answer:
    return asyncio.run(ScriptedWriter(script, log).write(work))


def line(**what: Any) -> Script:
    return Script(lines=(Line.model_validate(what),))


def test_without_a_script_it_says_what_the_house_writer_says() -> None:
    assert answer(Script()).fields == FIRST.fallback


def test_in_revise_mode_it_keeps_what_would_not_change() -> None:
    assert answer(Script(), REVISED).fields == {"text": "It fixes itself.", "link": None}


def test_nothing_is_kept_where_nothing_stands() -> None:
    assert answer(line(keep=True), FIRST).fields == FIRST.fallback


def test_it_can_be_told_to_keep_words_whatever_changed() -> None:
    assert answer(line(match="*#text", keep=True), REVISED).fields == {"text": None, "link": None}


def test_it_can_be_told_to_write_everything_anew() -> None:
    assert answer(line(keep=False), REVISED).fields == FIRST.fallback


def test_a_share_of_fields_is_kept_and_always_the_same_ones() -> None:
    works = [replace(REVISED, task=f"t{number}", fields=("text",)) for number in range(200)]
    kept = [answer(Script(keep=0.3), work).fields["text"] is None for work in works]
    assert 40 <= sum(kept) <= 80
    assert kept == [answer(Script(keep=0.3), work).fields["text"] is None for work in works]


def test_it_drifts_where_the_script_says_so() -> None:
    assert answer(line(match="sms.*#text", drift="Worldwide, of course.")).fields["text"] == "It fixes itself. Worldwide, of course."


def test_the_last_line_that_fits_decides() -> None:
    script = Script(lines=(Line(text="First."), Line(match="*#text", text="Last."), Line(match="mail*", text="Elsewhere.")))
    assert answer(script).fields == {"text": "Last.", "link": "First."}


def test_a_line_may_be_kept_to_a_group() -> None:
    assert answer(line(group="offer", text="Never here.")).fields == FIRST.fallback


def test_a_provider_that_is_away_is_said_to_be_and_comes_back() -> None:
    writer = ScriptedWriter(line(fail="error", times=2))
    for _ in range(2):
        with pytest.raises(Unavailable):
            asyncio.run(writer.write(FIRST))
    assert asyncio.run(writer.write(FIRST)).fields == FIRST.fallback


def test_a_field_can_be_left_unanswered() -> None:
    assert answer(line(match="*#link", fail="silence")).fields == {"text": "It fixes itself."}


@pytest.mark.parametrize("script", [Script(latency=60), line(fail="hang")], ids=["slow", "hanging"])
def test_a_call_can_be_cancelled_at_once_and_the_log_says_so(script: Script, tmp_path: Path) -> None:
    async def stop() -> None:
        task = asyncio.create_task(ScriptedWriter(script, tmp_path / "calls").write(FIRST))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 30)

    asyncio.run(stop())
    assert [row["event"] for row in read_calls(tmp_path / "calls")] == ["asked", "cancelled"]


def test_it_is_as_slow_as_the_script_says() -> None:
    started = time.monotonic()
    answer(Script(latency=0.01, lines=(Line(match="*#text", latency=0.1),)))
    assert time.monotonic() - started >= 0.1


def test_the_log_holds_what_a_call_was_asked_and_consumed_and_gave(tmp_path: Path) -> None:
    log = tmp_path / "calls"
    asyncio.run(ScriptedWriter(Script(), log, clock=lambda: 12.5).write(REVISED))
    asked, answered = read_calls(log)
    assert (asked["event"], asked["task"], asked["asset"], asked["group"], asked["at"]) == ("asked", "t2", REVISED.asset, "message", 12.5)
    assert asked["consumed"] == {
        "type": "sms",
        "fields": ["text", "link"],
        "brief": REVISED.brief,
        "guardrails": REVISED.guardrails,
        "history": REVISED.history,
        "previous": dict(REVISED.previous),
        "attempt": "",
    }
    assert (answered["event"], answered["call"], answered["fields"]) == ("answered", asked["call"], {"text": "It fixes itself.", "link": None})


def test_an_answer_carries_its_bill_as_an_estimate() -> None:
    given = answer(Script.model_validate({"cost": "0.5"}))
    assert (given.author, given.calls, given.estimated) == ("scripted", 1, True)
    assert given.tokens > 0
    assert given.cost == given.tokens * Script.model_validate({"cost": "0.5"}).cost / 1000


CHILD = """
import asyncio, sys
from pathlib import Path
from concerted.campaign.work import Work
from concerted.llm.scripted import Line, Script, ScriptedWriter
work = Work("t1", "sms.sms.dock.us.-", "sms", "message", ("text",), "brief", fallback={"text": "Words."})
asyncio.run(ScriptedWriter(Script(lines=(Line(fail="hang", times=1),)), Path(sys.argv[1])).write(work))
"""


def test_calls_are_counted_across_kill_9(tmp_path: Path) -> None:
    log = tmp_path / "calls"
    with subprocess.Popen([sys.executable, "-c", CHILD, str(log)]) as child:
        deadline = time.monotonic() + 30
        while not read_calls(log) and time.monotonic() < deadline:
            time.sleep(0.02)
        os.kill(child.pid, signal.SIGKILL)
    subprocess.run([sys.executable, "-c", CHILD, str(log)], check=True)
    assert [row["event"] for row in read_calls(log)] == ["asked", "asked", "answered"]
    assert len({row["call"] for row in read_calls(log)}) == 2


def test_a_script_is_read_from_yaml_or_json(tmp_path: Path) -> None:
    as_yaml, as_json = tmp_path / "script.yaml", tmp_path / "script.json"
    as_yaml.write_text("latency: 0.2\nlines:\n  - {match: 'sms.*', fail: error, times: 1}\n", encoding="utf-8")
    as_json.write_text(json.dumps({"latency": 0.2, "lines": [{"match": "sms.*", "fail": "error", "times": 1}]}), encoding="utf-8")
    assert load_script(as_yaml) == load_script(as_json) == Script(latency=0.2, lines=(Line(match="sms.*", fail="error", times=1),))


def test_every_mistake_in_a_script_is_named(tmp_path: Path) -> None:
    file = tmp_path / "script.yaml"
    file.write_text("latency: -1\nlines:\n  - {fail: explode}\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_script(file)
    assert [problem.ref for problem in caught.value.problems] == ["latency", "lines.0.fail"]


def test_a_script_that_is_not_there_is_the_users_mistake(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        load_script(tmp_path / "none.yaml")
