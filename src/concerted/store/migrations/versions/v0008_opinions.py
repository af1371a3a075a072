"""What judges said of finished drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table."""
    key = sa.Column("key", sa.Text(), nullable=False, unique=True)
    op.create_table("opinions", sa.Column("row", sa.Integer(), primary_key=True), key, sa.Column("value", sa.Text(), nullable=False))
