"""Where the guard stepped in, and whether the campaign is paused."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    for name in ("interventions", "paused"):
        key = sa.Column("key", sa.Text(), nullable=False, unique=True)
        op.create_table(name, sa.Column("row", sa.Integer(), primary_key=True), key, sa.Column("value", sa.Text(), nullable=False))
