"""Who is asked since when, by when they agreed to answer, and from when on their deputy's yes counts. The record says when a question came up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import cast

from concerted.campaign.change import Change
from concerted.campaign.decision import Decision, Item
from concerted.campaign.deliverable import Deliverable
from concerted.campaign.facets import MEMBERS, Facets
from concerted.campaign.line import Approval, Result, State
from concerted.campaign.review import EVERYONE, LEGAL, OF_LEGAL
from concerted.conductor.report import Report, decision_rows
from concerted.conductor.session import Session
from concerted.conductor.sketch import new_change
from concerted.conductor.withdrawn import withdrawals
from concerted.errors import Reason
from concerted.planning.answer_times import agreed, answer_by
from concerted.planning.build import Built
from concerted.planning.site import Slot
from concerted.planning.standing import standing
from concerted.planning.stations import signed_roles
from concerted.planning.working_days import public_holidays
from concerted.rules.lexicon import as_text

MAIN = "main"
"""What a question that a landing left open is asked on."""
MINUTES = 16
"""Characters of a moment up to its minutes."""


def launch_of(facets: Facets, today: str) -> str:
    """Give the next launch of any market as it is written, empty where none is ahead."""
    days = sorted(as_text(value) for path, value in facets.items() if path.startswith("markets.") and path.endswith(".launch"))
    return next((day for day in days if day[:10] >= today), "")


@dataclass
class Asked:
    """One look at the record of a campaign as it stands on `built`."""

    session: Session
    state: State
    built: Built
    known: dict[tuple[str, str], datetime | None] = field(default_factory=dict[tuple[str, str], datetime | None])

    def answer_by(self, rule: str, since: str) -> str:
        """Give the moment until which a rule's person, asked `since`, has time; empty where no time was agreed."""
        if (rule, since) not in self.known:
            facets = self.built.facets
            launch = launch_of(facets, self.session.today)
            ahead = datetime.fromisoformat(launch[:MINUTES]) if launch else None
            self.known[rule, since] = answer_by(datetime.fromisoformat(since[:19]), agreed(facets, rule), ahead, public_holidays)
        by = self.known[rule, since]
        return by.isoformat(" ", "minutes") if by else ""

    def is_past(self, moment: str) -> bool:
        """Tell whether a moment is over; an empty one is: nobody has to be waited for."""
        return moment <= spoken(self.session.now())

    # Signatures under texts of the campaign ---------------------------------------------------------------------------

    def since(self, slot: Slot, role: str) -> str:
        """Say since when a role is asked for its signature: since these words stand, and those of earlier rounds have signed."""
        roles, facets = self.built.site.kit.roles, self.built.facets
        words = slot.before.signed if slot.before else {}
        signed = self.state.main.approvals.get(slot.id, ())
        order = roles.round(role, facets)
        moments = [self.stand.get(slot.id, self.session.now())]
        moments += [one.at for other, one in signed_roles(signed, words, facets).items() if 0 < roles.round(other, facets) < order]
        if any(one.role == role and signed_roles((replace(one, facts=()),), words, facets) for one in signed):
            # The words are the same; what they state changed with the strategy.
            moments += [version.at for version in self.state.versions[-1:]]
        if (back := self.withdrawn.get(slot.id)) and back["by"] in roles.people(role, slot.deliverable, facets):
            moments.append(back["at"])
        return max(moments)

    @cached_property
    def withdrawn(self) -> Mapping[str, Report]:
        """Asset -> who took a signature back from its present words, when and why."""
        return withdrawals(self.session, self.state)

    @cached_property
    def stand(self) -> dict[str, str]:
        """Asset -> since when its present words stand, and the file that carries them."""
        words = {(asset, draft.id): draft.signed for asset, drafts in self.state.drafts.items() for draft in drafts}
        found: dict[str, str] = {}
        last: dict[str, Mapping[str, str] | None] = {}
        for at, asset, draft in self.session.keeper.placed("texts"):
            now = words.get((asset, str(draft)))
            if asset not in found or now != last.get(asset):
                found[asset] = at
            last[asset] = now
        return found

    def named(self, role: str, made: Deliverable | None) -> tuple[str, str]:
        """Name a rule's person and deputy for a text; empty where there is none."""
        people = (*self.built.site.kit.roles.people(role, made, self.built.facets), "", "")
        return people[0], people[1]

    def early(self, slot: Slot, given: Iterable[Approval]) -> list[tuple[Approval, Reason]]:
        """List the signatures of a deputy that do not count yet, each with whose turn it is and from when on it counts."""
        found: list[tuple[Approval, Reason]] = []
        for one in given:
            who, deputy = self.named(one.role, slot.deliverable)
            since = self.since(slot, one.role)
            until = self.answer_by(one.role, since) if one.by == deputy and one.by != who else ""
            if not self.is_past(until):
                found.append((one, Reason(_too_early(who, since, (deputy, until)), f'concerted approve {slot.id} --by "{who}"', slot.id)))
        return found

    def signatures(self) -> list[Report]:
        """List who is asked for signatures, by rule: how many texts, since when, by when, and who may sign from when on."""
        rows: dict[tuple[str, str], Report] = {}
        for slot in self.built.slots.values():
            for role, since in self._open(slot):
                who, deputy = self.named(role, slot.deliverable)
                until = self.answer_by(role, since)
                row = rows.setdefault(
                    (who, role), {"who": who, "rule": role, "texts": 0, "late": 0, "since": since, "answer_by": until, "deputy": deputy, "assets": []}
                )
                row["texts"] += 1
                row["assets"].append(slot.id)
                row["late"] += bool(until) and self.is_past(until)
                row["since"] = min(row["since"], since)
                row["answer_by"] = min(row["answer_by"], until)
        return [
            {
                **row,
                "since": spoken(row["since"]),
                "deputy": row["deputy"] or None,
                "to_send": self._to_send(str(row["rule"]), str(row["who"]), row["assets"]),
            }
            for row in rows.values()
        ]

    def _to_send(self, rule: str, who: str, assets: Iterable[str]) -> bool:
        """Tell whether a rule is somebody's who reads claims, prices or quotes, and words that wait for it went out to them in no copy."""
        if str(self.built.facets.get(f"approvals.{rule}.for", "copy")) not in OF_LEGAL:
            return False
        rounds = [self.state.rounds[name].texts for name in (rule, who, LEGAL, EVERYONE) if name in self.state.rounds]
        drafts, out = {asset: self.state.main.texts[asset] for asset in assets}, self.state.last_released()
        unread = {asset: draft for asset, draft in drafts.items() if out.get(asset) != draft.id}
        waiting = [(f"{asset}#{name}", text.hash) for asset, draft in unread.items() for name, text in draft.fields.items() if text.value]
        return any(all(texts.get(place) != words for texts in rounds) for place, words in waiting)

    def _open(self, slot: Slot) -> list[tuple[str, str]]:
        """List the roles whose signature a current text waits for, each with since when; later rounds wait for earlier ones."""
        if slot.before is None or standing(slot) != "fresh" or slot.id in self.state.main.excluded:
            return []
        roles, facets, words = self.built.site.kit.roles, self.built.facets, slot.before.signed
        signed = signed_roles(self.state.main.approvals.get(slot.id, ()), words, facets)
        demanded = [role for role in roles.demanded(slot.deliverable, slot.before.values, facets) if role not in signed]
        first = min((order for role in demanded if (order := roles.round(role, facets))), default=0)
        return [(role, self.since(slot, role)) for role in demanded if roles.round(role, facets) in (0, first)]

    # Questions of a Change --------------------------------------------------------------------------------------------

    def decision(self, change: Change, decision: Decision) -> Report:
        """Say of an open decision since when it is asked, by when it was to be answered, and from when on deputies answer it."""
        since = max(self._came_up(change, item) for item in decision.items)
        rules = self._rules(decision)
        limits = {rule: self.answer_by(rule, since) for rule in rules}
        deputies: dict[str, str] = {}
        for rule, until in limits.items():
            made = self.built.slots[decision.items[0].asset].deliverable if decision.items[0].asset in self.built.slots else None
            _who, deputy = self.named(rule, made)
            if deputy and deputy != decision.who:
                deputies[deputy] = min(deputies.get(deputy, until), until)
        by = min(filter(None, limits.values()), default="")
        return {
            "asked_since": spoken(since), "answer_by": by or None, "late": bool(by) and self.is_past(by),
            "deputies": [{"who": deputy, "from": until or None, "counts": self.is_past(until)} for deputy, until in deputies.items()],
        }  # fmt: skip

    def _rules(self, decision: Decision) -> list[str]:
        """Name the approval rules under which somebody is asked: those of the person, and the one whose station it is."""
        facets = self.built.facets
        rules = [str(rule) for rule in cast("tuple[object, ...]", facets.get(f"approvals.{MEMBERS}") or ())]
        return [rule for rule in rules if decision.who == facets.get(f"approvals.{rule}.who") or decision.items[0].key.endswith(f":{rule}")]

    def _came_up(self, change: Change, item: Item) -> str:
        """Say since when a question is asked: since the Change holds what it asks about, and what comes before it is answered."""
        if change.id not in self.state.changes:
            places = {item.asset, f"wording:{item.ref}"}
            return max((at for at, key, value in self.session.keeper.placed("left") if key in places and value), default=self.session.now())
        place = f"{item.asset}#{item.field}"
        since = change.opened
        known: object = None
        for at, version in self._versions.get(change.id, ()):
            asks = version and (version.edits, version.texts.get(place), version.notes.get(item.asset), version.refused.get(place), version.revisit)
            if asks != known:
                since, known = at, asks
        above = self._above(item.asset)
        answers = (one.at for key, one in change.answers.items() if _comes_before(key, (place, item), above))
        returned = (at for at, _key, result in self._results if result and result.asset == item.asset) if item.asset else ()
        return max((since, *answers, *returned))

    def _above(self, asset: str) -> set[str]:
        """Name the assets from whose words an asset is written, directly or not."""
        found: set[str] = set()
        ahead = [asset]
        while ahead:
            made = self.built.deliverables.get(ahead.pop())
            new = set(made.needs.values()) - found if made else set[str]()
            found |= new
            ahead += new
        return found

    @cached_property
    def _versions(self) -> dict[str, list[tuple[str, Change | None]]]:
        found: dict[str, list[tuple[str, Change | None]]] = {}
        for at, key, change in self.session.keeper.placed("changes"):
            found.setdefault(key, []).append((at, change))
        return found

    @cached_property
    def _results(self) -> tuple[tuple[str, str, Result | None], ...]:
        return tuple(self.session.keeper.placed("results")) if self.state.results else ()


