"""Campaigns that commands are typed at: as it comes, drafted, approved, with an open Change, released. Made once, copied for each test."""

from pathlib import Path

import pytest

from tests.cli.terminal import DANA, EXAMPLE, JO, PRICE, PROMISE, Terminal


@pytest.fixture(scope="session")
def _drafted(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    at = Terminal(EXAMPLE).copy(tmp_path_factory.mktemp("drafted") / "small-hours")
    assert at.type("run").code == 0
    return at


@pytest.fixture(scope="session")
def _approved(_drafted: Terminal, tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    at = _drafted.copy(tmp_path_factory.mktemp("approved") / "small-hours")
    assert at.type("approve", "--all").code == 0
    assert at.type("approve", "--all", by=DANA).code == 0
    return at


@pytest.fixture(scope="session")
def _changed(_approved: Terminal, tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    at = _approved.copy(tmp_path_factory.mktemp("changed") / "small-hours")
    keep_open = at.type("change", "--set", PRICE, "--set", PROMISE, "--hold", "--json", by=JO)
    assert keep_open.code == 4
    from concerted.bootstrap import open_session
    from concerted.conductor.changing import change_strategy, parse_rows

    session = open_session(at.folder, today=at.today, by=JO)
    change_strategy(session, parse_rows((PRICE, PROMISE), ()), lambda _report: True)
    return at


@pytest.fixture(scope="session")
def _released(_approved: Terminal, tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    at = _approved.copy(tmp_path_factory.mktemp("released") / "small-hours")
    assert at.type("release").code == 0
    assert at.type("export", "markdown", "--out", str(at.folder / "monday")).code == 0
    return at


@pytest.fixture
def fresh(tmp_path: Path) -> Terminal:
    """The example as it comes."""
    return Terminal(EXAMPLE).copy(tmp_path / "fresh")


@pytest.fixture
def drafted(_drafted: Terminal, tmp_path: Path) -> Terminal:
    """Everything written, nothing approved."""
    return _drafted.copy(tmp_path / "drafted")


@pytest.fixture
def approved(_approved: Terminal, tmp_path: Path) -> Terminal:
    """Everything approved."""
    return _approved.copy(tmp_path / "approved")


@pytest.fixture
def changed(_changed: Terminal, tmp_path: Path) -> Terminal:
    """Everything approved, and a Change of promise and price that asks people."""
    return _changed.copy(tmp_path / "changed")


@pytest.fixture
def released(_released: Terminal, tmp_path: Path) -> Terminal:
    """Everything released, and exported to `monday`."""
    return _released.copy(tmp_path / "released")
