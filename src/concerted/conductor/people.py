"""The person's verbs: edit, pin, approve, lock, unlock, attest, exclude. Without consequences for others they land at once."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from concerted.campaign.change import Answer, Change
from concerted.campaign.event import Event, Put
from concerted.campaign.line import Approval, State
from concerted.conductor.changing import Confirm, NotConfirmed, open_or_amend, ran
from concerted.conductor.consequences import consequences, plan_of
from concerted.conductor.findings import finding_rows
from concerted.conductor.folder_edits import bring_up, check_landing
from concerted.conductor.promoting import hints
from concerted.conductor.report import Report, no_plan, nothing
from concerted.conductor.session import Session
from concerted.conductor.sketch import new_change
from concerted.conductor.typed_edits import check_length
from concerted.conductor.waiting import Asked, revisit_of
from concerted.errors import NotFound, Reason, Refused, UserError
from concerted.planning import lifecycle, people
from concerted.planning.build import Built
from concerted.planning.plan import action
from concerted.planning.release import refers_to, without
from concerted.planning.residual import residues
from concerted.planning.revise import merge


def edit(  # noqa: PLR0913  # one keyword for each flag of the verb
    session: Session, asset: str, name: str, text: str, confirm: Confirm, *, seen: str = "", on: str = "", run: bool = True
) -> Report:
    """Put a person's words into one field. It lands at once when no other text reads it; else the plan is shown and it becomes a Change."""
    by = session.person()
    before = state = session.state()
    if not text.strip():
        raise UserError("An empty text cannot be edited in. The whole asset can be left out of the next release.", next=f"concerted exclude {asset}")
    check_length(text)
    draft = state.main.texts.get(asset)
    if draft is None or name not in draft.fields:
        known = ", ".join(draft.fields) if draft else ", ".join(sorted(state.main.texts))
        raise NotFound(f"{asset} has no field {name}." if draft else f"There is no draft of {asset}.", next=f"one of: {known}")
    text = _three_way(session, state, (asset, name, text), seen)
    place = f"{asset}#{name}"
    if on:
        opened = session.change(state, on)
        change = people.edit_text(session.build(state, opened), opened, asset, name, (text, by))
        check_landing(session, session.build(state, change).line.tree, {})
        report = consequences(session, state, plan_of(session, state, change))
        state = session.append(state, lifecycle.amend(change, session.now(), by, f"{by} edits {place}"))
        state = _settled(session, state) if run else state
        return {**report, "done": [place], "refused": [], "replaced_by": [], **ran(session, before, state, change)}
    change = people.edit_text(session.build(state), new_change(session, state, f"{by} edits {place}"), asset, name, (text, by))
    shown = plan_of(session, state, change)
    report = consequences(session, state, shown)
    if shown.affected - {asset} and not confirm(report):
        raise NotConfirmed(report, f"concerted edit {asset} --field {name} --text ... --yes")
    state = open_or_amend(session, state, change)
    state = _settled(session, state) if run else state
    rewrites = _open_rewrites(session, state, asset, name)
    report["findings"] = [*report["findings"], *_remarks(session, shown.built, asset, name)]
    report["promote"] = hints(session, before, place, draft.fields[name].value, text)
    return {**report, "done": [place], "refused": [], "replaced_by": rewrites, **ran(session, before, state, change)}


def _remarks(session: Session, built: Built, asset: str, name: str) -> list[Report]:
    """Say at once what the checks will say of a field; nothing of it stops an edit, the gate stops a release."""
    slot = built.slots[asset]
    words = {field: text.value for field, text in slot.texts.items() if text.value}
    findings = session.kit(built.line.tree).rules.check(slot.deliverable, words, built.facets, slot.deliverable.publish or session.today)
    return [row for row in finding_rows(findings) if row["field"] == name]


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
        again = f"concerted edit {asset} --field {name} --text ... --seen {current.id}"
        raise Refused("The text moved in the same place.", reasons=[Reason(why, again, asset)])
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
    after = session.append(state, people.pin(state, asset, name, session.person(), session.now()))
    return {**nothing(state, after), "done": [f"{asset}#{name}"]}


def lock(session: Session, assets: tuple[str, ...]) -> Report:
    """Lock whole assets: every field counts as the person's own."""
    return _each(session, assets, lambda state, asset: people.lock(state, asset, session.person(), session.now()))


def unlock(session: Session, assets: tuple[str, ...], name: str = "") -> Report:
    """Give a field or a whole asset back to the workers. The words stay until something changes."""
    return _each(session, assets, lambda state, asset: people.unlock(state, asset, session.person(), session.now(), name))


def exclude(session: Session, assets: tuple[str, ...], *, include: bool = False, confirm: Confirm | None = None) -> Report:
    """Leave assets out of the next release (they stay as context), or take them in again.

    Raises NotConfirmed where sentences that are released name a file which is then missing, and nobody says that they stand alone.
    """
    before = session.state()
    built = session.build(before)
    planned = built.deliverables
    for asset in assets:
        if asset not in planned:
            raise NotFound(f"There is no asset {asset}.", next="concerted status")
    if include:
        return _each(session, assets, lambda state, asset: people.include(state, asset, session.person(), session.now()))
    gone = {**before.main.excluded, **dict.fromkeys(assets, "")}
    bare = {asset: files for asset, files in without(built, gone).items() if set(files) & set(assets)}
    rows = [
        {"id": asset, "files": list(files), "sentences": [{"field": name, "text": said} for name, said in refers_to(built, asset, files)]}
        for asset, files in bare.items()
    ]
    shown = {**no_plan(before), "without": rows}
    if confirm and any(row["sentences"] for row in rows) and not confirm(shown):
        raise NotConfirmed(shown, f"concerted exclude {' '.join(assets)} --yes, or concerted edit the sentences first")
    report = _each(session, assets, lambda state, asset: people.exclude(state, asset, "", session.person(), session.now()))
    return {**report, "without": rows}


