"""Lets somebody listen in on the writers while they write: every word as it comes, and every stop. Changes nothing of what is heard."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeAlias

from concerted.campaign.intervention import Stop, Verdict
from concerted.campaign.work import Work
from concerted.llm.listening import Watcher

Watch: TypeAlias = Callable[[Work, Mapping[str, str]], Watcher]


class Overhear(Protocol):
    """Who listens in."""

    def began(self, work: Work) -> None:
        """Hear that a call begins."""
        ...

    def said(self, name: str, token: str) -> None:
        """Hear the next words of a field."""
        ...

    def stopped(self, stop: Stop) -> None:
        """Hear that the stream is stopped here."""
        ...


class _Overheard:
    """A watcher whose every answer is told on."""

    def __init__(self, watcher: Watcher, who: Overhear) -> None:
        self._watcher = watcher
        self._who = who

    def feed(self, name: str, token: str) -> Verdict:
        """Tell the words, then what the watcher says to them."""
        self._who.said(name, token)
        return self._told(self._watcher.feed(name, token))

    def finish_field(self, name: str) -> Verdict:
        """Tell what the watcher says to a whole field."""
        return self._told(self._watcher.finish_field(name))

    def finish(self) -> Verdict:
        """Tell what the watcher says to the whole."""
        return self._told(self._watcher.finish())

    def let_through(self) -> Sequence[Stop]:
        """Pass on what was only watched."""
        return self._watcher.let_through()

    def _told(self, verdict: Verdict) -> Verdict:
        if isinstance(verdict, Stop):
            self._who.stopped(verdict)
        return verdict


def overheard(watch: Watch, who: Overhear) -> Watch:
    """Give the same watch with somebody who listens in."""

    def begin(work: Work, accepted: Mapping[str, str]) -> Watcher:
        who.began(work)
        return _Overheard(watch(work, accepted), who)

    return begin
