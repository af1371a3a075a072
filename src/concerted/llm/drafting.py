"""What has come of one piece of work so far: what is taken, what was wrong with the rest, who tries next, what it cost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from concerted.campaign.intervention import Intervention, Step, Stop
from concerted.campaign.work import Answer, Unwritten, Work
from concerted.errors import Reason
from concerted.llm.asking import Turn
from concerted.llm.caller import Reply
from concerted.llm.examining import Inspect, Trouble, examine
from concerted.llm.listening import Listener
from concerted.llm.restoring import HOUSE, Restore, nothing, put_backs
from concerted.llm.trying import Again, Tries, next_try

LETTERS_A_TOKEN = 4
USUAL = 120
"""Letters that a field has about, where nobody knows better."""


@dataclass
class _Bill:
    calls: int = 0
    tokens: int = 0
    cost: Decimal = Decimal(0)
    estimated: bool = False


@dataclass
class Drafting:
    """One piece of work under way."""

    work: Work
    settled: Mapping[str, str] = field(default_factory=dict[str, str])
    """What the house writer says, and no model is asked for."""
    echoes: bool = False
    """True for a model that was shown the house writer's words."""
    restore: Restore = nothing
    """Finds what a revision reworded without need."""
    open: tuple[str, ...] = ()
    """Fields that are still to be asked of a model."""
    _taken: dict[str, str | None] = field(default_factory=dict[str, str | None])
    _authors: dict[str, str] = field(default_factory=dict[str, str])
    _troubles: dict[str, Trouble] = field(default_factory=dict[str, Trouble])
    """Field -> what was wrong with its last answer."""
    _good: dict[str, str] = field(default_factory=dict[str, str])
    _tries: Tries = field(default_factory=Tries)
    _bill: _Bill = field(default_factory=_Bill)
    _interventions: tuple[Intervention, ...] = ()
    _untold: list[Intervention] = field(default_factory=list[Intervention])
    _before: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    """Field -> its good words and their author, while a judge has them revised."""
    was_judged: bool = False

    def __post_init__(self) -> None:
        self._taken |= self.settled
        self._authors |= dict.fromkeys(self.settled, HOUSE)
        self.open = tuple(name for name in self.work.fields if name not in self.settled)

    def turn(self) -> Turn:
        """Say what is asked next: what is open, and what was wrong with it."""
        remarks = {name: trouble.said for name, trouble in self._troubles.items() if name in self.open}
        return Turn(self.open, remarks, self._good, {name: words for name, words in self._taken.items() if words})

    def pay(self, reply: Reply[Listener]) -> None:
        """Add a call to the bill."""
        bill = self._bill
        self._bill = _Bill(bill.calls + reply.calls, bill.tokens + reply.tokens, bill.cost + reply.cost, bill.estimated or reply.estimated)

    def note(self, stopped: Intervention) -> None:
        """Keep a stop for the record."""
        self._interventions = (*self._interventions, stopped)

    def take(self, heard: Listener, reply: Reply[Listener], inspect: Inspect, author: str) -> None:
        """Take what will do and remember what is wrong with the rest."""
        given = heard.given(reply.ending, reply.said)
        cut = heard.stop.field if heard.stop else heard.over_long
        # Behind the place where nobody listened any more nothing is wrong: it is asked for again, without a remark.
        judged = tuple(name for name in self.open if not cut or name == heard.over_long or (name in given.complete and name != cut))
        verdict = examine(self.work, judged, given, inspect)
        self._taken |= {**verdict.taken, **self._put_back(verdict.taken, author)}
        self._authors |= {name: self._author_of(words, name, author) for name, words in verdict.taken.items()}
        self._troubles |= verdict.troubles
        self._good = {}
        if heard.stop:
            self._refuse(heard.stop)
        self.open = tuple(name for name in self.work.fields if name not in self._taken and not self._lacks_a_fact(name))

    def _put_back(self, taken: Mapping[str, str | None], author: str) -> dict[str, str | None]:
        """Give the fields of which sentences are put back. What a judge wished to have revised is revised for it, and stays."""
        words = {name: text for name, text in taken.items() if text and name not in self._before and self._author_of(text, name, author) != HOUSE}
        found = self.restore(self.work, words) if words and self.work.previous else nothing(self.work, words)
        self._untold += put_backs(self.work, words, found)
        return {name: one.words for name, one in found.items()}

    def untold(self) -> tuple[Intervention, ...]:
        """Give what was put back and nobody has been told of yet."""
        told, self._untold = tuple(self._untold), []
        return told

    def _author_of(self, words: str | None, name: str, author: str) -> str:
        """Say who wrote words: a small model that gives the house writer's line back has written nothing."""
        line = self.work.fallback.get(name, "").strip(" .")
        return HOUSE if self.echoes and words and words.strip(" .") == line else author

    def _refuse(self, stop: Stop) -> None:
        """Open the field that was stopped; what does not go together with its neighbours may have stood already."""
        name = stop.field if stop.field in self.work.fields else self.open[-1]
        self._taken.pop(name, None)
        self._troubles[name] = trouble_of(stop)
        if stop.kept_prefix.strip():
            self._good = {name: stop.kept_prefix}

    def _lacks_a_fact(self, name: str) -> bool:
        return name in self._troubles and self._troubles[name].kind == "missing"

    @property
    def was_stopped(self) -> bool:
        """Tell whether the guard had something against it."""
        return bool(self._interventions)

    def fresh_words(self) -> dict[str, str]:
        """Give the words that a model wrote; what is kept is not there."""
        return {name: words for name in self.work.fields if (words := self._taken.get(name))}

    def reopen(self, wishes: Mapping[str, str]) -> None:
        """Open fields that a judge wants revised, once. Where nothing better comes, the words that stood stand."""
        for name, said in wishes.items():
            words = self._taken.pop(name, None)
            if words:
                self._before[name] = (words, self._authors.pop(name))
                self._troubles[name] = Trouble("finding", said)
        self.open = tuple(name for name in self.work.fields if name in self._before)

    def next_step(self, repairs: int, has_stronger: bool) -> Again | None:
        """Decide who tries next, and count it; None where nobody does."""
        troubles = {name: trouble for name, trouble in self._troubles.items() if name in self.open}
        step = next_try(self._tries, troubles, repairs, has_stronger) if self.open else None
        if step:
            self._tries = self._tries.after(step)
        return step

    def answer(self) -> Answer:
        """Close the draft: what no model could write comes from the house writer. Raises Unwritten where a person has to write."""
        fields = dict(self._taken)
        authors = dict(self._authors)
        reasons: list[Reason] = []
        for name in self.work.fields:
            if name in fields:
                continue
            if name in self._before:
                fields[name], authors[name] = self._before[name]
                continue
            trouble = self._troubles.get(name, Trouble("malformed", "nothing that could be taken came back"))
            instead = self._instead(name, trouble)
            if instead is None:
                reasons.append(Reason(_sentence(name, trouble), id=self.work.asset))
            else:
                fields[name], authors[name] = instead, HOUSE
        in_order = {name: fields[name] for name in self.work.fields if name in fields}
        main = next((author for name in in_order if (author := authors[name]) != HOUSE), HOUSE)
        others = {name: author for name, author in authors.items() if author != main}
        bill = self._bill
        answer = Answer(in_order, main, bill.calls, bill.tokens, bill.cost, bill.estimated, others, self._interventions)
        if reasons:
            raise Unwritten(answer, reasons)
        return answer

    def _instead(self, name: str, trouble: Trouble) -> str | None:
        """Give the house writer's words, or nothing where a field may be empty; None where a person is needed: always after repeated drift."""
        if trouble.kind == "drift":
            return None
        if self.work.fallback.get(name):
            return self.work.fallback[name]
        return "" if trouble.kind == "missing" and name in self.work.optional else None


