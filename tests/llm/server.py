"""A model server on the loopback that speaks its caller's language and does what it is told: slow, busy, broken, silent, talkative.

It logs every call with the tokens that were really sent. As a program it serves a script of its own: `python -m tests.llm.server`.
"""

import argparse
import asyncio
import json
import re
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count, cycle, islice
from typing import Any, TypeAlias

from tests.llm.dialects import dialect_of

Body: TypeAlias = dict[str, Any]
REASONS = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    402: "Payment Required",
    404: "Not Found",
    429: "Too Many Requests",
    500: "Oops",
    503: "Busy",
}
FOREVER = 24 * 60 * 60.0


def tokens(text: str) -> list[str]:
    """Cut a text into pieces as a model sends them: a word with the space before it, a tag apart."""
    return re.findall(r"</?\w+>|\s*[^\s<]+|\s+|<", text)


@dataclass(frozen=True)
class Act:
    """What happens to one call."""

    text: str = ""
    pieces: tuple[str, ...] = ()
    """The tokens, where they are not simply those of the text."""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    error: str = ""
    """What an error's body says."""
    latency: float = 0.0
    """Seconds before the first token."""
    rate: float = 0.0
    """Tokens a second; 0 sends all at once."""
    finish: str = "stop"
    usage: bool = True
    hang_after: int | None = None
    """Tokens after which nothing comes any more."""
    gates: Mapping[int, asyncio.Event] = field(default_factory=dict[int, asyncio.Event])
    """Tokens after which it waits for something to have happened."""
    drop_after: int | None = None
    """Tokens after which the connection is closed."""
    raw: bytes | None = None
    """Sent as the body, whatever it is."""
    refusal: str = ""

    def sent(self) -> list[str]:
        """List the tokens to send."""
        return list(self.pieces) or tokens(self.text)


@dataclass
class Call:
    """One call as it went."""

    number: int
    body: Body
    key: bool
    at: float
    path: str = ""
    sent: list[str] = field(default_factory=list[str])
    ended: str = ""
    """done, hung up (by the client), dropped, refused; empty while it runs."""
    seconds: float = 0.0

    @property
    def prompt(self) -> str:
        """What the user's part said."""
        return str(self.body["messages"][-1]["content"])

    @property
    def system(self) -> str:
        """What the system's part said."""
        return str(self.body["messages"][0]["content"])


Play: TypeAlias = Callable[[Call], Act]
BEAT, LONGEST_BEAT = 0.001, 0.002
"""Seconds between looks at the time, and the most that may pass from one look to the next."""


class _Clock:
    """A clock that stands still while the machine is held up: time passes in beats, and between two beats everybody in this loop has had a turn.

    So at 50 tokens a second a token is followed by 20 ms, or by ten turns of whoever shares the loop, whichever takes longer. A server that
    keeps this time never gets ahead of a client in its own loop because others use the processor; it never sends a late token in a burst.
    """

    def __init__(self) -> None:
        self.now = 0.0
        self._order = count()
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []

    async def wait_until(self, due: float) -> None:
        """Wait until it is so late."""
        turn = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (due, next(self._order), turn))
        await turn

    async def run(self) -> None:
        """Let time pass."""
        seen = time.monotonic()
        while True:
            await asyncio.sleep(BEAT)
            before, seen = seen, time.monotonic()
            self.now += min(seen - before, LONGEST_BEAT)
            while self._waiting and self._waiting[0][0] <= self.now:
                turn = heappop(self._waiting)[2]
                if not turn.done():
                    turn.set_result(None)


class _Reader(asyncio.StreamReader):
    """Tells at once that the client is gone; nothing has to be read for it."""

    def __init__(self) -> None:
        super().__init__(limit=2**22, loop=asyncio.get_running_loop())
        self.gone = asyncio.Event()

    def feed_eof(self) -> None:
        """Hear that nothing more comes."""
        super().feed_eof()
        self.gone.set()

    def set_exception(self, exc: Exception) -> None:
        """Hear that the connection broke."""
        super().set_exception(exc)
        self.gone.set()


