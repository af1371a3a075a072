"""What is installed is pinned with hashes, serves every dependency we declare, and names no package index."""

import re
from itertools import chain

import pytest
from packaging.requirements import Requirement

from tests.house.tree import ROOT, pyproject

LOCKS = ("base", "dev")


def _lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def _pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", _lock(name), re.MULTILINE))


def _declared(lock: str) -> list[Requirement]:
    groups = pyproject()["dependency-groups"]
    wanted = [pyproject()["project"]["dependencies"], groups["build"], *([groups["dev"]] if lock == "dev" else [])]
    return [Requirement(line) for line in chain.from_iterable(wanted)]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_package_index(lock: str) -> None:
    assert re.findall(r"://|index-url|find-links| @ ", _lock(lock)) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_its_hashes(lock: str) -> None:
    entries = re.split(r"^(?=[a-z0-9])", re.sub(r"^\s*#.*\n", "", _lock(lock), flags=re.MULTILINE), flags=re.MULTILINE)
    assert [entry.split()[0] for entry in entries if entry.strip() and "--hash=sha256:" not in entry] == []
    assert len(_pins(lock)) == len([entry for entry in entries if entry.strip()])


@pytest.mark.parametrize("lock", LOCKS)
def test_every_declared_dependency_is_pinned_within_its_bounds(lock: str) -> None:
    pins = _pins(lock)
    unserved = [str(need) for need in _declared(lock) if need.name not in pins or not need.specifier.contains(pins[need.name])]
    assert unserved == [], "run `make fix`: the locks are older than pyproject.toml"


def test_what_runs_is_what_is_tested() -> None:
    base, dev = _pins("base"), _pins("dev")
    assert {name: version for name, version in base.items() if dev.get(name) != version} == {}


def test_no_set_up_file_writes_down_a_package_index() -> None:
    files = [ROOT / "Makefile", ROOT / "pyproject.toml", *sorted((ROOT / "requirements").glob("*.sh")), *sorted((ROOT / ".ci").iterdir())]
    told = {file.name: re.findall(r"(?<!no-emit-)(?:index-url|find-links)|\[\[?tool\.uv", file.read_text(encoding="utf-8")) for file in files}
    assert {name: found for name, found in told.items() if found} == {}
    assert not (ROOT / "uv.lock").exists(), "uv.lock records addresses; the locks are requirements/*.txt"
