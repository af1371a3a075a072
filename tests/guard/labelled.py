"""The labelled sentences, and what the guard makes of each when a writer streams it: the one place where its quality is measured."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

import yaml

from concerted.campaign.deliverable import Deliverable, DeliverableType, FieldSpec
from concerted.campaign.facets import Value
from concerted.campaign.intervention import LEVELS, Continue, Stop
from concerted.guard.post import Post, post_for
from concerted.guard.watch import Watcher
from tests.rules.dock import EARLIER, FACETS

FILE = Path(__file__).parents[1] / "data" / "guard" / "sentences.yaml"
Label: TypeAlias = Literal["stop", "pass", "flag"]
_MARK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_PIECE = re.compile(r"\s?\w{1,4}|\s?[^\w\s]|\s")
_WORD = re.compile(r"\s?\w+|\s?[^\w\s]|\s")
FILLER = (" The plan on the screen moves with the trucks, and the crew reads it at the gate. You keep your coffee." * 3).strip()
"""What the writer would have gone on to write: nothing that anybody objects to."""


@dataclass(frozen=True)
class Labelled:
    """One sentence with what a careful reader says about it."""

    text: str
    label: Label
    kind: str
    ends: int
    """Where the words that break the rule end; 0 where nothing does."""
    tokens: tuple[str, ...]
    setting: Mapping[str, Any] = field(default_factory=dict[str, Any])
    held_out: bool = False
    """Written after the guard was done, and never used to mend it."""
    fresh: bool = False
    """Written before it was mended after what it had missed of the held out ones, and never used to mend it."""


@dataclass(frozen=True)
class Outcome:
    """What came of one sentence."""

    of: Labelled
    stop: Stop | None
    after: int
    """Tokens that were written after the one that completes the violation, up to the stop."""
    flagged: bool
    """True where something was noted, stopped or not."""


@cache
def labelled() -> tuple[Labelled, ...]:
    """Read the sentences."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    used = [_labelled(group, text) for group in data["groups"] for text in group["sentences"]]
    held_out = [replace(_labelled(group, text), held_out=True) for group in data["held_out"] for text in group["sentences"]]
    fresh = [replace(_labelled(group, text), fresh=True) for group in data["fresh"] for text in group["sentences"]]
    return (*used, *held_out, *fresh)


@cache
def before() -> Mapping[str, Value]:
    """Give the strategy as it was before the change."""
    return {**FACETS, **yaml.safe_load(FILE.read_text(encoding="utf-8"))["before"]}


def _labelled(group: Mapping[str, Any], marked: str) -> Labelled:
    cut = group.get("cut", "")
    hits = list(_MARK.finditer(marked.replace(cut, "") if cut else marked))
    text = _MARK.sub(r"\1", marked)
    tokens = tuple(piece for piece in text.split(cut) if piece) if cut else pieces(text)
    whole = "".join(tokens)
    ends = hits[0].end() - 4 if hits else len(whole) if group["label"] != "pass" else 0
    setting = {name: value for name, value in group.items() if name not in ("kind", "about", "label", "sentences", "cut")}
    return Labelled(whole, group["label"], group["kind"], ends, tokens, setting)


def pieces(text: str, *, whole: bool = False) -> tuple[str, ...]:
    """Cut a text as a model's tokens cut it, roughly: a space and up to four letters, or whole words."""
    return tuple((_WORD if whole else _PIECE).findall(text))


@cache
def _post(setting: tuple[tuple[str, Any], ...]) -> Post:
    known = dict(setting)
    name, channel = known.get("field", "body"), known.get("channel", "email")
    kind = DeliverableType(
        "copy", "Copy", "tests", (FieldSpec(name, slot=known.get("slot", "")), FieldSpec("more")), known.get("visibility", "public")
    )
    publish = str(known.get("publish", "2027-03-10"))
    market, language = known.get("market", "us"), known.get("language", "en")
    return post_for(FACETS, before(), Deliverable("copy", channel, "dock", market, "-", language=language, publish=publish), kind, EARLIER)


def watch(sentence: Labelled) -> Outcome:
    """Stream a sentence and the filler behind it, as one field; in a place with a limit the sentence alone."""
    name = sentence.setting.get("field", "body")
    watcher = Watcher(_post(tuple(sorted(sentence.setting.items()))))
    tail = () if "slot" in sentence.setting else pieces(f" {FILLER}")
    done, complete = 0, 0
    for number, token in enumerate((*sentence.tokens, *tail), 1):
        done += len(token)
        if not complete and done >= sentence.ends > 0:
            complete = number
        verdict = watcher.feed(name, token)
        if not isinstance(verdict, Continue):
            break
    else:
        number = len(sentence.tokens) + len(tail)
        verdict = watcher.finish_field(name)
        verdict = watcher.finish() if isinstance(verdict, Continue) else verdict
    stop = verdict if isinstance(verdict, Stop) else None
    return Outcome(sentence, stop, max(0, number - (complete or number)) if stop else 0, stop is not None or bool(watcher.noted))


