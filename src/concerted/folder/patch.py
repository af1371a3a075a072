"""One edit as one patch of one page: replace a value, take an entry out with its comment, put an entry in after the last one.

Only spans and texts; whether the page then says what was meant is checked in `splice`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, cast

from concerted.folder.nodes import Items, Pair, Pairs, Text
from concerted.folder.page import Page
from concerted.folder.style import Manner, block, pair, pairs, scalar, written


class Stuck(Exception):
    """Internal to this room: the page is written in a way that cannot be edited by span."""


@dataclass(frozen=True, slots=True)
class Patch:
    """Replace the characters of a span."""

    start: int
    end: int
    text: str

    def touches(self, other: Patch) -> bool:
        """Whether two patches are too near each other to be applied in one go."""
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class Spot:
    """A pair in its map on its page."""

    page: Page
    holder: Pairs
    pair: Pair

    @property
    def manner(self) -> Manner:
        """How this place is written, for a new value in it."""
        return replace(manner_of(self.page, self.holder), quotes=self.pair.value.style if isinstance(self.pair.value, Text) else "")


def manner_of(page: Page, holder: Pairs) -> Manner:
    """Look at how a map is written: what goes into it is written likewise."""
    quotes, entries_flow, lists_flow = "", False, True
    like: tuple[tuple[str, str], ...] = ()
    column = page.place(holder.pairs[0].key.start)[1] - 1 if holder.pairs else 0
    step = 2
    for item in holder.pairs:
        value = item.value
        match value:
            case Text():
                quotes = _quotes(value)
            case Pairs():
                entries_flow = value.flow
                like = tuple((inner.key.value, _quotes(inner.value)) for inner in value.pairs if isinstance(inner.value, Text))
                step = _step(page, value, column, step)
            case Items():
                lists_flow = value.flow
    return Manner(holder.flow, quotes, entries_flow, like, lists_flow, column, step, page.newline)


def _quotes(value: Text) -> str:
    return value.style if value.style in ("'", '"') else ""


def _step(page: Page, inner: Pairs, column: int, default: int) -> int:
    if inner.flow or not inner.pairs:
        return default
    return page.place(inner.pairs[0].key.start)[1] - 1 - column or default


def replacement(spot: Spot, value: Any) -> Patch:
    """Put a new value where one stands, in the same quotes."""
    node = spot.pair.value
    if isinstance(node, Items) and isinstance(value, list | tuple):
        return _next_item(spot, node, [str(item) for item in cast(list[Any], value)])
    if isinstance(node, Text) and node.missing and node.start == node.end:
        return Patch(*_after_colon(spot), f" {written(value, spot.manner)}")
    if isinstance(node, Text) and node.style in ("|", ">"):
        old = spot.page.text[node.start : node.end]
        text = block(str(value), old, replace(spot.manner, quotes=""))
        return Patch(node.start, node.end, text or scalar(str(value), replace(spot.manner, quotes='"')))
    return Patch(node.start, node.end, written(value, spot.manner))


def _after_colon(spot: Spot) -> tuple[int, int]:
    colon = spot.page.text.find(":", spot.pair.key.end)
    if colon < 0 or spot.page.text[spot.pair.key.end : colon].strip():
        raise Stuck
    return colon + 1, colon + 1


def _next_item(spot: Spot, node: Items, wanted: list[str]) -> Patch:
    """Give the next step from one list to another: items that change in place first, then new ones, then those that go."""
    texts = [item.value for item in node.items if isinstance(item, Text)]
    page = spot.page
    if len(texts) != len(node.items) or not texts:
        return Patch(node.start, node.end, written(wanted, replace(spot.manner, lists_flow=True)))
    steps = [step for step in SequenceMatcher(None, texts, wanted, autojunk=False).get_opcodes() if step[0] != "equal"]
    for _, i1, i2, j1, j2 in steps:
        if i2 > i1 and j2 > j1:
            return _same_quotes(node, i1, wanted[j1], spot.manner)
    for name, i1, _, j1, _ in steps:
        if name == "insert":
            return _new_item(page, node, i1, wanted[j1], spot.manner)
    _, i1, _, _, _ = steps[0]
    spans = [(item.start, item.end) for item in node.items]
    return _out_of_flow(page, spans, i1) if node.flow else _lines_out(page, _dash(page, node, i1), node.items[i1].end)


def _same_quotes(node: Items, number: int, text: str, manner: Manner) -> Patch:
    item = node.items[number]
    quotes = _quotes(item) if isinstance(item, Text) else ""
    return Patch(item.start, item.end, scalar(text, replace(manner, flow=node.flow, quotes=quotes)))


def _new_item(page: Page, node: Items, number: int, text: str, manner: Manner) -> Patch:
    """Put an item before the one at `number`, or after the last."""
    last = node.items[-1]
    quotes = _quotes(last) if isinstance(last, Text) else ""
    said = scalar(text, replace(manner, flow=node.flow, quotes=quotes))
    if node.flow and number < len(node.items):
        at = node.items[number].start
        return Patch(at, at, f"{said}, ")
    if node.flow:
        return _into_flow(page, [(item.start, item.end) for item in node.items], said)
    dash = page.line_start(_dash(page, node, 0))
    margin = page.text[dash : _dash(page, node, 0)]
    if number < len(node.items):
        at = page.line_start(_dash(page, node, number))
        return Patch(at, at, f"{margin}- {said}{page.newline}")
    at = page.line_end(last.end)
    return Patch(at, at, f"{page.newline}{margin}- {said}")


def _dash(page: Page, node: Items, number: int) -> int:
    """Find the dash of a list item, which stands alone before it on its line."""
    item = node.items[number].start
    found = re.fullmatch(r"( *)- +", page.text[page.line_start(item) : item])
    if found is None:
        raise Stuck
    return page.line_start(item) + len(found[1])


def removal(spot: Spot) -> Patch:
    """Take a pair out: in braces with its comma, in a block with its lines and its comment."""
    if spot.holder.flow:
        spans = [(item.key.start, max(item.key.end, item.value.end)) for item in spot.holder.pairs]
        return _out_of_flow(spot.page, spans, spot.holder.pairs.index(spot.pair))
    return _lines_out(spot.page, spot.pair.key.start, max(spot.pair.key.end, spot.pair.value.end))


def _lines_out(page: Page, start: int, end: int) -> Patch:
    """Take out the lines of a block entry, with the comment right above it and comments indented below it."""
    margin = page.text[page.line_start(start) : start]
    if margin.strip() or page.text[end : page.line_end(end)].strip(" \t")[:1] not in ("", "#"):
        raise Stuck
    first = page.line_start(start)
    top = first
    while top > 0 and re.match(rf"{margin}#", page.line_of(top - 1)):
        top = page.line_start(top - 1)
    first = top if top > 0 else first
    last = page.next_line(end)
    while last < len(page.text) and re.match(rf"{margin} +#", page.line_of(last)):
        last = page.next_line(last)
    return Patch(first, last, "")


def _out_of_flow(page: Page, spans: Sequence[tuple[int, int]], number: int) -> Patch:
    """Take one of several out of braces or brackets, with one comma and, where it has its own line, with its comment."""
    start, end = spans[number]
    following = _past_comma(page, end)
    if len(spans) == 1:
        return Patch(start, following or end, "")
    own_line = not page.text[page.line_start(start) : start].strip() and following is not None
    if own_line and following is not None and re.match(r"[ \t]*(#.*)?$", page.text[following : page.line_end(following)]):
        return Patch(page.line_start(start), page.next_line(following), "")
    if number + 1 < len(spans):
        return Patch(start, spans[number + 1][0], "")
    between = page.text[spans[number - 1][1] : start]
    if "#" in between:
        return Patch(page.line_start(start) if not page.text[page.line_start(start) : start].strip() else start, end, "")
    return Patch(spans[number - 1][1], end, "")


def _past_comma(page: Page, offset: int) -> int | None:
    """Find the place after the comma that follows an entry on its line; None where none does."""
    found = re.compile(r"[ \t]*,").match(page.text, offset)
    return found.end() if found else None


def _into_flow(page: Page, spans: Sequence[tuple[int, int]], said: str) -> Patch:
    """Put something after the last of several in braces or brackets; each on its line where they are."""
    start, end = spans[-1]
    comma = _past_comma(page, end)
    rest = page.text[end if comma is None else comma : page.line_end(end)]
    margin = page.text[page.line_start(start) : start]
    if margin.strip() or len(spans) < 2 or rest.strip()[:1] not in ("", "#"):
        return Patch(end, end, f", {said}")
    tail = "," if comma is not None else ""
    if rest.strip():
        return Patch(end, page.line_end(end), f",{rest}{page.newline}{margin}{said}{tail}")
    return Patch(end, end, f",{page.newline}{margin}{said}")


def addition(page: Page, holder: Pairs, values: Mapping[str, Any]) -> Patch:
    """Put new pairs after the last one of a map, written as their neighbours are."""
    manner = manner_of(page, holder)
    if holder.flow:
        said = ", ".join(pair(key, value, manner) for key, value in values.items())
        if not holder.pairs:
            return Patch(holder.start + 1, holder.start + 1, said)
        return _into_flow(page, [(item.key.start, max(item.key.end, item.value.end)) for item in holder.pairs], said)
    last = holder.pairs[-1]
    first = holder.pairs[0].key.start
    if page.text[page.line_start(first) : first].strip():
        raise Stuck
    at = page.line_end(max(last.key.end, last.value.end))
    return Patch(at, at, f"{page.newline}{pairs(values, manner)}")


def filling(spot: Spot, values: Mapping[str, Any]) -> Patch:
    """Put pairs below a name that has no value yet."""
    node = spot.pair.value
    manner = manner_of(spot.page, spot.holder)
    said = "{" + ", ".join(pair(key, value, replace(manner, flow=True)) for key, value in values.items()) + "}"
    if node.start != node.end:
        return Patch(node.start, node.end, said)
    if spot.holder.flow:
        return Patch(*_after_colon(spot), f" {said}")
    at = spot.page.line_end(_after_colon(spot)[0])
    deeper = replace(manner, indent=manner.indent + manner.step, entries_flow=False)
    return Patch(at, at, f"{spot.page.newline}{pairs(values, deeper)}")
