"""Reads an answer field by field while it comes in: between tags, or as one JSON object. What a field may say is judged elsewhere."""

import re
from collections.abc import Mapping, Sequence
from typing import Protocol, cast

from pydantic_core import from_json

from concerted.llm.configured import Style

KEEP = "KEEP"
MISSING = "missing:"


class Ear(Protocol):
    """Hears the words of an answer. Both answer True where no more is wanted."""

    def words(self, name: str, piece: str) -> bool:
        """Hear the next words of a field."""
        ...

    def ended(self, name: str) -> bool:
        """Hear that a field with words is over."""
        ...


class Reader(Protocol):
    """Takes the pieces of one answer."""

    values: dict[str, str]
    """The words of the fields so far, in the order in which they came."""
    complete: set[str]
    """Fields whose end was seen."""

    def take(self, text: str) -> bool:
        """Take the next piece; True where no more is wanted."""
        ...


def reader_for(style: Style, fields: Sequence[str], ear: Ear) -> "TaggedReader | JsonReader":
    """Make the reader for a style."""
    return TaggedReader(fields, ear) if style == "tagged" else JsonReader(fields, ear)


class _Words:
    """Passes a field's words on, but for white space around them, and for KEEP and `missing:`, which are no words of the text."""

    def __init__(self, ear: Ear) -> None:
        self._ear = ear
        self._held: dict[str, str] = {}
        self._passed: set[str] = set()

    def add(self, values: dict[str, str], name: str, piece: str) -> bool:
        before = values.get(name, "")
        piece = piece if before else piece.lstrip()
        values[name] = before + piece
        if name in self._passed:
            return bool(piece) and self._ear.words(name, piece)
        held = self._held[name] = self._held.get(name, "") + piece
        if _may_be_a_mark(held):
            return False
        self._passed.add(name)
        return self._ear.words(name, held)

    def end(self, values: dict[str, str], name: str) -> bool:
        """Close a field: words that looked like a mark and are none are passed on now."""
        values[name] = values.get(name, "").rstrip()
        if name in self._passed:
            return self._ear.ended(name)
        if not values[name] or is_mark(values[name]):
            return False
        self._passed.add(name)
        return self._ear.words(name, values[name]) or self._ear.ended(name)


def _may_be_a_mark(text: str) -> bool:
    bare = text.rstrip(" .\n")
    return KEEP.startswith(bare) or MISSING.startswith(bare.lower()) or bare.lower().startswith(MISSING)


def is_mark(text: str) -> bool:
    """Tell whether a field's answer is KEEP or says what is missing."""
    return is_keep(text) or text.lower().startswith(MISSING)


def is_keep(text: str) -> bool:
    """Tell whether a field's words shall stay as they are."""
    return text.strip(' ."\n') == KEEP


class TaggedReader:
    """Reads `<name>words</name>`; forgives what weak models do: words around the tags, a closing tag forgotten, a fence."""

    def __init__(self, fields: Sequence[str], ear: Ear) -> None:
        self.values: dict[str, str] = {}
        self.complete: set[str] = set()
        self._words = _Words(ear)
        self._open = ""
        self._rest = ""
        self._tag = re.compile(rf"<(/?)({'|'.join(map(re.escape, fields))})>")
        self._tags = tuple(f"<{slash}{name}>" for name in fields for slash in ("", "/"))
        self._longest = max(map(len, self._tags), default=0)

    def take(self, text: str) -> bool:
        """Take the next piece."""
        self._rest += text
        if "<" in self._rest:
            while found := self._tag.search(self._rest):
                before, self._rest = self._rest[: found.start()], self._rest[found.end() :]
                if self._pass(before) or self._turn(found[2], closing=bool(found[1])):
                    return True
            at = self._rest.rfind("<")
            if at >= 0 and len(self._rest) - at < self._longest and any(tag.startswith(self._rest[at:]) for tag in self._tags):
                ready, self._rest = self._rest[:at], self._rest[at:]
                return self._pass(ready)
        ready, self._rest = self._rest, ""
        return self._pass(ready)

    def _pass(self, words: str) -> bool:
        return bool(self._open and words) and self._words.add(self.values, self._open, words)

    def _turn(self, name: str, *, closing: bool) -> bool:
        """Follow a tag: close what is open, open what begins. A field that comes twice counts the first time."""
        stop = False
        if self._open and (not closing or name == self._open):
            stop = self._words.end(self.values, self._open)
            self.complete.add(self._open)
            self._open = ""
        if not closing and name not in self.complete:
            self._open = name
            self.values.setdefault(name, "")
        return stop


class JsonReader:
    """Reads one JSON object whose values are texts, and hands the values on while they grow."""

    def __init__(self, fields: Sequence[str], ear: Ear) -> None:
        self.values: dict[str, str] = {}
        self.complete: set[str] = set()
        self._fields = tuple(fields)
        self._words = _Words(ear)
        self._seen: dict[str, int] = {}
        self._text = ""

    def take(self, text: str) -> bool:
        """Take the next piece."""
        self._text += text
        begun = self._text.find("{")
        if begun < 0:
            return False
        body = self._text[begun:]
        whole = _parsed(body[: body.rfind("}") + 1], partial=False) if "}" in text else None
        found = whole if whole is not None else _parsed(body, partial=True)
        return found is not None and self._grow(found, whole is not None)

    def _grow(self, found: Mapping[str, object], whole: bool) -> bool:
        present = [name for name in found if name in self._fields and isinstance(found[name], str)]
        for name in present:
            value = cast("str", found[name])
            fresh = value[self._seen.get(name, 0) :]
            self._seen[name] = len(value)
            self.values.setdefault(name, "")
            if fresh and self._words.add(self.values, name, fresh):
                return True
            ended = whole or name != present[-1] or list(found)[-1] != name
            if ended and name not in self.complete:
                self.complete.add(name)
                if self._words.end(self.values, name):
                    return True
        return False


def _parsed(text: str, *, partial: bool) -> Mapping[str, object] | None:
    try:
        found: object = from_json(text, allow_partial="trailing-strings" if partial else False)
    except ValueError:
        return None
    return cast("Mapping[str, object]", found) if isinstance(found, dict) else None
