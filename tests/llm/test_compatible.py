"""A server that speaks chat completions: what it answers, what its refusals mean, and that a call we leave is over on its side, too."""

import asyncio
from datetime import UTC, datetime

import pytest

from concerted.errors import ConcertedError, UserError
from concerted.llm.compatible import CompatibleModel
from concerted.llm.configured import Endpoint, ModelName
from concerted.llm.failing import message_in, wait_in
from concerted.llm.key import Key
from concerted.llm.model import Away, Heard, Request, Usage
from tests.llm.server import Act, ModelServer, tokens

ASKED = Request("You write.", "Write the text.", 100)
NAME = ModelName(endpoint="near", model="x")


async def ask(server: ModelServer, endpoint: Endpoint | None = None, key: Key | None = None, asked: Request = ASKED) -> tuple[str, Heard]:
    model = CompatibleModel(NAME, (endpoint or Endpoint(idle=2)).model_copy(update={"base_url": server.url}), key or Key(""))
    try:
        async with model.stream(asked) as stream:
            return "".join([text async for text in stream]), stream.heard
    finally:
        await model.close()


def answer(act: Act, endpoint: Endpoint | None = None, key: Key | None = None) -> tuple[str, Heard]:
    async def go() -> tuple[str, Heard]:
        async with ModelServer(act) as server:
            return await ask(server, endpoint, key)

    return asyncio.run(go())


def test_an_answer_comes_in_whole_with_its_ending_and_its_count() -> None:
    text, heard = answer(Act("It fixes itself, for 5 €."))
    assert text == "It fixes itself, for 5 €."
    assert (heard.ending, heard.usage) == ("done", Usage(6, 6))


def test_a_server_that_counts_nothing_is_believed_to_have_counted_nothing() -> None:
    assert answer(Act("One.", usage=False))[1].usage is None


def test_what_is_asked_stands_in_the_request() -> None:
    async def go() -> None:
        async with ModelServer(Act("One.")) as server:
            schema = {"type": "object", "properties": {"h1": {"type": "string"}}}
            await ask(server, Endpoint(temperature=0.5), asked=Request("S", "U", 77, schema))
            body = server.calls[0].body
            assert (body["model"], body["max_tokens"], body["temperature"], body["stream"]) == ("x", 77, 0.5, True)
            assert [message["role"] for message in body["messages"]] == ["system", "user"]
            assert body["response_format"]["json_schema"]["schema"] == schema

    asyncio.run(go())


@pytest.mark.parametrize("finish", ["length", "content_filter"])
def test_an_answer_that_ends_early_says_why(finish: str) -> None:
    assert answer(Act("One.", finish=finish))[1].ending == {"length": "length", "content_filter": "refused"}[finish]


def test_a_refusal_is_heard_as_one() -> None:
    heard = answer(Act("", refusal="I would rather not."))[1]
    assert (heard.ending, heard.said) == ("refused", "I would rather not.")


