"""The invariants I1-I15 as far as the pure core has them, looked at after every event and every operation of the driver.

What may stand or be released is judged by the ledger and by plain Python, never by what the engine says of itself.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from concerted.campaign.change import NO_CHANGE, Change
from concerted.campaign.draft import Text
from concerted.campaign.event import Event, fold
from concerted.campaign.facets import Facets
from concerted.campaign.line import State
from concerted.planning.build import Built, build
from concerted.planning.impact import Index
from concerted.planning.release import judge
from concerted.planning.site import Task
from concerted.planning.standing import standing
from concerted.planning.stations import signed_roles
from tests.planning import toy
from tests.planning.driver import World
from tests.planning.ledger import origin, plain_brief, stated

STRICT = ("R1", "R2", "R5")


def words_of(state: State) -> dict[str, dict[str, str]]:
    """Main's words by asset and field."""
    return {asset: draft.values for asset, draft in state.main.texts.items()}


def after_event(world: World, before: State, event: Event) -> None:
    """Judge one event: which words it moved on main, and whether anything got lost on the way."""
    after = world.state
    if event.head is not None:
        assert event.head == before.head, "I12: an event went through that was decided on another head"
    old, new = words_of(before), words_of(after)
    moved = [(a, n) for a in old if a in new for n in {**old[a], **new[a]} if old[a].get(n) != new[a].get(n)]
    assert not moved or event.kind == "landed", f"I14: {event.kind} changed {moved} on main"
    assert event.kind == "landed" or set(old) <= set(new), "I14: a text left main without a landing"
    if event.kind == "landed":
        change = before.changes[event.change]
        _no_lost_update(world, before, change)
        renamed = _renamed(old, new) if any(ref.endswith(".was") for ref in world.facets()) else []
        for asset, name in [*moved, *renamed]:
            _was_asked(world, before, (asset, name))
            _answer_holds(world, before, (asset, name))
        world.ledger.close(change.id, frozenset(origin(asset) for asset in after.main.left))
        behind = [slot.id for slot in world.line().slots.values() if slot.before is not None and slot.stale and not slot.left]
        assert not behind, f"I9: {change.id} landed and left {behind} out of date without a question"
    if event.kind == "abandoned":
        world.ledger.close(event.change, frozenset(origin(asset) for asset in after.main.left))
    if event.kind == "returned":
        _first_stands(before, event)
    if event.kind == "released":
        _released(world, before, event)
    if event.kind != "unlocked":
        _owners_stay(before, after)
    if event.kind in ("landed", "abandoned", "amended", "opened"):
        _reachable(world)


def _renamed(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, str]]:
    """List the fields whose words differ between an asset and what it was called before."""
    pairs = [(asset, _first(asset, old)) for asset in new if asset not in old]
    return [(asset, name) for asset, was in pairs if was and was not in new for name in new[asset] if old[was].get(name) != new[asset][name]]


def _first(asset: str, old: Mapping[str, Any]) -> str:
    """Find the name that a renamed asset had."""
    other = asset.replace(".pier.", ".dock.") if ".pier." in asset else asset.replace(".dock.", ".pier.")
    return other if other != asset and other in old else ""


def _was_asked(world: World, before: State, place: tuple[str, str]) -> None:
    """I2, I10: words on main were changed by a landing; a person's, an approved or a fresh text only with somebody's word."""
    asset, name = place
    state = world.state
    was = asset if asset in before.main.texts else _first(asset, before.main.texts)
    old, new = before.main.texts[was].fields.get(name), state.main.texts[asset].fields.get(name)
    if new is None:
        return
    said = world.ledger.is_persons(asset, name, new.value)
    if old is not None and before.main.owner_of(was, name):
        assert said, f"I2: {before.main.owner_of(was, name)} owns {asset}#{name} “{old.value}”; it became “{new.value}” unasked"
    facets = world.kit.facets(before.main.tree, before.main.catalog)
    approvals = before.main.approvals.get(was, ())
    typed = any(key.startswith(f"{asset}#") for key in before.changes[world.events[-1].change].texts)
    if old is not None and not said and not typed:
        today, words, now = world.facets(), before.main.texts[was].values, state.main.texts[asset].values
        again = signed_roles(state.main.approvals.get(asset, ()), now, today)
        # A signature that no rule asks for any more, before or after, is nobody's to give; nor is one that has nothing to do with this field.
        business = {*_signers(facets, old.value), *_signers(today, new.value)}
        asked = business & _asked(words, facets) & _asked(now, today) & set(signed_roles(approvals, words, facets))
        assert set(again) >= asked, f"I2: approved {place} “{old.value}” became “{new.value}” unasked"
    if old is not None and not said and not _had_cause(world, before, (was, asset, name), old):
        raise AssertionError(f"I10: {asset}#{name} was fresh as “{old.value}” and became “{new.value}”")


