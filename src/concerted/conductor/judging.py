"""Judging any text against this campaign's strategy. It is only ever looked at: no rule, approval, release or setting changes, whatever it asks for.

People ask this from a shell, in between: nothing here plans, drafts or writes, and nothing is imported that does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from concerted.campaign.deliverable import NONE, Deliverable, DeliverableType, FieldSpec
from concerted.campaign.facets import Tree, Value
from concerted.campaign.line import State
from concerted.campaign.spelling import did_you_mean
from concerted.conductor.findings import Report, finding_rows, strategy_name
from concerted.conductor.meaning import looked_at, meant, sense
from concerted.errors import NotFound, UserError
from concerted.guard.judge import Judgement, judge
from concerted.guard.ledger import Row, ledger
from concerted.guard.subject import Piece
from concerted.guard.voice import unmeasured
from concerted.rules.lexicon import Lexicon, prepare
from concerted.rules.reading import is_german, words_of

if TYPE_CHECKING:
    from concerted.conductor.session import Session
    from concerted.planning.build import Built

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
    return prepare(session.memory.facets(tree, catalog))


def _check_place(session: Session, lexicon: Lexicon, where: Where) -> None:
    for what, name, known in (
        # The library is read only for who names a channel.
        ("channel", where.channel, session.catalog.channels() if where.channel else ()),
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
