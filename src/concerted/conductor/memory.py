"""What depends on its arguments alone and costs something: flat strategies, prepared rules, checks, layouts. Kept for the life of a process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from concerted.campaign.deliverable import Deliverable
from concerted.campaign.draft import Trace
from concerted.campaign.facets import Facets, Tree, Value, flatten, hash_at, hash_tree, hash_value
from concerted.campaign.finding import Finding
from concerted.campaign.strategy import is_exact
from concerted.rules.check import broken_guardrails, check, guardrail, guardrail_hash
from concerted.rules.facts import stated
from concerted.rules.lexicon import Lexicon, prepare

if TYPE_CHECKING:
    from concerted.campaign.playbook import Playbook


@dataclass
class Memory:
    """Results that depend on their arguments alone, kept for the life of a process."""

    trees: dict[str, Facets] = field(default_factory=dict[str, Facets])
    lexicons: dict[int, tuple[Facets, Lexicon, str]] = field(default_factory=dict[int, tuple[Facets, Lexicon, str]])
    checks: dict[tuple[Any, ...], tuple[Finding, ...]] = field(default_factory=dict[tuple[Any, ...], tuple[Finding, ...]])
    broken: dict[tuple[Any, ...], tuple[Finding, ...]] = field(default_factory=dict[tuple[Any, ...], tuple[Finding, ...]])
    stated: dict[tuple[int, str], Trace] = field(default_factory=dict[tuple[int, str], Trace])
    layouts: dict[tuple[int, int], tuple[Facets, Playbook, Mapping[str, Deliverable]]] = field(default_factory=dict)

    def facets(self, tree: Tree, catalog: Facets) -> Facets:
        """Flatten a tree beside the catalog's limits; equal input gives the same object."""
        key = f"{hash_tree(tree)} {hash_value(catalog)}"
        if key not in self.trees:
            flat: dict[str, Value] = {**flatten(tree, is_exact), **catalog}
            self.trees[key] = flat
        return self.trees[key]

    def lexicon(self, facets: Facets) -> tuple[Lexicon, str]:
        """Prepare a strategy for the rules; also gives its guardrail hash."""
        known = self.lexicons.get(id(facets))
        if known is None or known[0] is not facets:
            known = self.lexicons[id(facets)] = (facets, prepare(facets), guardrail_hash(facets))
        return known[1], known[2]

    def guardrail_hash(self, facets: Facets) -> str:
        """Hash the guardrails of a strategy."""
        return self.lexicon(facets)[1]

    def check(self, deliverable: Deliverable, words: Mapping[str, str], facets: Facets, how: tuple[str, Any]) -> tuple[Finding, ...]:
        """Check words once for one strategy and day."""
        today, subject = how
        key = _key(deliverable, words, facets, today)
        if key not in self.checks:
            day = date.fromisoformat(today)
            self.checks[key] = check(subject(deliverable, words, day), self.lexicon(facets)[0], day)
        return self.checks[key]

    def guardrail(self, deliverable: Deliverable, words: Mapping[str, str], facets: Facets, how: tuple[str, Any]) -> tuple[Finding, ...]:
        """Check words against the guardrails alone, unless all that is to say of them is known already."""
        today, subject = how
        key = _key(deliverable, words, facets, today)
        if key in self.checks:
            return guardrail(self.checks[key])
        if key not in self.broken:
            day = date.fromisoformat(today)
            self.broken[key] = broken_guardrails(subject(deliverable, words, day), self.lexicon(facets)[0], day)
        return self.broken[key]

    def says(self, text: str, facets: Facets) -> Trace:
        """Match words to the facts they state for certain, with today's hashes."""
        key = (id(facets), text)
        if key not in self.stated:
            found = stated(text, self.lexicon(facets)[0]) if text else ()
            self.stated[key] = tuple(sorted({(f"f:{says.path}", hash_at(facets, says.path)) for says in found if says.certain}))
        return self.stated[key]

    def layout(self, facets: Facets, playbook: Playbook, lay_out: Callable[[], Mapping[str, Deliverable]]) -> Mapping[str, Deliverable]:
        """Lay a strategy out once."""
        key = (id(facets), id(playbook))
        if key not in self.layouts:
            self.layouts[key] = (facets, playbook, lay_out())
        return self.layouts[key][2]


def _key(deliverable: Deliverable, words: Mapping[str, str], facets: Facets, today: str) -> tuple[Any, ...]:
    """Give what a check depends on besides the strategy, which is one object in a memory."""
    return (id(facets), deliverable.id, deliverable.publish, today, tuple(words.items()))
