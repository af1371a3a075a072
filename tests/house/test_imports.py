"""Each outside world has one owner room, the thinking is pure, and the door opens without waking what it does not need."""

import ast
import subprocess
import sys
from collections.abc import Iterator

from tests.house.tree import Module, modules, offences

# Who alone may import a library. A library that is on no line is free for every room.
OWNERS = {
    "dbos": {"durable"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "sqlite3": {"store"},
    "click": {"cli"},
    "rich": {"cli"},
    "openai": {"llm"},
    "anthropic": {"llm"},
    "pydantic_ai": {"llm"},
    "mcp": {"mcp"},
    "onnxruntime": {"llm"},
    "tokenizers": {"llm"},
    "numpy": {"llm"},
}

PURE_ROOMS = {"planning", "rules", "campaign", "errors"}
WORLDLY = {
    *("asyncio", "concurrent", "glob", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets", "shutil"),
    *("signal", "socket", "subprocess", "tempfile", "threading", "time", "urllib.request", "uuid"),
}
WORLDLY_METHODS = {"now", "today", "utcnow"}
WORLDLY_BUILTINS = {"open", "print", "input"}

ASLEEP = ("dbos", "alembic", "sqlalchemy", "psycopg", "concerted.durable", "concerted.llm", "concerted.exporters")


def _owned_elsewhere(module: Module) -> Iterator[tuple[int, str]]:
    for line, name in module.imports():
        owners = OWNERS.get(name.partition(".")[0])
        if owners is not None and module.room not in owners:
            yield line, name


def _worldly(module: Module) -> Iterator[tuple[int, str]]:
    for line, name in module.imports():
        if any(name == world or name.startswith(f"{world}.") for world in WORLDLY):
            yield line, f"import {name}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name) if name in WORLDLY_BUILTINS:
                    yield node.lineno, f"{name}()"
                case ast.Attribute(attr=name) if name in WORLDLY_METHODS:
                    yield node.lineno, f"{name}()"
                case _:
                    pass


def test_each_outside_world_has_one_owner_room() -> None:
    strayed = {
        f"{module.path}::{name}": f"line {line}: only {', '.join(sorted(OWNERS[name.partition('.')[0]]))} may import it"
        for module in modules("src")
        for line, name in _owned_elsewhere(module)
    }
    assert offences("owners", strayed) == []


def test_the_thinking_is_pure_and_takes_time_ids_and_chance_as_arguments() -> None:
    impure = {
        f"{module.path}::{what}": f"line {line}: the pure floors reach no file, clock, chance or network"
        for module in modules("src")
        if module.room in PURE_ROOMS
        for line, what in _worldly(module)
    }
    assert offences("purity", impure) == []


def test_the_terminal_door_opens_without_engine_database_or_models() -> None:
    program = "import sys, concerted.cli; print(*sys.modules, sep='\\n')"
    woken = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.splitlines()
    assert "concerted.cli" in woken
    assert [name for name in woken if name.startswith(ASLEEP)] == []


def test_reading_the_clock_is_seen_in_a_pure_room() -> None:
    source = "from datetime import date\nimport os.path\ndef f():\n    return date.today()\n"
    module = Module("src/concerted/planning/due.py", source, ast.parse(source))
    assert [what for _, what in _worldly(module)] == ["import os.path", "today()"]
