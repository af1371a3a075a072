"""Approved texts under a change: each changed field passes the stations that had signed it, one person after the other."""

from collections.abc import Mapping
from dataclasses import replace

from concerted.campaign.decision import Item
from concerted.campaign.draft import Text, hash_text
from concerted.campaign.facets import Facets, hash_at
from concerted.campaign.line import Approval
from concerted.planning.owned import also_written, answered, earlier_texts
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
    signed = signatures_on_main(site, slot)
    if not signed:
        return
    words = {name: text.value for name, text in slot.texts.items()}
    stated = site.kit.roles.demanded(slot.deliverable, words, site.facets) if slot.id in site.main.left else ()
    demanded = dict.fromkeys((*site.kit.roles.demanded(slot.deliverable, slot.before.values, site.base_facets), *stated))
    again = signed_roles(site.main.approvals.get(slot.id, ()), words, site.facets)
    roles = [role for role in demanded if role in signed and role not in again]
    for name in _changed(site, slot):
        if not slot.left:
            _stations(site, slot, name, roles)


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
    if answer.kind == "leave":
        slot.leave(item.who, f"{name} waits for an answer")
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
        site.confirm(answer.text)
        takers.clear()
    takers.add(answer.by)


def _keep(site: Site, slot: Slot, name: str, before: Text) -> None:
    """Keep the approved words, confirmed true under today's strategy."""
    record = replace(slot.texts[name].record, base=before.record.base, says=site.kit.matching.says(before.value, site.facets))
    site.confirm(before.value)
    slot.texts[name] = Text(before.value, before.origin, record)
    slot.made.discard(name)


def _item(site: Site, slot: Slot, name: str, asked: tuple[str, str], before: Text | None) -> Item:
    role, who = asked
    text = slot.texts[name]
    kept = before is not None and not site.stops(slot.deliverable, name, before.value)
    earlier = earlier_texts(site, slot, name, (text.value, before.value if before else ""))
    return Item(
        key=f"{slot.id}#{name}:{role}",
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
        note=also_written(earlier),
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
    renewed: list[Approval] = []
    for role, old in signed.items():
        if _lapses(site, slot, old):
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
    mine = [(key, answer) for key, answer in site.change.answers.items() if key.startswith(f"{slot.id}#")]
    given = [answer for key, answer in mine if key.endswith(f":{role}") or (key.endswith(":owner") and answer.by in people)]
    return (given[-1].by, given[-1].at) if given else None
