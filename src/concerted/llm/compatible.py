"""Any server that speaks OpenAI's chat completions, over one lean stream reader: OpenAI itself, Ollama, vLLM, llama.cpp, gateways.

No SDK: it would retry, count and parse behind our back, and costs more processor time a token than everything else we do.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx2
from pydantic_core import from_json, to_json

from concerted.errors import ConcertedError
from concerted.llm.configured import Endpoint, ModelName
from concerted.llm.failing import SERVER, message_in, refusal, wait_in
from concerted.llm.key import Key
from concerted.llm.loose import Loose, first, table, text, whole
from concerted.llm.model import MARKS, Away, Ending, Heard, Request, Schema, Usage
from concerted.llm.sse import Events, NoEvents

ENDINGS: Mapping[str, Ending] = {"stop": "done", "eos": "done", "length": "length", "content_filter": "refused"}
DONE = b"[DONE]"
OK = 200
CONNECT = 10.0
PATIENCE = 0.25
"""Seconds that a server has to end its answer after it has said that it is over."""
IDLE = 64
"""Connections that are kept for the next call."""
ERROR_BODY = 20_000
"""Bytes of an error that are read; whoever sends more says nothing more."""


class CompatibleModel:
    """One model at one such server."""

    def __init__(self, name: ModelName, endpoint: Endpoint, key: Key, held: Callable[[Schema], Loose] | None = None, idle: int = IDLE) -> None:
        self._name = name
        self._idle = idle
        self._held = held or by_schema
        self._endpoint = endpoint
        self._key = key
        self._client: httpx2.AsyncClient | None = None

    @property
    def name(self) -> str:
        """The model string."""
        return str(self._name)

    def _open(self) -> httpx2.AsyncClient:
        """Open the client with the first call, in the event loop that uses it."""
        if self._client is None:
            self._client = httpx2.AsyncClient(
                timeout=httpx2.Timeout(self._endpoint.idle, connect=min(CONNECT, self._endpoint.idle)),
                limits=httpx2.Limits(max_connections=None, max_keepalive_connections=self._idle),
                trust_env=not is_here(self._endpoint.base_url),
            )
        return self._client

    @asynccontextmanager
    async def stream(self, request: Request) -> AsyncGenerator["CompatibleStream"]:
        """Ask, and give the answer while it comes in."""
        headers = {"content-type": "application/json", "accept": "text/event-stream", "accept-encoding": "identity"}
        secret = self._key.reveal()
        if secret:
            headers["authorization"] = f"Bearer {secret}"
        url = f"{self._endpoint.base_url}/chat/completions"
        try:
            async with self._open().stream("POST", url, content=to_json(self._payload(request)), headers=headers) as response:
                if response.status_code != OK:
                    raise await self._refusal(response)
                yield CompatibleStream(response, self.name, self._key)
        except httpx2.TransportError as away:
            # Without its cause: the library's error holds the request, and the request holds the key.
            raise self._away(away) from None

    def _away(self, error: httpx2.TransportError) -> Away:
        if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout):
            return Away(f"Nobody answers for {self.name} at {self._endpoint.base_url}.", "unreachable")
        if isinstance(error, httpx2.TimeoutException):
            return Away(f"{self.name} was silent for {self._endpoint.idle:g} seconds.", "timeout")
        return Away(f"The connection to {self.name} broke off.", "broken")

    async def _refusal(self, response: httpx2.Response) -> ConcertedError:
        body = b""
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > ERROR_BODY:
                break
        return refusal(self.name, self._key, response.status_code, message_in(body), wait_in(response.headers))

    def _payload(self, request: Request) -> Loose:
        room = "max_completion_tokens" if self._name.endpoint == "openai" else "max_tokens"
        payload: Loose = {
            "model": self._name.model,
            "messages": [{"role": "system", "content": request.system}, {"role": "user", "content": request.user}],
            "stream": True,
            "stream_options": {"include_usage": True},
            room: request.max_tokens,
        }
        if self._endpoint.temperature is not None:
            payload["temperature"] = self._endpoint.temperature
        if request.schema is not None:
            payload.update(self._held(request.schema))
        return payload

    async def close(self) -> None:
        """Let go of connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None


def by_schema(schema: Schema) -> Loose:
    """Hold a model to a schema as OpenAI does it."""
    known = {key: value for key, value in schema.items() if key != MARKS}
    return {"response_format": {"type": "json_schema", "json_schema": {"name": "fields", "strict": True, "schema": known}}}


class CompatibleStream:
    """One answer while it comes in."""

    def __init__(self, response: httpx2.Response, name: str, key: Key) -> None:
        self.heard = Heard()
        self._response = response
        self._name = name
        self._key = key

    async def __aiter__(self) -> AsyncGenerator[str]:
        """Give the text piece by piece."""
        events = Events()
        try:
            chunks = self._response.aiter_bytes()
            async for chunk in chunks:
                for data in events.feed(chunk):
                    if data == DONE:
                        await _drain(chunks)
                        return
                    if text := self._text(data):
                        yield text
            for data in events.end():
                if data != DONE and (text := self._text(data)):
                    yield text
        except NoEvents:
            raise Away(f"{self._name} answers with something that is no stream.", "broken") from None
        if self.heard.ending is None:
            raise Away(f"The connection to {self._name} broke off in mid-answer.", "broken")

    def _text(self, data: bytes) -> str:
        """Read one event; gives its text and notes what else it says."""
        try:
            event = table(from_json(data))
        except ValueError:
            event = {}
        if not event:
            raise Away(f"{self._name} answers with something that is no chat completion.", "broken")
        if counted := event.get("usage"):
            self.heard.usage = _usage(table(counted))
        choice = first(event.get("choices"))
        if not choice:
            if error := event.get("error"):
                raise refusal(self._name, self._key, whole(table(error).get("code")) or SERVER, message_in(data))
            return ""
        reason = text(choice.get("finish_reason"))
        if reason and self.heard.ending != "refused":
            self.heard.ending = ENDINGS.get(reason, "done")
        delta = table(choice.get("delta"))
        if refused := text(delta.get("refusal")):
            self.heard.ending = "refused"
            self.heard.said += refused
        return text(delta.get("content"))


async def _drain(chunks: AsyncIterator[bytes]) -> None:
    """Read to the end of the body, so that the connection can be used again; not for long."""
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            async for _ in chunks:
                pass


def _usage(counted: Loose) -> Usage:
    cached = table(counted.get("prompt_tokens_details")).get("cached_tokens")
    return Usage(whole(counted.get("prompt_tokens")), whole(counted.get("completion_tokens")), whole(cached))


def is_here(address: str) -> bool:
    """Tell whether an address is this machine: no proxy on the way, nothing to pay."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
