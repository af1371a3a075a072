"""A reading copy comes back: what each edit, remark and tick would do is worked out first, shown, and done only when somebody agrees.

Edits and signatures take the same paths as `edit` and `approve`. Whatever cannot be placed is listed word for word.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from concerted.campaign.change import Change
from concerted.campaign.draft import Draft, hash_text
from concerted.campaign.event import Event, Put
from concerted.campaign.line import State
from concerted.campaign.review import Remark, Round
from concerted.conductor import clearing
from concerted.conductor.changing import NotConfirmed, open_or_amend, ran
from concerted.conductor.clearing import Sentence
from concerted.conductor.consequences import consequences, plan_of
from concerted.conductor.folder_edits import bring_up, check_landing
from concerted.conductor.people import approve
from concerted.conductor.remarks import Placed, closing, placed
from concerted.conductor.report import Report, no_plan, nothing
from concerted.conductor.reviewing import sent_rounds, words_by_hash
from concerted.conductor.session import Session
from concerted.conductor.sketch import new_change
from concerted.conductor.typed_edits import check_length
from concerted.errors import NotFound, UserError
from concerted.planning import lifecycle, people
from concerted.planning.revise import merge
from concerted.review.answers import read_answers
from concerted.review.reading_copy import mark
from concerted.review.returned import FieldBack, RemarkBack, Returned, words_back
from concerted.review.word import read_word

Confirm = Callable[[Report], bool]


@dataclass(frozen=True, slots=True)
class Edit:
    """Words for one field, as they would be entered."""

    asset: str
    name: str
    was: str
    text: str
    authors: tuple[str, ...] = ()
    moved: bool = False
    """True where the text has moved on since the copy went out and both were merged."""


@dataclass
class Weighed:
    """What a returned copy comes to."""

    edits: list[Edit] = field(default_factory=list[Edit])
    remarks: list[Placed] = field(default_factory=list[Placed])
    closed: list[tuple[Placed, str]] = field(default_factory=list[tuple[Placed, str]])
    """Remarks that are over, each with why."""
    signs: list[str] = field(default_factory=list[str])
    clears: list[str] = field(default_factory=list[str])
    """Sentences to clear."""
    unchanged: list[str] = field(default_factory=list[str])
    refused: list[Report] = field(default_factory=list[Report])
    unmapped: list[Report] = field(default_factory=list[Report])

    def refuse(self, place: str, why: str, next: str, text: str = "") -> None:
        """Say that something is not done, and what is left to do."""
        self.refused.append({"id": place, "why": why, "next": next, "text": text})

    def clears_none_of(self, sentences: Iterable[str]) -> bool:
        """Tell whether none of these sentences is cleared."""
        return set(self.clears).isdisjoint(sentences)

    def report(self) -> Report:
        """Spell it."""
        return {
            "edited": [
                {"place": f"{e.asset}#{e.name}", "was": e.was, "now": e.text, "by": list(e.authors), "moved": e.moved} for e in self.edits
            ],
            "remarks": [{"place": place, "by": one.by, "on": one.on, "text": one.text} for place, one in self.remarks],
            "closed": [{"place": place, "by": one.by, "text": one.text, "why": why} for (place, one), why in self.closed],
            "approve": list(self.signs), "clear": list(self.clears), "unchanged": list(self.unchanged),
            "refused": list(self.refused), "unmapped": list(self.unmapped),
        }  # fmt: skip


def read_copy(path: Path) -> Returned:
    """Read a file that came back, whichever it is. Raises NotFound, UserError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NotFound(f"There is no readable file {path}.", next="name the file that came back") from error
    if content.startswith(b"PK"):
        return read_word(content)
    if path.suffix.lower() in (".html", ".htm"):
        raise UserError("This is the page itself, not the answers.", next="open it, press “Save my answers”, and take in answers-....json")
    if path.suffix.lower() in (".doc", ".odt", ".pdf", ".rtf"):
        raise UserError(f"{path.suffix} files cannot be taken in.", next="save it as .docx in the program that wrote it")
    return read_answers(content)


