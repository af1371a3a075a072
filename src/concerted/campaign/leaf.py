"""What the schema says about one leaf of a strategy: its role, its grammar, and the question a marketer is asked for it.

Plain values only. Which leaves exist is in `sections/`; what the answers must look like as text is in `scalars.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

Role: TypeAlias = Literal["message", "logistics", "guardrail"]
TextKind: TypeAlias = Literal["prose", "exact"]
Form: TypeAlias = Literal["sentence", "noun-phrase", "imperative", "name", "number", "date", "url", "list", "none"]

LIMITS: dict[str, int] = {"h30": 30, "h60": 60, "h90": 90}
"""Wording lengths counted in characters (`facets.LENGTHS` names them all)."""
WORDS: dict[str, tuple[int, int]] = {"w30": (30, 36)}
"""Wording lengths counted in words: what to aim at, and where it has become another length."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One answer of the strategy.

    `role`: message and logistics are keyed when a brief reads them, a guardrail is verified instead.
    `text`: prose may be re-wrapped, exact may not. `form`: the grammar that templates count on.
    `needed`: without it the campaign can be drafted, but not released. `names`: the map or list its values must be found in.
    `called`: what else people write above its column in a table.
    """

    role: Role = "message"
    text: TextKind = "prose"
    form: Form = "none"
    worded: bool = False
    question: str = ""
    why: str = ""
    good: str = ""
    bad: str = ""
    who_knows: str = ""
    needed: bool = False
    names: str = ""
    called: tuple[str, ...] = ()

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Show the question in an editor's tooltip, with the reason and the good example."""
        schema = handler(core)
        said = " ".join(part for part in (self.question, self.why) if part)
        return {**schema, "description": said, **({"examples": [self.good]} if self.good else {})}


@dataclass(frozen=True, slots=True)
class Group:
    """A map of the strategy: what it holds. `names`: what its own keys must be found in; `dotted`: its keys may contain dots."""

    about: str
    names: str = ""
    dotted: bool = False

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Show what the map is for in an editor's tooltip."""
        return {**handler(core), "description": self.about}
