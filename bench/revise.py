"""How many fields stay as they are when one line of the strategy changes, by kind of change and by temper of the writer.

Everything is written once, then one line changes: what is asked for again, what of that is kept byte for byte, what is sent back. The
writers are doubles, one obedient and three that do what models do although they are told not to. `python -m bench.revise` prints the table,
`python -m bench.revise local` what the model inside Concerted makes of the same.
"""

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from concerted.bootstrap import write_with_engine
from concerted.campaign.change import NO_CHANGE
from concerted.campaign.facets import hash_value
from concerted.campaign.intervention import Stop
from concerted.campaign.line import Result
from concerted.campaign.work import Work
from concerted.conductor.changing import change_strategy, parse_rows, run
from concerted.llm.answer import KEEP
from concerted.llm.asking import fenced
from concerted.rules.segment import sentences
from concerted.settings import read_settings
from tests.llm.server import Act, Call, fields
from tests.llm.serving import serving
from tests.story.stage import EXAMPLE, Stage, close, yes

Words = Mapping[tuple[str, str], str]
"""(asset, field) -> words."""


@dataclass(frozen=True)
class Kind:
    """A kind of change, and one change of this kind to the example."""

    name: str
    sets: tuple[str, ...] = ()
    unset: tuple[str, ...] = ()


KINDS = (
    Kind("a price", ("offers.first.price.us=$24",)),
    Kind("a date", ("offers.first.until=2027-06-15",)),
    Kind(
        "the promise, and its shorter forms",
        (
            "positioning.promise=Bring us your delivery bike tonight and it earns again tomorrow morning.",
            "positioning.promise@en.h30=In tonight, earning by morning",
            "positioning.promise@en.h60=Bring us the bike tonight. It earns again tomorrow.",
            "positioning.promise@en.h90=Bring us your delivery bike by nine tonight and it earns again from six tomorrow morning.",
            "positioning.promise@en.w30=Bring your delivery bike to a stand by nine. We agree on a price, and from six it can earn again.",
        ),
    ),
    Kind("a word that is forbidden", ("brand.words.never.posed=unposed", "brand.words.never.goes=you know how that goes")),
    Kind("a claim withdrawn", ("audiences.riders.proof=[quoted]", "messages.shift.claims=[]"), ("claims.loan",)),
    Kind("the tone", ("brand.is=[warm, exact, awake when others are not]",)),
    Kind("an audience's pain", ("audiences.shops.says=One bike is down, and it is me who pedals the orders out.",)),
    Kind(
        "the name, in each line that has it",
        (
            "campaign.name=Night Shift",
            "brand.names.night-shift=the service; a single place is a stand",
            "news.new=With Night Shift, shops and riders in Portland and Hamburg can hand in a single delivery bike in the evening and collect it repaired in the morning.",  # noqa: E501  # copy reads better whole
            "positioning.promise@en.w30=Night Shift takes in your delivery bike until nine in the evening, at stands in Portland and Hamburg. We agree on a price, repair the bike overnight and have it back at six.",  # noqa: E501  # copy reads better whole
            "messages.shift.pillar@en.w30=You earn when you ride, so Night Shift repairs your bike after your last drop and has it back at the stand before your first.",  # noqa: E501  # copy reads better whole
        ),
        ("brand.names.dusk-to-dawn",),
    ),
)


@dataclass(frozen=True)
class Share:
    """What became of the fields of a campaign. `redraft` counts those that writing the touched assets anew would have replaced."""

    fields: int
    redraft: int
    asked: int
    kept: int
    rewritten: int
    sent_back: int = 0
    calls: int = 0
    held: int = 0
    """Fields for which a person is asked in the end."""
    sentences: int = 0
    """Sentences that stood in the fields asked for."""
    sentences_kept: int = 0

    @property
    def of_asked(self) -> float:
        """The share of the fields asked for that stand byte for byte."""
        return self.kept / self.asked if self.asked else 1.0

    @property
    def of_all(self) -> float:
        """The share of all fields that stand byte for byte."""
        return 1 - self.rewritten / self.fields if self.fields else 1.0


