"""The live writer: has a model write the fields of one piece of work, watched while it writes, mended where an answer will not do.

Answers work like the scripted writer. What may not be said is not known here: who watches and who inspects is handed in.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from concerted.campaign.call import Purpose
from concerted.campaign.intervention import GO_ON, Intervention, Stop, Verdict
from concerted.campaign.opinion import Opinion
from concerted.campaign.work import Answer, Work
from concerted.llm.asking import request
from concerted.llm.caller import Aim, Caller, Reply
from concerted.llm.configured import Style
from concerted.llm.drafting import Drafting, interventions_of
from concerted.llm.examining import Inspect
from concerted.llm.listening import Listener, Watcher
from concerted.llm.restoring import Restore, nothing
from concerted.llm.small import doubts, left_to_house, small_request
from concerted.llm.trying import REPAIRS

Watch: TypeAlias = Callable[[Work, Mapping[str, str]], Watcher]
"""(work, fields that stand already) -> who watches one call."""
Told: TypeAlias = Callable[[Intervention], Awaitable[None]]
"""Hears of a stop the moment it is made, before anybody is asked again."""


class Unwatched:
    """Watches nothing."""

    def feed(self, name: str, token: str) -> Verdict:  # noqa: ARG002  # the port's own names
        """Let everything go on."""
        return GO_ON

    def finish_field(self, name: str) -> Verdict:  # noqa: ARG002  # the port's own names
        """Let everything go on."""
        return GO_ON

    def finish(self) -> Verdict:
        """Let everything go on."""
        return GO_ON

    def let_through(self) -> Sequence[Stop]:
        """List nothing."""
        return ()


def _uninspected(_work: Work, _words: Mapping[str, str]) -> Mapping[str, str]:
    return {}


Judge: TypeAlias = Callable[[Work, Mapping[str, str], str, bool], Awaitable[Opinion | None]]
"""(work, finished words, who wrote them, whether the guard had something against them) -> an opinion, where it is judged at all."""


async def _unjudged(_work: Work, _words: Mapping[str, str], _writer: str, _flagged: bool) -> Opinion | None:
    return None


async def _untold(_intervention: Intervention) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Voice:
    """A model as a writer uses it."""

    caller: Caller
    style: Style = "tagged"
    max_tokens: int = 4096
    repairs: int = REPAIRS
    """How often it may mend an answer that could not be taken."""
    small: bool = False
    """True for a model that is asked little and looked at twice as hard."""


class Voices(Protocol):
    """Which models write."""

    def writer(self, worker: str) -> Voice:
        """Give the model of a worker."""
        ...

    def stronger(self) -> Voice | None:
        """Give the one that is asked where the writer's answers do not do."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who looks at what is written: word by word, and at finished fields; and who hears of stops."""

    watch: Watch = field(default=lambda _work, _accepted: Unwatched())
    inspect: Inspect = _uninspected
    told: Told = _untold
    doubt: Inspect = _uninspected
    """Looks at the words of small models once more."""
    restore: Restore = nothing
    """Finds what a revision reworded without need: it is put back."""
    judge: Judge = _unjudged
    opined: Callable[[Opinion], Awaitable[None]] = field(default=lambda _opinion: asyncio.sleep(0))
    """Hears of opinions."""
    unwanted: Callable[[Work], str] = lambda _work: ""
    """Why a piece of work is not wanted any more; asked before each further call. Empty while it is."""


class LiveWriter:
    """Writes by models. Belongs to one event loop; closed by whoever opened it."""

    def __init__(self, voices: Voices, eyes: Eyes = Eyes()) -> None:
        self._voices = voices
        self._eyes = eyes

    async def write(self, work: Work) -> Answer:
        """Answer one group of fields. Can be cancelled at any moment.

        Raises Unavailable where the provider stays away, Refused where a cap is reached or a person has to write.
        """
        voice = self._voices.writer(work.worker)
        draft = Drafting(work, left_to_house(work) if voice.small else {}, voice.small, self._eyes.restore)
        stronger = self._voices.stronger()
        purpose: Purpose = "draft"
        while draft.open:
            reply = await self._turn(draft, voice, purpose)
            heard = reply.sink
            draft.take(heard, reply, self._inspect(voice), voice.caller.name)
            for restored in draft.untold():
                await self._eyes.told(restored)
            step = draft.next_step(voice.repairs, stronger is not None)
            for stopped in interventions_of(work, heard, step):
                draft.note(stopped)
                await self._eyes.told(stopped)
            if step is None:
                if draft.open or not await self._judged(draft, voice.caller.name):
                    break
                step = "repair"
            if why := self._eyes.unwanted(work):
                raise asyncio.CancelledError(why)
            purpose = step
            voice = stronger if step == "stronger" and stronger else voice
        return draft.answer()

    def _inspect(self, voice: Voice) -> Inspect:
        """Look at words with all eyes that there are for this voice; the gravest remark counts."""
        if not voice.small:
            return self._eyes.inspect
        return lambda work, words: {**doubts(work, words), **self._eyes.doubt(work, words), **self._eyes.inspect(work, words)}

    async def _judged(self, draft: Drafting, writer: str) -> bool:
        """Have a finished draft judged, once; tells whether the writer is asked for one revision."""
        words = draft.fresh_words()
        if draft.was_judged or not words:
            return False
        draft.was_judged = True
        opinion = await self._eyes.judge(draft.work, words, writer, draft.was_stopped)
        if opinion is None:
            return False
        draft.reopen(dict.fromkeys(opinion.revised, "") | {n: said for n, said in opinion.wishes().items() if n in opinion.revised})
        await self._eyes.opined(opinion)
        return bool(opinion.revised)

    async def _turn(self, draft: Drafting, voice: Voice, purpose: Purpose) -> Reply[Listener]:
        turn = draft.turn()
        aim = Aim(purpose, draft.work.task, draft.work.asset, draft.work.worker)
        asked = small_request(draft.work, turn, voice.max_tokens) if voice.small else request(draft.work, turn, voice.style, voice.max_tokens)

        def listen() -> Listener:
            return Listener(draft.work, turn.fields, voice.style, self._eyes.watch(draft.work, turn.done), asked.slots)

        reply = await voice.caller.call(asked, aim, listen)
        if reply.ending:
            reply.sink.finish()
        if reply.sink.cancel and not reply.ending:
            # Nobody wants this work any more, and whoever cancelled it knows why: neither a result nor a failure.
            raise asyncio.CancelledError(reply.sink.cancel.why)
        draft.pay(reply)
        return reply

    async def close(self) -> None:
        """Let go of connections."""
        await self._voices.close()

    async def __aenter__(self) -> "LiveWriter":
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.close()
