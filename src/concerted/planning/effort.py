"""What a change costs people: minutes of reading and writing, hours until the due date. Assumptions, each named and shown as such."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from concerted.campaign.decision import Decision, DecisionKind, Item
from concerted.planning.working_days import no_holidays, works

WORDS_A_MINUTE = 180
"""Careful reading of copy that one answers for; silent reading of prose is at 240."""
MINUTES_AN_ANSWER: Mapping[DecisionKind, float] = {"owned text": 1.0, "approved text": 0.5, "wording": 4.0, "finding": 3.0, "edit": 2.0, "file": 3.0}
"""Deciding about one text, beyond reading it. A wording is usually written anew."""
MINUTES_TO_OPEN = 1.0
"""Finding the question and back to what one was doing, for each decision."""
MINUTES_A_TEXT = 0.5
"""Opening one redrafted asset that nobody is asked about."""
HOURS_A_DAY = 8
ANSWER_HOURS = 8.0
"""Where an approval rule does not say within which time."""
EXPLAINED = (
    f"Minutes are reading both versions at {WORDS_A_MINUTE} words a minute, {MINUTES_TO_OPEN:g} min to open a question and "
    f"{MINUTES_AN_ANSWER['approved text']:g} to {MINUTES_AN_ANSWER['wording']:g} min to answer for each text; assumptions, not measurements."
)


@dataclass(frozen=True, slots=True)
class Load:
    """One person's share: decisions, minutes, and how many of the decisions come only after somebody else's answer."""

    who: str
    decisions: int
    minutes: int
    later: int = 0


def minutes_of(text: str) -> float:
    """Give the minutes that reading a text takes."""
    return len(text.split()) / WORDS_A_MINUTE


def minutes_for(item: Item) -> float:
    """Give the minutes for one question."""
    return minutes_of(item.before) + minutes_of(item.after) + MINUTES_AN_ANSWER[item.kind]


def loads(decisions: Iterable[Decision], is_later: Callable[[Decision], bool] = lambda _decision: False) -> tuple[Load, ...]:
    """Share decisions out to people, in the order in which they are asked. `is_later`: it comes only after somebody else's answer."""
    counts: dict[str, list[float]] = {}
    for decision in decisions:
        row = counts.setdefault(decision.who, [0, 0.0, 0])
        row[0] += 1
        row[1] += MINUTES_TO_OPEN + sum(minutes_for(item) for item in decision.items)
        row[2] += is_later(decision)
    return tuple(Load(who, int(count), max(1, round(minutes)), int(after)) for who, (count, minutes, after) in counts.items())


def span(low: int, high: int) -> str:
    """Write a figure that depends on how people answer: 5, or 5 to 8."""
    return f"{low:,}" if low == high else f"{min(low, high):,} to {max(low, high):,}"


def working_hours(start: date, end: date) -> int:
    """Count working hours from one day up to another, Monday to Friday."""
    days = (start + timedelta(days=n) for n in range(max(0, (end - start).days)))
    return HOURS_A_DAY * sum(works(day, "", no_holidays) for day in days)


def covering(messages: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Choose few assets that together hold every message that any of them holds; the fullest first. Order decides between equals."""
    wanted = frozenset[str]().union(*messages.values()) if messages else frozenset[str]()
    chosen: list[str] = []
    while wanted:
        best = max(messages, key=lambda asset: len(messages[asset] & wanted))
        chosen.append(best)
        wanted -= messages[best]
    return tuple(chosen)
