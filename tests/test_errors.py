"""The error tree: what each branch says by itself, and what the doors may rely on."""

import pytest

from concerted import errors
from concerted.errors import ConcertedError, NotFound, Problem, Reason, Refused, Unavailable, UserError


@pytest.mark.parametrize(
    ("kind", "exit_code", "http_status"),
    [(UserError, 2, 422), (Refused, 4, 409), (NotFound, 5, 404), (Unavailable, 6, 503)],
)
def test_each_branch_has_its_exit_code_and_http_status(kind: type[ConcertedError], exit_code: int, http_status: int) -> None:
    assert (kind.exit_code, kind.http_status) == (exit_code, http_status)
    drawn = next(line for line in (errors.__doc__ or "").splitlines() if kind.__name__ in line)
    assert f"exit {exit_code}" in drawn
    assert f"HTTP {http_status}" in drawn


def test_no_branch_is_missing_from_the_drawn_tree() -> None:
    assert set(ConcertedError.__subclasses__()) == {UserError, Refused, NotFound, Unavailable}


def test_the_docstring_is_the_default_message() -> None:
    assert str(NotFound()) == "Nothing here has that name."
    assert str(NotFound("No asset is called email.x.")) == "No asset is called email.x."


def test_every_mistake_is_told_at_once_with_its_place_and_remedy() -> None:
    problems = [
        Problem("`promis` is not a field here.", remedy="did you mean `promise`?", file="campaign.yaml", line=12, column=3),
        Problem("The file is empty."),
    ]
    said = str(UserError("campaign.yaml has 2 mistakes.", problems=problems)).splitlines()
    assert said == [
        "campaign.yaml has 2 mistakes.",
        "  campaign.yaml:12:3: `promis` is not a field here. (did you mean `promise`?)",
        "  The file is empty.",
    ]


def test_a_refusal_names_the_next_command_for_each_reason() -> None:
    refused = Refused("The release is refused.", reasons=(Reason("nobody approved it.", next="concerted approve email.1", id="email.1", rule="R3"),))
    assert str(refused).splitlines()[1] == "  email.1: nobody approved it. Next: concerted approve email.1"
    assert refused.reasons[0].rule == "R3"


def test_what_to_do_next_comes_last() -> None:
    error = Refused("A Change is open.", reasons=[Reason("3 decisions are open.")], next="concerted decide")
    assert str(error).splitlines()[-1] == "Next: concerted decide"
