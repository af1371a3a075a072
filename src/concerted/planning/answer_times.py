"""By when somebody who is asked has agreed to answer; from then on the deputy's yes counts. Pure: the moment of asking is an argument."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from concerted.campaign.facets import Facets
from concerted.campaign.scalars import duration_of
from concerted.planning.effort import ANSWER_HOURS
from concerted.planning.moments import members, text, texts
from concerted.planning.working_days import Closed, country_of, works

SOON = timedelta(hours=72)
"""From so long before the launch on, the urgent answer times hold."""
LONGEST = timedelta(days=366)
"""More than this nobody means."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What an approval rule says about time. Without `within` nothing was agreed: the deputy may answer at once."""

    within: timedelta | None = None
    urgent: timedelta | None = None
    country: str = ""
    """Whose holidays count: the rule's only market's, else those of the campaign's own language."""


def agreed(facets: Facets, rule: str) -> Agreed:
    """Read an approval rule. Where only the urgent time is given, the usual one is a working day's hours."""
    said, urgent = (text(facets, f"approvals.{rule}.{part}") for part in ("within", "urgent"))
    within = duration_of(said) if said else timedelta(hours=ANSWER_HOURS) if urgent else None
    only = texts(facets, f"approvals.{rule}.markets")
    country = country_of(text(facets, f"markets.{only[0]}.language")) if len(only) == 1 else ""
    return Agreed(within, duration_of(urgent) if urgent else None, country or country_of(text(facets, "campaign.language")))


def answer_by(asked: datetime, terms: Agreed, launch: datetime | None, closed: Closed) -> datetime | None:
    """Give the moment until which who was asked has time; None where no time was agreed.

    Hours run on working days, round the clock. Within three days of the launch the urgent hours run as well, on every day, and from then on at
    the earliest: whichever ends first.
    """
    if terms.within is None:
        return None
    usual = add_working_time(asked, terms.within, terms.country, closed)
    if terms.urgent is None or launch is None or asked > launch:
        return usual
    return min(usual, max(asked, launch - SOON) + min(terms.urgent, LONGEST))


def answers_by(who: str, asked: datetime, facets: Facets, launch: datetime | None, closed: Closed) -> datetime:
    """Give the moment until which somebody has time by every rule that names them; where no time was agreed, a working day's hours."""
    named = [rule for rule in members(facets, "approvals") if who in (text(facets, f"approvals.{rule}.{part}") for part in ("who", "deputy"))]
    terms = [agreed(facets, rule) for rule in named] or [agreed(facets, "")]
    return max(answer_by(asked, one, launch, closed) or add_working_time(asked, timedelta(hours=ANSWER_HOURS), one.country, closed) for one in terms)


def add_working_time(start: datetime, length: timedelta, country: str, closed: Closed) -> datetime:
    """Add a span of time that stands still on weekends and public holidays."""
    at, left = start, min(length, LONGEST)
    while True:
        midnight = datetime.combine(at.date() + timedelta(days=1), time())
        if works(at.date(), country, closed):
            if at + left <= midnight:
                return at + left
            left -= midnight - at
        at = midnight
