"""Checking one asset against the strategy: every rule kind, and the few that count as guardrails."""

from collections.abc import Iterable
from datetime import date

from concerted.campaign.facets import Facets, hash_value
from concerted.campaign.finding import Finding, gravest_first
from concerted.rules import claims, kinds, quotes, stated
from concerted.rules.case import RULES, Case, Subject
from concerted.rules.lexicon import Lexicon, prepare

RULE_MODULES = (kinds, claims, stated, quotes)
"""Importing these registers their rules."""


def check(subject: Subject, facets: Facets | Lexicon, today: date) -> tuple[Finding, ...]:
    """Check the texts of one asset as they would be read on its day of publication, or today if that has passed.

    Prepare the strategy once (`lexicon.prepare`) and pass the lexicon where many assets are checked.
    """
    case = Case(subject, prepare(facets), today)
    return gravest_first(dict.fromkeys(finding for known in RULES.values() for finding in known.run(case)))


def guardrail(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Keep what makes a draft that exists already stale: broken guardrails that stop a release."""
    return tuple(finding for finding in findings if finding.severity == "release" and finding.rule in RULES and RULES[finding.rule].guardrail)


_GUARDRAIL_PARTS = ("brand.words.", "channel.", "confidential.")
_GUARDRAIL_LEAVES = frozenset(("kind", "from", "until", "recheck", "short_never_in", "cleared"))


def is_guardrail(path: str) -> bool:
    """Tell whether a leaf is verified on finished texts instead of keyed when read."""
    names = path.split(".")
    if path.startswith(_GUARDRAIL_PARTS):
        return True
    return len(names) > 2 and ((names[0] == "claims" and names[2] in _GUARDRAIL_LEAVES) or (names[0] == "markets" and names[2] == "leave_out"))


def guardrail_hash(facets: Facets) -> str:
    """Hash what the guardrails consist of. Equal hashes mean that checking again finds the same on the same day."""
    return hash_value({path: value for path, value in facets.items() if is_guardrail(path)})
