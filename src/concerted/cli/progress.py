"""What is said on stderr while a verb takes its time: a moving line on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from rich.status import Status

from concerted.cli.sheet import console
from concerted.cli.text import clean, count


class Busy:
    """Says what a session is doing. Use it as a context and as the session's progress."""

    def __init__(self, doing: str) -> None:
        self._console = console(talk=True)
        self._status = Status(f"{doing} …", console=self._console) if doing and self._console.is_terminal else None

    def __enter__(self) -> Busy:
        if self._status:
            self._status.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._status:
            self._status.stop()

    def __call__(self, what: str, details: Mapping[str, Any]) -> None:
        """Take note of what happened."""
        said = _said(what, details)
        if said:
            self._console.print(clean(said), style="bright_black")

    @contextmanager
    def paused(self) -> Generator[None]:
        """Stand still while somebody is asked."""
        if self._status:
            self._status.stop()
        yield
        if self._status:
            self._status.start()


def _said(what: str, details: Mapping[str, Any]) -> str:
    match what:
        case "drafted":
            return f"{count(len(details.get('assets', ())), 'text')} drafted"
        case "landed":
            return f"{details.get('change', '')} has landed"
        case "waiting":
            return f"waiting for {count(int(details.get('tasks', 0)), 'text')} from the model"
        case "returned":
            return f"{details.get('asset', '')} came back"
        case _:
            return ""
