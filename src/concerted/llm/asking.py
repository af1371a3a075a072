"""Puts a request together: the three parts of the prompt as they were handed in, what became of the last answer, and how to answer.

What a model is told stands in `prompts/`; here other people's words are kept from passing for ours.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from concerted.campaign.work import Work
from concerted.llm.configured import Style
from concerted.llm.model import Request

FENCES = ("<material>", "</material>")
_FENCE = re.compile(r"<(\s*/?\s*material\b)", re.IGNORECASE)
SHORT = 1200
"""Letters that any field may have."""
AMPLE = 4
"""How much longer than the words we know of a field may get before it is cut off."""
LETTERS = 3
"""Letters a token, on the safe side."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn at a piece of work: which fields are still to be written, and what is to be said about the last answer."""

    fields: tuple[str, ...]
    remarks: Mapping[str, str] = field(default_factory=dict[str, str])
    """Field -> why its words were not taken."""
    good: Mapping[str, str] = field(default_factory=dict[str, str])
    """Field -> the words up to the last good sentence."""
    done: Mapping[str, str] = field(default_factory=dict[str, str])
    """Fields that are written."""


def request(work: Work, turn: Turn, style: Style, most: int) -> Request:
    """Put a request together; `most` is the most tokens that the answer may have."""
    system = template("system").render(style=style, fields=turn.fields, keeps=any(name in work.previous for name in turn.fields))
    user = template("turn").render(
        brief=fenced(work.brief),
        guardrails=fenced(work.guardrails),
        history=fenced(work.history),
        fields=turn.fields,
        remarks={name: one_line(said) for name, said in turn.remarks.items()},
        good={name: one_line(words) for name, words in turn.good.items()},
        done={name: one_line(words) for name, words in turn.done.items() if words},
    )
    schema = schema_of(turn.fields) if style == "json" else None
    return Request(system, re.sub(r"\n{3,}", "\n\n", user).strip() + "\n", most, schema, expected(work, turn.fields))


def rendered(name: str, ready: Mapping[str, str] | None = None, **told: Any) -> str:
    """Render one of the prompts from texts; other people's words in them lose what could pass for our fences. `ready` has fences of ours."""
    safe = {key: _harmless(value) for key, value in told.items()} | {key: fenced(value) for key, value in (ready or {}).items()}
    return re.sub(r"\n{3,}", "\n\n", template(name).render(**safe)).strip() + "\n"


def _harmless(value: Any) -> Any:
    if isinstance(value, str):
        return _FENCE.sub(r"‹\1", value)
    if isinstance(value, Mapping):
        return {key: one_line(str(words)) for key, words in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # texts by name
    return value


def letters(work: Work, name: str) -> int:
    """Say how many letters a field may get before nobody listens any more."""
    return max(SHORT, AMPLE * max(len(work.previous.get(name, "")), len(work.fallback.get(name, ""))))


def expected(work: Work, names: Sequence[str]) -> int:
    """Estimate the tokens of an answer, with room."""
    return sum(letters(work, name) for name in names) // (AMPLE * LETTERS) + 8 * len(names)


def fenced(text: str) -> str:
    """Leave our own fences, which stand on lines of their own; whatever else looks like one loses its bracket."""
    return "\n".join(line if line.strip() in FENCES else _FENCE.sub(r"‹\1", line) for line in text.strip().splitlines())


def one_line(text: str) -> str:
    """Bring other people's words to one line that holds no fence."""
    return _FENCE.sub(r"‹\1", " ".join(text.split()))


def schema_of(fields: Sequence[str]) -> dict[str, Any]:
    """Describe an answer as an object of texts."""
    return {"type": "object", "properties": {name: {"type": "string"} for name in fields}, "required": list(fields), "additionalProperties": False}


@lru_cache(maxsize=8)
def template(name: str) -> Template:
    """Give one of the templates in `prompts/`."""
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    return environment.from_string((files(__package__ or "") / "prompts" / f"{name}.md.j2").read_text(encoding="utf-8"))
