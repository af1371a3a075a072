"""Pieces that people and agencies make: handed in as files, looked at again at the gate. The bytes stay where they are."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from concerted.campaign.change import Change, Words
from concerted.campaign.draft import Draft, Record, Trace
from concerted.campaign.facets import MEMBERS, Facets, hash_at
from concerted.campaign.line import State
from concerted.campaign.outside import ALT, WORDS, HandedFile
from concerted.campaign.spelling import did_you_mean
from concerted.conductor.changing import open_or_amend, plan_of, ran
from concerted.conductor.filed import doubts, file_row
from concerted.conductor.findings import finding_rows
from concerted.conductor.folder_edits import bring_up, check_landing
from concerted.conductor.report import Report, plan_report
from concerted.conductor.session import Session
from concerted.conductor.sketch import new_change
from concerted.conductor.typed_edits import check_length
from concerted.errors import NotFound, Problem, Reason, Refused, UserError
from concerted.folder.handed import look_at, place_of
from concerted.planning.build import Built
from concerted.planning.filed import is_filed
from concerted.planning.site import Slot


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says about a file."""

    words: str = ""
    alt: str = ""
    rights: str = ""
    expires: str = ""
    shows: tuple[str, ...] = ()


def hand_in(session: Session, asset: str, file: Path, said: Said, on: str = "") -> Report:
    """Put a file into a slot, with what is in it and whose it is. An open Change that asks about the slot gets it as its answer.

    Raises NotFound for a slot that there is not, UserError with every mistake at once, Refused where a worker writes it or a rule forbids it.
    """
    by = session.person()
    before = state = session.state()
    change = session.change(state, on) if on else _asking(session, state, asset)
    built = session.build(state, change) if change else session.build(state)
    slot = filed_slot(built, asset)
    handed = _read(session, built.facets, file, said)
    opened = change or new_change(session, state, f"{by} hands in {handed.name} for {asset}")
    amended = _with(built, opened, asset, (handed, said))
    _refuse_broken(built, slot, said)
    if change:
        check_landing(session, session.build(state, amended).line.tree, {})
    report = plan_report(state, plan_of(session, state, amended))
    state = session.settle(open_or_amend(session, state, amended))
    bring_up(session, state)
    placed = session.build(state, state.changes[opened.id]) if opened.id in state.changes else session.build(state)
    draft = placed.slots[asset].draft
    return {
        **report,
        "done": [asset],
        "refused": [],
        "replaced_by": [],
        "file": file_row(handed),
        "due": slot.deliverable.due,
        "unsaid": _unsaid(said),
        "findings": finding_rows(doubts(session, placed, asset, draft) if draft else ()),
        **ran(session, before, state, opened),
    }


def _asking(session: Session, state: State, asset: str) -> Change | None:
    """Find the open Change that asks whether what is in this slot is still right."""
    for change in state.changes.values():
        if not change.rehearsal and any(item.kind == "file" and item.asset == asset for item in session.build(state, change).items):
            return change
    return None


def filed_slot(built: Built, asset: str) -> Slot:
    """Find a slot that takes a file. Raises NotFound, and Refused where a worker writes it."""
    slot = built.slots.get(asset)
    known = [one.id for one in built.slots.values() if is_filed(one)]
    if slot is None:
        listed = did_you_mean(asset, known) if known else "add it to the campaign file under outside, then concerted run"
        raise NotFound(f"There is no slot {asset}.", next=listed)
    if not is_filed(slot):
        why = f"it is written by the {slot.type.worker} worker and takes words, not a file"
        raise Refused(f"{asset} takes no file.", reasons=[Reason(why, f"concerted take {asset} FILE puts your copy into it", asset)])
    return slot


def _read(session: Session, facets: Facets, file: Path, said: Said) -> HandedFile:
    """Read the file and what is said about it; every mistake at once as one UserError."""
    problems = [*_of_file(file), *_of_rights(said, session.today), *_of_refs(said.shows, facets)]
    if problems:
        raise UserError(f"{file.name or file} was not handed in; nothing was written.", problems=problems)
    check_length(said.words)
    check_length(said.alt)
    seen = look_at(file)
    width, height = seen.pixels or (None, None)
    where = place_of(file, session.folder)
    shows = tuple(dict.fromkeys(said.shows))
    return HandedFile(
        file.name, where, seen.sha256, seen.size, seen.kind, width, height, said.rights.strip(), said.expires, shows, session.by, session.now()
    )  # fmt: skip


