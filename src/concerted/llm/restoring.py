"""What of a revision is put back, on record: for every writer alike. Which sentences these are is decided by whoever hands `Restore` in."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from typing import Protocol, TypeAlias

from concerted.campaign.intervention import PUT_BACK, Intervention, Restored
from concerted.campaign.work import Answer, Work

HOUSE = "house"
Restore: TypeAlias = Callable[[Work, Mapping[str, str]], Mapping[str, Restored]]
"""(work, revised words by field) -> fields of which sentences are put back."""
Told: TypeAlias = Callable[[Intervention], Awaitable[None]]


def nothing(_work: Work, _words: Mapping[str, str]) -> Mapping[str, Restored]:
    """Put nothing back."""
    return {}


def put_backs(work: Work, words: Mapping[str, str], found: Mapping[str, Restored]) -> Iterator[Intervention]:
    """Put on record what is put back: the sentences as they stand again, and beside them the field as the model had it."""
    for name, one in found.items():
        because = f"nothing of {', '.join(one.refs)} stands in them" if one.refs else "no rule objects to them"
        yield Intervention(
            work.task, work.asset, name, PUT_BACK, ", ".join(one.refs), "\n".join(one.sentences), "draft",
            f"{because}, so they stand as they stood", "put back", 0, 0, said=words[name],
        )  # fmt: skip


class _Writer(Protocol):
    async def write(self, work: Work) -> Answer: ...


class Restoring:
    """A writer whose needless rewording is put back when it has answered."""

    def __init__(self, writer: _Writer, restore: Restore, told: Told) -> None:
        self._writer = writer
        self._restore = restore
        self._told = told

    async def write(self, work: Work) -> Answer:
        """Answer as the writer does, with what it reworded without need as it stood."""
        answer = await self._writer.write(work)
        words = {name: text for name, text in answer.fields.items() if text and answer.authors.get(name, answer.author) != HOUSE}
        found = self._restore(work, words) if work.previous else nothing(work, words)
        for one in put_backs(work, words, found):
            await self._told(one)
        return replace(answer, fields={**answer.fields, **{name: one.words for name, one in found.items()}})
