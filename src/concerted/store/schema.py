"""The tables: the record of events, one table for each section of the state, and what lies beside it. No statement lives here."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKeyConstraint, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

from concerted.store.names import KEYED, NAMED

METADATA = MetaData()

EVENTS = Table(
    "events",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("change", Text, nullable=False, index=True),
    Column("head", Integer),
    Column("puts", Text, nullable=False),
    sqlite_autoincrement=True,
)

SECTIONS = {
    name: Table(
        NAMED.get(name, name),
        METADATA,
        Column("row", Integer, primary_key=True),
        Column("key", Text, nullable=False, unique=True),
        Column("value", Text, nullable=False),
    )
    for name in KEYED
}

DRAFTS = Table(
    "drafts",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("asset", Text, nullable=False),
    Column("id", Text, nullable=False),
    # Grows each time the draft is stored or becomes current: the draft last current is the last of its asset.
    Column("current_seq", Integer, nullable=False),
    Column("value", Text, nullable=False),
    UniqueConstraint("asset", "id"),
)

TEXTS = Table(
    "texts",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("asset", Text, nullable=False, unique=True),
    Column("draft", Text, nullable=False),
    ForeignKeyConstraint(["asset", "draft"], ["drafts.asset", "drafts.id"]),
)

SETTLED = Table(
    "settled",
    METADATA,
    Column("text", Text, primary_key=True),
    Column("run", Text, primary_key=True),
)

# The strategy and the channel limits as adopted: one document each, swapped whole.
DOCUMENTS = Table("documents", METADATA, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

VERSIONS = Table(
    "versions",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("value", Text, nullable=False),
)

# Beside the state: templates by recipe hash, the working copy's base, and single values such as main's head.
RECIPES = Table("recipes", METADATA, Column("hash", Text, primary_key=True), Column("sources", Text, nullable=False))
WORKING = Table("working", METADATA, Column("path", Text, primary_key=True), Column("content", LargeBinary, nullable=False))
META = Table("meta", METADATA, Column("key", Text, primary_key=True), Column("value", Integer, nullable=False))

# The books: every call to a model, open or ended. Beside the record, because a call is paid for whatever becomes of its draft.
CALLS = Table(
    "calls",
    METADATA,
    Column("row", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("run", Text, nullable=False, index=True),
    Column("model", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("task", Text, nullable=False),
    Column("asset", Text, nullable=False),
    Column("worker", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("ended", Text, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    # Billionths of a dollar: a token costs a fraction of a millionth, and sums have to be exact.
    Column("nanos", BigInteger, nullable=False),
    Column("estimated", Boolean, nullable=False),
)
