"""Approved texts under a change: each changed field passes the stations that had signed it, one person after the other."""

from collections.abc import Mapping
from dataclasses import replace

from concerted.campaign.change import Answer
from concerted.campaign.decision import Item
from concerted.campaign.draft import Draft, Text, hash_text
from concerted.campaign.facets import Facets, hash_at
from concerted.campaign.line import Approval
from concerted.planning.owned import also_written, answered, asked_again, earlier_texts, outdated
from concerted.planning.site import Site, Slot

OPTIONS = ("take", "keep", "text", "redraft", "leave")


def holds(approval: Approval, words: Mapping[str, str], facets: Facets) -> bool:
    """Tell whether a signature still covers these words and the facts they state."""
    same = dict(approval.texts) == {name: hash_text(text) for name, text in words.items()}
    return same and all(hash_at(facets, key[2:]) == seen for key, seen in approval.facts)


def signed_roles(approvals: tuple[Approval, ...], words: Mapping[str, str], facets: Facets) -> dict[str, Approval]:
    """Role -> the newest signature that covers these words."""
    return {approval.role: approval for approval in approvals if holds(approval, words, facets)}


def first_asked(site: Site, slot: Slot) -> str:
    """Who is asked about an asset that nobody owns: the first demanded role's person, else the campaign's owner."""
    words = {name: text.value for name, text in slot.texts.items()}
    for role in site.kit.roles.demanded(slot.deliverable, words, site.facets):
        people = site.kit.roles.people(role, slot.deliverable, site.facets)
        if people:
            return people[0]
    return str(site.facets.get("campaign.owner", "the campaign's owner"))


def signatures_on_main(site: Site, slot: Slot) -> dict[str, Approval]:
    """Give the signatures under main's words by role.

    Where a question that a landing left is taken up again, those count that only this landing made outdated: it stays their question.
    """
    approvals, words = site.main.approvals.get(slot.id, ()), slot.before.signed if slot.before else {}
    if slot.id not in site.main.left:
        return signed_roles(approvals, words, site.base_facets)
    return {approval.role: approval for approval in approvals if holds(replace(approval, facts=()), words, site.base_facets)}


def ask_approvers(site: Site, slot: Slot) -> None:
    """Ask each role that had approved the asset about every field whose words changed here."""
    if slot.before is None or slot.left or slot.pending:
        return
    roles = _asked(site, slot, slot.before)
    for name in _changed(site, slot):
        if not slot.left:
            _hold_to(site, slot, name, roles)
            _stations(site, slot, name, roles)


def _asked(site: Site, slot: Slot, before: Draft) -> list[str]:
    """List the roles whose signature is under main's words and not under today's."""
    signed = signatures_on_main(site, slot)
    if not signed:
        return []
    words = {name: text.value for name, text in slot.texts.items()}
    again = signed_roles(site.main.approvals.get(slot.id, ()), words, site.facets)
    return [role for role in _demanded(site, slot, before, words) if role in signed and role not in again]


def _demanded(site: Site, slot: Slot, before: Draft, words: Mapping[str, str]) -> tuple[str, ...]:
    """List the roles that are asked about an asset: those of main's words; where it was left, those of today's, too."""
    today = site.kit.roles.demanded(slot.deliverable, words, site.facets) if slot.id in site.main.left else ()
    return tuple(dict.fromkeys((*site.kit.roles.demanded(slot.deliverable, before.values, site.base_facets), *today)))


def _hold_to(site: Site, slot: Slot, name: str, roles: list[str]) -> None:
    """Hold to what was answered about exactly these words by somebody who would not be asked any more: their signature has lapsed since."""
    before, text = slot.before.fields.get(name) if slot.before else None, slot.texts[name]
    if before is None or name in slot.takers or any(item.field == name for item in slot.items):
        return
    asked = {f"{slot.id}#{name}:{role}" for role in roles if _concerns(site, slot, role, (before.value, text.value))}
    for key, answer in site.answers_about.get(slot.id, {}).items():
        pinned = (answer.main, answer.proposal) == (before.hash, text.hash) and key.startswith(f"{slot.id}#{name}:") and key not in asked
        if pinned and not _is_void(site, slot, name, answer, before):
            slot.proposed.add(name)
            _answered(site, slot, name, answer, before)
            return


