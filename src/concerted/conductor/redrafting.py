"""The verb for "I do not like this one": another attempt at a text, with a note that the writer reads."""

from dataclasses import replace

from concerted.campaign.change import Change
from concerted.campaign.line import State
from concerted.conductor.changing import Confirm, ask, open_or_amend, ran
from concerted.conductor.consequences import consequences, plan_of
from concerted.conductor.report import Report
from concerted.conductor.session import Session
from concerted.conductor.sketch import new_change
from concerted.errors import NotFound, Reason, Refused
from concerted.planning import lifecycle
from concerted.planning.plan import Plan


def redraft(session: Session, assets: tuple[str, ...], note: str, confirm: Confirm) -> Report:
    """Ask for another attempt at assets. Raises Refused where the house writer has no other variant."""
    before = state = session.state()
    change = new_change(session, state, f"Another attempt at {', '.join(assets)}")
    for asset in assets:
        if asset not in state.main.texts:
            raise NotFound(f"There is no draft of {asset}.", next="concerted status")
        change = lifecycle.request_redraft(change, state, asset, note or "another attempt, please")
    change, shown = _where_there_is_another(session, state, change, assets)
    same = [asset for asset in assets if _is_as_it_was(shown, asset)]
    spent = [Reason("every field keeps its words", f"concerted edit {asset} --field NAME --text ...", asset) for asset in same]
    if spent:
        raise Refused("The house writer has no other variant.", reasons=spent)
    report = consequences(session, state, shown)
    if shown.affected - set(assets):
        ask(confirm, report, f"concerted redraft {' '.join(assets)} --yes")
    state = session.settle(open_or_amend(session, state, change))
    return {**report, **ran(session, before, state, change)}


def _where_there_is_another(session: Session, state: State, change: Change, assets: tuple[str, ...]) -> tuple[Change, Plan]:
    """Send back only what can be written otherwise; a field without another variant, such as a call to action, keeps its words."""
    shown = plan_of(session, state, change)
    stuck = {f"{item.asset}#{item.field}" for item in shown.built.items if item.kind == "finding" and item.asset in assets}
    if not stuck:
        return change, shown
    change = replace(change, refused={place: hashes for place, hashes in change.refused.items() if place not in stuck})
    return change, plan_of(session, state, change)


def _is_as_it_was(shown: Plan, asset: str) -> bool:
    slot = shown.built.slots[asset]
    same = slot.draft is not None and slot.before is not None and slot.draft.values == slot.before.values
    return same and not slot.pending and not slot.items
