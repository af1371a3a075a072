"""What verbs answer, as plain dictionaries with the keys of the command-line contract. The doors print them; nothing decides here."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from concerted.campaign.change import NO_CHANGE, Change
from concerted.campaign.decision import Decision
from concerted.campaign.draft import FILE, Draft
from concerted.campaign.facets import Value
from concerted.campaign.line import State
from concerted.campaign.outside import HandedFile
from concerted.conductor.findings import finding_rows, strategy_name
from concerted.conductor.intervening import intervention_rows, put_back_rows
from concerted.planning.build import Built
from concerted.planning.filed import is_filed
from concerted.planning.plan import Plan, action, wording_readers
from concerted.planning.release import without
from concerted.planning.site import spell_ref
from concerted.planning.standing import cause, standing
from concerted.planning.stations import signed_roles

Report = dict[str, Any]
NO_MONEY = Decimal(0)
NOBODY_ASKED: Report = {
    "people": [],
    "asked": {"decisions": 0, "minutes": 0},
    "asked_if_worded_anew": {"decisions": 0, "minutes": 0},
    "asked_says": "",
    "minutes_explained": "",
    "too_late": [],
    "later": [],
    "behind_if_left": [],
    "left_says": "",
    "review": {"assets": 0, "minutes": 0, "rewritten": 0, "rewritten_minutes": 0, "working_hours_left": None, "covering": []},
    "approved_by": "",
}
"""What a plan means for people where it means nothing for them; `consequences` fills it in."""


def spell(value: Value) -> Any:
    """Bring a value into JSON's types."""
    return list(value) if isinstance(value, tuple) else value


def edit_rows(change: Change) -> list[Report]:
    """List a Change's edits."""
    return [{"ref": spell_ref(edit.ref), "old": spell(edit.old), "new": spell(edit.new), "origin": edit.origin} for edit in change.edits.values()]


def decision_rows(decisions: Iterable[Decision], change: str) -> list[Report]:
    """List open decisions with the texts they are about."""
    return [
        {
            "key": decision.key,
            "change": change,
            "kind": decision.kind,
            "ref": ", ".join(decision.causes),
            "who": decision.who,
            "question": decision.question,
            "options": list(decision.options),
            "default": decision.default,
            "assets": list(decision.assets),
            "items": [
                {
                    "key": item.key,
                    "asset": item.asset,
                    "field": item.field,
                    "ref": item.ref,
                    "before": item.before,
                    "after": item.after,
                    "note": item.note,
                }
                for item in decision.items
            ],
        }
        for decision in decisions
    ]


def plan_report(state: State, plan: Plan) -> Report:
    """Spell what a plan does to texts. What it means for people is added by `consequences`, which is what verbs show."""
    built = plan.built
    return {
        "base": len(state.versions),
        "edits": edit_rows(plan.change),
        "assets": [
            {
                "id": row.id,
                "standing": row.standing,
                "action": row.action,
                "why": [list(path) for path in row.why],
                "fields": changed_fields(built, row.id),
                "blocked": built.slots[row.id].blocked or None if row.id in built.slots else None,
            }
            for row in plan.assets
        ],
        "totals": {"definite": plan.definite, "worst": plan.worst, "expected_p50": plan.expected[0], "expected_p90": plan.expected[1]},
        "cost": cost(plan.calls, plan.tokens),
        "seconds": plan.seconds,
        **NOBODY_ASKED,
        "held": [row.id for row in plan.assets if row.action in ("hold", "block")],
        "older_wordings": [item.ref for item in built.items if item.kind == "wording"],
        "slots": slot_rows(built),
        "excluded": [asset for asset in built.site.main.excluded if asset in built.deliverables],
        "without": [{"id": asset, "files": list(files)} for asset, files in without(built, built.site.main.excluded).items()],
        "findings": finding_rows(plan.findings),
        "decisions": decision_rows(built.decisions, plan.change.id),
        "retired": [{"id": asset, "people_texts": people_fields(state.main.texts[asset])} for asset in built.retired],
        "renames": {old: new for old, new in built.site.aliases.items() if old in state.main.texts},
    }


