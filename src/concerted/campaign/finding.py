"""One remark of a check. A finding is a value that travels to the person who can act on it, never an exception."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

Severity: TypeAlias = Literal["file", "release", "advice"]
"""What a finding stops: reading the file, the release, or nothing (advice)."""

Confidence: TypeAlias = Literal["certain", "likely", "hint"]
"""How sure a check is: it compared what can be compared; it is right far more often than not; somebody should look."""

GRAVITY: dict[Severity, int] = {"file": 0, "release": 1, "advice": 2}
"""The gravest first, for sorting."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, where it stands, and what to do about it, in words that a marketer understands.

    `ref` names the piece of strategy that the remark goes back to, `evidence` quotes the words that caused it, `confidence` says how sure
    the check is.
    """

    rule: str
    severity: Severity
    message: str
    remedy: str
    ref: str = ""
    asset: str = ""
    field: str = ""
    evidence: str = ""
    confidence: Confidence = "certain"

    def __str__(self) -> str:
        place = "#".join(part for part in (self.asset, self.field) if part)
        said = f"{place}: {self.message}" if place else self.message
        return f"{said} {self.remedy}" if self.remedy else said


def gravest_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings: what stops most comes first, then by place; equal ones keep their order."""
    return tuple(sorted(findings, key=lambda finding: (GRAVITY[finding.severity], finding.asset, finding.field)))
