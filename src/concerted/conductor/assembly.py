"""Puts the pure core's kit together from the rules, the catalog and the workers. No verb and no state here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from concerted.campaign.deliverable import NONE, Deliverable
from concerted.campaign.facets import MEMBERS, Facets, Tree
from concerted.campaign.playbook import Playbook
from concerted.campaign.strategy import leaf_at, role_of
from concerted.conductor.memory import Memory
from concerted.planning.expand import Ground, expand
from concerted.planning.kit import Kit, Matching, Recipe, Roles, Rulebook
from concerted.planning.outside import with_slots
from concerted.planning.rename import renames
from concerted.planning.trace import Law
from concerted.planning.working_days import public_holidays
from concerted.rules.case import Subject
from concerted.rules.check import is_guardrail as is_checked
from concerted.rules.fragments import carries, fragments
from concerted.rules.segment import sentences
from concerted.workers.worker import Registry

AT_ONCE = ("brand.words.", "confidential.", "approvals.")
"""Rules that are adopted on main the moment they are edited."""


@dataclass(frozen=True)
class Assembly:
    """What the kit is made from. `playbook` looks a playbook up by slug."""

    registry: Registry
    playbook: Callable[[str], Playbook]
    model: str = "house"
    memory: Memory = field(default_factory=Memory)
    own: Mapping[str, str] = field(default_factory=dict[str, str])
    """Worker -> who writes for it, where that is not `model`."""

    def kit(self, tree: Tree, today: str) -> Kit:
        """Assemble the kit for one campaign on one day; the base language is the tree's own."""
        memory = self.memory
        base = base_language(tree)
        return Kit(
            law=Law(_worded, is_guardrail, base),
            expand=self._expand,
            types=self.registry.type,
            recipe=self.recipe,
            rules=Rulebook(
                lambda d, words, facets, day: memory.check(d, words, facets, (day, self._subject)),
                lambda d, words, facets, day: memory.guardrail(d, words, facets, (day, self._subject)),
                memory.guardrail_hash,
                is_guardrail,
            ),
            matching=Matching(memory.says, fragments, _carries, sentences),
            roles=Roles(lambda d, words, facets: _demanded(memory, (d, words, facets)), people, round_of),
            facets=memory.facets,
            today=today,
            renames=lambda facets, ids: renames(facets, ids, self._expand(facets)),
        )

    def recipe(self, deliverable: Deliverable) -> Recipe:
        """Give the configured recipe of a deliverable."""
        if self.registry.type(deliverable.type).made_by != "worker":
            return Recipe("house", "")
        house = self.registry.house_source(deliverable.type, deliverable.language) or ""
        model = self.own.get(self.registry.worker_of(deliverable.type).slug, self.model)
        if model == "house":
            return Recipe("house", house)
        return Recipe("model", house, self.registry.prompt_source(deliverable.type), model)

    def _expand(self, facets: Facets) -> Mapping[str, Deliverable]:
        slug = str(facets.get("campaign.playbook", "product-launch"))
        playbook = self.playbook(slug)
        return self.memory.layout(facets, playbook, lambda: self._laid_out(facets, playbook))

    def _laid_out(self, facets: Facets, playbook: Playbook) -> Mapping[str, Deliverable]:
        return with_slots(Ground(facets, public_holidays), expand(facets, playbook, self.registry.every, public_holidays))

    def _subject(self, deliverable: Deliverable, words: Mapping[str, str], day: date) -> Subject:
        known = self.registry.every.get(deliverable.type)
        slots = {spec.name: spec.slot for spec in known.fields} if known else {}
        publish = date.fromisoformat(deliverable.publish) if deliverable.publish else day
        return Subject(
            asset=deliverable.id, type=deliverable.type, channel=_plain(deliverable.channel), audience=_plain(deliverable.audience),
            market=_plain(deliverable.market), language=deliverable.language, visibility=cast(Any, known.visibility if known else "staff"),
            texts={name: text for name, text in words.items() if text}, slots=slots, publish=publish,
        )  # fmt: skip


def base_language(tree: Tree) -> str:
    """Give the bare language code of the strategy's own sentences."""
    campaign = cast(Mapping[str, Any], tree.get("campaign") or {})
    return str(campaign.get("language") or "en").partition("-")[0]


