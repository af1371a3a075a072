"""How a value is written in YAML: in the manner of what stood there, or of its neighbours. Each text is read back before it is used."""

import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

import yaml

from concerted.folder.nodes import Node, Pairs, Text, compose
from concerted.folder.page import Page

_MISREAD = re.compile(r"(?i:true|false|yes|no|on|off|y|n|null|~)")
"""What other programs read as something else than a text."""
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_UNPRINTABLE = re.compile('[^\\x20-\\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\\\\"]')
MIN_WIDTH = 60


@dataclass(frozen=True, slots=True)
class Manner:
    """How the neighbours are written: in braces or not, in which quotes, how far indented, with which line break."""

    flow: bool = False
    quotes: str = ""
    entries_flow: bool = False
    like: tuple[tuple[str, str], ...] = ()
    """The quotes in which a neighbouring entry has its fields, by name: a new entry has them likewise."""
    lists_flow: bool = True
    indent: int = 0
    step: int = 2
    newline: str = "\n"


def pair(key: str, value: Any, manner: Manner) -> str:
    """Write `key: value`, a map over several lines where its neighbours are."""
    name = scalar(key, replace(manner, quotes=""))
    if isinstance(value, Mapping):
        inside = cast(Mapping[str, Any], value)
        if manner.flow or manner.entries_flow:
            return f"{name}: {_braces(inside, replace(manner, flow=True, quotes=''))}"
        deeper = replace(manner, indent=manner.indent + manner.step, quotes="")
        return f"{name}:{manner.newline}{pairs(inside, deeper)}"
    return f"{name}: {written(value, replace(manner, quotes=_like(key, manner)))}"


def pairs(values: Mapping[str, Any], manner: Manner) -> str:
    """Write the pairs of a block map, each on its line, indented."""
    return manner.newline.join(f"{' ' * manner.indent}{pair(key, value, manner)}" for key, value in values.items())


def _braces(values: Mapping[str, Any], manner: Manner) -> str:
    return "{" + ", ".join(pair(key, value, manner) for key, value in values.items()) + "}"


def _like(key: str, manner: Manner) -> str:
    return next((quotes for name, quotes in manner.like if name == key), manner.quotes)


def written(value: Any, manner: Manner) -> str:
    """Write a value that stands after its name: a text, a number or a list."""
    if isinstance(value, list | tuple):
        items = cast(Iterable[Any], value)
        if manner.flow or manner.lists_flow:
            return "[" + ", ".join(scalar(str(item), replace(manner, flow=True)) for item in items) + "]"
        margin = manner.newline + " " * (manner.indent + manner.step) + "- "
        return "".join(margin + scalar(str(item), manner) for item in items)
    return scalar(str(value), manner)


def scalar(text: str, manner: Manner) -> str:
    """Write a text in the neighbours' quotes where it can be, else in double quotes."""
    if manner.quotes == "" and _plain(text, manner.flow):
        return text
    if manner.quotes == "'" and "\n" not in text and not _UNPRINTABLE.search(text.replace('"', "").replace("\\", "")):
        return "'" + text.replace("'", "''") + "'"
    return '"' + _UNPRINTABLE.sub(_escaped, text) + '"'


def _escaped(found: re.Match[str]) -> str:
    sign = found[0]
    return _ESCAPES.get(sign) or (f"\\u{ord(sign):04X}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08X}")


def _plain(text: str, flow: bool) -> bool:
    """Whether a text can stand without quotes."""
    return not _MISREAD.fullmatch(text) and reads_as(f"{{k: {text}}}" if flow else f"k: {text}", text)


def reads_as(line: str, text: str) -> bool:
    """Whether the one pair of a line is read as exactly this text."""
    try:
        root, slips = compose(Page("", b"", line))
    except yaml.YAMLError:
        return False
    if slips or not isinstance(root, Pairs) or len(root.pairs) != 1 or root.pairs[0].key.value.strip() != "k":
        return False
    node: Node = root.pairs[0].value
    return isinstance(node, Text) and not node.missing and node.value.strip() == text.strip()


def block(text: str, old: str, manner: Manner) -> str | None:
    """Write a text as a block scalar like the old one (`|` or `>`, its header and margin kept); None where it cannot be."""
    header, _, body = old.partition("\n")
    first = next((line for line in body.splitlines() if line.strip()), "")
    margin = len(first) - len(first.lstrip(" ")) or manner.indent + manner.step
    if re.match(r"[|>][+-]?\d", header):
        return None
    width = max(MIN_WIDTH, *(len(line) - margin for line in body.splitlines() or [""]))
    lines = text.split("\n") if header.startswith("|") else _folded(text, width)
    said = [header.rstrip("\r"), *((" " * margin + line) if line else "" for line in lines)]
    sample = "\n".join([f"{' ' * manner.indent}k: {said[0]}", *said[1:]])
    return manner.newline.join(said) if reads_as(sample, text) else None


def _folded(text: str, width: int) -> list[str]:
    """Break a text into lines that YAML folds back; a line break of the text becomes an empty line."""
    lines: list[str] = []
    for number, paragraph in enumerate(text.split("\n")):
        lines += [""] if number else []
        lines += textwrap.wrap(paragraph, width, break_long_words=False, break_on_hyphens=False, drop_whitespace=True)
    return lines
