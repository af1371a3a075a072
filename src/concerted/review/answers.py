"""The small file that a reading copy's page saves, read back. Whatever is in it is only data."""

import json
from collections.abc import Mapping
from typing import Any, cast

from concerted.errors import UserError
from concerted.review.returned import FieldBack, LooseBack, RemarkBack, Returned, TickBack


def read_answers(content: bytes) -> Returned:
    """Read saved answers. Raises UserError where it is no such file; a row that cannot be read is passed on as it is."""
    try:
        data: object = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as broken:
        raise UserError(
            "The answers cannot be read.", next="open the page again and save the answers once more; they are still in the browser"
        ) from broken
    held = _mapping(data)
    if held.get("concerted") != "review" or not isinstance(held.get("copy"), str):
        raise UserError("This file holds no answers to a reading copy.", next="it is the one that “Save my answers” writes, answers-....json")
    fields: list[FieldBack] = []
    remarks: list[RemarkBack] = []
    loose: list[LooseBack] = []
    for row in _rows(held.get("fields")):
        place, seen, text, said = (row.get(key) for key in ("place", "seen", "text", "comment"))
        if not (isinstance(place, str) and isinstance(seen, str) and isinstance(text, str | None) and isinstance(said or "", str)):
            loose.append(LooseBack(json.dumps(row, ensure_ascii=False)))
            continue
        after = ((text.replace("\r\n", "\n").replace("\r", "\n"), True),) if text is not None else ()
        fields.append(FieldBack(place, seen, after, fine=row.get("fine") is True))
        remarks += [RemarkBack(place, str(said).strip())] if said else []
    ticks: list[TickBack] = []
    for row in _rows(held.get("assets")):
        asset, draft = row.get("id"), row.get("draft")
        if row.get("approve") is not True:
            continue
        if isinstance(asset, str) and isinstance(draft, str):
            ticks.append(TickBack(asset, draft))
        else:
            loose.append(LooseBack(json.dumps(row, ensure_ascii=False)))
    return Returned(str(held["copy"]), str(held.get("by") or ""), tuple(fields), tuple(remarks), tuple(ticks), tuple(loose))


def _mapping(data: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", data) if isinstance(data, dict) else {}


def _rows(data: object) -> list[Mapping[str, Any]]:
    return [_mapping(row) or {"value": row} for row in cast("list[object]", data)] if isinstance(data, list) else []
