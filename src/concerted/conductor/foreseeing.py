"""What follows the first answers of a plan: the second signer's questions, and what stays behind where questions are left. Nothing is stored."""

from collections.abc import Callable
from dataclasses import dataclass

from concerted.campaign.change import Answer, AnswerKind, Change
from concerted.campaign.decision import Decision
from concerted.campaign.line import State
from concerted.conductor.report import blocked_rows
from concerted.conductor.session import Session
from concerted.planning import lifecycle
from concerted.planning.build import Built

_ROUNDS = 6
"""More signers than this in a row are not followed."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """`later`: decisions that come after the first answers, if every proposal is taken and every wording is still true.

    `behind`: assets that stay on the old line if all questions with a safe default are left.
    """

    later: tuple[Decision, ...] = ()
    behind: tuple[str, ...] = ()


def foresee(session: Session, state: State, change: Change, first: Built) -> Foreseen:
    """Answer a planned Change's questions in memory, once by taking and once by leaving."""
    if not first.items or not state.versions:
        return Foreseen()
    return Foreseen(_later(session, state, change, first), _behind(session, state, change, first))


def _later(session: Session, state: State, change: Change, built: Built) -> tuple[Decision, ...]:
    seen = {item.key for item in built.items}
    found: list[Decision] = []
    for _round in range(_ROUNDS):
        change = _answered(change, built, lambda one: "keep" if one.kind == "wording" else "take" if "take" in one.options else "leave")
        built = session.build(state, change)
        new = [decision for decision in built.decisions if any(item.key not in seen for item in decision.items)]
        if not new:
            break
        found += new
        seen |= {item.key for item in built.items}
    return tuple(found)


def _behind(session: Session, state: State, change: Change, built: Built) -> tuple[str, ...]:
    if not any(decision.default == "leave" for decision in built.decisions):
        return ()
    left = _answered(change, built, lambda one: "leave" if one.default == "leave" else None)
    after = session.build(state, left)
    known = {row["id"] for row in blocked_rows(built)}
    return tuple(row["id"] for row in blocked_rows(after) if row["id"] not in known)


def _answered(change: Change, built: Built, choose: Callable[[Decision], AnswerKind | None]) -> Change:
    for decision in built.decisions:
        kind = choose(decision)
        if kind is not None:
            change = lifecycle.answer_decision(change, decision, Answer(kind, decision.who or "nobody", change.opened, "", ""))
    return change