def review_in(session: Session, path: Path, confirm: Confirm) -> Report:
    """Take a reading copy in. Raises NotConfirmed with everything it would do where nobody agrees; then nothing is written."""
    by = session.person()
    state = session.state()
    returned = read_copy(path)
    rounds = sent_rounds(session)
    this = rounds.get(returned.copy)
    if this is None:
        raise NotFound(f"No copy {returned.copy} went out from this campaign.", next=f"copies: {', '.join(rounds) or 'none yet'}")
    weighed = weigh(session, state, returned, this)
    change = _change(session, state, weighed, this)
    shown = consequences(session, state, plan_of(session, state, change)) if change is not None else no_plan(state)
    report: Report = {**shown, "copy": returned.copy, "by": by, "file": str(path), "done": [], **weighed.report()}
    if not (weighed.edits or weighed.remarks or weighed.closed or weighed.signs or weighed.clears):
        return {**report, **nothing(state, state), **weighed.report(), "done": []}
    if not confirm(report):
        raise NotConfirmed(report, f'concerted review in {path} --by "{by}" --yes')
    return {**report, **_apply(session, state, weighed, change, this)}


def weigh(session: Session, state: State, returned: Returned, this: Round) -> Weighed:
    """Work out what a returned copy comes to on what stands now; nothing is written."""
    weighed = Weighed()
    places = _places(state, this)
    sentences = clearing.sentences_of(session, state) if this.reader.startswith(clearing.LIST) else {}
    back: set[str] = set()
    for one in returned.fields:
        place = places.get(one.place, "") or places.get(mark(one.place), "")
        if not place:
            weighed.unmapped.append(_verbatim(one, "no text of this campaign has this mark"))
        elif "#" not in place:
            back.add(place)
            clearing.weigh_sentence(state, weighed, sentences.get(place), one)
        else:
            back.add(place)
            _field(session, state, weighed, (place, one), this)
    _gone(weighed, this, back, returned)
    listed = {mark(key): one for key, one in sentences.items()}
    first = {**places, **{marked: one.places[0] for marked, one in listed.items()}}
    returned = replace(returned, remarks=tuple(_about_sentence(one, listed) for one in returned.remarks))
    _remarks(session, state, weighed, (returned, first))
    _ticks(session, state, weighed, returned, this)
    _settled(session, state, weighed, (returned, first))
    weighed.unmapped += [
        {"text": one.text, "near": places.get(one.near, one.near), "by": one.author, "why": "it stands in no field"} for one in returned.loose
    ]
    return weighed


def _places(state: State, this: Round) -> dict[str, str]:
    """Mark -> asset or `asset#field`, of all that ever stood, and of what the copy held."""
    known = set(state.drafts) | set(this.shown)
    known |= {f"{asset}#{name}" for asset, drafts in state.drafts.items() for draft in drafts for name in draft.fields}
    return {mark(place): place for place in known}


def _verbatim(one: FieldBack, why: str) -> Report:
    return {
        "text": "".join(words for words, _tracked in one.after).replace("\u2029", "\n"),
        "near": one.place,
        "by": ", ".join(one.authors),
        "why": why,
    }


def _stands(session: Session, state: State, asset: str, this: Round) -> Draft | None:
    """Give what stands now on the line that the copy showed."""
    if this.change and this.change in state.changes:
        slot = session.build(state, state.changes[this.change]).slots.get(asset)
        return slot.draft if slot else None
    return state.main.texts.get(asset)


def _field(session: Session, state: State, weighed: Weighed, came: tuple[str, FieldBack], this: Round) -> None:
    place, one = came
    asset, _, name = place.partition("#")
    now = _stands(session, state, asset, this)
    stored = (*state.drafts.get(asset, ()), *([now] if now else []))
    base = words_by_hash(stored, name, one.seen)
    if base is None:
        weighed.unmapped.append({**_verbatim(one, "the words that this copy showed are not known here"), "near": place})
        return
    text = words_back(base, one.after) if one.after or not one.fine else base
    if text == base:
        weighed.unchanged.append(place)
        return
    if not text.strip():
        weighed.refuse(place, "all its words were taken out, and an empty text cannot be edited in", f"concerted exclude {asset}", base)
        return
    if now is None or name not in now.fields:
        weighed.refuse(place, "it is no longer part of the campaign", "concerted status", text)
        return
    current = now.fields[name].value
    merged = merge(base, text, current, session.kit(state.main.tree).matching.segment) if current != base else None
    if merged is not None and merged.replaced:
        again = f"concerted edit {place.replace('#', ' --field ')} --text ... --seen {now.id}"
        weighed.refuse(place, f"it moved on in the same place. It now reads: “{current}” Theirs: “{text}”", again, text)
        return
    final = merged.text if merged is not None else text
    if final == current:
        weighed.unchanged.append(place)
        return
    try:
        check_length(final)
    except UserError as too_long:
        weighed.refuse(place, too_long.message, "concerted edit", text)
        return
    weighed.edits.append(Edit(asset, name, current, final, one.authors, moved=merged is not None))