def _asked(words: Mapping[str, str], facets: Facets) -> set[str]:
    return {role for text in words.values() for role in _signers(facets, text)}


def _answer_holds(world: World, before: State, place: tuple[str, str]) -> None:
    """I10: what somebody kept instead of exactly these other words is not replaced by them, whoever signs or owns it by now."""
    asset, name = place
    was = asset if asset in before.main.texts else _first(asset, before.main.texts)
    old, new = before.main.texts[was].fields.get(name), world.state.main.texts[asset].fields.get(name)
    if old is None or new is None:
        return
    change = before.changes[world.events[-1].change]
    typed = any(words.value == new.value for key, words in change.texts.items() if _place(key) == _place(f"{asset}#{name}"))
    sent_back = old.hash in world.state.main.refused.get(f"{asset}#{name}", ())
    broken = toy.rules(toy.expand(world.facets())[asset], {name: old.value}, world.facets(), world.setting.today)
    kept = world.ledger.is_kept(change.id, place, (old.value, new.value))
    assert not kept or typed or sent_back or broken, f"I10: {asset}#{name} was kept as “{old.value}” and became “{new.value}” all the same"


def _had_cause(world: World, before: State, place: tuple[str, str, str], old: Text) -> bool:
    was, asset, name = place
    facets, today = world.kit.facets(before.main.tree, before.main.catalog), world.facets()
    change = before.changes[world.events[-1].change]
    if old.hash in world.state.main.refused.get(f"{asset}#{name}", ()):
        return True
    if change.recipes or world.state.main.notes.get(asset, ()):
        return True
    if toy.group_inputs(was, name, facets, words_of(before)) != toy.group_inputs(asset, name, today, words_of(world.state)):
        return True
    deliverable = toy.expand(today)[asset]
    if toy.rules(deliverable, {name: old.value}, today, world.setting.today):
        return True
    if stated(old.value, facets) != stated(old.value, today):
        return True
    others = (other for other in before.changes.values() if other.id != change.id)
    if any(_place(key) == _place(f"{asset}#{name}") and words.value == old.value for other in others for key, words in other.texts.items()):
        # Somebody answers for these words on a Change that has not landed: nobody on this one knows of it yet.
        return True
    kept, world.ledger.kept = world.ledger.kept, {}
    why = world.ledger.answers_for(was, name, old.value, (facets, words_of(before), before.main.notes))
    world.ledger.kept = kept
    return bool(why)


def _no_lost_update(world: World, before: State, change: Change) -> None:
    """I11: a landing puts its own edits in place and touches no other line of the strategy."""
    old, new = (world.kit.facets(state.main.tree, {}) for state in (before, world.state))
    answered = {
        key.partition(":")[2] for key, answer in change.answers.items() if key.startswith(("edit:", "wording:")) and answer.kind in ("text", "take")
    }
    for ref, edit in change.edits.items():
        assert ref in answered or ref.endswith("#keys") or new.get(ref) == edit.new, (
            f"I11: {change.id} edits {ref} to {edit.new!r}; it landed as {new.get(ref)!r}"
        )
        moved = old.get(ref) not in (edit.old, edit.new) and not ref.endswith("#keys")
        seen = (ref, str(old.get(ref) or ""), str(edit.new or "")) in world.ledger.resolved
        assert not moved or seen, f"I11: {ref} had moved on main to {old.get(ref)!r} and was overwritten unasked"
    for ref in {*old, *new}:
        if old.get(ref) != new.get(ref) and not ref.endswith("#keys"):
            assert ref in change.edits or ref in answered, f"I11: {change.id} changed {ref}, which it does not edit"


