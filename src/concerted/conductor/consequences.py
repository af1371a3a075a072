"""What a plan means for people and for what has left the house: their minutes, and what comes too late."""

from collections.abc import Iterable
from datetime import date, datetime

from concerted.campaign.change import Change
from concerted.campaign.decision import Decision
from concerted.campaign.facets import Facets
from concerted.campaign.line import State
from concerted.conductor.foreseeing import Foreseen, foresee
from concerted.conductor.report import Report, due_for, plan_report
from concerted.conductor.session import Session
from concerted.conductor.waiting import launch_of
from concerted.errors import NotFound, UserError
from concerted.folder import left_out
from concerted.planning.answer_times import answers_by
from concerted.planning.build import Built
from concerted.planning.effort import EXPLAINED, MINUTES_A_TEXT, Load, covering, loads, minutes_of, working_hours
from concerted.planning.plan import Plan
from concerted.planning.plan import plan as make_plan
from concerted.planning.working_days import public_holidays
from concerted.rules.lexicon import as_items, as_text

READ = ("draft", "revise", "reuse", "propose")
"""Actions after which somebody has new words to read."""


def plan_of(session: Session, state: State, change: Change) -> Plan:
    """Plan a Change on the stored campaign."""
    return make_plan(state, change, session.kit(state.main.tree or session.copy.read()))


def consequences(session: Session, state: State, plan: Plan, start: str = "") -> Report:
    """Spell a plan with its people, what is too late, and what stays behind if questions are left.

    `start` is the moment from which people answer, where that is not now but after the launch.
    """
    built, report = plan.built, plan_report(state, plan)
    foreseen = foresee(session, state, plan.change, built)
    today = date.fromisoformat((start or session.today)[:10])
    launch = "" if start else launch_of(built.facets, session.today)
    late = too_late(report, built.facets, session.today)
    return {
        **report,
        "edits": [{**row, "cell": cell} for row, cell in zip(report["edits"], _cells(session, report), strict=True)],
        "left_out": _left_out(session, report),
        "people": _people(built, foreseen, today, launch),
        "asked": _counted(foreseen.asked),
        "asked_if_worded_anew": _counted(foreseen.anew),
        "asked_says": _asked_says(foreseen),
        "minutes_explained": EXPLAINED,
        "too_late": late,
        "later": [{"who": one.who, "kind": one.kind, "texts": len(one.items)} for one in foreseen.asked if foreseen.is_later(one)],
        "behind_if_left": list(foreseen.behind),
        "left_says": _left_says(built.decisions),
        "review": _review(report, built, today, launch),
        "approved_by": _approved_by(start or session.now(), built, foreseen.asked, launch),
    }


def _cells(session: Session, report: Report) -> list[str]:
    """Name for each edit the cell of a table in which its line stands; nothing where that is YAML, or where the files cannot be read just now."""
    try:
        return [session.copy.cell(row["ref"], goes=row["new"] is None) for row in report["edits"]]
    except (UserError, NotFound):
        return ["" for _ in report["edits"]]


def _counted(decisions: Iterable[Decision]) -> Report:
    shares = loads(decisions)
    return {"decisions": sum(load.decisions for load in shares), "minutes": sum(load.minutes for load in shares)}


def _left_out(session: Session, report: Report) -> list[Report]:
    """Name files that are not included any more and hold lines that these edits take out."""
    gone = [row["ref"] for row in report["edits"] if row["new"] is None]
    try:
        found = left_out(session.copy.source(), gone) if gone else []
    except (UserError, NotFound):
        return []
    return [{"file": file, "lines": lines, "remedy": remedy} for file, lines, remedy in found]


def _asked_says(foreseen: Foreseen) -> str:
    """Say how decisions were counted: how people answer settles how many come."""
    taken, anew, kinds = len(foreseen.asked), len(foreseen.anew), {decision.kind for decision in foreseen.asked}
    if not taken:
        return ""
    counted = "Decisions are counted as answered from the top of the list, with every proposal taken"
    ways = {"wording": "every shorter form and translation found still true", "finding": "every text that breaks a rule left out"}
    said = " and ".join(words for kind, words in ways.items() if kind in kinds)
    otherwise = f" and {said}; {anew} if these are all written anew" if anew != taken and said else ""
    return f"{counted}{otherwise}. Whoever sends a text back is asked about it again."