def _gone(weighed: Weighed, this: Round, back: set[str], returned: Returned) -> None:
    """Say which fields of a Word file were taken out whole; a page's answers hold only what was answered."""
    whole = any(one.after for one in returned.fields) and len(back) * 2 > len(this.shown)
    answered_only = all(one.fine or any(tracked for _words, tracked in one.after) for one in returned.fields)
    for place in this.shown if whole and not answered_only else ():
        if place not in back:
            asset = place.partition("#")[0]
            weighed.refuse(place, "its block was taken out of the document; the text stays", f"concerted exclude {asset}, or concerted edit {asset}")


def _about_sentence(remark: RemarkBack, listed: Mapping[str, Sentence]) -> RemarkBack:
    """Say that a remark beside a sentence of a reading list is about that sentence, where it names no passage of it."""
    sentence = listed.get(remark.place) or listed.get(mark(remark.place))
    return replace(remark, on=remark.on or sentence.text) if sentence else remark


def _remarks(session: Session, state: State, weighed: Weighed, came: tuple[Returned, Mapping[str, str]]) -> None:
    returned, places = came
    segment = session.kit(state.main.tree).matching.segment
    for one in returned.remarks:
        place = places.get(one.place, "") or places.get(mark(one.place), "")
        who = one.author or returned.by or session.person()
        if not place:
            weighed.unmapped.append({"text": one.text, "near": one.on, "by": who, "why": "the comment stands beside no text"})
            continue
        asset, _, name = place.partition("#")
        draft = state.main.texts.get(asset)
        words = draft.values.get(name, "") if draft else ""
        seen = draft.fields[name].hash if draft and name in draft.fields else draft.id if draft else ""
        remark = Remark(who, session.now(), one.text, one.on, seen, _about(one.on, words, segment))
        known = next((old for old in state.remarks.get(place, ()) if (old.by, old.text, old.on) == (remark.by, remark.text, remark.on)), None)
        if known is None:
            weighed.remarks.append((place, remark))
        if one.done and not (known and known.closed_by):
            weighed.closed.append(((place, known or remark), "marked as resolved in the document"))


