"""What readers remarked on texts. A remark is open while what it is about stands and nobody has closed it.

It is about the sentences in which its passage stands, or without a passage about the whole field.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from concerted.campaign.draft import hash_text
from concerted.campaign.event import Event, Put
from concerted.campaign.facets import hash_value
from concerted.campaign.line import State
from concerted.campaign.review import Remark
from concerted.conductor.report import Report, nothing
from concerted.conductor.session import Session
from concerted.errors import NotFound

KEY = 6
Placed = tuple[str, Remark]
"""(asset or `asset#field`, a remark on it)"""


def key_of(place: str, one: Remark) -> str:
    """Give what a remark is called in lists: the same for as long as it stands there."""
    return hash_value([place, one.by, one.at, one.text, one.on])[:KEY]


def open_remarks(state: State, place: str, words: str, draft: str = "") -> tuple[Remark, ...]:
    """Give the open remarks on a field with these words, or on a whole asset whose draft has this id."""
    return tuple(one for one in state.remarks.get(place, ()) if not one.closed_by and _stands(one, words, draft))


def _stands(one: Remark, words: str, draft: str) -> bool:
    if one.sentences:
        return any(sentence in words for sentence in one.sentences)
    return one.seen in ("", draft, hash_text(words))


def placed(state: State, assets: Iterable[str] = ()) -> list[Placed]:
    """List the open remarks of many assets, or of all, each with its place, in the order of the texts."""
    marked = {place.partition("#")[0] for place in state.remarks}
    found: list[Placed] = []
    for asset in assets or state.main.texts:
        draft = state.main.texts.get(asset) if asset in marked else None
        if draft is not None:
            found += [(asset, one) for one in open_remarks(state, asset, "", draft.id)]
            found += [(f"{asset}#{name}", one) for name, text in draft.fields.items() for one in open_remarks(state, f"{asset}#{name}", text.value)]
    return found


def remark_rows(state: State, assets: Iterable[str] = ()) -> list[Report]:
    """List open remarks."""
    return [_row(place, one) for place, one in placed(state, assets)]


def _row(place: str, one: Remark) -> Report:
    asset, _, name = place.partition("#")
    return {"key": key_of(place, one), "asset": asset, "field": name, "by": one.by, "at": one.at, "text": one.text, "on": one.on}


def said(one: Remark) -> str:
    """Spell a remark for a reader."""
    return f"{one.by}, {one.at[:10]}{f', on “{one.on}”' if one.on else ''}: {one.text}"


def list_remarks(session: Session) -> Report:
    """List what is open."""
    return {"remarks": remark_rows(session.state()), "closed": []}


def close_remarks(session: Session, keys: tuple[str, ...], because: str) -> Report:
    """Close remarks by hand: all or none. Raises NotFound for a key that no open remark has."""
    by = session.person()
    before = session.state()
    known = {key_of(place, one): (place, one) for place, one in placed(before)}
    missing = [key for key in keys if key not in known]
    if missing:
        raise NotFound(f"No open remark has the key {', '.join(missing)}.", next=f"open: {', '.join(known)}" if known else "concerted status")
    chosen = [known[key] for key in dict.fromkeys(keys)]
    puts = closing(before, chosen, (session, because))
    after = session.append(before, Event("remarked", session.now(), by, f"{len(chosen)} closed", tuple(puts.values())))
    return {**nothing(before, after), "closed": [_row(*one) for one in chosen], "because": because, "remarks": remark_rows(after)}


def closing(state: State, chosen: Iterable[Placed], how: tuple[Session, str], held: Mapping[str, Put] | None = None) -> dict[str, Put]:
    """Give the puts that close remarks by place, on top of puts that are already there. `how`: (who and when, why)."""
    session, because = how
    puts = dict(held or {})
    for place, one in chosen:
        listed = puts[place].value if place in puts else state.remarks.get(place, ())
        shut = replace(one, closed_by=session.person(), closed_at=session.now(), because=because)
        puts[place] = Put("remarks", place, tuple(shut if other == one else other for other in listed))
    return puts
