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
        if not one.is_put_back and (not assets or one.asset in assets) and (since is None or key not in since.interventions)
    ]


def put_back_rows(state: State, assets: Collection[str] = (), since: State | None = None) -> list[Report]:
    """List what was put back of needless rewording (in these assets, or in all); `stands` where it stands today; `since` leaves out earlier ones."""
    return [
        {
            "asset": one.asset, "field": one.field, "refs": one.ref.split(", ") if one.ref else [], "sentences": one.words.split("\n"),
            "because": one.guidance, "said": one.said, "stands": _stands(state, one),
        }
        for key, one in state.interventions.items()
        if one.is_put_back and (not assets or one.asset in assets) and (since is None or key not in since.interventions)
    ]  # fmt: skip


def _stands(state: State, one: Intervention) -> bool:
    draft = state.main.texts.get(one.asset)
    words = draft.values.get(one.field, "") if draft else ""
    return all(sentence in words for sentence in one.words.split("\n"))


def _came_of(state: State, one: Intervention) -> str | None:
    """Give the words that the work which was stopped ended with, else those that stand; None where there are none yet."""
    result, draft = state.results.get(one.task), state.main.texts.get(one.asset)
    stands = draft.values.get(one.field) if draft else None
    return (result.fields.get(one.field) if result else None) or stands


def intervention_totals(state: State) -> Report:
    """Count stops, what they saved, and what was only watched."""
    stops = [one for one in interventions_of(state) if not one.is_put_back]
    made = [one for one in stops if not one.shadow]
    return {
        "total": len(made),
        "shadow": len(stops) - len(made),
        "tokens_saved": sum(one.saved for one in made),
        "right": sum(one.right is True for one in made),
        "wrong": sum(one.right is False for one in made),
        "by_rule": dict(Counter(one.rule for one in made)),
    }
