"""A model as the rest of the room sees it: a request goes in, pieces of text come out, and it can be let go of at any moment."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

from concerted.errors import Unavailable

Schema: TypeAlias = Mapping[str, Any]
MARKS = "x-marks"
"""In a schema: the marks that stand for figures. Texts then hold no figure of their own, where a model can be held to that."""
Ending: TypeAlias = Literal["done", "length", "refused"]
"""The model was finished; ran out of room; would not."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a model is asked: who it is, what it shall do, how long it may get."""

    system: str
    user: str
    max_tokens: int = 1024
    schema: Schema | None = None
    """A JSON schema that the answer keeps to, where the model can be held to one."""
    expected: int = 512
    """About how many tokens the answer will have; `max_tokens` is what it can cost."""
    slots: Mapping[str, str] = field(default_factory=dict[str, str])
    """Marks in the prompt that stand for figures; the answer comes with the figures put back."""

    @property
    def tokens(self) -> int:
        """Estimate the tokens of the prompt."""
        return estimate(self.system) + estimate(self.user)


@dataclass(frozen=True, slots=True)
class Usage:
    """What a provider counted."""

    tokens_in: int = 0
    tokens_out: int = 0
    cached: int = 0
    """Tokens of the prompt that were billed as read from a cache."""


@dataclass(slots=True)
class Heard:
    """What a stream turned out to be, filled in while it runs."""

    ending: Ending | None = None
    """None where the stream broke off without saying why."""
    usage: Usage | None = None
    said: str = field(default="", repr=False)
    """Why the model would not, in its words."""


class Stream(Protocol):
    """One answer while it comes in. Leaving its context closes the connection at once."""

    heard: Heard

    def __aiter__(self) -> AsyncGenerator[str]:
        """Give the text piece by piece. Raises Away where the connection breaks."""
        ...


class Model(Protocol):
    """One model at one provider."""

    @property
    def name(self) -> str:
        """The model string, which stands as author in the record."""
        ...

    def stream(self, request: Request) -> AbstractAsyncContextManager[Stream]:
        """Ask. Raises Away where the provider is away or busy, UserError where it will never answer this."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


Trouble: TypeAlias = Literal["busy", "server", "timeout", "broken", "unreachable"]
"""Too many requests; its own mistake; silence; a stream that makes no sense or breaks off; nobody there."""


class Away(Unavailable):
    """A provider does not answer now; trying again may help."""

    def __init__(self, message: str, trouble: Trouble, retry_after: float | None = None) -> None:
        super().__init__(message, next="concerted models, or concerted run")
        self.trouble: Trouble = trouble
        self.retry_after = retry_after


def estimate(text: str) -> int:
    """Estimate how many tokens a text has: on the safe side for European languages, without a tokenizer."""
    return (len(text.encode()) + 2) // 3 if text else 0
