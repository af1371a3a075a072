"""The project's own files as the house tests see them: parsed modules, rooms, and the exceptions that are allowed by name."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "concerted"
CODE = ("src", "tests", "bench", "docs")
Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file: where it stands and what it says."""

    path: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The folder or module directly under the package, such as `planning` or `errors`; empty outside of it."""
        parts = Path(self.path).with_suffix("").parts
        return parts[2] if parts[:2] == ("src", "concerted") else ""

    def functions(self) -> Iterator[tuple[str, Function]]:
        """Yield every function and method with its dotted name inside the module."""
        yield from _functions(self.tree, "")

    def classes(self) -> Iterator[ast.ClassDef]:
        """Yield the classes at the top of the module."""
        yield from (node for node in self.tree.body if isinstance(node, ast.ClassDef))

    def imports(self) -> Iterator[tuple[int, str]]:
        """Yield line and dotted name of everything imported, wherever in the module it happens."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node.lineno, f"{node.module or ''}.{alias.name}") for alias in node.names)


def _functions(parent: ast.AST, prefix: str) -> Iterator[tuple[str, Function]]:
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{prefix}{node.name}", node
            yield from _functions(node, f"{prefix}{node.name}.")
        else:
            yield from _functions(node, f"{prefix}{node.name}." if isinstance(node, ast.ClassDef) else prefix)


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Parse every Python file below the folders (all code if none is named), in the order of their paths."""
    files = sorted(path for folder in folders or CODE for path in (ROOT / folder).rglob("*.py"))
    return tuple(_parsed(path) for path in files)


def _parsed(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(path.relative_to(ROOT).as_posix(), text, ast.parse(text, filename=str(path)))


@cache
def pyproject() -> dict[str, Any]:
    """Read pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def _exceptions() -> dict[str, dict[str, str]]:
    return tomllib.loads((ROOT / "tests" / "house" / "exceptions.toml").read_text(encoding="utf-8"))


def allowed(check: str) -> dict[str, str]:
    """Name the exceptions of one check, each with its reason."""
    return _exceptions().get(check, {})


def checks_with_exceptions() -> set[str]:
    """Name the checks that have exceptions at all."""
    return set(_exceptions())


def offences(check: str, found: dict[str, str]) -> list[str]:
    """Turn what a check found (place -> what is wrong) into lines to read.

    Places that are excepted by name are left out; an exception that no longer offends is itself an offence.
    """
    excepted = allowed(check)
    wrong = [f"{place}: {what}" for place, what in found.items() if place not in excepted]
    outlived = [
        f"{place}: is excepted in exceptions.toml [{check}] but no longer offends; take the line out" for place in excepted if place not in found
    ]
    return wrong + outlived
