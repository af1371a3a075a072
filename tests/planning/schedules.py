"""Schedules of the driver: a seed gives a world, a row of operations and an end. A failure tells the seed and the trail."""

from collections import Counter
from collections.abc import Iterable

from tests.planning.closing import close, drain
from tests.planning.driver import Moved, World, first_build
from tests.planning.moves import IDLE, MOVES, edit_rule
from tests.planning.oracle import after_event, after_operation, check_replay

DRAWS = 20
"""How often a move is drawn until one makes sense."""


class Broken(AssertionError):
    """An invariant did not hold."""


def run_schedule(seed: int, operations: int) -> World:
    """Run one schedule. Raises Broken with the trail that led there."""
    world = first_build(seed)
    world.watch = after_event
    try:
        for _ in range(operations):
            if said := _operate(world):
                world.trail.append(f"{len(world.trail)}. {said}")
                after_operation(world)
            if world.rng.random() < 0.02:
                world.state = check_replay(world)
        drain(world)
        after_operation(world)
        close(world)
        after_operation(world)
        edit_rule(world)
        drain(world)
        after_operation(world)
        check_replay(world)
    except Exception as fault:
        raise Broken(f"{fault!r}\nseed {seed}, modelled {sorted(world.setting.modelled)}\n" + "\n".join(world.trail)) from fault
    return world


def _operate(world: World) -> str:
    """Make one random move. One that makes no sense just now is no operation: then another is drawn."""
    for _ in range(DRAWS):
        move = world.rng.choices(list(MOVES), list(MOVES.values()))[0]
        try:
            said = move(world)
        except Moved as late:
            said = f"refused: {late}"
        world.counts["idle" if said == IDLE else move.__name__] += 1
        if said != IDLE:
            return said
    return ""


def run_driver(seeds: Iterable[int], operations: int = 60) -> Counter[str]:
    """Run schedules; gives how often each thing happened. Raises Broken at the first invariant that does not hold."""
    counts: Counter[str] = Counter()
    for seed in seeds:
        world = run_schedule(seed, operations)
        counts += world.counts
        counts["operations"] += operations
        counts["schedules"] += 1
    return counts
