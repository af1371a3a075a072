"""One asset on one line: which of its fields stand, which are rewritten, which ask. Assets are settled upstream first."""

from concerted.campaign.decision import Item
from concerted.campaign.deliverable import Deliverable, FieldSpec
from concerted.campaign.draft import Draft, Record, Text, hash_text
from concerted.planning.house import render_field, write_field
from concerted.planning.modelled import write_group
from concerted.planning.owned import Machine, answered, settle_owned
from concerted.planning.site import Site, Slot
from concerted.planning.stations import ask_approvers, first_asked


def settle(site: Site, deliverable: Deliverable) -> Slot:
    """Settle one deliverable on the site's line and publish its words to the readers below."""
    before = site.main_draft(deliverable.id)
    slot = Slot(deliverable, site.kit.types(deliverable.type), site.kit.recipe(deliverable), before)
    site.slots[slot.id] = slot
    if before is not None and _stays_left(site, slot):
        _keep_main(slot, before)
    elif before is not None and site.on_main:
        _assess(site, slot, before)
    else:
        _settle_fields(site, slot)
        if before is not None:
            ask_approvers(site, slot)
        _leave_with_sources(site, slot)
        if slot.left and before is not None:
            _keep_main(slot, before)
    complete = all(spec.name in slot.texts for spec in slot.type.fields)
    slot.draft = Draft(slot.id, {spec.name: slot.texts[spec.name] for spec in slot.type.fields}) if complete else None
    site.words[slot.id] = {name: text.value for name, text in slot.texts.items()}
    return slot


def _assess(site: Site, slot: Slot, before: Draft) -> None:
    """Main's texts stand until a Change lands; here they are only looked at."""
    for spec in slot.type.fields:
        text = before.fields.get(spec.name)
        if not _stands(site, slot, spec, text) and text is not None:
            slot.texts[spec.name] = text
            slot.suspect.add(spec.name)


def left_digest(site: Site, slot: Slot) -> str:
    """What a left question is bound to: main's words and what their sources say now."""
    reading = site.reading(slot.deliverable)
    draft = slot.before
    stale = sorted({(key, reading.hash_of(key)) for text in draft.fields.values() for key in site.stale_keys(text, reading)}) if draft else []
    return hash_text(f"{draft.words_hash if draft else ''}{stale}")


def _stays_left(site: Site, slot: Slot) -> bool:
    known = site.main.left.get(slot.id)
    if known is None or slot.id in site.change.revisit:
        return False
    if known.digest != left_digest(site, slot):
        return False
    slot.left = (known.who, known.why)
    slot.blocked = f"waits for {known.who}: {known.why}"
    return True


def _keep_main(slot: Slot, before: Draft) -> None:
    """Main keeps every byte of an asset that stays out."""
    slot.texts = dict(before.fields)
    slot.items.clear()
    slot.tasks.clear()
    slot.pending.clear()
    slot.proposed.clear()
    who, why = slot.left or ("", "")
    slot.blocked = slot.blocked or f"waits for {who}: {why}"


def _leave_with_sources(site: Site, slot: Slot) -> None:
    """Keep out what reads a text or a wording that stays out."""
    if slot.left or slot.before is None:
        return
    keys = {key for text in (*slot.texts.values(), *slot.before.fields.values()) for key, _seen in text.reads()}
    for key in sorted(keys):
        if key.startswith("f:") and key[2:] in site.left_wordings:
            slot.left = (site.left_wordings[key[2:]], f"the wording {key[2:]}")
            return
        asset = site.aliases.get(key[2:].partition("#")[0], key[2:].partition("#")[0])
        upstream = site.slots.get(asset) if key.startswith("u:") else None
        if upstream and upstream.left and upstream.id not in site.main.left:
            slot.left = (upstream.left[0], f"it reads {upstream.id}")
            return


def _settle_fields(site: Site, slot: Slot) -> None:
    standing = {spec.name: _current(site, slot, spec.name) for spec in slot.type.fields}
    todo = [spec for spec in slot.type.fields if not _stands(site, slot, spec, standing[spec.name])]
    if slot.recipe.mode == "house":
        for spec in todo:
            _house(site, slot, spec, standing[spec.name])
    else:
        _groups(site, slot, todo, standing)


def _current(site: Site, slot: Slot, name: str) -> Text | None:
    """Give the text a field starts from: a person's words on this Change, else main's."""
    stored = slot.before.fields.get(name) if slot.before else None
    words = site.change.texts.get(f"{slot.id}#{name}")
    if words is None:
        return stored
    site.owned[f"{slot.id}#{name}"] = words.by
    slot.caused(name, f"asset:{slot.id}#{name}", ())
    says = site.kit.matching.says(words.value, site.facets)
    if stored is None:
        return Text(words.value, "person", Record(slot.recipe.hash, (), "", author=words.by, base=words.base, says=says))
    seen = stored.record
    base = words.base if words.base is not None else stored.value if stored.origin != "person" else seen.base
    return Text(words.value, "person", Record(seen.recipe, seen.trace, seen.prompt_hash, seen.guardrails, words.by, base, says))


def _stands(site: Site, slot: Slot, spec: FieldSpec, text: Text | None) -> bool:
    """Let a field stand that is neither missing, nor stale, nor broken; note what makes it otherwise."""
    if text is None:
        slot.stale.add(spec.name)
        return False
    stale = site.stale_keys(text, site.reading(slot.deliverable))
    broken = site.violations(slot.deliverable, spec.name, text.value)
    site.root_causes(slot, spec.name, stale)
    for finding in broken:
        slot.caused(spec.name, f"rule:{finding.rule}", (finding.ref,) if finding.ref else ())
    outdated = bool(site.change.recipes and text.origin != "person" and text.record.recipe != slot.recipe.hash)
    if outdated:
        slot.caused(spec.name, "recipe", ())
    if stale or broken or outdated:
        slot.stale.add(spec.name)
        return False
    slot.texts[spec.name] = text
    if site.waits_for(text.reads()):
        slot.suspect.add(spec.name)
    return True


