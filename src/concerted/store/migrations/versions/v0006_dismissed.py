"""Remarks that people let stand, each with its reason."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "dismissed",
        sa.Column("row", sa.Integer(), primary_key=True),
        sa.Column("key", sa.Text(), nullable=False, unique=True),
        sa.Column("value", sa.Text(), nullable=False),
    )
