"""Puts stops of the guard and remarks of the judge on record the moment they are made: a crash, a cancelled call or a retry loses none."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable

from concerted.campaign.intervention import Intervention
from concerted.campaign.opinion import Opinion
from concerted.planning.lifecycle import intervened, judged
from concerted.store.store import Store


def recorder(store: Store, now: Callable[[], str]) -> Callable[[Intervention], Awaitable[None]]:
    """Give who is told of stops; writing one down holds up no other stream."""

    async def record(one: Intervention) -> None:
        await asyncio.to_thread(store.append, intervened(f"{one.task}/{uuid.uuid4().hex[:12]}", one, now()))

    return record


def recorder_of_opinions(store: Store, now: Callable[[], str]) -> Callable[[Opinion], Awaitable[None]]:
    """Give who is told of judgements."""

    async def record(one: Opinion) -> None:
        await asyncio.to_thread(store.append, judged(one, now()))

    return record
