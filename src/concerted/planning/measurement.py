"""The measurement plan: how each objective is measured, read from the strategy. What is not given is said to be."""

from collections.abc import Iterator

from concerted.campaign.facets import Facets
from concerted.campaign.finding import Finding
from concerted.campaign.view import View
from concerted.planning.moments import members, text

NOT_GIVEN = "not given"
PARTS = ("serves", "measure", "baseline", "target", "by", "source", "guardrail", "decision_rule")
COLUMNS = ("objective", *PARTS)
_ASKED = {
    "measure": "say what is counted",
    "baseline": "say what it is today, and since when",
    "target": "say which number is enough",
    "by": "give the day on which it is read",
    "source": "name the report in which the number is read",
    "guardrail": "say what must not get worse on the way",
    "decision_rule": "say what you do when it goes otherwise, such as: below 30 by the end of May, the LinkedIn budget moves to search",
}


def measurement_plan(facets: Facets) -> View:
    """Lay the objectives out as a table."""
    slugs = members(facets, "objectives")
    rows = tuple((slug, *(text(facets, f"objectives.{slug}.{part}") or NOT_GIVEN for part in PARTS)) for slug in slugs)
    note = "One row for each objective. A number without a source is an argument after the launch."
    return View("measurement", "Measurement plan", note, COLUMNS, rows, tuple(_gaps(facets, slugs)))


def _gaps(facets: Facets, slugs: tuple[str, ...]) -> Iterator[Finding]:
    if not slugs:
        yield Finding("no-objective", "advice", "the strategy has no objective, so nothing is measured", "add one under objectives", ref="objectives")
    for slug in slugs:
        for part, remedy in _ASKED.items():
            if not text(facets, f"objectives.{slug}.{part}"):
                spoken = part.replace("_", " ")
                yield Finding("not-measured", "advice", f"{slug} has no {spoken}", remedy, ref=f"objectives.{slug}.{part}")
