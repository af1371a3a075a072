"""The plan: what a Change would do, before anything is spent. For house-written assets it is exactly what then happens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from concerted.campaign.change import Change
from concerted.campaign.deliverable import Deliverable
from concerted.campaign.draft import Draft
from concerted.campaign.facets import Facets, Value, wording_source, wordings
from concerted.campaign.finding import Finding
from concerted.campaign.line import State
from concerted.planning.build import Built, build
from concerted.planning.impact import Index, reach
from concerted.planning.kit import Kit
from concerted.planning.rename import lookalikes
from concerted.planning.site import Slot
from concerted.planning.standing import Standing, standing

Action: TypeAlias = Literal["draft", "revise", "reuse", "recheck", "propose", "hold", "block", "retire", "none"]

TOKENS_A_FIELD = 120
CHARACTERS_A_TOKEN = 4
SECONDS_A_CALL = 6
"""For model-written groups, per wave. An assumption until a run has measured it."""
KEEP_SHARE = 0.5
"""Share of fields below the first wave that a skilled writer keeps (3-score, section 4: 0.4 to 0.9 by kind of change)."""


@dataclass(frozen=True, slots=True)
class PlannedAsset:
    """One row of a plan."""

    id: str
    standing: Standing
    action: Action
    why: tuple[tuple[str, ...], ...]
    """Why-chains, each from the changed ref down to this asset."""


@dataclass(frozen=True)
class Plan:
    """What a Change would do. `definite` assets change for certain, `worst` may."""

    change: Change
    built: Built
    assets: tuple[PlannedAsset, ...]
    definite: int
    worst: int
    expected: tuple[int, int]
    calls: int
    tokens: int
    seconds: int
    findings: tuple[Finding, ...]

    @property
    def affected(self) -> frozenset[str]:
        """The footprint: every asset with an action."""
        return frozenset(row.id for row in self.assets if row.action != "none")

    def ids(self, *actions: Action) -> tuple[str, ...]:
        """List the asset ids with one of these actions."""
        return tuple(row.id for row in self.assets if row.action in actions)


def plan(state: State, change: Change, kit: Kit) -> Plan:
    """Plan a Change: no model is called; house-written texts are rendered in memory."""
    built = build(state, change, kit)
    asked = wording_readers(built)
    rows = [_row(slot, asked) for slot in built.slots.values()]
    rows += [PlannedAsset(asset, "retired", "retire", ()) for asset in built.retired]
    definite = [slot for slot in built.slots.values() if action(slot) != "none" and (slot.stale or slot.before is None)]
    worst = {slot.id for slot in built.slots.values() if action(slot) != "none" or slot.unsettled} | asked.keys() | _undecided(built)
    below = len(worst) - len(definite)
    total = len(definite) + len(built.retired)
    expected = (total + round(below * (1 - KEEP_SHARE)), total + below)
    tokens = sum(len(task.brief) // CHARACTERS_A_TOKEN + TOKENS_A_FIELD * len(task.fields) for task in built.wanted)
    waves = len({slot.deliverable.type for slot in built.slots.values() if slot.pending})
    return Plan(
        change,
        built,
        tuple(rows),
        total,
        len(worst) + len(built.retired),
        expected,
        len(built.wanted),
        tokens,
        waves * SECONDS_A_CALL,
        (*_unnamed_renames(state, built, kit), *judge_edits(change, built.facets, kit)),
    )


def _undecided(built: Built) -> set[str]:
    """Name the assets below undecided texts and wordings: another answer than the one shown may change them, too."""
    if not built.items:
        return set()
    index = Index.of({asset: draft for asset, slot in built.slots.items() if (draft := slot.draft or slot.before)})
    older = {item.ref for item in built.items if item.kind == "wording"}
    base = built.site.kit.law.base
    made = {ref for ref in wordings(built.facets) if wording_source(ref, built.facets, base) in older} if older else set[str]()
    places = [(item.asset, item.field) for item in built.items if item.asset]
    return {asset for asset in reach(index, older | made, places).assets() if asset in built.slots}


def _unnamed_renames(state: State, built: Built, kit: Kit) -> tuple[Finding, ...]:
    """Point out entries that look renamed without `was`, before what people did to their assets retires."""
    found: list[Finding] = []
    for old, new in lookalikes(kit.facets(state.main.tree, state.main.catalog), built.facets) if built.retired else ():
        slug = old.partition(".")[2]
        mine = [asset for asset in built.retired if slug in asset.split(".")]
        worked = [
            asset
            for asset in mine
            if asset in state.main.approvals or any(text.origin == "person" for text in state.main.texts[asset].fields.values())
        ]
        what = f"{len(worked)} edited or approved assets" if worked else f"{len(mine)} assets"
        found.append(
            Finding("looks-like-a-rename", "advice", f"{new} looks like a rename of {old}: {what} would retire.", f"Add was: {slug} to {new}.", new)
        )
    return tuple(found)


def wording_readers(built: Built) -> dict[str, str]:
    """Map each asset that reads an older wording to that wording: it waits for the answer, and changes if the answer is a new text."""
    return {asset: item.ref for item in built.items if item.kind == "wording" for asset in item.assets}


def _row(slot: Slot, asked: Mapping[str, str]) -> PlannedAsset:
    what = action(slot)
    if what == "none" and slot.id in asked:
        return PlannedAsset(slot.id, "held", "hold", ((asked[slot.id].partition("@")[0], asked[slot.id]),))
    return PlannedAsset(slot.id, standing(slot), what, _why(slot))


def action(slot: Slot) -> Action:
    """Name what a line would do to an asset."""
    if slot.type.made_by != "worker" and slot.file is None:
        return "none"
    kinds = {item.kind for item in slot.items}
    if kinds & {"owned text", "approved text"}:
        return "propose"
    if slot.left or (slot.blocked and not kinds):
        return "block"
    if kinds:
        return "hold"
    if slot.before is None:
        return "draft"
    if slot.pending:
        return "revise"
    return "none" if slot.draft is None else _moved(slot, slot.before, slot.draft)


def _moved(slot: Slot, before: Draft, after: Draft) -> Action:
    """Name what a line does to an asset that stands before and after it."""
    if after.id == before.id:
        return "none"
    if after.signed == before.signed:
        return "recheck"
    if slot.proposed:
        return "propose"
    changed = {name for name, words in after.signed.items() if before.signed.get(name) != words}
    return "reuse" if changed <= slot.reused else "revise"


def _why(slot: Slot) -> tuple[tuple[str, ...], ...]:
    return tuple(path or (root,) for root, path in slot.roots.items())


def judge_edits(change: Change, facets: Facets, kit: Kit) -> tuple[Finding, ...]:
    """Judge the edited lines themselves against the rest of the strategy, before anything is drafted."""
    found: list[Finding] = []
    for ref, edit in change.edits.items():
        if isinstance(edit.new, str) and "@" not in ref and kit.law.worded(ref) and not ref.startswith(("claims.", "audiences.")):
            others: dict[str, Value] = {path: value for path, value in facets.items() if path != ref and not path.startswith(f"{ref}@")}
            found += kit.rules.check(Deliverable("strategy"), {ref: edit.new}, others, kit.today)
    return tuple(found)
