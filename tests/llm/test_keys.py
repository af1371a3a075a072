"""A key is seen by the provider and by nobody else: not in the store, the logs, the exports, the errors, the process list, or an object's text."""

import asyncio
import copy
import logging
import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
import time
import traceback
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest

from concerted.conductor.releasing import export
from concerted.errors import UserError
from concerted.llm.adapted import AdaptedModel
from concerted.llm.compatible import CompatibleModel
from concerted.llm.configured import Endpoint, ModelName, Models
from concerted.llm.key import STRUCK, Key
from concerted.llm.model import Request
from concerted.llm.providers import Account, Callers
from concerted.llm.purse import Pocket
from concerted.llm.writer import LiveWriter
from tests.llm.server import Act, Call, ModelServer, fields
from tests.llm.serving import serving
from tests.story.stage import Stage

ROOT = Path(__file__).parents[2]
SECRET = "canary-7f3a-DO-NOT-TELL-9b1c"
KEY = Key("NEAR_KEY", "near:x")
NAME = ModelName(endpoint="near", model="x")


def told(value: Any) -> str:
    """Everything that an object says of itself."""
    return f"{value!r} {value} {vars(value) if hasattr(value, '__dict__') else ''}"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEAR_KEY", SECRET)


def test_objects_that_know_of_a_key_do_not_show_it() -> None:
    endpoint = Endpoint(base_url="http://127.0.0.1:9/v1", api_key_env="NEAR_KEY")
    models = Models(writer="near:x", endpoints={"near": endpoint})
    writer = LiveWriter(Callers(models, Account(Pocket(), "r")))
    holders = (KEY, CompatibleModel(NAME, endpoint, KEY), AdaptedModel(ModelName(endpoint="anthropic", model="x"), endpoint, KEY), models, writer)
    assert [type(holder).__name__ for holder in holders if SECRET in told(holder)] == []
    assert SECRET.encode() not in pickle.dumps(KEY)
    assert SECRET not in told(copy.copy(KEY))
    assert KEY.reveal() == SECRET


def test_a_key_is_struck_out_of_what_a_provider_says() -> None:
    said = KEY.strike(f"Incorrect API key provided: {SECRET}. Also sk-proj-abc***xyz9 and AIzaSyA1234567890abc.\nSecond line.")
    assert said == f"Incorrect API key provided: {STRUCK}. Also {STRUCK} and {STRUCK}. Second line."


@pytest.mark.parametrize(
    "act",
    [
        Act(status=401, error=f"Incorrect API key provided: {SECRET}"),
        Act(status=500, error=f"upstream said: Authorization: Bearer {SECRET}"),
        Act(raw=f'data: {{"error": {{"message": "key {SECRET} is odd", "code": 429}}}}\n\n'.encode()),
        Act(raw=SECRET.encode()),
        Act("one two", drop_after=1),
    ],
    ids=["denied", "oops", "in the stream", "garbage", "dropped"],
)
def test_no_error_carries_a_key(act: Act, caplog: pytest.LogCaptureFixture) -> None:
    async def go() -> Exception:
        async with ModelServer(act) as server:
            model = CompatibleModel(NAME, Endpoint(base_url=server.url, idle=1), KEY)
            try:
                async with model.stream(_request()) as stream:
                    async for _ in stream:
                        pass
            except Exception as error:  # noqa: BLE001  # whatever it is, it must not tell
                return error
            finally:
                assert server.calls[0].key, "the provider does get it"
                await model.close()
        raise AssertionError("nothing went wrong")

    with caplog.at_level(logging.DEBUG):
        error = asyncio.run(go())
    shown = "".join(traceback.format_exception(error)) + repr(error) + str(vars(error)) + caplog.text
    assert SECRET not in shown
    assert caplog.text, "the library's own log was on"


def _request() -> Request:
    return Request("You write.", "Write.")


def test_a_missing_key_is_named_by_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEAR_KEY")
    with pytest.raises(UserError, match="NEAR_KEY is not set"):
        KEY.reveal()


def _play(call: Call) -> Act:
    names = [part.strip(" `.\n") for part in call.prompt.rpartition("Answer now with")[2].split(",")]
    return Act(
        fields(**dict.fromkeys(names, "Small Hours: leave your bike at a stand tonight. smallhours.example/shops Reply STOP to end.")), latency=0.3
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples" / "small-hours", tmp_path / "campaign")
    return tmp_path / "campaign"


CRASH = """
import runpy
from concerted.guard.watch import Watcher
def fall(*_args):
    raise RuntimeError("the floor gave way")
Watcher.feed = fall
runpy.run_module("concerted", run_name="__main__", alter_sys=True)
"""
"""The program, with a mistake in it that shows in the middle of an answer."""


def _run(folder: Path, *verb: str, program: tuple[str, ...] = ("-m", "concerted")) -> tuple[str, bytes]:
    """Run a verb with the key in its environment; gives what it said, and what the process list showed meanwhile."""
    environment = {**os.environ, "NEAR_KEY": SECRET, "CONCERTED_DEBUG": "1"}
    terms = ("-C", str(folder), "--today", "2026-12-01", "--by", "Priya Raman")
    command = [sys.executable, "-X", "dev", "-W", "ignore", *program, *terms, *verb]
    seen = b""
    with TemporaryFile("w+", encoding="utf-8") as out, subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT) as child:
        while child.poll() is None:
            seen += _process_list()
            time.sleep(0.05)
        out.seek(0)
        return out.read(), seen


