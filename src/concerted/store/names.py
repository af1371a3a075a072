"""What the tables are called, and how far their shape has come. Light to import: who only reads needs no more of the schema."""

VERSION = "0009"
"""The newest migration: a file that says the same is opened without waking the machinery of migrations."""

KEYED = (
    "owned", "locked", "approvals", "excluded", "notes", "refused", "left", "of",
    "changes", "results", "releases", "people_texts", "declined", "interventions", "opinions", "paused", "dismissed", "proposals",
    "remarks", "cleared", "rounds",
)  # fmt: skip
"""Sections that map a key to a value. Rows are numbered in the order in which keys came, which is the order of the mapping."""

NAMED = {"excluded": "excluded_assets"}
"""A section whose own name is taken: SQLite calls the row that an upsert proposes `excluded`."""

HEAD = "head"
BASE = "base"
"""Single numbers that are kept under a name: main's head, and the strategy version of the working copy's base."""
