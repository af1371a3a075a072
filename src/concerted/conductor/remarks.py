"""What readers remarked on texts. A remark is open while the words that it was made on stand: nothing has to be closed by hand."""

from collections.abc import Iterable

from concerted.campaign.line import State
from concerted.campaign.review import Remark
from concerted.conductor.report import Report


def open_remarks(state: State, place: str, words: str) -> tuple[Remark, ...]:
    """Give the remarks on a field (or, with no words, on a whole asset) that are about what stands there now."""
    return tuple(one for one in state.remarks.get(place, ()) if not words or not one.seen or one.seen == words)


def remark_rows(state: State, asset: str) -> list[Report]:
    """List the open remarks on an asset and its fields."""
    draft = state.main.texts.get(asset)
    rows = [_row(asset, "", one) for one in open_remarks(state, asset, draft.id if draft else "")]
    for name, text in draft.fields.items() if draft else ():
        rows += [_row(asset, name, one) for one in open_remarks(state, f"{asset}#{name}", text.hash)]
    return rows


def all_remark_rows(state: State, assets: Iterable[str]) -> list[Report]:
    """List the open remarks of many assets."""
    marked = {place.partition("#")[0] for place in state.remarks}
    return [row for asset in assets if asset in marked for row in remark_rows(state, asset)]


def _row(asset: str, name: str, one: Remark) -> Report:
    return {"asset": asset, "field": name, "by": one.by, "at": one.at, "text": one.text, "on": one.on}


def said(one: Remark) -> str:
    """Spell a remark for a reader."""
    return f"{one.by}, {one.at[:10]}{f', on “{one.on}”' if one.on else ''}: {one.text}"
