"""`models` says what is configured, tries each model once, and adds up what calls have cost."""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from concerted.bootstrap import open_session
from concerted.campaign.call import Call
from concerted.conductor.modelling import models, spending
from concerted.conductor.session import Session
from concerted.errors import UserError
from concerted.store.store import Store
from tests.llm.server import Act, ModelServer
from tests.llm.serving import serving

EXAMPLE = Path(__file__).parents[2] / "examples" / "small-hours"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with serving(lambda call: Act("ready") if call.body["model"] != "gone" else Act(status=404, error="no such model")) as opened:
        yield opened


def session(folder: Path, settings: str) -> Session:
    shutil.copytree(EXAMPLE, folder / "campaign")
    (folder / "campaign" / "concerted.toml").write_text(settings, encoding="utf-8")
    return open_session(folder / "campaign", today="2026-12-01", by="Priya Raman")


@pytest.fixture
def opened() -> Iterator[list[Session]]:
    """Sessions whose stores are closed at the end."""
    sessions: list[Session] = []
    yield sessions
    for one in sessions:
        assert isinstance(one.keeper, Store)
        one.keeper.close()


def test_without_a_model_there_is_nothing_to_try(tmp_path: Path, opened: list[Session]) -> None:
    opened.append(session(tmp_path, ""))
    report = models(opened[0])
    assert (report["writer"], report["models"]) == ("house", [])


def test_each_model_is_tried_once_and_says_whether_it_answers(tmp_path: Path, server: ModelServer, opened: list[Session]) -> None:
    settings = (
        f'model = "near:x"\njudge = "near:gone"\n[workers]\nemail = "near:x"\nads = "house"\n'
        f'[models.near]\nbase_url = "{server.url}"\nprice_in = 2.0\nprice_out = "10"\nrequests_per_minute = 60\n[spend]\nper_run = 5\n'
    )
    opened.append(session(tmp_path, settings))
    report = models(opened[0])
    good, gone = report["models"]
    assert (good["name"], good["for"], good["ok"], good["said"]) == ("near:x", ["writer", "worker email"], True, "ready")
    assert good["price"] == {"per_million_in": "2", "per_million_out": "10", "source": "settings"}
    assert good["limits"]["requests_per_minute"] == 60
    assert (gone["for"], gone["ok"]) == (["judge"], False)
    assert "no such model" in gone["said"]
    assert report["caps"]["per_run"] == "5"
    assert len(server.calls) == 2
    assert [call.purpose for call in opened[0].keeper.calls()] == ["test", "test"]
    assert report["spent"]["by_model"]["near:x"]["tokens"] > 0


def test_looking_without_asking_calls_nobody(tmp_path: Path, server: ModelServer, opened: list[Session]) -> None:
    opened.append(session(tmp_path, f'model = "near:x"\n[models.near]\nbase_url = "{server.url}"\n'))
    assert models(opened[0], ask=False)["models"][0]["ok"] is None
    assert server.calls == []


def test_a_key_that_is_not_set_is_said_with_its_variable(tmp_path: Path, opened: list[Session], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    opened.append(session(tmp_path, 'model = "openai:gpt-5-mini"'))
    (row,) = models(opened[0])["models"]
    assert row["key"] == {"variable": "OPENAI_API_KEY", "set": False}
    assert row["price"]["source"] == "genai-prices"
    assert "OPENAI_API_KEY is not set" in row["said"]


def test_a_cap_needs_a_price(tmp_path: Path, server: ModelServer, opened: list[Session]) -> None:
    opened.append(session(tmp_path, 'model = "far:x"\n[models.far]\nbase_url = "https://models.example/v1"\n[spend]\nper_run = 5\n'))
    (row,) = models(opened[0])["models"]
    assert row["ok"] is False
    assert "nobody knows what far:x costs" in row["said"]


def test_a_worker_that_is_not_there_is_named(tmp_path: Path) -> None:
    opened = session(tmp_path, '[workers]\nemails = "house"\n')
    with pytest.raises(UserError) as caught:
        opened.build(opened.load())
    assert "email" in str(caught.value.problems[0])


def test_spending_adds_up_by_model_worker_and_asset() -> None:
    calls = [
        Call("1", "r", "a:x", "draft", asset="p1", worker="web", tokens_in=10, tokens_out=5, cost=Decimal("0.10"), estimated=False),
        Call("2", "r", "b:y", "stronger", asset="p1", worker="web", tokens_in=1, tokens_out=1, cost=Decimal("0.20"), estimated=False),
        Call("3", "r", "a:x", "draft", asset="p2", worker="ads", cost=Decimal("0.05"), estimated=True),
    ]
    report = spending(calls)
    assert (report["calls"], report["tokens"], report["money"], report["estimated"]) == (3, 17, "0.35", True)
    assert report["by_model"]["a:x"]["money"] == "0.15"
    assert report["by_worker"]["web"] == {"calls": 2, "tokens": 17, "money": "0.3", "estimated": False}
    assert report["by_asset"]["p2"]["calls"] == 1
