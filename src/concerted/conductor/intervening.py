"""Where the guard stopped writers, told with what came of it and whether it was right. Only looks."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import asdict
from typing import Any

from concerted.campaign.intervention import Intervention
from concerted.campaign.line import State
from concerted.guard.steps import judged

Report = dict[str, Any]


def interventions_of(state: State) -> tuple[Intervention, ...]:
    """List where the guard stopped writers, each judged by the words that people signed or wrote afterwards."""
    found = tuple(state.interventions.values())
    return judged(found, _signed(state, {one.asset for one in found}))


def _signed(state: State, assets: Iterable[str]) -> dict[str, str]:
    """Give by `asset#field` the texts that a person owns, or that stand under a signature as they are."""
    signed: dict[str, str] = {}
    for asset in assets:
        approvals, draft = state.main.approvals.get(asset, ()), state.main.texts.get(asset)
        for name, text in draft.fields.items() if draft else ():
            if state.main.owner_of(asset, name) or any(approval.texts.get(name) == text.hash for approval in approvals):
                signed[f"{asset}#{name}"] = text.value
    return signed


def intervention_rows(state: State, assets: Collection[str] = (), since: State | None = None) -> list[Report]:
    """List where the guard stopped writers (of these assets, or of all), each beside the text that came of it; `since` leaves out earlier ones."""
    found = zip(state.interventions, interventions_of(state), strict=True)
    return [
        {**asdict(one), "came": _came_of(state, one)}
        for key, one in found
        if (not assets or one.asset in assets) and (since is None or key not in since.interventions)
    ]


def _came_of(state: State, one: Intervention) -> str | None:
    """Give the words that the work which was stopped ended with, else those that stand; None where there are none yet."""
    result, draft = state.results.get(one.task), state.main.texts.get(one.asset)
    stands = draft.values.get(one.field) if draft else None
    return (result.fields.get(one.field) if result else None) or stands


def intervention_totals(state: State) -> Report:
    """Count stops, what they saved, and what was only watched."""
    made = [one for one in interventions_of(state) if not one.shadow]
    return {
        "total": len(made),
        "shadow": len(state.interventions) - len(made),
        "tokens_saved": sum(one.saved for one in made),
        "right": sum(one.right is True for one in made),
        "wrong": sum(one.right is False for one in made),
        "by_rule": dict(Counter(one.rule for one in made)),
    }
