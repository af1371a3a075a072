"""The only reader of library files: channels and playbooks, ours and the user's own. What a file means is not decided here.

A `library/` folder beside the campaign has the same shape as ours; its file of the same name wins.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar, cast

import yaml

from concerted.campaign.deliverable import NONE
from concerted.campaign.facets import Value
from concerted.campaign.playbook import Playbook
from concerted.campaign.spelling import did_you_mean
from concerted.errors import NotFound, Problem, UserError

if TYPE_CHECKING:
    from concerted.campaign.channel import Channel

Noun = TypeVar("Noun", "Channel", Playbook)
Kind: TypeAlias = Literal["channel", "playbook"]
OURS = Path(str(files("concerted") / "library"))
PLACES: Mapping[Kind, tuple[str, str]] = {"channel": ("channels", ".toml"), "playbook": ("playbooks", ".yaml")}
"""Kind -> its folder in a library, and how its files end."""
FASTEST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the catalog and the file that holds it."""

    kind: Kind
    id: str
    file: Path
    own: bool = False
    """True where the file comes from the user's library."""
    wins: bool = False
    """True where the user's file stands in for one of ours."""


@dataclass(frozen=True)
class Catalog:
    """All that is data: the shipped library, and above it the one in `folder` (`folder/library`) where there is one."""

    folder: Path | None = None

    def items(self) -> tuple[Item, ...]:
        """List every channel and playbook with the file that counts. No file is read."""
        return tuple(item for kind in PLACES for item in self._of(kind).values())

    def channels(self) -> "dict[str, Channel]":
        """Read all channels by slug. Raises UserError naming every file that cannot be read."""
        return _all(_channel, self._of("channel"))

    def playbooks(self) -> dict[str, Playbook]:
        """Read all playbooks by slug. Raises UserError naming every file that cannot be read."""
        return _all(self._read_playbook, self._of("playbook"))

    def playbook(self, slug: str) -> Playbook:
        """Read one playbook. Raises NotFound with what was probably meant, UserError where its file cannot be read."""
        known = self._of("playbook")
        if slug not in known:
            raise NotFound(f"There is no playbook {slug}.", next=did_you_mean(slug, known))
        return self._read_playbook(*_state(known[slug].file))

    def starter(self) -> Mapping[str, Any]:
        """Read the invented answers of a new campaign. They hold placeholders for days and names."""
        return _parsed(OURS / "starter.yaml")

    def questions(self) -> Mapping[str, Any]:
        """Read which lines `init --ask` asks for, and what follows from the answers."""
        return _parsed(OURS / "questions.yaml")

    def asking(self, language: str) -> tuple[str, Mapping[str, Any]]:
        """Read the words in which `init --ask` asks in a language, else the English ones: `(language, words)`."""
        known = language if language.isalpha() and (OURS / f"asking.{language}.yaml").is_file() else "en"
        return known, _parsed(OURS / f"asking.{known}.yaml")

    def tabs(self) -> Mapping[str, list[str]]:
        """Read which parts of the campaign file stand on which tab of the strategy workbook."""
        return cast("Mapping[str, list[str]]", _parsed(OURS / "tabs.yaml"))

    def brief_words(self) -> Mapping[str, Any]:
        """Read the words by which briefs name their parts; the user's own file stands in for ours."""
        own = self.folder / "library" / "brief.yaml" if self.folder else None
        return _parsed(own if own and own.is_file() else OURS / "brief.yaml")

    def _read_playbook(self, file: Path, touched: int, size: int) -> Playbook:
        playbook = _playbook(file, touched, size)
        known = (*self._of("channel"), NONE)
        problems = [
            Problem(f"there is no channel {plan.channel}", did_you_mean(plan.channel, known), f"deliverables.{slug}.channel", str(file))
            for slug, plan in playbook.deliverables.items()
            if plan.channel not in known
        ]
        if problems:
            raise UserError(f"The playbook {playbook.slug} cannot be used.", problems=problems)
        return playbook

    def channel_facets(self) -> dict[str, Value]:
        """Give all limits as `channel.<slug>.<field>.<name>`, to be stored at adoption."""
        return {path: value for channel in self.channels().values() for path, value in channel.as_facets().items()}

    def _of(self, kind: Kind) -> dict[str, Item]:
        ours = {item.id: item for item in _listed(OURS, kind)}
        own = {item.id: item for item in _listed(self.folder / "library", kind)} if self.folder else {}
        theirs = {slug: Item(kind, slug, item.file, own=True, wins=slug in ours) for slug, item in own.items()}
        return dict(sorted({**ours, **theirs}.items()))


def _listed(library: Path, kind: Kind) -> list[Item]:
    room, ending = PLACES[kind]
    return [Item(kind, file.stem, file) for file in sorted((library / room).glob(f"*{ending}"))]


def _all(read: Callable[[Path, int, int], Noun], items: Mapping[str, Item]) -> dict[str, Noun]:
    found: dict[str, Noun] = {}
    problems: list[Problem] = []
    for slug, item in items.items():
        try:
            found[slug] = read(*_state(item.file))
        except UserError as broken:
            problems.extend(broken.problems)
    if problems:
        raise UserError("The library cannot be read.", problems=problems)
    return found


def _state(file: Path) -> tuple[Path, int, int]:
    """Give what a reading is remembered by: a file that was touched is read again."""
    found = file.stat()
    return file, found.st_mtime_ns, found.st_size


@lru_cache(maxsize=256)
def _channel(file: Path, _touched: int, _size: int) -> "Channel":
    from concerted.campaign.channel import Channel

    return _meaning(file, lambda data: Channel.from_data(file.stem, data))


@lru_cache(maxsize=64)
def _playbook(file: Path, _touched: int, _size: int) -> Playbook:
    return _meaning(file, lambda data: Playbook.from_data(file.stem, data))


def _meaning(file: Path, read: Callable[[Mapping[str, Any]], Noun]) -> Noun:
    """Read a file and make sense of it; whatever is wrong becomes a UserError whose problems name the file."""
    try:
        return read(_parsed(file))
    except UserError as broken:
        named = [Problem(p.message, p.remedy, p.ref, str(file), p.line, p.column) for p in broken.problems]
        raise UserError(broken.message, problems=named) from broken


def _parsed(file: Path) -> Mapping[str, Any]:
    try:
        text = file.read_text(encoding="utf-8")
        data: object = tomllib.loads(text) if file.suffix == ".toml" else _loaded(text)
    except (tomllib.TOMLDecodeError, yaml.YAMLError, UnicodeDecodeError, OSError) as broken:
        said = " ".join(str(broken).split())
        raise UserError(f"{file.name} cannot be read.", problems=[_at(broken, said)]) from broken
    if not isinstance(data, Mapping):
        raise UserError(
            f"{file.name} cannot be read.", problems=[Problem("the file holds no entries", "start from a shipped one: concerted catalog")]
        )
    return cast("Mapping[str, Any]", data)


def _loaded(text: str) -> object:
    """Read YAML by libyaml where it is at hand; what it does not take is said in the words of the pure parser, the same on every machine."""
    try:
        return yaml.load(text, Loader=FASTEST)
    except yaml.YAMLError:
        return yaml.safe_load(text)


def _at(broken: Exception, said: str) -> Problem:
    mark = broken.problem_mark if isinstance(broken, yaml.MarkedYAMLError) else None
    return Problem(said, line=mark.line + 1, column=mark.column + 1) if mark else Problem(said)