def no_plan(state: State) -> Report:
    """Spell the plan of a verb that has no consequences to plan."""
    return {
        "base": len(state.versions),
        "edits": [],
        "assets": [],
        "totals": {"definite": 0, "worst": 0, "expected_p50": 0, "expected_p90": 0},
        "cost": cost(0, 0),
        "seconds": 0,
        **NOBODY_ASKED,
        "held": [],
        "older_wordings": [],
        "slots": [],
        "findings": [],
        "decisions": [],
        "retired": [],
        "renames": {},
    }


def nothing(before: State, after: State) -> Report:
    """Spell a verb that changed no text: nothing planned, nothing run, nothing refused."""
    return {**no_plan(before), **run_report(before, after, NO_CHANGE, None), "done": [], "refused": [], "replaced_by": []}


def cost(calls: int, tokens: int, money: Decimal = NO_MONEY) -> Report:
    """Spell what writing costs; money in US dollars as text."""
    return {"calls": calls, "tokens": tokens, "money": str(money)}


def changed_fields(built: Built, asset: str) -> list[Report]:
    """List the fields whose words differ between main and the line."""
    slot = built.slots.get(asset)
    if slot is None:
        return []
    before = slot.before.values if slot.before else {}
    return [
        *file_change(slot.before, slot.file),
        *(
            {"name": name, "old": before.get(name), "new": text.value, "author": text.origin, "by": text.record.author or text.origin}
            for name, text in slot.texts.items()
            if before.get(name) != text.value and (text.value or before.get(name))
        ),
    ]


def file_change(before: Draft | None, after: HandedFile | None) -> list[Report]:
    """Name the file that was handed in where another one, or none, was there before."""
    old = before.file if before else None
    if after is None or (old is not None and old.sha256 == after.sha256):
        return []
    return [{"name": FILE, "old": str(old) if old else None, "new": str(after), "author": "person", "by": after.by}]


def slot_rows(built: Built) -> list[Report]:
    """List the pieces that people and agencies make: who makes each, by when it is needed, what it waits for, where it is shown."""
    shown: dict[str, list[str]] = {}
    for made in built.deliverables.values():
        for slot in made.media:
            shown.setdefault(slot, []).append(made.id)
    return [
        {
            "id": slot.id,
            "made_by": slot.deliverable.made_by,
            "who": slot.deliverable.who,
            "brief": slot.deliverable.why,
            "needed_by": slot.deliverable.due,
            "file": slot.file.name if slot.file else None,
            "waits_for": slot.blocked or None,
            "shown_in": shown.get(slot.id, []),
        }
        for slot in built.slots.values()
        if is_filed(slot)
    ]


def people_fields(draft: Draft) -> list[str]:
    """Name the fields that people wrote."""
    return [name for name, text in draft.fields.items() if text.origin == "person"]


def due_for(built: Built, decisions: Iterable[Decision], who: str) -> str:
    """Give the earliest date by which texts that wait for a person must be approved."""
    assets = {asset for decision in decisions if decision.who == who for asset in decision.assets}
    return min((built.deliverables[asset].due for asset in assets if asset in built.deliverables and built.deliverables[asset].due), default="")


def asset_rows(state: State, built: Built, held: Mapping[str, int], registry: Mapping[str, str]) -> list[Report]:
    """List every asset with its standing; `held` counts open questions by asset, `registry` names the worker by type."""
    rows: list[Report] = []
    for asset, slot in built.slots.items():
        deliverable = slot.deliverable
        signed = signed_roles(state.main.approvals.get(asset, ()), slot.before.signed, built.facets) if slot.before else {}
        owners = sorted({state.main.owner_of(asset, name) for name in slot.texts} - {""})
        demanded = built.site.kit.roles.demanded(deliverable, slot.before.values, built.facets) if slot.before else ()
        reason = cause(slot) or (f"{held[asset]} questions on a Change" if asset in held else "")
        rows.append(
            {
                "id": asset,
                "type": deliverable.type,
                "worker": registry.get(deliverable.type, ""),
                "channel": deliverable.channel,
                "market": deliverable.market,
                "audience": deliverable.audience,
                "language": deliverable.language,
                "group": deliverable.group,
                "standing": standing(slot, held=frozenset(held)),
                "cause": reason,
                "draft": slot.before.id if slot.before else None,
                "approved": sorted(signed),
                "unsigned": [role for role in demanded if role not in signed],
                "owner": ", ".join(owners),
                "due": deliverable.due,
                "excluded": asset in state.main.excluded,
            }
        )
    return rows


