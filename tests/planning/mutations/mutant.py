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
    shown_by: tuple[int, ...] | str
    """Schedules of the driver that show it, of which one is enough; or a scenario that does, as `planning/test_gate::test_name`."""
    killed_by: str = ""
    """The invariant that breaks on those schedules; what a scenario says is its own last line."""
