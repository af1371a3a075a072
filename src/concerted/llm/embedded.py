"""The model that runs in this process: llama.cpp with a small weights file, spoken to over its own loopback port like any other server."""

import asyncio
import json
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from concerted.errors import UserError
from concerted.llm.compatible import CompatibleModel, CompatibleStream
from concerted.llm.configured import Endpoint, ModelName
from concerted.llm.key import Key
from concerted.llm.loose import Loose
from concerted.llm.model import MARKS, Request, Schema
from concerted.llm.weights import joined, own_file

_TEXT = r"""space ::= [ \n]?
text ::= "\"" letter* "\""
letter ::= [^"\\\x7F\x00-\x1F] | "\\" (["\\/bfnrt] | "u" [0-9a-fA-F] [0-9a-fA-F] [0-9a-fA-F] [0-9a-fA-F])
"""
_SLOTTED = r"""space ::= [ \n]?
text ::= "\"" letter+ "\""
letter ::= [^"\\0-9\[\]{}<>*#\x7F\x00-\x1F] | "\\n"MARKS
"""
"""Texts without a figure and without markup, but with the marks that stand for figures."""
RUNTIME = "xllamacpp"
CONTEXT = 8192
"""Tokens of prompt and answer together."""


class EmbeddedModel:
    """A GGUF file behind llama.cpp's server, loaded with the first call."""

    def __init__(self, name: ModelName, endpoint: Endpoint) -> None:
        self._name = name
        self._endpoint = endpoint
        self._loading = asyncio.Lock()
        self._server: Any = None
        self._model: CompatibleModel | None = None
        self.address = ""
        """Where it listens, once it is loaded."""

    @property
    def name(self) -> str:
        """The model string."""
        return str(self._name)

    @asynccontextmanager
    async def stream(self, request: Request) -> AsyncGenerator[CompatibleStream]:
        """Ask, and give the answer while it comes in. Raises NotFound or UserError where the weights or the runtime are missing."""
        async with self._loading:
            if self._model is None:
                self._model = await self._start()
        async with self._model.stream(request) as stream:
            yield stream

    async def _start(self) -> CompatibleModel:
        file = own_file(self._endpoint.gguf) if self._endpoint.gguf else joined()
        self._server = await asyncio.to_thread(_serve, file)
        address = str(self._server.listening_address)
        self.address = address if "://" in address else f"http://{address}"
        here = self._endpoint.model_copy(update={"base_url": f"{self.address}/v1", "api_key_env": ""})
        # It closes a connection now and then just as the next call takes it (1 in 100 was lost so); a new one costs nothing here.
        return CompatibleModel(self._name, here, Key(""), by_grammar, idle=0)

    async def close(self) -> None:
        """Let go of the model and its memory."""
        if self._model is not None:
            await self._model.close()
        self._model = self._server = None


def by_grammar(schema: Schema) -> Loose:
    """Hold the model to an object of texts by a grammar: llama.cpp's own reading of schemas goes through its parsers of chat formats."""
    names: list[str] = list(schema["properties"])
    members = ' "," space '.join(f'"{json.dumps(json.dumps(name))[1:-1]}" space ":" space text' for name in names)
    marks = schema.get(MARKS)
    text = _TEXT if marks is None else _SLOTTED.replace("MARKS", "".join(f' | "{mark}"' for mark in marks))
    return {"grammar": f'root ::= "{{" space {members} space "}}"\n{text}'}


def threads() -> int:
    """Say how many threads compute: one less than there are cores, for two that spin on a busy machine are slower than one."""
    return max(1, (os.cpu_count() or 2) - 1)


def _serve(file: Path) -> Any:
    """Load the weights and serve them on a free loopback port."""
    try:
        xllamacpp: Any = import_module(RUNTIME)
    except ImportError as missing:
        raise UserError("The embedded model needs an extra that is not installed.", next='pip install "concerted[local]"') from missing
    params = xllamacpp.CommonParams()
    params.model.path = str(file)
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = CONTEXT
    params.n_parallel = 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads()
    params.force_pure_content_parser = True
    params.verbosity = -1
    params.ui = False
    try:
        return xllamacpp.Server(params)
    except RuntimeError as failed:
        said = " ".join(str(failed).split())
        raise UserError(
            f"The weights in {file.name} cannot be loaded: {said}", next="set gguf under [models.local] to a model for llama.cpp"
        ) from failed
