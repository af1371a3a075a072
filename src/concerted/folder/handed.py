"""Files that people hand in: their hash, size, kind and, for pictures, their size in pixels. They are only read, and never as a whole."""

import hashlib
import mimetypes
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias

from concerted.campaign.outside import HandedFile

CHUNK = 1 << 20
HEAD = 64
UNKNOWN = "application/octet-stream"
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"ID3", "audio/mpeg"),
)
SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp")
MOST_SHOWN = 1_500_000
"""Pictures up to so many bytes are put into previews."""
State: TypeAlias = Literal["untouched", "altered", "missing"]


@dataclass(frozen=True, slots=True)
class Seen:
    """What reading a file told."""

    sha256: str
    size: int
    kind: str
    pixels: tuple[int, int] | None = None


def look_at(file: Path) -> Seen:
    """Read a file once: hash, size, kind, pixels. Raises OSError where it cannot be read."""
    digest, size = hashlib.sha256(), 0
    with file.open("rb") as stream:
        head = stream.read(HEAD)
        stream.seek(0)
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
        kind = _kind(head, file.name)
        stream.seek(0)
        return Seen(digest.hexdigest(), size, kind, _pixels(stream, head, kind))


def place_of(file: Path, folder: Path) -> str:
    """Spell where a file lies: relative to the campaign's folder where it is inside, else in full."""
    real = file.resolve()
    return real.relative_to(folder).as_posix() if real.is_relative_to(folder) else str(real)


def state_of(file: HandedFile, folder: Path) -> State:
    """Tell whether a file is still the one that was handed in."""
    place = folder / file.path
    try:
        if not place.is_file():
            return "missing"
        if place.stat().st_size != file.size:
            return "altered"
        return "untouched" if look_at(place).sha256 == file.sha256 else "altered"
    except OSError:
        return "missing"


def picture_of(file: HandedFile, folder: Path) -> bytes:
    """Give the bytes of a small picture that any browser can show, as it was handed in; empty for everything else."""
    if file.kind not in SHOWN or file.size > MOST_SHOWN or state_of(file, folder) != "untouched":
        return b""
    return (folder / file.path).read_bytes()


def copy_to(file: HandedFile, folder: Path, target: Path) -> bool:
    """Copy a file as it was handed in, piece by piece; False where it is another by now or gone, and then nothing is left behind."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    digest = hashlib.sha256()
    try:
        with (folder / file.path).open("rb") as source, part.open("wb") as copy:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                copy.write(chunk)
        if digest.hexdigest() == file.sha256:
            part.replace(target)
            return True
    except FileNotFoundError:
        return False
    finally:
        part.unlink(missing_ok=True)
    return False


def _kind(head: bytes, name: str) -> str:
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE"):
        return "image/webp" if head[8:12] == b"WEBP" else "audio/wav"
    if head[4:8] == b"ftyp":
        return "image/avif" if head[8:12] == b"avif" else "video/mp4"
    return mimetypes.guess_type(name, strict=False)[0] or UNKNOWN


def _pixels(stream: BinaryIO, head: bytes, kind: str) -> tuple[int, int] | None:
    """Read a picture's width and height out of its head; None where it has none, or breaks off."""
    try:
        match kind:
            case "image/png":
                return struct.unpack(">II", head[16:24])
            case "image/gif":
                return struct.unpack("<HH", head[6:10])
            case "image/webp":
                return _webp(head)
            case "image/jpeg":
                return _jpeg(stream)
            case _:
                return None
    except struct.error:
        return None


def _webp(head: bytes) -> tuple[int, int] | None:
    form = head[12:16]
    if form == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if form == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", head[26:30])
    return width & 0x3FFF, height & 0x3FFF


_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG segments that begin a frame and say how big it is."""


def _jpeg(stream: BinaryIO) -> tuple[int, int] | None:
    stream.seek(2)
    while True:
        mark, kind, length = struct.unpack(">BBH", stream.read(4))
        if mark != 0xFF or length < 2:
            return None
        if kind in _FRAMES:
            _bits, height, width = struct.unpack(">BHH", stream.read(5))
            return width, height
        stream.seek(length - 2, 1)
