"""The campaign file and its includes as a person has them: bytes, tree, and where everything stands.

Reads; never writes. What is read comes from `load`, so that the store's copy of a file is read like the file itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from concerted.campaign.address import join
from concerted.campaign.facets import Tree
from concerted.campaign.finding import Finding
from concerted.campaign.mistakes import AT_KEY, MISSING
from concerted.campaign.soundness.references import NAME_RULE
from concerted.campaign.soundness.wordings import LANGUAGE, NOTHING
from concerted.campaign.spelling import nearest
from concerted.campaign.strategy import Strategy, keys_of, tree_of, validate
from concerted.errors import NotFound
from concerted.folder.causes import folded
from concerted.folder.gather import INCLUDE, Gathering, Keys, Place, locate, texts_of
from concerted.folder.nodes import Items, Pairs, Text
from concerted.folder.page import MAX_BYTES, MAX_WORKBOOK, Page, Slip, decode
from concerted.folder.problem import Problem, at, by_place
from concerted.folder.salvage import UNREAD, Salvaged, salvage
from concerted.folder.slips import read
from concerted.folder.tables.reading import SUFFIXES, read_table

ROOT = "campaign.yaml"
_READ = (".yaml", ".yml", *SUFFIXES)
_AT_KEY = AT_KEY | {NAME_RULE, NOTHING, LANGUAGE}
"""Rules whose findings are about a name, so they stand at the name."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value stands: file, character offsets in its text, and line and column for people."""

    file: str
    start: int
    end: int
    line: int
    column: int


@dataclass(frozen=True)
class Source:
    """A campaign as it stands in its files. `strategy` is None where a mistake stops the file."""

    root: str
    pages: Mapping[str, Page]
    places: Mapping[Keys, list[Place]]
    problems: tuple[Problem, ...]
    strategy: Strategy | None
    salvaged: Salvaged = UNREAD
    """What could be read in spite of mistakes: for further checks, never for drafting."""
    roots: Mapping[str, Pairs] = field(default_factory=dict[str, Pairs])
    beside: Callable[[], Mapping[str, Pairs]] = field(default=dict[str, Pairs], compare=False, repr=False)
    """Reads what lies in the folder and is not included, for whoever looks for what is missing."""

    @cached_property
    def tree(self) -> Tree:
        """The strategy as a tree; empty where a mistake stops the file."""
        return tree_of(self.strategy) if self.strategy else {}

    @property
    def files(self) -> dict[str, bytes]:
        """The bytes of every file that was read, the root first."""
        return {name: page.data for name, page in self.pages.items()}

    @cached_property
    def spans(self) -> dict[str, Span]:
        """Where each ref stands, maps and list items (`ref.0`) included."""
        return {join(keys): _span(found[0]) for keys, found in self.places.items()}

    def located(self, finding: Finding) -> Problem:
        """Give a finding its place in the files."""
        keys = keys_of(finding.ref) if finding.ref else ()
        place = locate(self.places, keys)
        if place is None:
            return Problem(finding.message, finding.remedy, finding.ref, self.root, 1, 1, severity=finding.severity)
        by_name = finding.rule in _AT_KEY or (isinstance(place.value, Pairs) and not place.value.flow)
        offset = place.key.start if place.key and by_name else place.start
        if isinstance(place.value, Items):
            named = [item.start for item in place.value.items if isinstance(item, Text) and item.value == finding.evidence]
            offset = named[0] if named else offset
        return at(place.page, Slip(offset, finding.message, finding.remedy, finding.severity, finding.ref))


def _span(place: Place) -> Span:
    line, column = place.page.place(place.start)
    return Span(place.page.name, place.value.start, place.value.end, line, column)


