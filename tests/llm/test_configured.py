"""What the settings say about models: every mistake at once, no value repeated, and the light part stays light."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from concerted.errors import UserError
from concerted.llm.configured import Endpoint, Models, parse_name, read_models
from concerted.settings import read_settings

SECRET = "sk-proj-abcdef0123456789"


def settings(tmp_path: Path, text: str, **environment: str):
    (tmp_path / "concerted.toml").write_text(text, encoding="utf-8")
    return read_settings(tmp_path, environment)


def models(tmp_path: Path, text: str, **environment: str) -> Models:
    found = settings(tmp_path, text, **environment).models
    assert found is not None
    return found


def test_without_settings_the_house_writes_and_no_model_is_woken() -> None:
    program = "import sys, pathlib; from concerted.settings import read_settings; print(read_settings(pathlib.Path('.'), {}).model, *sys.modules)"
    woken = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd="/").stdout.split()
    assert woken[0] == "house"
    assert [name for name in woken if name.startswith(("concerted.llm", "httpx", "pydantic_ai"))] == []


def test_one_line_is_enough_for_a_hosted_model(tmp_path: Path) -> None:
    found = models(tmp_path, 'model = "openai:gpt-5-mini"')
    endpoint = found.endpoint(parse_name(found.writer))
    assert (endpoint.base_url, endpoint.api_key_env) == ("https://api.openai.com/v1", "OPENAI_API_KEY")


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    found = settings(tmp_path, 'model = "openai:gpt-5-mini"', CONCERTED_MODEL="ollama:llama3.2:3b")
    assert found.model == "ollama:llama3.2:3b"
    assert parse_name(found.model).model == "llama3.2:3b"


def test_a_worker_may_have_a_model_of_its_own_or_none(tmp_path: Path) -> None:
    found = settings(
        tmp_path, 'model = "openai:gpt-5-mini"\njudge = "google:gemini-3.5-flash"\n[workers]\nemail = "anthropic:claude-sonnet-5"\nads = "house"'
    )
    assert [found.writer_of(worker) for worker in ("web", "email", "ads")] == ["openai:gpt-5-mini", "anthropic:claude-sonnet-5", "house"]
    assert found.models is not None
    assert found.models.named() == ("openai:gpt-5-mini", "anthropic:claude-sonnet-5", "google:gemini-3.5-flash")


def test_what_changes_the_words_is_part_of_the_recipe(tmp_path: Path) -> None:
    found = settings(tmp_path, 'model = "ollama:llama3.2"\n[models.ollama]\ntemperature = 0.3\ntimeout = 10')
    assert found.writer_of("web") == "ollama:llama3.2 temperature=0.3"


def test_any_server_is_reached_by_its_address(tmp_path: Path) -> None:
    found = models(tmp_path, 'model = "gateway:big"\n[models.gateway]\nbase_url = "https://models.example/v1/"\napi_key_env = "GATEWAY_KEY"')
    endpoint = found.endpoint(parse_name("gateway:big"))
    assert (endpoint.base_url, endpoint.api_key_env) == ("https://models.example/v1", "GATEWAY_KEY")


def test_another_address_for_a_known_name_does_not_get_that_names_key(tmp_path: Path) -> None:
    found = models(tmp_path, 'model = "openai:x"\n[models.openai]\nbase_url = "http://127.0.0.1:9/v1"')
    assert found.endpoint(parse_name("openai:x")).api_key_env == ""


def test_caps_are_exact_amounts(tmp_path: Path) -> None:
    found = models(tmp_path, 'model = "openai:x"\n[spend]\nper_run = 0.1\nper_campaign = "20.00"')
    assert (found.caps.run, found.caps.campaign) == (Decimal("0.1"), Decimal("20.00"))


@pytest.mark.parametrize("name", ["gpt-5", "openai:", ":x", "", "Open AI:x", "openai"])
def test_a_string_that_names_no_model_is_refused(name: str) -> None:
    with pytest.raises(UserError, match="not the name of a model"):
        parse_name(name)


def test_every_mistake_is_named_at_once() -> None:
    wrong = {
        "models": {"nowhere": {"timeout": -1}, "openai": {"colour": "red", "base_url": "ftp://x"}},
        "spend": {"per_run": "lots", "per_day": 1},
        "judge": "elsewhere:x",
        "workers": "all",
    }
    with pytest.raises(UserError) as caught:
        read_models(wrong, "openai:x", Path("concerted.toml"))
    assert sorted(problem.ref for problem in caught.value.problems if problem.ref) == [
        "models.nowhere.timeout", "models.openai.base_url", "models.openai.colour", "spend.per_day", "spend.per_run", "workers",
    ]  # fmt: skip
    assert "elsewhere" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        f'model = "openai:x"\n[models.openai]\napi_key = "{SECRET}"',
        f'model = "openai:x"\n[models.openai]\napi_key_env = "{SECRET}"',
        f'model = "openai:x"\n[models.openai]\nbase_url = "https://user:{SECRET}@models.example/v1"',
        f'model = "openai:x"\n[models.openai]\nbase_url = "https://models.example/v1?key={SECRET}"',
        f'model = "openai:x"\n[spend]\nper_run = "{SECRET}"',
    ],
)
def test_a_key_in_the_file_is_refused_and_not_repeated(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError) as caught:
        settings(tmp_path, text)
    assert SECRET not in f"{caught.value}{caught.value!r}{caught.value.problems}"


def test_an_endpoint_shows_the_name_of_its_key_only() -> None:
    assert repr(Endpoint(api_key_env="OPENAI_API_KEY")).count("OPENAI_API_KEY") == 1
