"""A small campaign whose texts a scripted writer writes: four levels of readers, many tasks, real store, real locks.

Run as a program it is a whole `run` in a process of its own, to be killed.
"""

import asyncio
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from concerted.campaign.change import Change
from concerted.campaign.facets import differences, flatten
from concerted.campaign.line import State
from concerted.campaign.work import Work
from concerted.durable.body import Patience, Writer, make_body
from concerted.durable.dbos_engine import DbosEngine
from concerted.durable.engine import Body, Engine
from concerted.durable.inline import InlineEngine
from concerted.durable.reconciler import ConductorPort, reconcile
from concerted.llm.scripted import Script, ScriptedWriter, read_calls
from concerted.planning.build import Built, build
from concerted.planning.kit import Kit
from concerted.planning.lifecycle import land, make_edits, open_change
from concerted.planning.site import Task
from concerted.store.store import Store
from tests.planning.toy import TREE, TYPES, Setting, kit

NOW = "2027-01-01T09:00:00"
AUDIENCES = ("dock", "yard", "fleet", "desk")
TASKS = 6 + 4 * len(AUDIENCES)
"""House, concept and the German page ask for two calls each, and so do a page and a mail for each audience."""
QUICK = Patience(call=30, attempts=3, pause=0.01)
SLOTS = 4

ENGINES: dict[str, Callable[[Body, Path], Engine]] = {
    "inline": lambda body, _folder: InlineEngine(body, SLOTS),
    "dbos": lambda body, folder: DbosEngine(body, folder, SLOTS),
}


@cache
def modelled() -> Kit:
    """The toy kit with everything written by a model."""
    return kit(Setting(modelled=frozenset(TYPES)))


def tree() -> dict[str, Any]:
    """The toy's strategy with more audiences."""
    return {**TREE, "audiences": {slug: {"who": f"{slug} people"} for slug in AUDIENCES}}


def open_campaign(folder: Path, strategy: Mapping[str, Any] | None = None, of: Kit | None = None) -> Store:
    """Open a store in which the strategy has just been adopted from a file, and nothing is drafted."""
    store, used = Store.open(folder / "store.db"), of or modelled()
    if not store.seq():
        change = Change("C0", "First", "Mara", NOW)
        rows = [(ref, value) for ref, _, value in differences({}, flatten(strategy or tree()))]
        change = change.with_edits(make_edits(store.load(), change, rows, "file", used))
        store.append(open_change(change))
        state = store.load()
        store.append(land(state, change, build(state, change, used), NOW, "Mara"))
    return store


def line(state: State, change: Change) -> Built:
    """Build a line with the toy kit."""
    return build(state, change, modelled())


def work(task: Task) -> Work:
    """Say what the scripted writer is asked."""
    return Work(
        task.id, task.asset, task.type, task.group, task.fields, task.brief,
        previous=task.previous, fallback=task.fallback, attempt=task.attempt,
    )  # fmt: skip


def port(store: Store, folder: Path) -> ConductorPort:
    """Give the reconciler what it needs."""
    return ConductorPort(store, folder, line, work, lambda: NOW)


def scripted(folder: Path, script: Script | None = None) -> ScriptedWriter:
    """Give a writer that logs its calls."""
    return ScriptedWriter(script or Script(latency=0.02), folder / "calls.jsonl")


def body(store: Store, writer: Writer) -> Body:
    """Give a body that does not wait long."""
    return make_body(store, writer, lambda: NOW, QUICK)


def asked(folder: Path) -> Counter[str]:
    """Count the calls that were made, by task."""
    return Counter(row["task"] for row in read_calls(folder / "calls.jsonl") if row["event"] == "asked")


def main(folder: Path, engine: str, latency: float) -> None:
    """Run the campaign to its end."""
    with open_campaign(folder) as store:
        carried = body(store, scripted(folder, Script(latency=latency)))
        asyncio.run(reconcile(port(store, folder), ENGINES[engine](carried, folder)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3]))
