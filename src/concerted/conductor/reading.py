"""The verbs that only look: status, history, show, why, diff. They write nothing and need no model."""

from concerted.campaign.change import NO_CHANGE
from concerted.campaign.dismissal import parted
from concerted.campaign.draft import Draft, Text
from concerted.campaign.facets import flatten, hash_at
from concerted.campaign.line import State
from concerted.campaign.spelling import did_you_mean
from concerted.conductor.filed import doubts, file_row
from concerted.conductor.findings import dismissal_rows, finding_rows, strategy_name
from concerted.conductor.folder_edits import pending
from concerted.conductor.intervening import intervention_rows, intervention_totals, put_back_rows
from concerted.conductor.opining import opinion_rows
from concerted.conductor.remarks import remark_rows
from concerted.conductor.report import Report, asset_rows, changed_fields, file_change, slot_rows, spell
from concerted.conductor.session import Session
from concerted.conductor.stand import dates_of, stand_of
from concerted.conductor.waiting import Asked, decisions_of
from concerted.errors import NotFound, UserError
from concerted.planning.build import Built
from concerted.planning.plan import action, wording_readers
from concerted.planning.release import groups_of
from concerted.planning.site import Slot, spell_ref
from concerted.planning.standing import cause, standing

LATEST = 5
"""So many stops are told with the standing; the record holds all."""


def status(session: Session, on: str = "") -> Report:
    """Say how every asset stands, on main or on a Change, and what waits for whom."""
    state = session.state()
    built = session.line(state, on)
    held: dict[str, int] = {}
    for change in state.changes.values():
        for item in session.build(state, change).items if not on else ():
            for asset in (item.asset,) if item.asset else item.assets:
                held[asset] = held.get(asset, 0) + 1
    workers = {slug: kind.worker for slug, kind in session.assembly.registry.every.items()}
    rows = asset_rows(state, built, held, workers)
    stand = stand_of(session, state, built) if not on else None
    asked = Asked(session, state, built)
    rows = [{**row, **dates_of(stand, row["id"]), "withdrawn": None if on else asked.withdrawn.get(row["id"])} for row in rows]
    facets = built.facets
    ready = bool(rows) and all((row["standing"] == "fresh" and not row["unsigned"]) or row["excluded"] for row in rows)
    return {
        "campaign": str(facets.get("campaign.name", "")),
        "strategy": strategy_name(state),
        "version": len(state.versions),
        "line": on or "main",
        "ready": ready and not state.changes,
        "groups": list(groups_of(built)),
        "assets": rows,
        "slots": slot_rows(built),
        "changes": [{"id": c.id, "title": c.title, "by": c.by} for c in state.changes.values()],
        "decisions": decisions_of(session, state),
        "signatures": asked.signatures() if not on else [],
        **_pending(session, state),
        "remarks": remark_rows(state),
        "release": list(state.releases)[-1] if state.releases else None,
        "interventions": {**intervention_totals(state), "latest": intervention_rows(state)[-LATEST:]},
        "paused": state.paused.get("") or None,
        "proposals": list(state.proposals),
    }


def _pending(session: Session, state: State) -> Report:
    """List the lines of the file that were edited since the last run, or say why it cannot be read just now: the campaign stands either way."""
    try:
        return {"pending_in_file": [*pending(session, state)], "file_problems": []}
    except (UserError, NotFound) as unreadable:
        said = [str(problem) for problem in unreadable.problems] or [unreadable.message]
        return {"pending_in_file": [], "file_problems": said}


def strategy(session: Session, below: str = "") -> Report:
    """List the strategy line by line, adopted or, before the first run, as it stands in the file; `below` leaves only lines below a ref."""
    state = session.load()
    tree = state.main.tree if state.versions else session.copy.read()
    lines = flatten(tree)
    found = {ref: value for ref, value in lines.items() if not below or ref == below or ref.startswith((f"{below}.", f"{below}@"))}
    if below and not found:
        raise NotFound(f"The strategy says nothing below {below}.", next=did_you_mean(below, dict.fromkeys(ref.partition(".")[0] for ref in lines)))
    rows = [{"ref": spell_ref(ref), "value": spell(value)} for ref, value in found.items()]
    return {"adopted": bool(state.versions), "version": len(state.versions), "strategy": strategy_name(state) or None, "lines": rows}


