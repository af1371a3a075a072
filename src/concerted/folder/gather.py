"""From the nodes of several files to one raw tree: maps merge, a value in two files is a mistake. Remembers where all stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from concerted.campaign.address import join
from concerted.folder.nodes import Items, Node, Pair, Pairs, Text
from concerted.folder.page import Page, Slip
from concerted.folder.slips import quoted

Keys = tuple[str, ...]
INCLUDE = "include"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: its page, its name and its value. A list item has no name."""

    page: Page
    key: Text | None
    value: Node

    @property
    def start(self) -> int:
        """Where a reader should look: at the value, or at the name of what has none."""
        empty = isinstance(self.value, Text) and self.value.start == self.value.end
        return self.key.start if self.key and empty else self.value.start


@dataclass
class Gathering:
    """What has been read so far. Filled file by file, then only read."""

    raw: dict[str, Any] = field(default_factory=dict[str, Any])
    places: dict[Keys, list[Place]] = field(default_factory=dict[Keys, list[Place]])
    slips: list[tuple[Page, Slip]] = field(default_factory=list[tuple[Page, Slip]])

    def add(self, page: Page, root: Pairs) -> None:
        """Merge one file into what has been read."""
        self._merge(page, root, (), self.raw)

    def _slip(self, page: Page, offset: int, message: str, remedy: str, *, ref: str = "") -> None:
        self.slips.append((page, Slip(offset, message, remedy, ref=ref)))

    def _merge(self, page: Page, node: Pairs, above: Keys, into: dict[str, Any]) -> None:
        for pair in self._whole(page, node):
            name = pair.key.value
            keys = (*above, name)
            if not above and name == INCLUDE:
                continue
            earlier = self.places.get(keys)
            self.places.setdefault(keys, []).append(Place(page, pair.key, pair.value))
            if isinstance(pair.value, Pairs) and (earlier is None or isinstance(into.get(name), dict)):
                self._merge(page, pair.value, keys, into.setdefault(name, {}))
            elif earlier is not None and name in into and not self._empty(pair.value):
                self._twice(page, pair, keys, earlier[0])
            elif not self._empty(pair.value):
                into[name] = self._value(page, pair.value, keys)

    def _twice(self, page: Page, pair: Pair, keys: Keys, first: Place) -> None:
        where = first.page.where(first.key.start if first.key else first.start)
        said = f"{join(keys)} stands in two files: here, and in {where}"
        self._slip(page, pair.key.start, said, "keep one of the two", ref=join(keys))

    def _empty(self, node: Node) -> bool:
        return isinstance(node, Text) and node.missing

    def _value(self, page: Page, node: Node, keys: Keys) -> Any:
        match node:
            case Text():
                self._cut_off(page, node, keys)
                return node.value.strip()
            case Items():
                self._split_number(page, node, keys)
                for number, item in enumerate(node.items):
                    self.places[*keys, str(number)] = [Place(page, None, item)]
                return [self._value(page, item, (*keys, str(number))) for number, item in enumerate(node.items)]
            case Pairs():
                return {pair.key.value: self._value(page, pair.value, (*keys, pair.key.value)) for pair in node.pairs}

    def _cut_off(self, page: Page, node: Text, keys: Keys) -> None:
        """Notice a text that a # ends although it was probably part of it."""
        tail = page.text[node.end : page.line_end(node.end)]
        if not node.style and tail.lstrip(" ").startswith("#") and tail.lstrip(" #")[:1].isalnum() and not tail.lstrip(" ").startswith("# "):
            said = f'this text ends before "{tail.strip()}": a # after a space begins a comment'
            meant = quoted(page.text[node.start : page.line_end(node.end)].strip())
            slip = Slip(node.end + len(tail) - len(tail.lstrip(" ")), said, f"if it is part of the text: {meant}", "advice", join(keys))
            self.slips.append((page, slip))

    def _split_number(self, page: Page, node: Items, keys: Keys) -> None:
        """Notice `[1,600]`: two items that were one number."""
        for one, two in zip(node.items, node.items[1:], strict=False):
            if node.flow and page.text[one.end : two.start] == "," and _ends_in_digit(one) and _begins_with_thousands(two):
                meant = page.text[one.start : two.end]
                said = f'the comma splits "{meant}" into two items'
                self._slip(page, one.start, said, f"put it in quotes: {quoted(meant)}", ref=join(keys))

    def _whole(self, page: Page, node: Pairs) -> Iterator[Pair]:
        """Give the pairs of a map; names without a colon are what a comma has cut off the text before them."""
        before: Pair | None = None
        run: list[Pair] = []
        for pair in node.pairs:
            if node.flow and _no_colon(page, pair):
                run.append(pair)
                continue
            self._torn(page, before, run)
            before, run = pair, []
            yield pair
        self._torn(page, before, run)

    def _torn(self, page: Page, before: Pair | None, run: list[Pair]) -> None:
        if not run:
            return
        cut = ", ".join(f'"{pair.key.value}"' for pair in run)
        if before is None or not isinstance(before.value, Text) or before.value.style:
            said = f"{cut} has no colon and no value"
            self._slip(page, run[0].key.start, said, "write name: text, or remove it")
            return
        meant = page.text[before.value.start : run[-1].key.end]
        said = f'inside {{ }} a comma ends a text, so "{meant}" became "{before.value.value}" and {cut}'
        self._slip(page, before.value.start, said, f"put it in quotes: {before.key.value}: {quoted(meant)}")


def _ends_in_digit(node: Node) -> bool:
    return isinstance(node, Text) and not node.style and node.value[-1:].isdigit()


def _begins_with_thousands(node: Node) -> bool:
    return isinstance(node, Text) and not node.style and node.value[:3].isdigit()


def _no_colon(page: Page, pair: Pair) -> bool:
    return isinstance(pair.value, Text) and pair.value.missing and not page.text[pair.key.end :].lstrip().startswith(":")


def texts_of(node: Node) -> list[str] | None:
    """Give a list's texts, None where it is not a list of texts."""
    if not isinstance(node, Items) or not all(isinstance(item, Text) for item in node.items):
        return None
    return [cast(Text, item).value for item in node.items]


def locate(places: Mapping[Keys, list[Place]], keys: Keys) -> Place | None:
    """Find what stands at keys, or else the nearest thing above it."""
    while keys:
        if keys in places:
            return places[keys][0]
        keys = keys[:-1]
    return None
