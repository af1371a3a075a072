"""The person's verbs: edit, pin, approve, lock, unlock, attest, exclude. Without consequences for others they land at once."""

from collections.abc import Iterable
from dataclasses import replace

from concerted.campaign.change import Answer, Change, Words
from concerted.campaign.draft import hash_text
from concerted.campaign.event import Event, EventKind, Put
from concerted.campaign.line import Approval, State
from concerted.conductor.changing import Confirm, NotConfirmed, new_change, open_or_amend, plan_of, ran, revisit_of
from concerted.conductor.folder_edits import bring_up, check_landing
from concerted.conductor.report import Report, no_plan, nothing, plan_report
from concerted.conductor.session import Session
from concerted.errors import NotFound, Reason, Refused, UserError
from concerted.planning import lifecycle
from concerted.planning.build import Built
from concerted.planning.plan import action
from concerted.planning.residual import residues
from concerted.planning.revise import merge
from concerted.planning.standing import standing
from concerted.planning.stations import is_fact, signed_roles


def edit(session: Session, asset: str, name: str, text: str, confirm: Confirm, *, seen: str = "", on: str = "", run: bool = True) -> Report:
    """Put a person's words into one field. It lands at once when no other text reads it; else the plan is shown and it becomes a Change."""
    by = session.person()
    before = state = session.state()
    if not text.strip():
        raise UserError("An empty text cannot be edited in.", next=f"concerted exclude {asset} leaves the whole asset out of the next release")
    draft = state.main.texts.get(asset)
    if draft is None or name not in draft.fields:
        known = ", ".join(draft.fields) if draft else ", ".join(sorted(state.main.texts))
        raise NotFound(f"{asset} has no field {name}." if draft else f"There is no draft of {asset}.", next=f"one of: {known}")
    text = _three_way(session, state, (asset, name, text), seen)
    words = Words(text, by, draft.fields[name].value if draft.fields[name].origin != "person" else draft.fields[name].record.base)
    if on:
        change = lifecycle.enter_text(session.change(state, on), asset, name, words)
        check_landing(session, session.build(state, change).line.tree, {})
        report = plan_report(state, plan_of(session, state, change))
        state = session.append(state, lifecycle.amend(change, session.now(), by, f"{by} edits {asset}#{name}"))
        state = _settled(session, state) if run else state
        return {**report, "done": [f"{asset}#{name}"], "refused": [], "replaced_by": [], **ran(session, before, state, change)}
    change = lifecycle.enter_text(new_change(session, state, f"{by} edits {asset}#{name}"), asset, name, words)
    shown = plan_of(session, state, change)
    report = plan_report(state, shown)
    if shown.affected - {asset} and not confirm(report):
        raise NotConfirmed(report, f"concerted edit {asset} --field {name} --text ... --yes")
    state = open_or_amend(session, state, change)
    state = _settled(session, state) if run else state
    return {**report, "done": [f"{asset}#{name}"], "refused": [], "replaced_by": _open_rewrites(session, state, asset, name), **ran(session, before, state, change)}


def _settled(session: Session, state: State) -> State:
    """Let what is ready land, and bring the file up to it."""
    state = session.settle(state)
    bring_up(session, state)
    return state


def _three_way(session: Session, state: State, edited: tuple[str, str, str], seen: str) -> str:
    """Merge an edit that was made on an older draft with what stands now. Raises Refused with both texts where they clash."""
    asset, name, text = edited
    current = state.main.texts[asset]
    if not seen or seen == current.id:
        return text
    old = next((draft for draft in state.drafts.get(asset, ()) if draft.id == seen), None)
    if old is None or name not in old.fields:
        raise NotFound(f"There is no draft {seen} of {asset}.", next=f"concerted show {asset}")
    merged = merge(old.fields[name].value, text, current.fields[name].value, session.kit(state.main.tree).matching.segment)
    if merged.replaced:
        why = f"{name} moved since you saw it. It now reads: “{current.fields[name].value}” Yours: “{text}”"
        raise Refused("The text moved in the same place.", reasons=[Reason(why, f"concerted edit {asset} --field {name} --text ... --seen {current.id}", asset)])
    return merged.text


def _open_rewrites(session: Session, state: State, asset: str, name: str) -> list[str]:
    """Name the open Changes that replace the text that was just edited or approved."""
    found: list[str] = []
    for change in state.changes.values():
        slot = session.build(state, change).slots.get(asset)
        if slot and slot.before and action(slot) in ("propose", "revise", "reuse") and (not name or name in slot.stale):
            found.append(change.id)
    return found


