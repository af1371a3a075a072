"""A hundred random schedules on the pure core; after every operation the oracle looks. `python -m bench.driver` runs ten thousand."""

from collections import Counter

import pytest

from tests.planning.schedules import run_driver

CHUNK = 25
OPERATIONS = 60
SEEN: Counter[str] = Counter()


@pytest.mark.parametrize("first", range(0, 100, CHUNK))
def test_no_schedule_breaks_an_invariant(first: int) -> None:
    counts = run_driver(range(first, first + CHUNK), OPERATIONS)
    assert counts["operations"] == CHUNK * OPERATIONS


def test_everything_that_can_happen_does_happen() -> None:
    counts = run_driver(range(9000, 9040), OPERATIONS)
    moves = (
        "edit_strategy", "edit_rule", "edit_audiences", "edit_text", "decide", "tick", "abandon", "unhold", "rollback", "midnight", "upgrade", "dispatch",  # noqa: E501  # copy and tables read better whole
        "result", "zombie", "retry", "sign", "own", "redraft", "exclude", "attest", "revisit", "release", "land_on_a_left_head",
    )  # fmt: skip
    assert [move for move in moves if not counts[move]] == []
    events = (
        "opened",
        "amended",
        "landed",
        "abandoned",
        "drafted",
        "adopted",
        "returned",
        "approved",
        "owned",
        "locked",
        "unlocked",
        "excluded",
        "attested",
    )
    assert [kind for kind in events if not counts[f"event {kind}"]] == []
    assert counts["event released"] >= 40, "every schedule ends in a release, and some release on the way"
