"""Vendors with a language of their own, spoken through pydantic-ai-slim: its direct streaming request, never its agent loop.

Their SDKs' own retries are off, so that what we count, pay and wait for is what happens.
"""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import httpx2

from concerted.errors import ConcertedError, UserError
from concerted.llm.compatible import CONNECT, is_here
from concerted.llm.configured import Endpoint, ModelName
from concerted.llm.failing import refusal
from concerted.llm.key import Key
from concerted.llm.model import Away, Ending, Heard, Request, Usage

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelResponseStreamEvent
    from pydantic_ai.models import Model as Vendor
    from pydantic_ai.models import StreamedResponse

_OPENED: ContextVar[list[httpx2.Response] | None] = ContextVar("opened", default=None)
"""The responses of the stream under way. SDKs leave theirs open when a stream is left in the middle; we close them ourselves."""
ENDINGS: Mapping[str, Ending] = {"stop": "done", "length": "length", "content_filter": "refused"}


def open_adapted(name: ModelName, endpoint: Endpoint, key: Key) -> "AdaptedModel":
    """Make a model of such a vendor. Raises UserError where the extra is not installed."""
    if find_spec("pydantic_ai") is None:
        raise _not_installed(name)
    return AdaptedModel(name, endpoint, key)


def _not_installed(name: ModelName) -> UserError:
    return UserError(f"{name} needs an extra that is not installed.", next=f'pip install "concerted[{name.endpoint}]"')


class AdaptedModel:
    """One model of such a vendor."""

    def __init__(self, name: ModelName, endpoint: Endpoint, key: Key) -> None:
        self._name = name
        self._endpoint = endpoint
        self._key = key
        self._vendor: Vendor | None = None
        self._client: httpx2.AsyncClient | None = None

    @property
    def name(self) -> str:
        """The model string."""
        return str(self._name)

    def _open(self) -> "Vendor":
        """Make the vendor's client with the first call, in the event loop that uses it."""
        if self._vendor is None:
            self._client = httpx2.AsyncClient(
                timeout=httpx2.Timeout(self._endpoint.idle, connect=min(CONNECT, self._endpoint.idle)),
                limits=httpx2.Limits(max_connections=None, max_keepalive_connections=64),
                trust_env=not is_here(self._endpoint.base_url),
                event_hooks={"response": [_note_opened]},
            )
            try:
                make = {"anthropic": _anthropic, "google": _google}[self._name.endpoint]
                self._vendor = make(self._name.model, self._endpoint, self._key.reveal(), self._client)
            except ImportError as missing:
                raise _not_installed(self._name) from missing
        return self._vendor

    @asynccontextmanager
    async def stream(self, request: Request) -> AsyncGenerator["AdaptedStream"]:
        """Ask, and give the answer while it comes in."""
        from pydantic_ai.direct import model_request_stream
        from pydantic_ai.exceptions import ModelAPIError, UnexpectedModelBehavior
        from pydantic_ai.messages import ModelRequest, SystemPromptPart, UserPromptPart
        from pydantic_ai.settings import ModelSettings

        asked = ModelRequest(parts=[SystemPromptPart(request.system), UserPromptPart(request.user)])
        settings = ModelSettings(max_tokens=request.max_tokens, timeout=self._endpoint.idle)
        if self._endpoint.temperature is not None:
            settings["temperature"] = self._endpoint.temperature
        opened: list[httpx2.Response] = []
        token = _OPENED.set(opened)
        try:
            async with model_request_stream(self._open(), [asked], model_settings=settings) as response:
                try:
                    yield AdaptedStream(response)
                finally:
                    await _close_all(opened)
        except ModelAPIError as error:
            # Without its cause: the SDK's error holds the request, and the request holds the key.
            raise self._meant(error) from None
        except UnexpectedModelBehavior as odd:
            raise Away(f"{self.name} answers with something that makes no sense: {self._key.strike(str(odd))}", "broken") from None
        finally:
            _OPENED.reset(token)

    def _meant(self, error: Any) -> ConcertedError:
        status: int = getattr(error, "status_code", 0) or 0
        said = str(getattr(error, "message", error))
        if status:
            return refusal(self.name, self._key, status, said, error.retry_after)
        return Away(f"{self.name} cannot be reached or broke off: {self._key.strike(said)}", "unreachable", error.retry_after)

    async def close(self) -> None:
        """Let go of connections."""
        if self._client is not None:
            await self._client.aclose()
        self._client = self._vendor = None


class AdaptedStream:
    """One answer while it comes in."""

    def __init__(self, response: "StreamedResponse") -> None:
        self.heard = Heard()
        self._response = response

    async def __aiter__(self) -> AsyncGenerator[str]:
        """Give the text piece by piece."""
        from pydantic_ai.exceptions import ContentFilterError

        try:
            async for event in self._response:
                if words := _text(event):
                    yield words
        except ContentFilterError as refused:
            self.heard.ending, self.heard.said = "refused", " ".join(str(refused).split())
            return
        self.heard.ending = ENDINGS.get(self._response.finish_reason or "stop", "done")
        counted = self._response.usage
        if counted.output_tokens or counted.input_tokens:
            self.heard.usage = Usage(counted.input_tokens, counted.output_tokens, counted.cache_read_tokens)


def _text(event: "ModelResponseStreamEvent") -> str:
    """Give the words of an event: the beginning of a text part, or what is added to one. Thinking is not for us."""
    from pydantic_ai.messages import PartDeltaEvent, PartStartEvent, TextPart, TextPartDelta

    match event:
        case PartStartEvent(part=TextPart(content=words)) | PartDeltaEvent(delta=TextPartDelta(content_delta=words)):
            return words
        case _:
            return ""


async def _note_opened(response: httpx2.Response) -> None:
    opened = _OPENED.get()
    if opened is not None:
        opened.append(response)


async def _close_all(opened: list[httpx2.Response]) -> None:
    for response in opened:
        await response.aclose()


def _anthropic(model: str, endpoint: Endpoint, secret: str, client: httpx2.AsyncClient) -> "Vendor":
    from anthropic import AsyncAnthropic
    from pydantic_ai.models.anthropic import AnthropicModel
    from pydantic_ai.providers.anthropic import AnthropicProvider

    speaker = AsyncAnthropic(api_key=secret, base_url=endpoint.base_url or None, max_retries=0, http_client=client)
    return AnthropicModel(model, provider=AnthropicProvider(anthropic_client=speaker))


def _google(model: str, endpoint: Endpoint, secret: str, client: httpx2.AsyncClient) -> "Vendor":
    from pydantic_ai.models.google import GoogleModel
    from pydantic_ai.providers.google import GoogleProvider

    return GoogleModel(model, provider=GoogleProvider(api_key=secret, base_url=endpoint.base_url or None, http_client=client))
