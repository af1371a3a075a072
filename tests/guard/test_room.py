"""The guard's room: it thinks, and knows no file, clock, model, store or folder."""

from tests.house.test_imports import WORLDLY
from tests.house.tree import modules

BELOW = {"guard", "planning", "rules", "campaign", "errors"}
GUARD = [module for module in modules("src") if module.room == "guard"]


def test_the_guard_imports_only_what_is_pure_below_it() -> None:
    ours = {(module.path, name) for module in GUARD for _line, name in module.imports() if name.startswith("concerted.")}
    assert len(GUARD) > 10
    assert {(path, name) for path, name in ours if name.split(".")[1] not in BELOW} == set()


def test_the_guard_reaches_no_file_clock_or_network() -> None:
    reached = {(module.path, name) for module in GUARD for _line, name in module.imports() if name.partition(".")[0] in WORLDLY}
    assert reached == set()