def run_report(before: State, after: State, change: Change, built: Built | None, aliases: Mapping[str, str] | None = None) -> Report:
    """Say what a run did, from the states before and after; `built` is the Change's line where it is still open.

    `aliases` maps the assets that were renamed on the way to what they are called today.
    """
    names = aliases or {}
    old, new = {names.get(asset, asset): draft for asset, draft in before.main.texts.items()}, after.main.texts
    moved = {asset: draft for asset, draft in new.items() if asset not in old or old[asset].id != draft.id}
    drafted = [asset for asset, draft in moved.items() if _words_made(draft, (asset, *(was for was, now in names.items() if now == asset)), before)]
    reused = [asset for asset, draft in moved.items() if asset not in drafted and (asset not in old or old[asset].signed != draft.signed)]
    kept = [asset for asset in moved if asset not in drafted and asset not in reused]
    proposed: list[str] = []
    if built is not None:
        by_action = {asset: action(slot) for asset, slot in built.slots.items()}
        proposed = [asset for asset, what in by_action.items() if what == "propose"]
        drafted += [asset for asset, what in by_action.items() if what in ("revise", "draft") and asset not in drafted]
        reused += [asset for asset, what in by_action.items() if what == "reuse" and asset not in reused]
        kept += [asset for asset, what in by_action.items() if what == "recheck" and asset not in kept]
    held, blocked = (_held(built), blocked_rows(built)) if built else ([], [])
    results = [result for task, result in after.results.items() if before.results.get(task) != result]
    calls, tokens = sum(result.calls for result in results), sum(result.tokens for result in results)
    return {
        "strategy": strategy_name(after),
        "change": change.id if change is not NO_CHANGE else None,
        "landed": change is NO_CHANGE or change.id not in after.changes,
        "decisions": decision_rows(built.decisions, change.id) if built else [],
        "drafted": drafted,
        "reused": reused,
        "kept": kept,
        "proposed": proposed,
        "held": held,
        "blocked": blocked,
        "interventions": intervention_rows(after, since=before),
        "put_back": put_back_rows(after, since=before),
        "failed": [{"id": result.asset, "why": result.error, "next": "concerted run"} for result in results if result.error],
        "untouched": len({*new} - {*drafted, *reused, *kept, *proposed, *held} - {row["id"] for row in blocked}),
        "drafts_made": len(drafted) + len([asset for asset in proposed if built and built.slots[asset].made]),
        "calls": calls,
        "tokens": tokens,
        "cost": cost(calls, tokens, sum((Decimal(result.cost) for result in results), NO_MONEY)),
        "seconds": 0,
    }


def _held(built: Built) -> list[str]:
    """Name the assets that only wait for an answer: a rule that no redraft mends, or a wording they read."""
    asked = wording_readers(built)
    return [asset for asset, slot in built.slots.items() if action(slot) == "hold" or (action(slot) == "none" and asset in asked)]


def blocked_rows(built: Built) -> list[Report]:
    """List the assets that cannot be written now and that nobody is asked about, each with why and the next command."""
    return [
        {"id": asset, "why": slot.blocked, "lacks": sorted(slot.lacks), "next": slot.left.next if slot.left else slot.way_out}
        for asset, slot in built.slots.items()
        if slot.blocked and not slot.items and not (is_filed(slot) and asset in built.site.main.excluded)
    ]


def _words_made(new: Draft, names: tuple[str, ...], before: State) -> bool:
    """Tell whether a draft holds words that no stored draft of its asset, under any of its names, held: somebody wrote them now."""
    known = {(name, text.value) for asset in names for draft in before.drafts.get(asset, ()) for name, text in draft.fields.items()}
    files = {draft.file.sha256 for asset in names for draft in before.drafts.get(asset, ()) if draft.file}
    return any((name, text.value) not in known for name, text in new.fields.items()) or (new.file is not None and new.file.sha256 not in files)