def _first_stands(before: State, event: Event) -> None:
    """I11: what a writer gave is never replaced by what comes back later for the same work."""
    for put in event.puts:
        known = before.results.get(put.key) if put.section == "results" else None
        assert known is None or known.error or put.value == known, f"I11: what came back first for {known.asset} was replaced"


def _owners_stay(before: State, after: State) -> None:
    """I2: a field stays its owner's, under whatever name, until somebody unlocks it."""
    names = {origin(asset): asset for asset in after.main.texts}
    for asset, draft in before.main.texts.items():
        today = asset if asset in after.main.texts else names.get(origin(asset), "")
        for name in draft.fields if today else ():
            owner = before.main.owner_of(asset, name)
            assert not owner or after.main.owner_of(today, name), f"I2: {owner} owned {asset}#{name}, and nobody owns {today}#{name}"


def _released(world: World, before: State, event: Event) -> None:
    """I1 of one release: whole groups, every text and every text above it answered for, every signature given for these words and facts."""
    released = next(put.value for put in event.puts if put.section == "releases")
    facets, main = world.facets(), before.main
    line: tuple[Facets, Any, Any] = (facets, words_of(before), main.notes)
    deliverables = toy.expand(facets)
    listed = [asset for asset, deliverable in deliverables.items() if deliverable.group in released.groups]
    wanted = {asset for asset in listed if asset not in main.excluded}
    assert wanted == set(released.assets), f"I1: {released.groups} went out as {sorted(released.assets)} instead of {sorted(wanted)}"
    assert not world.state.main.excluded.keys() & set(listed), "I1: what was left out of one release is left out of the next"
    above, todo = set(wanted), list(wanted)
    while todo:
        needs = set(deliverables[todo.pop()].needs.values()) - above
        above |= needs
        todo += needs
    for asset in sorted(above):
        for name, words in line[1][asset].items():
            why = world.ledger.answers_for(asset, name, words, line, published=asset in wanted)
            assert not why, f"I1: {asset}#{name} is in a release or above it, but {why}"
    for asset in sorted(wanted):
        for name, words in line[1][asset].items():
            unsigned = [role for role in _signers(facets, words) if not world.ledger.is_signed((asset, name), words, role, facets)]
            assert not unsigned, f"I1: {asset}#{name} “{words}” went out and nobody signed it for {unsigned}"


def _signers(facets: Facets, words: str) -> tuple[str, ...]:
    """Say in plain Python who must sign words: for claims only what states one."""
    return toy.ROLES if stated(words, facets) and "approvals.claims.who" in facets else toy.ROLES[:1]


def _reachable(world: World) -> None:
    """I15: every text that a person typed stands somewhere: in a stored draft, on an open Change, or among the texts still offered."""
    state = world.state
    known: dict[tuple[str, str], set[str]] = {}
    for asset, drafts in state.drafts.items():
        for draft in drafts:
            for name, text in draft.fields.items():
                known.setdefault((origin(asset), name), set()).add(text.value)
    for change in state.changes.values():
        for place, words in change.texts.items():
            known.setdefault(_place(place), set()).add(words.value)
        for place, earlier in change.earlier.items():
            known.setdefault(_place(place), set()).update(earlier)
        for key, answer in change.answers.items():
            known.setdefault(_place(key.rpartition(":")[0]), set()).add(answer.text)
    for place, texts in state.people_texts.items():
        known.setdefault(_place(place), set()).update(texts)
    for place, texts in world.ledger.entered.items():
        lost = [text for text in texts if text not in known.get(place, ())]
        assert not lost, f"I15: {place} {lost} is nowhere any more"


def _place(key: str) -> tuple[str, str]:
    asset, _, name = key.partition("#")
    return origin(asset), name


def after_operation(world: World) -> None:
    """Judge the whole world: main, every open Change, and the work that is wanted."""
    main = world.line()
    lines = [(change, world.line(change)) for change in world.state.changes.values()]
    _texts_that_may_leave(world, main)
    wanted = world.wanted()
    assert len({task.id for task in wanted}) == len(wanted), "I4: the same work is wanted twice"
    for _change, line in [(NO_CHANGE, main), *lines]:
        for task in line.wanted:
            _is_needed(world, line, task)
        _made_only_what_is_missing(world, line)
    if world.rng.random() < 0.05:
        _same_from_scratch(world)


