"""What people do to single texts, as pure decisions: edit, approve, attest, pin, lock, exclude. Whoever acts appends the event."""

from dataclasses import replace

from concerted.campaign.change import Change, Words
from concerted.campaign.draft import Draft, Record, Text, hash_text
from concerted.campaign.event import Event, EventKind, Put
from concerted.campaign.line import Approval, State
from concerted.errors import NotFound, Reason, Refused
from concerted.planning.build import Built
from concerted.planning.lifecycle import enter_text
from concerted.planning.record import record_today
from concerted.planning.site import Site, Slot
from concerted.planning.standing import standing
from concerted.planning.stations import holds, is_fact, signed_roles


def edit_text(built: Built, change: Change, asset: str, name: str, entered: tuple[str, str]) -> Change:
    """Put a person's words for one field into a Change; `built` is the line they were looking at, `entered` (words, by).

    Raises NotFound where the line has no such field, Refused for empty words.
    """
    words, by = entered
    slot = built.slots.get(asset)
    if slot is None or name not in slot.type.field_names():
        raise NotFound(f"There is no {asset}#{name}.", next="concerted status")
    if not words.strip():
        raise Refused("Empty words cannot be edited in. The whole asset can be left out of the next release.", next=f"concerted exclude {asset}")
    seen = slot.texts.get(name)
    base = None if seen is None else seen.record.base if seen.origin == "person" else seen.value
    known = seen.record if seen is not None else Record(slot.recipe.hash, (), "")
    says = set(built.site.kit.matching.says(words, built.facets))
    if slot.file is not None and seen is not None:
        # What somebody ticked stays ticked, whatever the words are and were.
        stated = {key for key, _seen in built.site.kit.matching.says(seen.value, built.facets)}
        said = {key for key, _seen in says}
        says |= {(key, was) for key, was in known.says if key not in said and (key not in stated or slot.file.is_ticked(key))}
    record = replace(known, author=by, base=base, says=tuple(sorted(says)))
    return enter_text(change, asset, name, Words(words, by, base, record))


def signatures(built: Built, asset: str, by: str, at: str) -> tuple[Approval, ...]:
    """Give the signatures of a person under an asset's words, one for each role they hold and have not signed yet.

    Raises Refused where there is nothing current to sign or the person is not named for it.
    """
    slot = built.slots.get(asset)
    draft = built.site.main.texts.get(asset)
    if slot is None or draft is None:
        raise Refused("Nothing to approve.", reasons=[Reason("there is no draft of it", "concerted status", asset)])
    now = standing(slot)
    if now != "fresh":
        why = f"it is {now}: {', '.join(sorted(slot.roots)) or slot.blocked or 'see why'}"
        raise Refused("Only current texts are approved.", reasons=[Reason(why, f"concerted why {asset}", asset)])
    roles, kit, facets = built.site.kit.roles, built.site.kit, built.facets
    demanded = roles.demanded(slot.deliverable, draft.values, facets)
    mine = [role for role in demanded if by in roles.people(role, slot.deliverable, facets)]
    if demanded and not mine:
        who = dict.fromkeys(name for role in demanded for name in roles.people(role, slot.deliverable, facets))
        reason = Reason(f"{by} is not named for {', '.join(demanded)}", f'concerted approve {asset} --by "{next(iter(who), "")}"', asset)
        raise Refused("Not theirs to approve.", reasons=[reason])
    stated = {edge for text in draft.values.values() for edge in kit.matching.says(text, facets)}
    ticked = {edge for text in draft.fields.values() for edge in text.record.says} if draft.file else set[tuple[str, str]]()
    facts = tuple(sorted(edge for edge in stated | ticked if is_fact(edge[0])))
    texts = {name: hash_text(text) for name, text in draft.signed.items()}
    valid = signed_roles(built.site.main.approvals.get(asset, ()), draft.signed, facets)
    _refuse_before_their_round(built, slot, (demanded, mine), frozenset(valid))
    return tuple(Approval(asset, role, by, at, texts, facts) for role in mine if role not in valid)


def _refuse_before_their_round(built: Built, slot: Slot, roles: tuple[tuple[str, ...], list[str]], valid: frozenset[str]) -> None:
    """Raise Refused where a role of an earlier round has not signed yet, and the person does not hold that role, too."""
    demanded, mine = roles
    kit, facets = built.site.kit, built.facets
    for role in mine:
        order = kit.roles.round(role, facets)
        before = [other for other in demanded if other not in valid and other not in mine and 0 < kit.roles.round(other, facets) < order]
        if before and role not in valid:
            who = " or ".join(kit.roles.people(before[0], slot.deliverable, facets)) or before[0]
            why = f"{role} signs in round {order}, after {before[0]}: {who} has not signed yet"
            command = f'concerted approve {slot.id} --by "{who.split(" or ")[0]}"'
            raise Refused("Not their turn yet.", reasons=[Reason(why, command, slot.id)])


def approve(built: Built, assets: tuple[str, ...], by: str, at: str) -> Event:
    """Sign assets on main for every role that the person holds. Raises Refused with every reason; then nothing is signed."""
    puts: list[Put] = []
    reasons: list[Reason] = []
    for asset in assets:
        try:
            given = signatures(built, asset, by, at)
        except Refused as refused:
            reasons += refused.reasons
        else:
            puts += [Put("approvals", asset, (*built.site.main.approvals.get(asset, ()), *given))] if given else []
    if reasons:
        raise Refused("Not approved.", reasons=reasons)
    return Event("approved", at, by, f"{len(puts)} texts", tuple(puts), head=built.site.state.head)