def _each(session: Session, assets: tuple[str, ...], decide: Callable[[State, str], Event]) -> Report:
    """Decide for every asset before anything is written, then write."""
    before = state = session.state()
    puts = [put for asset in assets for put in decide(before, asset).puts]
    event = decide(before, assets[0])
    state = session.append(state, replace(event, about=", ".join(assets), puts=tuple(puts)))
    return {**nothing(before, state), "done": [put.key for put in puts] if event.kind == "unlocked" else list(assets)}


def approve(session: Session, assets: Iterable[str], *, seen: str = "", on: str = "") -> Report:
    """Sign assets for every role that the person holds. Gives a reason for each that is refused."""
    state = session.state()
    by = session.person()
    if on:
        return _approve_on_change(session, state, tuple(assets), on)
    asked = Asked(session, state, session.build(state))
    puts: list[Put] = []
    done: list[str] = []
    refused: list[Report] = []
    for asset in assets:
        try:
            given = _signatures(asked, asset, seen)
        except Refused as no:
            refused += [{"id": asset, "why": reason.why, "next": reason.next} for reason in no.reasons]
            continue
        done.append(asset)
        if given:
            puts.append(Put("approvals", asset, (*state.main.approvals.get(asset, ()), *given)))
    event = Event("approved", session.now(), by, f"{len(puts)} texts", tuple(puts), head=state.head)
    after = session.append(state, event) if puts else state
    replaced = sorted({change for asset in done for change in _open_rewrites(session, state, asset, "")})
    return {**nothing(state, after), "done": done, "refused": refused, "replaced_by": replaced}


def withdraw(session: Session, assets: Iterable[str], because: str) -> Report:
    """Take the person's own signatures under today's words back, with the reason on record. Gives a reason for each that is refused."""
    state = session.state()
    built, by = session.build(state), session.person()
    puts: list[Put] = []
    refused: list[Report] = []
    for asset in dict.fromkeys(assets):
        try:
            puts.append(Put("approvals", asset, people.withdrawn(built, asset, by) or None))
        except Refused as no:
            refused += [{"id": asset, "why": reason.why, "next": reason.next} for reason in no.reasons]
    done = [put.key for put in puts]
    event = Event("unapproved", session.now(), by, f"{', '.join(done)}: {because}", tuple(puts), head=state.head)
    after = session.append(state, event) if puts else state
    return {**nothing(state, after), "done": done, "refused": refused, "because": because}


def _signatures(asked: Asked, asset: str, seen: str) -> tuple[Approval, ...]:
    """Give the signatures that count today. Raises Refused where it moved, or where all that somebody could give is a deputy's, and too early."""
    session, draft = asked.session, asked.state.main.texts.get(asset)
    if seen and draft and seen != draft.id:
        raise Refused("It moved.", reasons=[Reason(f"it moved on since you saw {seen}", f"concerted show {asset}", asset)])
    given = people.signatures(asked.built, asset, session.by, session.now())
    early = asked.early(asked.built.slots[asset], given)
    if early and len(early) == len(given):
        raise Refused("Not yet theirs to approve.", reasons=[reason for _one, reason in early])
    return tuple(one for one in given if one not in [approval for approval, _reason in early])


def _approve_on_change(session: Session, state: State, assets: tuple[str, ...], on: str) -> Report:
    """Approving on a Change is taking what it proposes for these assets."""
    change = session.change(state, on)
    before = state
    built = session.build(state, change)
    done: list[str] = []
    for decision in built.decisions:
        for item in decision.items:
            if item.asset in assets and item.who == session.by and "take" in item.options:
                change = lifecycle.answer_decision(change, decision, Answer("take", session.by, session.now(), "", ""), built, item.key)
                done.append(item.asset)
    why = f"{change.id} asks {session.by} nothing about it"
    refused = [{"id": asset, "why": why, "next": "concerted decide"} for asset in assets if asset not in done]
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
    puts = tuple(Put("settled", f"{one.text_hash}|{one.fragment}", True) for one in found)
    after = session.append(state, Event("attested", session.now(), session.person(), f"{asset} is still true", puts, head=state.head))
    return {**nothing(state, after), "done": [asset]}


def _attested(session: Session, state: State, change: Change, what: str) -> Change | None:
    """Keep every text of an asset, or a wording, on a Change that asks about it; None where it does not."""
    found = False
    amended = change
    built = session.build(state, change)
    for decision in built.decisions:
        for item in decision.items:
            if "keep" in item.options and what in (item.asset, item.ref, f"{item.asset}#{item.field}"):
                found = True
                amended = lifecycle.answer_decision(amended, decision, Answer("keep", session.by, session.now(), "", ""), built, item.key)
    if not found:
        return None
    wanted = frozenset({what, f"wording:{what}"}) & amended.revisit
    return replace(amended, revisit=wanted) if change.id not in state.changes else amended
