"""Files written so that a reader sees the old one or the new one, never half of it. The only place of this room that writes."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from concerted.errors import Reason, Refused


def write(folder: Path, files: Mapping[str, bytes], expected: Mapping[str, bytes]) -> None:
    """Replace files of a folder by new bytes, each atomically and safe against power loss.

    `expected` holds the bytes that the new ones were computed from: Refused, with nothing written, where a file is no longer that.
    """
    targets = {name: (folder / name).resolve() for name in files}
    staged: dict[str, Path] = {}
    try:
        for name, target in targets.items():
            staged[name] = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
            _stage(staged[name], target, files[name])
        moved = [name for name, target in targets.items() if name in expected and _now(target) != expected[name]]
        if moved:
            said = [Reason(f"{name} was changed while Concerted was at work", "run the command again") for name in moved]
            raise Refused("Nothing was written.", reasons=said)
        for name, target in targets.items():
            os.replace(staged[name], target)
    finally:
        for path in staged.values():
            path.unlink(missing_ok=True)
    for parent in {target.parent for target in targets.values()}:
        _settle(parent)


def _now(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _stage(staged: Path, target: Path, data: bytes) -> None:
    """Write the new bytes beside the target, with its permissions, and wait until they are on the disk."""
    with staged.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if target.exists():
        staged.chmod(target.stat().st_mode & 0o777)


def _settle(folder: Path) -> None:
    """Wait until the names of a folder are on the disk, where the system knows how."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
