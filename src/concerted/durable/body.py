"""What carrying out a task means: look for its result, else ask the writer, store what came back the moment it is there.

Runs at least once a task, so it is idempotent by the task's id; a result that was paid for is never dropped.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from pydantic import TypeAdapter

from concerted.campaign.line import Result
from concerted.campaign.work import Answer, Unwritten, Work
from concerted.durable.engine import Body, Payload
from concerted.errors import ConcertedError, Unavailable
from concerted.planning.lifecycle import returned
from concerted.store.store import Store


class Writer(Protocol):
    """Whoever answers work with words: a model, or the scripted one."""

    async def write(self, work: Work) -> Answer:
        """Answer one group of fields. Raises Unavailable where trying again may help, another ConcertedError where it cannot."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a writer is waited for, and how often it is asked again when it is away."""

    call: float = 300.0
    """Seconds a call."""
    attempts: int = 4
    pause: float = 0.5
    """Seconds before the second attempt; doubles each time."""


def pack(work: Work, guardrails: str) -> Payload:
    """Make a task's payload: its work, and the hash of the guardrails that it was told."""
    return {"work": TypeAdapter(Work).dump_python(work, mode="json"), "guardrails": guardrails}


def unpack(payload: Payload) -> tuple[Work, str]:
    """Read a payload back."""
    return TypeAdapter(Work).validate_python(payload["work"]), str(payload["guardrails"])


def make_body(
    store: Store, writer: Writer, now: Callable[[], str], patience: Patience = Patience(), leave: Callable[[Work], float] = lambda _work: 0.0
) -> Body:
    """Give the body that an engine runs: a payload in, its stored result out.

    `leave` says how many seconds a writer that is cancelled may take to its next check-in, where it lets go by itself.
    """

    async def body(payload: Payload) -> Result:
        work, guardrails = unpack(payload)
        known = await asyncio.to_thread(store.result, work.task)
        if known is not None and not known.error:
            return known
        result = await _ask(_Led(writer, leave), work, guardrails, patience)
        await _keep(store, result, now())
        return result

    return body


class _Led:
    """A writer that is led to its next check-in when its work is cancelled, and cut off where it does not get there in time."""

    def __init__(self, writer: Writer, leave: Callable[[Work], float]) -> None:
        self._writer = writer
        self._leave = leave

    async def write(self, work: Work) -> Answer:
        """Answer as the writer does. What it has finished by its check-in was paid for and is given."""
        writing = asyncio.ensure_future(self._writer.write(work))
        try:
            return await asyncio.shield(writing)
        except asyncio.CancelledError:
            if not writing.done() and (seconds := self._leave(work)):
                await asyncio.wait({writing}, timeout=seconds)
            if not writing.done():
                writing.cancel()
                await asyncio.wait({writing})
            if writing.cancelled() or writing.exception():
                raise
            return writing.result()


@dataclass
class _Bill:
    calls: int = 0
    why: list[str] = field(default_factory=list[str])


async def _ask(writer: Writer, work: Work, guardrails: str, patience: Patience) -> Result:
    """Ask until there is an answer to every field, or until it makes no sense any more: then the result says why."""
    bill = _Bill()
    for attempt in range(patience.attempts):
        if attempt:
            await asyncio.sleep(patience.pause * 2 ** (attempt - 1))
        bill.calls += 1
        try:
            answer = await _answered(writer, work, patience.call)
        except Unavailable as away:
            bill.why.append(away.message)
        except Unwritten as stuck:
            # What it wrote and what it cost is kept beside the reason why a person is needed.
            return replace(_result(work, guardrails, stuck.answer, bill.calls), fields=dict(stuck.answer.fields), error=stuck.message)
        except ConcertedError as refused:
            bill.why.append(refused.message)
            break
        else:
            return _result(work, guardrails, answer, bill.calls)
    return Result(work.task, work.asset, {}, "", guardrails, error=bill.why[-1], calls=bill.calls)


async def _answered(writer: Writer, work: Work, seconds: float) -> Answer:
    try:
        async with asyncio.timeout(seconds):
            answer = await writer.write(work)
    except TimeoutError as late:
        raise Unavailable(f"No answer for {work.asset} within {seconds:g} seconds.") from late
    silent = [name for name in work.fields if _is_silent(work, answer, name)]
    if silent:
        raise Unavailable(f"The answer for {work.asset} leaves out {', '.join(silent)}.")
    return answer


def _is_silent(work: Work, answer: Answer, name: str) -> bool:
    """Tell whether a field got neither words nor a KEEP of words that stand; only an optional field may stay empty."""
    if answer.fields.get(name) is not None:
        return False
    return name not in answer.fields if name in work.previous else name not in work.optional


def _result(work: Work, guardrails: str, answer: Answer, calls: int) -> Result:
    fields = {name: answer.fields.get(name, "") for name in work.fields}
    return Result(
        work.task, work.asset, fields, answer.author, guardrails, calls=calls - 1 + answer.calls, tokens=answer.tokens,
        cost=str(answer.cost), estimated=answer.estimated, authors=answer.authors,
    )  # fmt: skip


async def _keep(store: Store, result: Result, at: str) -> None:
    """Store a result, also where the task is cancelled while it is being written: it was paid for."""
    keeping = asyncio.ensure_future(asyncio.to_thread(store.keep, returned(result, at)))
    try:
        await asyncio.shield(keeping)
    except asyncio.CancelledError:
        await keeping
        raise
