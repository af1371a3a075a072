"""Copy from elsewhere taken in as a person's words. What a text says is only looked at: it changes no rule, approval, release or setting."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, cast

from concerted.campaign.line import State
from concerted.campaign.spelling import did_you_mean
from concerted.conductor import people
from concerted.conductor.changing import Confirm
from concerted.conductor.judging import PASTED, judgement_rows
from concerted.conductor.report import Report
from concerted.conductor.session import Session
from concerted.errors import NotFound, Problem, UserError
from concerted.guard.judge import judge
from concerted.guard.subject import Piece
from concerted.planning.build import Built


def take(session: Session, asset: str, fields: Mapping[str, str] | Path, confirm: Confirm) -> Report:
    """Take copy from elsewhere into an asset: judged like any draft, and entered as this person's words, field by field.

    Findings do not stop it: the gate does, at the release. Fields that already say the same are left. Raises NotFound for an asset
    or field that is not there, UserError for a file that cannot be read, NotConfirmed where other texts would follow and nobody agrees.
    """
    state = session.state()
    built = session.build(state)
    given = read_copy(fields) if isinstance(fields, Path) else dict(fields)
    stands = _standing_words(state, asset)
    given = _fitted(given, asset, stands)
    changed = {name: text for name, text in given.items() if text.strip() != stands[name].strip()}
    judgement = judge(_taken(built, asset, {**stands, **given}), built.facets, date.fromisoformat(session.today))
    reports = [people.edit(session, asset, name, text, confirm) for name, text in changed.items()]
    return {
        **(reports[-1] if reports else {"done": [], "refused": [], "replaced_by": []}),
        "done": [place for report in reports for place in report["done"]],
        "replaced_by": sorted({change for report in reports for change in report["replaced_by"]}),
        "unchanged": [name for name in given if name not in changed],
        **judgement_rows(judgement, given),
    }


def _standing_words(state: State, asset: str) -> dict[str, str]:
    draft = state.main.texts.get(asset)
    if draft is None:
        raise NotFound(f"There is no draft of {asset}.", next=did_you_mean(asset, state.main.texts))
    return draft.values


def _fitted(given: Mapping[str, str], asset: str, stands: Mapping[str, str]) -> dict[str, str]:
    """Match fields by name; a text without a name is the only field, or it is asked for."""
    names = list(stands)
    if list(given) == [PASTED] and PASTED not in names and len(names) == 1:
        return {names[0]: given[PASTED]}
    unknown = [name for name in given if name not in names]
    if unknown:
        problems = [Problem(f"{asset} has no field {name}", did_you_mean(name, names)) for name in unknown]
        raise UserError(f"The copy does not fit {asset}.", problems=problems, next=f"name its fields: {', '.join(names)}")
    return dict(given)


def _taken(built: Built, asset: str, texts: Mapping[str, str]) -> Piece:
    slot = built.slots.get(asset)
    if slot is None:
        raise NotFound(f"{asset} is no longer part of the campaign.", next="concerted status")
    return Piece(slot.deliverable, slot.type, texts)


def read_copy(file: Path) -> dict[str, str]:
    """Read fields from a file: a JSON object, or text with a heading (`## subject`) over each field; without headings all of it is one."""
    try:
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".json":
            return _object(json.loads(text))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as broken:
        said = " ".join(str(broken).split())
        raise UserError(f"{file.name} cannot be read.", problems=[Problem(said, file=str(file))], next="save it as plain text in UTF-8") from broken
    return _under_headings(text)


def _object(data: object) -> dict[str, str]:
    held = cast("Mapping[str, Any]", data if isinstance(data, Mapping) else {})
    if not held or not all(isinstance(value, str) for value in held.values()):
        raise UserError("The file holds no fields.", next='write it as {"subject": "...", "body": "..."}')
    return dict(held)


def _under_headings(text: str) -> dict[str, str]:
    fields: dict[str, list[str]] = {}
    name = PASTED
    for line in text.splitlines():
        if line.startswith("#") and (heading := line.lstrip("#").strip()):
            name = heading.lower().replace(" ", "_").replace("-", "_")
            fields.setdefault(name, [])
        else:
            fields.setdefault(name, []).append(line)
    found = {name: "\n".join(lines).strip() for name, lines in fields.items()}
    return {name: words for name, words in found.items() if words}
