"""The shipped example, drafted once, for the verbs that judge it."""

import shutil
from pathlib import Path

import pytest

from tests.story.stage import EXAMPLE, Stage


@pytest.fixture(scope="session")
def _drafted_once(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    folder = tmp_path_factory.mktemp("guarded") / "small-hours"
    shutil.copytree(EXAMPLE, folder)
    stage = Stage(folder)
    stage.run()
    return stage


@pytest.fixture
def stage(_drafted_once: Stage, tmp_path: Path) -> Stage:
    """The example after its first run."""
    return _drafted_once.copy(tmp_path / "small-hours")


@pytest.fixture
def untouched(tmp_path: Path) -> Stage:
    """The example before its first run."""
    return Stage(Path(shutil.copytree(EXAMPLE, tmp_path / "small-hours")))
