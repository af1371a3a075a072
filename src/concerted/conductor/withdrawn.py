"""Signatures that were taken back from texts as they stand: who, when and why, for as long as nobody gave them again."""

from concerted.campaign.line import State
from concerted.conductor.report import Report
from concerted.conductor.session import Session


def withdrawals(session: Session, state: State) -> dict[str, Report]:
    """Asset -> who took a signature back from its present words, when and why, until that person signs again or the words are others.

    The order of the record counts, never its clock: two events may be of one second. It is read only where a signature was taken back at all.
    """
    if not session.keeper.events_of("unapproved"):
        return {}
    words = {(asset, draft.id): draft.signed for asset, drafts in state.drafts.items() for draft in drafts}
    found: dict[str, Report] = {}
    now: dict[str, object] = {}
    for _number, event in session.keeper.events():
        for put in event.puts:
            if put.section == "texts":
                said = words.get((put.key, str(put.value)))
                if said != now.get(put.key):
                    found.pop(put.key, None)
                now[put.key] = said
            elif event.kind == "unapproved":
                because = event.about.removeprefix(f"{', '.join(one.key for one in event.puts)}: ")
                found[put.key] = {"by": event.by, "at": event.at, "because": because}
            elif put.section == "approvals" and put.key in found and event.by == found[put.key]["by"]:
                del found[put.key]
    return found
