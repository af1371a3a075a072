"""Listens to one answer: reads its fields, shows every piece to the watcher, and has enough when the watcher has."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from concerted.campaign.intervention import Cancel, Stop, Verdict
from concerted.campaign.work import Work
from concerted.llm.answer import reader_for
from concerted.llm.asking import letters
from concerted.llm.configured import Style
from concerted.llm.examining import Given
from concerted.llm.model import Ending
from concerted.llm.slots import Filling

PREAMBLE = 200
"""Pieces before the first field that are remembered, to say why there was none."""


class Watcher(Protocol):
    """Looks at one answer while it is written."""

    def feed(self, name: str, token: str) -> Verdict:
        """Take the next words of a field; says whether the answer may go on."""
        ...

    def finish_field(self, name: str) -> Verdict:
        """Hear that a field is over."""
        ...

    def finish(self) -> Verdict:
        """Hear that the answer is over."""
        ...

    def let_through(self) -> Sequence[Stop]:
        """List what was only watched and would otherwise have been stopped."""
        ...


class Listener:
    """A sink for one answer. Also has enough where a field runs on and on."""

    def __init__(self, work: Work, fields: tuple[str, ...], style: Style, watcher: Watcher, slots: Mapping[str, str] | None = None) -> None:
        self.reader = reader_for(style, fields, self)
        self.stop: Stop | None = None
        self.cancel: Cancel | None = None
        self.over_long = ""
        self.tokens = 0
        self._outside: list[str] = []
        self._letters = {name: letters(work, name) for name in fields}
        self._watcher = watcher
        self._filling = Filling(slots or {})

    def take(self, text: str) -> bool:
        """Take the next piece."""
        text = self._filling.take(text)
        self.tokens += 1
        if not self.reader.values and len(self._outside) < PREAMBLE:
            self._outside.append(text)
        return self.reader.take(text)

    def words(self, name: str, piece: str) -> bool:
        """Hear the next words of a field, as the reader passes them on."""
        if len(self.reader.values[name]) > self._letters[name]:
            self.over_long = name
            return True
        return self._stops(self._watcher.feed(name, piece))

    def ended(self, name: str) -> bool:
        """Hear that a field is over."""
        return self._stops(self._watcher.finish_field(name))

    def finish(self) -> None:
        """Hear that the answer came to its end."""
        if not (self.stop or self.cancel):
            self._stops(self._watcher.finish())

    def let_through(self) -> Sequence[Stop]:
        """List what the watcher would have stopped, had it not only watched."""
        return self._watcher.let_through()

    def _stops(self, verdict: Verdict) -> bool:
        match verdict:
            case Stop():
                self.stop = verdict
            case Cancel():
                self.cancel = verdict
            case _:
                return False
        return True

    def given(self, ending: Ending | None, said: str) -> Given:
        """Give the answer as it was read; `said` is why the model would not."""
        return Given(self.reader.values, frozenset(self.reader.complete), ending, said or "".join(self._outside).strip(), self.over_long)
