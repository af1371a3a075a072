"""What an event does to the tables, and the state that the tables hold. Must do to rows what `campaign.event.fold` does to values."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from concerted.campaign.draft import Draft
from concerted.campaign.event import LINE_SECTIONS, Event
from concerted.campaign.line import Line, State
from concerted.store.codec import decode, encode
from concerted.store.schema import DOCUMENTS, DRAFTS, KEYED, META, SECTIONS, SETTLED, TEXTS, VERSIONS

HEAD = "head"


def write_event(connection: Connection, event: Event) -> None:
    """Put an event's values in place. Within one event the last value put under a key is the one that stands."""
    sections: dict[str, dict[str, Any]] = {}
    for put in event.puts:
        sections.setdefault(put.section, {})[put.key] = put.value
    if "drafts" in sections:
        _store_drafts(connection, list(sections["drafts"].values()))
    if "texts" in sections:
        _move_pointers(connection, sections["texts"])
    for name in KEYED:
        if name in sections:
            _write_keyed(connection, name, sections[name])
    if added := [key.partition("|") for key, yes in sections.get("settled", {}).items() if yes]:
        connection.execute(insert(SETTLED).on_conflict_do_nothing(), [{"text": text, "run": run} for text, _, run in added])
    for name in ("tree", "catalog"):
        if name in sections:
            _write_document(connection, name, sections[name][""])
    if "versions" in sections:
        rows = [{"number": version.number, "value": encode("versions", version)} for version in sections["versions"].values()]
        connection.execute(insert(VERSIONS), rows)


def _next_current(connection: Connection) -> int:
    return (connection.scalar(select(func.max(DRAFTS.c.current_seq))) or 0) + 1


def _store_drafts(connection: Connection, drafts: list[Draft]) -> None:
    """Store drafts that are not there yet; a draft that is known stays where it stands in its asset's list."""
    start = _next_current(connection)
    rows = [
        {"asset": draft.asset, "id": draft.id, "current_seq": number, "value": encode("drafts", draft)} for number, draft in enumerate(drafts, start)
    ]
    connection.execute(insert(DRAFTS).on_conflict_do_nothing(), rows)


def _move_pointers(connection: Connection, pointers: Mapping[str, str | None]) -> None:
    """Move pointers; the draft that becomes current goes to the end of its asset's list."""
    gone = [{"gone": asset} for asset, draft in pointers.items() if draft is None]
    put = [(asset, draft) for asset, draft in pointers.items() if draft is not None]
    if gone:
        connection.execute(delete(TEXTS).where(TEXTS.c.asset == bindparam("gone")), gone)
    if put:
        drawn = update(DRAFTS).where(DRAFTS.c.asset == bindparam("of"), DRAFTS.c.id == bindparam("which")).values(current_seq=bindparam("number"))
        numbered = enumerate(put, _next_current(connection))
        connection.execute(drawn, [{"of": asset, "which": draft, "number": number} for number, (asset, draft) in numbered])
        place = insert(TEXTS)
        moved = place.on_conflict_do_update(index_elements=["asset"], set_={"draft": place.excluded.draft})
        connection.execute(moved, [{"asset": asset, "draft": draft} for asset, draft in put])


def _write_keyed(connection: Connection, name: str, values: Mapping[str, Any]) -> None:
    table = SECTIONS[name]
    gone = [key for key, value in values.items() if value is None]
    put = [{"key": key, "value": encode(name, value)} for key, value in values.items() if value is not None]
    for key in gone:
        connection.execute(delete(table).where(table.c.key == key))
    if put:
        place = insert(table)
        connection.execute(place.on_conflict_do_update(index_elements=["key"], set_={"value": place.excluded.value}), put)


def _write_document(connection: Connection, name: str, value: object) -> None:
    place = insert(DOCUMENTS).values(name=name, value=encode(name, value))
    connection.execute(place.on_conflict_do_update(index_elements=["name"], set_={"value": place.excluded.value}))


def read_state(connection: Connection) -> State:
    """Read the current state, orders included. Mappings list their keys as folding the events would."""
    drafts = _read_drafts(connection)
    pointers = connection.execute(select(TEXTS.c.asset, TEXTS.c.draft).order_by(TEXTS.c.row))
    texts = {asset: next(draft for draft in reversed(drafts[asset]) if draft.id == current) for asset, current in pointers}
    keyed = {name: _read_keyed(connection, name) for name in KEYED}
    documents = {name: decode(name, value) for name, value in connection.execute(select(DOCUMENTS.c.name, DOCUMENTS.c.value))}
    settled = frozenset((text, run) for text, run in connection.execute(select(SETTLED.c.text, SETTLED.c.run)))
    main = Line(texts=texts, settled=settled, **documents, **{name: keyed[name] for name in LINE_SECTIONS})
    versions = connection.scalars(select(VERSIONS.c.value).order_by(VERSIONS.c.row))
    rest = {name: values for name, values in keyed.items() if name not in LINE_SECTIONS}
    return State(main=main, head=read_head(connection), drafts=drafts, versions=tuple(decode("versions", value) for value in versions), **rest)


def _read_drafts(connection: Connection) -> dict[str, tuple[Draft, ...]]:
    rows = connection.execute(select(DRAFTS.c.asset, DRAFTS.c.current_seq, DRAFTS.c.value).order_by(DRAFTS.c.row))
    listed: dict[str, list[tuple[int, Draft]]] = {}
    for asset, current, value in rows:
        listed.setdefault(asset, []).append((current, decode("drafts", value)))
    return {asset: tuple(draft for _, draft in sorted(found, key=lambda pair: pair[0])) for asset, found in listed.items()}


def _read_keyed(connection: Connection, name: str) -> dict[str, Any]:
    table = SECTIONS[name]
    rows = connection.execute(select(table.c.key, table.c.value).order_by(table.c.row))
    return {key: decode(name, value) for key, value in rows}


def read_head(connection: Connection) -> int:
    """Read the number of main's head; 0 before anything was adopted."""
    return connection.scalar(select(META.c.value).where(META.c.key == HEAD)) or 0


def swap_head(connection: Connection, seen: int) -> bool:
    """Move main's head on by one where it is still the one that was seen; tell whether it was."""
    if read_head(connection) != seen:
        return False
    write_meta(connection, HEAD, seen + 1)
    return True


def write_meta(connection: Connection, key: str, value: int) -> None:
    """Put a single number in place."""
    place = insert(META).values(key=key, value=value)
    connection.execute(place.on_conflict_do_update(index_elements=["key"], set_={"value": place.excluded.value}))