def _about(passage: str, words: str, segment: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """Give the sentences in which a passage stands, or that stand in it; none where it is not there: then it is about the whole field."""
    on = passage.strip()
    return tuple(sentence for part in segment(words) if on and (sentence := part.strip()) and (on in sentence or sentence in on))


def _settled(session: Session, state: State, weighed: Weighed, came: tuple[Returned, Mapping[str, str]]) -> None:
    """Close what the same reader remarked earlier where they now say that it is fine: by a tick on the field, the sentence or the whole text."""
    returned, places = came
    fine = {places.get(one.place, "") or places.get(mark(one.place), "") for one in returned.fields if one.fine}
    shut = [known for known, _why in weighed.closed]
    for place, one in placed(state, dict.fromkeys(name.partition("#")[0] for name in state.remarks)):
        ticked = place in fine or place.partition("#")[0] in weighed.signs or not weighed.clears_none_of(one.sentences)
        if one.by in (session.person(), returned.by) and ticked and (place, one) not in shut:
            weighed.closed.append(((place, one), "ticked as fine by who made it"))


def _ticks(session: Session, state: State, weighed: Weighed, returned: Returned, this: Round) -> None:
    """Weigh ticks: each is a signature under what the reader saw, together with their own edits, and under nothing else."""
    by_mark = {mark(asset): asset for asset in state.drafts} | {asset: asset for asset in state.drafts}
    for tick in returned.ticks:
        asset = by_mark.get(tick.place, "")
        if not asset and (sentence := clearing.sentence_of(session, state, tick.place)):
            weighed.clears.append(sentence)
            continue
        now = _stands(session, state, asset, this) if asset else None
        stored = (*state.drafts.get(asset, ()), *([now] if now else []))
        seen = next((draft for draft in reversed(stored) if draft.id.startswith(tick.seen)), None) if tick.seen else None
        if now is None or seen is None:
            weighed.refuse(asset or tick.place, "the draft that was ticked is not known here", "concerted status")
            continue
        own = {edit.name: edit.text for edit in weighed.edits if edit.asset == asset and not edit.moved}
        stands = {**now.values, **{edit.name: edit.text for edit in weighed.edits if edit.asset == asset}}
        open_ = [row["id"] for row in weighed.refused if row["id"].partition("#")[0] == asset]
        if {**seen.values, **own} != stands:
            moved = ", ".join(name for name, text in stands.items() if {**seen.values, **own}.get(name) != text)
            weighed.refuse(asset, f"it moved on since they read it ({moved})", "concerted review out --changed")
        elif open_:
            weighed.refuse(asset, f"their edit of {open_[0]} was not taken", f"concerted show {asset}")
        else:
            weighed.signs.append(asset)


def _change(session: Session, state: State, weighed: Weighed, this: Round) -> Change | None:
    """Put all edits into one Change: the one that the copy showed, or a new one."""
    if not weighed.edits:
        return None
    by = session.person()
    opened = state.changes.get(this.change) if this.change else None
    if this.change and opened is None:
        for edit in weighed.edits:
            weighed.refuse(
                f"{edit.asset}#{edit.name}", f"{this.change} is no longer open", f"concerted edit {edit.asset} --field {edit.name}", edit.text
            )
        weighed.edits.clear()
        return None
    change = opened or new_change(session, state, f"{by} reviews {len({edit.asset for edit in weighed.edits})} texts")
    for edit in weighed.edits:
        built = session.build(state, opened) if opened else session.build(state)
        change = people.edit_text(built, change, edit.asset, edit.name, (edit.text, by))
    return change


def _apply(session: Session, before: State, weighed: Weighed, change: Change | None, this: Round) -> Report:
    by, state = session.person(), before
    done: list[str] = []
    outcome: Report = nothing(before, before)
    if weighed.remarks or weighed.closed:
        about = f"{len(weighed.remarks)} remarks" + (f", {len(weighed.closed)} closed" if weighed.closed else "")
        state = session.append(state, Event("remarked", session.now(), by, about, tuple(_remark_puts(session, state, weighed))))
        done += [place for place, _one in weighed.remarks]
    if weighed.clears:
        state = clearing.write(session, state, weighed.clears)
        done += weighed.clears
    if change is not None:
        state = _enter(session, state, change)
        outcome = ran(session, before, state, change)
        done += [f"{edit.asset}#{edit.name}" for edit in weighed.edits]
    if weighed.signs:
        signed = approve(session, weighed.signs, on=this.change)
        done += signed["done"]
        weighed.refused += [{**row, "text": ""} for row in signed["refused"]]
    return {**outcome, **weighed.report(), "done": done, "approved": [asset for asset in weighed.signs if asset in done]}


def _enter(session: Session, state: State, change: Change) -> State:
    if change.id in state.changes:
        check_landing(session, session.build(state, change).line.tree, {})
        state = session.append(state, lifecycle.amend(change, session.now(), session.person(), change.title))
    else:
        state = open_or_amend(session, state, change)
    state = session.settle(state)
    bring_up(session, state)
    return state


def _remark_puts(session: Session, state: State, weighed: Weighed) -> Iterable[Put]:
    """Give the puts of what was remarked and what was closed; a remark that came back resolved is kept, closed."""
    held: dict[str, tuple[Remark, ...]] = {}
    kept: dict[Placed, Remark] = {}
    after = {(edit.asset, edit.name): edit.text for edit in weighed.edits}
    segment = session.kit(state.main.tree).matching.segment
    for place, one in weighed.remarks:
        asset, _, name = place.partition("#")
        words = after.get((asset, name))
        # A remark beside an edit of the same reader is about the words that they leave.
        left = replace(one, seen=hash_text(words), sentences=_about(one.on, words, segment)) if words is not None else one
        held[place] = (*held.get(place, state.remarks.get(place, ())), left)
        kept[place, one] = left
    puts = {place: Put("remarks", place, remarks) for place, remarks in held.items()}
    for (place, one), why in weighed.closed:
        puts = closing(state, [(place, kept.get((place, one), one))], (session, why), puts)
    return puts.values()