def _comes_before(key: str, asked: tuple[str, Item], above: set[str]) -> bool:
    """Tell whether an answer had to be there before a question could be asked: an earlier station, an upstream text, a wording of the same line."""
    place, item = asked
    kind, _, ref = key.partition(":")
    if kind in ("wording", "edit"):
        return ref.partition("@")[0] in item.causes
    return (kind == place and key != item.key) or key.partition("#")[0] in above


def _too_early(who: str, since: str, deputy: tuple[str, str]) -> str:
    """Say whose yes it is, and from when on the deputy's counts."""
    return f"it is {who}'s to sign, asked {spoken(since)}; a yes of {deputy[0]}, the deputy, counts from {deputy[1]} on"


def spoken(moment: str) -> str:
    """Write a moment of the record for a reader, without seconds and offset."""
    return moment[:MINUTES].replace("T", " ")


def decisions_of(session: Session, state: State) -> list[Report]:
    """List the open decisions of every Change, and the questions that landings left open, with who is asked since when."""
    return [
        {**row, **asked_of(session, state, change, decision)}
        for change, decision in open_decisions(session, state)
        for row in decision_rows((decision,), change.id if change.id in state.changes else MAIN)
    ]


def asked_of(session: Session, state: State, change: Change, decision: Decision) -> Report:
    """Say of one open decision since when it is asked, by when it was to be answered, and who may answer instead from when on."""
    return Asked(session, state, session.build(state, change)).decision(change, decision)


def open_decisions(session: Session, state: State) -> list[tuple[Change, Decision]]:
    """List every open decision with its Change; one that is not stored stands for questions that landings left open."""
    changes = [*state.changes.values(), *([revisit_of(session, state)] if state.main.left else [])]
    return [(change, decision) for change in changes for decision in session.build(state, change).decisions]


def revisit_of(session: Session, state: State) -> Change:
    """Sketch a Change that takes up again every question that a landing left open."""
    return replace(new_change(session, state, "Questions that were left open"), revisit=frozenset(state.main.left))
