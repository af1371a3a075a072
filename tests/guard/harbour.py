"""One deliverable of the dock strategy, watched: how the guard's tests stream a text and see what came of it."""

from collections.abc import Mapping
from typing import Any

from concerted.campaign.deliverable import Deliverable, DeliverableType, FieldSpec
from concerted.campaign.facets import Value
from concerted.campaign.intervention import GO_ON, Stop, Verdict
from concerted.guard.post import Post, post_for
from concerted.guard.watch import Watcher
from tests.guard.labelled import before, pieces
from tests.rules.dock import EARLIER, FACETS, facets_with

KIND = DeliverableType(
    "launch-email", "Email", "email", (FieldSpec("subject", slot="subject"), FieldSpec("body", slot="body"), FieldSpec("claims"), FieldSpec("footer"))
)
EMAIL = Deliverable("launch-email", "email", "dock", "us", "-", publish="2027-03-10")
GERMAN = Deliverable("launch-email", "email", "dock", "de", "-", language="de", locale="de-DE", publish="2027-03-10")


def post(
    deliverable: Deliverable = EMAIL, *, old: bool = True, demoted: tuple[str, ...] = (), facets: Mapping[str, Value] | None = None, **changes: Any
) -> Post:
    """Post a guard; `old` says whether the draft follows a change. `changes` are put into the strategy."""
    held = facets if facets is not None else facets_with(**changes) if changes else FACETS
    return post_for(held, before() if old else None, deliverable, KIND, EARLIER, demoted)


def stream(watcher: Watcher, text: str, name: str = "body") -> Verdict:
    """Feed a field token by token, up to a verdict; the field stays open."""
    for token in pieces(text):
        verdict = watcher.feed(name, token)
        if verdict is not GO_ON:
            return verdict
    return GO_ON


def written(text: str, name: str = "body", on: Post | None = None) -> Verdict:
    """Write one field to its end."""
    watcher = Watcher(on or post())
    verdict = stream(watcher, text, name)
    return watcher.finish_field(name) if verdict is GO_ON else verdict


def stopped(text: str, name: str = "body", on: Post | None = None) -> Stop:
    """Write one field that must be stopped."""
    verdict = written(text, name, on)
    assert isinstance(verdict, Stop), f"{text!r} was not stopped"
    return verdict
