"""What outsiders proposed and nobody has answered yet."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table."""
    key = sa.Column("key", sa.Text(), nullable=False, unique=True)
    op.create_table("proposals", sa.Column("row", sa.Integer(), primary_key=True), key, sa.Column("value", sa.Text(), nullable=False))
