"""The labelled sentences of `meaning.yaml`, and how well the sense of meaning tells them apart. Printed by `python -m tests.guard.meant`."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from concerted.bootstrap import open_session
from concerted.guard.sense import Sense, sense_of
from concerted.llm.meaning import vectors
from concerted.rules.lexicon import prepare

HERE = Path(__file__)
ROOT = HERE.parents[2]
PROMISE = "positioning.promise"


@dataclass(frozen=True)
class Labelled:
    """One example's sentences by label, and its sense of meaning."""

    example: str
    sense: Sense
    known: Mapping[str, tuple[str, ...]]
    held_out: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def labelled(scratch: Path) -> tuple[Labelled, ...]:
    """Load the sentences, each example with its strategy as it stands after the change. `scratch` holds nothing that is kept."""
    every: dict[str, Any] = yaml.safe_load((HERE.parents[1] / "data/guard/meaning.yaml").read_text(encoding="utf-8"))
    return tuple(_one(name, rows, scratch) for name, rows in every.items())


def _one(name: str, rows: Mapping[str, Any], scratch: Path) -> Labelled:
    folder = scratch / name
    folder.mkdir()
    for file in (ROOT / "examples" / name).glob("*.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    session = open_session(folder, today="2027-03-01", by="test")
    tree = session.copy.read()
    facets = session.kit(tree).facets(tree, session.catalog.channel_facets())
    heard = vectors()
    assert heard is not None, 'the extra is not installed: pip install "concerted[semantic]"'
    sense = sense_of(heard, prepare({**facets, PROMISE: rows["now"]}), {PROMISE: rows["was"]})
    sets = {label: tuple(rows[label]) for label in ("about", "beside", "old", "new")}
    return Labelled(name, sense, sets, {label: tuple(rows["held_out"][label]) for label in sets})


def german() -> dict[str, tuple[Sense, dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]]:
    """Load the German sentences, each example's with a sense of its one line that changed."""
    every: dict[str, Any] = yaml.safe_load((HERE.parents[1] / "data/guard/meaning-de.yaml").read_text(encoding="utf-8"))
    heard = vectors()
    assert heard is not None, 'the extra is not installed: pip install "concerted[semantic]"'
    labels = ("old", "new", "about")
    return {
        name: (
            Sense(heard, {PROMISE: rows["now"]}, {PROMISE: (rows["was"], rows["now"])}, "de"),
            {label: tuple(rows[label]) for label in labels},
            {label: tuple(rows["held_out"][label]) for label in labels},
        )
        for name, rows in every.items()
    }


def german_rows() -> list[tuple[str, int, float, float, float, float]]:
    """Measure the old line in German, as `rows` does."""
    out: list[tuple[str, int, float, float, float, float]] = []
    for held_out in (False, True):
        for name, (sense, *sets) in german().items():
            here = sets[held_out]
            old, new = ([raw(sense, s) for s in here[label]] for label in ("old", "new"))
            near = auc([plain(sense, s) for s in here["old"]], [plain(sense, s) for s in here["new"]])
            missed, wrong = 1 - _share(sense, here["old"], "old-line", "de"), _share(sense, (*here["new"], *here["about"]), "old-line", "de")
            what = f"{'held out: ' if held_out else ''}German, {name}: old line"
            out.append((what, len(old) + len(new), auc(old, new), missed, wrong, near))
    return out


def auc(high: Iterable[float], low: Iterable[float]) -> float:
    """Say how often a high one is above a low one."""
    highs, lows = list(high), list(low)
    won = sum((a > b) + (a == b) / 2 for a in highs for b in lows)
    return won / (len(highs) * len(lows))


def plain(sense: Sense, sentence: str) -> float:
    """Say how near a sentence is to the old line, without the new one beside it."""
    was, now = sense.changed[PROMISE]
    del now
    own, old = sense.vectors([sentence, was])
    return sum(a * b for a, b in zip(own, old, strict=True))


def raw(sense: Sense, sentence: str) -> float:
    """Say how much nearer a sentence is to the old line than to the new one, near or not."""
    was, now = sense.changed[PROMISE]
    own, old, new = sense.vectors([sentence, was, now])
    return sum(a * (b - c) for a, b, c in zip(own, old, new, strict=True))


def rows(every: Iterable[Labelled], *, held_out: bool) -> list[tuple[str, int, float, float, float, float]]:
    """Measure: (what, sentences, AUC, missed, wrongly flagged, AUC of plain nearness to the old line)."""
    out: list[tuple[str, int, float, float, float, float]] = []
    for one in every:
        sets = one.held_out if held_out else one.known
        on, off = [one.sense.topic(s) for s in sets["about"]], [one.sense.topic(s) for s in sets["beside"]]
        flagged = _share(one.sense, sets["beside"], "off-topic"), _share(one.sense, sets["about"], "off-topic")
        out.append((f"{one.example}: topic", len(on) + len(off), auc(on, off), 1 - flagged[0], flagged[1], 0.0))
        old, new = [raw(one.sense, s) for s in sets["old"]], [raw(one.sense, s) for s in sets["new"]]
        flagged = _share(one.sense, sets["old"], "old-line"), _share(one.sense, (*sets["new"], *sets["about"]), "old-line")
        near = auc([plain(one.sense, s) for s in sets["old"]], [plain(one.sense, s) for s in sets["new"]])
        out.append((f"{one.example}: old line", len(old) + len(new), auc(old, new), 1 - flagged[0], flagged[1], near))
    return out


def _share(sense: Sense, texts: tuple[str, ...], rule: str, language: str = "en") -> float:
    from concerted.guard.sense import remarks

    return sum(any(found.rule == rule for found in remarks(sense, {"text": text}, language)) for text in texts) / len(texts)


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as at:
        known = labelled(Path(at))
        for held_out in (False, True):
            for what, count, area, missed, wrong, near in rows(known, held_out=held_out):
                sys.stdout.write(f"| {'held out: ' if held_out else ''}{what} | {count} | {area:.2f} | {missed:.0%} | {wrong:.0%} | {near:.2f} |\n")
        for what, count, area, missed, wrong, near in german_rows():
            sys.stdout.write(f"| {what} | {count} | {area:.2f} | {missed:.0%} | {wrong:.0%} | {near:.2f} |\n")
        for one in known:
            low = sorted((one.sense.topic(s), s) for s in one.known["about"])[:4]
            high = sorted(((one.sense.topic(s), s) for s in one.known["beside"]), reverse=True)[:4]
            sys.stdout.write(f"{low}\n{high}\n")
            for label in ("old", "new"):
                sys.stdout.write(f"{label} {sorted(round(one.sense.contrast(s)[0], 2) for s in one.known[label])}\n")
            sys.stdout.write(f"on {sorted(round(one.sense.contrast(s)[0], 2) for s in one.known['about'])[-8:]}\n")
