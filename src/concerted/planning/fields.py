"""The fields of one asset on one line: each stands, is re-used, is written by whoever writes it, or asks somebody."""

from dataclasses import replace

from concerted.campaign.decision import Item
from concerted.campaign.deliverable import FieldSpec
from concerted.campaign.draft import Record, Text
from concerted.campaign.facets import hash_value
from concerted.planning.house import answers_lacking, house_words, needing, render_field, write_field
from concerted.planning.modelled import HOUSE, Call, stand_in, write_group
from concerted.planning.owned import Machine, also_written, answered, asked_again, earlier_texts, offered, settle_owned
from concerted.planning.record import record_today
from concerted.planning.render import Rendering, render_brief
from concerted.planning.reuse import repinned, same_brief, states_today, stored_text
from concerted.planning.site import Site, Slot
from concerted.planning.stations import first_asked


def settle_fields(site: Site, slot: Slot) -> None:
    """Settle every field: those that stand first, so that the others are written beside them."""
    standing = {spec.name: starting_text(site, slot, spec.name) for spec in slot.type.fields}
    todo = [spec for spec in slot.type.fields if not stands(site, slot, spec, standing[spec.name])]
    if slot.recipe.mode == "house":
        for spec in todo:
            _house(site, slot, spec, standing[spec.name])
        return
    for group in dict.fromkeys(spec.group for spec in todo):
        _group(site, slot, [spec for spec in todo if spec.group == group], standing)
    if slot.start is not None and not slot.items:
        slot.failed = ""


def starting_text(site: Site, slot: Slot, name: str) -> Text | None:
    """Give the text a field starts from: a person's words on this Change, else main's, else what stood here before it was retired."""
    stored = slot.start.fields.get(name) if slot.start else None
    words = site.change.texts.get(f"{slot.id}#{name}")
    if words is None:
        return stored
    site.owned[f"{slot.id}#{name}"] = words.by
    slot.caused(name, f"asset:{slot.id}#{name}", ())
    if words.record is not None:
        return Text(words.value, "person", words.record)
    says = site.kit.matching.says(words.value, site.facets)
    if stored is None:
        return Text(words.value, "person", Record(slot.recipe.hash, (), "", author=words.by, base=words.base, says=says))
    base = words.base if words.base is not None else stored.value if stored.origin != "person" else stored.record.base
    return Text(words.value, "person", replace(stored.record, author=words.by, base=base, says=says))


def stands(site: Site, slot: Slot, spec: FieldSpec, text: Text | None) -> bool:
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
    slot.texts[spec.name] = _adopted(site, slot, spec.name, text) if _is_bare(text) else text
    if site.waits_for(slot.texts[spec.name].reads()):
        slot.suspect.add(spec.name)
    return True


def _is_bare(text: Text) -> bool:
    """Tell whether a person wrote a text before there was anything to see: it has no record of what it would be written from."""
    return text.origin == "person" and not text.record.trace and not text.record.prompt_hash


def _adopted(site: Site, slot: Slot, name: str, text: Text) -> Text:
    """Give a bare text the keys that a writer would read today, so that later changes of these find it."""
    record = record_today(site, slot, name, text.record.author)
    return replace(text, record=replace(record, base=text.record.base, says=text.record.says))


def _house(site: Site, slot: Slot, spec: FieldSpec, before: Text | None) -> None:
    owned = before is not None and site.owner_of(slot.id, spec.name)
    picked = house_words(site, slot, spec, before) if owned else write_field(site, slot, spec, before)
    if picked.waits:
        _wait(slot, spec.name, before)
        slot.reads.update(key for key, _seen in picked.record.trace)
    elif owned and before is not None:
        same = bool(before.record.prompt_hash == picked.record.prompt_hash)
        settle_owned(site, slot, spec.name, before, Machine(picked.text.value if picked.text else None, picked.record, same, picked.raw))
    elif before is not None and before.origin == "person" and (stays := _given_back(site, slot, spec.name, before)):
        slot.texts[spec.name] = stays
    elif picked.text is None:
        slot.shorten |= dict([picked.shorten]) if before is None and picked.shorten else {}
        _stuck(site, slot, spec.name, (before, picked.record), picked.why, picked.lacks)
    else:
        _place(slot, spec.name, before, picked.text, reused=picked.reused)


def _given_back(site: Site, slot: Slot, name: str, text: Text) -> Text | None:
    """Let a person's words that nobody owns any more stand while what they were written from reads as it did."""
    rendering = render_field(site, slot, name)
    return repinned(text, rendering) if rendering and _reads_the_same(site, slot, name, text, rendering) else None


def _place(slot: Slot, name: str, before: Text | None, text: Text, *, reused: bool = False) -> None:
    slot.texts[name] = text
    if reused and text != before:
        slot.reused.add(name)
    elif before is None or before.value != text.value:
        slot.made.add(name)


def _wait(slot: Slot, name: str, before: Text | None) -> None:
    """Hold the words that stand while an upstream text or a writer is waited for; readers below wait as well."""
    slot.pending.add(name)
    if before is not None:
        slot.texts[name] = before


