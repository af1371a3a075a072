"""The working copy as verbs use it: read it, put landed lines into it, lay files beside it. Nothing here knows what a change means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from concerted.campaign.facets import Tree, Value
from concerted.campaign.strategy import keys_of, leaf_at
from concerted.errors import Reason, Refused, UserError
from concerted.folder.source import ROOT, Source, read_folder
from concerted.folder.splice import splice, table_of
from concerted.folder.tables.writing import cell_of
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

    def cell(self, ref: str, *, goes: bool = False) -> str:
        """Say in which cell of a table a line stands, or would: `claims.xlsx, Claims:row 7, column until`.

        Empty for a line of YAML, and for one that `goes` and is gone from the table already.
        """
        if leaf_at(ref) is None:
            return ""
        source, keys = self.source(), keys_of(ref)
        page = table_of(source, keys)
        layout = page.layout_of(keys) if page else None
        gone = goes and (layout is None or not layout.row_of(keys))
        return f"{page.name}, {cell_of(page, keys)}" if page and not gone else ""

    def check_splice(self, rows: Iterable[tuple[str, Value]]) -> None:
        """Make sure that leaves can be set or removed in the files. Raises Refused with the line to type, or the file to close."""
        self._refuse_open(splice(self.source(), tuple(rows)))

    def put(self, rows: Iterable[tuple[str, Value]]) -> tuple[str, ...]:
        """Set or remove leaves in the files and nothing else. Gives the names of the files written."""
        source = self.source()
        files = splice(source, tuple(rows))
        self._refuse_open(files)
        write(self.folder, files, source.files)
        return tuple(files)

    def _refuse_open(self, files: Iterable[str]) -> None:
        """Refuse to write under the hands of somebody who has a table open: their program would put the old cells back."""
        paths = [self.folder / name for name in files]
        marks = [(path, mark) for path in paths for mark in (f"~${path.name}", f".~lock.{path.name}#") if path.with_name(mark).is_file()]
        reasons = [
            Reason(f"{path.name} is open in a spreadsheet program", f"close it there and run the command again; if nobody has it open, delete {mark}")
            for path, mark in marks
        ]
        if reasons:
            raise Refused("Nothing was written.", reasons=reasons)


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def lay(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder that may not exist yet, each at once."""
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
    write(folder, files, {})
