"""The engine broken on purpose, one way at a time: `python -m tests.planning.mutants NAME [SEEDS]` says which invariant of the driver breaks.

The patched module is compiled in memory while it is imported; neither the file nor its compiled copy is touched.
"""

import importlib
import re
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

from tests.planning.mutations import MUTANTS, Mutant

SOURCE = Path(__file__).parents[2] / "src"
OPERATIONS = 60
INVARIANT = re.compile(r"I\d+: ")


def file_of(mutant: Mutant) -> Path:
    """Give the file that a mutant patches."""
    return SOURCE.joinpath(*mutant.module.split(".")).with_suffix(".py")


class Patched(SourceFileLoader):
    """Compiles a module from its source with one place put otherwise."""

    def __init__(self, name: str, path: str, mutant: Mutant) -> None:
        super().__init__(name, path)
        self.mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        """Compile the patched source; compiled copies are neither read nor written."""
        source = self.get_data(self.path).decode()
        if source.count(self.mutant.old) != 1:
            raise ImportError(f"{fullname} has {source.count(self.mutant.old)} places that read {self.mutant.old!r}; exactly one is to be broken.")
        return compile(source.replace(self.mutant.old, self.mutant.new), self.path, "exec", dont_inherit=True)


class Breaking(MetaPathFinder):
    """Finds the one module of a mutant and hands it to the patching loader."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        self.used = False

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Find the module that is to be broken; every other one is found as ever."""
        spec = PathFinder.find_spec(fullname, path, target) if fullname == self.mutant.module else None
        if spec is not None and spec.origin:
            spec.loader = Patched(fullname, spec.origin, self.mutant)
            self.used = True
        return spec


def hunt(seeds: Sequence[int]) -> tuple[int, int, str]:
    """Run schedules until one breaks: its seed, how many were run, and what broke; (-1, all, "") where none does."""
    schedules = importlib.import_module("tests.planning.schedules")
    for run, seed in enumerate(seeds, 1):
        try:
            schedules.run_schedule(seed, OPERATIONS)
        except schedules.Broken as broken:
            return seed, run, _told(broken.__cause__)
    return -1, len(seeds), ""


def _told(fault: BaseException | None) -> str:
    said = str(fault).partition("\n")[0]
    return said if isinstance(fault, AssertionError) and INVARIANT.match(said) else f"a crash, {fault!r}".partition("\n")[0]


def named(name: str) -> Mutant:
    """Find a mutant by its sentence or the beginning of it."""
    found = [mutant for mutant in MUTANTS if mutant.name == name] or [mutant for mutant in MUTANTS if mutant.name.startswith(name)]
    if len(found) != 1:
        listed = "\n".join(f"  {mutant.name}" for mutant in found or MUTANTS)
        raise SystemExit(f"{len(found)} mutants are named “{name}”. Choose one of:\n{listed}")
    return found[0]


def main(arguments: Sequence[str]) -> int:
    """Break the engine as named and run its seed, or the first SEEDS schedules; 1 where it survives."""
    if not arguments or len(arguments) > 2 or not all(part.isdigit() for part in arguments[1:]):
        raise SystemExit("usage: python -m tests.planning.mutants NAME [SEEDS]")
    mutant = named(arguments[0])
    finder = Breaking(mutant)
    sys.meta_path.insert(0, finder)
    seed, run, broke = hunt(range(int(arguments[1])) if len(arguments) > 1 else [mutant.seed])
    if not finder.used:
        raise SystemExit(f"{mutant.module} is never imported, so nothing was broken.")
    sys.stdout.write(f"seed {seed} after {run}: {broke}\n" if broke else f"survived {run}\n")
    return 0 if broke else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
