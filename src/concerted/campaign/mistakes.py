"""What is wrong with a campaign tree, said in sentences: pydantic's errors translated for the person who typed.

Never here: where in a file it stands (`folder`), or checks across leaves (`soundness/`).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from concerted.campaign.address import join
from concerted.campaign.finding import Finding
from concerted.campaign.shape import Entries, Fields, Shape, Slot, below
from concerted.campaign.spelling import did_you_mean
from concerted.errors import Problem

UNKNOWN = "file-unknown-key"
MISSING = "file-missing"
KEY = "file-short-name"
VALUE = "file-value"
AT_KEY = frozenset({UNKNOWN, KEY})
"""Rules whose findings stand at the key, not at the value."""

_QUOTE = 'if it is one text that contains ": " or starts with [ or {, put it in quotes'


def findings_of(error: ValidationError, shape: Shape) -> tuple[Finding, ...]:
    """Translate every mistake that pydantic found in a raw tree."""
    return tuple(_finding(details, shape) for details in error.errors())


def mistyped(error: ValidationError, path: str) -> list[Problem]:
    """Translate what is wrong with one value for a known address."""
    said = (_value(path, details) for details in error.errors())
    return [Problem(message, remedy, ref=path) for message, remedy in said]


def unknown_place(shape: Shape, keys: Sequence[str], path: str) -> Problem:
    """Say why no value can stand at an address: where it leaves the schema, or that it is more than one value."""
    for depth, key in enumerate(keys):
        holder, inside = below(shape, keys[:depth]), join(keys[:depth])
        if isinstance(holder, Slot):
            return Problem(f"{inside} is one value and has no parts, so there is no {key} in it", f"set {inside} itself", ref=path)
        if isinstance(holder, Fields) and key not in holder.fields:
            message, remedy = _unknown(key, holder)
            return Problem(message, remedy, ref=path)
    found = below(shape, keys)
    if isinstance(found, Slot):
        return Problem(f"{keys[2]} has no wordings: it is the same in every language and length", f"set {keys[2]} itself", ref=path)
    first = next(iter(found.fields)) if isinstance(found, Fields) else "<short-name>"
    return Problem(f"{path} is a map, not one value", f"set what is in it, like {path}.{first}", ref=path)


def _finding(details: ErrorDetails, shape: Shape) -> Finding:
    place = [str(step) for step in details["loc"] if step != "[key]"]
    path = join(place)
    match details["type"]:
        case "extra_forbidden":
            message, remedy = _unknown(place[-1], below(shape, place[:-1]))
            return Finding(UNKNOWN, "file", message, remedy, ref=path)
        case "missing":
            return Finding(MISSING, "file", _absent(place), _question(below(shape, place)), ref=path)
        case _:
            rule = KEY if "[key]" in details["loc"] else VALUE
            item = isinstance(details["loc"][-1], int)
            owner = join(place[:-1]) if item else path
            message, remedy = _value(owner, details, below(shape, place))
            return Finding(rule, "file", message, remedy, ref=path)


def _absent(place: Sequence[str]) -> str:
    return f"{join(place[:-1])} has no {place[-1]}" if len(place) > 1 else f"there is no {place[0]} in the file"


def _question(shape: Shape | None) -> str:
    match shape:
        case Slot():
            return f"answer: {shape.leaf.question}"
        case Entries():
            return shape.group.about
        case Fields():
            return f"needed in it: {', '.join(sorted(shape.required))}" if shape.required else shape.about
        case None:
            return ""


def _unknown(key: str, holder: Shape | None) -> tuple[str, str]:
    if not isinstance(holder, Fields):
        return f'"{key}" is not known here', ""
    return f'"{key}" is not a field of {holder.noun}', did_you_mean(key, holder.fields)


def _value(path: str, details: ErrorDetails, shape: Shape | None = None) -> tuple[str, str]:
    """Say what is wrong with a value and what to write instead."""
    context = details.get("ctx", {})
    if details["type"] == "typed":
        return f"{path}: {context['said']}", str(context["remedy"])
    if details["type"] == "literal_error":
        words = re.findall(r"'?([\w-]+)'?(?:,| or |$)", str(context["expected"]))
        return f'{path}: "{details["input"]}" is not one of {", ".join(words)}', did_you_mean(str(details["input"]), words)
    translate = _KINDS.get(details["type"])
    return translate(path, details["input"], shape) if translate else (f"{path}: {details['msg']}", "")


def _expects_map(path: str, given: Any, shape: Shape | None) -> tuple[str, str]:
    if isinstance(given, list):
        return (
            f"{path} is a list, and a map is expected",
            "write a short name with a colon for each, and its fields indented below, instead of the dashes",
        )
    example = next(iter(shape.fields)) if isinstance(shape, Fields) else "a-short-name"
    return f'{path} is one text ("{_start(given)}"), and a map is expected', f"indent its fields below it, like {example}: ..."


def _expects_list(path: str, given: Any, _shape: Shape | None) -> tuple[str, str]:
    if isinstance(given, Mapping):
        keys = ", ".join(cast(Mapping[str, Any], given))
        return f"{path} is a map, and a list is expected", f"write [{keys}]"
    return f"{path} is one text, and a list is expected", f"write [{given}]"


def _expects_text(path: str, given: Any, _shape: Shape | None) -> tuple[str, str]:
    kind = "a list" if isinstance(given, list) else "a map"
    return f"{path} holds {kind}, and one text is expected", _QUOTE


def _start(text: Any) -> str:
    said = str(text)
    return said if len(said) <= 40 else f"{said[:39]}…"


_KINDS: dict[str, Callable[[str, Any, Shape | None], tuple[str, str]]] = {
    "dict_type": _expects_map,
    "model_type": _expects_map,
    "model_attributes_type": _expects_map,
    "list_type": _expects_list,
    "string_type": _expects_text,
}
