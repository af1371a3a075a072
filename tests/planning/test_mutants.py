"""The suite is tried on an engine that is broken on purpose: each mutant is caught by the invariant or the scenario named for it."""

import subprocess
import sys

import pytest

from tests.planning.mutants import FAILS, MUTANTS, SOURCE, file_of
from tests.planning.mutations import Mutant

ROOT = SOURCE.parent
CLEAN = range(100)
"""Schedules that the tests run on the engine as it is, and that must all pass there (`test_driver.py`)."""


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_broken_engine_is_caught(mutant: Mutant) -> None:
    ran = subprocess.run([sys.executable, "-m", "tests.planning.mutants", mutant.name], capture_output=True, text=True, check=False, cwd=ROOT)
    by_driver = ran.stdout.startswith(tuple(f"seed {seed}: {mutant.killed_by}: " for seed in mutant.seeds))
    assert by_driver or ran.stdout == f"{mutant.scenario} {FAILS}\n", ran.stdout + ran.stderr


def test_the_schedules_that_catch_mutants_are_among_those_that_pass_on_the_engine_as_it_is() -> None:
    assert [mutant.name for mutant in MUTANTS if not {*CLEAN}.issuperset(mutant.seeds) or bool(mutant.seeds) != bool(mutant.killed_by)] == []


def test_every_mutant_breaks_one_place_that_stands_there_once() -> None:
    places = {mutant.name: file_of(mutant).read_text(encoding="utf-8").count(mutant.old) for mutant in MUTANTS}
    assert {name: count for name, count in places.items() if count != 1} == {}


def test_every_mutant_has_its_own_name() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)
