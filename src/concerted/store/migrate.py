"""Brings a database to today's tables when it is opened. Woken only where the file is new, or older than this program."""

from pathlib import Path

from sqlalchemy import Connection

from concerted.errors import UserError
from concerted.store.names import VERSION

MIGRATIONS = Path(__file__).with_name("migrations")


def upgrade(connection: Connection, to: str = VERSION) -> None:
    """Run the migrations that are missing up to `to`, inside the caller's transaction."""
    # Imported here: opening a store that is up to date must not wait for it.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config(attributes={"connection": connection})
    # A % in the path of an installation would be read as a placeholder.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    try:
        command.upgrade(config, to)
    except CommandError as unknown:
        raise UserError("This campaign was written by a newer version of concerted.", next="install the newer version") from unknown
