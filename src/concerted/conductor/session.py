"""One sitting at one campaign: its store, its folder, the day and the person. Verbs are functions of a session.

Whatever a verb may not need (the files, the library, the workers, planning) is imported when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from concerted.campaign.call import Call, Caps
from concerted.campaign.change import NO_CHANGE, Change
from concerted.campaign.event import Event, fold
from concerted.campaign.facets import Facets, Tree
from concerted.campaign.line import State
from concerted.errors import NotFound, Refused, UserError
from concerted.store.moved import Moved

if TYPE_CHECKING:
    from concerted.catalog import Catalog
    from concerted.conductor.assembly import Assembly
    from concerted.conductor.memory import Memory
    from concerted.folder.working_copy import WorkingCopy
    from concerted.guard.sense import Vectors
    from concerted.llm.configured import Models
    from concerted.planning.build import Built
    from concerted.planning.kit import Kit, Recipe
    from concerted.planning.site import Task


@dataclass(frozen=True, slots=True)
class Base:
    """What the working copy was last brought up to: main's tree and version number."""

    number: int
    tree: Tree
    files: Mapping[str, str] = field(default_factory=dict[str, str])
    """Digests of the files that say exactly this, by name; none where they say more or less."""
    reader: str = ""
    """What read them."""


class Keeper(Protocol):
    """The store as verbs use it."""

    def seq(self) -> int:
        """Give the number of the last event."""
        ...

    def snapshot(self) -> tuple[int, State]:
        """Read the current state and the number of the last event in it."""
        ...

    def append(self, event: Event, since: int | None = None) -> int:
        """Write an event and what it puts; raises Moved when main's head, or the event's Change, moved after `since`."""
        ...

    def events(self, since: int = 0) -> Iterable[tuple[int, Event]]:
        """Read the record."""
        ...

    def changes(self) -> Iterable[str]:
        """Name all Changes there ever were."""
        ...

    def abouts(self, kind: str) -> Iterable[str]:
        """Say what the events of one kind were about."""
        ...

    def events_of(self, kind: str) -> Iterable[Event]:
        """Read the events of one kind, oldest first."""
        ...

    def placed(self, section: str) -> Iterable[tuple[str, str, Any]]:
        """List what was put under which key of a section and when, oldest first: (moment, key, value)."""
        ...

    def recipes(self) -> Mapping[str, Recipe]:
        """Every recipe that a stored text was written with, by hash."""
        ...

    def keep_recipes(self, recipes: Mapping[str, Recipe]) -> None:
        """Store recipes by hash."""
        ...

    def working_base(self) -> Base | None:
        """Tell what the working copy was last brought up to."""
        ...

    def set_working_base(self, base: Base) -> None:
        """Remember it."""
        ...

    def open_call(self, call: Call, caps: Caps) -> tuple[Decimal, Decimal] | None:
        """Book a call to a model, or give what is spent where a cap does not hold it."""
        ...

    def close_call(self, call: Call) -> None:
        """Book how a call ended."""
        ...

    def calls(self) -> tuple[Call, ...]:
        """List all calls to models."""
        ...


class Parts(Protocol):
    """What a session is put together from, each part when it is first asked for."""

    @property
    def copy(self) -> WorkingCopy:
        """The person's files."""
        ...

    @property
    def catalog(self) -> Catalog:
        """Channels and playbooks."""
        ...

    @property
    def assembly(self) -> Assembly:
        """Rules, workers and playbooks as the pure core takes them."""
        ...

    @property
    def memory(self) -> Memory:
        """What was worked out before."""
        ...


Progress = Callable[[str, Mapping[str, Any]], None]
"""(what happened, details): drafted, landed, waiting, returned."""
Writer = Callable[[], None]
"""Has wanted tasks written by a model until nothing is wanted."""