class ModelServer:
    """Serves on a free port of the loopback while its context is open."""

    def __init__(self, play: Play | Act, port: int = 0) -> None:
        self._play: Play = play if callable(play) else lambda _call: play
        self._port = port
        self._server: asyncio.Server | None = None
        self._clock = _Clock()
        self._ticking: asyncio.Task[None] | None = None
        self._open: set[asyncio.Task[None]] = set()
        self.calls: list[Call] = []
        self.connections = 0

    @property
    def url(self) -> str:
        """The base URL."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"

    async def __aenter__(self) -> "ModelServer":
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._protocol, "127.0.0.1", self._port)
        self._ticking = loop.create_task(self._clock.run())
        return self

    def _protocol(self) -> asyncio.StreamReaderProtocol:
        reader = _Reader()

        def serve(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Awaitable[None]:
            return self._serve(reader, writer)

        return asyncio.StreamReaderProtocol(reader, serve, loop=asyncio.get_running_loop())

    async def __aexit__(self, *_exc: object) -> None:
        assert self._server is not None
        assert self._ticking is not None
        self._server.close()
        stopping = {*self._open, self._ticking}
        for task in stopping:
            task.cancel()
        await asyncio.gather(*stopping, return_exceptions=True)
        await self._server.wait_closed()

    def open(self, gate: asyncio.Event) -> None:
        """Open a gate that calls wait at, from whatever thread."""
        assert self._server is not None
        self._server.get_loop().call_soon_threadsafe(gate.set)

    async def ended(self, count: int) -> None:
        """Wait until so many calls have ended."""
        while sum(bool(call.ended) for call in self.calls) < count:  # noqa: ASYNC110  # calls end in many places; an event would have to be set in each
            await asyncio.sleep(0.005)

    async def sending(self, count: int, tokens_each: int) -> None:
        """Wait until so many calls have had so many tokens."""
        while sum(len(call.sent) >= tokens_each for call in self.calls) < count:  # noqa: ASYNC110  # a look now and then disturbs the streams least
            await asyncio.sleep(0.005)

    async def settled(self) -> None:
        """Wait until every call has ended on our side, too."""
        while any(not call.ended for call in self.calls):  # noqa: ASYNC110  # calls end in many places; an event would have to be set in each
            await asyncio.sleep(0.005)

    async def _serve(self, reader: _Reader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        self.connections += 1
        try:
            while (request := await _request(reader)) is not None:
                path, headers, body = request
                key = any(name in headers for name in ("authorization", "x-api-key", "x-goog-api-key"))
                call = Call(len(self.calls) + 1, body, key, time.monotonic(), path)
                self.calls.append(call)
                act = self._play(call)
                await self._answer(call, act, reader, writer)
                call.seconds = time.monotonic() - call.at
                if act.status != 200 or call.ended != "done":
                    return
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            return
        finally:
            self._open.discard(task)
            writer.close()

    async def _answer(self, call: Call, act: Act, reader: _Reader, writer: asyncio.StreamWriter) -> None:
        """Play an act; a client that hangs up is noticed while waiting, as a real server would."""
        playing = asyncio.ensure_future(self._perform(call, act, writer))
        gone = asyncio.ensure_future(reader.gone.wait())
        try:
            await asyncio.wait({playing, gone}, return_when=asyncio.FIRST_COMPLETED)
            if playing.done() and not playing.exception():
                return
            call.ended = call.ended or "hung up"
        finally:
            for task in (playing, gone):
                task.cancel()
            await asyncio.gather(playing, gone, return_exceptions=True)

    async def _perform(self, call: Call, act: Act, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(act.latency)
        if act.status != 200:
            # It closes behind a refusal, and says so: a client that were to use the connection again might be faster than its end.
            _head(writer, act.status, {"content-type": "application/json", "connection": "close", **act.headers})
            _chunk(writer, json.dumps({"error": {"message": act.error or REASONS.get(act.status, "")}}).encode())
            _chunk(writer, b"")
            await writer.drain()
            call.ended = "refused"
            return
        _head(writer, 200, {"content-type": "text/event-stream", **act.headers})
        if act.raw is not None:
            _chunk(writer, act.raw)
        else:
            await self._speak(call, act, writer)
        if not call.ended:
            _chunk(writer, b"")
            await writer.drain()
            call.ended = "done"

    async def _speak(self, call: Call, act: Act, writer: asyncio.StreamWriter) -> None:
        due = self._clock.now
        dialect = dialect_of(call.path)
        for event in dialect.begin(act.refusal):
            _chunk(writer, event)
        for number, token in enumerate(act.sent()):
            if act.hang_after == number:
                await asyncio.sleep(FOREVER)
            if number in act.gates:
                await act.gates[number].wait()
                due = max(due, self._clock.now)
            if act.drop_after == number:
                call.ended = "dropped"
                writer.transport.abort()
                return
            if act.rate:
                due += 1 / act.rate
                await self._clock.wait_until(due)
            call.sent.append(token)
            _chunk(writer, dialect.token(token))
            await writer.drain()
        asked = len("".join(str(message["content"]) for message in call.body.get("messages", ()))) // 4
        for event in dialect.end(act.finish, asked if act.usage else None, len(call.sent)):
            _chunk(writer, event)


async def _request(reader: asyncio.StreamReader) -> tuple[str, dict[str, str], Body] | None:
    line = await reader.readline()
    if not line:
        return None
    headers: dict[str, str] = {}
    while row := (await reader.readline()).decode().strip():
        name, _, value = row.partition(":")
        headers[name.lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return line.decode().split()[1], headers, json.loads(body) if body else {}


def _head(writer: asyncio.StreamWriter, status: int, headers: Mapping[str, str]) -> None:
    rows = [f"HTTP/1.1 {status} {REASONS.get(status, 'Odd')}", "transfer-encoding: chunked", *(f"{name}: {value}" for name, value in headers.items())]
    writer.write("\r\n".join((*rows, "", "")).encode())


def _chunk(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(b"%x\r\n%s\r\n" % (len(data), data))


def fields(**words: str) -> str:
    """Write an answer as it is asked for: each field between its tags."""
    return "\n".join(f"<{name}>{text}</{name}>" for name, text in words.items())


PLAIN = ("we", "take", "the", "bike", "in", "while", "you", "sleep", "and", "bring", "it", "back")


def plain(count: int) -> str:
    """Write so many plain words."""
    return " ".join(islice(cycle(PLAIN), count))


async def _main(port: int, name: str, count: int, rate: float) -> None:
    """Serve answers of a fixed number of tokens, the tags among them, until stdin is closed; print the address first."""
    async with ModelServer(Act(fields(**{name: plain(count - 2)}), rate=rate), port) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--field", default="text")
    parser.add_argument("--tokens", type=int, default=60)
    parser.add_argument("--rate", type=float, default=0.0)
    given = parser.parse_args()
    asyncio.run(_main(given.port, given.field, given.tokens, given.rate))
