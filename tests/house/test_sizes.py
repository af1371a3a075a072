"""Small rooms: how long a module and a function may be. Complexity and parameters are ruff's; here nobody silences it unseen."""

import ast
import re

from tests.house.tree import Function, modules, offences

MODULE_LINES = 400
FUNCTION_LINES = 50


def _lines(function: Function) -> int:
    """Count the lines from `def` to the end; what explains the function (its docstring) is free."""
    assert function.end_lineno is not None
    first = function.body[0]
    said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    explained = (first.end_lineno or first.lineno) - first.lineno + 1 if said else 0
    return function.end_lineno - function.lineno + 1 - explained


def test_a_module_has_at_most_400_lines() -> None:
    long = {m.path: f"{n} lines, {MODULE_LINES} are allowed" for m in modules() if (n := len(m.text.splitlines())) > MODULE_LINES}
    assert offences("module_lines", long) == []


def test_a_function_has_at_most_50_lines() -> None:
    long = {
        f"{module.path}::{name}": f"{_lines(function)} lines, {FUNCTION_LINES} are allowed"
        for module in modules()
        for name, function in module.functions()
        if _lines(function) > FUNCTION_LINES
    }
    assert offences("function_lines", long) == []


def test_complexity_and_parameters_are_silenced_only_by_name() -> None:
    silenced = {
        f"{module.path}::{name}": "a silenced size check has its line and reason in tests/house/exceptions.toml"
        for module in modules()
        for name, function in module.functions()
        if re.search(r"#\s*noqa:.*\b(C901|PLR0913)\b", module.text.splitlines()[function.lineno - 1])
    }
    assert offences("silenced_sizes", silenced) == []


def test_a_docstring_is_not_counted_as_length() -> None:
    (module,) = ast.parse('def f():\n    """One.\n\n    Two.\n    """\n    return 1\n').body
    assert isinstance(module, ast.FunctionDef)
    assert _lines(module) == 2