def withdrawn(built: Built, asset: str, by: str) -> tuple[Approval, ...]:
    """Give the signatures that an asset keeps when a person takes theirs back; those under earlier words stay on record.

    Raises Refused where they have not signed today's words, and where these have been released: what is out is not called back by a signature.
    """
    draft, given = built.site.main.texts.get(asset), built.site.main.approvals.get(asset, ())
    mine = [one for one in given if one.by == by and draft is not None and holds(one, draft.signed, built.facets)]
    if not mine or draft is None:
        raise Refused("Nothing to take back.", reasons=[Reason(f"{by} has not signed these words", f"concerted show {asset}", asset)])
    # The words count, not the draft's name: another strategy can have written the very same ones again.
    same = {known.id for known in (*built.site.state.drafts.get(asset, ()), draft) if known.signed == draft.signed}
    out = next((released for released in reversed(tuple(built.site.state.releases.values())) if released.assets.get(asset) in same), None)
    if out is not None:
        why = f"it is out with release {out.id}; a signature taken back would not call it back"
        raise Refused("Already released.", reasons=[Reason(why, f'concerted redraft {asset} --note "what is wrong"', asset)])
    return tuple(one for one in given if one not in mine)


def attest(built: Built, asset: str, names: tuple[str, ...], by: str, at: str) -> Event:
    """Confirm words of main as they stand: today's keys become their record, and old fragments in them are settled.

    Raises Refused where the words break a rule or somebody else owns them.
    """
    slot, draft = built.slots.get(asset), built.site.main.texts.get(asset)
    if slot is None or draft is None:
        raise NotFound(f"There is no draft of {asset}.", next="concerted status")
    reasons = [reason for name in names for reason in _against_attesting(built.site, slot, (name, draft.fields[name].value), by)]
    if reasons:
        raise Refused("These words cannot be confirmed.", reasons=reasons)
    texts = {name: _attested(built.site, slot, name, text, by) if name in names else text for name, text in draft.fields.items()}
    new = Draft(asset, texts, draft.file)
    site = built.site
    settled = [Put("settled", f"{texts[n].hash}|{run}", True) for n in names for run in site.confirmed(texts[n].value, texts[n].record.trace)]
    puts = (Put("drafts", f"{asset}/{new.id}", new), Put("texts", asset, new.id), Put("left", asset, None), *settled)
    return Event("attested", at, by, asset, puts, head=built.site.state.head)


def _against_attesting(site: Site, slot: Slot, words: tuple[str, str], by: str) -> list[Reason]:
    name, text = words
    owner = site.main.owner_of(slot.id, name)
    found = [Reason(f"{name} belongs to {owner}", f"concerted attest {slot.id} --by {owner}", slot.id)] if owner and owner != by else []
    findings = site.kit.rules.check(slot.deliverable, {name: text}, site.facets, site.kit.today)
    return found + [Reason(f"{name} {f.message}", f.remedy, slot.id, f.rule) for f in findings if f.severity != "advice"]


def _attested(site: Site, slot: Slot, name: str, text: Text, by: str) -> Text:
    reading = site.reading(slot.deliverable)
    today = tuple((key, reading.hash_of(key)) for key, _seen in text.record.says)
    says = site.kit.matching.says(text.value, site.facets) if text.origin == "person" else today
    author = by if text.origin == "person" else text.record.author
    return replace(text, record=replace(record_today(site, slot, name, author), base=text.record.base, says=says))


def pin(state: State, asset: str, name: str, by: str, at: str) -> Event:
    """Make a field a person's own as it stands: it is only ever proposed to."""
    _known(state, asset, name)
    return _put(state, "owned", f"{asset}#{name}", by, at, (Put("owned", f"{asset}#{name}", by),))


def lock(state: State, asset: str, by: str, at: str) -> Event:
    """Lock a whole asset: every field counts as the person's own."""
    _known(state, asset, "")
    return _put(state, "locked", asset, by, at, (Put("locked", asset, by),))


def unlock(state: State, asset: str, by: str, at: str, name: str = "") -> Event:
    """Give a field or a whole asset back to the workers; the words stay until something changes. Raises Refused where nobody owns it."""
    _known(state, asset, name)
    places = [place for place in state.main.owned if place == f"{asset}#{name}" or (not name and place.startswith(f"{asset}#"))]
    puts = [Put("owned", place, None) for place in places]
    if not name and asset in state.main.locked:
        puts.append(Put("locked", asset, None))
    if not puts:
        raise Refused(f"Nothing of {asset} is owned or locked.", next="concerted status")
    return _put(state, "unlocked", asset, by, at, tuple(puts))


def exclude(state: State, asset: str, because: str, by: str, at: str) -> Event:
    """Leave an asset out of the next release; it stays as context of the others."""
    return _put(state, "excluded", asset, by, at, (Put("excluded", asset, because or by),))


def include(state: State, asset: str, by: str, at: str) -> Event:
    """Take an excluded asset in again."""
    return _put(state, "included", asset, by, at, (Put("excluded", asset, None),))


def _known(state: State, asset: str, name: str) -> None:
    draft = state.main.texts.get(asset)
    if draft is None or (name and name not in draft.fields):
        raise NotFound(f"There is no {asset}{'#' + name if name and draft else ''}.", next=f"concerted show {asset}" if draft else "concerted status")


def _put(state: State, kind: EventKind, about: str, by: str, at: str, puts: tuple[Put, ...]) -> Event:
    return Event(kind, at, by, about, puts, head=state.head)
