"""Prices are found offline, in dollars, exactly."""

import socket
from decimal import Decimal

import pytest

from concerted.llm.configured import Endpoint, ModelName
from concerted.llm.model import Usage
from concerted.llm.price import prices_of

USED = Usage(1_000_000, 1_000_000)


def name(text: str) -> ModelName:
    endpoint, _, model = text.partition(":")
    return ModelName(endpoint=endpoint, model=model)


@pytest.mark.parametrize("text", ["openai:gpt-5-mini", "anthropic:claude-sonnet-5", "google:gemini-3.5-flash"])
def test_hosted_models_are_in_the_bundled_list(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)
    prices = prices_of(name(text), Endpoint(), here=False)
    assert prices.source == "genai-prices"
    assert isinstance(prices.cost(USED), Decimal)
    assert 0 < prices.per_million_in < prices.per_million_out


def test_tokens_read_from_a_cache_cost_less() -> None:
    prices = prices_of(name("openai:gpt-5-mini"), Endpoint(), here=False)
    assert prices.cost(Usage(10_000, 0, cached=9_000)) < prices.cost(Usage(10_000, 0))


def test_the_settings_know_better_than_the_list() -> None:
    prices = prices_of(name("openai:gpt-5-mini"), Endpoint(price_in=Decimal("0.3"), price_out=Decimal("1.2")), here=False)
    assert prices.cost(Usage(1000, 500)) == Decimal("0.0009")


def test_what_runs_here_costs_nothing() -> None:
    prices = prices_of(name("ollama:llama3.2"), Endpoint(), here=True)
    assert (prices.source, prices.cost(USED)) == ("this machine", Decimal(0))


def test_an_unknown_model_has_no_known_price() -> None:
    prices = prices_of(name("far:no-such-model"), Endpoint(), here=False)
    assert not prices.known
    assert prices.cost(USED) == 0
