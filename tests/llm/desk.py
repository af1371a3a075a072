"""A writer at a loopback model server, with its books in a pocket: what the tests of live models share."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from concerted.campaign.intervention import GO_ON, Intervention, Stop, Verdict
from concerted.campaign.work import Work
from concerted.llm.configured import Endpoint, Models
from concerted.llm.providers import Account, Callers
from concerted.llm.purse import Pocket, Purse
from concerted.llm.writer import Eyes, LiveWriter
from tests.llm.server import Act, ModelServer, Play, fields

WORK = Work(
    task="t1",
    asset="sms.sms.dock.us.-",
    type="sms",
    group="message",
    fields=("text", "link"),
    brief="You write one text message.\n<material>\n- [positioning.promise] It fixes itself.\n</material>\nWrite: `text`, `link`.",
    guardrails="Never say seamless.",
    fallback={"text": "The house says: it fixes itself.", "link": "rampline.example/see"},
    worker="mobile",
    locale="en-US",
)
GOOD = fields(text="It fixes itself.", link="rampline.example/see")
QUICK = Endpoint(timeout=60, idle=30, attempts=3)


@dataclass
class Desk:
    """A writer, its server, its books, and the stops that it told of."""

    writer: LiveWriter
    server: ModelServer
    purse: Any
    stops: list[Intervention] = field(default_factory=list[Intervention])


@asynccontextmanager
async def desk(
    play: Play | Act,
    endpoint: Endpoint = QUICK,
    eyes: Eyes | None = None,
    stronger: str = "",
    purse: Purse | None = None,
) -> AsyncGenerator[Desk]:
    """Open a desk whose writer is `near:x`; with `stronger`, that one is at the same server. Pauses between attempts are short."""
    async with ModelServer(play) as server:
        settings = Models(writer="near:x", stronger=stronger, endpoints={"near": endpoint.model_copy(update={"base_url": server.url})})
        books = purse or Pocket()
        callers = Callers(settings, Account(books, "run-1"))
        stops: list[Intervention] = []
        seen = eyes or Eyes()

        async def told(stop: Intervention) -> None:
            stops.append(stop)

        async with LiveWriter(callers, Eyes(seen.watch, seen.inspect, told)) as writer:
            for name in settings.named():
                hasten(callers, name)
            yield Desk(writer, server, books, stops)


def hasten(callers: Callers, name: str) -> None:
    """Make the pauses between attempts short."""
    caller = callers.voice(name).caller
    caller.terms = replace(caller.terms, pause=0.01)


def one_after_the_other(*acts: Act) -> Play:
    """Play these acts in turn, the last one for ever."""
    return lambda call: acts[min(call.number, len(acts)) - 1]


class Objecting:
    """A watcher that stops at a word."""

    def __init__(self, word: str, seen: dict[str, str] | None = None) -> None:
        self.word = word
        self.seen: dict[str, str] = {} if seen is None else seen
        self.over: list[str] = []
        self.tokens = 0

    def feed(self, name: str, token: str) -> Verdict:
        """Stop where the word is there."""
        self.tokens += 1
        text = self.seen[name] = self.seen.get(name, "") + token
        if self.word not in text:
            return GO_ON
        before = text[: text.index(self.word)]
        kept = before[: before.rfind(".") + 1]
        return Stop("banned-word", "brand.words.never.x", self.word, name, kept, f"Do not write “{self.word}”.", written=self.tokens)

    def finish_field(self, name: str) -> Verdict:
        """Let it stand."""
        self.over.append(name)
        return GO_ON

    def finish(self) -> Verdict:
        """Let it stand."""
        return GO_ON

    def let_through(self) -> tuple[Stop, ...]:
        """List nothing: what this one sees it stops."""
        return ()


def objecting_to(word: str) -> Callable[[Work, Mapping[str, str]], Objecting]:
    """Watch every call for a word."""
    return lambda _work, _accepted: Objecting(word)
