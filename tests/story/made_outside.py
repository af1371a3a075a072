"""Pieces made outside for the example: the lines that ask for them, and files as an agency would send them."""

import struct
import zlib
from pathlib import Path

HERO, WALL, DECK = "picture.web.-.us.hero", "booth.-.-.us.wall", "deck.-.-.us.pitch"
SLOTS = """
outside:
  hero:
    what: picture
    who: Studio Nord
    brief: The counter at six in the morning, a repaired bike on it.
    market: us
    channel: web
    shown_in: [landing-page.web.shops.us.-]
  wall:
    what: booth
    who: Messebau Kern
    needed_by: 2027-02-19
    market: us
  pitch:
    what: deck
    made_by: person
    market: us
"""


def ask_for_slots(folder: Path) -> None:
    """Write the lines below the campaign file."""
    file = folder / "campaign.yaml"
    file.write_text(file.read_text(encoding="utf-8") + SLOTS, encoding="utf-8")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, grey: int = 80) -> bytes:
    """Make a picture of one colour."""
    rows = (b"\0" + bytes([grey, grey, grey]) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
