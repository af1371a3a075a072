"""Pure thinking about texts: counting, cutting, comparing, and checking them against the strategy. No clock, no files, no models."""

from concerted.rules.across import contradictions
from concerted.rules.case import COMPARISONS, RULES, Comparison, Rule, Subject
from concerted.rules.check import broken_guardrails, check, guardrail, guardrail_hash, is_guardrail
from concerted.rules.facts import Says, matches
from concerted.rules.fragments import carries, fragments
from concerted.rules.lexicon import Lexicon, prepare
from concerted.rules.limits import measure
from concerted.rules.reading import normalise
from concerted.rules.segment import sentences

__all__ = [
    "COMPARISONS",
    "RULES",
    "Comparison",
    "Lexicon",
    "Rule",
    "Says",
    "Subject",
    "broken_guardrails",
    "carries",
    "check",
    "contradictions",
    "fragments",
    "guardrail",
    "guardrail_hash",
    "is_guardrail",
    "matches",
    "measure",
    "normalise",
    "prepare",
    "sentences",
]
