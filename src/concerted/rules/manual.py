"""The manual's page on rule kinds, made from their docstrings."""

import re

from concerted.campaign.finding import Confidence
from concerted.rules.case import COMPARISONS, Comparison, Rule
from concerted.rules.check import RULES

_PARTS = re.compile(r"(?P<title>.+?) What: (?P<what>.+?) Why: (?P<why>.+?) Example: (?P<example>.+)")
_PREFACE = """# Rules

Made by `make docs` from the docstrings of the rule kinds. Each is one function in `src/concerted/rules`; its words and figures come
from your strategy and from the channels' data.

A *guardrail* is not read when a text is written: it is verified on the finished text, and again on every text as soon as it changes.

Every finding says how sure it is: *certain*, it compared what can be compared; *likely*, it is right far more often than not; *hint*, somebody
should look. What is said here is the most that a kind can be; a finding may be less. Advice can be dismissed with a reason
(`concerted dismiss`); what stops a release for law, price or strategy cannot.
"""
_BESIDE = """## Side by side

These look at all assets of a campaign at once, in `concerted align`.
"""


def rules_page() -> str:
    """Write the page: one section a rule kind, in the order in which they run."""
    alone = (_section(rule, guardrail=rule.guardrail) for rule in RULES.values())
    return "\n".join((_PREFACE, *alone, _BESIDE, *map(_section, COMPARISONS.values())))


_SURE: dict[Confidence, str] = {"certain": "Certain.", "likely": "Likely.", "hint": "A hint."}


def _section(rule: Rule | Comparison, *, guardrail: bool = False) -> str:
    parts = _PARTS.fullmatch(rule.manual)
    if not parts:
        raise ValueError(f"rule {rule.id!r}: its docstring lacks What, Why or Example")
    kind = "A guardrail. " if guardrail else ""
    what = parts["what"][0].upper() + parts["what"][1:]
    return (
        f"## {parts['title'].rstrip('.')}\n\n`{rule.id}`. {_SURE[rule.sure]} {kind}{what}\n\n- Why: {parts['why']}\n- Example: {parts['example']}\n"
    )