def trouble_of(stop: Stop) -> Trouble:
    """Tell drift, which the words themselves betray, from a finished field that does not do, and from one that is too long."""
    if stop.rule == "channel-limit":
        return Trouble("over-long", stop.guidance)
    return Trouble("drift" if stop.level in ("token", "sentence") else "finding", stop.guidance)


def _sentence(name: str, trouble: Trouble) -> str:
    match trouble.kind:
        case "drift":
            return f"{name} was stopped each time: {trouble.said}"
        case "missing":
            return f"{name} cannot be written from the strategy; missing: {trouble.said}"
        case "refused":
            return f"the model would not write {name}: {trouble.said}"
        case _:
            return f"{name} could not be written: {trouble.said}"


def interventions_of(work: Work, heard: Listener, step: Again | None) -> Iterator[Intervention]:
    """Put stops on record: what was said against the words, and who tries next; those first that were only watched."""
    for stop in heard.let_through():
        yield replace(_intervention(work, stop, "none", stop.written), shadow=True)
    if heard.stop:
        yield _intervention(work, heard.stop, "person" if step is None else "stronger" if step == "stronger" else "again", heard.tokens)


def _intervention(work: Work, stop: Stop, step: Step, tokens: int) -> Intervention:
    behind = work.fields[work.fields.index(stop.field) :] if stop.field in work.fields else work.fields
    planned = sum(max(len(work.fallback.get(name, "")), USUAL) for name in behind) // LETTERS_A_TOKEN
    return Intervention(
        work.task, work.asset, stop.field, stop.rule, stop.ref, stop.words, stop.level, stop.guidance,
        step, tokens, max(0, planned - tokens), said=stop.said,
    )  # fmt: skip
