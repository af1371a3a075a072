"""Between the working copy and main: what the file would change, and bringing the file up to what has landed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from os.path import realpath
from pathlib import Path

from concerted.campaign.facets import MEMBERS, Facets, Scalar, Tree, Value, flatten, with_value
from concerted.campaign.line import State
from concerted.campaign.shape import Entries, below
from concerted.campaign.strategy import is_exact, keys_of, shape
from concerted.conductor.reader import reader
from concerted.conductor.session import Base, Session
from concerted.errors import NotFound, Reason, Refused, UserError


@dataclass(frozen=True, slots=True)
class FolderEdits:
    """What stands in the file beside what it was last brought up to."""

    tree: Tree
    rows: Mapping[str, Value]
    """Ref -> the file's value (None = taken out), where the person changed it."""
    behind: Mapping[str, Value]
    """Ref -> main's value, where main moved and the file did not."""
    clashes: Mapping[str, tuple[Value, Value, Value]]
    """Ref -> (value both started from, main's, the file's), where both moved to different values."""


def read_edits(session: Session, state: State) -> FolderEdits:
    """Compare file, base and main leaf by leaf. Raises UserError for a file that cannot be read; the store stays as it is."""
    return _compared(session, state.main.tree)


def _compared(session: Session, campaign: Tree) -> FolderEdits:
    tree = session.copy.read()
    base = session.keeper.working_base()
    file, main = _leaves(tree), _leaves(campaign)
    start: Facets = _leaves(base.tree) if base else {}
    rows: dict[str, Value] = {}
    behind: dict[str, Value] = {}
    clashes: dict[str, tuple[Value, Value, Value]] = {}
    for ref in dict.fromkeys((*file, *main, *start)):
        here, there, old = file.get(ref), main.get(ref), start.get(ref)
        if here == there:
            continue
        if here == old:
            behind[ref] = there
        elif there == old:
            rows[ref] = here
        else:
            clashes[ref] = (old, there, here)
    rows |= _moved(tree, base.tree if base else {}, _with(campaign, rows))
    return FolderEdits(tree, rows, behind, clashes)


def pending(session: Session, state: State) -> tuple[str, ...]:
    """Name the lines of the file that were edited since the last run. Raises UserError, NotFound for a file that cannot be read just now.

    Files that hold the very bytes which agreed with their base are not read again.
    """
    base = session.keeper.working_base()
    if base is None or _is_untouched(session, base):
        return ()
    edits = read_edits(session, state)
    return (*edits.rows, *edits.clashes)


def _is_untouched(session: Session, base: Base) -> bool:
    return bool(base.files) and base.reader == reader() and all(_holds(session, name, digest) for name, digest in base.files.items())


def _holds(session: Session, name: str, digest: str) -> bool:
    file = Path(realpath(session.folder / name))
    return file.is_relative_to(realpath(session.folder)) and file.is_file() and _digest(file.read_bytes()) == digest


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=32).hexdigest()


def _marked(session: Session, base: Base) -> Base:
    """Note in which bytes the files say exactly what the base does; none where they do not, or where somebody is writing in them just now."""
    try:
        source = session.copy.source()
    except (UserError, NotFound):
        return base
    orders = _orders(base.tree)
    same = _leaves(source.tree) == _leaves(base.tree) and all(keys == orders.get(path) for path, keys in _orders(source.tree).items())
    files = {name: _digest(data) for name, data in source.files.items()} if same else {}
    return replace(base, files=files, reader=reader())


def _moved(file: Tree, base: Tree, campaign: Tree) -> dict[str, Value]:
    """Name the maps whose entries a person put in another order: `<map>.#keys` -> the file's order.

    `campaign` has the file's other edits in it already, each new entry at the end. What only the campaign has moved is not theirs.
    """
    found: dict[str, Value] = {}
    here, before, there = _orders(file), _orders(base), _orders(campaign)
    for path, keys in here.items():
        known = before.get(path, ())
        theirs = not set(keys) <= set(known) or _among(keys, known) != _among(known, keys)
        if theirs and _among(keys, there.get(path, ())) != _among(there.get(path, ()), keys):
            found[path] = keys
    return found


def _orders(tree: Tree) -> dict[str, tuple[Scalar, ...]]:
    """Give the order of every map whose entries people name: that of fixed fields means nothing."""
    flat = flatten(tree, is_exact).items()
    named = ((path, path.removesuffix(f".{MEMBERS}"), keys) for path, keys in flat if path.endswith(f".{MEMBERS}") and isinstance(keys, tuple))
    return {path: keys for path, place, keys in named if isinstance(below(shape(), keys_of(place)), Entries)}