@dataclass
class Session:
    """Everything a verb needs. `by` is stated, not verified."""

    folder: Path
    keeper: Keeper
    parts: Parts
    today: str
    clock: Callable[[], str]
    by: str = ""
    write_models: Writer | None = None
    meaning: Callable[[], Vectors | None] | None = None
    """Loads what turns sentences into vectors; None where nothing does."""
    progress: Progress = field(default=lambda _what, _details: None)
    seq: int = 0
    """Number of the last event that this session has seen."""
    known: State | None = None
    """The state after that event: read again only where somebody has written since."""
    lines_of: State | None = None
    built: dict[int, tuple[Change, Built]] = field(default_factory=dict)
    """The lines that were built of the state in `lines_of`."""
    models: Models | None = None
    """The models that are configured; None where none is used."""

    @property
    def copy(self) -> WorkingCopy:
        """The person's files."""
        return self.parts.copy

    @property
    def catalog(self) -> Catalog:
        """Channels and playbooks."""
        return self.parts.catalog

    @property
    def assembly(self) -> Assembly:
        """Rules, workers and playbooks as the pure core takes them."""
        return self.parts.assembly

    @property
    def memory(self) -> Memory:
        """What was worked out before, in this process."""
        return self.parts.memory

    def load(self) -> State:
        """Read the current state, empty before the first run."""
        if self.known is None or self.keeper.seq() != self.seq:
            self.seq, self.known = self.keeper.snapshot()
        return self.known

    def now(self) -> str:
        """Give the moment that is written into the record; its day is the session's day."""
        return f"{self.today}T{self.clock()[11:]}"

    def person(self) -> str:
        """Who acts; raises UserError where nobody is named."""
        if not self.by:
            raise UserError("Nobody is named for this.", next='add --by "Your Name", or set git config user.name')
        return self.by

    def state(self) -> State:
        """Read the current state; raises NotFound before the first run."""
        state = self.load()
        if not state.versions:
            raise NotFound("Nothing has been adopted here yet.", next="concerted run")
        return state

    def kit(self, tree: Tree) -> Kit:
        """Give the pure core's kit for a strategy."""
        return self.assembly.kit(tree, self.today)

    def build(self, state: State, change: Change = NO_CHANGE) -> Built:
        """Build a line of the stored campaign; once for each state and Change that a verb looks at."""
        from concerted.planning.build import build

        if self.lines_of is not state:
            self.lines_of, self.built = state, {}
        known = self.built.get(id(change))
        if known is None or known[0] is not change:
            made = build(state, change, self.kit(state.main.tree or _first_tree(change)))
            known = self.built[id(change)] = (change, made)
        return known[1]

    def facets(self, state: State) -> Facets:
        """Main's facets."""
        return self.memory.facets(state.main.tree, state.main.catalog)

    def append(self, state: State, event: Event) -> State:
        """Write one event; gives the state after it. Raises Moved."""
        seq = self.keeper.append(event, self.seq)
        if seq != self.seq + 1:
            return self.load()
        self.seq, self.known = seq, fold(state, event)
        return self.known

    def keep_recipes(self, built: Built) -> None:
        """Store the recipes of a line, so that the gate can re-render with a record's own."""
        self.keeper.keep_recipes({slot.recipe.hash: slot.recipe for slot in built.slots.values()})

    def change(self, state: State, name: str) -> Change:
        """Find an open Change; raises NotFound naming those that are open."""
        found = state.changes.get(name) or next((c for c in state.changes.values() if c.id.lower() == name.lower()), None)
        if found is None:
            listed = ", ".join(state.changes) or "none"
            raise NotFound(f"There is no open Change {name}. Open: {listed}.", next="concerted changes")
        return found

    def line(self, state: State, name: str = "") -> Built:
        """Build main, or the named Change's line."""
        return self.build(state, self.change(state, name) if name else NO_CHANGE)

    def settle(self, state: State) -> State:
        """Draft empty slots onto main, land what is ready, have models write what is wanted; until nothing moves."""
        while True:
            try:
                state, moved, wanted = self._tick(state)
            except Moved:
                state, moved, wanted = self.load(), True, ()
            if moved:
                continue
            if not wanted:
                return state
            if self.write_models is None:
                raise Refused("Texts are wanted from a model and none is configured.", next="set model in concerted.toml")
            self.write_models()
            state = self.load()
            still = {task.id for _change, built in self.lines(state) for task in built.wanted}
            if still >= {task.id for task in wanted}:
                return state

    def lines(self, state: State) -> list[tuple[Change, Built]]:
        """Build main and every open Change, main first."""
        return [(change, self.build(state, change)) for change in (NO_CHANGE, *state.changes.values())]

    def _tick(self, state: State) -> tuple[State, bool, tuple[Task, ...]]:
        from concerted.planning import lifecycle

        lines = self.lines(state)
        for change, built in lines[1:]:
            if not (built.stops or change.hold or change.rehearsal):
                self.keep_recipes(built)
                state = self.append(state, lifecycle.land(state, change, built, self.now(), change.by))
                self.progress("landed", {"change": change.id, "title": change.title})
                return state, True, ()
        main = lines[0][1]
        skip = lifecycle.rewritten(main, [built for change, built in lines[1:] if not change.rehearsal])
        event = lifecycle.draft_empty_slots(state, main, self.now(), skip)
        if event is not None:
            self.keep_recipes(main)
            self.progress("drafted", {"assets": [put.key for put in event.puts if put.section == "texts"]})
            return self.append(state, event), True, ()
        return state, False, lifecycle.wanted_work(main, [built for _change, built in lines[1:]])


def _first_tree(change: Change) -> Tree:
    """Before the first adoption the campaign's language and playbook come from the Change itself."""
    return {"campaign": {ref.partition(".")[2]: edit.new for ref, edit in change.edits.items() if ref.startswith("campaign.")}}
