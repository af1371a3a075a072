"""The floors hold: import-linter is run on the package as it is, and on copies with one brick in the wrong place."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, ROOT


def _lint(source: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter with our floors on the package below `source`."""
    linter = Path(sys.executable).with_name("lint-imports")
    command = [str(linter), "--config", str(ROOT / ".importlinter"), "--no-cache"]
    return subprocess.run(command, cwd=source, env={**os.environ, "PYTHONPATH": str(source)}, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(PACKAGE, tmp_path / "concerted", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_the_floors_hold() -> None:
    result = _lint(ROOT / "src")
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("attic.py", "", "concerted.attic"),
        ("errors.py", "import concerted.cli", "concerted.errors -> concerted.cli"),
        ("workers/planted.py", "import concerted.exporters.planted", "concerted.workers.planted -> concerted.exporters.planted"),
        ("exporters/planted.py", "import concerted.store.planted", "concerted.exporters.planted -> concerted.store.planted"),
        ("workers/planted.py", "import concerted.llm.planted", "concerted.workers.planted -> concerted.llm.planted"),
        ("planning/planted.py", "import concerted.rules.planted", "concerted.planning.planted -> concerted.rules.planted"),
    ],
    ids=["a module on no floor", "upwards", "workers see exporters", "exporters see the store", "workers see models", "planning sees rules"],
)
def test_a_brick_in_the_wrong_place_fails_the_build(copy: Path, module: str, line: str, broken: str) -> None:
    for room in ("workers", "exporters", "store", "llm", "planning", "rules"):
        (copy / "concerted" / room).mkdir(exist_ok=True)
        (copy / "concerted" / room / "__init__.py").touch()
        (copy / "concerted" / room / "planted.py").touch()
    with (copy / "concerted" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    result = _lint(copy)
    assert result.returncode != 0
    assert broken in result.stdout
