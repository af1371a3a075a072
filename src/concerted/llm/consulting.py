"""Asks a model a question whose answer is one JSON object, and once more where it cannot be read. Whether the answer holds is decided above."""

import uuid
from collections.abc import Callable, Mapping
from typing import TypeAlias, TypeVar, cast

from pydantic_core import from_json

from concerted.errors import Unavailable
from concerted.llm.asking import rendered
from concerted.llm.caller import Aim, Caller
from concerted.llm.configured import Models
from concerted.llm.model import Request
from concerted.llm.providers import Account, Callers
from concerted.llm.purse import Purse
from concerted.llm.writer import Voice

Answer: TypeAlias = Mapping[str, object]
Asked: TypeAlias = Callable[[str], Request]
"""What was wrong with the last answer (empty at first) -> the request."""
LONGEST = 60_000
"""Characters after which nobody listens any more."""
Read = TypeVar("Read")


class Unreadable(Unavailable):
    """The model answered twice with something that cannot be read."""


class _Noting:
    """Takes an answer down."""

    def __init__(self) -> None:
        self.text = ""

    def take(self, text: str) -> bool:
        self.text += text
        return len(self.text) > LONGEST


async def consult(caller: Caller, aim: Aim, asked: Asked, read: Callable[[Answer], Read]) -> Read:
    """Ask; `read` makes sense of the object and raises ValueError with what is wrong, which is told once.

    Raises Unreadable after the second answer that will not do, Away, Refused (a cap) and UserError as any call.
    """
    remark = ""
    for _turn in range(2):
        reply = await caller.call(asked(remark), aim, _Noting)
        if reply.ending == "refused":
            raise Unreadable(f"{caller.name} would not answer: {reply.said[:200]}", next="another model may; without one, rules read it")
        try:
            return read(object_in(reply.sink.text))
        except ValueError as wrong:
            remark = str(wrong)
    raise Unreadable(f"{caller.name} answered twice with something that cannot be read: {remark}", next="try another model, or none")


def object_in(text: str) -> Answer:
    """Find the JSON object of an answer, with whatever stands around it. Raises ValueError where there is none."""
    body = text[text.find("{") : text.rfind("}") + 1]
    try:
        found: object = from_json(body) if body else None
    except ValueError as wrong:
        raise ValueError("it is not one JSON object") from wrong
    if not isinstance(found, dict):
        raise ValueError("it is not one JSON object")
    return cast(Answer, found)


def rows_in(answer: Answer, name: str, *needed: str) -> list[dict[str, str | None]]:
    """Give a list of objects whose values are texts, numbers or null. Raises ValueError for anything else."""
    listed = answer.get(name, [])
    if not isinstance(listed, list):
        raise ValueError(f"{name} is not a list")
    rows: list[dict[str, str | None]] = []
    for row in cast(list[object], listed):
        held: Mapping[str, object] = cast(Mapping[str, object], row) if isinstance(row, dict) else {}
        if not all(key in held for key in needed):
            raise ValueError(f"an entry of {name} does not hold {', '.join(needed)}")
        rows.append({key: _text(value) for key, value in held.items()})
    return rows


def _text(value: object) -> str | None:
    if isinstance(value, list):
        return ", ".join(str(one) for one in cast(list[object], value))
    return None if value is None else str(value)


class Strategist:
    """The configured model as a reader of people's words, with the campaign's books."""

    def __init__(self, models: Models, purse: Purse) -> None:
        self._models = models
        self._purse = purse

    @property
    def name(self) -> str:
        """The model string."""
        return self._models.writer

    async def ask(self, told: Mapping[str, object], read: Callable[[Answer], Read]) -> Read:
        """Have it read; `told` is what the prompt says. Raises as `consult`."""
        callers = Callers(self._models, Account(self._purse, uuid.uuid4().hex))
        try:
            voice: Voice = callers.writer("strategist")
            asked = strategist_request(told, voice.max_tokens)
            return await consult(voice.caller, Aim("read", worker="strategist"), asked, read)
        finally:
            await callers.close()


def strategist_request(told: Mapping[str, object], most: int) -> Asked:
    """Make the request of the strategist."""
    return lambda remark: Request(
        rendered("strategist", None, part="system", **told),
        rendered("strategist", None, part="user", remark=remark, **told),
        most,
        expected=min(most, 1500),
    )
