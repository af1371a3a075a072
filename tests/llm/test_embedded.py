"""The embedded model: llama.cpp loads a file, is held to the form of an answer, streams, and stops when it is left."""

import asyncio
import json
import os
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from concerted.campaign.work import Unwritten
from concerted.errors import NotFound, UserError
from concerted.llm import embedded
from concerted.llm.asking import Turn
from concerted.llm.configured import Endpoint, ModelName, Models
from concerted.llm.embedded import EmbeddedModel, by_grammar, threads
from concerted.llm.model import Request
from concerted.llm.providers import Account, Callers
from concerted.llm.purse import Pocket
from concerted.llm.small import small_request
from concerted.llm.weights import QWEN, cache_folder
from concerted.llm.writer import LiveWriter
from tests.llm.desk import WORK
from tests.llm.tiny_gguf import write_model

NAME = ModelName(endpoint="local", model="")
SCHEMA = {"type": "object", "properties": {"text": {"type": "string"}, "link": {"type": "string"}}}
ENDLESS = {"type": "object", "properties": {f"field{number}": {"type": "string"} for number in range(600)}}
"""Takes more than the room of any call to fill in."""


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_model(tmp_path_factory.mktemp("model") / "tiny.gguf")


def model(weights: Path) -> EmbeddedModel:
    return EmbeddedModel(NAME, Endpoint(gguf=str(weights), idle=30, temperature=0.7))


def test_it_loads_and_answers_in_the_form_that_was_asked_for(weights: Path) -> None:
    async def go() -> dict[str, str]:
        it = model(weights)
        text = ""
        # Nonsense may run on to the end of its room; one of a few answers is short.
        for _ in range(20):
            async with it.stream(Request("You write.", "Write.", 400, SCHEMA)) as stream:
                text = "".join([piece async for piece in stream])
                assert stream.heard.usage is not None
                assert stream.heard.usage.tokens_out > 0
            assert text.lstrip().startswith("{")
            if stream.heard.ending == "done":
                break
        await it.close()
        return json.loads(text)

    assert list(asyncio.run(go())) == ["text", "link"]


async def ending(it: EmbeddedModel) -> str | None:
    """Ask for a little."""
    async with it.stream(Request("You write.", "Write.", 10)) as stream:
        assert all([isinstance(piece, str) async for piece in stream])
        return stream.heard.ending


def test_one_call_after_the_other_is_answered(weights: Path) -> None:
    async def go() -> set[str | None]:
        it = model(weights)
        heard = {await ending(it) for _ in range(100)}
        await it.close()
        return heard

    assert asyncio.run(go()) <= {"done", "length"}, "and none met the end of the connection of the one before it"


def test_a_stream_that_is_left_stops_the_computing(weights: Path) -> None:
    room = 6000

    async def go() -> int:
        """Leave an answer that has just begun; gives how many tokens are seen to be computed until nothing is."""
        it = model(weights)
        await ending(it)
        async with it.stream(Request("You write.", "Write on and on.", room, ENDLESS)) as stream:
            pieces = aiter(stream)
            await anext(pieces)
            await pieces.aclose()
        seen = 0
        async with httpx2.AsyncClient(base_url=it.address) as client:
            while (slot := (await client.get("/slots")).json()[0])["is_processing"]:
                seen = slot["next_token"][0]["n_decoded"]
        await ending(it)
        await it.close()
        return seen

    assert asyncio.run(go()) < room / 2, "it did not go on to the end of its room"


def test_nonsense_is_never_taken_for_copy(weights: Path) -> None:
    async def go() -> Pocket:
        purse = Pocket()
        settings = Models(writer="local", endpoints={"local": Endpoint(gguf=str(weights), max_tokens=60)})
        async with LiveWriter(Callers(settings, Account(purse, "r"))) as writer:
            try:
                answer = await writer.write(WORK)
            except Unwritten as stuck:
                answer = stuck.answer
            assert {answer.author, *answer.authors.values()} <= {"house", "local"}
        return purse

    calls = list(asyncio.run(go()).calls.values())
    assert 1 <= len(calls) <= 3
    assert all(call.cost == 0 and call.model == "local" for call in calls)


def test_a_file_that_is_broken_is_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "broken.gguf").write_bytes(b"GGUF" + b"\0" * 100)

    async def go() -> None:
        async with model(tmp_path / "broken.gguf").stream(Request("S", "U")):
            pass

    with pytest.raises(UserError, match="cannot be loaded"):
        asyncio.run(go())


def test_without_weights_it_says_how_to_get_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCERTED_CACHE", str(tmp_path))

    async def go() -> None:
        async with EmbeddedModel(NAME, Endpoint()).stream(Request("S", "U")):
            pass

    with pytest.raises(NotFound) as caught:
        asyncio.run(go())
    assert "models install local" in caught.value.next


def test_without_the_runtime_it_names_the_extra(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_name: str) -> None:
        raise ImportError

    monkeypatch.setattr(embedded, "import_module", missing)

    async def go() -> None:
        async with model(weights).stream(Request("S", "U")):
            pass

    with pytest.raises(UserError) as caught:
        asyncio.run(go())
    assert 'pip install "concerted[local]"' in caught.value.next


def test_one_core_is_left_to_everybody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def count(cores: int | None) -> int:
        monkeypatch.setattr(os, "cpu_count", lambda: cores)
        return threads()

    assert [count(cores) for cores in (1, 2, 8, None)] == [1, 1, 7, 1]


def test_the_grammar_names_the_fields_in_order() -> None:
    assert by_grammar(SCHEMA)["grammar"].splitlines()[0] == (
        r'root ::= "{" space "\"text\"" space ":" space text "," space "\"link\"" space ":" space text space "}"'
    )


@pytest.mark.weights
@pytest.mark.skipif(not (cache_folder() / QWEN.file).is_file(), reason="the weights (1.1 GB) are not in the cache: concerted models install local")
def test_the_published_model_writes_a_line_without_a_figure_of_its_own() -> None:
    work = replace(WORK, fields=("text",), fallback={"text": "From $29 the dock mends itself overnight."})
    asked = small_request(work, Turn(work.fields), 200)

    async def go() -> str:
        it = EmbeddedModel(NAME, Endpoint(idle=300, temperature=0.0))
        async with it.stream(asked) as stream:
            text = "".join([piece async for piece in stream])
        await it.close()
        return text

    words = json.loads(asyncio.run(go()))["text"]
    assert words
    assert not any(letter.isdigit() for letter in words)
