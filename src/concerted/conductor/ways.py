"""Ways to go about a change: all now, our own channels first, after the launch. Each is a plan of its own, and can be carried out."""

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from concerted.campaign.change import Change
from concerted.campaign.line import FOLLOWS_LATER, State
from concerted.conductor.consequences import consequences, plan_of
from concerted.conductor.report import Report
from concerted.conductor.session import Session
from concerted.conductor.waiting import launch_of

Way: TypeAlias = Literal["all", "owned", "after"]
ALL: Way = "all"


@dataclass(frozen=True, slots=True)
class Told:
    """What a marketer reads of a way: its name, what it means, and why no release mixes two strategies."""

    name: str
    means: str
    apart: str


WAYS: dict[Way, Told] = {
    "all": Told(
        "all now",
        "everything follows before the launch",
        "Nothing lands before the last answer, then all of it at once; a release in between holds the old line only.",
    ),
    "owned": Told(
        "owned channels only",
        "what is ours follows now; what is paid for, with the press or with partners keeps the old line until later",
        "What stays is held back from every release of the new line. Release it on the old line before the change, or leave it out.",
    ),
    "after": Told(
        "after launch",
        "the launch goes out on the old line; the change is drafted beside it and lands afterwards",
        "Nothing lands before you say so: a release meanwhile holds the old line only.",
    ),
}


def as_way(session: Session, state: State, change: Change, way: Way) -> Change:
    """Sketch a Change the way it is to be gone about; nothing is stored."""
    match way:
        case "owned":
            return replace(change, stays=_others(session, state, change))
        case "after":
            return replace(change, stays=frozenset(), hold=True)
        case "all":
            return replace(change, stays=frozenset(), revisit=change.revisit | to_follow(state))


def to_follow(state: State) -> frozenset[str]:
    """Name the assets that an earlier change was told to leave on the old line until later."""
    return frozenset(asset for asset, left in state.main.left.items() if left.why == FOLLOWS_LATER)


def _others(session: Session, state: State, change: Change) -> frozenset[str]:
    """Name the assets on channels that are paid for or in other people's hands."""
    others = {slug for slug, channel in session.catalog.channels().items() if channel.paid or channel.earned}
    return frozenset(asset for asset, one in session.build(state, change).deliverables.items() if one.channel in others)


def lay_side_by_side(session: Session, state: State, change: Change, report: Report) -> list[Report]:
    """Plan each way of a Change: what follows, whom it asks and for how long, when all is approved, and what stays on the old line."""
    everything = as_way(session, state, change, ALL)
    if everything != change:
        report = consequences(session, state, plan_of(session, state, everything))
    return [_way(session, state, change, report, way) for way in WAYS]


def _way(session: Session, state: State, change: Change, report: Report, way: Way) -> Report:
    sketch = as_way(session, state, change, way)
    launch = launch_of(session.build(state, change).facets, session.today)
    start = f"{launch[:10]}T{launch[11:16] or '00:00'}" if way == "after" and launch else ""
    planned = report if way == ALL else consequences(session, state, plan_of(session, state, sketch), start)
    touched = [row["id"] for row in report["assets"] if row["action"] != "none"]
    stay = {row["id"] for row in planned["assets"] if row["action"] == "block"} - {row["id"] for row in report["assets"] if row["action"] == "block"}
    old = touched if way == "after" else [asset for asset in touched if asset in stay]
    told = WAYS[way]
    return {
        "option": way,
        "name": told.name,
        "means": told.means,
        "apart": told.apart,
        "assets": len(touched) - len(old),
        "decisions": planned["asked"]["decisions"],
        "decisions_if_worded_anew": planned["asked_if_worded_anew"]["decisions"],
        "minutes": planned["asked"]["minutes"],
        "minutes_if_worded_anew": planned["asked_if_worded_anew"]["minutes"],
        "people": planned["people"],
        "rewritten": planned["review"]["rewritten"],
        "rewritten_minutes": planned["review"]["rewritten_minutes"],
        "approved_by": planned["approved_by"],
        "too_late": [row["id"] for row in planned["too_late"]],
        "old_line": old,
    }
