"""The first shape: the record of events, the sections of the state, and what lies beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEYED = (
    "owned", "locked", "approvals", "excluded_assets", "notes", "refused", "left", "of",
    "changes", "results", "releases", "people_texts", "declined",
)  # fmt: skip


def upgrade() -> None:
    """Make the tables."""
    _make_events()
    for name in KEYED:
        op.create_table(name, _row(), _text("key", unique=True), _text("value"))
    op.create_table("drafts", _row(), _text("asset"), _text("id"), _number("current_seq"), _text("value"), sa.UniqueConstraint("asset", "id"))
    pointed = sa.ForeignKeyConstraint(["asset", "draft"], ["drafts.asset", "drafts.id"])
    op.create_table("texts", _row(), _text("asset", unique=True), _text("draft"), pointed)
    op.create_table("settled", _key("text"), _key("run"))
    op.create_table("documents", _key("name"), _text("value"))
    op.create_table("versions", _row(), _number("number"), _text("value"))
    op.create_table("recipes", _key("hash"), _text("sources"))
    op.create_table("working", _key("path"), sa.Column("content", sa.LargeBinary(), nullable=False))
    op.create_table("meta", _key("key"), _number("value"))


def _make_events() -> None:
    number = sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=True)
    said = [_text(name) for name in ("kind", "at", "by", "about", "change")]
    op.create_table("events", number, *said, sa.Column("head", sa.Integer()), _text("puts"), sqlite_autoincrement=True)
    op.create_index("ix_events_change", "events", ["change"])


def _row() -> sa.Column[int]:
    return sa.Column("row", sa.Integer(), primary_key=True)


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), primary_key=True)


def _text(name: str, unique: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, unique=unique)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)
