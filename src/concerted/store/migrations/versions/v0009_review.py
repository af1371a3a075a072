"""Review: what people remarked, which sentences they cleared, and what was handed out to whom."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables."""
    for name in ("remarks", "cleared", "rounds"):
        op.create_table(
            name,
            sa.Column("row", sa.Integer(), primary_key=True),
            sa.Column("key", sa.Text(), nullable=False, unique=True),
            sa.Column("value", sa.Text(), nullable=False),
        )
