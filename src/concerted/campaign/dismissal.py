"""A remark that a person has looked at and let stand, with the reason. It holds for these words; other words are looked at anew."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from concerted.campaign.draft import hash_text
from concerted.campaign.facets import hash_value
from concerted.campaign.finding import Finding


@dataclass(frozen=True, slots=True)
class Dismissal:
    """Who let which remark stand, when and why. `field` is empty for a remark on the whole asset."""

    rule: str
    asset: str
    field: str
    because: str
    by: str
    at: str


def dismissal_key(finding: Finding, words: Mapping[str, str]) -> str:
    """Name what a dismissal holds for: the place, the rule, and the words of the field, or of all fields where none is named.

    A remark on the campaign as a whole holds for what it says of which line.
    """
    if not finding.asset:
        return f"#|{finding.rule}|{hash_value([finding.ref, finding.message, finding.evidence])}"
    text = words.get(finding.field, "")
    said = hash_text(text) if text else hash_value([[name, words[name]] for name in sorted(words)])
    return f"{finding.asset}#{finding.field}|{finding.rule}|{said}"


def may_be_dismissed(finding: Finding) -> bool:
    """Tell whether a person may let a remark stand: advice. What stops a release is put right, or waived at the gate."""
    return finding.severity == "advice"


def parted(
    findings: Iterable[Finding], texts: Mapping[str, Mapping[str, str]], dismissed: Mapping[str, Dismissal]
) -> tuple[tuple[Finding, ...], tuple[tuple[Finding, Dismissal], ...]]:
    """Part findings into those that are open and those that somebody let stand. `texts` holds asset -> field -> words."""
    kept: list[Finding] = []
    gone: list[tuple[Finding, Dismissal]] = []
    for finding in findings:
        found = dismissed.get(dismissal_key(finding, texts.get(finding.asset, {}))) if dismissed and may_be_dismissed(finding) else None
        if found:
            gone.append((finding, found))
        else:
            kept.append(finding)
    return tuple(kept), tuple(gone)
