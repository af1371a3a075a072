"""A page of YAML as nodes with exact spans. Texts stay raw: no value is ever made into a date, a number or an object.

Anchors, aliases, tags and merge keys are refused, so nothing can expand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from concerted.folder.page import Page, Slip

MAX_DEPTH = 16
_QUOTE_IT = "if it is part of the text, put the whole text in quotes"
_NOTHING = frozenset({"", "~", "null"})


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar. `style` is how it is written: plain (empty), single or double quoted, `|` or `>`."""

    value: str
    start: int
    end: int
    style: str = ""

    @property
    def missing(self) -> bool:
        """Whether nothing was written."""
        return not self.style and self.value in _NOTHING


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    start: int
    end: int
    flow: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """One `key: value` of a map."""

    key: Text
    value: Node


@dataclass(frozen=True, slots=True)
class Pairs:
    """A map. A block ends with its last value, before any comment."""

    pairs: tuple[Pair, ...]
    start: int
    end: int
    flow: bool


Node: TypeAlias = Text | Items | Pairs


class _Composer:
    """Turns PyYAML's events into nodes and collects what is refused on the way."""

    def __init__(self, page: Page, events: Iterator[Any]) -> None:
        self.page = page
        self.events = events
        self.slips: list[Slip] = []

    def document(self) -> Node | None:
        """Compose the first document; a second one is a mistake."""
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    said = "a second document begins here (---), and a campaign file is one"
                    self.refuse(event.start_mark.index, said, "remove the line, or move the rest into a file of its own under include")
                    return root
                root = self.node(next(self.events), 0)
        return root

    def refuse(self, offset: int, message: str, remedy: str) -> None:
        self.slips.append(Slip(offset, message, remedy))

    def node(self, event: Any, depth: int) -> Node:
        start: int = event.start_mark.index
        if isinstance(event, yaml.AliasEvent):
            written = self.page.text[start : event.end_mark.index]
            self.refuse(start, f"{written} is a YAML alias, and campaign files have none", f"write the value out; {_QUOTE_IT}")
            return Text(written, start, event.end_mark.index, "*")
        self._plain_node(event, start)
        if depth > MAX_DEPTH:
            raise TooDeep(start)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(event, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._pairs(event, depth)
        return self._text(event)

    def _plain_node(self, event: Any, start: int) -> None:
        if event.anchor is not None:
            said = f"&{event.anchor} is a YAML anchor, and campaign files have none"
            self.refuse(start, said, f"remove it and write values out where they are needed; {_QUOTE_IT}")
        if event.tag is not None:
            said = f"{event.tag.replace('tag:yaml.org,2002:', '!!')} is a YAML tag, and campaign files have none: a text cannot begin with !"
            self.refuse(start, said, f"remove it; {_QUOTE_IT}")

    def _text(self, event: Any) -> Text:
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in ("|", ">"):
            end = start + len(self.page.text[start:end].rstrip(" \t\r\n"))
        return Text(self._whole_characters(event.value, start), start, end, event.style or "")

    def _whole_characters(self, value: str, start: int) -> str:
        """Join characters that a JSON program has escaped as two halves."""
        if not any("\ud800" <= sign <= "\udfff" for sign in value):
            return value
        joined = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if "\ufffd" in joined:
            self.refuse(start, "half a character is escaped in this text", "write the character itself")
        return joined

    def _items(self, opening: Any, depth: int) -> Items:
        items: list[Node] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                end = event.end_mark.index if opening.flow_style else items[-1].end
                return Items(tuple(items), opening.start_mark.index, end, bool(opening.flow_style))
            items.append(self.node(event, depth + 1))
        raise AssertionError("PyYAML closes what it opens")

    def _pairs(self, opening: Any, depth: int) -> Pairs:
        pairs: dict[str, Pair] = {}
        end = opening.end_mark.index
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                end = event.end_mark.index if opening.flow_style else end
                return Pairs(tuple(pairs.values()), opening.start_mark.index, end, bool(opening.flow_style))
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            end = max(end, key.end, value.end)
            self._add(pairs, key, value)
        raise AssertionError("PyYAML closes what it opens")

    def _add(self, pairs: dict[str, Pair], key: Node, value: Node) -> None:
        if not isinstance(key, Text):
            self.refuse(key.start, "a name before the colon must be one word", "remove the ? or the brackets")
        elif key.value == "<<":
            self.refuse(key.start, "<< merges maps in YAML, and campaign files have no such thing", "write the fields out")
        elif key.value in pairs:
            line, _ = self.page.place(pairs[key.value].key.start)
            self.refuse(key.start, f'"{key.value}" stands here twice; the first is in line {line}', "remove or rename one of the two")
            earlier = pairs[key.value]
            if value.end - value.start > earlier.value.end - earlier.value.start:
                pairs[key.value] = Pair(key, value)
        else:
            self._check_name(key)
            pairs[key.value] = Pair(key, value)

    def _check_name(self, key: Text) -> None:
        if key.value != key.value.strip("\xa0\u200b\ufeff "):
            said = f'there is an invisible character beside "{key.value.strip(chr(0xA0) + chr(0x200B) + chr(0xFEFF) + " ")}"'
            self.refuse(key.start, said, "delete the space in front of the name and type it again")


class TooDeep(Exception):
    """Internal to this room: nesting that no campaign file has."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        super().__init__(offset)


def _events(text: str) -> Iterator[Any]:
    """Read PyYAML's events one by one: the pure parser, whose spans and messages are the same on every machine."""
    loader: Any = yaml.SafeLoader(text)
    while loader.check_event():
        yield loader.get_event()


def compose(page: Page) -> tuple[Node | None, list[Slip]]:
    """Read a page as nodes; None for a page without content. Raises yaml.YAMLError where the text is not YAML."""
    composer = _Composer(page, _events(page.text))
    try:
        return composer.document(), composer.slips
    except TooDeep as deep:
        said = f"brackets or indents are nested more than {MAX_DEPTH} deep, and no campaign file is"
        return None, [*composer.slips, Slip(deep.offset, said, "look for a bracket that is never closed")]
