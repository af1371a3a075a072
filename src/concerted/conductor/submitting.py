"""The verb `submit`: a brief in prose gives proposed lines of a strategy, each with its passage; a person adopts them field by field.

What a brief says is only looked at, never obeyed: it changes nothing until somebody names the line that is adopted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from concerted.brief.document import Document, read_document
from concerted.brief.notes import Known
from concerted.brief.passages import Passage, words_of_briefs
from concerted.brief.reading import NOT_IN_BRIEF, BriefReading, read_brief
from concerted.brief.support import plain, unread
from concerted.campaign.facets import MEMBERS, Facets, Tree, Value, flatten, value_at
from concerted.campaign.proposed_edit import ProposedEdit, accepted
from concerted.campaign.shape import Entries, Fields, Slot, below
from concerted.campaign.spelling import did_you_mean
from concerted.campaign.strategy import all_leaves, edited, in_order, is_exact, is_required, keys_of, shape, tree_of, validate
from concerted.catalog import Catalog
from concerted.conductor.commenting import Remarks, is_sentence, opening
from concerted.conductor.extras import EXTRA, extras
from concerted.conductor.proposing import proposed_rows
from concerted.conductor.report import Report
from concerted.conductor.starting import SCHEMA_FILE, check, schema_file
from concerted.errors import NotFound, Refused, Unavailable
from concerted.folder import ROOT
from concerted.folder.commented import written
from concerted.folder.working_copy import WorkingCopy, lay
from concerted.workers.worker import load_workers

if TYPE_CHECKING:
    from concerted.llm.consulting import Strategist

BRIEFS = ".concerted/briefs"
ALL_QUOTED = "all-quoted"
ADOPTED = "Adopted from {brief} by {by} on {day}; the brief lies in .concerted/briefs, as it was received. Comments ask what is still open."


@dataclass(frozen=True)
class Submission:
    """A brief that was read: what it proposes against a campaign as it stands, and what it leaves open."""

    folder: Path
    document: Document
    tree: Tree
    edits: tuple[ProposedEdit, ...]
    wanted: tuple[Passage, ...] = ()
    """Where the brief names the pieces that it wants."""
    refused: tuple[tuple[ProposedEdit, str], ...] = ()
    """What a model proposed and the brief does not support, with the reason."""
    why: Mapping[str, str] = field(default_factory=dict[str, str])
    """Piece beyond the playbook -> why it is proposed."""
    reader: str = ""
    """The model that read it; empty where rules did."""
    said: str = ""
    """Why a model that is set did not read it."""

    @property
    def quoted(self) -> tuple[ProposedEdit, ...]:
        """The lines that the brief states in its own words."""
        return tuple(edit for edit in self.edits if edit.quote and edit.is_certain)


def submit(folder: Path, file: Path, catalog: Catalog) -> Submission:
    """Read a brief by rules, against the campaign file where there is one. Raises NotFound, UserError; nothing is written."""
    document = read_document(file)
    tree: Tree = WorkingCopy(folder).read() if (folder / ROOT).is_file() else {}
    reading = read_brief(document, known_names(catalog))
    return against(Submission(folder, document, tree, (), reading.wanted), reading)


def read_again(submission: Submission, strategist: Strategist) -> Submission:
    """Have a model read the brief, too: what it can quote comes first, what only rules found stays. A model that is away changes nothing."""
    from concerted.conductor.strategist import consult_strategist

    types = [kind.title for kind in load_workers().types.values()]
    try:
        found = consult_strategist(strategist, submission.document.text, _lines(submission.tree), "The brief", types)
    except (Unavailable, Refused) as away:
        return replace(submission, said=f"{away.message} The brief was read by rules.")
    placed = [replace(edit, source=_place_of(edit.quote, submission.document)) for edit in found.edits]
    refs = {edit.ref for edit in placed}
    before = [edit for edit in submission.edits if EXTRA not in edit.flags]
    rest = [edit for edit in before if edit.ref not in refs and not _says_the_same(edit, placed)]
    wanted = [replace(one, place=_place_of(one.quote, submission.document)) for one in found.wanted]
    reread = against(submission, BriefReading((*placed, *rest), (*submission.wanted, *wanted)))
    return replace(reread, refused=found.refused, reader=strategist.name)


def _says_the_same(edit: ProposedEdit, others: Iterable[ProposedEdit]) -> bool:
    """Tell whether a model read the same words into the same part under another short name."""
    part, words = edit.ref.partition(".")[0], plain(edit.quote)
    return _in_an_entry(edit.ref) and any(one.quote and plain(one.quote) in words and one.ref.partition(".")[0] == part for one in others)


def _place_of(quote: str, document: Document) -> str:
    """Say where quoted words stand; the first line that shares their beginning."""
    words = plain(quote)
    found = next((line for line in document.lines if words in plain(line.text)), None)
    found = found or next((line for line in document.lines if plain(line.text) and plain(line.text) in words), None)
    return found.place if found else ""


class NotAdopted(Refused):
    """The proposal was shown and nobody adopted anything; nothing was written."""

    def __init__(self, report: Report) -> None:
        super().__init__("The proposal was shown and nothing was adopted; nothing was written.")
        self.report = report


def known_names(catalog: Catalog) -> Known:
    """Give the names that a brief may use."""
    words = words_of_briefs(catalog.brief_words())
    channels = {slug: (channel.name, *words.channels.get(slug, ())) for slug, channel in catalog.channels().items()}
    return Known(words, channels, {slug: playbook.title for slug, playbook in catalog.playbooks().items()})


def against(submission: Submission, reading: BriefReading) -> Submission:
    """Set proposed lines against the lines that stand: what stands already is not proposed, a choice of ours never replaces an answer."""
    lines = _lines(submission.tree)
    edits = [replace(edit, old=lines.get(edit.ref), source=_source(submission.document, edit)) for edit in reading.edits]
    edits = [edit for edit in edits if edit.old != edit.new and not (edit.old is not None and NOT_IN_BRIEF in edit.flags)]
    order = list(shape().fields)
    edits.sort(key=lambda edit: order.index(keys_of(edit.ref)[0]))
    added = _extras(submission, edits, reading.wanted)
    return replace(submission, edits=(*edits, *(edit for edit, _why in added.values())), why={ref: why for ref, (_edit, why) in added.items()})


def _source(document: Document, edit: ProposedEdit) -> str:
    return f"{document.name}, {edit.source}" if edit.source and not edit.source.startswith(document.name) else edit.source


def _extras(submission: Submission, edits: Iterable[ProposedEdit], wanted: Iterable[Passage]) -> dict[str, tuple[ProposedEdit, str]]:
    """Propose the pieces that the brief names and the playbook does not make."""
    tree = edited(submission.tree, standing(submission.tree, accepted(edits)))
    strategy, _found = validate(tree)
    found = extras(tree_of(strategy), wanted, Catalog(submission.folder)) if strategy else {}
    known = cast(Mapping[str, Any], submission.tree.get("deliverables", {}))
    fresh = {ref: pair for ref, pair in found.items() if ref.removeprefix("deliverables.") not in known}
    return {ref: (replace(edit, source=_source(submission.document, edit)), why) for ref, (edit, why) in fresh.items()}


def _lines(tree: Tree) -> Facets:
    return {ref: value for ref, value in flatten(tree, is_exact).items() if not ref.endswith(MEMBERS)}


# What is open -------------------------------------------------------------------------------------------------------------


def open_lines(submission: Submission, rows: Mapping[str, Value]) -> list[Report]:
    """List the lines that a campaign needs and neither the brief nor the file answers: `not in the brief`, with the question and who knows."""
    tree = edited(submission.tree, list(rows.items()))
    found: list[Report] = []
    for generic, leaf in all_leaves():
        if not (leaf.needed or is_required(generic)):
            continue
        found += [
            {"ref": ref, "state": NOT_IN_BRIEF, "question": leaf.question, "who_knows": leaf.who_knows}
            for ref in _places(generic.split("."), tree)
            if value_at(tree, ref) is None
        ]
    return found


def _places(keys: list[str], tree: Mapping[str, Any], path: str = "") -> list[str]:
    """Spell a generic address for every entry there is; where a map has none, as `audiences.*.who`."""
    if not keys:
        return [path]
    first, *rest = keys
    if first != "*":
        part: object = tree.get(first, {})
        if rest and path and first not in tree:
            return []
        inner: Mapping[str, Any] = cast(Mapping[str, Any], part) if isinstance(part, Mapping) else {}
        return _places(rest, inner, f"{path}.{first}" if path else first)
    slugs = list(tree) or ["*"]
    return [found for slug in slugs for found in _places(rest, cast(Mapping[str, Any], tree.get(slug, {})), f"{path}.{slug}")]


# Adopting -----------------------------------------------------------------------------------------------------------------


def chosen(submission: Submission, refs: Collection[str]) -> tuple[ProposedEdit, ...]:
    """Give the proposed lines that are named; `all-quoted` names every line that stands in the brief. Raises NotFound for others."""
    known = {edit.ref: edit for edit in submission.edits}
    quoted = [edit.ref for edit in submission.quoted] if ALL_QUOTED in refs else []
    wanted = dict.fromkeys((*quoted, *(ref for ref in refs if ref != ALL_QUOTED)))
    for ref in wanted:
        if ref not in known and not any(name.startswith(f"{ref}.") for name in known):
            raise NotFound(f"The brief proposes no {ref}.", next=did_you_mean(ref, known))
    return tuple(edit for edit in submission.edits if any(edit.ref == ref or edit.ref.startswith(f"{ref}.") for ref in wanted))


def with_companions(submission: Submission, taken: Iterable[ProposedEdit]) -> tuple[ProposedEdit, ...]:
    """Add what an entry cannot stand without (a claim its kind, a market its language), and what the file cannot."""
    chosen_ones = {edit.ref: edit for edit in taken}
    lines = _lines(submission.tree)
    known = {edit.ref: edit for edit in submission.edits if edit.ref not in lines}
    for ref in tuple(chosen_ones):
        chosen_ones |= {need: known[need] for need in _needs(ref) if need in known and need not in chosen_ones}
    if chosen_ones and not submission.tree:
        chosen_ones |= {ref: edit for ref, edit in known.items() if ref not in chosen_ones and _frames(edit)}
    return tuple(edit for edit in chosen_ones.values())


def _frames(edit: ProposedEdit) -> bool:
    """Tell whether a new file takes a line along: its language and playbook, and where the brief is silent a name and a market of our choice."""
    return edit.ref in ("campaign.language", "campaign.playbook") or (edit.ref.startswith(("campaign.", "markets.")) and NOT_IN_BRIEF in edit.flags)


def _needs(ref: str) -> list[str]:
    """List the lines without which the entry of a ref cannot stand."""
    keys = keys_of(ref)
    needed: list[str] = []
    for depth in range(1, len(keys)):
        place = below(shape(), keys[:depth])
        if isinstance(place, Fields):
            needed += [".".join((*keys[:depth], name)) for name in sorted(place.required) if isinstance(place.fields[name], Slot)]
    return needed


def standing(tree: Tree, rows: Mapping[str, Value]) -> list[tuple[str, Value]]:
    """Leave out lines whose entry could not stand: it lacks what it cannot be without, in the file and among them."""
    lines = {**_lines(tree), **rows}
    return [(ref, value) for ref, value in rows.items() if not _in_an_entry(ref) or all(lines.get(need) is not None for need in _needs(ref))]


def _in_an_entry(ref: str) -> bool:
    return isinstance(below(shape(), keys_of(ref)[:1]), Entries)


def adopt(submission: Submission, taken: Iterable[ProposedEdit], by: str, today: str) -> Report:
    """Write adopted lines into the campaign file, a new one where none stands, and store the brief as it was received.

    Raises Refused where two of them contradict or the file cannot take them; then nothing is written.
    """
    taken = tuple(taken)
    rows = accepted(with_companions(submission, taken))
    kept = dict(standing(submission.tree, rows))
    if not kept:
        raise NotAdopted(submission_report(submission))
    if submission.tree:
        files = WorkingCopy(submission.folder).put(kept.items())
    else:
        lay(submission.folder, {ROOT: _new_file(submission, kept, by, today), SCHEMA_FILE: schema_file()})
        files = (ROOT, SCHEMA_FILE)
    stored = _store(submission)
    checked = check(submission.folder, today)
    waiting = [{"ref": ref, "waits_for": [need for need in _needs(ref) if need not in kept and need not in rows]} for ref in rows if ref not in kept]
    report = submission_report(submission, kept)
    along = [ref for ref in kept if ref not in {edit.ref for edit in taken}]
    done = {"adopted": list(kept), "along": along, "by": by, "waiting": waiting, "files": [*files, stored]}
    return {**report, **done, "ok": checked["ok"], "open": checked["problems"]}


def _store(submission: Submission) -> str:
    """Keep the brief byte for byte; the same bytes are kept once."""
    digest = hashlib.sha256(submission.document.data).hexdigest()
    name = f"{BRIEFS}/{digest[:12]}-{submission.document.name}"
    ignore = submission.folder / ".concerted" / ".gitignore"
    lay(submission.folder, {name: submission.document.data, **({} if ignore.exists() else {".concerted/.gitignore": b"*\n"})})
    return name


def _new_file(submission: Submission, rows: Mapping[str, Value], by: str, today: str) -> bytes:
    tree = in_order(edited({}, list(rows.items())))
    remarks = Remarks()
    said = ADOPTED.format(brief=submission.document.name, by=" ".join(by.split()), day=today)
    text = opening(str(value_at(tree, "campaign.name") or "A campaign"), said) + written(tree, remarks, is_sentence)
    return (text + remarks.still_open(tree)).encode()


def submission_report(submission: Submission, rows: Mapping[str, Value] | None = None) -> Report:
    """Spell a submission: every proposed line with quote and place, what was refused, what is not in the brief."""
    digest = hashlib.sha256(submission.document.data).hexdigest()
    taken = rows if rows is not None else dict(standing(submission.tree, accepted(submission.edits)))
    lines = [edit for edit in submission.edits if EXTRA not in edit.flags]
    added = [edit for edit in submission.edits if EXTRA in edit.flags]
    quotes = [
        *(edit.quote for edit in submission.edits),
        *(edit.quote for edit, _why in submission.refused),
        *(one.quote for one in submission.wanted),
    ]
    return {
        "brief": {"name": submission.document.name, "sha256": digest, "lines": len(submission.document.lines)},
        "folder": str(submission.folder),
        "new": not submission.tree,
        "read_by": submission.reader or "rules",
        "said": submission.said,
        "proposed": proposed_rows(lines),
        "extras": [{**row, "id": str(row["ref"]).removeprefix("deliverables."), "why": submission.why[row["ref"]]} for row in proposed_rows(added)],
        "not_supported": [{**proposed_rows((edit,))[0], "why": why} for edit, why in submission.refused],
        "not_in_brief": open_lines(submission, taken),
        "unread": [{"source": f"{submission.document.name}, {place}", "sentence": words} for place, words in unread(submission.document, quotes)],
        "adopted": [],
        "files": [],
    }  # fmt: skip
