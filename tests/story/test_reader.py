"""Another version of what reads campaign files may read other lines out of the same bytes, so the name of what reads tells versions apart."""

import importlib.metadata

import pytest

from concerted.conductor import reader


def test_what_reads_has_another_name_with_another_version_of_the_library_that_reads_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    def next_version(name: str) -> str:
        return f"{importlib.metadata.version(name)}.1"

    now = reader.reader.__wrapped__()
    assert now == reader.reader()
    monkeypatch.setattr(reader, "version", next_version)
    assert reader.reader.__wrapped__() != now
