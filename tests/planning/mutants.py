"""The engine broken on purpose, one way at a time: `python -m tests.planning.mutants NAME` tries what is to show it.

With a number, `NAME SEEDS`, so many schedules are tried from the first. The patched module is compiled in memory while it is imported; neither the
file nor its compiled copy is touched.
"""

import importlib
import inspect
import re
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from traceback import extract_tb
from types import CodeType, ModuleType

import pytest

from tests.planning.mutations import MUTANTS, Mutant

SOURCE = Path(__file__).parents[2] / "src"
TESTS = Path(__file__).parents[1]
OPERATIONS = 60
INVARIANT = re.compile(r"I\d+: ")
FAILS = "fails"
"""What is said of a scenario that the broken engine does not play."""


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


def shown(mutant: Mutant) -> str:
    """Try what is to show a mutant, and say what did or how it ended otherwise; empty where it survives.

    Where new moves of the driver have given its schedules another course, the scenario still shows it.
    """
    for seed in mutant.seeds:
        _seed, _run, broke = hunt([seed])
        if broke.startswith(f"{mutant.killed_by}:"):
            return f"seed {seed}: {broke}"
    said = play(mutant.scenario)
    return f"{mutant.scenario} {said}" if said else ""


def play(scenario: str) -> str:
    """Run a scenario, by itself where it needs nothing handed in, else under pytest: "fails" where it asserts otherwise, or what it crashed with."""
    module, _, name = scenario.partition("::")
    test = getattr(importlib.import_module(f"tests.{module.replace('/', '.')}"), name)
    if inspect.signature(test).parameters:
        return _under_pytest(TESTS / f"{module}.py", name)
    try:
        test()
    except (Exception, pytest.fail.Exception) as fault:  # noqa: BLE001  # a broken engine may break with anything
        return _failed(fault)
    return ""


def _failed(fault: BaseException) -> str:
    """Say how a scenario ended: it asserts otherwise, or looks for what is not there; what the engine itself breaks with is a crash."""
    places = [frame.filename for frame in extract_tb(fault.__traceback__)]
    own = isinstance(fault, LookupError | ValueError) and Path(places[-1]).is_relative_to(TESTS)
    return FAILS if own or isinstance(fault, AssertionError | pytest.fail.Exception) else f"a crash, {fault!r}".partition("\n")[0]


class _Listener:
    """Hears from pytest how a scenario failed."""

    def __init__(self) -> None:
        self.said = ""

    @pytest.hookimpl
    def pytest_runtest_makereport(self, call: pytest.CallInfo[None]) -> None:
        """Note the first failure, wherever it came."""
        if call.excinfo is not None and not self.said:
            self.said = _failed(call.excinfo.value) if call.when == "call" else f"a crash, {call.excinfo.value!r}".partition("\n")[0]


def _under_pytest(file: Path, name: str) -> str:
    listener = _Listener()
    with redirect_stdout(sys.stderr):
        code = pytest.main(["-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", f"{file}::{name}"], plugins=[listener])
    return listener.said if code == pytest.ExitCode.TESTS_FAILED else f"a crash, pytest ended with {code!r}" if code else ""


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
    """Break the engine as named and try what shows it, or the first SEEDS schedules; 1 where it survives."""
    if not arguments or len(arguments) > 2 or not all(part.isdigit() for part in arguments[1:]):
        raise SystemExit("usage: python -m tests.planning.mutants NAME [SEEDS]")
    mutant = named(arguments[0])
    finder = Breaking(mutant)
    sys.meta_path.insert(0, finder)
    if len(arguments) > 1:
        seed, run, broke = hunt(range(int(arguments[1])))
        said = f"seed {seed} after {run}: {broke}" if broke else ""
    else:
        said = shown(mutant)
    if not finder.used:
        raise SystemExit(f"{mutant.module} is never imported, so nothing was broken.")
    sys.stdout.write(f"{said or 'survived'}\n")
    return 0 if said else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
