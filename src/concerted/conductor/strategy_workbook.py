"""The verbs `strategy out` and `strategy in`: the strategy as a workbook, and the answers that come back as edits, three-way for each line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, cast, get_args, get_origin

from pydantic import ValidationError

from concerted.campaign.facets import LENGTHS, MEMBERS, Facets, Tree, Value, flatten
from concerted.campaign.mistakes import mistyped, unknown_place
from concerted.campaign.shape import Entries, Fields, Shape, Slot, below
from concerted.campaign.strategy import about, is_exact, keys_of, leaf_at, shape
from concerted.conductor.assembly import base_language
from concerted.conductor.changing import Confirm, change_strategy, plan_changes
from concerted.conductor.folder_edits import read_edits
from concerted.conductor.report import Report
from concerted.conductor.session import Session
from concerted.errors import NotFound, Problem, Reason, Refused, UserError
from concerted.folder.tables.cells import bare_price, is_bare_price, items_in
from concerted.folder.workbook import Answer, Row, Workbook, read_workbook, shown, write_workbook
from concerted.folder.write import write

NEW = "?"
"""Stands in an address of the workbook for the short name of an entry that is still to be made."""
NEEDED, OPEN, ANSWERED = "open, needed for a release", "open", "answered"


def strategy_out(session: Session, file: Path) -> Report:
    """Write the strategy as a workbook: what is adopted, or before the first run what stands in the file."""
    if file.suffix.lower() != ".xlsx":
        raise UserError(f"{file} does not end in .xlsx.", next="concerted strategy out strategy.xlsx")
    state = session.load()
    tree = state.main.tree or session.copy.read()
    tabs = tabs_of(tree, session.catalog.tabs(), _readers(session))
    data = write_workbook(tabs, str(len(state.versions)))
    write(file.parent, {file.name: data}, {})
    rows = [row for listed in tabs.values() for row in listed if row.ref and NEW not in row.ref.split(".")]
    pending = list(read_edits(session, state).rows) if state.versions else []
    return {
        "file": str(file), "answered": sum(bool(row.shown) for row in rows), "open": sum(not row.shown for row in rows),
        "needed": sum(row.state == NEEDED for row in rows), "version": len(state.versions), "pending": pending,
    }  # fmt: skip


def tabs_of(tree: Tree, tabs: Mapping[str, Iterable[str]], used: Mapping[str, int]) -> dict[str, list[Row]]:
    """Lay a strategy out as rows by tab. `used` says how many assets were written from a line."""
    return {title: list(_tab(tree, parts, used)) for title, parts in tabs.items()}


def _readers(session: Session) -> dict[str, int]:
    """Count for each line the assets that were written from it."""
    state = session.load()
    if not state.versions:
        return {}
    counts: dict[str, int] = {}
    for slot in session.build(state).slots.values():
        read = {key[2:] for text in slot.texts.values() for key, _seen in text.reads() if key.startswith("f:")}
        for ref in read:
            counts[ref] = counts.get(ref, 0) + 1
    return counts


def _tab(tree: Tree, parts: Iterable[str], used: Mapping[str, int]) -> Iterable[Row]:
    for part in parts:
        place = shape().fields[part]
        inside = _wordings(tree) if part == "wordings" else list(_rows(place, cast(Tree, tree.get(part) or {}), (part,), tree))
        if inside:
            yield Row(f"{part.replace('_', ' ').capitalize()}: {about(part)}")
        facts = _facts(tree)
        for heading, ref, slot in inside:
            yield Row(heading) if slot is None else _row(ref, slot, facts.get(ref), (tree, used))
        yield from _new_entry(place, part, (tree, used))


def _new_entry(place: Shape, part: str, of: tuple[Tree, Mapping[str, int]]) -> Iterable[Row]:
    """Offer rows for one more entry of a part, such as a claim: its short name, and the questions that its lines answer."""
    inner = below(place, (NEW,)) if isinstance(place, Entries) else None
    if not isinstance(inner, Fields):
        return
    yield Row(f"{part} > one more, if there is one: give it a short name and answer what you can")
    yield Row("Its short name: small letters, digits and hyphens. Without it nothing is added.", f"{part}.{NEW}", "", "night-shift")
    for _heading, ref, slot in _rows(inner, {}, (part, NEW), of[0]):
        if slot is not None:
            yield replace(_row(ref, slot, None, of), state="")


Found = tuple[str, str, Slot | None]
"""(heading, "", None), or ("", ref, slot)."""


def _rows(place: Shape, tree: Tree, keys: tuple[str, ...], whole: Tree) -> Iterable[Found]:
    """List every line below a place that is answered, or that may be answered there: a price for each market, too."""
    if isinstance(place, Slot):
        yield "", ".".join(keys), place
        return
    named = list(cast(Tree, whole.get(place.group.names) or {})) if isinstance(place, Entries) and isinstance(place.of, Slot) else []
    names = list(dict.fromkeys([*tree, *named])) if isinstance(place, Entries) else [name for name in place.fields if name != "was" or name in tree]
    for name in names:
        inner = below(place, (name,))
        if inner is None:
            continue
        if isinstance(place, Entries) and not isinstance(inner, Slot):
            yield " > ".join((*keys, name)), "", None
        yield from _rows(inner, cast(Tree, tree.get(name) or {}) if not isinstance(inner, Slot) else {}, (*keys, name), whole)


def _wordings(tree: Tree) -> list[Found]:
    """List the wordings there are, and for every other language of a market the sentences that have none."""
    base = base_language(tree)
    known = cast(Mapping[str, Mapping[str, Any]], tree.get("wordings") or {})
    markets = cast(Mapping[str, Mapping[str, Any]], tree.get("markets") or {})
    languages = dict.fromkeys([*known, *(str(market.get("language", base)).partition("-")[0] for market in markets.values())])
    worded = [ref for ref in _facts(tree) if "@" not in ref and (leaf := leaf_at(ref)) is not None and leaf.worded]
    slots = cast(Fields, below(shape(), ("wordings", "en", "positioning.promise"))).fields
    found: list[Found] = []
    for language in languages:
        refs = list(dict.fromkeys([*known.get(language, {}), *(worded if language != base else ())]))
        for ref in refs:
            lengths = LENGTHS if language == base else ("text", *(LENGTHS if ref in known.get(language, {}) or ref in known.get(base, {}) else ()))
            found.append((f"{language}: {ref}", "", None))
            found += [
                ("", f"{ref}@{language}" if length == "text" else f"{ref}@{language}.{length}", cast(Slot, slots[length])) for length in lengths
            ]
    return found


def _facts(tree: Tree) -> Facets:
    return {ref: value for ref, value in flatten(tree, is_exact).items() if not ref.endswith(MEMBERS)}


def _row(ref: str, slot: Slot, value: Value, of: tuple[Tree, Mapping[str, int]]) -> Row:
    tree, used = of
    leaf, text = slot.leaf, _spelled(value)
    state = ANSWERED if text else NEEDED if leaf.needed else OPEN
    state += "" if text or not leaf.who_knows else f"; ask {leaf.who_knows}"
    keys = keys_of(ref)
    whose = f"{keys[-1]}: " if "@" not in ref and isinstance(below(shape(), keys[:-1]), Entries) else ""
    question = f"{whose}{leaf.question}{' One a line.' if slot.many else ''}"
    readers = used.get(ref, 0)
    example = "\n".join(leaf.good.strip("[]").split(", ")) if slot.many else leaf.good
    return Row(question, ref, shown(text), example, f"{readers} asset{'s' if readers != 1 else ''}" if readers else "", state, _choices(slot, tree))


def _spelled(value: Value) -> str:
    return "" if value is None else "\n".join(str(item) for item in value) if isinstance(value, tuple) else str(value)


def _choices(slot: Slot, tree: Tree) -> tuple[str, ...]:
    """Give the closed set that a line chooses from; empty where it is none, or several may be chosen."""
    if slot.many:
        return ()
    literals = _literals(slot.annotation)
    named = tree.get(slot.leaf.names) if slot.leaf.names else None
    return literals or tuple(cast(Mapping[str, Any], named)) if isinstance(named, Mapping) else literals


def _literals(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(str(item) for item in get_args(annotation))
    return next((found for part in get_args(annotation) if (found := _literals(part))), ())


@dataclass(frozen=True, slots=True)
class Came:
    """What came back in a workbook: edits against the campaign as it stands, and where each was typed."""

    rows: Mapping[str, Value]
    places: Mapping[str, str]
    left_out: int
    """Lines of the workbook as it was written that are not in it any more: they stay as they are."""


def strategy_in(session: Session, file: Path, confirm: Confirm, *, defaults: bool = False) -> Report:
    """Take the answers of a workbook back: plan, confirm, and the usual Change. Raises UserError for cells, Refused for lines that moved twice."""
    if not file.is_file():
        raise NotFound(f"There is no file {file}.", next="concerted strategy out strategy.xlsx")
    state = session.load()
    came = edits_of(read_workbook(file.read_bytes(), file.name), state.main.tree or session.copy.read(), file.name)
    told = {"file": str(file), "edited": [{"ref": ref, "place": place} for ref, place in came.places.items()], "left_out": came.left_out}
    if not came.rows:
        return {**plan_changes(session, {}), **told, "landed": False, "change": None}
    try:
        if state.versions:
            return {**change_strategy(session, came.rows, confirm, defaults=defaults), **told}
        return {**_into_file(session, came, confirm), **told}
    except UserError as wrong:
        raise UserError(wrong.message, problems=[_placed(problem, came, file.name) for problem in wrong.problems], next=wrong.next) from wrong


def _into_file(session: Session, came: Came, confirm: Confirm) -> Report:
    """Before the first run there is no campaign to change yet: the answers go into the file."""
    session.copy.check_splice(came.rows.items())
    report: Report = {**plan_changes(session, None), "edits": [{"ref": ref, "old": None, "new": value} for ref, value in came.rows.items()]}
    if not confirm(report):
        raise Refused("The plan was shown and nobody confirmed it; nothing was written.", next="concerted strategy in FILE.xlsx --yes")
    session.copy.put(came.rows.items())
    return {**report, "written_back": list(came.rows), "landed": False, "change": None}


def _placed(problem: Problem, came: Came, name: str) -> Problem:
    at = next((place for ref, place in came.places.items() if problem.ref and problem.ref in (ref, ref.partition("@")[0])), "")
    return Problem(f"{at}: {problem.message}" if at else problem.message, problem.remedy, problem.ref, name)


def edits_of(book: Workbook, now: Tree, name: str) -> Came:
    """Compare a workbook with what it was written from and with the campaign now.

    Raises UserError naming every cell that cannot stand, Refused naming every line that moved here and there.
    """
    seen = {answer.ref for answer in book.answers}
    book, wrong = _named(book, now, name)
    wrong += [_stray(stray, name) for stray in book.strays]
    typed, twice = _typed_once(book)
    wrong += [Problem(f"{place}: {said}", remedy, ref, name) for ref, place, said, remedy in twice]
    main = _facts(now)
    rows: dict[str, Value] = {}
    clashes: list[Reason] = []
    for ref, answer in typed.items():
        value = _value(answer)
        if isinstance(value, Problem):
            wrong.append(Problem(f"{answer.place}: {value.message}", value.remedy, ref, name))
            continue
        here = main.get(ref)
        if _same(value, here):
            continue
        if shown(_spelled(here)) != book.base.get(ref, ""):
            clashes.append(_clash(answer, book.base.get(ref, ""), _spelled(here)))
        rows[ref] = value
    if wrong:
        raise UserError(f"{name} holds answers that cannot stand. Nothing was changed.", problems=wrong)
    if clashes:
        raise Refused("The same line was changed in the workbook and on the campaign. Nothing was changed.", reasons=clashes)
    return Came(rows, {ref: typed[ref].place for ref in rows}, sum(1 for ref in book.base if ref not in seen))


def _named(book: Workbook, now: Tree, name: str) -> tuple[Workbook, list[Problem]]:
    """Give the rows of new entries their short names. An answer without a name, a name without an answer and a name that is taken are mistakes."""
    wrong: list[Problem] = []
    kept = [answer for answer in book.answers if NEW not in answer.ref.split(".")]
    names = {answer.ref.partition(".")[0]: answer for answer in book.answers if answer.ref.split(".")[1:] == [NEW]}
    for part, asked in names.items():
        slug = asked.text.strip()
        filled = [answer for answer in book.answers if answer.ref.startswith(f"{part}.{NEW}.") and (answer.text.strip() or answer.wrong)]
        said = _unnameable(part, slug, now)
        if filled and not slug:
            where = ", ".join(answer.place for answer in filled[:3])
            wrong.append(Problem(f"{asked.place}: {where} answer for a new entry that has no short name", f"type one into {asked.place}", part, name))
        elif slug and said:
            wrong.append(Problem(f"{asked.place}: {said}", "type another short name: small letters, digits, hyphens", part, name))
        elif slug and not filled:
            wrong.append(Problem(f"{asked.place}: nothing is answered for “{slug}”", "answer a question below it, or take the name out", part, name))
        else:
            kept += [replace(answer, ref=answer.ref.replace(f"{part}.{NEW}.", f"{part}.{slug}.", 1)) for answer in filled]
    return replace(book, answers=tuple(kept)), wrong


def _unnameable(part: str, slug: str, now: Tree) -> str:
    """Say why an entry cannot have a short name; empty where it can."""
    place = shape().fields[part]
    if slug in cast("Mapping[str, Any]", now.get(part) or {}):
        return f"there is a {part}.{slug} already"
    try:
        if isinstance(place, Entries):
            place.key_adapter.validate_python(slug)
    except ValidationError:
        return f"“{slug}” is no short name"
    return ""


def _typed_once(book: Workbook) -> tuple[dict[str, Answer], list[tuple[str, str, str, str]]]:
    """Give the cells that differ from what the workbook was written with, one a line; a line that has two different ones is a mistake."""
    changed: dict[str, Answer] = {}
    twice: list[tuple[str, str, str, str]] = []
    for answer in book.answers:
        if not answer.wrong and _unchanged(answer, book.base.get(answer.ref, "")):
            continue
        earlier = changed.setdefault(answer.ref, answer)
        if earlier.text != answer.text:
            twice.append((answer.ref, answer.place, f"this line stands in {earlier.place} too, with another answer", "keep one of the two rows"))
    return changed, twice


def _unchanged(answer: Answer, before: str) -> bool:
    """Tell whether a cell says what it said; a number that the program made of it is compared as a number."""
    if " ".join(answer.text.split()) == " ".join(before.split()):
        return True
    return answer.number and _digits(answer.text) == _digits(before) != ""


def _digits(text: str) -> str:
    plain = text.replace(",", "").replace("T", " ").strip()
    return plain.removesuffix(".0").removesuffix(" 00:00")


def _value(answer: Answer) -> Value | Problem:
    """Type an answer by the schema: a text, a list, None for an empty cell, or what is wrong with it."""
    if answer.wrong:
        return Problem(answer.wrong, "", answer.ref)
    keys = keys_of(answer.ref)
    slot = below(shape(), keys)
    if not isinstance(slot, Slot) or leaf_at(answer.ref) is None:
        found = unknown_place(shape(), keys, answer.ref)
        return Problem(found.message, "the hidden column Ref holds addresses; undo the change there", answer.ref)
    if not answer.text:
        return None
    if answer.number and is_bare_price(keys, answer.text):
        return Problem(*bare_price(answer.text), answer.ref)
    try:
        typed = slot.adapter.validate_python(items_in(answer.text, names=slot.leaf.text == "exact") if slot.many else answer.text)
    except ValidationError as error:
        return mistyped(error, answer.ref)[0]
    return tuple(cast(list[str], typed)) if isinstance(typed, list) else typed


def _same(value: Value, here: Value) -> bool:
    if isinstance(value, tuple) or isinstance(here, tuple) or value is None or here is None:
        return value == here
    return " ".join(str(value).split()) == " ".join(str(here).split())


def _clash(answer: Answer, was: str, now: str) -> Reason:
    said = f"{answer.place}, {answer.ref}: it was {_quoted(was)}; the campaign now says {_quoted(now)}; the workbook says {_quoted(answer.text)}"
    return Reason(said, f"type the one that holds into {answer.place}, or concerted strategy out for the strategy of today", answer.ref)


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "nothing"


def _stray(stray: Answer, name: str) -> Problem:
    said = f"{stray.place}: “{stray.text[:60]}” stands in a row without an address, so nobody knows which line it answers"
    return Problem(said, "unhide the column Ref and type one, like audiences.NAME.who, or move the text to the row that it answers", "", name)