def history(session: Session) -> Report:
    """List the adopted versions of the strategy, and the record of what happened."""
    state = session.state()
    versions = [
        {
            "version": v.number,
            "strategy": v.hash[:12],
            "hash": v.hash,
            "at": v.at,
            "by": v.by,
            "title": v.title,
            "edits": [{"ref": ref, "old": spell(old), "new": spell(new)} for ref, old, new in v.edits] if v.number > 1 else [],
            "lines": len(v.edits),
        }
        for v in state.versions
    ]
    events = [
        {"seq": seq, "kind": e.kind, "at": e.at, "by": e.by, "about": e.about, "change": e.change or None} for seq, e in session.keeper.events()
    ]
    return {"versions": versions, "events": events}


def show(session: Session, asset: str, on: str = "") -> Report:
    """Show a draft: its words, who wrote each field, what each read, and what the checks say."""
    state = session.state()
    built = session.line(state, on)
    slot = _slot(built, asset)
    texts = slot.texts
    words = {name: text.value for name, text in texts.items() if text.value}
    draft = slot.draft if on else slot.before
    findings = (
        session.kit(state.main.tree).rules.check(slot.deliverable, words, built.facets, slot.deliverable.publish or session.today) if words else ()
    )
    findings = (*findings, *(doubts(session, built, asset, draft) if draft else ()))
    findings, stand = parted(findings, {asset: words}, state.dismissed)
    return {
        "id": asset,
        "title": slot.type.title,
        "line": on or "main",
        "standing": standing(slot),
        "cause": cause(slot),
        "why": slot.deliverable.why,
        "draft": draft.id if draft else None,
        "due": slot.deliverable.due,
        "publish": slot.deliverable.publish,
        **dates_of(None if on else stand_of(session, state, built), asset),
        "fields": words,
        "file": file_row(slot.file) if slot.file else None,
        "slot": next((row for row in slot_rows(built) if row["id"] == asset), None),
        "owners": {name: owner for name in texts if (owner := state.main.owner_of(asset, name))},
        "trace": [{"field": name, "ref": spell_key(key), "hash": seen} for name, text in texts.items() for key, seen in text.reads()],
        "records": [_record(name, text) for name, text in texts.items()],
        "findings": finding_rows(findings),
        "dismissed": dismissal_rows(stand),
        "remarks": remark_rows(state, (asset,)),
        "withdrawn": None if on else Asked(session, state, built).withdrawn.get(asset),
        "blocked": slot.blocked or None,
        "next": slot.way_out if slot.blocked else None,
        "interventions": intervention_rows(state, (asset,)),
    }


def _slot(built: Built, asset: str) -> Slot:
    slot = built.slots.get(asset)
    if slot is None:
        near = [known for known in built.slots if asset in known][:5]
        raise NotFound(f"There is no asset {asset}.", next=f"did you mean {', '.join(near)}?" if near else "concerted status")
    return slot


def _record(name: str, text: Text) -> Report:
    return {
        "field": name,
        "author": text.origin,
        "by": text.record.author or text.origin,
        "prompt_hash": text.record.prompt_hash,
        "recipe": text.record.recipe,
        "model": text.record.author if text.origin == "model" else None,
    }


def spell_key(key: str) -> str:
    """Give the public form of a trace key: a ref, `asset:ID#field`, `deliverable.attribute` or `notes`."""
    kind, _, rest = key.partition(":")
    return {"f": spell_ref(rest), "u": f"asset:{rest}", "d": f"deliverable.{rest}"}.get(kind, "notes")


