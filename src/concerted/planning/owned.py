"""People's own words under a change: what is proposed to them, and what their answer makes of it. Nothing here replaces a word unasked."""

from dataclasses import dataclass, replace

from concerted.campaign.change import Answer
from concerted.campaign.decision import Item
from concerted.campaign.draft import Record, Text, Trace, hash_text
from concerted.campaign.facets import hash_value
from concerted.planning.render import as_read
from concerted.planning.revise import Proposal, smallest_edit
from concerted.planning.site import Site, Slot, spell_ref


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine's side of a proposal: its words today and the record that would go with them."""

    text: str | None
    """None where the machine has nothing to say."""
    record: Record
    same: bool
    """True where what it writes from reads as it did when the person wrote."""
    raw: str | None = None
    """Where it may not say what it would: that rendering, as the next merge base."""
    revised: bool = False
    """True where a model was shown the person's words and laid its own over them."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is wrong with a person's text on this line, and what is proposed."""

    mine: Text
    proposal: Proposal
    carried: tuple[str, ...]
    """Pieces of old values that the text still says."""
    broken: bool
    """True where it breaks a guardrail."""
    keeps: bool
    """True where the words may stand as they are: they would pass the gate."""
    takes: bool
    """True where the proposal is another text and would pass."""
    stale: tuple[tuple[str, str], ...]
    """What changed under it, with today's hashes."""

    @property
    def pin(self) -> str:
        """What an answer is bound to beside the text: the proposed words, or, where none are proposed, what they would be confirmed for."""
        same = self.proposal.text == self.mine.value
        return hash_value([self.proposal.text, self.stale, self.carried]) if same else hash_text(self.proposal.text)

    @property
    def options(self) -> tuple[str, ...]:
        """The answers that make sense."""
        chosen = [*(["take"] if self.takes else []), *(["keep"] if self.keeps else []), "text", "leave"]
        return tuple(chosen)


def settle_owned(site: Site, slot: Slot, name: str, mine: Text, machine: Machine) -> None:
    """Settle an owned field whose reads changed: keep it, or propose the smallest edit and ask its owner."""
    reading = site.reading(slot.deliverable)
    stale = site.stale_keys(mine, reading)
    moved = site.moved(mine, stale)
    carried = site.carried(slot, mine, moved, mine.value)
    broken = bool(site.violations(slot.deliverable, name, mine.value))
    touched = bool(carried or broken or {key for key, _hash in mine.record.says}.intersection(stale))
    proposal = Proposal(mine.value) if machine.same and not touched else offered(site, slot, name, mine) or _edit(site, slot, mine, machine, moved)
    if proposal.text == mine.value and not touched and not proposal.left_out and (machine.same or machine.text is not None):
        slot.texts[name] = repin(site, mine, machine, mine.value)
        return
    proposal = proposal if proposal.text.strip() else Proposal(mine.value)
    keeps = not broken and not site.stops(slot.deliverable, name, mine.value)
    takes = not site.violations(slot.deliverable, name, proposal.text) if proposal.text != mine.value else keeps
    today = tuple((key, reading.hash_of(key)) for key in stale)
    _ask(site, slot, name, machine, Question(mine, proposal, carried, broken, keeps, takes, today))


def _edit(site: Site, slot: Slot, mine: Text, machine: Machine, moved: tuple[tuple[str, str, str], ...]) -> Proposal:
    pairs = [(old, new) for _key, old, new in moved]
    pairs += [spoken for _key, old, new in moved for spoken in as_read(old, new, slot.deliverable.locale)]
    segment = site.kit.matching.segment
    if machine.revised and machine.text is not None:
        kept = {part.strip() for part in segment(machine.text)}
        return Proposal(machine.text, tuple(part.strip() for part in segment(mine.value) if part.strip() not in kept))
    return smallest_edit(mine.record.base, mine.value, machine.text, pairs, segment)


def offered(site: Site, slot: Slot, name: str, mine: Text) -> Proposal | None:
    """Find the newest stored text by a person for this field whose whole trace fits on this line and that breaks no guardrail."""
    reading = site.reading(slot.deliverable)
    for draft in site.stored(slot.id):
        text = draft.fields.get(name)
        if text is None or text.origin != "person" or text.value == mine.value or not text.value:
            continue
        if site.fits(text, reading) and not site.violations(slot.deliverable, name, text.value):
            return Proposal(text.value)
    return None


