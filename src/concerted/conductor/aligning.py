"""The verb `align`: how far the texts of a campaign agree with its strategy, by check, worker, market, channel, and over time."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date

from concerted.campaign.dismissal import Dismissal, parted
from concerted.campaign.event import fold
from concerted.campaign.finding import Finding
from concerted.campaign.line import State
from concerted.conductor import people
from concerted.conductor.changing import Confirm
from concerted.conductor.dismissing import pieces_of
from concerted.conductor.findings import dismissal_rows, finding_rows, strategy_name
from concerted.conductor.intervening import intervention_totals, interventions_of, put_back_rows
from concerted.conductor.judging import place_of
from concerted.conductor.meaning import looked_at, meant, sense
from concerted.conductor.opining import opinion_totals
from concerted.conductor.report import Report
from concerted.conductor.session import Session
from concerted.guard.judge import Review, review
from concerted.guard.mending import Mend, mends
from concerted.guard.score import Score, Share, score
from concerted.guard.steps import demotions
from concerted.guard.subject import Piece
from concerted.guard.voice import unmeasured
from concerted.rules.lexicon import prepare

POINTS = 12
"""So many versions are looked at again for the line over time."""
WORK = 3_000
"""Assets times versions that are judged again at most; a campaign of thousands shows fewer versions."""

MENDED = ("preferred-word", "two-names")
"""Rules whose findings a mend takes away."""


@dataclass(frozen=True)
class _Sight:
    """A campaign's texts on one day, judged."""

    pieces: tuple[Piece, ...]
    review: Review
    score: Score
    dismissed: tuple[tuple[Finding, Dismissal], ...]
    """What somebody let stand: it is listed, and counts against nothing."""


def align(session: Session, *, meaning: bool = False) -> Report:
    """Judge all texts of main side by side, with `meaning` by what they mean, too. `ok` is false where something would stop a release.

    Nothing is written. Raises UserError where meaning is asked for and its extra is not installed.
    """
    state = session.state()
    sight = _sight(session, state, session.today)
    texts = {piece.id: piece.texts for piece in sight.pieces}
    proposed = {(mend.asset, mend.field): mend for mend in _mends(session, state, sight.pieces)}
    facets = session.facets(state)
    by_meaning = meant(sense(session, facets, state), sight.pieces) if meaning else ()
    return {
        "campaign": str(facets.get("campaign.name", "")),
        "strategy": strategy_name(state),
        "version": len(state.versions),
        "today": session.today,
        "assets": len(sight.pieces),
        "ok": all(finding.severity == "advice" for finding in sight.review.findings),
        "share": sight.score.total.share,
        "by": _by(session, sight),
        "over_time": list(_over_time(session, state, sight)),
        "findings": [
            {
                **row,
                **place_of(texts.get(row["asset"], {}).get(row["field"], ""), row["evidence"]),
                "fixable": row["rule"] in MENDED and (row["asset"], row["field"]) in proposed,
            }
            for row in finding_rows((*sight.review.findings, *by_meaning))
        ],
        "dismissed": dismissal_rows(sight.dismissed),
        "fixes": [_fix_row(state, mend, session.by) for mend in proposed.values()],
        "coverage": [{**asdict(cell), "assets": list(cell.assets)} for cell in sight.review.reach],
        "sentences": dict(Counter(row.kind for judged in sight.review.judgements for row in judged.rows)),
        "interventions": _interventions(state),
        "put_back": put_back_rows(state),
        "opinions": opinion_totals(state),
        "not_measured": list(unmeasured(prepare(facets))),
        "meaning": dict(looked_at(sight.pieces, asked=meaning)),
    }


def _sight(session: Session, state: State, today: str) -> _Sight:
    kit = session.kit(state.main.tree)
    facets = kit.facets(state.main.tree, state.main.catalog)
    pieces = pieces_of(session, state)
    judged = review(pieces, facets, date.fromisoformat(today))
    texts = {piece.id: piece.texts for piece in pieces}
    between, stand = parted(judged.between, texts, state.dismissed)
    judgements = tuple(replace(one, findings=parted(one.findings, texts, state.dismissed)[0]) for one in judged.judgements)
    alone = (pair for one in judged.judgements for pair in parted(one.findings, texts, state.dismissed)[1])
    settled = replace(judged, judgements=judgements, between=between)
    return _Sight(pieces, settled, score(pieces, settled), (*alone, *stand))


