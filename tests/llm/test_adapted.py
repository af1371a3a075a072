"""Vendors with a language of their own: the same calls, stops and errors as everywhere, with their SDKs' own retries off."""

import asyncio
from collections.abc import Callable

import pytest

from concerted.errors import ConcertedError, UserError
from concerted.llm import adapted
from concerted.llm.adapted import AdaptedModel, open_adapted
from concerted.llm.configured import Endpoint, ModelName
from concerted.llm.key import Key
from concerted.llm.model import Away, Heard, Request
from tests.llm.server import Act, ModelServer, Play

ASKED = Request("You write.", "Write the text.", 100)
VENDORS = {"anthropic": ModelName(endpoint="anthropic", model="claude-sonnet-5"), "google": ModelName(endpoint="google", model="gemini-3.5-flash")}
SECRET = "canary-7f3a-DO-NOT-TELL-9b1c"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VENDOR_KEY", SECRET)


def model(vendor: str, server: ModelServer, idle: float = 4.0) -> AdaptedModel:
    url = server.url.removesuffix("/v1")
    return open_adapted(VENDORS[vendor], Endpoint(base_url=url, api_key_env="VENDOR_KEY", idle=idle), Key("VENDOR_KEY", vendor))


def answer(vendor: str, play: Play | Act, enough: Callable[[list[str]], bool] = lambda _heard: False) -> tuple[list[str], Heard, ModelServer]:
    async def go() -> tuple[list[str], Heard, ModelServer]:
        async with ModelServer(play) as server:
            it = model(vendor, server)
            heard: list[str] = []
            try:
                async with it.stream(ASKED) as stream:
                    pieces = aiter(stream)
                    async for text in pieces:
                        heard.append(text)
                        if enough(heard):
                            await pieces.aclose()
                            break
            finally:
                await it.close()
            await server.settled()
            return heard, stream.heard, server

    return asyncio.run(go())


@pytest.mark.parametrize("vendor", VENDORS)
def test_an_answer_streams_and_is_counted(vendor: str) -> None:
    pieces, heard, server = answer(vendor, Act("It fixes itself, for 5 €."))
    assert "".join(pieces) == "It fixes itself, for 5 €."
    assert len(pieces) >= 5
    assert heard.ending == "done"
    assert heard.usage is not None
    assert heard.usage.tokens_out == 6
    assert server.calls[0].key
    assert "You write." in str(server.calls[0].body)


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize(("finish", "ending"), [("length", "length"), ("content_filter", "refused")])
def test_an_answer_that_ends_early_says_why(vendor: str, finish: str, ending: str) -> None:
    assert answer(vendor, Act("One two.", finish=finish))[1].ending == ending


@pytest.mark.parametrize("vendor", VENDORS)
def test_leaving_a_stream_closes_it_at_once(vendor: str) -> None:
    heard, _, server = answer(vendor, Act(" ".join(f"w{n}" for n in range(300)), rate=100), lambda heard: len(heard) >= 5)
    assert server.calls[0].ended == "hung up"
    assert len(server.calls[0].sent) <= len(heard) + 4


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize(
    ("act", "error"),
    [
        (Act(status=429, error="slow down", headers={"retry-after": "3"}), Away),
        (Act(status=500, error="oops"), Away),
        (Act(status=401, error=f"bad key {SECRET}"), UserError),
        (Act(status=404, error="no such model"), UserError),
    ],
    ids=["busy", "server", "denied", "nowhere"],
)
def test_errors_are_said_in_our_words_and_nothing_is_tried_behind_our_back(vendor: str, act: Act, error: type[ConcertedError]) -> None:
    seen: list[int] = []

    def play(_call: object) -> Act:
        seen.append(1)
        return act

    with pytest.raises(error) as caught:
        answer(vendor, play)
    assert len(seen) == 1
    assert SECRET not in f"{caught.value}{caught.value!r}{caught.value.__cause__}"
    if isinstance(caught.value, Away) and act.status == 429:
        assert caught.value.retry_after == 3


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_stream_that_breaks_off_is_away(vendor: str) -> None:
    with pytest.raises(Away):
        answer(vendor, Act("One two three.", drop_after=2))


def test_an_extra_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(_name: str) -> None:
        return None

    monkeypatch.setattr(adapted, "find_spec", nothing)
    with pytest.raises(UserError) as caught:
        open_adapted(VENDORS["anthropic"], Endpoint(), Key("VENDOR_KEY"))
    assert 'pip install "concerted[anthropic]"' in caught.value.next
