"""The verb `dismiss`: a person lets advice stand, with a reason. What stops a release is never dismissed; the gate knows waivers."""

from datetime import date

from concerted.campaign.dismissal import Dismissal, dismissal_key, may_be_dismissed
from concerted.campaign.event import Event, Put
from concerted.campaign.finding import Finding
from concerted.campaign.line import State
from concerted.conductor.report import Report, nothing
from concerted.conductor.session import Session
from concerted.errors import NotFound, Reason, Refused, UserError
from concerted.guard.judge import Review, review
from concerted.guard.subject import Piece
from concerted.planning.release import NEVER_WAIVED


def pieces_of(session: Session, state: State) -> tuple[Piece, ...]:
    """Give every text of main as the judge sees it."""
    kit = session.kit(state.main.tree)
    types = session.assembly.registry.every
    return tuple(
        Piece(deliverable, types.get(deliverable.type), {name: words for name, words in state.main.texts[asset].values.items() if words})
        for asset, deliverable in kit.expand(kit.facets(state.main.tree, state.main.catalog)).items()
        if asset in state.main.texts
    )


def dismiss(session: Session, places: tuple[str, ...], because: str) -> Report:
    """Let remarks stand: `RULE:ID`, `RULE:ID#field`, or `RULE` for those on the whole campaign, all or none.

    Raises Refused for what stops a release, NotFound where nothing is remarked.
    """
    before = session.state()
    by = session.person()
    if not because.strip():
        raise UserError("Letting a remark stand needs a reason that you sign.", next='add --because "why it is right here"')
    pieces = pieces_of(session, before)
    texts = {piece.id: piece.texts for piece in pieces}
    judged = review(pieces, session.facets(before), date.fromisoformat(session.today))
    chosen = [finding for place in places for finding in _at(judged, place)]
    reasons = [_refusal(finding) for finding in chosen if not may_be_dismissed(finding)]
    if reasons:
        raise Refused("What stops a release cannot be dismissed.", reasons=reasons)
    at = session.now()
    puts = {
        dismissal_key(one, texts.get(one.asset, {})): Dismissal(one.rule, one.asset, one.field, because.strip(), by, at) for one in chosen
    }  # fmt: skip
    about = f"{', '.join(places)}: {because.strip()}"
    after = session.append(before, Event("dismissed", at, by, about, tuple(Put("dismissed", key, said) for key, said in puts.items())))
    return {**nothing(before, after), "done": [_name(said) for said in puts.values()], "because": because.strip(), "undone": False}


def take_up(session: Session, places: tuple[str, ...]) -> Report:
    """Take dismissals back: the remarks are shown again. Raises NotFound where none was let stand."""
    before = session.state()
    by = session.person()
    gone: dict[str, Dismissal] = {}
    for place in places:
        rule, asset, field = _parts(place)
        found = {key: one for key, one in before.dismissed.items() if (one.rule, one.asset) == (rule, asset) and field in ("", one.field)}
        if not found:
            known = [_name(one) for one in before.dismissed.values()]
            raise NotFound(f"Nobody let {place} stand.", next=f"dismissed: {', '.join(known)}" if known else "concerted align")
        gone |= found
    puts = tuple(Put("dismissed", key, None) for key in gone)
    after = session.append(before, Event("taken-up", session.now(), by, ", ".join(places), puts))
    return {**nothing(before, after), "done": list(dict.fromkeys(map(_name, gone.values()))), "because": "", "undone": True}


def _parts(place: str) -> tuple[str, str, str]:
    rule, colon, where = place.partition(":")
    asset, _, field = where.partition("#")
    if not rule or (colon and not asset):
        way = "write RULE:ASSET-ID or RULE:ASSET-ID#field, as concerted align lists them; RULE alone for a remark on the whole campaign"
        raise UserError(f"“{place}” names no remark.", next=way)
    return rule, asset, field


def _at(judged: Review, place: str) -> list[Finding]:
    rule, asset, field = _parts(place)
    on_asset = [finding for finding in judged.findings if finding.asset == asset]
    found = [finding for finding in on_asset if finding.rule == rule and field in ("", finding.field)]
    if not found:
        near = on_asset if asset else [finding for finding in judged.findings if finding.rule == rule]
        known = dict.fromkeys(spelled_place(one.rule, one.asset, one.field) for one in near)
        raise NotFound(f"Nothing is remarked at {place}.", next=f"remarked: {', '.join(known)}" if known else "concerted align")
    return found


def _refusal(finding: Finding) -> Reason:
    place = f"{finding.asset}#{finding.field}" if finding.field else finding.asset
    if finding.rule in NEVER_WAIVED:
        step = f"concerted edit {finding.asset} --field {finding.field} --text ..."
    else:
        step = f'concerted edit {finding.asset} --field {finding.field} --text ..., or concerted release --waive R6:{place} --because "..."'
    return Reason(f"{finding.rule} at {place} stops a release: {finding.message}", step, finding.asset, finding.rule)


def _name(said: Dismissal) -> str:
    return spelled_place(said.rule, said.asset, said.field)


def spelled_place(rule: str, asset: str, field: str) -> str:
    """Spell where a remark stands, as it is typed: RULE:ID#field, RULE:ID, or RULE for the whole campaign."""
    where = "#".join(part for part in (asset, field) if part)
    return f"{rule}:{where}" if where else rule
