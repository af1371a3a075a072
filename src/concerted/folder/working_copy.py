"""The working copy as verbs use it: read it, put landed lines into it, lay files beside it. Nothing here knows what a change means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from concerted.campaign.facets import Tree, Value
from concerted.errors import UserError
from concerted.folder.source import ROOT, Source, read_folder
from concerted.folder.splice import splice
from concerted.folder.write import write


@dataclass(frozen=True)
class WorkingCopy:
    """The files of one campaign folder; `root` is the one that includes the others."""

    folder: Path
    root: str = ROOT
    _last: list[Source] = field(default_factory=list[Source], compare=False, repr=False)
    """What was last read without a mistake that stops it: files that hold the same bytes say the same."""

    def source(self) -> Source:
        """Read the files with the place of everything. Raises UserError with every mistake that stops them."""
        if self._last and all(_bytes(self.folder / name) == data for name, data in self._last[0].files.items()):
            return self._last[0]
        self._last.clear()
        source = read_folder(self.folder, self.root)
        stopping = [problem for problem in source.problems if problem.severity == "file"]
        if stopping or source.strategy is None:
            raise UserError("The campaign file cannot be read. Nothing was changed.", problems=stopping, next="concerted check")
        self._last.append(source)
        return source

    def read(self) -> Tree:
        """Read the strategy."""
        return self.source().tree

    def check_splice(self, rows: Iterable[tuple[str, Value]]) -> None:
        """Make sure that leaves can be set or removed in the files. Raises Refused with the line to type."""
        splice(self.source(), tuple(rows))

    def put(self, rows: Iterable[tuple[str, Value]]) -> tuple[str, ...]:
        """Set or remove leaves in the files and nothing else. Gives the names of the files written."""
        source = self.source()
        files = splice(source, tuple(rows))
        write(self.folder, files, source.files)
        return tuple(files)


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def lay(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder that may not exist yet, each at once."""
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
    write(folder, files, {})
