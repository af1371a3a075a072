"""The end of every schedule: work drains (I9), and whatever happened, people can bring the campaign to a release (I13)."""

from dataclasses import replace

from concerted.campaign.line import Released
from concerted.errors import ConcertedError
from concerted.planning import lifecycle, people
from concerted.planning.release import judge
from concerted.planning.standing import standing
from tests.planning.driver import World
from tests.planning.moves import IDLE, answer_some, come_back, left_out, note_signature

ROUNDS = 200


def drain(world: World) -> None:
    """I9: work that is wanted is done until nothing moves; this ends, and what is out of date then has a question or a command."""
    for _ in range(ROUNDS):
        if world.tick():
            continue
        wanted = world.wanted()
        if not wanted:
            break
        for task in wanted:
            come_back(world, task)
    else:
        raise AssertionError(f"I9: no end of work after {ROUNDS} rounds: {[(t.asset, t.fields, t.attempt) for t in world.wanted()]}")
    open_now = [change for change in world.state.changes.values() if not change.rehearsal and not change.hold]
    for change in open_now:
        line = world.line(change)
        assert line.items, f"I9: {change.id} neither lands nor asks: {line.stops}"
    waiting = any(not change.rehearsal for change in world.state.changes.values())
    for slot in world.line().slots.values():
        word = standing(slot)
        settled = word == "fresh" or (word == "blocked" and (slot.blocked or slot.failed)) or waiting
        assert settled, f"I9: {slot.id} stays {word} and nothing is asked or offered"


def close(world: World) -> None:
    """I13: answer everything (some of it by leaving), settle what was left, mend, exclude, approve: then the gate must open."""
    leaving = world.rng.choice((0.0, 0.5, 1.0))
    _let_go(world)
    for round_ in range(ROUNDS):
        drain(world)
        change = next(iter(world.state.changes.values()), None)
        if change is not None:
            said = answer_some(world, change, leaving=leaving, agree=round_ > 20 or leaving == 0.0)
            assert said != IDLE, f"I13: {change.id} is stuck"
            world.trail.append(f"close: {said}")
            continue
        if world.state.main.left:
            _release_what_is_whole(world)
            leaving = 0.0
            world.put_change(replace(world.new_change("revisit", "Mara"), revisit=frozenset(world.state.main.left)))
            continue
        if not _mend(world):
            break
    else:
        raise AssertionError(f"I13: no end of questions after {ROUNDS} rounds")
    _approve_all(world)
    gate = judge(world.state, world.kit, world.recipes)
    assert not gate.refused, f"I13: nothing can be decided any more and the gate refuses: {[str(reason) for reason in gate.refused]}"
    released = Released("R-end", gate.strategy, world.at, "Mara", gate.groups, {asset: draft.id for asset, draft in gate.manifest.items()})
    world.append(lifecycle.release_event(released, world.state.head, left_out(world, gate.groups)))


def _let_go(world: World) -> None:
    event = lifecycle.retry(world.state, world.at, "Mara")
    if event is not None:
        world.append(event)
    for change in tuple(world.state.changes.values()):
        if change.rehearsal:
            world.append(lifecycle.abandon(world.state, change, world.at, change.by))
        elif change.hold:
            world.put_change(replace(change, hold=False))


def _release_what_is_whole(world: World) -> None:
    """While something waits for a person, the gate still only lets through what somebody answers for: the oracle looks after each event."""
    _approve_all(world)
    world.trail.append(f"close: left {sorted(world.state.main.left)}")


def _mend(world: World) -> bool:
    """Do what the gate's reasons ask for: write words that break a rule, leave out what has no text."""
    gate = judge(world.state, world.kit, world.recipes)
    main = world.line()
    for reason in gate.refused:
        if reason.rule == "R4":
            world.append(people.exclude(world.state, reason.id, "no text", "Mara", world.at))
            return True
        if reason.rule == "R6":
            name = reason.why.partition(" still says ")[0].partition(":")[0]
            owner = world.state.main.owner_of(reason.id, name) or "Mara"
            change = world.new_change(f"mend {reason.id}", owner)
            world.ledger.typed((reason.id, name), "Plain words for all.", main.facets, main.site.words)
            world.put_change(people.edit_text(main, change, reason.id, name, ("Plain words for all.", owner)))
            return True
    return False


def _approve_all(world: World) -> None:
    for asset in world.state.main.texts:
        for by in ("Mara", "Ben", "Ines"):
            try:
                event = people.approve(world.line(), (asset,), by, world.at)
            except ConcertedError:
                continue
            if event.puts:
                note_signature(world, asset, by)
                world.append(event)