def _by(session: Session, sight: _Sight) -> Report:
    workers = {slug: kind.worker for slug, kind in session.assembly.registry.every.items()}
    return {
        "check": [{**_share(share), "title": check.title, "weight": check.weight} for check, share in sight.score.by_check()],
        "worker": [_share(share) for share in sight.score.by(lambda piece: workers.get(piece.deliverable.type, "-"))],
        "market": [_share(share) for share in sight.score.by(lambda piece: piece.deliverable.market)],
        "channel": [_share(share) for share in sight.score.by(lambda piece: piece.deliverable.channel)],
    }


def _share(share: Share) -> Report:
    return {"name": share.name, "share": share.share, "won": share.won, "of": share.of, "stopping": share.stopping, "advice": share.advice}


# Over time -----------------------------------------------------------------------------------------------------------


def _over_time(session: Session, state: State, now: _Sight) -> Iterator[Report]:
    """Judge each version's texts as they stood when the next one came, on that day; the last one as it stands."""
    count = min(POINTS, max(1, WORK // max(1, len(now.pieces))))
    for last, at in list(_ends_of_versions(session))[-count:]:
        current = last.versions[-1].number == state.versions[-1].number
        sight = now if current else _sight(session, last, at[:10])
        total, version = sight.score.total, last.versions[-1]
        row = {"version": version.number, "title": version.title, "at": session.today if current else at[:10], "assets": len(sight.pieces)}
        yield {**row, "share": total.share, "stopping": total.stopping, "advice": total.advice}


def _ends_of_versions(session: Session) -> Iterator[tuple[State, str]]:
    """Fold the record; give the state before each new version and the last one, with the moment of its last event."""
    state, at = State(), ""
    for _seq, event in session.keeper.events():
        if state.versions and any(put.section == "versions" for put in event.puts):
            yield state, at
        state, at = fold(state, event), event.at
    if state.versions:
        yield state, at


def _interventions(state: State) -> Report:
    """Count where writers were stopped while they wrote, and list rules that stopped wrongly too often."""
    demoted = [{**asdict(one), "precision": one.precision} for one in demotions(interventions_of(state))]
    return {**intervention_totals(state), "demoted": demoted}


# Putting right -------------------------------------------------------------------------------------------------------


def _mends(session: Session, state: State, pieces: Iterable[Piece]) -> Iterator[Mend]:
    """Propose for what people, models and earlier material wrote; what the house wrote is mended in the strategy or the template."""
    lexicon = prepare(session.facets(state))
    for piece in pieces:
        written = [name for name, text in state.main.texts[piece.id].fields.items() if text.origin != "house"]
        yield from mends(piece, written, lexicon, date.fromisoformat(session.today))


def _fix_row(state: State, mend: Mend, by: str) -> Report:
    owner = state.main.owner_of(mend.asset, mend.field)
    return {**asdict(mend), "done": list(mend.done), "owner": owner, "applies": owner in ("", by)}


def fix(session: Session, confirm: Confirm) -> Report:
    """Put right what a machine may: the brand's word, double spaces, straight quotation marks, entered as this person's words.

    Another person's fields are only proposed to. Raises NotConfirmed where other texts would follow and nobody agrees.
    """
    by = session.person()
    state = session.state()
    rows = [_fix_row(state, mend, by) for mend in _mends(session, state, _sight(session, state, session.today).pieces)]
    done = [people.edit(session, row["asset"], row["field"], row["after"], confirm) for row in rows if row["applies"]]
    return {
        "done": [place for report in done for place in report["done"]],
        "replaced_by": sorted({change for report in done for change in report["replaced_by"]}),
        "proposed": [row for row in rows if not row["applies"]],
    }