def pin(session: Session, asset: str, name: str) -> Report:
    """Make one field the person's own as it stands: it is only ever proposed to."""
    state = session.state()
    _field(state, asset, name)
    place = f"{asset}#{name}"
    after = _put(session, state, "owned", f"{place} is pinned", (Put("owned", place, session.person()),))
    return {**nothing(state, after), "done": [place]}


def _field(state: State, asset: str, name: str) -> None:
    draft = state.main.texts.get(asset)
    if draft is None or (name and name not in draft.fields):
        raise NotFound(f"There is no {asset}{'#' + name if name and draft else ''}.", next=f"concerted show {asset}" if draft else "concerted status")


def _put(session: Session, state: State, kind: EventKind, about: str, puts: tuple[Put, ...]) -> State:
    return session.append(state, Event(kind, session.now(), session.person(), about, puts, head=state.head))


def lock(session: Session, assets: tuple[str, ...]) -> Report:
    """Lock whole assets: every field counts as the person's own."""
    state = session.state()
    for asset in assets:
        _field(state, asset, "")
    after = _put(session, state, "locked", f"{', '.join(assets)} locked", tuple(Put("locked", asset, session.person()) for asset in assets))
    return {**nothing(state, after), "done": list(assets)}


def unlock(session: Session, assets: tuple[str, ...], name: str = "") -> Report:
    """Give a field or a whole asset back to the workers. The words stay until something changes."""
    state = session.state()
    puts: list[Put] = []
    for asset in assets:
        _field(state, asset, name)
        places = [f"{asset}#{name}"] if name else [place for place in state.main.owned if place.startswith(f"{asset}#")]
        puts += [Put("owned", place, None) for place in places if place in state.main.owned]
        if not name and asset in state.main.locked:
            puts.append(Put("locked", asset, None))
    if not puts:
        raise Refused(f"Nothing of {', '.join(assets)} is owned or locked.", next="concerted status")
    after = _put(session, state, "unlocked", f"{', '.join(assets)} unlocked", tuple(puts))
    return {**nothing(state, after), "done": [put.key for put in puts]}


def exclude(session: Session, assets: tuple[str, ...], *, include: bool = False) -> Report:
    """Leave assets out of the next release (they stay as context), or take them in again."""
    state = session.state()
    for asset in assets:
        _field(state, asset, "") if asset in state.main.texts else _planned(session, state, asset)
    puts = tuple(Put("excluded", asset, None if include else session.person()) for asset in assets)
    after = _put(session, state, "included" if include else "excluded", ", ".join(assets), puts)
    return {**nothing(state, after), "done": list(assets)}


def _planned(session: Session, state: State, asset: str) -> None:
    if asset not in session.build(state).deliverables:
        raise NotFound(f"There is no asset {asset}.", next="concerted status")


def approve(session: Session, assets: Iterable[str], *, seen: str = "", on: str = "") -> Report:
    """Sign assets for every role that the person holds. Gives a reason for each that is refused."""
    state = session.state()
    by = session.person()
    if on:
        return _approve_on_change(session, state, tuple(assets), on)
    built = session.build(state)
    puts: list[Put] = []
    done: list[str] = []
    refused: list[Report] = []
    for asset in assets:
        given, reason = _signatures(session, state, built, (asset, by, seen))
        if reason is not None:
            refused.append({"id": asset, "why": reason.why, "next": reason.next})
            continue
        done.append(asset)
        if given:
            puts.append(Put("approvals", asset, (*state.main.approvals.get(asset, ()), *given)))
    after = _put(session, state, "approved", f"{len(puts)} texts", tuple(puts)) if puts else state
    return {**nothing(state, after), "done": done, "refused": refused, "replaced_by": sorted({c for asset in done for c in _open_rewrites(session, state, asset, "")})}


