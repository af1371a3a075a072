"""What a verb answers where texts are held against a strategy: its findings, and which strategy it was. Light: it plans nothing."""

from collections.abc import Iterable
from typing import Any

from concerted.campaign.dismissal import Dismissal
from concerted.campaign.facets import hash_tree
from concerted.campaign.finding import Finding
from concerted.campaign.line import State

Report = dict[str, Any]


def strategy_name(state: State) -> str:
    """Give the adopted strategy's short hash; empty before the first run."""
    return hash_tree(state.main.tree)[:12] if state.versions else ""


def finding_rows(findings: Iterable[Finding]) -> list[Report]:
    """List findings."""
    return [
        {
            "rule": f.rule,
            "severity": f.severity,
            "confidence": f.confidence,
            "message": f.message,
            "remedy": f.remedy,
            "ref": f.ref,
            "asset": f.asset,
            "field": f.field,
            "evidence": f.evidence,
        }
        for f in findings
    ]


def dismissal_rows(parted: Iterable[tuple[Finding, Dismissal]]) -> list[Report]:
    """List remarks that somebody let stand, each with the reason."""
    return [{**row, "because": said.because, "by": said.by, "at": said.at} for finding, said in parted for row in finding_rows([finding])]
