"""Reading copies go out: drafts that are not released, for one reader, marked as such on every page. What was shown is remembered by reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from concerted.campaign.deliverable import NONE, Deliverable, field_label
from concerted.campaign.draft import Draft, hash_text
from concerted.campaign.event import Event, Put
from concerted.campaign.facets import MEMBERS, Facets
from concerted.campaign.line import State
from concerted.campaign.review import EVERYONE, LEGAL, OF_LEGAL, Round
from concerted.campaign.spelling import did_you_mean
from concerted.conductor.remarks import open_remarks, said
from concerted.conductor.report import Report
from concerted.conductor.session import Session
from concerted.errors import NotFound, Refused
from concerted.folder.working_copy import lay
from concerted.planning.build import Built
from concerted.planning.release import groups_of
from concerted.planning.site import Slot
from concerted.review.reading_copy import CopyAsset, CopyField, ReadingCopy


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which texts a copy is to hold. Empty parts ask for all."""

    reader: str = ""
    groups: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    changed: bool = False
    change: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a copy is for: the name of the rule (or the reader's own), the rules that it stands for, and the person."""

    name: str
    roles: tuple[str, ...]
    who: str


def reader_of(facets: Facets, typed: str) -> Reader:
    """Find the reader that was typed: a rule, `legal` for whoever clears claims and quotes, or a person; nobody is everyone. Raises NotFound."""
    if not typed or typed == EVERYONE:
        return Reader(EVERYONE, (), "")
    roles = [str(slug) for slug in cast(tuple[Any, ...], facets.get(f"approvals.{MEMBERS}") or ())]
    kinds = {role: str(facets.get(f"approvals.{role}.for", "copy")) for role in roles}
    if typed in roles:
        chosen = (typed,)
    elif typed.lower() == LEGAL:
        chosen = tuple(role for role in roles if kinds[role] in OF_LEGAL)
    else:
        named = {role: [str(facets.get(f"approvals.{role}.{part}") or "") for part in ("who", "deputy")] for role in roles}
        chosen = tuple(role for role, who in named.items() if typed in who)
    if not chosen:
        raise NotFound(f"No approval rule is {typed}, or names them.", next=did_you_mean(typed, (*roles, "legal")) or "concerted status")
    who = typed if typed not in roles and typed.lower() != LEGAL else str(facets.get(f"approvals.{chosen[0]}.who") or "")
    return Reader(typed.lower() if typed.lower() == LEGAL else typed, chosen, who)


def review_out(session: Session, wanted: Wanted, html: Path | None, docx: Path | None) -> Report:
    """Write a reading copy and remember what it showed. Raises NotFound for an unknown reader, group or audience, Refused where nothing is left."""
    session.person()
    state = session.state()
    built = session.line(state, wanted.change)
    reader = reader_of(built.facets, wanted.reader)
    slots = chosen(built, wanted)
    before = state.rounds.get(reader.name)
    released = state.last_released()
    rows: list[CopyAsset] = []
    skipped = {"released": 0, "not asked": 0, "unchanged": 0}
    for slot in slots:
        draft = slot.draft if wanted.change else slot.before
        if draft is None:
            continue
        if released.get(slot.id) == draft.id:
            skipped["released"] += 1
        elif not _asks(built, slot, draft, reader):
            skipped["not asked"] += 1
        elif not (fields := _fields(state, slot, draft, before if wanted.changed else None, changed=wanted.changed)):
            skipped["unchanged"] += 1
        else:
            rows.append(_asset(session, slot, draft, fields))
    if not rows:
        raise Refused("There is nothing to read.", next=_why_nothing(skipped, reader))
    made = _copy(session, state, built, (reader, wanted, tuple(rows)))
    files = lay_out(made, html, docx)
    _remember(session, state, made, reader, wanted)
    return {
        "copy": made.id, "reader": reader.name, "roles": list(reader.roles), "who": reader.who,
        "strategy": made.strategy, "change": wanted.change or None,
        "files": files, "assets": [{"id": row.id, "draft": row.draft, "fields": [field.place for field in row.fields]} for row in rows],
        "left_out": skipped,
    }  # fmt: skip


def _why_nothing(skipped: Mapping[str, int], reader: Reader) -> str:
    if skipped["unchanged"]:
        return f"nothing changed since the last copy for {reader.name}; without --changed all is shown"
    if skipped["not asked"]:
        return f"no text here needs {reader.name}"
    return "all drafts here are released: concerted export" if skipped["released"] else "concerted run"


def chosen(built: Built, wanted: Wanted) -> list[Slot]:
    """Give the slots of the wanted groups and audiences. Raises NotFound for one that does not exist."""
    known = groups_of(built)
    audiences = sorted({slot.deliverable.audience for slot in built.slots.values()} - {NONE})
    for what, asked, there in (("group", wanted.groups, known), ("audience", wanted.audiences, audiences)):
        for name in asked:
            if name not in there:
                raise NotFound(f"There is no {what} {name}.", next=did_you_mean(name, there) or f"{what}s: {', '.join(there)}")
    return [
        slot
        for slot in built.slots.values()
        if (not wanted.groups or slot.deliverable.group in wanted.groups) and (not wanted.audiences or slot.deliverable.audience in wanted.audiences)
    ]


def _asks(built: Built, slot: Slot, draft: Draft, reader: Reader) -> bool:
    return not reader.roles or not set(reader.roles).isdisjoint(built.site.kit.roles.demanded(slot.deliverable, draft.values, built.facets))


def _fields(state: State, slot: Slot, draft: Draft, before: Round | None, *, changed: bool) -> tuple[CopyField, ...]:
    found: list[CopyField] = []
    for name, text in draft.fields.items():
        place = f"{slot.id}#{name}"
        shown = before.texts.get(place) if before else None
        if not text.value or (changed and shown == text.hash):
            continue
        was = _words(state, slot.id, name, shown) if shown and shown != text.hash else ""
        remarks = tuple(said(one) for one in open_remarks(state, place, text.value))
        found.append(CopyField(place, field_label(name), text.value, text.hash, was, remarks))
    return tuple(found)


def _words(state: State, asset: str, name: str, seen: str) -> str:
    drafts = state.drafts.get(asset, ())
    return next((draft.fields[name].value for draft in reversed(drafts) if name in draft.fields and draft.fields[name].hash == seen), "")


def _asset(session: Session, slot: Slot, draft: Draft, fields: tuple[CopyField, ...]) -> CopyAsset:
    kind, what = slot.type, slot.deliverable
    told = ", ".join(part for part in (what.variant, what.audience, what.market) if part != NONE)
    channel = session.catalog.channels()[what.channel].name if what.channel in session.catalog.channels() else what.channel
    days = [f"{word} {day}" for word, day in (("approve by", what.due), ("published", what.publish)) if day]
    about = " · ".join(part for part in (channel if channel != NONE else "", what.locale, *days) if part)
    title = f"{kind.title} ({told})" if told else kind.title
    return CopyAsset(slot.id, title, about + (" ·" if about else ""), draft.id, fields, _group(what), "I approve this text as it stands")


def _group(what: Deliverable) -> str:
    return what.phase if what.market == NONE else f"{what.market}, {what.phase}"


def _copy(session: Session, state: State, built: Built, made: tuple[Reader, Wanted, tuple[CopyAsset, ...]]) -> ReadingCopy:
    reader, wanted, rows = made
    before = state.rounds.get(reader.name)
    number = before.number + 1 if before else 1
    held = f"{len(rows)} texts" if len(rows) != 1 else "one text"
    since = f", only what changed since round {before.number} of {before.at[:10]}" if before and wanted.changed else ""
    line = f"the Change {wanted.change}, not yet part of the campaign" if wanted.change else "the campaign as it stands"
    return ReadingCopy(
        id=f"{slug(reader.name)}-{number}",
        kind="texts",
        title=f"{built.facets.get('campaign.name', 'Campaign')}: reading copy",
        company=str(built.facets.get("campaign.company", "")),
        reader=reader.name,
        who=reader.who,
        date=session.today,
        strategy=f"strategy version {len(state.versions)}",
        note=f"Round {number}: {held} of {line}{since}.",
        assets=rows,
    )


def slug(name: str) -> str:
    """Spell a reader so that it can stand in a file's name."""
    return "-".join("".join(char if char.isalnum() else " " for char in name.lower()).split()) or EVERYONE


def lay_out(made: ReadingCopy, html: Path | None, docx: Path | None) -> list[Report]:
    """Write a copy where it is wanted."""
    files: list[Report] = []
    if html is not None:
        from concerted.review.page import page

        files.append(_lay(html, page(made), "html"))
    if docx is not None:
        from concerted.review.document import document

        files.append(_lay(docx, document(made), "docx"))
    return files


def _lay(path: Path, content: bytes, kind: str) -> Report:
    target = path.resolve()
    lay(target.parent, {target.name: content})
    return {"path": str(path), "format": kind}


def _remember(session: Session, state: State, made: ReadingCopy, reader: Reader, wanted: Wanted) -> None:
    before = state.rounds.get(reader.name)
    shown = {field.place: field.seen for field in made.fields}
    remember(session, state, reader.name, (made.id, shown), wanted.change, before)


def remember(session: Session, state: State, name: str, made: tuple[str, Mapping[str, str]], change: str, before: Round | None) -> None:
    """Record that a copy went out: its id, and what it showed."""
    ident, shown = made
    texts = {**(before.texts if before else {}), **shown}
    number = before.number + 1 if before else 1
    this = Round(number, name, session.person(), session.now(), len(state.versions), change, tuple(shown), texts)
    session.append(state, Event("sent", session.now(), session.person(), ident, (Put("rounds", name, this),)))


def sent_rounds(session: Session) -> dict[str, Round]:
    """Every copy that went out, by its id."""
    found: dict[str, Round] = {}
    for _seq, event in session.keeper.events():
        if event.kind == "sent":
            found[event.about] = next(put.value for put in event.puts if put.section == "rounds")
    return found


def words_by_hash(drafts: Iterable[Draft], name: str, seen: str) -> str | None:
    """Find the words of a field by (the beginning of) their hash, the newest draft first."""
    for draft in reversed(tuple(drafts)):
        if name in draft.fields and seen and hash_text(draft.fields[name].value).startswith(seen):
            return draft.fields[name].value
    return None
