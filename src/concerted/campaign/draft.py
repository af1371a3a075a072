"""Texts with their provenance: what was written, from what, by whom. Immutable, content-addressed, never deleted."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from concerted.campaign.facets import hash_value
from concerted.campaign.outside import HandedFile

Author: TypeAlias = Literal["house", "model", "person", "adopted"]
FILE = "file"
"""How a signature names what was handed in."""
Trace: TypeAlias = tuple[tuple[str, str], ...]
"""Sorted pairs (key, hash of what was read there). Keys: `f:` strategy, `u:` upstream text, `d:` the deliverable, `n:` notes."""


@dataclass(frozen=True, slots=True)
class Record:
    """How one field came to be. `base` is the machine's own rendering that a person's words were laid over."""

    recipe: str
    trace: Trace
    prompt_hash: str
    guardrails: str = ""
    author: str = ""
    """Who really wrote: a model's name, "house", or a person's name."""
    base: str | None = None
    says: Trace = ()
    """Facts that the words themselves state, matched when a person brought them in; where the house writer stood in, what only it had read."""


@dataclass(frozen=True, slots=True)
class Text:
    """One field of a draft."""

    value: str
    origin: Author
    record: Record

    @property
    def hash(self) -> str:
        """Hash of the words alone."""
        return hash_text(self.value)

    def reads(self) -> Trace:
        """Everything this text depends on: what its brief read and what its words state."""
        return self.record.trace + self.record.says


@dataclass(frozen=True)
class Draft:
    """One produced version of an asset. Its id is the hash of its content, so the same text from the same reads is the same draft."""

    asset: str
    fields: Mapping[str, Text]
    file: HandedFile | None = None
    """What was handed in, where no worker makes it."""

    @cached_property
    def id(self) -> str:
        """Twelve hex digits of content hash."""
        content = {name: [t.value, t.origin, t.record.recipe, t.record.trace, t.record.says, t.record.base] for name, t in self.fields.items()}
        return hash_value([self.asset, content, *([self.file.content()] if self.file else [])])[:12]

    def upstream(self) -> frozenset[str]:
        """Name the assets whose texts it was written from."""
        return frozenset(key[2:].partition("#")[0] for text in self.fields.values() for key, _seen in text.reads() if key.startswith("u:"))

    @cached_property
    def values(self) -> dict[str, str]:
        """The words by field."""
        return {name: text.value for name, text in self.fields.items()}

    @cached_property
    def signed(self) -> dict[str, str]:
        """What a signature is given for: the words, and the file that carries them."""
        return {**self.values, FILE: self.file.sha256} if self.file else self.values

    @cached_property
    def words_hash(self) -> str:
        """Hash of all words, provenance left out."""
        return hash_value(self.values)


def hash_text(value: str) -> str:
    """Hash a text as `u:` reads, approvals and answers pin it: exact but for Unicode form."""
    return hash_value(value)
