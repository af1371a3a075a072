"""Writes a model of random numbers in the GGUF format, half a megabyte: it says nothing sensible, but it loads, streams and stops like a real one."""

import array
import random
import struct
from pathlib import Path

WIDE, HEADS, LAYERS, INNER = 64, 4, 2, 128
WORDS = ("\u2581the", "\u2581bike", "\u2581tonight", ".", "\u2581ride", "\u2581it", "{", "}", '"', ":", ",", "text")
TOKENS = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), *WORDS]
KINDS = [2, 3, 3, *([6] * 256), *([1] * len(WORDS))]
CHAT = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant: "
WHOLE, INT, FLOAT, TEXT, LIST = 4, 5, 6, 8, 9
ALIGNED = 32


def _text(value: str) -> bytes:
    return struct.pack("<Q", len(value.encode())) + value.encode()


def _list(kind: int, count: int, packed: bytes) -> bytes:
    return struct.pack("<IQ", kind, count) + packed


def _settings() -> dict[str, tuple[int, bytes]]:
    count = len(TOKENS)
    whole = {
        "context_length": 8192, "embedding_length": WIDE, "block_count": LAYERS, "feed_forward_length": INNER, "attention.head_count": HEADS,
        "attention.head_count_kv": HEADS, "rope.dimension_count": WIDE // HEADS, "vocab_size": count,
    }  # fmt: skip
    return {
        "general.architecture": (TEXT, _text("llama")),
        "general.name": (TEXT, _text("tiny")),
        **{f"llama.{name}": (WHOLE, struct.pack("<I", value)) for name, value in whole.items()},
        "llama.attention.layer_norm_rms_epsilon": (FLOAT, struct.pack("<f", 1e-5)),
        "tokenizer.ggml.model": (TEXT, _text("llama")),
        "tokenizer.ggml.tokens": (LIST, _list(TEXT, count, b"".join(map(_text, TOKENS)))),
        "tokenizer.ggml.scores": (LIST, _list(FLOAT, count, struct.pack(f"<{count}f", *([0.0] * count)))),
        "tokenizer.ggml.token_type": (LIST, _list(INT, count, struct.pack(f"<{count}i", *KINDS))),
        **{f"tokenizer.ggml.{name}_token_id": (WHOLE, struct.pack("<I", place)) for place, name in enumerate(("unknown", "bos", "eos"))},
        "tokenizer.chat_template": (TEXT, _text(CHAT)),
    }


def _tensors() -> dict[str, tuple[int, ...]]:
    """Name every tensor with its shape, the fastest dimension first."""
    shapes: dict[str, tuple[int, ...]] = {"token_embd": (WIDE, len(TOKENS)), "output": (WIDE, len(TOKENS)), "output_norm": (WIDE,)}
    for layer in range(LAYERS):
        block = f"blk.{layer}."
        shapes |= {f"{block}{name}": (WIDE,) for name in ("attn_norm", "ffn_norm")}
        shapes |= {f"{block}{name}": (WIDE, WIDE) for name in ("attn_q", "attn_k", "attn_v", "attn_output")}
        shapes |= {f"{block}ffn_gate": (WIDE, INNER), f"{block}ffn_up": (WIDE, INNER), f"{block}ffn_down": (INNER, WIDE)}
    return {f"{name}.weight": shape for name, shape in shapes.items()}


def write_model(file: Path, seed: int = 0) -> Path:
    """Write the model; gives the file."""
    chance = random.Random(seed)
    settings, shapes = _settings(), _tensors()
    head = b"GGUF" + struct.pack("<IQQ", 3, len(shapes), len(settings))
    head += b"".join(_text(name) + struct.pack("<I", kind) + packed for name, (kind, packed) in settings.items())
    body = b""
    for name, shape in shapes.items():
        size = shape[0] * (shape[1] if len(shape) > 1 else 1)
        numbers = array.array("f", (chance.gauss(0, 0.05) if len(shape) > 1 else 1.0 for _ in range(size))).tobytes()
        head += _text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, len(body))
        body += numbers + bytes(-len(numbers) % ALIGNED)
    file.write_bytes(head + bytes(-len(head) % ALIGNED) + body)
    return file