@dataclass(frozen=True)
class Quality:
    """Three figures that belong together, over one kind of sentences."""

    kind: str
    to_stop: int
    stopped: int
    passing: int
    false: int
    at_once: int
    """Right stops by the token check, before the sentence was over."""
    mean_after: float
    worst_after: int

    @property
    def precision(self) -> float:
        """The share of stops that were right."""
        return self.stopped / (self.stopped + self.false) if self.stopped + self.false else 1.0

    @property
    def misses(self) -> float:
        """The share of what had to be stopped that was not."""
        return 1 - self.stopped / self.to_stop if self.to_stop else 0.0


@cache
def outcomes() -> tuple[Outcome, ...]:
    """Stream every sentence."""
    return tuple(watch(sentence) for sentence in labelled())


def quality(kind: str, found: Iterable[Outcome]) -> Quality:
    """Count one kind. A sentence to be flagged may be stopped or not: both are right."""
    listed = list(found)
    wanted = [one for one in listed if one.of.label == "stop"]
    right = [one for one in wanted if one.stop]
    passing = [one for one in listed if one.of.label == "pass"]
    early = [one.after for one in right if one.stop and one.stop.level == "token"]
    mean = sum(early) / len(early) if early else 0.0
    return Quality(kind, len(wanted), len(right), len(passing), sum(one.stop is not None for one in passing), len(early), mean, max(early, default=0))


def by_kind(found: Iterable[Outcome]) -> tuple[Quality, ...]:
    """Count every kind, and all together."""
    listed = list(found)
    kinds = dict.fromkeys(one.of.kind for one in listed)
    return (*(quality(kind, (one for one in listed if one.of.kind == kind)) for kind in kinds), quality("all", listed))


def held_out() -> tuple[Quality, ...]:
    """Count the sentences that never mended the guard."""
    return by_kind(one for one in outcomes() if one.of.held_out)


def fresh() -> tuple[Quality, ...]:
    """Count the sentences that were written before the last mending."""
    return by_kind(one for one in outcomes() if one.of.fresh)


def flags() -> tuple[int, int, int, int]:
    """Count what the ledger says: unsupported sentences, those flagged, supported ones, those flagged wrongly."""
    wanted = [one for one in outcomes() if one.of.label == "flag"]
    fine = [one for one in outcomes() if one.of.label == "pass" and one.of.kind in ("supported", "near miss")]
    return len(wanted), sum(one.flagged for one in wanted), len(fine), sum(one.flagged for one in fine)


def table() -> str:
    """Write the measured figures as the page shows them."""
    head = ["| Sentences | to stop | stopped | missed | to pass | stopped wrongly | precision | stopped at once | tokens after: mean, most |"]
    rows = [*head, "|---|--:|--:|--:|--:|--:|--:|--:|--:|"]
    used = [one for one in outcomes() if not (one.of.held_out or one.of.fresh)]
    rows += [_row(one.kind, one) for one in by_kind(used) if one.to_stop or one.passing]
    rows += [_row(f"held out: {one.kind}", one) for one in held_out()]
    rows += [_row(f"fresh: {one.kind}", one) for one in fresh()]
    return "\n".join(rows)


def _row(name: str, one: Quality) -> str:
    precision = f"{one.precision:.1%}" if one.stopped + one.false else "-"
    after = f"{one.mean_after:.2f}, {one.worst_after}" if one.at_once else "-"
    cells = (name, one.to_stop, one.stopped, f"{one.misses:.1%}" if one.to_stop else "-", one.passing, one.false, precision, one.at_once, after)
    return f"| {' | '.join(map(str, cells))} |"


def after_whole_words() -> float:
    """Count the tokens after the violation on average, where words come as one token and a phrase is known by itself."""
    cut = [replace(one, tokens=pieces(one.text, whole=True)) for one in labelled() if one.label == "stop" and one.kind != "split tokens"]
    after = [found.after for found in map(watch, cut) if found.stop and found.stop.level == "token"]
    return sum(after) / len(after)


def levels() -> dict[str, tuple[int, float]]:
    """Count right stops by what had to be there, with the tokens that were written after the violation on average."""
    right = [one for one in outcomes() if one.stop and one.of.label == "stop"]
    found: dict[str, tuple[int, float]] = {}
    for level in LEVELS:
        after = [one.after for one in right if one.stop and one.stop.level == level]
        found[level] = (len(after), sum(after) / len(after) if after else 0.0)
    return found
