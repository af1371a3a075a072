"""Signatures that were taken back from texts as they stand: who, when and why, for as long as nobody gave them again."""

from collections.abc import Callable, Mapping

from concerted.campaign.line import Approval, State
from concerted.conductor.report import Report
from concerted.conductor.session import Session


def withdrawals(session: Session, state: State, stand: Callable[[], Mapping[str, str]]) -> dict[str, Report]:
    """Asset -> who took a signature back from its present words, when and why, until that person signs again.

    `stand` gives since when the words of each asset stand; it is asked only where a signature was taken back at all.
    """
    found: dict[str, Report] = {}
    for event in session.keeper.events_of("unapproved"):
        because = event.about.removeprefix(f"{', '.join(put.key for put in event.puts)}: ")
        found |= {put.key: {"by": event.by, "at": event.at, "because": because} for put in event.puts}
    since: Mapping[str, str] = stand() if found else dict[str, str]()
    given = state.main.approvals
    return {
        asset: told for asset, told in found.items() if since.get(asset, told["at"]) <= told["at"] and not _signed_since(given.get(asset, ()), told)
    }


def _signed_since(approvals: tuple[Approval, ...], told: Report) -> bool:
    return any(one.by == told["by"] and one.at >= told["at"] for one in approvals)
