"""Work-back dates: by when an asset is drafted, reviewed, approved and handed over, counted back from the day it runs. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from concerted.campaign.deliverable import NONE, Deliverable
from concerted.campaign.facets import Facets
from concerted.campaign.playbook import LAUNCH, Offset, Playbook
from concerted.planning.expand import Ground
from concerted.planning.moments import day, launch
from concerted.planning.working_days import Closed, no_holidays

Stage: TypeAlias = Literal["draft", "review", "approve", "hand_over", "publish"]
STAGES: tuple[Stage, ...] = ("draft", "review", "approve", "hand_over", "publish")


@dataclass(frozen=True, slots=True)
class WorkBack:
    """The dates of one asset by stage, the date they are counted from, and the stages that are late: past, and not done."""

    dates: tuple[tuple[Stage, str], ...]
    reference: str
    """Such as "launch in us, 2027-04-13"; empty where there is none yet."""
    late: tuple[Stage, ...] = ()

    def on(self, stage: Stage) -> str:
        """Give the ISO date of a stage; empty where it cannot be told."""
        return dict(self.dates).get(stage, "")


@dataclass(frozen=True)
class Clock:
    """What work-back dates are counted with: the strategy, its playbook, the holidays, the day on which somebody looks."""

    facets: Facets
    playbook: Playbook
    today: str
    closed: Closed = no_holidays

    def back(self, made: Deliverable, done: Collection[Stage] = ()) -> WorkBack:
        """Count back from the day an asset runs, and from the day it must be approved. `done` are stages that need no date any more."""
        found = self.playbook.of_type(made.type, made.channel)
        planned = found[1] if found else None
        lead = planned.lead.over(self.playbook.lead) if planned else self.playbook.lead
        publish = _day(made.publish)
        hand_over = self._before(publish, lead.hand_over, made)
        approve = _day(made.due) or hand_over
        review = self._before(approve, lead.review, made)
        draft = self._before(review, lead.draft, made)
        on: dict[Stage, date | None] = {"draft": draft, "review": review, "approve": approve, "hand_over": hand_over, "publish": publish}
        dates: tuple[tuple[Stage, str], ...] = tuple((stage, at.isoformat() if at else "") for stage, at in on.items())
        late: tuple[Stage, ...] = tuple(stage for stage, said in dates if said and said < self.today and stage not in done)
        anchor = (planned.of(made.variant).due or planned.due or planned.publish) if planned else None
        return WorkBack(dates, self._reference(made, anchor), late)

    def _before(self, at: date | None, days: int | None, made: Deliverable) -> date | None:
        return Ground(self.facets, self.closed).counted(at, -(days or 0), made.market) if at else None

    def _reference(self, made: Deliverable, anchor: Offset | None) -> str:
        name = anchor.anchor if anchor else LAUNCH
        named = str(self.facets.get(f"dates.{name}", ""))[:10] if name != LAUNCH else ""
        if named:
            return f"{name}, {named}"
        found = launch(self.facets, made.market)
        if found is None:
            return ""
        where = f"launch in {found[0]}" if made.market != NONE else f"first launch ({found[0]})"
        return f"{where}, {day(found[1])}"


def _day(said: str) -> date | None:
    return date.fromisoformat(said) if said else None
