"""Which tables there may be and what their columns mean, read off the schema: a heading is a field in people's spelling, or its question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, TypeAlias, cast

from concerted.campaign.facets import LENGTHS
from concerted.campaign.shape import Entries, Fields, Shape, Slot, below
from concerted.campaign.strategy import shape

Keys: TypeAlias = tuple[str, ...]
Words: TypeAlias = tuple[str, ...]

NAME, REF, LANGUAGE, LENGTH, TEXT = "short name", "ref", "language", "length", "text"
"""The headings that are no field of their own, as messages and new tables spell them."""
_CALLED: Mapping[str, frozenset[str]] = {
    NAME: frozenset((NAME, "key", "id", "kurzname")),
    REF: frozenset((REF, "address", "adresse")),
    LANGUAGE: frozenset((LANGUAGE, "lang", "sprache")),
    LENGTH: frozenset((LENGTH, "länge")),
    TEXT: frozenset((TEXT, "wording", "translation", "übersetzung")),
}
WORDINGS = "wordings"


def words_of(text: str) -> Words:
    """Take a name or heading apart: case, spaces, underscores, hyphens and brackets do not count."""
    return tuple(re.findall(r"[^\W_]+", text.lower()))


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: who a row is (`name`, `ref`, `language`, `length`), or the field at `keys` below its entry."""

    says: Literal["short name", "ref", "language", "length", "field"]
    keys: Keys = ()


@dataclass(frozen=True)
class Table:
    """One part of the strategy as a table. `language` is that of its name, for wordings whose rows do not say it."""

    path: Keys
    entries: Entries
    language: str = ""

    @property
    def worded(self) -> bool:
        """Whether it holds wordings."""
        return self.path == (WORDINGS,)

    @property
    def name(self) -> str:
        """How messages call it."""
        return " ".join(self.path[1:] if len(self.path) > 2 else self.path)

    @property
    def identity(self) -> str:
        """The heading of the column without which nobody knows what a row is."""
        return REF if self.worded else NAME

    def column(self, heading: str) -> Column | None:
        """Tell what a heading means; None where it is no word of this table."""
        return _column(self.path, words_of(heading))

    def headings(self) -> list[str]:
        """List the headings there may be, as the schema spells them."""
        head = [REF, LANGUAGE, LENGTH] if self.worded else [NAME]
        return [*head, *_spelled(self.path).values(), *(f"{' '.join(words)} MARKET" for words in _prefixes(self.path))]

    def slot(self, keys: Keys) -> Slot:
        """Give the line of the schema at keys below an entry."""
        return cast(Slot, below(_entry(self.path), keys))


@cache
def _tables() -> dict[Words, Table]:
    """List every part that can be a table, by every ending of its address that means one thing."""
    found: dict[Words, list[Table]] = {}
    for path, entries in _maps(shape(), ()):
        for start in range(len(path)):
            found.setdefault(tuple(word for key in path[start:] for word in words_of(key)), []).append(Table(path, entries))
    return {words: tables[0] for words, tables in found.items() if len(tables) == 1 or len(words) > 1}


def _maps(place: Shape, path: Keys) -> Iterable[tuple[Keys, Entries]]:
    if isinstance(place, Entries) and (path == (WORDINGS,) or not (place.group.dotted or isinstance(place.of, Entries))):
        yield path, place
    elif isinstance(place, Fields):
        for name, part in place.fields.items():
            yield from _maps(part, (*path, name))


def table_named(name: str) -> Table | None:
    """Find the part that a sheet or file is named after: `Claims`, `claims-2027`, `wordings-de`, `words never`."""
    words = words_of(name)
    for length in range(len(words), 0, -1):
        table = _tables().get(words[:length])
        if table is not None:
            rest = words[length:]
            return replace(table, language=rest[0]) if table.worded and rest and re.fullmatch(r"[a-z]{2,3}", rest[0]) else table
    return None


def table_names() -> list[str]:
    """List what a table may be called."""
    return list(dict.fromkeys(table.name for table in _tables().values()))


def is_heading(text: str) -> bool:
    """Whether any table knows this heading: enough to tell which sign parts the cells of a file."""
    return any(table.column(text) is not None for table in _tables().values())


def _entry(path: Keys) -> Shape:
    """Give what one row of a table is about."""
    return cast(Shape, below(shape(), (*path, *(("xx", "x") if path == (WORDINGS,) else ("x",)))))


@cache
def _fields(path: Keys) -> dict[Words, Keys]:
    """Give each field of an entry by the words people call it: its name, its question, and what else it is called."""
    place = _entry(path)
    if isinstance(place, Slot):
        names = [*_CALLED[TEXT], place.leaf.question, *place.leaf.called]
        return {words_of(name): () for name in names}
    found: dict[Words, Keys] = {}
    for keys, slot in _slots(place, ()):
        own = " ".join(keys)
        also = _CALLED[TEXT] if path == (WORDINGS,) and keys == ("text",) else ()
        for name in (own, slot.leaf.question, *slot.leaf.called, *also):
            found.setdefault(words_of(name), keys)
    return found


def _slots(place: Shape, keys: Keys) -> Iterable[tuple[Keys, Slot]]:
    if isinstance(place, Slot):
        yield keys, place
    elif isinstance(place, Fields):
        for name, part in place.fields.items():
            yield from _slots(part, (*keys, name))


@cache
def _spelled(path: Keys) -> dict[Keys, str]:
    place = _entry(path)
    return {(): TEXT} if isinstance(place, Slot) else {keys: " ".join(words_of(" ".join(keys))) for keys, _ in _slots(place, ())}


@cache
def _prefixes(path: Keys) -> dict[Words, Keys]:
    """Give the fields that have one column a short name, like `cleared us` and `cleared de`."""
    place = _entry(path)
    parts = place.fields.items() if isinstance(place, Fields) else ()
    return {words_of(name): (name,) for name, part in parts if isinstance(part, Entries) and isinstance(part.of, Slot) and not part.group.dotted}


@cache
def _column(path: Keys, words: Words) -> Column | None:
    said = " ".join(words)
    for says in (REF, LANGUAGE, LENGTH) if path == (WORDINGS,) else (NAME,):
        if said in _CALLED[says]:
            return Column(says)
    if words in _fields(path):
        return Column("field", _fields(path)[words])
    for length in range(len(words) - 1, 0, -1):
        if words[:length] in _prefixes(path):
            return Column("field", (*_prefixes(path)[words[:length]], "-".join(words[length:])))
    return None


def heading_for(table: Table, keys: Keys) -> str:
    """Spell the heading that a column for a field would have."""
    return _spelled(table.path).get(keys) or " ".join(words_of(" ".join(keys)))


def length_in(text: str) -> str | None:
    """Read the length of a wording: `text` where nothing is said; None for what is none."""
    said = "".join(words_of(text))
    if said in ("", "text", "full", "full text", "whole"):
        return "text"
    found = re.fullmatch(r"(\d+)(characters|zeichen|words|wörter)?", said)
    name = f"{'w' if found[2] in ('words', 'wörter') else 'h'}{found[1]}" if found else said
    return name if name in LENGTHS else None
