"""What earlier changes left on the old line follows the strategy as it stands now."""

from dataclasses import replace

from concerted.conductor.changing import Confirm, ask, finish, open_or_amend
from concerted.conductor.consequences import consequences, plan_of
from concerted.conductor.report import Report
from concerted.conductor.session import Session
from concerted.conductor.waiting import revisit_of
from concerted.errors import Refused


def follow_left(session: Session, confirm: Confirm, *, hold: bool = False, defaults: bool = False) -> Report:
    """Have what earlier changes left on the old line follow now: plan, question, drafts, landing as for any change. Raises Refused."""
    session.person()
    before = state = session.state()
    if not state.main.left:
        raise Refused("Nothing was left on the old line.", next="concerted status")
    sketch = replace(revisit_of(session, state), title="What was left on the old line", hold=hold)
    report = consequences(session, state, plan_of(session, state, sketch))
    ask(confirm, report, "concerted change --left --yes")
    state = session.settle(open_or_amend(session, state, sketch))
    return {**report, **finish(session, before, state, sketch, defaults=defaults)}