def _signatures(session: Session, state: State, built: Built, asked: tuple[str, str, str]) -> tuple[tuple[Approval, ...], Reason | None]:
    asset, by, seen = asked
    slot = built.slots.get(asset)
    draft = state.main.texts.get(asset)
    if slot is None or draft is None:
        return (), Reason("there is no draft of it", "concerted status")
    if seen and seen != draft.id:
        return (), Reason(f"it moved on since you saw {seen}", f"concerted show {asset}")
    now = standing(slot)
    if now != "fresh":
        return (), Reason(f"it is {now}: {', '.join(sorted(slot.roots)) or slot.blocked or 'see why'}", f"concerted why {asset}")
    kit = session.kit(state.main.tree)
    demanded = kit.roles.demanded(slot.deliverable, draft.values, built.facets)
    mine = [role for role in demanded if by in kit.roles.people(role, slot.deliverable, built.facets)]
    if demanded and not mine:
        who = " or ".join(dict.fromkeys(name for role in demanded for name in kit.roles.people(role, slot.deliverable, built.facets)))
        return (), Reason(f"{by} is not named for {', '.join(demanded)}", f'concerted approve {asset} --by "{who.split(" or ")[0]}"')
    facts = tuple(sorted({edge for text in draft.values.values() for edge in kit.matching.says(text, built.facets) if is_fact(edge[0])}))
    texts = {name: hash_text(text) for name, text in draft.values.items()}
    valid = signed_roles(state.main.approvals.get(asset, ()), draft.values, built.facets)
    return tuple(Approval(asset, role, by, session.now(), texts, facts) for role in mine if role not in valid), None


def _approve_on_change(session: Session, state: State, assets: tuple[str, ...], on: str) -> Report:
    """Approving on a Change is taking what it proposes for these assets."""
    change = session.change(state, on)
    before = state
    built = session.build(state, change)
    done: list[str] = []
    for decision in built.decisions:
        for item in decision.items:
            if item.asset in assets and item.who == session.by and "take" in item.options:
                change = lifecycle.answer_decision(change, decision, Answer("take", session.by, session.now(), "", ""), item.key)
                done.append(item.asset)
    refused = [{"id": asset, "why": f"{change.id} asks {session.by} nothing about it", "next": "concerted decide"} for asset in assets if asset not in done]
    if done:
        check_landing(session, session.build(state, change).line.tree, {})
        state = _settled(session, session.append(state, lifecycle.amend(change, session.now(), session.by, "approved on the Change")))
    return {**no_plan(before), "done": list(dict.fromkeys(done)), "refused": refused, "replaced_by": [], **ran(session, before, state, change)}


def attest(session: Session, what: str) -> Report:
    """Confirm that a text or a wording is still true: same words, signed, bound to today's facts."""
    state = session.state()
    by = session.person()
    for change in (*state.changes.values(), *((revisit_of(session, state),) if state.main.left else ())):
        amended = _attested(session, state, change, what)
        if amended is not None:
            before = state
            check_landing(session, session.build(state, amended).line.tree, {})
            event = lifecycle.amend(amended, session.now(), by, f"{what} confirmed")
            state = session.append(state, event if change.id in state.changes else lifecycle.open_change(amended))
            state = _settled(session, state)
            return {**no_plan(before), "done": [what], "refused": [], **ran(session, before, state, amended)}
    if (settled := _settle_residues(session, state, what)) is not None:
        return settled
    if what in state.main.texts or "@" in what:
        raise Refused(f"Nothing asks whether {what} is still true.", next=f"concerted why {what}" if what in state.main.texts else "concerted decide")
    raise NotFound(f"There is no {what}.", next="concerted status")


def _settle_residues(session: Session, state: State, asset: str) -> Report | None:
    """Confirm words of an earlier strategy that stand in a text and are still true; None where there are none."""
    draft = state.main.texts.get(asset)
    if draft is None:
        return None
    found = residues(state, session.facets(state), session.kit(state.main.tree), {asset: draft})
    if not found:
        return None
    _put(session, state, "attested", f"{asset} is still true", tuple(Put("settled", f"{one.text_hash}|{one.fragment}", True) for one in found))
    return {"done": [asset], "refused": []}


def _attested(session: Session, state: State, change: Change, what: str) -> Change | None:
    """Keep every text of an asset, or a wording, on a Change that asks about it; None where it does not."""
    found = False
    amended = change
    for decision in session.build(state, change).decisions:
        for item in decision.items:
            if "keep" in item.options and what in (item.asset, item.ref, f"{item.asset}#{item.field}"):
                found = True
                amended = lifecycle.answer_decision(amended, decision, Answer("keep", session.by, session.now(), "", ""), item.key)
    if not found:
        return None
    wanted = frozenset({what, f"wording:{what}"}) & amended.revisit
    return replace(amended, revisit=wanted) if change.id not in state.changes else amended