def _left_says(decisions: Iterable[Decision]) -> str:
    """Name what may be left without an answer, as the beginning of a sentence: "the wordings stay"."""
    kinds = {decision.kind for decision in decisions if decision.default == "leave"}
    named = [words for kind, words in (("wording", "the wordings"), ("finding", "the texts that break a rule")) if kind in kinds]
    return f"{' and '.join(named)} stay" if named else ""


def _people(built: Built, foreseen: Foreseen, today: date, launch: str) -> list[Report]:
    """Share the questions out. Where the day on which their texts were due has passed, an answer is needed by the launch."""
    shares = {load.who: load for load in loads(foreseen.asked, foreseen.is_later)}
    anew = {load.who: load for load in loads(foreseen.anew, foreseen.is_later)}
    rows: list[Report] = []
    for who in (*shares, *(who for who in anew if who not in shares)):
        load, more = shares.get(who, Load(who, 0, 0)), anew.get(who, Load(who, 0, 0))
        due = due_for(built, (*foreseen.asked, *foreseen.anew), who)
        by = due if due >= today.isoformat() else launch
        hours = working_hours(today, date.fromisoformat(by[:10])) if by else None
        rows.append(
            {
                "who": who,
                "decisions": load.decisions,
                "minutes": load.minutes,
                "by": by,
                "later": load.later,
                "if_worded_anew": {"decisions": more.decisions, "minutes": more.minutes},
                "working_hours_left": hours,
            }
        )
    return rows


def too_late(report: Report, facets: Facets, today: str) -> list[Report]:
    """List the affected assets that have left the house and cannot be changed any more, each with what can be done."""
    touched = {row["id"] for row in report["assets"] if row["action"] not in ("none", "block")}
    found: list[Report] = []
    for slug in as_items(facets.get("handed_over.#keys")):
        at = f"handed_over.{slug}"
        when, frozen = as_text(facets.get(f"{at}.when")), as_text(facets.get(f"{at}.frozen_from"))
        if (frozen or when)[:10] > today:
            continue
        told = {"to": as_text(facets.get(f"{at}.to")), "when": when, "frozen_from": frozen or when, "undo": as_text(facets.get(f"{at}.undo"))}
        found += [{"id": asset, "handed_over": slug, **told} for asset in as_items(facets.get(f"{at}.assets")) if asset in touched]
    return found


def _review(report: Report, built: Built, today: date, launch: str) -> Report:
    """Compare the reading that a plan makes with the time until the launch; where it is too much, name few assets that hold every message."""
    actions = {row["id"]: row["action"] for row in report["assets"] if row["action"] in READ}
    minutes = rewritten = 0.0
    messages: dict[str, frozenset[str]] = {}
    for asset, action in actions.items():
        slot = built.slots[asset]
        words = {name: text.value for name, text in slot.texts.items()}
        readers = max(1, len(built.site.kit.roles.demanded(slot.deliverable, words, built.facets)))
        read = readers * (MINUTES_A_TEXT + sum(map(minutes_of, words.values())))
        minutes += read
        rewritten += read if action != "propose" else 0.0
        keys = (key for text in slot.texts.values() for key, _seen in text.reads())
        messages[asset] = frozenset(key.split(".")[1].partition("@")[0] for key in keys if key.startswith("f:messages.") and "#" not in key)
    left = working_hours(today, date.fromisoformat(launch[:10])) if launch else None
    tight = left is not None and minutes > left * 60
    return {
        "assets": len(actions),
        "minutes": round(minutes),
        "rewritten": sum(action != "propose" for action in actions.values()),
        "rewritten_minutes": round(rewritten),
        "working_hours_left": left,
        "covering": list(covering(messages)) if tight else [],
    }


def _approved_by(now: str, built: Built, asked: Iterable[Decision], launch: str) -> str:
    """Add up agreed answer times: wordings come first, then each text waits for one person after the other; the text that waits longest counts."""
    start = datetime.fromisoformat(now[:16])
    ahead = datetime.fromisoformat(launch[:16]) if launch else None
    rounds: dict[bool, list[Decision]] = {True: [], False: []}
    for decision in asked:
        rounds[decision.kind == "wording"].append(decision)
    for listed in rounds.values():
        reached: dict[str, datetime] = {}
        for decision in listed:
            for item in decision.items:
                place = f"{item.asset}#{item.field}{item.ref}"
                reached[place] = answers_by(decision.who, reached.get(place, start), built.facets, ahead, public_holidays)
        start = max(reached.values(), default=start)
    return start.isoformat(" ", "minutes")