def _texts_that_may_leave(world: World, main: Built) -> None:
    """I1 asset by asset: what the gate lets pass (people's signatures apart) has somebody or something that answers for it today."""
    state = replace(world.state, main=replace(world.state.main, excluded={}))
    if not state.main.texts:
        return
    world.keep_recipes()
    gate = judge(state, world.kit, world.recipes)
    refused = {reason.id for reason in gate.refused if reason.rule != "R9"}
    strict = {reason.id: reason for reason in gate.refused if reason.rule in STRICT}
    line: tuple[Facets, Any, Any] = (main.facets, words_of(state), state.main.notes)
    for asset, draft in gate.manifest.items():
        slot = main.slots[asset]
        if standing(slot) == "fresh":
            assert asset not in strict, f"I3: current, but {strict[asset]}"
            broken = toy.rules(main.deliverables[asset], draft.values, main.facets, world.setting.today)
            assert not broken, f"I3: {asset} is current, but breaks a rule: {broken[0].message}"
        if asset not in refused:
            for name, text in draft.fields.items():
                why = world.ledger.answers_for(asset, name, text.value, line)
                assert not why, f"I1: {asset}#{name} passes the gate, but {why}"


def _is_needed(world: World, line: Built, task: Task) -> None:
    """I4, I7: work is wanted only for fields that need it, and where no stored words fit."""
    slot = line.slots[task.asset]
    known = world.state.results.get(task.id)
    assert known is None, f"I4: {task.asset}/{task.group} is wanted though its result is stored"
    for name in task.fields:
        assert slot.before is None or name in slot.stale, f"I4: {task.asset}#{name} is wanted and stands"
        found = _fitting(world, line, task.asset, name)
        owner = world.state.main.owner_of(task.asset, name) or line.site.owned.get(f"{task.asset}#{name}")
        assert not found or owner, f"I7: {task.asset}#{name} is wanted though “{found}” is stored for the same brief"


def _fitting(world: World, line: Built, asset: str, name: str) -> str:
    """Find a stored text by a model that was written or kept for today's brief, breaks no rule, was not sent back and says nothing old."""
    facets, words = line.facets, line.site.words
    deliverable = line.deliverables[asset]
    change = line.site.change
    notes = (*world.state.main.notes.get(asset, ()), *change.notes.get(asset, ()))
    brief = plain_brief(asset, toy.SHAPES[deliverable.type].field(name).group, facets, words, notes)
    if change.recipes or brief is None:
        return ""
    refused = line.site.refused(asset, name)
    for known in world.state.drafts.get(asset, ()):
        text = known.fields.get(name)
        if text is None or text.origin != "model" or text.hash in refused:
            continue
        answers = brief in world.ledger.briefs.get(((origin(asset), name), text.value), ())
        if answers and not toy.rules(deliverable, {name: text.value}, facets, world.setting.today):
            return text.value
    return ""


def _made_only_what_is_missing(world: World, line: Built) -> None:
    """I7 for the house writer: a field is written anew only where it was out of date or missing."""
    for slot in line.slots.values():
        fresh = [name for name in slot.made if name not in slot.stale]
        assert not fresh, f"I7: {slot.id} {fresh} was made though it stands"


def _same_from_scratch(world: World) -> None:
    """I3: building again gives the same line, and so does building from the replayed record."""
    for change in (NO_CHANGE, *world.state.changes.values()):
        one, other = world.line(change), build(world.state, change, world.kit)
        assert one.line == other.line, "I3: the line differs when it is built again"
        assert one.items == other.items, "I3: the questions differ when the line is built again"
        assert [task.id for task in one.wanted] == [task.id for task in other.wanted], "I3: the work differs when the line is built again"


def check_replay(world: World) -> State:
    """I6: folding all events from nothing gives the state that stands. Returns the replayed state."""
    state = State()
    index = Index()
    for event in world.events:
        was = state.main.texts
        state = fold(state, event)
        for asset in {*was, *state.main.texts}:
            old, new = was.get(asset), state.main.texts.get(asset)
            if old is not new:
                if old:
                    index.remove(old)
                if new:
                    index.add(new)
    assert state == world.state, "I6: replaying the record gives another state"
    assert json.dumps(state.main.tree) == json.dumps(world.state.main.tree), "I6: replaying the record gives another order of the strategy"
    assert index == Index.of(state.main.texts), "I8: the index is not the inverse of the traces"
    return state
