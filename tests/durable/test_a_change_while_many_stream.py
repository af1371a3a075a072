"""32 drafts stream through store, reconciler, engine and wire when somebody changes the strategy: eight of them stop, the others do not notice."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

from concerted.campaign.change import Change
from concerted.campaign.facets import Value
from concerted.campaign.line import State
from concerted.durable.body import Patience, make_body
from concerted.durable.dbos_engine import DbosEngine
from concerted.durable.inline import InlineEngine
from concerted.durable.progress import Cancelled, Step
from concerted.durable.reconciler import ConductorPort, reconcile
from concerted.llm.configured import Endpoint, Models
from concerted.llm.providers import Account, Callers
from concerted.llm.purse import Booked
from concerted.llm.writer import LiveWriter
from concerted.planning import lifecycle
from concerted.planning.build import build
from concerted.store.store import Store
from tests.durable.campaign import NOW, body, open_campaign, scripted, work
from tests.llm.server import Act, Call, ModelServer, fields, plain
from tests.planning.toy import TREE, Setting, kit

STREAMS, STALE, RATE, TOKENS = 32, 8, 50.0, 60
READERS = tuple(f"reader{number:02}" for number in range(STREAMS))
KIT = kit(Setting(modelled=frozenset({"mail"})))
"""Each mail has a line of its own for its readers and for the day; all else is the house writer's."""
STRATEGY = {**TREE, "audiences": {slug: {"who": f"{slug} people"} for slug in READERS}}
DAY: list[tuple[str, Value]] = [("dates.launch", "2027-03-16")]
OTHERS: list[tuple[str, Value]] = [(f"audiences.{slug}.who", f"{slug} crews") for slug in READERS[:STALE]]
ENDPOINT = Endpoint(timeout=600, idle=60, attempts=1)


def edited(state: State, rows: Iterable[tuple[str, Value]]) -> Change:
    change = Change("C1", "Another day", "Mara", NOW)
    return change.with_edits(lifecycle.make_edits(state, change, rows, "set", KIT))


def port(store: Store, folder: Path) -> ConductorPort:
    return ConductorPort(store, folder, lambda state, change: build(state, change, KIT), work, lambda: NOW)


def change_from_elsewhere(folder: Path) -> None:
    """Do what `change` does in another process: amend the open Change, by a connection of its own."""
    with Store.open(folder / "store.db") as store:
        store.append(lifecycle.amend(edited(store.load(), DAY + OTHERS), NOW, "Mara", "Other readers"))


class Scene:
    """What the server plays, and what was sent when the reconciler let go of the stale ones.

    The streams wait for each other after ten tokens, and for the reconciler after forty: whatever the machine is busy with, all are in mid-sentence.
    """

    def __init__(self) -> None:
        self.all_there, self.let_go = asyncio.Event(), asyncio.Event()
        self.server = ModelServer(self._play)
        self.at_cancel: dict[int, int] = {}
        self.cancelled: list[int] = []

    def _play(self, _call: Call) -> Act:
        gates = {10: self.all_there, 40: self.let_go}
        return Act(fields(date=plain(TOKENS - 2)), rate=RATE, gates=gates)

    def progress(self, step: Step) -> None:
        if isinstance(step, Cancelled):
            self.cancelled.append(step.tasks)
            self.at_cancel |= {call.number: len(call.sent) for call in self.server.calls}
            self.let_go.set()

    async def play(self, store: Store, folder: Path) -> None:
        models = Models(writer="near:x", endpoints={"near": ENDPOINT.model_copy(update={"base_url": self.server.url})})
        async with LiveWriter(Callers(models, Account(Booked(store), "run"))) as writer:
            carried = make_body(store, writer, lambda: NOW, Patience(call=600, attempts=1))
            running = asyncio.create_task(reconcile(port(store, folder), DbosEngine(carried, folder, STREAMS), self.progress))
            await self.server.sending(STREAMS, tokens_each=10)
            self.all_there.set()
            await self.server.sending(STREAMS, tokens_each=12)
            await asyncio.to_thread(change_from_elsewhere, folder)
            await running
        await self.server.settled()


def test_a_change_that_touches_eight_of_32_streams_stops_these_within_a_chunk_and_costs_eight_calls(tmp_path: Path) -> None:
    async def go(store: Store) -> Scene:
        await reconcile(port(store, tmp_path), InlineEngine(body(store, scripted(tmp_path)), 2 * STREAMS))
        store.append(lifecycle.open_change(edited(store.load(), DAY)))
        scene = Scene()
        async with scene.server:
            await scene.play(store, tmp_path)
        return scene

    with open_campaign(tmp_path, STRATEGY, KIT) as store:
        scene = asyncio.run(go(store))
        state = store.load()
        assert state.changes == {}
        assert {state.main.texts[f"mail.email.{slug}.us.-"].values["date"] for slug in READERS} == {plain(TOKENS - 2)}
        assert len([call for call in store.calls() if call.ended == "cancelled"]) == STALE
    calls = scene.server.calls
    assert scene.cancelled == [STALE]
    assert len(calls) == STREAMS + STALE
    first, after = calls[:STREAMS], calls[STREAMS:]
    stale = [call for call in first if any(f"{slug} people" in call.prompt for slug in READERS[:STALE])]
    assert [call.ended for call in stale] == ["hung up"] * STALE
    assert all(len(call.sent) <= scene.at_cancel[call.number] + 1 for call in stale)
    untouched = [call for call in first if call not in stale]
    assert [(call.ended, len(call.sent)) for call in untouched] == [("done", TOKENS)] * (STREAMS - STALE)
    assert sorted(slug for call in after for slug in READERS if f"{slug} crews" in call.prompt) == list(READERS[:STALE])
    assert {call.ended for call in after} == {"done"}