def _owner(site: Site, slot: Slot, name: str) -> str:
    return site.owned.get(f"{slot.id}#{name}") or site.main.owner_of(slot.id, name)


def _house(site: Site, slot: Slot, spec: FieldSpec, before: Text | None) -> None:
    if before is not None and (_owner(site, slot, spec.name)):
        _house_owned(site, slot, spec, before)
        return
    if before is not None and (known := _reuse(site, slot, (spec.name,))):
        slot.texts[spec.name] = known[spec.name]
        slot.reused.add(spec.name)
        return
    picked = write_field(site, slot, spec, before)
    if picked.waits:
        slot.pending.add(spec.name)
        _hold_words(slot, spec.name, before)
    elif picked.text is None:
        _stuck(site, slot, spec.name, before, picked.why)
    else:
        slot.texts[spec.name] = picked.text
        if picked.remade:
            slot.made.add(spec.name)


def _house_owned(site: Site, slot: Slot, spec: FieldSpec, mine: Text) -> None:
    rendering = render_field(site, slot, spec.name)
    if rendering is not None and site.waits_for(rendering.trace):
        slot.pending.add(spec.name)
        slot.texts[spec.name] = mine
        return
    picked = write_field(site, slot, spec, None)
    record = (
        picked.text.record if picked.text else Record(slot.recipe.hash, rendering.trace if rendering else (), rendering.hash if rendering else "")
    )
    same = rendering is None or rendering.hash == mine.record.prompt_hash
    settle_owned(site, slot, spec.name, mine, Machine(picked.text.value if picked.text else "", record, same))


def _groups(site: Site, slot: Slot, todo: list[FieldSpec], standing: dict[str, Text | None]) -> None:
    """Let a model write by groups: one stale field takes its group along, the fields that stand are offered for KEEP."""
    for group in dict.fromkeys(spec.group for spec in todo):
        names = tuple(spec.name for spec in slot.type.fields if spec.group == group)
        owned = {name for name in names if _owner(site, slot, name) and standing[name] is not None}
        free = tuple(name for name in names if name not in owned)
        known = _reuse(site, slot, free) if free and all(standing[name] is not None for name in names) and not owned else None
        if known:
            slot.texts.update(known)
            slot.reused.update(free)
            continue
        fallback = {name: text.value for name in names if (text := write_field(site, slot, slot.type.field(name), None).text)}
        texts, why = write_group(site, slot, group, names, fallback)
        for name in names:
            _place(site, slot, name, standing[name], (texts[name] if texts else None, why, name in owned))


def _place(site: Site, slot: Slot, name: str, before: Text | None, outcome: tuple[Text | None, str, bool]) -> None:
    text, why, owned = outcome
    if text is None:
        _hold_words(slot, name, before)
        if why:
            _stuck(site, slot, name, before, why)
    elif owned and before is not None:
        same = text.value == before.value
        settle_owned(site, slot, name, before, Machine("" if same else text.value, text.record, same))
    else:
        slot.texts[name] = text
        if before is None or before.value != text.value:
            slot.made.add(name)


def _hold_words(slot: Slot, name: str, before: Text | None) -> None:
    if before is not None:
        slot.texts[name] = before


def _reuse(site: Site, slot: Slot, names: tuple[str, ...]) -> dict[str, Text] | None:
    """Find stored texts whose whole trace fits today, that pass today's guardrails and that nobody sent back; last current first."""
    reading = site.reading(slot.deliverable)
    for draft in site.stored(slot.id):
        texts = {name: draft.fields[name] for name in names if name in draft.fields}
        if len(texts) == len(names) and all(_reusable(site, slot, name, text) and site.fits(text, reading) for name, text in texts.items()):
            return texts
    return None


def _reusable(site: Site, slot: Slot, name: str, text: Text) -> bool:
    if text.origin == "person" or text.hash in site.refused(slot.id, name):
        return False
    if site.change.recipes and text.record.recipe != slot.recipe.hash:
        return False
    return not site.violations(slot.deliverable, name, text.value)


def _stuck(site: Site, slot: Slot, name: str, before: Text | None, why: str) -> None:
    """No text can be written: a slot that is empty is blocked; a text that stands on main asks a person."""
    slot.blocked = slot.blocked or why
    if before is None:
        return
    key = f"{slot.id}#{name}:finding"
    answer = answered(site, key, before.hash, hash_text(why))
    if answer is not None and answer.kind == "text":
        says = site.kit.matching.says(answer.text, site.facets)
        reading = site.reading(slot.deliverable)
        trace = tuple((seen, reading.hash_of(seen)) for seen, _hash in before.record.trace)
        slot.texts[name] = Text(answer.text, "person", Record(before.record.recipe, trace, before.record.prompt_hash, "", answer.by, None, says))
        site.owned[f"{slot.id}#{name}"] = answer.by
        slot.blocked = ""
        return
    slot.texts[name] = before
    who = _owner(site, slot, name) or first_asked(site, slot)
    if answer is not None:
        slot.left = (who, why)
        return
    slot.items.append(
        Item(
            key,
            "finding",
            who,
            slot.causes_of(name),
            ("text", "leave"),
            "leave",
            before.hash,
            hash_text(why),
            slot.id,
            name,
            before=before.value,
            note=why,
        )
    )
