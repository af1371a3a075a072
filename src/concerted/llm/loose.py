"""Reading other people's JSON: whatever is not there, or is something else, is simply empty."""

from typing import Any, TypeAlias, cast

Loose: TypeAlias = dict[str, Any]


def table(value: object) -> Loose:
    """Give an object, or an empty one."""
    return cast("Loose", value) if isinstance(value, dict) else {}


def first(value: object) -> Loose:
    """Give the first object of a list, or an empty one."""
    return table(cast("list[object]", value)[0]) if isinstance(value, list) and value else {}


def text(value: object) -> str:
    """Give a text, or an empty one."""
    return value if isinstance(value, str) else ""


def whole(value: object) -> int:
    """Give a whole number, or 0."""
    return value if isinstance(value, int) else 0
