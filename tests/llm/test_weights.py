"""Weights are fetched in pieces, joined once, and refused unless they are exactly the published file."""

import hashlib
import random
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from concerted.errors import NotFound, Unavailable, UserError
from concerted.llm import fetching, weights
from concerted.llm.weights import QWEN, Progress, Weights, cache_folder, joined, own_file
from concerted.llm.weights import install as install_weights

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


class Steps:
    """Takes down what is told while an installation runs."""

    def __init__(self) -> None:
        self.told: dict[str, list[tuple[int, int]]] = {}

    def __call__(self, what: str) -> Progress:
        return lambda done, whole: self.told.setdefault(what, []).append((done, whole))


def installer(at: Path, data: bytes = DATA, fails: str = "") -> list[str]:
    """Make an installer that lays a piece out where it is told to, takes it down, and fails where it is told to."""
    size = len(data) // PIECES + 1
    (at / "data.bin").write_bytes(data)
    (at / "installer.py").write_text(
        f"""
import pathlib, sys
name, _, version = sys.argv[-1].partition("==")
with open({str(at / "asked.txt")!r}, "a") as asked: print(name, file=asked)
if name == {fails!r}:
    print("WARNING: retrying")
    print("ERROR: No matching distribution found for " + name + " at https://me:secret@index.example/simple", file=sys.stderr)
    sys.exit(1)
folder = pathlib.Path(sys.argv[sys.argv.index("--target") + 1]) / name.replace("-", "_")
folder.mkdir(parents=True)
(folder / "__init__.py").write_text("x = 1")
number = int(name[-1]) - 1
(folder / "part.bin").write_bytes(pathlib.Path({str(at / "data.bin")!r}).read_bytes()[number * {size} : (number + 1) * {size}])
""",
        encoding="utf-8",
    )
    return [sys.executable, str(at / "installer.py")]


def asked(at: Path) -> list[str]:
    """List what the installer was asked for."""
    return (at / "asked.txt").read_text().split() if (at / "asked.txt").exists() else []


def test_pieces_are_fetched_joined_in_order_and_taken_away_again(tmp_path: Path) -> None:
    steps = Steps()
    file = install_weights(steps, MODEL, tmp_path / "cache", installer(tmp_path))
    assert file.read_bytes() == DATA
    assert joined(MODEL, tmp_path / "cache") == file
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [MODEL.file]
    assert asked(tmp_path) == list(MODEL.pieces)
    assert list(steps.told) == ["fetching", "joining"]
    for told in steps.told.values():
        assert told[-1] == (len(DATA), len(DATA))
        assert told == sorted(told)


def test_whose_weights_they_are_lies_beside_them_with_the_licence(tmp_path: Path) -> None:
    install_weights(Steps(), replace(MODEL, notice="Made by others."), tmp_path / "cache", installer(tmp_path))
    text = (tmp_path / "cache" / "tiny.licence.txt").read_text()
    assert text.startswith("Made by others.")
    assert "Apache License" in text
    assert "TERMS AND CONDITIONS" in text
    assert "Alibaba Cloud" in QWEN.notice


def test_what_is_there_is_read_once_more_and_not_fetched_again(tmp_path: Path) -> None:
    touched = install_weights(Steps(), MODEL, tmp_path / "cache", installer(tmp_path)).stat().st_mtime_ns
    steps = Steps()
    assert install_weights(steps, MODEL, tmp_path / "cache", ["must-not-run"]).stat().st_mtime_ns == touched
    assert list(steps.told) == ["checking"]


def test_a_joined_file_with_a_wrong_byte_is_put_together_anew(tmp_path: Path) -> None:
    file = install_weights(Steps(), MODEL, tmp_path / "cache", installer(tmp_path))
    file.write_bytes(DATA[:-1] + b"?")
    assert install_weights(Steps(), MODEL, tmp_path / "cache", installer(tmp_path)).read_bytes() == DATA


def test_one_that_cannot_be_fetched_says_why_and_the_next_time_goes_on_from_there(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as caught:
        install_weights(Steps(), MODEL, tmp_path / "cache", installer(tmp_path, fails=MODEL.pieces[1]))
    said = str(caught.value)
    assert "tiny-weights-part2==0.2.0 could not be fetched" in said
    assert "No matching distribution" in said
    assert "secret" not in said
    assert "models install local" in caught.value.next
    assert install_weights(Steps(), MODEL, tmp_path / "cache", installer(tmp_path)).read_bytes() == DATA
    assert asked(tmp_path) == [*MODEL.pieces[:2], *MODEL.pieces[1:]], "the first piece was not fetched twice"


def test_pieces_that_are_installed_are_not_fetched(site: Path, tmp_path: Path) -> None:
    lay_out(site)
    assert install_weights(Steps(), MODEL, tmp_path / "cache", ["must-not-run"]).read_bytes() == DATA


@pytest.mark.parametrize("data", [DATA[:-1], DATA + b"x", DATA[:-1] + bytes([DATA[-1] ^ 1])], ids=["short", "long", "one bit"])
def test_bytes_that_are_not_the_published_ones_are_refused_and_nothing_is_left(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UserError, match="not the published file"):
        install_weights(Steps(), MODEL, tmp_path / "cache", installer(tmp_path, data))
    assert list((tmp_path / "cache").iterdir()) == []


def _nearly_full(_path: Path) -> SimpleNamespace:
    return SimpleNamespace(free=1_000_000)


def _nothing(_name: str) -> None:
    return None


def test_without_room_it_says_so_before_anything_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "disk_usage", _nearly_full)
    with pytest.raises(UserError, match="are free"):
        install_weights(Steps(), MODEL, tmp_path / "cache", installer(tmp_path))
    assert asked(tmp_path) == []


def test_without_pip_and_uv_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "find_spec", _nothing)
    monkeypatch.setattr(fetching, "which", _nothing)
    with pytest.raises(UserError, match="Neither pip nor uv") as caught:
        fetching.installer()
    assert "ensurepip" in caught.value.next


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