def _of_file(file: Path) -> Iterator[Problem]:
    try:
        if file.is_dir():
            yield Problem(f"{file} is a folder", "hand in one file; pack several into one, or add a slot for each")
        elif not file.exists():
            yield Problem(f"there is no file {file}", "look at its name and folder")
        elif not file.is_file():
            yield Problem(f"{file} is no file", "hand in a file that can be read twice")
        elif not file.stat().st_size:
            yield Problem(f"{file} is empty", "ask whoever made it to send it again")
        else:
            with file.open("rb"):
                pass
    except OSError as broken:
        yield Problem(f"{file} cannot be read: {broken.strerror or broken}", "look at who may read it")


def _of_rights(said: Said, today: str) -> Iterator[Problem]:
    if not said.expires:
        return
    try:
        last = date.fromisoformat(said.expires)
    except ValueError:
        yield Problem(f"--expires {said.expires} is not a date", "write it as 2027-12-31")
        return
    if last.isoformat() < today:
        yield Problem(f"the rights expired on {said.expires}", "agree on a longer use with whoever holds them, or hand in another file")


def _of_refs(shows: Iterable[str], facets: Facets) -> Iterator[Problem]:
    for ref in shows:
        if not leaves_of(ref, facets):
            yield Problem(f"--shows {ref}: the strategy has no such line", did_you_mean(ref, [path for path in facets if not _is_inner(path)]))


def _is_inner(path: str) -> bool:
    return path.endswith(MEMBERS) or path.startswith("channel.")


def leaves_of(ref: str, facets: Facets) -> tuple[str, ...]:
    """List the lines that a ticked address means: itself, or all that stand below it."""
    if ref in facets and not _is_inner(ref):
        return (ref,)
    return tuple(path for path in facets if path.startswith(f"{ref}.") and not _is_inner(path)) if ref and not _is_inner(ref) else ()


def _with(built: Built, change: Change, asset: str, given: tuple[HandedFile, Said]) -> Change:
    """Put a file and its words into a Change, bound to the lines that they state and that were ticked."""
    file, said = given
    says, facets = built.site.kit.matching.says, built.facets
    ticked: Trace = tuple((f"f:{path}", hash_at(facets, path)) for ref in file.shows for path in leaves_of(ref, facets))
    for name, words, more in ((WORDS, said.words.strip(), ticked), (ALT, said.alt.strip(), ())):
        edges = tuple(sorted({*says(words, facets), *more}))
        change = change.with_words(f"{asset}#{name}", Words(words, file.by, None, Record("", (), "", author=file.by, says=edges)))
    return replace(change, files={**change.files, asset: file})


def _refuse_broken(built: Built, slot: Slot, said: Said) -> None:
    """Refuse words that no release may ever hold; what the gate would stop besides is told and can be answered there."""
    found = [
        Reason(f"{name}: {finding.message} {finding.remedy}".strip(), "hand in another file, or mend --words", slot.id, finding.rule)
        for name, words in ((WORDS, said.words.strip()), (ALT, said.alt.strip()))
        for finding in built.site.violations(slot.deliverable, name, words)
    ]
    if found:
        raise Refused("What the file says breaks a rule of this campaign; nothing was written.", reasons=found)


def _unsaid(said: Said) -> list[str]:
    named = {"--words": said.words, "--alt": said.alt, "--rights": said.rights, "--expires": said.expires, "--shows": said.shows}
    return [flag for flag, value in named.items() if not value]


def file_reasons(session: Session, built: Built, manifest: Mapping[str, Draft]) -> list[Reason]:
    """Give every reason of the gate that only the files themselves can tell; of the manifest, and of what it shows."""
    wanted = dict.fromkeys(asset for asset in manifest if asset in built.deliverables)
    wanted |= dict.fromkeys(slot for asset in tuple(wanted) for slot in built.deliverables[asset].media)
    main, found = built.site.main, list[Reason]()
    for asset in wanted:
        draft = main.texts.get(asset)
        if draft is None or asset in main.excluded:
            continue
        stops = [finding for finding in doubts(session, built, asset, draft) if finding.severity == "release"]
        found += [Reason(one.message, one.remedy, asset, "R6") for one in stops]
    return found
