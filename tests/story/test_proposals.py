"""Proposals of outsiders: each keeps its own number and its own words, however many come in one moment."""

from concerted.conductor.proposals import list_proposals, propose_text
from tests.story.stage import AD, TODAY, Stage


def test_two_assistants_that_propose_in_one_moment_get_two_numbers(drafted: Stage) -> None:
    slow, quick = drafted.sit(), drafted.sit()
    given: list[str] = []

    def while_the_slow_one_looks_at_the_clock() -> str:
        if not given:
            given.append(propose_text(quick, AD, "headline_4", "Mine: $29", "", "an assistant")["proposal"])
        return f"{TODAY}T10:00:00+00:00"

    slow.clock = while_the_slow_one_looks_at_the_clock
    given.append(propose_text(slow, AD, "headline_4", "Other: $29", "", "another")["proposal"])
    assert given == ["P1", "P2"]
    waiting = drafted.do(list_proposals)["proposals"]
    assert [(row["id"], row["text"]) for row in waiting] == [("P1", "Mine: $29"), ("P2", "Other: $29")]