def share_of(before: Words, after: Words, results: Iterable[Result]) -> Share:
    """Compare the words of a campaign before and after, and with what writers were asked for in between."""
    came = list(results)
    places = [(result.asset, name) for result in came for name in result.fields]
    asked = set(places)
    rewritten = {place for place in asked if after.get(place, "") != before.get(place, "")}
    touched = {asset for asset, _name in asked}
    stood = [_sentences(before.get(place, "")) for place in asked]
    stay = [_sentences(after.get(place, "")) for place in asked]
    return Share(
        fields=len(before),
        redraft=sum(asset in touched for asset, _name in before),
        asked=len(asked),
        kept=len(asked) - len(rewritten),
        rewritten=len(rewritten),
        sent_back=len(places) - len(asked),
        calls=sum(result.calls for result in came),
        sentences=sum(len(parts) for parts in stood),
        sentences_kept=sum((old & new).total() for old, new in zip(map(Counter, stood), map(Counter, stay), strict=True)),
    )


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in sentences(text) if part.strip()]


Temper = Callable[[Work, str, bool], str]
"""(work, field, whether it was sent back already) -> what such a writer answers."""


def obedient(work: Work, name: str, again: bool = False) -> str:  # noqa: ARG001  # it needs no telling twice
    """Keep what may stay, change the rest as the house writer would."""
    words = work.fallback.get(name, "")
    return KEEP if name in work.previous and work.previous[name] == words else words


def restless(work: Work, name: str, again: bool) -> str:
    """Word every third field anew that might have stayed: the share that people who write for a living were measured at."""
    words = obedient(work, name, again)
    return reworded(work.previous[name]) if words == KEEP and int(hash_value([work.asset, name]), 16) % 3 == 0 else words


def clinging(work: Work, name: str, again: bool) -> str:
    """Keep everything, by KEEP or in other words around the old line, until it comes back."""
    if again or name not in work.previous:
        return obedient(work, name)
    return KEEP if int(hash_value([work.asset, name]), 16) % 2 else reworded(work.previous[name])


def anew(work: Work, name: str, again: bool) -> str:
    """Never keep: write every field anew, as a model does that does not know KEEP."""
    words = obedient(work, name, again)
    return reworded(work.previous[name] if words == KEEP else words)


SWAPS = ((" and ", " as well as "), (" und ", " sowie "), ("tonight", "this evening"), ("you", "all of you"))


def reworded(text: str) -> str:
    """Say the same in other words: another order of the sentences, another word, else another ending."""
    parts = _sentences(text)
    if len(parts) > 1:
        return " ".join((*parts[1:], parts[0]))
    for old, new in SWAPS:
        if old in text:
            return text.replace(old, new, 1)
    return text.removesuffix(".") if text.endswith(".") else f"{text}."


class _Ear:
    """Hears which work a call is about, so that the writer at the other end of the wire can play its part."""

    def __init__(self) -> None:
        self._works: list[Work] = []

    def began(self, work: Work) -> None:
        """Remember a piece of work, the newest first."""
        self._works.insert(0, work)

    def said(self, name: str, token: str) -> None:
        """Not what this one listens for."""

    def stopped(self, stop: Stop) -> None:
        """Not what this one listens for."""

    def work_of(self, call: Call) -> Work:
        """Find the work that a prompt was made from."""
        return next(work for work in self._works if call.prompt.startswith(fenced(work.brief)))

    def play(self, temper: Temper, call: Call) -> Act:
        """Answer as a writer of this temper."""
        work = self.work_of(call)
        asked = [part.strip(" `.\n") for part in call.prompt.rpartition("Answer now with")[2].split(",")]
        again = bool(work.attempt) or "could not be taken" in call.prompt
        return Act(fields(**{name: temper(work, name, again) for name in asked}))


class Way(Protocol):
    """Has a campaign written, or a change of it; gives what it was told."""

    def __call__(self, stage: Stage, kind: Kind | None) -> Share:
        """Make a change; without one, write what is missing."""
        ...


