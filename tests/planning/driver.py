"""The seeded stateful driver: a toy campaign on which everything that people, writers and time can do happens in random order.

The oracle (`oracle.py`) looks after every operation. The tests run a hundred schedules, `python -m bench.driver` ten thousand.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from random import Random

from concerted.campaign.change import NO_CHANGE, Change
from concerted.campaign.event import Event, fold
from concerted.campaign.facets import Facets, Value
from concerted.campaign.line import Result, State
from concerted.planning import lifecycle
from concerted.planning.build import Built, build
from concerted.planning.kit import Kit, Recipe
from concerted.planning.site import Task
from tests.planning import toy
from tests.planning.ledger import Ledger
from tests.planning.toy import Setting

PEOPLE = ("Mara", "Ben", "Ines", "Olga")
MODELLED = (frozenset[str](), frozenset({"page"}), frozenset({"house", "mail"}), frozenset(toy.TYPES))


class Moved(Exception):
    """An event was decided on a head that main has left; a store refuses it."""


@dataclass
class World:
    """A campaign in memory, the writers at work on it, and what the driver saw."""

    rng: Random
    setting: Setting
    state: State = field(default_factory=State)
    events: list[Event] = field(default_factory=list[Event])
    recipes: dict[str, Recipe] = field(default_factory=dict[str, Recipe])
    flying: dict[str, Task] = field(default_factory=dict[str, Task])
    """Tasks that a writer has in hand; what was wanted when it was dispatched may no longer be."""
    done: list[Task] = field(default_factory=list[Task])
    """Tasks that came back; a zombie may bring one back again."""
    ledger: Ledger = field(default_factory=Ledger)
    trail: list[str] = field(default_factory=list[str])
    counts: Counter[str] = field(default_factory=Counter[str])
    watch: Callable[["World", State, Event], None] = lambda _world, _before, _event: None
    """Called after each event with the state before it."""
    numbers: int = 0
    lines: dict[str, Built] = field(default_factory=dict[str, Built])
    lines_of: tuple[State, Setting] | None = None
    kit_of: tuple[Setting, Kit] | None = None

    @cached_property
    def assets(self) -> tuple[str, ...]:
        """Every asset that the toy may have."""
        return tuple(toy.expand(toy.kit().facets(toy.TREE, {})))

    @property
    def kit(self) -> Kit:
        """The toy's kit under today's setting."""
        if self.kit_of is None or self.kit_of[0] is not self.setting:
            self.kit_of = (self.setting, toy.kit(self.setting))
        return self.kit_of[1]

    @property
    def at(self) -> str:
        """A moment for the record."""
        return f"{self.setting.today}#{len(self.events)}"

    def line(self, change: Change = NO_CHANGE) -> Built:
        """Build main or a Change's line once per state."""
        if self.lines_of is None or self.lines_of[0] is not self.state or self.lines_of[1] is not self.setting:
            self.lines, self.lines_of = {}, (self.state, self.setting)
        if change is not NO_CHANGE and self.state.changes.get(change.id) is not change:
            return build(self.state, change, self.kit)
        if change.id not in self.lines:
            self.lines[change.id] = build(self.state, change, self.kit)
        return self.lines[change.id]

    def facets(self) -> Facets:
        """Main's facets."""
        return self.kit.facets(self.state.main.tree, self.state.main.catalog)

    def append(self, event: Event) -> None:
        """Write one event. Raises Moved where it was decided on another head."""
        if event.head is not None and event.head != self.state.head:
            raise Moved(f"{event.kind}: decided on head {event.head}, main has {self.state.head}")
        before = self.state
        self.state = fold(self.state, event)
        self.events.append(event)
        self.counts[f"event {event.kind}"] += 1
        self.watch(self, before, event)

    def keep(self, result: Result) -> bool:
        """Store what came back unless the same work has a result that stands, as the store does; tell whether it was stored."""
        known = self.state.results.get(result.task)
        if known is not None and known.stands:
            return False
        self.append(lifecycle.returned(result, self.at))
        return True

    def new_change(self, title: str, by: str) -> Change:
        """Sketch a Change with the next name."""
        self.numbers += 1
        return Change(f"C{self.numbers}", title, by, self.at)

    def put_change(self, change: Change) -> None:
        """Open or amend a Change; one that alters nothing any more is abandoned."""
        known = change.id in self.state.changes
        if change.is_empty():
            if known:
                self.append(lifecycle.abandon(self.state, self.state.changes[change.id], self.at, change.by))
        elif known:
            self.append(lifecycle.amend(change, self.at, change.by, "amended"))
        else:
            self.append(lifecycle.open_change(change))

    def keep_recipes(self) -> None:
        """Store every configured recipe by hash, as whoever drafts does."""
        for line in (self.line(), *(self.line(change) for change in self.state.changes.values())):
            self.recipes.update({slot.recipe.hash: slot.recipe for slot in line.slots.values()})

    def tick(self) -> bool:
        """Do the next thing that needs nobody: land what is ready, draft empty slots, take up what time made out of date."""
        self.keep_recipes()
        for change in self.state.changes.values():
            line = self.line(change)
            if not (line.stops or change.hold or change.rehearsal):
                self.append(lifecycle.land(self.state, change, line, self.at, change.by))
                return True
        main = self.line()
        changes = [self.line(change) for change in self.state.changes.values() if not change.rehearsal]
        event = lifecycle.draft_empty_slots(self.state, main, self.at, lifecycle.rewritten(main, changes))
        if event is not None:
            self.append(event)
            return True
        if lifecycle.catch_up(self.state, main):
            self.append(lifecycle.open_change(replace(self.new_change("upkeep", "Mara"), upkeep=True)))
            return True
        return False

    def wanted(self) -> tuple[Task, ...]:
        """Give the work that is wanted now."""
        return lifecycle.wanted_work(self.line(), [self.line(change) for change in self.state.changes.values()])

    def edit(self, change: Change, rows: Mapping[str, Value], base: Facets | None = None) -> Change:
        """Edit lines on a Change; `base` is the older strategy that the person was looking at."""
        made = lifecycle.make_edits(self.state, change, rows.items(), "set", self.kit, base)
        looked_at = self.facets() if base is None else base
        unseen = [ref for ref, edit in made.items() if edit.old != looked_at.get(ref)]
        assert not unseen, f"I11: an edit of {unseen} starts from values that its author was not looking at"
        edited = change.with_edits(made)
        self.know_wordings(edited, rows)
        return edited

    def know_wordings(self, change: Change, rows: Iterable[str]) -> None:
        """Note for which source sentences the wordings on a Change were entered."""
        facets = build(self.state, change, self.kit).facets
        for ref in rows:
            if "@" in ref and ref in change.edits and ref in facets:
                source = facets.get(ref.partition("@")[0])
                self.ledger.right.setdefault((ref, str(facets[ref])), set()).add(str(source))


def first_build(seed: int) -> World:
    """Open a world with its first strategy adopted."""
    rng = Random(seed)
    world = World(rng, Setting(modelled=rng.choice(MODELLED)))
    change = world.new_change("first", "Mara")
    rows: dict[str, Value] = {ref: value for ref, value in toy.kit().facets(toy.TREE, {}).items() if not ref.endswith("#keys")}
    if rng.random() < 0.5:
        rows["approvals.claims.who"] = "Ines"
    made = lifecycle.make_edits(world.state, change, rows.items(), "file", world.kit)
    change = change.with_edits(made)
    world.know_wordings(change, rows)
    world.put_change(change)
    return world
