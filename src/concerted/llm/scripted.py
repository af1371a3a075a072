"""The scripted writer: a model that does what a script says, for tests, benchmarks and rehearsals without a key.

Slow, stubborn, drifting or failing on demand, where the house writer is quick and obedient. Never a source of copy: its words
are the house writer's, handed in with the work.
"""

import asyncio
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from concerted.campaign.facets import hash_value
from concerted.campaign.work import Answer, Work
from concerted.errors import Problem, Unavailable, UserError

Failure: TypeAlias = Literal["error", "hang", "silence"]
"""A provider that is away; a call that never returns; a field that the answer leaves out."""
Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]
FOREVER = 24 * 60 * 60.0
WORD = 1.3
"""Tokens a word, roughly; the scripted bill is marked as estimated."""


class Line(BaseModel):
    """One line of the script: for which `asset#field`, in which group, and what happens there.

    `times` ends it after so many calls that it met, counted by the log, so that a restarted process goes on counting.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    match: str = "*"
    """A pattern over `asset#field`, with * and ?."""
    group: str = "*"
    times: Annotated[int, Field(ge=1)] | None = None
    latency: Annotated[float, Field(ge=0)] | None = None
    keep: bool | None = None
    """True keeps the words that stand whatever changed, False never does."""
    drift: str | None = None
    """Words that are put behind the text, as a model that embellishes would."""
    text: str | None = None
    """The whole text."""
    house: bool = False
    """Gives up, and the house writer stands in."""
    fail: Failure | None = None


class Script(BaseModel):
    """What the writer does. Without a line it writes what the house writer says, and keeps words that would not change."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = "scripted"
    latency: Annotated[float, Field(ge=0)] = 0.0
    """Seconds a call."""
    keep: Share = 0.0
    """Share of the fields in revise mode that are kept although the house writer would say something new."""
    cost: Decimal = Decimal(0)
    """Per thousand tokens."""
    lines: tuple[Line, ...] = ()
    """For each field, the last line that fits decides."""


def load_script(file: Path) -> Script:
    """Read a script from YAML or JSON. Raises UserError with every mistake."""
    try:
        return Script.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")) or {})
    except ValidationError as broken:
        problems = [Problem(error["msg"], ref=".".join(map(str, error["loc"])), file=str(file)) for error in broken.errors()]
        raise UserError("The script of the writer cannot be read.", problems=problems) from broken
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as broken:
        raise UserError("The script of the writer cannot be read.", problems=[Problem(" ".join(str(broken).split()), file=str(file))]) from broken


class ScriptedWriter:
    """Answers work by a script and writes down every call: what it was asked, what it consumed, how it ended.

    The log is appended line by line before and after each call, so that what a killed process was asked is still there.
    """

    def __init__(self, script: Script, log: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self.script = script
        self._log = log
        self._clock = clock
        self._asked = 0
        self._met: Counter[int] = Counter()
        for row in read_calls(log) if log else ():
            if row["event"] == "asked":
                self._met.update(row["lines"])

    @property
    def name(self) -> str:
        """What stands as author in the record of a draft."""
        return self.script.name

    async def write(self, work: Work) -> Answer:
        """Answer one group of fields. Can be cancelled at any moment; raises Unavailable where the script says so."""
        acts = {name: self._act(work, name) for name in work.fields}
        met = sorted({number for number, _ in acts.values() if number is not None})
        self._met.update(met)
        self._asked += 1
        call = {"call": f"{os.getpid()}-{self._asked}", "task": work.task, "asset": work.asset, "group": work.group}
        self._note({**call, "event": "asked", "lines": met, "consumed": _consumed(work)})
        lines = {name: line for name, (_, line) in acts.items()}
        try:
            answer = await self._answer(work, lines)
        except asyncio.CancelledError:
            self._note({**call, "event": "cancelled"})
            raise
        except Unavailable as away:
            self._note({**call, "event": "failed", "why": away.message})
            raise
        self._note({**call, "event": "answered", "fields": dict(answer.fields), "tokens": answer.tokens})
        return answer

    async def _answer(self, work: Work, lines: Mapping[str, Line]) -> Answer:
        seconds = (self.script.latency if line.latency is None else line.latency for line in lines.values())
        await asyncio.sleep(max(seconds, default=self.script.latency))
        failures = {line.fail for line in lines.values()}
        if "hang" in failures:
            await asyncio.sleep(FOREVER)
        if "error" in failures:
            raise Unavailable(f"The scripted model is away ({work.asset}, {work.group}).")
        fields = {name: self._words(work, name, line) for name, line in lines.items() if line.fail != "silence"}
        tokens = round(WORD * sum(len(text.split()) for text in (work.brief, work.guardrails, work.history, *filter(None, fields.values()))))
        authors = {name: "house" for name, line in lines.items() if line.house}
        return Answer(fields, self.name, tokens=tokens, cost=self.script.cost * tokens / 1000, estimated=True, authors=authors)

    def _act(self, work: Work, name: str) -> tuple[int | None, Line]:
        """Find the last line that fits a field and is not used up."""
        place = f"{work.asset}#{name}"
        for number, line in reversed(list(enumerate(self.script.lines))):
            used_up = line.times is not None and self._met[number] >= line.times
            if not used_up and fnmatchcase(place, line.match) and fnmatchcase(work.group, line.group):
                return number, line
        return None, Line()

    def _words(self, work: Work, name: str, line: Line) -> str | None:
        """Give a field's words, None to keep those that stand. Nothing is kept where nothing stands."""
        new = work.fallback.get(name, "") if line.text is None else line.text
        words = f"{new} {line.drift}".strip() if line.drift else new
        standing = work.previous.get(name)
        if standing is None or line.keep is False:
            return words
        stubborn = line.keep or (line.text is None and not line.drift and _chance(work.task, name) < self.script.keep)
        return None if stubborn or words == standing else words

    def _note(self, row: Mapping[str, Any]) -> None:
        if self._log is None:
            return
        line = json.dumps({"at": self._clock(), **row}, ensure_ascii=False) + "\n"
        # One write to a descriptor opened for appending: lines of several processes do not mix, and a kill does not tear one.
        target = os.open(self._log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(target, line.encode())
        finally:
            os.close(target)


def read_calls(log: Path) -> tuple[dict[str, Any], ...]:
    """Read the log of a scripted writer: one row a call asked, answered, failed or cancelled. No log yet is no calls."""
    if not log.exists():
        return ()
    return tuple(json.loads(line) for line in log.read_text(encoding="utf-8").splitlines())


def _consumed(work: Work) -> dict[str, Any]:
    return {
        "type": work.type,
        "fields": list(work.fields),
        "brief": work.brief,
        "guardrails": work.guardrails,
        "history": work.history,
        "previous": dict(work.previous),
        "attempt": work.attempt,
    }


def _chance(task: str, name: str) -> float:
    """Draw a number in [0, 1) that is the same for the same task and field."""
    return int(hash_value([task, name]), 16) / 16**20
