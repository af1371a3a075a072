"""What all parts of a campaign file have in common."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict

from concerted.campaign.leaf import Leaf
from concerted.campaign.scalars import Slug

STRIPPED = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)
"""A section's validator is built when the first file is read: who asks the store needs none."""


class Section(BaseModel):
    """A part of the campaign file with fixed fields. `noun` is how a message calls it."""

    model_config = STRIPPED
    noun: ClassVar[str] = "this part"


class Entry(Section):
    """One of many, kept under its own short name."""

    was: Annotated[
        Slug | None,
        Leaf(
            "logistics",
            "exact",
            question="What was its short name before you renamed it?",
            why="With this line a rename stays a rename: edits and approvals move along. Remove it after the next run.",
            good="dock-managers",
            who_knows="whoever renamed it",
        ),
    ] = None