def scripted(stage: Stage, kind: Kind | None) -> Share:
    """Let the scripted writer do it: no server, no guard at a stream, but the same tasks and the same checks of what comes back."""
    (stage.folder / "concerted.toml").write_text('model = "scripted"\n', encoding="utf-8")
    return _written(stage, kind, None)


def streamed(temper: Temper) -> Way:
    """Let a writer of this temper do it at a loopback model server, with the guard at its streams."""

    def way(stage: Stage, kind: Kind | None) -> Share:
        ear = _Ear()
        with serving(partial(ear.play, temper)) as server:
            settings = f'model = "near:x"\n[models.near]\nbase_url = "{server.url}"\nattempts = 1\nprice_in = 0\nprice_out = 0\n'
            (stage.folder / "concerted.toml").write_text(settings, encoding="utf-8")
            return _written(stage, kind, ear)

    return way


def local(stage: Stage, kind: Kind | None) -> Share:
    """Let the model inside Concerted do it, on this machine, where its weights have been put together."""
    (stage.folder / "concerted.toml").write_text('model = "local"\n', encoding="utf-8")
    return _written(stage, kind, None)


def _written(stage: Stage, kind: Kind | None, ear: _Ear | None) -> Share:
    session = stage.sit()
    settings = read_settings(stage.folder)
    session.write_models = lambda: write_with_engine(session, settings, ear)
    try:
        state = session.load()
        before = {(asset, name): words for asset, draft in state.main.texts.items() for name, words in draft.values.items() if words}
        known = set(state.results)
        report = change_strategy(session, parse_rows(kind.sets, kind.unset), yes) if kind else run(session)
        state = session.load()
        line = session.build(state, state.changes.get(report["change"] or "", NO_CHANGE))
        after = {(asset, name): text.value for asset, slot in line.slots.items() for name, text in slot.texts.items()}
        share = share_of(before, after, [result for task, result in state.results.items() if task not in known])
        return replace(share, held=sum(item.kind == "finding" for item in line.items))
    finally:
        close(session)


WAYS: Mapping[str, Way] = {"obedient": scripted, "restless": streamed(restless), "clinging": streamed(clinging), "writes anew": streamed(anew)}


def written(at: Path, way: Way) -> Stage:
    """Have the whole example written."""
    stage = Stage(Path(shutil.copytree(EXAMPLE, at)))
    way(stage, None)
    return stage


def cell(share: Share) -> str:
    """Write down what is to be seen of a share."""
    more = ((share.sent_back, "sent back"), (share.held, "to a person"))
    kept = f"{share.kept} of {share.asked}; {share.sentences_kept} of {share.sentences}"
    return kept + "".join(f"; {count} {what}" for count, what in more if count)


def main(chosen: list[str]) -> None:
    """Print a row for each kind of change: of the fields that were asked for again, and of the sentences in them, how many stand byte for byte.

    With `local` the model inside Concerted is asked instead, about the kinds that are named behind it or all: minutes a kind.
    """
    if chosen[:1] == ["local"]:
        by_the_local_model(chosen[1:])
        return
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        by_script, by_stream = written(at / "scripted", scripted), written(at / "streamed", streamed(obedient))
        print(f"| Change | Fields of the assets it touches | {' | '.join(WAYS)} |\n|---|--:|{'---|' * len(WAYS)}")
        for number, kind in enumerate(KINDS):
            starts = {name: (by_script if way is scripted else by_stream).copy(at / f"{number}-{name}") for name, way in WAYS.items()}
            shares = [WAYS[name](start, kind) for name, start in starts.items()]
            print(f"| {kind.name} | {shares[0].redraft} | {' | '.join(map(cell, shares))} |", flush=True)


def by_the_local_model(names: list[str]) -> None:
    """Print the rows of the local model: what another had written well, changed by it."""
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        start = written(at / "scripted", scripted)
        print("| Change | Fields of the assets it touches | local |\n|---|--:|---|")
        for number, kind in enumerate(kind for kind in KINDS if not names or kind.name in names):
            share = local(start.copy(at / f"local-{number}"), kind)
            print(f"| {kind.name} | {share.redraft} | {cell(share)}, {share.calls} calls |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
