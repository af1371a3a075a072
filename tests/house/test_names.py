"""Rooms are named after what is in them, modules open by saying it, and whoever silences a check says which and why."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.house.tree import Module, modules, offences

# A name that fits everything says nothing about what is inside, so everything ends up there.
FORBIDDEN = re.compile(r"^(utils?|helpers?|managers?|services?|common|misc)$")
FORBIDDEN_CLASS = re.compile(r"(Utils?|Helpers?|Manager|Service)$")
OPENING_LINES = 5
SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore|pyright:\s*ignore)(?P<rule>:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|\[[\w, -]+\])?(?P<reason>.*)")


def _comments(module: Module) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(module.text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def _unexplained(comment: str) -> bool:
    """A suppression is explained when it names its rule and a reason follows: `# noqa: E501  # a table reads better wide`."""
    found = SUPPRESSION.search(comment)
    return found is not None and (not found["rule"] or len(found["reason"].strip(" #-:.")) < 8)


def test_no_module_has_a_name_that_fits_everything() -> None:
    vague = {
        m.path: "name it after what is in it" for m in modules() if any(FORBIDDEN.match(part) for part in PurePosixPath(m.path).with_suffix("").parts)
    }
    assert offences("names", vague) == []


def test_no_class_is_a_manager_service_or_helper() -> None:
    vague = {
        f"{module.path}::{node.name}": "name it after what it is"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and FORBIDDEN_CLASS.search(node.name)
    }
    assert offences("class_names", vague) == []


def test_a_module_opens_with_one_to_five_lines_on_what_lives_there() -> None:
    openings = {module.path: (ast.get_docstring(module.tree) or "").split("\n\n") for module in modules() if module.text.strip()}
    wrong = {
        path: f"open with 1 to {OPENING_LINES} lines: what lives here, what must never"
        for path, paragraphs in openings.items()
        if not paragraphs[0] or len(paragraphs[0].splitlines()) > OPENING_LINES
    }
    assert offences("openings", wrong) == []


def test_a_silenced_check_is_named_and_has_its_reason() -> None:
    silent = {
        f"{module.path}:{line}": f"say which rule and why, behind it: {comment}"
        for module in modules()
        for line, comment in _comments(module)
        if _unexplained(comment)
    }
    assert offences("suppressions", silent) == []


def test_a_reason_is_recognised_behind_a_suppression() -> None:
    explained = (
        "# noqa: E501  # a table reads better wide",
        "# pyright: ignore[reportPrivateUsage]  # DBOS has no public name for this",
        "# why, not what",
    )
    unexplained = ("# noqa", "# noqa: E501", "# type: ignore[misc]", "# pyright: ignore  # because we say so")
    assert [c for c in explained if _unexplained(c)] == []
    assert [c for c in unexplained if not _unexplained(c)] == []
