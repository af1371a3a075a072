"""The pure core at 5,000 assets x 50 facets: how long impact, apply, gate and a rollback take, against one reference loop of the same run."""

import random
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass

from concerted.campaign.deliverable import Deliverable
from concerted.campaign.draft import Draft, Record, Text, hash_text
from concerted.campaign.event import Event, fold, line_puts
from concerted.campaign.facets import Value, hash_at
from concerted.campaign.line import Line, State
from concerted.planning.impact import Index, reach
from concerted.planning.trace import Reading

ASSETS, FACETS, FIELDS, READS = 5_000, 50, 4, 6


@dataclass(frozen=True)
class Figure:
    """One measurement: CPU milliseconds, the target, and the ratio to the reference loop."""

    name: str
    milliseconds: float
    target: float
    ratio: float

    @property
    def met(self) -> bool:
        """Compare with the target on the machine that the design measured on: the reference loop took 10 ms there."""
        return self.ratio <= self.target / REFERENCE_MS


REFERENCE_MS = 10.0


def reference() -> float:
    """CPU milliseconds of a fixed loop of dictionary look-ups and string joins, the best of five."""
    table = {f"k{n}": n for n in range(1_000)}

    def loop() -> int:
        total = 0
        for n in range(60_000):
            total += table[f"k{n % 1000}"]
        return total

    return min(cpu(loop) for _ in range(5))


def cpu(work: Callable[[], object]) -> float:
    """CPU milliseconds of one call."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def campaign(seed: int = 7) -> tuple[dict[str, Value], dict[str, Draft], dict[str, Deliverable]]:
    """Invent a campaign: one house that reads the strategy, 49 concepts that read the house, and assets that read both."""
    rnd = random.Random(seed)
    facets: dict[str, Value] = {f"messages.m{n}.pillar": f"Sentence number {n}." for n in range(FACETS)}
    facets |= {f"audiences.a{n}.who": f"reader {n}" for n in range(ASSETS)}
    texts: dict[str, Draft] = {}
    plans: dict[str, Deliverable] = {}
    for n in range(ASSETS):
        kind = "house" if n == 0 else "concept" if n < FACETS else "page"
        deliverable = Deliverable(kind, "web", f"a{n}", "us", str(n))
        fields: dict[str, Text] = {}
        for at in range(FIELDS):
            keys = [f"f:messages.m{rnd.randrange(FACETS)}.pillar" for _ in range(READS if kind == "house" else 2)]
            if kind == "concept":
                keys.append(f"u:{next(iter(texts))}#field{at}")
            if kind == "page":
                parent = list(plans)[rnd.randrange(1, FACETS)]
                keys += [f"u:{parent}#field{at}", f"f:audiences.a{n}.who"]
            trace = tuple(sorted((key, _hash(key, facets, texts)) for key in set(keys)))
            fields[f"field{at}"] = Text(f"Text {n} {at}.", "house", Record("recipe", trace, "prompt"))
        texts[deliverable.id] = Draft(deliverable.id, fields)
        plans[deliverable.id] = deliverable
    return facets, texts, plans


def _hash(key: str, facets: dict[str, Value], texts: dict[str, Draft]) -> str:
    if key.startswith("f:"):
        return hash_at(facets, key[2:])
    asset, _, name = key[2:].partition("#")
    return hash_text(texts[asset].fields[name].value)


def measure() -> list[Figure]:
    """Run every measurement once."""
    loop = reference()
    facets, texts, plans = campaign()
    index = Index.of(texts)
    words = {asset: draft.values for asset, draft in texts.items()}
    worst = max((ref for ref in facets if ref.startswith("messages.")), key=lambda ref: len(reach(index, [ref]).parents))
    local = f"audiences.a{ASSETS - 1}.who"

    def gate() -> int:
        memo: dict[str, str] = {}
        bad = 0
        for asset, draft in texts.items():
            reading = Reading(plans[asset], facets, words, memo=memo)
            bad += sum(reading.hash_of(key) != seen for text in draft.fields.values() for key, seen in text.reads())
        return bad

    def swap() -> object:
        state = State(main=Line(texts=texts), drafts={asset: (draft,) for asset, draft in texts.items()})
        moved = {
            asset: Draft(asset, {**draft.fields, "field0": Text("New.", "house", draft.fields["field0"].record)})
            for asset, draft in list(texts.items())[:500]
        }
        puts = line_puts(state.main, Line(texts={**texts, **moved}))
        return fold(state, Event("landed", "t", "bench", "", puts, head=0))

    def refresh() -> None:
        for draft in list(texts.values())[:500]:
            index.remove(draft)
            index.add(draft)

    assert gate() == 0
    assert len(reach(index, [local]).assets()) == 1
    assert len(reach(index, [worst]).assets()) > ASSETS / 2
    rows = (
        ("impact of the edit that reaches most", lambda: reach(index, [worst]), 10.0),
        ("impact of a local change (one leaf asset)", lambda: reach(index, [local]), 1.0),
        ("apply: 500 drafts land in one swap", swap, 50.0),
        ("index after 500 drafts", refresh, 50.0),
        ("gate without render: every read of 5,000 assets", gate, 50.0),
    )
    return [_figure(name, work, target, loop) for name, work, target in rows]


def _figure(name: str, work: Callable[[], object], target: float, loop: float) -> Figure:
    taken = min(cpu(work) for _ in range(3))
    return Figure(name, taken, target, taken / loop)


def memory() -> float:
    """Kilobytes an asset of drafts and index."""
    tracemalloc.start()
    _facets, texts, _plans = campaign()
    index = Index.of(texts)
    size, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert index.lines
    return size / 1024 / len(texts)
