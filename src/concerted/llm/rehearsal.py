"""A model server for rehearsals: OpenAI's chat completions on the loopback, streaming given answers word by word. No model, no key, no network.

It ships with the product as the double of a hosted model, so that a drifting stream can be seen where there is none.
"""

import asyncio
import json
import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from threading import Thread
from typing import Any

RATE = 18.0
"""Words a second: quick, and slow enough to be read."""
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"


class RehearsalServer:
    """Gives its answers in turn, the last one for ever. Stops sending as soon as the caller hangs up."""

    def __init__(self, answers: Sequence[str], rate: float = RATE) -> None:
        self._answers = answers
        self._rate = rate
        self._calls = 0
        self.sent: list[int] = []
        """Pieces that each call really got."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one call."""
        try:
            await _request(reader)
            answer = self._answers[min(self._calls, len(self._answers) - 1)]
            number, self._calls = self._calls, self._calls + 1
            self.sent.append(0)
            writer.write(HEAD)
            for piece in re.findall(r"</?\w+>|\s*[^\s<]+|\s+", answer):
                await asyncio.sleep(1 / self._rate)
                if reader.at_eof() or writer.is_closing():
                    return
                writer.write(_event({"delta": {"content": piece}}))
                await writer.drain()
                self.sent[number] += 1
            writer.write(_event({"delta": {}, "finish_reason": "stop"}) + b"data: [DONE]\n\n")
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()


def _event(choice: dict[str, Any]) -> bytes:
    return f"data: {json.dumps({'choices': [{'index': 0, **choice}]})}\n\n".encode()


async def _request(reader: asyncio.StreamReader) -> None:
    """Read a request and throw it away: what is answered is settled."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = re.search(r"content-length: *(\d+)", head)
    await reader.readexactly(int(length.group(1)) if length else 0)


@contextmanager
def rehearsing(answers: Sequence[str], rate: float = RATE) -> Generator[tuple[str, RehearsalServer]]:
    """Serve answers in a thread of its own while the context is open; gives the base URL and the server."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server = RehearsalServer(answers, rate)
    listening = asyncio.run_coroutine_threadsafe(asyncio.start_server(server.serve, "127.0.0.1", 0), loop).result()
    try:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/v1", server
    finally:
        asyncio.run_coroutine_threadsafe(_close(listening), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _close(listening: asyncio.Server) -> None:
    listening.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