class Unreadable(Exception):
    """Internal to this room: a file cannot be had; says why and what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        self.message, self.remedy = message, remedy
        super().__init__(message)


def read_folder(folder: Path, root: str = ROOT) -> Source:
    """Read `campaign.yaml` of a folder with everything it includes. NotFound where there is none; mistakes are in `problems`."""
    if not (folder / root).exists():
        raise NotFound(f"There is no {root} in {folder}.", next="concerted init . --playbook product-launch")
    reader = _Reader(lambda name: _load(folder, name))
    reader.visit(root, (), None)
    return reader.source(root, lambda: _beside_in(folder, reader.pages))


def read_files(files: Mapping[str, bytes], root: str = ROOT) -> Source:
    """Read a campaign from bytes that are already at hand, by name."""
    reader = _Reader(_from_memory(files))
    reader.visit(root, (), None)
    return reader.source(root, dict[str, Pairs])


def _beside_in(folder: Path, known: Collection[str]) -> Mapping[str, Pairs]:
    """Read the files of a folder that could be included and are not. What cannot be read holds nothing."""
    found: dict[str, Pairs] = {}
    for name in sorted(entry.name for entry in folder.iterdir() if entry.name.lower().endswith(_READ)):
        reader = _Reader(lambda asked: _load(folder, asked))
        if name not in known:
            reader.table(name, None) if name.lower().endswith(SUFFIXES) else reader.visit(name, (), None)
            found |= {file: root for file, root in (reader.roots | reader.tables).items() if file == name}
    return found


def _from_memory(files: Mapping[str, bytes]) -> Callable[[str], bytes]:
    def load(name: str) -> bytes:
        if name not in files:
            raise Unreadable(f"there is no file {name}", _meant(name, list(files)))
        return files[name]

    return load


def _load(folder: Path, name: str) -> bytes:
    """Read a file of a folder, unless it is outside, too big, or not there."""
    path = folder / name
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):
        siblings = sorted(entry.name for entry in path.parent.iterdir() if entry.name.endswith(_READ)) if path.parent.is_dir() else []
        raise Unreadable(f"there is no file {name}", _meant(PurePosixPath(name).name, siblings)) from None
    if not real.is_relative_to(folder.resolve()):
        raise Unreadable(f"{name} leads out of the campaign's folder", "copy the file into the folder")
    if not real.is_file():
        raise Unreadable(f"{name} is not a file", "name a file")
    if os.stat(real).st_size > most(name):
        raise Unreadable(*_too_big(name, os.stat(real).st_size))
    return real.read_bytes()


def _too_big(name: str, size: int) -> tuple[str, str]:
    kind, remedy = ("table", "in several tables") if name.lower().endswith(SUFFIXES) else ("campaign file", "with include")
    said = f"{name} has {size / 1_000_000:.1f} MB, and a {kind} has at most {most(name) // 1_000_000} MB"
    return said, f"is it the right file? if so, split it {remedy}"


def most(name: str) -> int:
    """Give the bytes that a file may have: a workbook may hold a picture or two."""
    return MAX_WORKBOOK if name.lower().endswith(".xlsx") else MAX_BYTES


def _meant(name: str, known: list[str]) -> str:
    found = nearest(name, known)
    return f"did you mean {found}?" if found else "create it, or remove the line"


class _Reader:
    """Visits the root and its includes, depth first, each file once."""

    def __init__(self, load: Callable[[str], bytes]) -> None:
        self.load = load
        self.pages: dict[str, Page] = {}
        self.roots: dict[str, Pairs] = {}
        self.tables: dict[str, Pairs] = {}
        self.gathering = Gathering()
        self.slips: list[tuple[Page, Slip]] = []
        self.whole = True
        """False once a file could not be read: then nothing can be called missing."""

    def visit(self, name: str, above: tuple[str, ...], at: tuple[Page, int] | None) -> None:
        """Read one file and what it includes; `at` is where it was asked for."""
        data = self._bytes(name, at)
        if data is None:
            return
        page, garbled = decode(name, data)
        root, page, slips = (None, page, list[Slip]()) if garbled and not page.text else read(page)
        self.pages[name] = page
        self.slips += [(page, slip) for slip in (*garbled, *slips)]
        if isinstance(root, Pairs):
            self.roots[name] = root
            self.gathering.add(page, root)
            self._includes(page, root, (*above, name))
            return
        self.whole = False
        if not garbled and not slips:
            self.slips.append((page, _no_map(root)))

    def table(self, name: str, at: tuple[Page, int] | None) -> None:
        """Read a table that is included."""
        data = self._bytes(name, at)
        if data is None:
            return
        page, root, slips = read_table(name, data)
        self.pages[name] = page
        self.slips += [(page, slip) for slip in slips]
        self.whole = self.whole and bool(page.layouts)
        self.tables[name] = root
        self.gathering.add(page, root)

    def _bytes(self, name: str, at: tuple[Page, int] | None) -> bytes | None:
        try:
            data = self.load(name)
            if len(data) > most(name):
                raise Unreadable(*_too_big(name, len(data)))
        except Unreadable as error:
            page, offset = at or (self.pages.setdefault(name, Page(name, b"", "")), 0)
            self.slips.append((page, Slip(offset, error.message, error.remedy)))
            self.whole = False
            return None
        return data

    def _includes(self, page: Page, root: Pairs, above: tuple[str, ...]) -> None:
        found = next((pair for pair in root.pairs if pair.key.value == INCLUDE), None)
        if found is None:
            return
        if texts_of(found.value) is None:
            remedy = "write include: [claims.yaml]"
            self.slips.append((page, Slip(found.key.start, "include is a list of file names", remedy, ref=INCLUDE)))
            return
        for item in found.value.items if isinstance(found.value, Items) else ():
            if isinstance(item, Text):
                self._include(page, item, above)

    def _include(self, page: Page, item: Text, above: tuple[str, ...]) -> None:
        name = _beside(above[-1], item.value)
        if name is None:
            said = f'"{item.value}" is outside of the campaign\'s folder, and only files inside it can be included'
            remedy = "copy the file into the folder and name it relative to this one"
        elif name in above:
            said, remedy = f"{name} includes itself: {' includes '.join((*above[above.index(name) :], name))}", "remove this line"
        elif name in self.pages:
            said, remedy = f"{name} is included twice", "remove this line"
        elif name.lower().endswith(SUFFIXES):
            self.table(name, (page, item.start))
            return
        elif not name.endswith((".yaml", ".yml")):
            said, remedy = f"{name} is neither YAML nor a table", f"include .yaml files, and tables as {', '.join(SUFFIXES)}"
        else:
            self.visit(name, above, (page, item.start))
            return
        self.slips.append((page, Slip(item.start, said, remedy, ref=INCLUDE)))

    def source(self, root: str, beside: Callable[[], Mapping[str, Pairs]]) -> Source:
        """Type what was read and put all mistakes in order."""
        problems = [at(page, slip) for page, slip in (*self.slips, *self.gathering.slips)]
        source = Source(root, self.pages, self.gathering.places, (), None, roots=self.roots, beside=beside)
        if not self.roots:
            return replace(source, problems=by_place(problems, self.pages))
        strategy, findings = validate(self.gathering.raw)
        if not self.whole:
            findings = tuple(finding for finding in findings if finding.rule != MISSING)
        salvaged = salvage(self.gathering.raw, findings) if self.whole and strategy is None else Salvaged(strategy)
        findings = tuple(finding for finding in findings if finding.rule != MISSING or finding.ref not in salvaged.meant)
        taken = {(problem.file, problem.line, problem.column, problem.cell) for problem in problems}
        problems += [problem for problem in folded(findings, source) if (problem.file, problem.line, problem.column, problem.cell) not in taken]
        stopped = any(problem.severity == "file" for problem in problems)
        return replace(
            source,
            problems=by_place(problems, self.pages),
            strategy=None if stopped else strategy,
            salvaged=salvaged if self.whole else UNREAD,
        )


def _no_map(root: object) -> Slip:
    if root is None:
        return Slip(0, "this file is empty", "begin with campaign: and its fields, or let concerted init write one")
    said = "a campaign file is a map of names, and this one is a list" if isinstance(root, Items) else "this is one text, not a campaign file"
    return Slip(0, said, "begin with campaign: and its fields, without a dash")


def _beside(name: str, other: str) -> str | None:
    """Resolve a name relative to a file; None where it leads out of the folder."""
    path = PurePosixPath(other.replace("\\", "/"))
    if path.is_absolute() or ":" in other:
        return None
    parts: list[str] = list(PurePosixPath(name).parent.parts)
    for part in path.parts:
        if part == "..":
            if not parts:
                return None
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
