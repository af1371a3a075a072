"""How vendors stream: the events of OpenAI's chat completions, Anthropic's messages, Google's generateContent."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Protocol


def _data(event: Any, name: str = "") -> bytes:
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()


class Dialect(Protocol):
    """Spells an answer."""

    def begin(self, refusal: str) -> Iterable[bytes]:
        """Open it."""
        ...

    def token(self, text: str) -> bytes:
        """Say a token."""
        ...

    def end(self, finish: str, asked: int | None, said: int) -> Iterable[bytes]:
        """Close it; `asked` is None where nothing is counted."""
        ...


class OpenAI:
    """Chat completions."""

    def begin(self, refusal: str) -> Iterable[bytes]:
        """Open with nothing, or with a refusal."""
        if refusal:
            yield self._choice({"refusal": refusal})

    def token(self, text: str) -> bytes:
        """Say a token."""
        return self._choice({"content": text})

    def end(self, finish: str, asked: int | None, said: int) -> Iterable[bytes]:
        """Say why it ends, and what it came to."""
        yield self._choice({}, finish)
        if asked is not None:
            yield _data({"choices": [], "usage": {"prompt_tokens": asked, "completion_tokens": said}})
        yield b"data: [DONE]\n\n"

    def _choice(self, delta: dict[str, str], finish: str | None = None) -> bytes:
        return _data({"id": "c", "object": "chat.completion.chunk", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})


class Anthropic:
    """Messages."""

    REASONS: Mapping[str, str] = {"stop": "end_turn", "length": "max_tokens", "content_filter": "refusal"}

    def begin(self, refusal: str) -> Iterable[bytes]:
        """Open the message and its one block."""
        message: dict[str, Any] = {
            "id": "m",
            "type": "message",
            "role": "assistant",
            "model": "x",
            "content": [],
            "stop_reason": None,
            "stop_sequence": None,
        }
        yield _data({"type": "message_start", "message": {**message, "usage": {"input_tokens": 7, "output_tokens": 1}}}, "message_start")
        yield _data({"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": refusal}}, "content_block_start")

    def token(self, text: str) -> bytes:
        """Say a token."""
        return _data({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": text}}, "content_block_delta")

    def end(self, finish: str, asked: int | None, said: int) -> Iterable[bytes]:
        """Close the block and the message."""
        yield _data({"type": "content_block_stop", "index": 0}, "content_block_stop")
        stopped = {"stop_reason": self.REASONS[finish], "stop_sequence": None}
        yield _data({"type": "message_delta", "delta": stopped, "usage": {"input_tokens": asked or 7, "output_tokens": said}}, "message_delta")
        yield _data({"type": "message_stop"}, "message_stop")


class Google:
    """generateContent, as server-sent events."""

    REASONS: Mapping[str, str] = {"stop": "STOP", "length": "MAX_TOKENS", "content_filter": "SAFETY"}

    def begin(self, refusal: str) -> Iterable[bytes]:
        """Open with nothing."""
        return [self.token(refusal)] if refusal else []

    def token(self, text: str) -> bytes:
        """Say a token."""
        return _data({"candidates": [{"index": 0, "content": {"role": "model", "parts": [{"text": text}]}}], "modelVersion": "x", "responseId": "r"})

    def end(self, finish: str, asked: int | None, said: int) -> Iterable[bytes]:
        """Say why it ends, and what it came to."""
        counted = {"promptTokenCount": asked or 7, "candidatesTokenCount": said, "totalTokenCount": (asked or 7) + said}
        last = {"index": 0, "content": {"role": "model", "parts": [{"text": ""}]}, "finishReason": self.REASONS[finish]}
        yield _data({"candidates": [last], "usageMetadata": counted, "modelVersion": "x", "responseId": "r"})


def dialect_of(path: str) -> Dialect:
    """Tell from the path which language the caller speaks."""
    if path.endswith("/messages") or "/messages?" in path:
        return Anthropic()
    return Google() if ":streamGenerateContent" in path else OpenAI()
