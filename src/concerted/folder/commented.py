"""A new campaign file with comments, written from a tree. Only the writing: what is answered and what is said about it comes from outside."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Protocol, TypeAlias, cast

from concerted.folder.style import Manner, pair


class Remarks(Protocol):
    """What is said about entries, as lines without the comment sign."""

    def above(self, keys: tuple[str, ...]) -> list[str]:
        """Give the lines above the entry at these keys."""
        ...

    def below(self, keys: tuple[str, ...], answered: Collection[str]) -> list[str]:
        """Give the lines at the end of the map at these keys, which holds the answered names."""
        ...


Quoted: TypeAlias = Callable[[tuple[str, ...]], bool]
"""Given the keys of an entry: whether it is written in quotes."""


def written(tree: Mapping[str, Any], remarks: Remarks, quoted: Quoted) -> str:
    """Write a tree as YAML. Parts at the root stand apart from each other."""
    return "\n".join("\n".join(_entry(key, part, (), (remarks, quoted))) + "\n" for key, part in tree.items())


def _entry(key: str, part: Any, above: tuple[str, ...], how: tuple[Remarks, Quoted]) -> list[str]:
    remarks, quoted = how
    keys = (*above, key)
    margin = "  " * len(above)
    lines = [f"{margin}# {line}" for line in remarks.above(keys)]
    if isinstance(part, Mapping):
        entries = cast(Mapping[str, Any], part)
        lines.append(f"{margin}{key}:")
        for inner, value in entries.items():
            lines += _entry(inner, value, keys, how)
        return [*lines, *(f"{margin}  # {line}" for line in remarks.below(keys, entries))]
    manner = Manner(quotes='"' if quoted(keys) else "", indent=2 * len(above))
    return [*lines, f"{margin}{pair(key, part, manner)}"]