@pytest.mark.parametrize(
    ("act", "error", "said"),
    [
        (Act(status=401, error="bad key sk-abcdefgh12345678"), UserError, "NEAR_KEY"),
        (Act(status=403), UserError, "NEAR_KEY"),
        (Act(status=404, error="no model x"), UserError, "no model x"),
        (Act(status=402), UserError, "no credit"),
        (Act(status=429, error="You exceeded your quota (insufficient_quota)"), UserError, "no credit"),
        (Act(status=400, error="context length exceeded"), UserError, "context length exceeded"),
        (Act(status=429, error="slow down"), Away, "slow down"),
        (Act(status=500, error="oops"), Away, "oops"),
        (Act(status=503), Away, "503"),
        (Act(raw=b"<html>captive portal</html>"), Away, "broke off"),
        (Act(raw=b"data: not json\n\n"), Away, "no chat completion"),
        (Act(raw=b'data: {"error": {"message": "overloaded", "code": 503}}\n\n'), Away, "overloaded"),
        (Act(raw=b'data: {"choices": [{"delta": {"content": "half'), Away, "no chat completion"),
        (Act("One two three.", drop_after=2), Away, "broke off"),
    ],
    ids=lambda value: str(getattr(value, "status", ""))[:3] if isinstance(value, Act) else "",
)
def test_each_refusal_is_said_in_our_words(act: Act, error: type[ConcertedError], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEAR_KEY", "sk-abcdefgh12345678")
    with pytest.raises(error) as caught:
        answer(act, key=Key("NEAR_KEY", "near:x"))
    assert said in str(caught.value)
    assert "abcdefgh" not in f"{caught.value}{caught.value!r}{caught.value.__cause__}"


def test_a_server_that_falls_silent_is_left() -> None:
    with pytest.raises(Away, match=r"silent for 0\.2 seconds") as caught:
        answer(Act("One two three.", hang_after=2), Endpoint(idle=0.2))
    assert caught.value.trouble == "timeout"


def test_nobody_there_is_said_with_the_address() -> None:
    async def go() -> None:
        async with ModelServer(Act("x")) as server:
            url = server.url
        model = CompatibleModel(NAME, Endpoint(base_url=url), Key(""))
        with pytest.raises(Away, match="Nobody answers"):
            async with model.stream(ASKED):
                pass
        await model.close()

    asyncio.run(go())


def test_a_cancelled_call_closes_its_socket_within_a_chunk() -> None:
    async def go() -> tuple[int, int, str]:
        async with ModelServer(Act(" ".join(f"w{n}" for n in range(500)), rate=100)) as server:
            heard: list[str] = []
            ten = asyncio.Event()
            model = CompatibleModel(NAME, Endpoint(base_url=server.url), Key(""))

            async def listen() -> None:
                async with model.stream(ASKED) as stream:
                    async for text in stream:
                        heard.append(text)
                        if len(heard) == 10:
                            ten.set()

            task = asyncio.create_task(listen())
            await ten.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            at_cancel = len(heard)
            await server.settled()
            await model.close()
            return at_cancel, len(server.calls[0].sent), server.calls[0].ended

    at_cancel, sent, ended = asyncio.run(go())
    assert ended == "hung up"
    assert sent <= at_cancel + 1


def test_leaving_a_stream_in_the_middle_closes_its_socket_and_the_next_call_works() -> None:
    async def go() -> None:
        async with ModelServer(Act(" ".join(f"w{n}" for n in range(200)), rate=200)) as server:
            model = CompatibleModel(NAME, Endpoint(base_url=server.url), Key(""))
            for _ in range(3):
                async with model.stream(ASKED) as stream:
                    pieces = aiter(stream)
                    await anext(pieces)
                    await pieces.aclose()
            await server.settled()
            assert [call.ended for call in server.calls] == ["hung up"] * 3
            assert max(len(call.sent) for call in server.calls) <= 3
            await model.close()

    asyncio.run(go())


def test_a_connection_is_used_again() -> None:
    async def go() -> None:
        async with ModelServer(Act("One.")) as server:
            model = CompatibleModel(NAME, Endpoint(base_url=server.url), Key(""))
            for _ in range(3):
                async with model.stream(ASKED) as stream:
                    assert [text async for text in stream] == tokens("One.")
            await model.close()
            assert len(server.calls) == 3
            assert server.connections == 1

    asyncio.run(go())


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "Sun, 22 Nov 2026 12:00:30 GMT"}, 30.0),
        ({"retry-after": "Sun, 22 Nov 2026 11:00:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)
def test_a_request_to_wait_is_read_in_every_form(headers: dict[str, str], seconds: float | None) -> None:
    assert wait_in(headers, datetime(2026, 11, 22, 12, tzinfo=UTC)) == seconds


@pytest.mark.parametrize(
    "body",
    [b'{"error": {"message": "M"}}', b'{"error": "M"}', b'{"detail": "M"}', b'{"message": "M"}', b"M", b'{"detail": {"message": "M"}}'],
)
def test_a_message_is_found_however_it_is_wrapped(body: bytes) -> None:
    assert message_in(body) == "M"
