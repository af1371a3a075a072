"""The script of a scene: which example it plays, on which days, and what its people edit, write and answer. Data of the package, one file a scene."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from concerted.errors import NotFound

SCENES = ("small-hours", "listening-post")


@dataclass(frozen=True)
class Filed:
    """A file that somebody hands in, and what they say about it."""

    asset: str
    file: str
    """Inside the example's folder."""
    by: str
    words: str = ""
    alt: str = ""
    rights: str = ""
    expires: str = ""
    shows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Script:
    """What people do. Numbers are none of it: they are counted when it is played."""

    example: str
    first_day: str
    when: str
    """How long before the launch the first day is, in words."""
    today: str
    """The day of the mail."""
    manager: str
    signers: tuple[str, ...]
    sender: str
    sender_says: str
    shown: str
    """The asset of which a few lines are shown."""
    groups: tuple[str, ...]
    """What is released while another market waits for its words."""
    mail: str
    writers: Mapping[str, str]
    """Language -> who edits texts in it."""
    drift: bool = False
    handed_over: str = ""
    """Lines for the campaign file once something has left the house."""
    files: tuple[Filed, ...] = ()
    """What a studio made, and who hands it in once the texts are read."""
    new_files: tuple[Filed, ...] = ()
    """The files that answer a change which holds the earlier ones."""
    worded: Mapping[str, str] = field(default_factory=dict[str, str])
    """Line -> what the sender writes into it."""
    wordings: Mapping[str, str] = field(default_factory=dict[str, str])
    """Wording -> the words that somebody writes; of the others the English stay and the German waits."""
    edits: tuple[tuple[str, str, str], ...] = ()
    """(asset, field, words)."""
    every_second: tuple[tuple[str, str], ...] = ()
    """(phrase, other phrase): how every second asset is reworded where `edits` are none."""

    def edits_of(self, texts: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str, str]]:
        """Say which field of which drafted asset reads how once people have edited. Raises NotFound for a text that no phrase fits."""
        yield from self.edits
        for asset, values in list(texts.items())[1::2] if self.every_second else ():
            yield (asset, *_reworded(asset, values, self.every_second))

    def writer_of(self, asset: str) -> str:
        """Tell who edits a text: the writer of its market's language."""
        return self.writers.get(asset.split(".")[3], self.writers["en"])


def _reworded(asset: str, values: Mapping[str, str], phrases: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    for old, new in phrases:
        for name, text in values.items():
            if old in text:
                return name, text.replace(old, new)
    raise NotFound(f"No phrase of the scene fits {asset}.", next="add one to every_second in its file")


def script(example: str) -> Script:
    """Read the script of a scene."""
    import yaml

    data: dict[str, Any] = yaml.safe_load((files("concerted.cli") / "scenes" / f"{example}.yaml").read_text(encoding="utf-8"))
    edits = tuple((asset, name, words) for asset, name, words in data.pop("edits", ()))
    phrases = tuple((old, new) for old, new in data.pop("every_second", ()))
    data |= {name: tuple(_filed(row) for row in data.get(name, ())) for name in ("files", "new_files")}
    data |= {name: str(data[name]) for name in ("first_day", "today")} | {name: tuple(data[name]) for name in ("signers", "groups")}
    return Script(**data, edits=edits, every_second=phrases)


def _filed(row: Mapping[str, Any]) -> Filed:
    said: dict[str, Any] = {**row, "expires": str(row.get("expires", "")), "shows": tuple(row.get("shows", ()))}
    return Filed(**said)


def example_folder(name: str) -> Path:
    """Find a shipped example: inside the installed package, or beside the sources."""
    packed = Path(str(files("concerted"))) / "examples" / name
    found = packed if packed.is_dir() else Path(__file__).resolve().parents[3] / "examples" / name
    if not found.is_dir():
        raise NotFound("The example is not part of this installation.", next="concerted init my-campaign --playbook product-launch")
    return found