def why(session: Session, asset: str, on: str = "") -> Report:
    """Explain an asset: why the playbook asks for it, what makes it stand as it does, and field by field which lines it was written from.

    `sentences` says of each sentence which lines it states, and what it states that no line does.
    """
    from concerted.conductor.judging import trace_rows

    state = session.state()
    built = session.line(state, on)
    slot = _slot(built, asset)
    causes = [{"ref": root, "path": [*path] if path else [root]} for root, path in slot.roots.items()]
    for change in state.changes.values() if not on else ():
        causes += _causes_on(session.build(state, change), asset, change.id)
    return {
        "id": asset,
        "standing": standing(slot),
        "cause": cause(slot),
        "planned_because": slot.deliverable.why,
        "causes": causes,
        "needs": dict(slot.deliverable.needs),
        "read_by": _readers(built, asset),
        "fields": [_reads(built, name, text) for name, text in slot.texts.items() if text.value],
        "sentences": trace_rows(built, asset, session.today),
        "interventions": intervention_rows(state, (asset,)),
        "put_back": put_back_rows(state, (asset,)),
        "opinions": opinion_rows(state, (asset,)),
        "file": file_row(slot.file) if slot.file else None,
        "shows": list(slot.deliverable.media),
        "questions": [row for row in decisions_of(session, state) if asset in row["assets"]],
        "withdrawn": None if on else Asked(session, state, built).withdrawn.get(asset),
    }


def _causes_on(built: Built, asset: str, change: str) -> list[Report]:
    """Say what on an open Change touches an asset: edited lines, or a wording that is asked about."""
    slot = built.slots.get(asset)
    if slot and action(slot) != "none":
        return [{"ref": root, "path": [*path] if path else [root], "change": change} for root, path in slot.roots.items()]
    wording = wording_readers(built).get(asset)
    return [{"ref": wording, "path": [wording.partition("@")[0], wording], "change": change}] if wording else []


def _readers(built: Built, asset: str) -> list[str]:
    prefix = f"u:{asset}#"
    return [
        other for other, slot in built.slots.items() if any(key.startswith(prefix) for text in slot.texts.values() for key, _seen in text.reads())
    ]


def _reads(built: Built, name: str, text: Text) -> Report:
    rows: list[Report] = []
    for key, seen in text.reads():
        kind, _, rest = key.partition(":")
        if seen == "absent" or kind in ("d", "n"):
            continue
        value = built.facets.get(rest) if kind == "f" else built.site.words.get(rest.partition("#")[0], {}).get(rest.partition("#")[2])
        same = hash_at(built.facets, rest) == seen if kind == "f" else True
        rows.append({"ref": spell_key(key), "value": spell(value), "current": same, "stated": key in {k for k, _ in text.record.says}})
    return {"field": name, "text": text.value, "author": text.origin, "by": text.record.author or text.origin, "reads": rows}


def diff(session: Session, asset: str, on: str = "") -> Report:
    """Show what changed: a Change against main, or main's draft against the one before it."""
    state = session.state()
    if on:
        return {"id": asset, "from": "main", "to": on, "fields": changed_fields(session.line(state, on), asset)}
    open_on = [c for c in state.changes.values() if changed_fields(session.build(state, c), asset)]
    if open_on:
        return {"id": asset, "from": "main", "to": open_on[0].id, "fields": changed_fields(session.build(state, open_on[0]), asset)}
    _slot(session.build(state, NO_CHANGE), asset)
    drafts = state.drafts.get(asset, ())
    if len(drafts) < 2:
        return {"id": asset, "from": None, "to": drafts[-1].id if drafts else None, "fields": []}
    return {"id": asset, "from": drafts[-2].id, "to": drafts[-1].id, "fields": _differences(drafts[-2], drafts[-1])}


def _differences(old: Draft, new: Draft) -> list[Report]:
    return file_change(old, new.file) + [
        {"name": name, "old": old.values.get(name), "new": text.value, "author": text.origin, "by": text.record.author or text.origin}
        for name, text in new.fields.items()
        if old.values.get(name) != text.value
    ]
