"""What a rule is given and how it is registered. A rule is a function from a `Case` to findings; see `check.RULE_MODULES`."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeAlias

from concerted.campaign.deliverable import NONE, Visibility
from concerted.campaign.finding import Confidence, Finding
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
    """A kind of rule. A `guardrail` is judged again on drafts that exist already, as soon as it changes; `sure` is the most it can be."""

    id: str
    check: Check
    guardrail: bool = False
    sure: Confidence = "certain"
    manual: str = field(default="", repr=False)

    def run(self, case: Case) -> Iterable[Finding]:
        """Give the rule's findings, signed with its id and the asset."""
        return (
            replace(finding, rule=self.id, asset=case.subject.asset, confidence=_less_sure(finding.confidence, self.sure))
            for finding in self.check(case)
        )


_DOUBT: Mapping[Confidence, int] = {"certain": 0, "likely": 1, "hint": 2}


def _less_sure(one: Confidence, other: Confidence) -> Confidence:
    return max(one, other, key=_DOUBT.__getitem__)


@dataclass(frozen=True, eq=False)
class Spread:
    """All assets of a campaign side by side. `free` holds sentences, as words, that may stand anywhere."""

    subjects: Sequence[Subject]
    lexicon: Lexicon
    free: frozenset[tuple[str, ...]] = frozenset()


Compare: TypeAlias = Callable[[Spread], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A kind of rule that needs all assets at once. Its findings name their asset."""

    id: str
    compare: Compare
    sure: Confidence
    manual: str = field(default="", repr=False)

    def run(self, spread: Spread) -> Iterable[Finding]:
        """Give its findings, signed with its id."""
        return (replace(finding, rule=self.id, confidence=_less_sure(finding.confidence, self.sure)) for finding in self.compare(spread))


COMPARISONS: dict[str, Comparison] = {}
"""Every rule kind that looks at assets side by side, by id."""


def comparison(id: str, *, sure: Confidence = "certain") -> Callable[[Compare], Compare]:
    """Register a rule kind over all assets; its docstring is its page in the manual, as with `rule`."""

    def register(compare: Compare) -> Compare:
        COMPARISONS[id] = Comparison(id, compare, sure, _manual(id, compare.__doc__))
        return compare

    return register


RULES: dict[str, Rule] = {}
"""Every rule kind by id, in the order in which findings are reported."""
_MANUAL = re.compile(r".+ What: .+ Why: .+ Example: .+")


def rule(id: str, *, guardrail: bool = False, sure: Confidence = "certain") -> Callable[[Check], Check]:
    """Register a rule kind. Its docstring is its page in the manual: a title, then What, Why, Example."""

    def register(check: Check) -> Check:
        RULES[id] = Rule(id, check, guardrail, sure, _manual(id, check.__doc__))
        return check

    return register


def _manual(id: str, docstring: str | None) -> str:
    manual = " ".join((docstring or "").split())
    if id in RULES or id in COMPARISONS or not _MANUAL.fullmatch(manual):
        raise ValueError(f"rule {id!r}: registered twice, or its docstring lacks What, Why or Example")
    return manual


def stop(message: str, remedy: str, *, ref: str = "", field: str = "", evidence: str = "") -> Finding:
    """Make a finding that stops the release."""
    return Finding("", "release", message, remedy, ref=ref, field=field, evidence=evidence)


def advise(message: str, remedy: str, *, ref: str = "", field: str = "", evidence: str = "", sure: Confidence = "certain") -> Finding:
    """Make a finding that is advice."""
    return Finding("", "advice", message, remedy, ref=ref, field=field, evidence=evidence, confidence=sure)


def at(asset: str, finding: Finding) -> Finding:
    """Give a finding its asset, where many are looked at."""
    return replace(finding, asset=asset)


def under(path: str, refs: Iterable[str]) -> str:
    """Name the ref that a path stands at or below; empty when none."""
    return next((ref for ref in refs if path == ref or path.startswith((f"{ref}.", f"{ref}@"))), "")
