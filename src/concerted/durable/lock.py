"""Locks of the operating system on files: held by a process, free the moment it is gone, however it went."""

import fcntl
import os
from pathlib import Path


class Lock:
    """One lock on one file. The file stays; only who holds it matters."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._held: int | None = None

    def take(self) -> bool:
        """Take the lock without waiting; tell whether it is ours now."""
        if self._held is not None:
            return True
        self.file.parent.mkdir(parents=True, exist_ok=True)
        opened = os.open(self.file, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(opened)
            return False
        self._held = opened
        return True

    def release(self) -> None:
        """Let go of the lock where it is ours."""
        if self._held is not None:
            os.close(self._held)
            self._held = None
