"""A model server in a thread of its own, for clients that run an event loop or a process of their own."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from threading import Thread

from tests.llm.server import Act, ModelServer, Play


@contextmanager
def serving(play: Play | Act) -> Generator[ModelServer]:
    """Serve until the context is left."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server = ModelServer(play)
    asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result()
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(server.__aexit__(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