def _ask(site: Site, slot: Slot, name: str, machine: Machine, question: Question) -> None:
    mine, item = question.mine, _item(site, slot, name, question)
    answer = answered(site, item)
    words = {"take": question.proposal.text, "keep": mine.value, "text": answer.text, "leave": mine.value}.get(answer.kind, "") if answer else ""
    if answer is None or (answer.kind != "leave" and site.violations(slot.deliverable, name, words)):
        slot.items.append(item)
        slot.texts[name] = repin(site, mine, machine, question.proposal.text)
        slot.proposed.add(name)
        return
    if answer.kind == "leave":
        slot.leave(item.who, f"{name} waits for an answer")
        slot.texts[name] = mine
        return
    says = answer.says if answer.kind == "text" else ()
    slot.texts[name] = repin(site, mine, machine, words, by=answer.by, says=says)
    site.confirm(words, machine.record.trace)
    slot.proposed.add(name)
    slot.takers.setdefault(name, set()).add(answer.by)


def repin(site: Site, mine: Text, machine: Machine, words: str, *, by: str = "", says: Trace = ()) -> Text:
    """Give a person's text today's record: what the machine read, what the words state, and the new merge base."""
    stated = says or site.kit.matching.says(words, site.facets)
    base = machine.text or machine.raw or mine.record.base
    origin = mine.origin if words == mine.value else "person"
    return Text(words, origin, replace(machine.record, base=base, says=stated, author=by or mine.record.author))


def answered(site: Site, item: Item) -> Answer | None:
    """Find the answer that was given to exactly this question, where it still is one of its answers."""
    answer = site.answers.get(item.key)
    if answer is None or (answer.main, answer.proposal) != (item.main, item.proposal) or answer.kind not in item.options:
        return None
    return None if outdated(site, item.asset, answer) else answer


def outdated(site: Site, asset: str, answer: Answer) -> tuple[str, ...]:
    """List the facts that the words of an answer state and that have changed since it was given: then it is asked about again."""
    if not answer.says:
        return ()
    reading = site.reading(site.slots[asset].deliverable)
    return tuple(spell_ref(key[2:]) for key, seen in answer.says if reading.hash_of(key) != seen)


def asked_again(site: Site, slot: Slot, key: str) -> str:
    """Say why a question that somebody answered is open again, where a fact moved under the words that they chose; else empty."""
    answer = site.answers.get(key)
    facts = outdated(site, slot.id, answer) if answer else ()
    said = f"“{answer.text}”" if answer and answer.text else answer.kind if answer else ""
    return f"{answer.by} answered {said}, and what these words state has changed since: {', '.join(facts)}" if answer and facts else ""


def earlier_texts(site: Site, slot: Slot, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """List texts of people for a field that stand nowhere: from Changes that were given up, and what this Change no longer uses."""
    place = f"{slot.id}#{name}"
    texts = (*site.state.people_texts.get(place, ()), *site.change.typed().get(place, ()))
    return tuple(text for text in dict.fromkeys(texts) if text and text not in known)


def also_written(texts: tuple[str, ...]) -> str:
    """Name earlier texts in an item's note."""
    return f"also written for this: {' / '.join(f'“{text}”' for text in texts)}" if texts else ""


def _item(site: Site, slot: Slot, name: str, question: Question) -> Item:
    mine, proposal = question.mine, question.proposal
    owner = site.owner_of(slot.id, name) or mine.record.author
    earlier = earlier_texts(site, slot, name, (mine.value, proposal.text))
    key = f"{slot.id}#{name}:owner"
    note = (
        asked_again(site, slot, key),
        f"still carries: {', '.join(question.carried)}" if question.carried else "",
        f"replaces your sentence: {' / '.join(proposal.replaced)}" if proposal.replaced else "",
        f"where you took a sentence out it now reads: {' / '.join(proposal.left_out)}" if proposal.left_out else "",
        also_written(earlier),
    )
    return Item(
        key=key,
        kind="owned text" if question.takes or question.keeps else "finding",
        who=owner,
        causes=slot.causes_of(name),
        options=question.options,
        default="open",
        main=mine.hash,
        proposal=question.pin,
        asset=slot.id,
        field=name,
        before=mine.value,
        after=proposal.text,
        note="; ".join(part for part in note if part),
        offered=earlier,
    )