def _is_void(site: Site, slot: Slot, name: str, answer: Answer, before: Text) -> bool:
    """Tell whether an answer cannot hold any more: the words that it stands for break a rule by now, or somebody sent them back since."""
    if outdated(site, slot.id, answer):
        return True
    if answer.kind == "keep":
        return site.stops(slot.deliverable, name, before.value) or before.hash in site.refused(slot.id, name)
    return answer.kind == "text" and bool(site.violations(slot.deliverable, name, answer.text))


def _changed(site: Site, slot: Slot) -> list[str]:
    """Fields whose words differ from main's and are not a person's own edit made on this Change."""
    before = slot.before.values if slot.before else {}
    return [name for name, text in slot.texts.items() if before.get(name) != text.value and not _is_own_edit(site, slot, name)]


def _is_own_edit(site: Site, slot: Slot, name: str) -> bool:
    words = site.change.texts.get(f"{slot.id}#{name}")
    return words is not None and name in slot.texts and slot.texts[name].value == words.value


def _stations(site: Site, slot: Slot, name: str, roles: list[str]) -> None:
    before = slot.before.fields.get(name) if slot.before else None
    for role in roles:
        if any(item.field == name for item in slot.items) or slot.left:
            return
        text = slot.texts[name]
        words = (before.value if before else "", text.value)
        if not _concerns(site, slot, role, words):
            continue
        if before is not None and text.value == before.value:
            return
        people = site.kit.roles.people(role, slot.deliverable, site.facets)
        if not slot.takers.get(name, set()).isdisjoint(people):
            continue
        _station(site, slot, name, (role, people[0] if people else role), before)


def _concerns(site: Site, slot: Slot, role: str, words: tuple[str, str]) -> bool:
    """Ask a role only about fields that are its business before or after: a lawyer about claims and prices, not about every comma."""
    return any(role in site.kit.roles.demanded(slot.deliverable, {"": text}, site.facets) for text in words if text)


def _station(site: Site, slot: Slot, name: str, asked: tuple[str, str], before: Text | None) -> None:
    item = _item(site, slot, name, asked, before)
    answer = answered(site, item)
    slot.proposed.add(name)
    if answer is None or (answer.kind == "text" and site.violations(slot.deliverable, name, answer.text)):
        slot.items.append(item)
        return
    _answered(site, slot, name, replace(answer, by=item.who) if answer.kind == "leave" else answer, before)


def _answered(site: Site, slot: Slot, name: str, answer: Answer, before: Text | None) -> None:
    """Put in place what an answer says of a field."""
    if answer.kind == "leave":
        slot.leave(answer.by, f"{name} waits for an answer")
        return
    takers = slot.takers.setdefault(name, set())
    if answer.kind == "keep" and before is not None:
        _keep(site, slot, name, before)
    elif answer.kind == "text":
        text = slot.texts[name]
        says = answer.says or site.kit.matching.says(answer.text, site.facets)
        base = text.record.base if text.origin == "person" else text.value
        slot.texts[name] = Text(answer.text, "person", replace(text.record, says=says, author=answer.by, base=base))
        site.owned[f"{slot.id}#{name}"] = answer.by
        site.confirm(answer.text, text.record.trace)
        takers.clear()
    takers.add(answer.by)


def _keep(site: Site, slot: Slot, name: str, before: Text) -> None:
    """Keep the approved words, confirmed true under today's strategy."""
    record = replace(slot.texts[name].record, base=before.record.base, says=site.kit.matching.says(before.value, site.facets))
    site.confirm(before.value, record.trace)
    slot.texts[name] = Text(before.value, before.origin, record)
    slot.made.discard(name)


