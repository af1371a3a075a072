"""A store comes to today's tables when it is opened, once, and without waking alembic where there is nothing to do."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from concerted.errors import UserError
from concerted.store.engine import WRITES, open_engine
from concerted.store.migrate import MIGRATIONS
from concerted.store.names import VERSION
from concerted.store.schema import METADATA
from concerted.store.store import Store


def test_the_migrations_lead_to_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    Store.open(tmp_path / "store.db").close()
    engine = open_engine(tmp_path / "store.db")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


def test_the_newest_migration_is_the_version_that_opening_looks_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == VERSION


def test_a_store_that_is_up_to_date_is_read_without_sqlalchemy_alembic_and_dbos(tmp_path: Path) -> None:
    Store.open(tmp_path / "store.db").close()
    program = (
        "import sys, pathlib; from concerted.store.store import Store; Store.open(pathlib.Path(sys.argv[1])).load(); print(*sys.modules, sep='\\n')"
    )
    woken = subprocess.run([sys.executable, "-c", program, str(tmp_path / "store.db")], capture_output=True, text=True, check=True).stdout.split()
    assert "sqlite3" in woken
    assert [name for name in woken if name in ("sqlalchemy", "alembic", "dbos")] == []


def test_a_store_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    Store.open(file).close()
    engine = open_engine(file)
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UserError, match="newer version"):
        Store.open(file)
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
    engine.dispose()


def test_two_processes_that_open_a_new_store_at_once_make_it_once(tmp_path: Path) -> None:
    program = "import sys, pathlib; from concerted.store.store import Store; print(Store.open(pathlib.Path(sys.argv[1])).seq())"
    command = [sys.executable, "-c", program, str(tmp_path / "new" / "store.db")]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    ended = [process.communicate() for process in started]
    assert ended == [("0\n", "")] * 2
