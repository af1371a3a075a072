"""What a streamed call costs in processor time on our side, against a bare OpenAI client in the same run: 32 streams, one process, loopback server.

`python -m bench.streams` prints the figures. The server runs in a process of its own, so that only the client's time is counted.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

import yaml
from openai import AsyncOpenAI

from concerted.campaign.deliverable import Deliverable
from concerted.campaign.facets import flatten
from concerted.campaign.work import Work
from concerted.guard.post import Post, post_for
from concerted.guard.watch import Watcher
from concerted.llm.configured import Endpoint, Models
from concerted.llm.providers import Account, Callers
from concerted.llm.purse import Pocket
from concerted.llm.writer import Eyes, LiveWriter
from concerted.workers.worker import load_workers

STREAMS, TOKENS, RATE, ROUNDS = 32, 60, 50.0, 5
TARGET = 1.5
EXAMPLE = Path(__file__).parents[1] / "examples" / "small-hours"
PROMPT = "Write the text. " * 100


def _post() -> Post:
    """Watch as a campaign is watched: with the example's words, claims, prices and dates, and with those from before a change."""
    strategy = yaml.safe_load((EXAMPLE / "campaign.yaml").read_text(encoding="utf-8"))
    facets = {path: value for path, value in flatten(strategy).items() if not isinstance(value, date)}
    before = {**facets, "positioning.promise": "We mend delivery bikes faster than anybody else in town."}
    page = Deliverable("landing-page", "web", "shops", "us")
    return post_for(facets, before, page, load_workers().type("landing-page"), date(2027, 1, 4))


@dataclass(frozen=True)
class Figure:
    """Processor time a call and a token, in milliseconds and microseconds."""

    name: str
    a_call: float
    a_token: float


async def _bare(url: str) -> Callable[[], Awaitable[None]]:
    client = AsyncOpenAI(api_key="none", base_url=url, max_retries=0)

    async def call() -> None:
        stream = await client.chat.completions.create(
            model="x", stream=True, messages=[{"role": "system", "content": "You write."}, {"role": "user", "content": PROMPT}], max_tokens=512
        )
        assert [text async for chunk in stream if chunk.choices and (text := chunk.choices[0].delta.content)]

    return call


async def _ours(url: str) -> Callable[[], Awaitable[None]]:
    post = _post()
    models = Models(writer="bench:x", endpoints={"bench": Endpoint(base_url=url)})
    writer = LiveWriter(Callers(models, Account(Pocket(), "bench")), Eyes(watch=lambda _work, accepted: Watcher(post, accepted=accepted)))
    work = Work("t", "landing-page.web.shops.us.-", "landing-page", "top", ("h1",), PROMPT, locale="en-US")

    async def call() -> None:
        answer = await writer.write(work)
        assert answer.calls == 1, answer

    return call


async def _measure(name: str, call: Callable[[], Awaitable[None]]) -> Figure:
    await asyncio.gather(*(call() for _ in range(STREAMS)))
    spent: list[float] = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        await asyncio.gather(*(call() for _ in range(STREAMS)))
        spent.append(time.process_time() - begun)
    a_call = median(spent) / STREAMS
    return Figure(name, a_call * 1e3, a_call / TOKENS * 1e6)


async def compare(url: str) -> list[Figure]:
    """Measure both, in turn, in one event loop."""
    return [await _measure("bare OpenAI client", await _bare(url)), await _measure("concerted, watched", await _ours(url))]


def main() -> None:
    """Print the figures."""
    command = [sys.executable, "-m", "tests.llm.server", "--field", "h1", "--tokens", str(TOKENS), "--rate", str(RATE)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        figures = asyncio.run(compare(server.stdout.readline().strip()))
        server.stdin.close()
    bare = figures[0].a_call
    for figure in figures:
        print(
            f"{figure.name:<24} {figure.a_call:6.2f} ms a call of {TOKENS} tokens   {figure.a_token:6.1f} us a token   {figure.a_call / bare:5.2f}x"
        )
    ratio = figures[1].a_call / bare
    print(f"{'ok' if ratio <= TARGET else 'over'}: {ratio:.2f}x of the bare client (target {TARGET}x), {STREAMS} streams at {RATE:g} tokens/s")


if __name__ == "__main__":
    main()
