"""Every number of the change sheet beside what then happened in the scene.

What happened is counted from the campaign, the run's record and the questions that came, never from the plan.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concerted.cli.demo import Scene


@dataclass(frozen=True)
class Row:
    """One number."""

    says: str
    foreseen: str
    happened: str
    agrees: bool

    def spelled(self) -> dict[str, Any]:
        """Spell it for a report."""
        return asdict(self)


def tally(scene: Scene) -> list[Row]:
    """Compare a scene that was played to its end with its sheet."""
    figures, change = scene.sheet["figures"], scene.change
    proposed, held = set(change["proposed"]), set(change["held"])
    same = {asset for asset in scene.before if scene.before[asset] == scene.after.get(asset)}
    handled = {*change["drafted"], *change["reused"], *change["kept"], *proposed, *held, *_ids(change["blocked"])}
    asked_about = {item["asset"] for row in scene.asked if row["kind"] not in ("wording", "file") for item in row["items"]}
    kept = [asset for asset in change["kept"] if scene.before[asset][1] == scene.after[asset][1]]
    # Those made from a form that somebody writes anew are asked about after it, and the sheet does not count them.
    wordings = next(({item["ref"] for item in row["items"]} for row in scene.asked if row["kind"] == "wording"), set[str]())
    owned = [(item["asset"], item["field"]) for row in scene.asked if row["kind"] == "owned text" for item in row["items"]]
    files = {item["asset"] for row in scene.asked if row["kind"] == "file" for item in row["items"]}
    return [
        _equal("left alone, with the same draft", figures["untouched"], len(same - handled)),
        _equal("rewritten", figures["rewritten"], len({*change["drafted"], *change["reused"]})),
        _equal("checked again, with the same words", figures["rechecked"], len(kept)),
        _equal("proposed, and somebody was asked", figures["proposed"], len(proposed & asked_about)),
        _equal("people’s own words that meet the change", _owned(scene.plan), len(owned)),
        _equal("people’s words replaced without their answer", 0, len(_replaced(scene) - set(owned))),
        _equal("made outside and held", figures["outside"], len(files)),
        _equal("waiting for a wording", figures["waiting"] - figures["outside"], len(held - files)),
        _equal("wordings asked about first", figures["wordings"], len(wordings)),
        _equal("too late, and changed all the same", figures["too_late"], len(_changed_outside(scene))),
        _equal("not written", figures["blocked"], len(_ids(change["blocked"]))),
        _decisions(scene),
    ]


def _equal(says: str, foreseen: int, happened: int) -> Row:
    return Row(says, str(foreseen), str(happened), foreseen == happened)


def _ids(rows: Iterable[Any]) -> set[str]:
    return {row["id"] for row in rows}


def _owned(plan: dict[str, Any]) -> int:
    return sum(len(one["items"]) for one in plan["decisions"] if one["kind"] == "owned text")


def _replaced(scene: Scene) -> set[tuple[str, str]]:
    """Name the places where a person's words no longer stand."""
    return {(asset, name) for (asset, name), words in scene.edits.items() if scene.after[asset][1].get(name) != words}


def _changed_outside(scene: Scene) -> set[str]:
    """Name what had left the house and reads otherwise now."""
    return {row["id"] for row in scene.plan["too_late"] if scene.before[row["id"]][1] != scene.after[row["id"]][1]}


def _decisions(scene: Scene) -> Row:
    """Compare the decisions: with no wording written anew as many as the sheet's lower number, else up to its upper one."""
    low, high = scene.sheet["figures"]["decisions"], scene.sheet["figures"]["decisions_if_worded_anew"]
    asked = len(scene.asked)
    return Row("decisions", scene.sheet["decisions"], str(asked), low <= asked <= high if scene.worded_anew else asked == low)
