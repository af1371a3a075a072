"""The books: every call to a model, with what was put aside for it or what it cost."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    said = [sa.Column(name, sa.Text(), nullable=False) for name in ("run", "model", "purpose", "task", "asset", "worker", "at", "ended")]
    counted = [sa.Column(name, sa.Integer(), nullable=False) for name in ("tokens_in", "tokens_out")]
    op.create_table(
        "calls",
        sa.Column("row", sa.Integer(), primary_key=True),
        sa.Column("id", sa.Text(), nullable=False, unique=True),
        *said,
        *counted,
        sa.Column("nanos", sa.BigInteger(), nullable=False),
        sa.Column("estimated", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_calls_run", "calls", ["run"])
