"""The suite is tried on an engine that is broken on purpose: each mutant of the core is caught on its schedule, by the invariant that it breaks."""

import subprocess
import sys

import pytest

from tests.planning.mutants import MUTANTS, OPERATIONS, SOURCE, file_of
from tests.planning.mutations import Mutant
from tests.planning.schedules import run_schedule

ROOT = SOURCE.parent


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_broken_engine_is_caught_on_its_schedule(mutant: Mutant) -> None:
    ran = subprocess.run([sys.executable, "-m", "tests.planning.mutants", mutant.name], capture_output=True, text=True, check=False, cwd=ROOT)
    assert ran.stdout.startswith(f"seed {mutant.seed} after 1: {mutant.killed_by}:"), ran.stdout + ran.stderr


def test_the_same_schedules_pass_on_the_engine_as_it_is() -> None:
    seeds = sorted({mutant.seed for mutant in MUTANTS})
    assert [run_schedule(seed, OPERATIONS).counts["event landed"] > 0 for seed in seeds] == [True] * len(seeds)


def test_every_mutant_breaks_one_place_that_stands_there_once() -> None:
    places = {mutant.name: file_of(mutant).read_text(encoding="utf-8").count(mutant.old) for mutant in MUTANTS}
    assert {name: count for name, count in places.items() if count != 1} == {}


def test_every_mutant_has_its_own_name_and_says_which_invariant_catches_it() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)
    assert [mutant.name for mutant in MUTANTS if not mutant.killed_by] == []
