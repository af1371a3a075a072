"""The manual's page on rule kinds, made from their docstrings."""

import re

from concerted.rules.case import Rule
from concerted.rules.check import RULES

_PARTS = re.compile(r"(?P<title>.+?) What: (?P<what>.+?) Why: (?P<why>.+?) Example: (?P<example>.+)")
_PREFACE = """# Rules

Made by `make docs` from the docstrings of the rule kinds. Each is one function in `src/concerted/rules`; its words and figures come
from your strategy and from the channels' data.

A *guardrail* is not read when a text is written: it is verified on the finished text, and again on every text as soon as it changes.
"""


def rules_page() -> str:
    """Write the page: one section a rule kind, in the order in which they run."""
    return "\n".join((_PREFACE, *map(_section, RULES.values())))


def _section(rule: Rule) -> str:
    parts = _PARTS.fullmatch(rule.manual)
    if not parts:
        raise ValueError(f"rule {rule.id!r}: its docstring lacks What, Why or Example")
    kind = "A guardrail. " if rule.guardrail else ""
    what = parts["what"][0].upper() + parts["what"][1:]
    return f"## {parts['title'].rstrip('.')}\n\n`{rule.id}`. {kind}{what}\n\n- Why: {parts['why']}\n- Example: {parts['example']}\n"
