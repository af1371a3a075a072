"""A file of answers by short name: read with the place of every mistake, and written so that it is read back. Knows no question."""

from collections.abc import Mapping
from pathlib import Path

from concerted.errors import NotFound, Problem, UserError
from concerted.folder.nodes import Pairs, Text
from concerted.folder.page import decode
from concerted.folder.slips import read
from concerted.folder.style import Manner, pair
from concerted.folder.write import write

KEPT = "answers.yaml"
"""Where answers are kept while they are given."""


class Answers(dict[str, str]):
    """Answers by short name; `places` says in which line and column of `file` each stands."""

    def __init__(self, given: Mapping[str, str], file: str = "", places: Mapping[str, tuple[int, int]] | None = None) -> None:
        super().__init__(given)
        self.file = file
        self.places: Mapping[str, tuple[int, int]] = places or {}

    def located(self, name: str, problem: Problem) -> Problem:
        """Give a problem with an answer its place."""
        line, column = self.places.get(name, (0, 0))
        return Problem(problem.message, problem.remedy, name, self.file, line, column)


def read_answers(name: str, data: bytes) -> Answers:
    """Read `name: text` lines. Raises UserError with everything that cannot be read; what is empty is left open."""
    page, garbled = decode(name, data)
    root, page, slips = read(page)
    wrong = [Problem(slip.message, slip.remedy, slip.ref, name, *page.place(slip.offset)) for slip in (*garbled, *slips)]
    if not wrong and root is not None and not isinstance(root, Pairs):
        wrong.append(Problem("this is no list of answers", "write one answer a line, like promise: The text.", "", name, 1, 1))
    given: dict[str, str] = {}
    places: dict[str, tuple[int, int]] = {}
    for item in root.pairs if isinstance(root, Pairs) else ():
        key, place = item.key.value, page.place(item.key.start)
        if not isinstance(item.value, Text):
            wrong.append(Problem(f"{key} takes one text", "put the text in quotes if it contains : or begins with [ or {", key, name, *place))
        else:
            given[key], places[key] = ("" if item.value.missing else item.value.value.strip()), page.place(item.value.start)
    if wrong:
        raise UserError(f"{name} cannot be read.", problems=wrong)
    return Answers(given, name, places)


def answers_of(file: Path) -> Answers:
    """Read a file of answers. Raises NotFound where there is none."""
    if not file.is_file():
        raise NotFound(f"There is no file {file}.")
    return read_answers(file.name, file.read_bytes())


def keep_answers(folder: Path, given: Mapping[str, str]) -> None:
    """Keep what was answered so far, what was left open included, so that stopping loses nothing and the place is known."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [pair(name, text, Manner(quotes='"')) for name, text in given.items()]
    write(folder, {KEPT: ("\n".join(lines) + "\n").encode()}, {})


def kept_answers(folder: Path) -> Answers:
    """Give what was kept before; nothing where there is no such file."""
    return answers_of(folder / KEPT) if (folder / KEPT).is_file() else Answers({})


def forget_answers(folder: Path) -> None:
    """Remove the kept answers once the campaign file holds them."""
    (folder / KEPT).unlink(missing_ok=True)
