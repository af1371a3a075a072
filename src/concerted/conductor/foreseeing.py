"""What people will be asked about a planned Change: it is answered in memory, question after question in the order of the list. Nothing is stored."""

from collections.abc import Callable
from dataclasses import dataclass

from concerted.campaign.change import Answer, AnswerKind, Change
from concerted.campaign.decision import Decision, Item
from concerted.campaign.line import State
from concerted.conductor.report import blocked_rows
from concerted.conductor.session import Session
from concerted.planning import lifecycle
from concerted.planning.build import Built

_QUESTIONS = 60
"""More questions than this in a row are not followed."""
Choose = Callable[[Decision, Item], tuple[AnswerKind, str]]
"""(a question, one text of it) -> (answer, words)."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The questions of a Change as they will come. How people answer decides how many: two ways are followed."""

    asked: tuple[Decision, ...] = ()
    """If every proposal is taken and every shorter form or translation is still true."""
    anew: tuple[Decision, ...] = ()
    """If every shorter form and translation is written anew instead; the same as `asked` where none is asked about."""
    first: frozenset[str] = frozenset()
    """Keys of the texts that are asked about at once; all others are asked about after somebody's answer."""
    behind: tuple[str, ...] = ()
    """Assets that stay on the old line if all questions with a safe default are left."""

    def is_later(self, decision: Decision) -> bool:
        """Tell whether a question comes only after somebody else's answer."""
        return all(item.key not in self.first for item in decision.items)


def foresee(session: Session, state: State, change: Change, first: Built) -> Foreseen:
    """Answer a planned Change's questions in memory: by taking, by wording anew, and by leaving."""
    if not first.items or not state.versions:
        return Foreseen(first.decisions, first.decisions, frozenset(item.key for item in first.items))
    asked = _walked(session, state, change, _take)
    worded = any(_can_be_worded(decision) for decision in asked)
    anew = _walked(session, state, change, _word_anew) if worded else asked
    return Foreseen(asked, anew, frozenset(item.key for item in first.items), _behind(session, state, change, first))


def _take(decision: Decision, _item: Item) -> tuple[AnswerKind, str]:
    if decision.kind == "wording":
        return "keep", ""
    return ("take" if "take" in decision.options else "leave"), ""


def _word_anew(decision: Decision, item: Item) -> tuple[AnswerKind, str]:
    return ("text", stand_in(item.before)) if _can_be_worded(decision) else _take(decision, item)


def _can_be_worded(decision: Decision) -> bool:
    """Tell whether somebody may write words where there is no proposal to take: then the next question about the text comes, too."""
    return decision.kind == "wording" or ("text" in decision.options and "take" not in decision.options)


def stand_in(words: str) -> str:
    """Give words that stand for a wording nobody has written yet: as long as these, and other than they are in one letter."""
    at = next((at for at in range(len(words) - 1, -1, -1) if words[at].isalpha()), None)
    return words if at is None else f"{words[:at]}{'o' if words[at] != 'o' else 'a'}{words[at + 1 :]}"


def _walked(session: Session, state: State, change: Change, choose: Choose) -> tuple[Decision, ...]:
    """Answer one question after the other, always the first that is open, as `decide` lists them."""
    asked: list[Decision] = []
    while len(asked) < _QUESTIONS:
        built = session.build(state, change)
        if not built.decisions:
            break
        asked.append(built.decisions[0])
        change = _answered(built, change, built.decisions[0], choose)
    return tuple(asked)


def _behind(session: Session, state: State, change: Change, built: Built) -> tuple[str, ...]:
    """Name the assets that stay on the old line where every question with a safe default is left."""
    safe = [decision for decision in built.decisions if decision.default == "leave"]
    for decision in safe:
        change = _answered(built, change, decision, lambda _decision, _item: ("leave", ""))
    if not safe:
        return ()
    known = {row["id"] for row in blocked_rows(built)}
    return tuple(row["id"] for row in blocked_rows(session.build(state, change)) if row["id"] not in known)


def _answered(built: Built, change: Change, decision: Decision, choose: Choose) -> Change:
    for item in decision.items:
        kind, words = choose(decision, item)
        answer = Answer(kind, decision.who or "nobody", change.opened, "", "", words)
        change = lifecycle.answer_decision(change, decision, answer, built, item.key)
    return change