def _group(site: Site, slot: Slot, todo: list[FieldSpec], standing: dict[str, Text | None]) -> None:
    """Settle the stale fields of one group that a model writes: without a call where one of today's texts fits."""
    group = todo[0].group
    rendering = render_brief(slot.recipe.prompt, site.reading(slot.deliverable), site.kit.law, group)
    if site.waits_for(rendering.trace):
        slot.reads.update(key for key, _seen in rendering.trace)
        for spec in todo:
            _wait(slot, spec.name, standing[spec.name])
        return
    asked = [spec for spec in todo if not _without_a_call(site, slot, spec, standing[spec.name], rendering)]
    if not asked or not rendering.texts:
        return
    shown = {spec.name: text for spec in slot.type.fields if spec.group == group and (text := standing[spec.name])}
    outcomes = write_group(site, slot, tuple(spec.name for spec in asked), Call(group, rendering, shown))
    for spec in asked:
        _outcome(site, slot, spec.name, standing[spec.name], (outcomes.get(spec.name), rendering))


def _without_a_call(site: Site, slot: Slot, spec: FieldSpec, before: Text | None, rendering: Rendering) -> bool:
    """Settle a field for which no model has to be asked; False where one has."""
    record = _record(site, slot, rendering)
    owned = bool(before is not None and site.owner_of(slot.id, spec.name))
    if owned and before is not None:
        same = same_brief(slot, before, rendering)
        if same or not rendering.texts or offered(site, slot, spec.name, before):
            settle_owned(site, slot, spec.name, before, Machine(None, record, same))
            return True
        return False
    if not rendering.texts:
        if spec.optional:
            _place(slot, spec.name, before, Text("", "model", record))
        else:
            why = needing(spec.name, rendering.missing)
            _stuck(site, slot, spec.name, (before, record), why, answers_lacking(rendering))
        return True
    if before is not None and _reads_the_same(site, slot, spec.name, before, rendering):
        slot.texts[spec.name] = repinned(before, rendering)
        return True
    known = stored_text(site, slot, spec.name, rendering)
    if known is not None:
        _place(slot, spec.name, before, known, reused=True)
        return True
    return before is not None and _stands_in_again(site, slot, spec, before, rendering)


def _stands_in_again(site: Site, slot: Slot, spec: FieldSpec, before: Text, rendering: Rendering) -> bool:
    """Bring words of the house writer up to date that it wrote in a model's place: the model's brief is the same, and no reason to ask it again."""
    if before.origin != HOUSE or not same_brief(slot, before, rendering):
        return False
    picked = stand_in(site, slot, spec.name, before, rendering)
    if picked.waits:
        _wait(slot, spec.name, before)
        slot.reads.update(key for key, _seen in picked.record.trace)
    elif picked.text is not None:
        _place(slot, spec.name, before, picked.text)
    return picked.waits or picked.text is not None


def _reads_the_same(site: Site, slot: Slot, name: str, text: Text, rendering: Rendering) -> bool:
    """Tell whether words stand after all: keys moved, but the brief they were written from reads as it did."""
    reading = site.reading(slot.deliverable)
    broken = site.violations(slot.deliverable, name, text.value)
    return states_today(text, reading) and same_brief(slot, text, rendering) and not broken and text.hash not in site.refused(slot.id, name)


def _record(site: Site, slot: Slot, rendering: Rendering) -> Record:
    return Record(slot.recipe.hash, rendering.trace, rendering.hash, site.kit.rules.guardrail_hash(site.facets))


def _outcome(site: Site, slot: Slot, name: str, before: Text | None, came: tuple[Text | str | None, Rendering]) -> None:
    outcome, rendering = came
    owned = before is not None and site.owner_of(slot.id, name)
    if outcome is None:
        _wait(slot, name, before)
    elif owned and before is not None:
        text = outcome if isinstance(outcome, Text) else None
        same = text is not None and text.value == before.value
        record = text.record if text else _record(site, slot, rendering)
        settle_owned(site, slot, name, before, Machine(text.value if text and not same else None, record, same, revised=True))
    elif isinstance(outcome, str):
        _stuck(site, slot, name, (before, _record(site, slot, rendering)), outcome)
    else:
        _place(slot, name, before, outcome)


def _stuck(site: Site, slot: Slot, name: str, had: tuple[Text | None, Record], why: str, lacks: tuple[str, ...] = ()) -> None:
    """No text can be written: a slot that is empty is blocked; a text that stands asks a person."""
    before, record = had
    if before is None:
        slot.blocked = slot.blocked or why
        slot.lacks |= set(lacks)
        return
    item = _finding(site, slot, name, (before, record), why)
    answer = answered(site, item)
    if answer is not None and answer.kind == "text" and not site.violations(slot.deliverable, name, answer.text):
        says = answer.says or site.kit.matching.says(answer.text, site.facets)
        slot.texts[name] = Text(answer.text, "person", replace(record, author=answer.by, says=says))
        site.owned[f"{slot.id}#{name}"] = answer.by
        site.confirm(answer.text, record.trace)
        slot.takers.setdefault(name, set()).add(answer.by)
        return
    slot.texts[name] = before
    if answer is not None and answer.kind == "leave":
        slot.leave(item.who, why)
        return
    slot.blocked = slot.blocked or why
    slot.items.append(item)


def _finding(site: Site, slot: Slot, name: str, had: tuple[Text, Record], why: str) -> Item:
    before, record = had
    earlier = earlier_texts(site, slot, name, (before.value,))
    key = f"{slot.id}#{name}:finding"
    return Item(
        key=key,
        kind="finding",
        who=site.owner_of(slot.id, name) or first_asked(site, slot),
        causes=slot.causes_of(name),
        options=("text", "leave"),
        default="leave",
        main=before.hash,
        proposal=hash_value([why, record.prompt_hash]),
        asset=slot.id,
        field=name,
        before=before.value,
        note="; ".join(part for part in (why, asked_again(site, slot, key), also_written(earlier)) if part),
        offered=earlier,
    )