def is_guardrail(path: str) -> bool:
    """Tell whether a strategy line is verified on finished texts rather than keyed when a brief reads it."""
    if path.endswith(MEMBERS):
        return f"{path[: -len(MEMBERS)]}".startswith((*AT_ONCE, "channel."))
    return is_checked(path) or role_of(path) == "guardrail"


def adopted_at_once(ref: str, main: Facets) -> bool:
    """Tell whether an edit is a rule that main adopts at once: guardrail lines of what main already has."""
    if "@" in ref or not is_guardrail(ref):
        return False
    parent = ".".join(ref.split(".")[:2])
    return ref.startswith(AT_ONCE) or f"{parent}.{MEMBERS}" in main


def _worded(path: str) -> bool:
    leaf = leaf_at(path)
    return leaf is not None and leaf.worded


def _carries(text: str, runs: tuple[str, ...]) -> tuple[str, ...]:
    return carries(text, runs)


def _plain(name: str) -> str:
    return "" if name == NONE else name


def _demanded(memory: Memory, asked: tuple[Deliverable, Mapping[str, str], Facets]) -> tuple[str, ...]:
    """List the approval rules that a text needs, `copy` rules first."""
    deliverable, words, facets = asked
    roles = [str(slug) for slug in cast(tuple[Any, ...], facets.get(f"approvals.{MEMBERS}") or ())]
    kinds = {role: str(facets.get(f"approvals.{role}.for", "copy")) for role in roles}
    stated_paths = {key[2:] for text in words.values() for key, _hash in memory.says(text, facets)}
    needs = {
        "copy": True,
        "claims": any(path.startswith(("claims.", "offers.")) for path in stated_paths),
        "prices": any(path.startswith("offers.") for path in stated_paths),
        "quotes": any(path.startswith("people.") and path.endswith(".quote") for path in stated_paths),
    }
    order = ("copy", "claims", "prices", "quotes")
    asked_for = [role for kind in order for role in roles if kinds[role] == kind and needs[kind] and _reaches(role, deliverable, facets)]
    return tuple(sorted(asked_for, key=lambda role: round_of(role, facets)))


def _reaches(role: str, deliverable: Deliverable, facets: Facets) -> bool:
    """Tell whether a rule is meant for this market and channel; a text of no market or channel asks everybody."""
    for part, here in (("markets", deliverable.market), ("channels", deliverable.channel)):
        only = cast(tuple[Any, ...], facets.get(f"approvals.{role}.{part}") or ())
        if only and here != NONE and here not in only:
            return False
    return True


def round_of(role: str, facets: Facets) -> int:
    """Give the round in which a rule is asked; 0 where it has none."""
    return int(str(facets.get(f"approvals.{role}.round") or 0))


def may_release(facets: Facets) -> tuple[str, ...]:
    """Name who may release; nobody named means that everybody may."""
    roles = cast(tuple[Any, ...], facets.get(f"approvals.{MEMBERS}") or ())
    rules = [str(role) for role in roles if facets.get(f"approvals.{role}.for") == "release"]
    return tuple(dict.fromkeys(name for role in rules for name in people(role, None, facets)))


def people(role: str, deliverable: Deliverable | None, facets: Facets) -> tuple[str, ...]:
    """Name who may sign for a role: who, then the deputy. The market's legal is looked up; wordings go to who approves copy."""
    if role == "wordings":
        roles = cast(tuple[Any, ...], facets.get(f"approvals.{MEMBERS}") or ())
        role = next((str(slug) for slug in roles if facets.get(f"approvals.{slug}.for", "copy") == "copy"), "")
    named = [facets.get(f"approvals.{role}.{part}") for part in ("who", "deputy")]
    market = deliverable.market if deliverable else NONE
    resolved = [_legal(market, facets) if str(name).lower() in ("the market's legal", "market legal") else str(name) for name in named if name]
    return tuple(dict.fromkeys(name for name in resolved if name))


def _legal(market: str, facets: Facets) -> str:
    """Give a market's legal; texts of no market go to the first market's."""
    own = facets.get(f"markets.{market}.legal")
    markets = cast(tuple[Any, ...], facets.get(f"markets.{MEMBERS}") or ())
    first = next((facets.get(f"markets.{slug}.legal") for slug in markets if facets.get(f"markets.{slug}.legal")), "")
    return str(own or first or "")
