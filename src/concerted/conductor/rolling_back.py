"""What one version changed is taken back, and only that: a Change like any other, with its plan, its questions and its landing."""

from concerted.campaign.change import Edit
from concerted.campaign.facets import MEMBERS
from concerted.campaign.line import State
from concerted.conductor.changing import Confirm, Sketched, carry_out, rules_at_once
from concerted.conductor.folder_edits import check_write_back, refuse_other_values
from concerted.conductor.report import Report
from concerted.conductor.session import Session
from concerted.conductor.sketch import new_change
from concerted.conductor.soundness import refuse_unsound_edits
from concerted.errors import Reason, Refused
from concerted.planning import lifecycle


def roll_back(session: Session, number: int, confirm: Confirm, *, hold: bool = False, defaults: bool = False) -> Report:
    """Take back what strategy `number` changed. A line that has moved since is a question on the Change. Raises NotFound, Refused, NotConfirmed."""
    session.person()
    state = session.state()
    edits = _edits(state, number)
    change = new_change(session, state, f"Take back strategy {number}").with_edits(edits)
    rows = {ref: edit.new for ref, edit in edits.items() if not ref.endswith(MEMBERS)}
    refuse_other_values(session, state, rows)
    refuse_unsound_edits(session, state.main.tree, change.edits.values())
    if session.keeper.working_base() is not None:
        check_write_back(session, rows)
    sketched = Sketched(change, rules_at_once(state, change, edits, session.kit(state.main.tree)), {"joins": None})
    return carry_out(session, sketched, confirm, hold=hold, defaults=defaults)


def _edits(state: State, number: int) -> dict[str, Edit]:
    edits = lifecycle.rollback_edits(state, number)
    if number == 1:
        why = "there was no campaign before it"
        raise Refused("The first strategy cannot be taken back.", reasons=[Reason(why, "concerted change --set REF=VALUE", "strategy 1")])
    if not edits:
        raise Refused(f"Nothing that strategy {number} changed stands today; there is nothing to take back.", next="concerted history")
    return edits
