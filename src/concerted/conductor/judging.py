"""The verbs that judge texts: any text against this campaign's strategy, and copy from elsewhere taken in as a person's words.

What a text says is only ever looked at. It changes no rule, approval, release or setting, whatever it asks for.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from concerted.campaign.deliverable import NONE, Deliverable, DeliverableType, FieldSpec
from concerted.campaign.facets import Tree, Value
from concerted.campaign.line import State
from concerted.campaign.spelling import did_you_mean
from concerted.conductor import people
from concerted.conductor.changing import Confirm
from concerted.conductor.meaning import looked_at, meant, sense
from concerted.conductor.report import Report, finding_rows, strategy_name
from concerted.conductor.session import Session
from concerted.errors import NotFound, Problem, UserError
from concerted.guard.judge import Judgement, judge
from concerted.guard.ledger import Row, ledger
from concerted.guard.subject import Piece
from concerted.guard.voice import unmeasured
from concerted.planning.build import Built
from concerted.rules.lexicon import Lexicon, prepare
from concerted.rules.reading import is_german, words_of

PASTED = "text"
"""How the field of a text is called that came without one."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where a text would run. `field` is the place of the channel that it fills; without a day it is judged for the launch."""

    channel: str = ""
    market: str = ""
    audience: str = ""
    field: str = ""
    publish: str = ""
    meaning: bool = False
    """Look at what its sentences mean, too."""


def judge_text(session: Session, text: str, channel: str = "", market: str = "", audience: str = "", field: str = "") -> Report:
    """Judge any text against the strategy, adopted or, before the first run, as it stands in the file. Writes nothing.

    Raises NotFound for a place that does not exist.
    """
    return judge_at(session, text, Where(channel, market, audience, field))


def judge_at(session: Session, text: str, where: Where) -> Report:
    """Judge a text as `judge_text` does, on the day on which it would be published. Raises NotFound, UserError for a day that is none."""
    state = session.load()
    lexicon = _lexicon(session, state)
    _check_place(session, lexicon, where)
    piece = _pasted(lexicon, text, where)
    judgement = judge(piece, lexicon, date.fromisoformat(session.today))
    if where.meaning:
        judgement = replace(judgement, findings=(*judgement.findings, *meant(sense(session, lexicon.facets, state), [piece])))
    return {
        "strategy": strategy_name(state) or None,
        "line": "main" if state.versions else "file",
        "language": piece.deliverable.language,
        "publish": piece.deliverable.publish,
        **judgement_rows(judgement, piece.texts),
        "not_measured": list(unmeasured(lexicon)),
        "meaning": dict(looked_at([piece], asked=where.meaning)),
    }


def _lexicon(session: Session, state: State) -> Lexicon:
    """Prepare the adopted strategy, or the file's before anything was adopted."""
    tree: Tree = state.main.tree if state.versions else session.copy.read()
    catalog: Mapping[str, Value] = state.main.catalog if state.versions else session.catalog.channel_facets()
    return prepare(session.kit(tree).facets(tree, catalog))


def _check_place(session: Session, lexicon: Lexicon, where: Where) -> None:
    for what, name, known in (
        ("channel", where.channel, session.catalog.channels()),
        ("market", where.market, lexicon.members("markets")),
        ("audience", where.audience, lexicon.members("audiences")),
    ):
        if name and name not in known:
            raise NotFound(f"There is no {what} {name}.", next=did_you_mean(name, known))
    try:
        date.fromisoformat(where.publish or session.today)
    except ValueError as error:
        raise UserError(f"{where.publish} is not a date.", next="write it as 2027-03-09") from error


def _launch(lexicon: Lexicon, market: str) -> str:
    """Give the market's launch, without one the first of all."""
    days = [day for slug, day in lexicon.launches.items() if day and market in ("", slug)]
    return min(days, default="")


def _pasted(lexicon: Lexicon, text: str, where: Where) -> Piece:
    name = where.field or PASTED
    slot = name if f"channel.{where.channel}.{name}.count" in lexicon.facets else ""
    kind = DeliverableType(PASTED, "Text", "", (FieldSpec(name, slot=slot), FieldSpec("")))
    language, publish = _language(lexicon, where.market, text), where.publish or _launch(lexicon, where.market)
    place = (where.channel or NONE, where.audience or NONE, where.market or NONE)
    return Piece(Deliverable(PASTED, *place, language=language, publish=publish), kind, {name: text})


def _language(lexicon: Lexicon, market: str, text: str) -> str:
    """Give the market's language; without a market the one whose small words the text uses more."""
    told = lexicon.text(f"markets.{market}.language").partition("-")[0]
    if told:
        return told
    return "de" if is_german(words_of(text)) else lexicon.text("campaign.language").partition("-")[0] or "en"


def judgement_rows(judged: Judgement, texts: Mapping[str, str]) -> Report:
    """Spell a judgement: findings with their place in the text, sentence by sentence where each comes from, how it sounds."""
    kinds = ("fact", "cleared", "free", "unsupported")
    return {
        "ok": judged.ok,
        "findings": [{**row, **place_of(texts.get(row["field"], ""), row["evidence"])} for row in finding_rows(judged.findings)],
        "sentences": sentence_rows(judged.rows),
        "totals": {kind: sum(row.kind == kind for row in judged.rows) for kind in kinds},
        "voice": asdict(judged.voice),
    }


def sentence_rows(rows: Iterable[Row]) -> list[Report]:
    """Spell where sentences come from."""
    return [
        {"field": row.field, "sentence": row.sentence, "kind": row.kind, "refs": list(row.refs), "findings": finding_rows(row.findings)}
        for row in rows
    ]


def trace_rows(built: Built, asset: str, today: str) -> list[Report]:
    """Say sentence by sentence where an asset's words come from."""
    slot = built.slots[asset]
    words = {name: text.value for name, text in slot.texts.items()}
    return sentence_rows(ledger(words, built.facets, slot.deliverable, date.fromisoformat(today), slot.type))


def place_of(text: str, evidence: str) -> dict[str, int | None]:
    """Find evidence in a text: start and end in characters, line and column from 1; None where it stands in no one place."""
    start = text.find(evidence) if evidence else -1
    if start < 0:
        return {"start": None, "end": None, "line": None, "column": None}
    before = text[:start]
    return {"start": start, "end": start + len(evidence), "line": before.count("\n") + 1, "column": start - (before.rfind("\n") + 1) + 1}


# Copy from elsewhere -------------------------------------------------------------------------------------------------


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
