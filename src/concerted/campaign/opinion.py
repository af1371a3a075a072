"""What a judge model says of a finished draft: remarks, and at most a wish for one revision. Never an approval, never a verdict that binds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["advice", "revise"]
"""A remark for people to read; or a wish that the writer tries this field once more."""
Reason: TypeAlias = Literal["flagged", "sampled", "all"]
"""Why a draft was judged: something soft stood against it, it was drawn, or all are."""


@dataclass(frozen=True, slots=True)
class JudgeRemark:
    """One remark about one field. `quote` is in the field's words as they were judged."""

    field: str
    kind: Kind
    said: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """One judgement of one piece of work, and who gave it."""

    task: str
    asset: str
    judge: str
    """The model that judged."""
    writer: str
    """The model that wrote."""
    reason: Reason
    words: Mapping[str, str]
    """The fields as they were judged."""
    remarks: tuple[JudgeRemark, ...] = ()
    unread: str = ""
    """Why there is no judgement: the answer could not be read, a cap was reached, the model was away."""
    revised: tuple[str, ...] = field(default=())
    """Fields that the writer was asked for once more."""

    def wishes(self) -> dict[str, str]:
        """Give the fields that the judge wants revised, with what it says about them."""
        return {one.field: one.said for one in reversed(self.remarks) if one.kind == "revise"}
