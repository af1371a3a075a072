"""Pieces that people and agencies make, on one line: the file stands, waits for whoever makes it, or a person says whether it is still right.

Nothing here is ever drafted: words in a picture cannot be written anew, only the picture can.
"""

from concerted.campaign.decision import Item
from concerted.campaign.draft import Draft, Record, Text
from concerted.campaign.facets import hash_value
from concerted.campaign.outside import WORDS
from concerted.planning.fields import stands, starting_text
from concerted.planning.owned import answered
from concerted.planning.site import Site, Slot, spell_ref
from concerted.planning.stations import first_asked

PLACE = "file"
"""How a question about a slot names what it is about."""


def is_filed(slot: Slot) -> bool:
    """Tell whether a file fills this slot."""
    return slot.type.made_by != "worker"


def settle_file(site: Site, slot: Slot) -> None:
    """Settle a slot: what was handed in stands while the lines that it shows do; else its person is asked."""
    slot.file = site.change.files.get(slot.id) or (slot.start.file if slot.start else None)
    if slot.file is None:
        slot.blocked = waits_for(slot)
        return
    texts = {spec.name: starting_text(site, slot, spec.name) or _nothing(slot) for spec in slot.type.fields}
    off = [spec.name for spec in slot.type.fields if not stands(site, slot, spec, texts[spec.name])]
    slot.texts.update({name: texts[name] for name in off})
    if off:
        _ask(site, slot, texts)


def waits_for(slot: Slot) -> str:
    """Say for whom and for what an empty slot waits."""
    made = slot.deliverable
    who = made.who or ("a person of the team" if made.made_by == "person" else "whoever makes it outside")
    return f"waits for the file from {who}" + (f", needed by {made.due}" if made.due else "")


def _nothing(slot: Slot) -> Text:
    return Text("", "person", Record(slot.recipe.hash, (), ""))


def _ask(site: Site, slot: Slot, texts: dict[str, Text]) -> None:
    earlier = _earlier(site, slot)
    if earlier is not None and _is_same(earlier, slot, texts):
        # The same file, with the same said of it, was right for these very lines before: nothing is left to ask.
        slot.texts.update(earlier.fields)
        slot.file = earlier.file
        slot.reused.update(earlier.fields)
        return
    item = _item(site, slot, texts, earlier)
    answer = answered(site, item)
    if answer is None:
        slot.items.append(item)
        return
    slot.proposed.add(WORDS)
    if answer.kind == "leave":
        slot.leave(item.who, "nobody has said whether the file is still right")
        return
    if answer.kind == "take" and earlier is not None:
        slot.texts.update(earlier.fields)
        slot.file = earlier.file
    else:
        slot.texts.update({name: _confirmed(site, slot, text, answer.by) for name, text in texts.items()})
    for name, text in slot.texts.items():
        site.confirm(text.value, ())
        slot.takers.setdefault(name, set()).add(answer.by)


def _is_same(earlier: Draft, slot: Slot, texts: dict[str, Text]) -> bool:
    """Tell whether an earlier hand-in is this one in every word; what somebody has put right since is never undone unasked."""
    files = earlier.file is not None and slot.file is not None and earlier.file.content() == slot.file.content()
    return files and earlier.values == {name: text.value for name, text in texts.items()}


def _earlier(site: Site, slot: Slot) -> Draft | None:
    """Find what was handed in earlier and is right for this line in every word."""
    reading = site.reading(slot.deliverable)
    for draft in site.stored(slot.id):
        fits = draft.file is not None and all(site.fits(text, reading) for text in draft.fields.values())
        if fits and not any(site.violations(slot.deliverable, name, text.value) for name, text in draft.fields.items()):
            return draft
    return None


def _confirmed(site: Site, slot: Slot, text: Text, by: str) -> Text:
    """Bind words to today's facts: those that they state, and those that somebody ticked."""
    reading = site.reading(slot.deliverable)
    keys = {key for key, _seen in text.record.says} | {key for key, _seen in site.kit.matching.says(text.value, site.facets)}
    says = tuple((key, reading.hash_of(key)) for key in sorted(keys))
    return Text(text.value, text.origin, Record(slot.recipe.hash, (), "", author=by, says=says))


def _item(site: Site, slot: Slot, texts: dict[str, Text], earlier: Draft | None) -> Item:
    reading = site.reading(slot.deliverable)
    stale = {key: (text, seen) for text in texts.values() for key, seen in text.reads() if reading.hash_of(key) != seen}
    broken = [finding for name, text in texts.items() for finding in site.violations(slot.deliverable, name, text.value)]
    keeps = not broken and not any(site.stops(slot.deliverable, name, text.value) for name, text in texts.items())
    today = sorted((key, reading.hash_of(key)) for key in stale)
    name = slot.file.name if slot.file else ""
    moved = [_was_now(site, key, seen) for key, (_text, seen) in sorted(stale.items())]
    offers = f"{earlier.file.name}, handed in earlier, is right for this" if earlier and earlier.file else ""
    return Item(
        key=f"{slot.id}#{PLACE}:owner",
        kind="file",
        who=texts[WORDS].record.author or first_asked(site, slot),
        causes=tuple(sorted({root.partition("@")[0] for root in slot.roots})),
        options=(*(("take",) if offers else ()), *(("keep",) if keeps else ()), "leave"),
        default="open",
        main=hash_value([name, slot.file.content() if slot.file else "", *(text.hash for text in texts.values())]),
        proposal=hash_value([today, [finding.evidence for finding in broken], earlier.id if earlier else ""]),
        asset=slot.id,
        field=PLACE,
        before=texts[WORDS].value or name,
        note="; ".join(part for part in (*moved, *(finding.message for finding in broken), offers) if part),
    )


def _was_now(site: Site, key: str, seen: str) -> str:
    """Say what became of a line that a file shows."""
    old, new = site.old_value(key, seen), site.new_value(key)
    ref = spell_ref(key[2:])
    if not new:
        return f"{ref} is gone" + (f", it was “{old}”" if old else "")
    return f"{ref} was “{old}” and is now “{new}”" if old else f"{ref} is now “{new}”"
