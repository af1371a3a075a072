"""What a rule is given and how it is registered. A rule is a function from a `Case` to findings; see `check.RULE_MODULES`."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeAlias

from concerted.campaign.channel import Visibility
from concerted.campaign.deliverable import NONE
from concerted.campaign.finding import Finding
from concerted.rules.facts import Says, stated
from concerted.rules.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Subject:
    """The texts to check and where they run. `slots` maps a field to the channel field whose limits it keeps, "" for none."""

    asset: str
    type: str
    channel: str
    audience: str
    market: str
    language: str
    visibility: Visibility
    texts: Mapping[str, str]
    slots: Mapping[str, str]
    publish: date


@dataclass(frozen=True, eq=False)
class Case:
    """One subject beside one strategy on one day."""

    subject: Subject
    lexicon: Lexicon
    today: date

    @cached_property
    def says(self) -> Mapping[str, tuple[Says, ...]]:
        """What each field states, by its exact words and figures."""
        return {name: stated(text, self.lexicon, self.subject.market, self.subject.language) for name, text in self.subject.texts.items()}

    @cached_property
    def certain(self) -> tuple[tuple[str, Says], ...]:
        """What is stated beyond doubt, with its field."""
        return tuple((name, says) for name, all_says in self.says.items() for says in all_says if says.certain)

    @cached_property
    def day(self) -> str:
        """The first day on which somebody can read this: the day of publication, or today when that has passed."""
        return max(self.subject.publish, self.today).isoformat()

    @property
    def outside(self) -> bool:
        """True when people outside the company see it."""
        return self.subject.visibility != "staff"

    @property
    def market(self) -> str:
        """The market, empty for texts of all markets."""
        return "" if self.subject.market == NONE else self.subject.market

    @property
    def german(self) -> bool:
        """True for a German text."""
        return self.subject.language.partition("-")[0] == "de"


Check: TypeAlias = Callable[[Case], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of rule. A `guardrail` is judged again on drafts that exist already, as soon as it changes."""

    id: str
    check: Check
    guardrail: bool = False
    manual: str = field(default="", repr=False)

    def run(self, case: Case) -> Iterable[Finding]:
        """Give the rule's findings, signed with its id and the asset."""
        return (replace(finding, rule=self.id, asset=case.subject.asset) for finding in self.check(case))


RULES: dict[str, Rule] = {}
"""Every rule kind by id, in the order in which findings are reported."""
_MANUAL = re.compile(r".+ What: .+ Why: .+ Example: .+")


def rule(id: str, *, guardrail: bool = False) -> Callable[[Check], Check]:
    """Register a rule kind. Its docstring is its page in the manual: a title, then What, Why, Example."""

    def register(check: Check) -> Check:
        manual = " ".join((check.__doc__ or "").split())
        if id in RULES or not _MANUAL.fullmatch(manual):
            raise ValueError(f"rule {id!r}: registered twice, or its docstring lacks What, Why or Example")
        RULES[id] = Rule(id, check, guardrail, manual)
        return check

    return register


def stop(message: str, remedy: str, *, ref: str = "", field: str = "", evidence: str = "") -> Finding:
    """Make a finding that stops the release."""
    return Finding("", "release", message, remedy, ref=ref, field=field, evidence=evidence)


def advise(message: str, remedy: str, *, ref: str = "", field: str = "", evidence: str = "") -> Finding:
    """Make a finding that is advice."""
    return Finding("", "advice", message, remedy, ref=ref, field=field, evidence=evidence)


def under(path: str, refs: Iterable[str]) -> str:
    """Name the ref that a path stands at or below; empty when none."""
    return next((ref for ref in refs if path == ref or path.startswith((f"{ref}.", f"{ref}@"))), "")
