"""People's own words under a change: what is proposed to them, and what their answer makes of it. Nothing here replaces a word unasked."""

from dataclasses import dataclass, replace

from concerted.campaign.change import Answer
from concerted.campaign.decision import Item
from concerted.campaign.draft import Record, Text, hash_text
from concerted.planning.revise import Proposal, smallest_edit
from concerted.planning.site import Site, Slot


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine's side of a proposal: its rendering today and the record that would go with it."""

    text: str
    """Empty where the machine has nothing to say."""
    record: Record
    same: bool
    """True where the renderings are what they were when the person wrote."""


def settle_owned(site: Site, slot: Slot, name: str, mine: Text, machine: Machine) -> None:
    """Settle an owned field whose reads changed: keep it, or propose the smallest edit and ask its owner."""
    stale = site.stale_keys(mine, site.reading(slot.deliverable))
    moved = site.moved(mine, stale)
    carried = site.carried(slot, mine, moved, mine.value)
    broken = site.violations(slot.deliverable, name, mine.value)
    says = {key for key, _hash in mine.record.says}
    touched = bool(carried or broken or says.intersection(stale))
    if machine.same and not touched:
        slot.texts[name] = repin(site, mine, machine, mine.value)
        return
    proposal = _offered(site, slot, name, mine) or _edit(site, mine, machine, moved)
    if proposal.text == mine.value and not touched:
        slot.texts[name] = repin(site, mine, machine, mine.value)
        return
    _ask(site, slot, name, mine, machine, proposal, carried, bool(broken))


def _edit(site: Site, mine: Text, machine: Machine, moved: tuple[tuple[str, str, str], ...]) -> Proposal:
    pairs = [(old, new) for _key, old, new in moved]
    if not machine.text:
        return smallest_edit(mine.value, mine.value, mine.value, pairs, site.kit.matching.segment)
    return smallest_edit(mine.record.base, mine.value, machine.text, pairs, site.kit.matching.segment)


def _offered(site: Site, slot: Slot, name: str, mine: Text) -> Proposal | None:
    """The owner's newest stored text whose trace fits on this line, or a text of theirs from an abandoned Change."""
    reading = site.reading(slot.deliverable)
    for draft in site.stored(slot.id):
        text = draft.fields.get(name)
        if text and text.origin == "person" and text.value != mine.value and site.fits(text, reading):
            return Proposal(text.value)
    return None


def _ask(
    site: Site, slot: Slot, name: str, mine: Text, machine: Machine, proposal: Proposal, carried: tuple[str, ...], broken: bool
) -> None:  # fmt: skip
    key = f"{slot.id}#{name}:owner"
    answer = answered(site, key, mine.hash, hash_text(proposal.text))
    if answer is None:
        slot.items.append(_item(site, slot, name, mine, proposal, carried, broken))
        slot.texts[name] = repin(site, mine, machine, proposal.text)
        slot.proposed.add(name)
        return
    words = {"take": proposal.text, "keep": mine.value, "text": answer.text}.get(answer.kind, mine.value)
    if answer.kind == "leave":
        slot.left = (site.main.owner_of(slot.id, name) or answer.by, f"{name} waits for an answer")
        slot.texts[name] = mine
        return
    slot.texts[name] = repin(site, mine, machine, words, by=answer.by)
    still = site.carried(slot, mine, site.moved(mine, site.stale_keys(mine, site.reading(slot.deliverable))), words)
    site.settled.update((hash_text(words), run) for run in still)
    slot.proposed.add(name)


def repin(site: Site, mine: Text, machine: Machine, words: str, by: str = "") -> Text:
    """A person's text with today's record: what the machine read, what the words state, and the new merge base."""
    says = site.kit.matching.says(words, site.facets)
    base = machine.text if machine.text else mine.record.base
    return Text(words, "person", replace(machine.record, base=base, says=says, author=by or mine.record.author))


def answered(site: Site, key: str, main: str, proposal: str) -> Answer | None:
    """Find the answer that was given to exactly this question."""
    answer = site.change.answers.get(key)
    return answer if answer and answer.main == main and answer.proposal == proposal else None


def _item(site: Site, slot: Slot, name: str, mine: Text, proposal: Proposal, carried: tuple[str, ...], broken: bool) -> Item:
    owner = site.owned.get(f"{slot.id}#{name}") or site.main.owner_of(slot.id, name) or mine.record.author
    same = proposal.text == mine.value
    stops = broken or site.stops(slot.deliverable, name, mine.value)
    options = ("take", "keep", "text", "leave") if not stops else ("text", "leave") if same else ("take", "text", "leave")
    note = "; ".join(
        part
        for part in (
            f"still carries: {', '.join(carried)}" if carried else "",
            f"replaces your sentence: {' / '.join(proposal.replaced)}" if proposal.replaced else "",
        )
        if part
    )
    return Item(
        key=f"{slot.id}#{name}:owner",
        kind="finding" if broken and same else "owned text",
        who=owner,
        causes=slot.causes_of(name),
        options=options,
        default="open",
        main=mine.hash,
        proposal=hash_text(proposal.text),
        asset=slot.id,
        field=name,
        before=mine.value,
        after=proposal.text,
        note=note,
    )
