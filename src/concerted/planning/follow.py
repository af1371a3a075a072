"""Follows renamed entries through what is stored: texts, ownership, approvals, open Changes. After a landing nothing needs the old name.

Which names are meant is said in `rename.py`; a line that renames nothing is handed back as it is.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from concerted.campaign.change import NO_CHANGE, Change
from concerted.campaign.draft import Draft, Record, Text, Trace
from concerted.campaign.facets import hash_value
from concerted.campaign.line import Line, State
from concerted.campaign.outside import HandedFile
from concerted.planning.trace import rename_place

Aliases = Mapping[str, str]
V = TypeVar("V")
DIMENSIONS = 5
"""Parts of an asset id."""


def names_of(state: State, change: Change) -> frozenset[str]:
    """List every asset id that stored texts or an open Change speak of."""
    places = (*change.texts, *change.earlier, *state.people_texts, *state.main.owned, *(key.rpartition(":")[0] for key in change.answers))
    loose = (*state.main.texts, *state.drafts, *change.notes, *change.files, *state.main.locked, *state.main.excluded)
    names = (*loose, *(place.partition("#")[0] for place in places if "#" in place))
    return frozenset(name for name in names if name.count(".") == DIMENSIONS - 1)


def follow(state: State, change: Change, aliases: Aliases) -> tuple[State, Change]:
    """Say everything stored under an old asset id under the new one; the traces of texts name today's entries."""
    if not aliases:
        return state, change
    main = _line(state.main, aliases)
    drafts: dict[str, tuple[Draft, ...]] = {}
    for asset, known in state.drafts.items():
        new = _asset(asset, aliases)
        moved = tuple(_draft(draft, new, aliases) for draft in known)
        drafts[new] = (*moved, *drafts.get(new, ())) if new != asset else (*drafts.get(new, ()), *moved)
    stands = {key: replace(said, asset=_asset(said.asset, aliases)) for key, said in _keys(state.dismissed, aliases).items()}
    followed = replace(state, main=main, drafts=drafts, people_texts=_joined(state.people_texts, aliases), dismissed=stands)
    return followed, change if change is NO_CHANGE else _change(change, aliases)


def _line(main: Line, aliases: Aliases) -> Line:
    texts = {_asset(asset, aliases): _draft(draft, _asset(asset, aliases), aliases) for asset, draft in main.texts.items()}
    approvals = {
        _asset(asset, aliases): tuple(replace(a, asset=_asset(asset, aliases), facts=_trace(a.facts, aliases)) for a in given)
        for asset, given in main.approvals.items()
    }
    left = {
        _asset(name, aliases): replace(found, on=_asset(found.on, aliases), answers=_keys(found.answers, aliases))
        for name, found in main.left.items()
    }
    same = {name: _keys(getattr(main, name), aliases) for name in ("owned", "locked", "excluded", "notes", "refused")}
    return replace(main, texts=texts, approvals=approvals, left=left, **same)


def _change(change: Change, aliases: Aliases) -> Change:
    same = {name: _keys(getattr(change, name), aliases) for name in ("answers", "notes", "refused")}
    texts = {
        place: replace(words, record=_record(words.record, aliases)) if words.record else words
        for place, words in _keys(change.texts, aliases).items()
    }
    named = {name: frozenset(_asset(asset, aliases) for asset in getattr(change, name)) for name in ("revisit", "stays")}
    files = {asset: _file(file, aliases) for asset, file in _keys(change.files, aliases).items()}
    return replace(change, **{**same, "earlier": _earlier(change, aliases), "files": files, "texts": texts, **named})


def _earlier(change: Change, aliases: Aliases) -> dict[str, tuple[str, ...]]:
    """Words of people that later ones replaced; those among them to which today's name has another answer, or other words."""
    gone = {key.rpartition(":")[0]: answer.text for key, answer in change.answers.items() if _today(key, aliases) in change.answers}
    gone |= {place: words.value for place, words in change.texts.items() if _today(place, aliases) in change.texts}
    moved = {place: (text,) for place, text in gone.items() if text and _today(place, aliases) != place}
    return _joined({**change.earlier, **{place: (*change.earlier.get(place, ()), *texts) for place, texts in moved.items()}}, aliases)


def _joined(section: Mapping[str, tuple[str, ...]], aliases: Aliases) -> dict[str, tuple[str, ...]]:
    """Rename the asset at the start of `asset` and `asset#field`; what was listed under both names is listed together, today's last."""
    found: dict[str, tuple[str, ...]] = {}
    for key, listed in section.items():
        today = _today(key, aliases)
        found[today] = (*found.get(today, ()), *listed) if today == key else (*listed, *found.get(today, ()))
    return found


def _today(key: str, aliases: Aliases) -> str:
    """Rename the asset at the start of a key."""
    asset, mark, rest = key.partition("#")
    return _asset(asset, aliases) + mark + rest


def _keys(section: Mapping[str, V], aliases: Aliases) -> dict[str, V]:
    """Rename the asset at the start of `asset`, `asset#field` and `asset#field:station`. What was said under today's name wins."""
    found: dict[str, V] = {}
    for key, value in section.items():
        today = _today(key, aliases)
        if today == key or today not in found:
            found[today] = value
    return found


def _asset(asset: str, aliases: Aliases) -> str:
    return aliases.get(asset, asset)


def _draft(draft: Draft, asset: str, aliases: Aliases) -> Draft:
    fields = {name: follow_text(text, aliases) for name, text in draft.fields.items()}
    same = asset == draft.asset and all(fields[name] is text for name, text in draft.fields.items())
    return draft if same else Draft(asset, fields, _file(draft.file, aliases) if draft.file else None)


def _file(file: HandedFile, aliases: Aliases) -> HandedFile:
    """Name today's entries in what a person said that a file shows."""
    return replace(file, shows=tuple(rename_place(ref, aliases) for ref in file.shows))


def follow_text(text: Text, aliases: Aliases) -> Text:
    """Name today's entries in a text's record; the very same text where it reads nothing renamed."""
    record = _record(text.record, aliases)
    return text if record == text.record else replace(text, record=record)


def _record(record: Record, aliases: Aliases) -> Record:
    return replace(record, trace=_trace(record.trace, aliases), says=_trace(record.says, aliases))


def _trace(trace: Trace, aliases: Aliases) -> Trace:
    return tuple(sorted(_read(key, seen, aliases) for key, seen in trace))


def _read(key: str, seen: str, aliases: Aliases) -> tuple[str, str]:
    kind, _, rest = key.partition(":")
    if kind == "f":
        return f"f:{rename_place(rest, aliases)}", seen
    if kind == "u":
        asset, _, name = rest.partition("#")
        return f"u:{_asset(asset, aliases)}#{name}", seen
    if rest.startswith("needs."):
        # A renamed need is the same need: what was seen there was the old name's hash.
        return key, next((hash_value(new) for old, new in aliases.items() if hash_value(old) == seen), seen)
    return key, seen
