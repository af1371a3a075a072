"""Fetches published pieces by the user's own pip (or uv) into a folder of the cache. Which index is asked is that tool's setting."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import TypeAlias

from concerted.errors import Problem, Unavailable, UserError

Watch: TypeAlias = Callable[[int], None]
"""Hears how many bytes of a piece are there."""
LOOK = 0.3
"""Seconds between two looks at what has come."""
_ADDRESS = re.compile(r"\b[\w+.-]+://\S+")
_QUIET = {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_TARGET": ""}


def installer() -> list[str]:
    """Give the command that installs a piece: this Python's pip, else uv. Raises UserError where there is neither."""
    if find_spec("pip") is not None:
        return [sys.executable, "-m", "pip", "install", "--no-cache-dir", "--no-compile", "--quiet"]
    if uv := which("uv"):
        return [uv, "pip", "install", "--quiet", "--python", sys.executable]
    raise UserError("Neither pip nor uv is here to fetch the pieces with.", next=f"{sys.executable} -m ensurepip, then again")


def fetch(requirement: str, target: Path, watch: Watch, command: Sequence[str] | None = None) -> Path:
    """Fetch one piece into a folder of its own; one that is there already is not fetched again.

    Raises Unavailable with what the installer said last. A fetch that is broken off leaves nothing that would be taken for a piece.
    """
    if target.is_dir():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="fetching-", dir=target.parent) as at:
        folder = Path(at)
        (folder / "tmp").mkdir()
        line = [*(command or installer()), "--no-deps", "--only-binary", ":all:", "--target", str(folder / "piece"), requirement]
        code, said = _run(line, {**os.environ, **_QUIET, "TMPDIR": str(folder / "tmp")}, lambda: watch(_size(folder)))
        if code or not (folder / "piece").is_dir():
            raise Unavailable(
                f"{requirement} could not be fetched.",
                problems=[Problem(_last(said))],
                next="see that pip can install packages here, then concerted models install local; it goes on from where it is",
            )
        if not target.is_dir():
            (folder / "piece").replace(target)
    return target


def _run(line: Sequence[str], environment: dict[str, str], look: Callable[[], None]) -> tuple[int, str]:
    """Run the installer, looking at what has come meanwhile; killed where we are broken off."""
    held = {name: value for name, value in environment.items() if value}
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        child = subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said, env=held)
        try:
            while True:
                try:
                    code = child.wait(LOOK)
                    break
                except subprocess.TimeoutExpired:
                    look()
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
        said.seek(0)
        return code, said.read()


def _size(folder: Path) -> int:
    total = 0
    for at, _folders, names in os.walk(folder):
        for name in names:
            # The installer moves its files about while we count.
            total += file.stat().st_size if (file := Path(at) / name).exists() else 0
    return total


def _last(said: str) -> str:
    """Give the installer's last complaint, without addresses: an index may have a password in its own."""
    lines = [" ".join(line.split()) for line in said.splitlines() if line.strip()]
    told = next((line for line in reversed(lines) if line.lower().startswith("error")), lines[-1] if lines else "it said nothing")
    return _ADDRESS.sub("(an address)", told)[:300]
