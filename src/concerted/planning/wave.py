"""One asset on one line: which of its fields stand, which are rewritten, which ask. Assets are settled upstream first."""

from concerted.campaign.deliverable import Deliverable
from concerted.campaign.draft import Draft, hash_text
from concerted.campaign.facets import hash_value
from concerted.campaign.line import FOLLOWS_LATER
from concerted.planning.fields import settle_fields, stands
from concerted.planning.filed import is_filed, settle_file
from concerted.planning.site import Site, Slot
from concerted.planning.stations import ask_approvers


def settle(site: Site, deliverable: Deliverable) -> Slot:
    """Settle one deliverable on the site's line and publish its words to the readers below."""
    before = site.main.texts.get(deliverable.id)
    slot = Slot(deliverable, site.kit.types(deliverable.type), site.kit.recipe(deliverable), before, site.retired(deliverable.id))
    site.slots[slot.id] = slot
    if _stays_left(site, slot):
        _keep_main(slot)
    elif before is not None and site.on_main:
        _assess(site, slot, before)
    else:
        if is_filed(slot):
            settle_file(site, slot)
        else:
            settle_fields(site, slot)
            ask_approvers(site, slot)
        _leave_with_sources(site, slot)
        _leave_for_later(site, slot)
        if slot.left:
            _keep_main(slot)
        if before is None:
            _wait_for_sources(site, slot)
    complete = all(spec.name in slot.texts for spec in slot.type.fields)
    slot.draft = Draft(slot.id, {spec.name: slot.texts[spec.name] for spec in slot.type.fields}, slot.file) if complete else None
    site.words[slot.id] = {name: text.value for name, text in slot.texts.items()}
    return slot


def _assess(site: Site, slot: Slot, before: Draft) -> None:
    """Main's texts stand until a Change lands; here they are only looked at."""
    slot.file = before.file
    for spec in slot.type.fields:
        text = before.fields.get(spec.name)
        if not stands(site, slot, spec, text) and text is not None:
            slot.texts[spec.name] = text
            slot.suspect.add(spec.name)


def _wait_for_sources(site: Site, slot: Slot) -> None:
    """Block an empty slot that reads a text which cannot be written yet: both come to main together or not at all."""
    reads = {key[2:].partition("#")[0] for text in slot.texts.values() for key, _seen in text.reads() if key.startswith("u:")}
    for asset in sorted(reads):
        above = site.slots.get(asset)
        if not slot.blocked and (above is None or (above.before is None and (above.blocked or above.items))):
            slot.blocked = f"it reads {asset}, which has no text yet"
            slot.lacks |= above.lacks if above else set()


def left_digest(site: Site, slot: Slot) -> str:
    """Give what a left question is bound to: main's words, what their sources say now, and which rules they break."""
    if slot.before is None:
        return ""
    reading = site.reading(slot.deliverable)
    stale = sorted({(key, reading.hash_of(key)) for text in slot.before.fields.values() for key in site.stale_keys(text, reading)})
    broken = sorted(
        (name, f.rule, f.evidence) for name, text in slot.before.fields.items() for f in site.violations(slot.deliverable, name, text.value)
    )
    return hash_value([slot.before.words_hash, stale, broken, sorted(set(slot.type.field_names()) - set(slot.before.fields))])


def _stays_left(site: Site, slot: Slot) -> bool:
    """Tell whether an asset stays out as an earlier landing left it: same words, same sources, and what it waited for still waits.

    What was to follow later waits for the word of whoever said so, whatever changes meanwhile.
    """
    known = site.main.left.get(slot.id)
    if known is None or slot.before is None or slot.id in site.change.revisit or slot.id in site.entered:
        return False
    later = known.why == FOLLOWS_LATER and not known.on
    if (not later and known.digest != left_digest(site, slot)) or not _still_waits(site, slot, known.on):
        return False
    slot.left, slot.stays = known, True
    _explain_left(site, slot, known.on)
    return True


def _explain_left(site: Site, slot: Slot, on: str) -> None:
    """Note what has moved under an asset that stays out, or under what it waits for."""
    for name, text in slot.before.fields.items() if slot.before else ():
        above = [key for key, _seen in text.reads() if on and key.startswith(f"u:{on}#")]
        site.root_causes(slot, name, (*site.stale_keys(text, site.reading(slot.deliverable)), *above))
        if on.startswith("wording:") and f"f:{on.removeprefix('wording:')}" in dict(text.reads()):
            slot.caused(name, on.removeprefix("wording:"), (on.removeprefix("wording:"),))


def _still_waits(site: Site, slot: Slot, on: str) -> bool:
    if on.startswith("wording:"):
        return on.removeprefix("wording:") in site.left_wordings
    if on:
        return on in site.slots and site.slots[on].left is not None
    return any(_is_off(site, slot, name) for name in slot.type.field_names())


def _is_off(site: Site, slot: Slot, name: str) -> bool:
    text = slot.before.fields.get(name) if slot.before else None
    if text is None:
        return True
    stale = site.stale_keys(text, site.reading(slot.deliverable))
    return bool(stale or site.violations(slot.deliverable, name, text.value) or hash_text(text.value) in site.refused(slot.id, name))


def _keep_main(slot: Slot) -> None:
    """Keep every byte of an asset that stays out as it is on main; note which fields that holds back."""
    before = slot.before.values if slot.before else {}
    slot.held_back = slot.stale | {name for name, text in slot.texts.items() if before.get(name) != text.value}
    slot.texts = dict(slot.before.fields) if slot.before else {}
    slot.file = slot.before.file if slot.before else None
    slot.items.clear()
    slot.tasks.clear()
    slot.pending.clear()
    slot.proposed.clear()
    slot.made.clear()
    slot.reused.clear()
    slot.failed = ""
    if slot.left:
        slot.blocked = f"waits for {slot.left.who}: {slot.left.why}"


def _leave_for_later(site: Site, slot: Slot) -> None:
    """Keep out what whoever opened the Change wants to follow later, where it would change at all."""
    if slot.left or slot.before is None or slot.id not in site.change.stays or slot.id in site.entered:
        return
    before = slot.before.values
    if slot.items or slot.pending or any(before.get(name) != text.value for name, text in slot.texts.items()):
        slot.leave(site.change.by, FOLLOWS_LATER)


def _leave_with_sources(site: Site, slot: Slot) -> None:
    """Keep out what reads a text or a wording that this landing leaves."""
    if slot.left or slot.before is None:
        return
    keys = {key for text in (*slot.texts.values(), *slot.before.fields.values()) for key, _seen in text.reads()} | slot.reads
    for key in sorted(keys):
        if key.startswith("f:") and key[2:] in site.left_wordings:
            people = site.kit.roles.people("wordings", slot.deliverable, site.facets)
            slot.leave(people[0] if people else site.left_wordings[key[2:]], f"the wording {key[2:]}", f"wording:{key[2:]}")
            return
        asset, _, name = key[2:].partition("#")
        upstream = site.slots.get(asset) if key.startswith("u:") else None
        if upstream and upstream.left and not upstream.stays and name in upstream.held_back and _still_waits(site, upstream, upstream.left.on):
            # Where main's own words above are right as they stand, only somebody's new words for them wait, and who reads main's need not.
            slot.leave(upstream.left.who, f"it reads {upstream.id}", upstream.id)
            return
