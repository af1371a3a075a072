"""What is said on stderr while a verb takes its time: a moving line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from rich.status import Status

from concerted.cli.sheet import console
from concerted.cli.text import clean, count

EVERY = 5.0
"""Seconds between two lines about the same, where no line can move."""


class Busy:
    """Says what a session is doing. Use it as a context and as the session's progress."""

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._console = console(talk=True)
        self._status = Status(f"{doing} …", console=self._console) if doing and self._console.is_terminal else None
        self._answers = self._wanted = self._active = 0
        self._said_at = time.monotonic()

    def __enter__(self) -> Busy:
        if self._status:
            self._status.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._status:
            self._status.stop()

    def __call__(self, what: str, details: Mapping[str, Any]) -> None:
        """Take note of what happened."""
        match what:
            case "drafted":
                self._say(f"{count(len(details['assets']), 'text')} drafted")
            case "landed":
                self._say(f"{details['change']} has landed")
            case "returned" if details.get("error"):
                self._say(f"{details['asset']}: {details['error']}")
            case "returned":
                self._answers += 1
                self._move()
            case "waiting":
                self._wanted, self._active = int(details["wanted"]), int(details["active"])
                self._move()
            case "stopped":
                verb = "would be stopped" if details["shadow"] else "stopped"
                self._say(f"{details['asset']}: {details['field']} {verb} at “{details['words']}” ({details['rule']}). {details['guidance']}")
            case "cancelled":
                self._say(f"{count(int(details['tasks']), 'call')} stopped: nobody wants them any more")
            case "following":
                self._say("Another process is at work on this campaign. This one watches, and goes on when that one has ended.")
            case _:
                pass

    @contextmanager
    def paused(self) -> Generator[None]:
        """Stand still while somebody is asked."""
        if self._status:
            self._status.stop()
        yield
        if self._status:
            self._status.start()

    def _say(self, text: str) -> None:
        self._console.print(clean(text), style="bright_black")
        self._said_at = time.monotonic()

    def _move(self) -> None:
        """Say how far the model is: in place on a terminal, now and then elsewhere."""
        if not self._wanted and not self._answers:
            return
        said = f"{count(self._answers, 'answer')} from the model, {self._wanted} wanted, {self._active} under way"
        if self._status:
            self._status.update(f"{self._doing} … {said}")
        elif time.monotonic() - self._said_at >= EVERY:
            self._say(said)
