"""The suite is tried on an engine that is broken on purpose: each mutant is caught by the invariant or the scenario named for it."""

import subprocess
import sys

import pytest

from tests.planning.mutants import FAILS, MUTANTS, SOURCE, file_of
from tests.planning.mutations import Mutant

ROOT = SOURCE.parent
CLEAN = range(100)
"""Schedules that the tests run on the engine as it is, and that must all pass there (`test_driver.py`)."""
CAUGHT_BY_DRIVER = [mutant for mutant in MUTANTS if not isinstance(mutant.shown_by, str)]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_broken_engine_is_caught(mutant: Mutant) -> None:
    ran = subprocess.run([sys.executable, "-m", "tests.planning.mutants", mutant.name], capture_output=True, text=True, check=False, cwd=ROOT)
    if isinstance(mutant.shown_by, str):
        assert ran.stdout == f"{mutant.shown_by} {FAILS}\n", ran.stdout + ran.stderr
    else:
        assert ran.stdout.partition(": ")[2].startswith(f"{mutant.killed_by}: "), ran.stdout + ran.stderr


def test_the_schedules_that_catch_mutants_are_among_those_that_pass_on_the_engine_as_it_is() -> None:
    assert [mutant.name for mutant in CAUGHT_BY_DRIVER if not mutant.shown_by or not {*CLEAN}.issuperset(mutant.shown_by)] == []


def test_every_mutant_breaks_one_place_that_stands_there_once() -> None:
    places = {mutant.name: file_of(mutant).read_text(encoding="utf-8").count(mutant.old) for mutant in MUTANTS}
    assert {name: count for name, count in places.items() if count != 1} == {}


def test_every_mutant_has_its_own_name_and_those_of_the_driver_say_which_invariant_catches_them() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)
    assert [mutant.name for mutant in CAUGHT_BY_DRIVER if not mutant.killed_by] == []
