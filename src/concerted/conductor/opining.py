"""What judge models said of finished drafts, told with who said so and whether the words still stand. Only looks."""

from collections.abc import Collection
from typing import Any

from concerted.campaign.line import State
from concerted.campaign.opinion import Opinion

Report = dict[str, Any]


def opinion_rows(state: State, assets: Collection[str] = ()) -> list[Report]:
    """List judgements (of these assets, or of all): judge, writer, why it was judged, remarks; `current` where the words are as they were judged."""
    return [_row(state, one) for one in state.opinions.values() if not assets or one.asset in assets]


def _row(state: State, one: Opinion) -> Report:
    draft = state.main.texts.get(one.asset)
    stands = draft.values if draft else {}
    return {
        "asset": one.asset,
        "judge": one.judge,
        "writer": one.writer,
        "reason": one.reason,
        "unread": one.unread,
        "revised": list(one.revised),
        "remarks": [
            {"field": r.field, "kind": r.kind, "said": r.said, "quote": r.quote, "current": stands.get(r.field) == one.words.get(r.field)}
            for r in one.remarks
        ],
    }


def opinion_totals(state: State) -> Report:
    """Count what was judged and what came of it."""
    every = tuple(state.opinions.values())
    return {
        "judged": sum(not one.unread for one in every),
        "unread": sum(bool(one.unread) for one in every),
        "with_remarks": sum(bool(one.remarks) for one in every),
        "revised": sum(bool(one.revised) for one in every),
        "latest": [row for row in opinion_rows(state) if row["remarks"] or row["unread"]],
    }