def _holding_the_key(folder: Path) -> list[str]:
    """Name the files, parts of packed files and tables that hold the key."""
    found: list[str] = []
    for file in (file for file in folder.rglob("*") if file.is_file()):
        parts = {file.name: file.read_bytes()}
        if is_zipfile(file):
            with ZipFile(file) as packed:
                parts |= {f"{file.name}/{name}": packed.read(name) for name in packed.namelist()}
        if file.suffix == ".db":
            with closing(sqlite3.connect(file)) as connection:
                parts |= {f"{file.name}, line {number}": row.encode() for number, row in enumerate(connection.iterdump())}
        found += [name for name, content in parts.items() if SECRET.encode() in content]
    return found


def _process_list() -> bytes:
    """What `ps` shows to everybody: the command lines of all processes."""
    lines: list[bytes] = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(process.read_bytes())
        except OSError:
            continue
    return b"\n".join(lines)


@pytest.mark.parametrize("answers", ["good", "denied"])
def test_a_whole_run_leaves_the_key_nowhere(folder: Path, answers: str) -> None:
    with serving(_play if answers == "good" else Act(status=401, error=f"bad key {SECRET}")) as server:
        settings = f'[workers]\nmobile = "near:x"\n[models.near]\nbase_url = "{server.url}"\napi_key_env = "NEAR_KEY"\n'
        (folder / "concerted.toml").write_text(settings, encoding="utf-8")
        said, listed = _run(folder, "run")
        shown = said + _run(folder, "--json", "status")[0] + _run(folder, "show", "sms.sms.shops.us.-")[0]
        assert server.calls, shown
        assert all(call.key for call in server.calls)
    assert SECRET not in shown
    assert SECRET.encode() not in listed
    assert {"store.db", "engine.db"} <= {file.name for file in folder.rglob("*")}
    assert _holding_the_key(folder) == []
    assert ("does not accept the key in NEAR_KEY" in " ".join(shown.split())) == (answers == "denied")


DRIFT = "Small Hours: leave your bike at a stand tonight. It is a seamless service for every shop. Reply STOP to end."
ANOTHER = "Small Hours opens tonight: leave your bike at a stand. smallhours.example/shops Reply STOP to end."
SMS = "sms.sms.shops.us.-"


def _trouble(call: Call) -> Act:
    """Drift, be busy, refuse, write; then write for the one that crashes, and other words for the one after it."""
    acts = {
        1: Act(fields(text=DRIFT), hang_after=17),
        2: Act(status=429, headers={"retry-after": "0"}, error=f"Rate limit reached for key {SECRET}"),
        3: Act(refusal=f"I'm sorry, but I can't write this with {SECRET}."),
        5: Act(fields(text=ANOTHER), hang_after=4),
    }
    return acts.get(call.number) or (_play(call) if call.number < 5 else Act(fields(text=ANOTHER)))


def test_a_run_in_which_everything_goes_wrong_leaves_the_key_nowhere(folder: Path) -> None:
    with serving(_trouble) as server:
        at = f'base_url = "{server.url}"\napi_key_env = "NEAR_KEY"\nprice_in = 0\nprice_out = 0\n'
        (folder / "concerted.toml").write_text(f'stronger = "near:y"\n[workers]\nmobile = "near:x"\n[models.near]\n{at}', encoding="utf-8")
        said, listed = _run(folder, "run")
        assert [call.ended for call in server.calls] == ["hung up", "refused", "done", "done"], said
        crashed, meanwhile = _run(folder, "redraft", SMS, "--note", "Begin with the hour.", "--yes", program=("-c", CRASH))
        assert "RuntimeError: the floor gave way" in crashed
        assert "Traceback" in crashed
        again, once_more = _run(folder, "run")
        assert [call.ended for call in server.calls[4:]] == ["hung up", "done"], again
    stage = Stage(folder)
    shown = said + crashed + again + str(stage.why(SMS))
    assert "seamless" in said, "the stop is told of"
    assert "seamless" in str(stage.why(SMS))
    assert SECRET not in shown
    assert SECRET.encode() not in listed + meanwhile + once_more
    stage.approve_all()
    stage.release()
    assert stage.do(lambda session: export(session, (), folder / "out", every=True))["files"]
    assert _holding_the_key(folder) == []
    (folder / "planted").write_text(SECRET, encoding="utf-8")
    assert _holding_the_key(folder) == ["planted"]
