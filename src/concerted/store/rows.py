"""What an event does to the tables. Must do to rows what `campaign.event.fold` does to values."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from concerted.campaign.draft import Draft
from concerted.campaign.event import Event
from concerted.store.codec import encode
from concerted.store.names import HEAD, KEYED
from concerted.store.schema import DOCUMENTS, DRAFTS, META, SECTIONS, SETTLED, TEXTS, VERSIONS


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