def _item(site: Site, slot: Slot, name: str, asked: tuple[str, str], before: Text | None) -> Item:
    role, who = asked
    text = slot.texts[name]
    kept = before is not None and not site.stops(slot.deliverable, name, before.value)
    earlier = earlier_texts(site, slot, name, (text.value, before.value if before else ""))
    key = f"{slot.id}#{name}:{role}"
    return Item(
        key=key,
        kind="approved text",
        who=who,
        causes=slot.causes_of(name),
        options=OPTIONS if kept else tuple(option for option in OPTIONS if option != "keep"),
        default="open",
        main=before.hash if before else "",
        proposal=text.hash,
        asset=slot.id,
        field=name,
        before=before.value if before else "",
        after=text.value,
        note="; ".join(part for part in (asked_again(site, slot, key), also_written(earlier)) if part),
        offered=earlier,
    )


def carried_approvals(site: Site, slot: Slot) -> tuple[Approval, ...]:
    """Signatures that an all-answered asset takes with it: each role's, renewed over the words that it answered for or that did not concern it."""
    approvals = site.main.approvals.get(slot.id, ())
    if slot.before is None or slot.draft is None or slot.items or slot.left or not (slot.proposed or _changed(site, slot)):
        return approvals
    signed = signatures_on_main(site, slot)
    if slot.type.made_by != "worker":
        # A file is signed for anew: by whoever said that it is still right, where they may sign, and by nobody for another file.
        same = slot.draft.signed == slot.before.signed
        takers = {name for found in slot.takers.values() for name in found}
        signed = {
            role: old for role, old in signed.items() if same and takers.intersection(site.kit.roles.people(role, slot.deliverable, site.facets))
        }
    elif any(_is_own_edit(site, slot, name) and slot.before.values.get(name) != text.value for name, text in slot.texts.items()):
        return approvals
    stated = {edge for text in slot.texts.values() for edge in site.kit.matching.says(text.value, site.facets)}
    ticked = {edge for text in slot.texts.values() for edge in text.record.says} if slot.file else set[tuple[str, str]]()
    facts = tuple(sorted(edge for edge in stated | ticked if is_fact(edge[0])))
    texts = {name: hash_text(words) for name, words in slot.draft.signed.items()}
    today = site.kit.roles.demanded(slot.deliverable, slot.draft.values, site.facets)
    renewed: list[Approval] = []
    for role in _demanded(site, slot, slot.before, slot.draft.values):
        # Whom no rule asked about these words has not agreed to them, whatever they signed before.
        old = signed.get(role)
        if old is None or role not in today or _lapses(site, slot, old):
            continue
        by, at = _last_answer(site, slot, role) or (old.by, old.at)
        renewed.append(Approval(slot.id, role, by, at, texts, facts))
    return (*approvals, *renewed)


def _lapses(site: Site, slot: Slot, signed: Approval) -> bool:
    """Tell whether words that stay stated a fact that has changed since they were signed, and nobody of that role answered for them here."""
    moved = {key: seen for key, seen in signed.facts if hash_at(site.facets, key[2:]) != seen}
    people = site.kit.roles.people(signed.role, slot.deliverable, site.facets)
    same = {name: text for name, text in slot.before.fields.items() if slot.texts[name].value == text.value} if slot.before and moved else {}
    return any(slot.takers.get(name, set()).isdisjoint(people) and _stated(site, text, moved) for name, text in same.items())


def _stated(site: Site, text: Text, moved: Mapping[str, str]) -> bool:
    """Tell whether words state one of these facts as it was signed. One that only decided whether they are written at all is not stated.

    What nobody can look up any more counts where it was read.
    """
    old = {key: site.old_value(key, seen) for key, seen in moved.items()}
    as_signed = {**site.base_facets, **{key[2:]: value for key, value in old.items() if value}}
    says = {key for key, _seen in (*text.record.says, *site.kit.matching.says(text.value, as_signed))}
    return any(key in says if old[key] else key in dict(text.reads()) for key in moved)


def is_fact(key: str) -> bool:
    """Tell whether a says-edge binds an approval: claims, prices and dates."""
    return key.startswith(("f:claims.", "f:offers.", "f:dates.", "f:people."))


def _last_answer(site: Site, slot: Slot, role: str) -> tuple[str, str] | None:
    people = site.kit.roles.people(role, slot.deliverable, site.facets)
    mine = site.answers_about.get(slot.id, {})
    given = [answer for key, answer in mine.items() if key.endswith(f":{role}") or (key.endswith(":owner") and answer.by in people)]
    return (given[-1].by, given[-1].at) if given else None