def _among(keys: Iterable[Value], known: Iterable[Value]) -> list[Value]:
    listed = set(known)
    return [key for key in keys if key in listed]


def _with(tree: Tree, rows: Mapping[str, Value]) -> Tree:
    for ref, value in rows.items():
        tree = with_value(tree, ref, value)
    return tree


def _place(session: Session, ref: str) -> str:
    """Say where a line of the file is: its cell in a table, else its address."""
    return session.copy.cell(ref) or f"the file at {ref}"


def refuse_clashes(session: Session, edits: FolderEdits) -> None:
    """Raise Refused with the three values of every line that moved in the file and on the campaign."""
    if edits.clashes:
        reasons = [
            Reason(
                f"{ref}: it was {_show(old)}; the campaign now says {_show(main)}; the file says {_show(here)}.",
                f"write one of them into {_place(session, ref)}",
            )
            for ref, (old, main, here) in edits.clashes.items()
        ]
        raise Refused("The same line was changed in the file and on the campaign.", reasons=reasons)


def refuse_other_values(session: Session, state: State, rows: Mapping[str, Value]) -> None:
    """Raise Refused with three values where a line that is to be changed was also edited in the file, to something else."""
    if session.keeper.working_base() is None:
        return
    edits = read_edits(session, state)
    main = _leaves(state.main.tree)
    here = {**edits.rows, **{ref: file for ref, (_old, _main, file) in edits.clashes.items()}}
    reasons = [
        Reason(
            f"{ref}: the campaign says {_show(main.get(ref))}; the file says {_show(here[ref])}; asked for is {_show(value)}.",
            f"write one of them into {_place(session, ref)}",
        )
        for ref, value in rows.items()
        if ref in here and here[ref] != value
    ]
    if reasons:
        raise Refused("The same line was edited in the file.", reasons=reasons)


def refuse_own_changes(session: Session, state: State, rows: Mapping[str, Value]) -> None:
    """Raise Refused with three values where the file and an open Change of the same person give one line different values."""
    main = _leaves(state.main.tree)
    reasons = [
        Reason(
            f"{ref}: the campaign says {_show(main.get(ref))}; your {change.id} says {_show(edit.new)}; the file says {_show(rows[ref])}.",
            f"concerted abandon {change.id}, or write its value into {_place(session, ref)}",
            change.id,
        )
        for change in state.changes.values()
        for ref, edit in change.edits.items()
        if change.by == session.by and edit.origin != "file" and ref in rows and rows[ref] != edit.new
    ]
    if reasons:
        raise Refused("The same line was edited in the file and on a Change of yours.", reasons=reasons)


def sync(session: Session, state: State) -> tuple[str, ...]:
    """Bring the file up to main where the person did not touch it, and remember what it now agrees with. Gives the refs written."""
    edits = read_edits(session, state)
    if edits.behind:
        session.copy.put(edits.behind.items())
    base = session.keeper.working_base()
    tree = state.main.tree
    start: Facets = _leaves(base.tree) if base else {}
    for ref in (*edits.rows, *edits.clashes):
        tree = with_value(tree, ref, start.get(ref))
    for path, keys in _orders(edits.tree).items():
        tree = tree if path in edits.rows else with_value(tree, path, keys)
    session.keeper.set_working_base(_marked(session, Base(len(state.versions), tree)))
    return tuple(edits.behind)


def check_landing(session: Session, line: Tree, more: Mapping[str, Value]) -> None:
    """Make sure, before the store is written, that the strategy of a line, and `more` beside it, can go into the file.

    Raises UserError for a file that cannot be read just now, Refused with the line to type.
    """
    if session.keeper.working_base() is None:
        return
    session.copy.check_splice({**_compared(session, line).behind, **more}.items())


def bring_up(session: Session, state: State) -> tuple[str, ...]:
    """Bring the file up to what has landed, where this folder has one that a run has read. Gives the refs written."""
    if session.keeper.working_base() is None:
        return ()
    try:
        return sync(session, state)
    except Refused:
        # Another process may have brought it up in this very moment: looked at again, there is nothing left to do.
        return sync(session, state)


def check_write_back(session: Session, rows: Mapping[str, Value]) -> None:
    """Make sure now that a later landing can be written into the file. Raises Refused with the line to type."""
    session.copy.check_splice(rows.items())


def _leaves(tree: Tree) -> Facets:
    return {ref: value for ref, value in flatten(tree, is_exact).items() if not ref.endswith(MEMBERS)}


def _show(value: Value) -> str:
    return "nothing" if value is None else f"“{value}”"
