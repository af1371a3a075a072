"""One way of breaking the engine."""

from typing import NamedTuple


class Mutant(NamedTuple):
    """One place of the engine put otherwise."""

    name: str
    """What goes wrong for people."""
    module: str
    old: str
    """Stands exactly once in the module."""
    new: str
    scenario: str
    """The test that shows it, as `planning/test_gate::test_name`."""
    seeds: tuple[int, ...] = ()
    """Schedules of the driver that show it, too, where it is known to find this; one is enough, and it is asked first."""
    killed_by: str = ""
    """The invariant that breaks on those schedules."""
