"""A key is seen by the provider and by nobody else: not in the store, the logs, the exports, the errors, the process list, or an object's text."""

import asyncio
import copy
import logging
import os
import pickle
import shutil
import subprocess
import sys
import time
import traceback
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import pytest

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


def _run(folder: Path, *verb: str) -> tuple[str, bytes]:
    """Run a verb with the key in its environment; gives what it said, and what the process list showed meanwhile."""
    environment = {**os.environ, "NEAR_KEY": SECRET, "CONCERTED_DEBUG": "1"}
    command = [
        sys.executable,
        "-X",
        "dev",
        "-W",
        "ignore",
        "-m",
        "concerted",
        "-C",
        str(folder),
        "--today",
        "2026-12-01",
        "--by",
        "Priya Raman",
        *verb,
    ]
    seen = b""
    with TemporaryFile("w+", encoding="utf-8") as out, subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT) as child:
        while child.poll() is None:
            seen += _process_list()
            time.sleep(0.05)
        out.seek(0)
        return out.read(), seen


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
    written = [file for file in folder.parent.rglob("*") if file.is_file()]
    assert {"store.db", "engine.db"} <= {file.name for file in written}
    assert [file.name for file in written if SECRET.encode() in file.read_bytes()] == []
    assert ("does not accept the key in NEAR_KEY" in " ".join(shown.split())) == (answers == "denied")
