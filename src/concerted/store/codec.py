"""Domain values as JSON and back, exactly: each section of the state has its type, so tuples, sets and records come back as they went."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import from_json, to_json

from concerted.campaign.change import Change
from concerted.campaign.dismissal import Dismissal
from concerted.campaign.draft import Draft
from concerted.campaign.event import Put
from concerted.campaign.facets import Value
from concerted.campaign.intervention import Intervention
from concerted.campaign.line import Approval, Left, Released, Result, Version
from concerted.campaign.opinion import Opinion
from concerted.campaign.proposal import Proposal
from concerted.campaign.review import Clearance, Remark, Round
from concerted.planning.kit import Recipe

TYPES: dict[str, Any] = {
    "drafts": Draft,
    "texts": str,
    "owned": str,
    "locked": str,
    "approvals": tuple[Approval, ...],
    "excluded": str,
    "notes": tuple[str, ...],
    "refused": tuple[str, ...],
    "left": Left,
    "of": tuple[str, ...],
    "settled": bool,
    "tree": dict[str, Any],
    "catalog": dict[str, Value],
    "changes": Change,
    "results": Result,
    "releases": Released,
    "versions": Version,
    "people_texts": tuple[str, ...],
    "declined": Value,
    "interventions": Intervention,
    "opinions": Opinion,
    "paused": str,
    "dismissed": Dismissal,
    "proposals": Proposal,
    "remarks": tuple[Remark, ...],
    "cleared": Clearance,
    "rounds": Round,
    "recipes": Recipe,
}
"""Section of a `Put` -> type of its value; and what is kept beside the state."""


@cache
def _adapter(section: str) -> TypeAdapter[Any]:
    return TypeAdapter(TYPES[section])


def encode(section: str, value: object) -> str:
    """Write a section's value as JSON."""
    return _adapter(section).dump_json(value).decode()


def decode(section: str, text: str) -> Any:
    """Read a section's value back."""
    return _adapter(section).validate_json(text)


def encode_puts(puts: Iterable[Put]) -> str:
    """Write puts as a JSON list of `[section, key, value]`; null is a value taken away."""
    rows = (f"[{_text(put.section)},{_text(put.key)},{'null' if put.value is None else encode(put.section, put.value)}]" for put in puts)
    return f"[{','.join(rows)}]"


def decode_puts(text: str) -> tuple[Put, ...]:
    """Read puts back."""
    return tuple(
        Put(section, key, None if value is None else _adapter(section).validate_python(value)) for section, key, value in from_json(text)
    )  # fmt: skip


def _text(value: str) -> str:
    return to_json(value).decode()
