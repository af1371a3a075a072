"""Checking one asset against the strategy: every rule kind, and the few that count as guardrails."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from concerted.campaign.facets import Facets, hash_value
from concerted.campaign.finding import GRAVITY, Finding
from concerted.campaign.strategy import role_of
from concerted.rules import claims, kinds, quotes, stated, terms, throwaway
from concerted.rules.case import RULES, Case, Rule, Subject
from concerted.rules.lexicon import Lexicon, prepare

RULE_MODULES = (kinds, claims, stated, terms, quotes, throwaway)
"""Importing these registers their rules."""


def check(subject: Subject, facets: Facets | Lexicon, today: date) -> tuple[Finding, ...]:
    """Check the texts of one asset as they would be read on its day of publication, or today if that has passed.

    Prepare the strategy once (`lexicon.prepare`) and pass the lexicon where many assets are checked.
    """
    return _run(subject, facets, today, RULES.values())


def broken_guardrails(subject: Subject, facets: Facets | Lexicon, today: date) -> tuple[Finding, ...]:
    """Give what `guardrail(check(...))` gives, at less cost. Works for one field of an asset too."""
    return guardrail(_run(subject, facets, today, (known for known in RULES.values() if known.guardrail)))


def _run(subject: Subject, facets: Facets | Lexicon, today: date, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    case = Case(subject, prepare(facets), today)
    found = dict.fromkeys(finding for known in rules for finding in known.run(case))
    places = {name: place for place, name in enumerate(subject.texts)}
    return tuple(sorted(found, key=lambda finding: (GRAVITY[finding.severity], places.get(finding.field, -1))))


def guardrail(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Keep what makes a draft that exists already stale: broken guardrails that stop a release."""
    return tuple(finding for finding in findings if finding.severity == "release" and finding.rule in RULES and RULES[finding.rule].guardrail)


@lru_cache(maxsize=65536)
def is_guardrail(path: str) -> bool:
    """Tell whether a leaf is verified on finished texts instead of keyed when read; the schema says so."""
    return role_of(path) == "guardrail"


def guardrail_hash(facets: Facets) -> str:
    """Hash what the guardrails consist of. Equal hashes mean that checking again finds the same on the same day."""
    return hash_value({path: value for path, value in facets.items() if is_guardrail(path)})
