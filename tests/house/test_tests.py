"""The tests are checked too: each asserts something, each name is a sentence, warnings are errors, and exceptions stay few and true."""

import ast
from collections.abc import Iterator

from tests.house.tree import Function, Module, checks_with_exceptions, modules, offences, pyproject

SENTENCE_WORDS = 3
CHECKS = {
    "module_lines",
    "function_lines",
    "silenced_sizes",
    "names",
    "class_names",
    "openings",
    "suppressions",
    "test_names",
    "assertions",
    "owners",
    "purity",
    "warnings",
}


def _tests(module: Module) -> Iterator[tuple[str, Function]]:
    if not module.path.startswith("tests/") or not module.path.rpartition("/")[2].startswith("test_"):
        return
    for name, function in module.functions():
        if function.name.startswith("test_"):
            yield name, function


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _asserts(function: Function) -> bool:
    """Look for an assertion, an expected exception or warning, or a call of something named `assert_...` or `check_...`."""
    return any(
        isinstance(node, ast.Assert) or _called(node) in ("raises", "warns") or _called(node).startswith(("assert_", "check_"))
        for node in ast.walk(function)
    )


def test_every_test_asserts_something() -> None:
    idle = {
        f"{module.path}::{name}": "asserts nothing: it could not fail when the product does"
        for module in modules("tests")
        for name, function in _tests(module)
        if not _asserts(function)
    }
    assert offences("assertions", idle) == []


def test_the_name_of_a_test_is_a_sentence() -> None:
    terse = {
        f"{module.path}::{name}": "say in the name what holds, as a sentence"
        for module in modules("tests")
        for name, function in _tests(module)
        if len(function.name.removeprefix("test_").split("_")) < SENTENCE_WORDS
    }
    assert offences("test_names", terse) == []


def test_warnings_are_errors() -> None:
    first, *ignored = pyproject()["tool"]["pytest"]["ini_options"]["filterwarnings"]
    assert first == "error"
    assert offences("warnings", dict.fromkeys(ignored, "a warning that is let through has its reason in exceptions.toml")) == []


def test_exceptions_are_kept_for_checks_that_exist() -> None:
    assert checks_with_exceptions() <= CHECKS


def test_an_idle_test_is_told_from_one_that_asserts() -> None:
    source = "def a():\n    with pytest.raises(E):\n        f()\ndef b():\n    check_law(x)\ndef c():\n    assert x\ndef d():\n    f(x)\n"
    functions = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    assert [f.name for f in functions if not _asserts(f)] == ["d"]
