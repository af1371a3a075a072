"""Everything that can be said about a campaign file without drafting: mistakes of reading and of sense, each at its place."""

from collections.abc import Collection, Iterable
from datetime import date

from concerted.campaign.address import join
from concerted.campaign.finding import Finding
from concerted.campaign.soundness import CatalogNames, findings
from concerted.campaign.soundness.forms import RULE as FORM
from concerted.campaign.soundness.references import NAME_RULE
from concerted.campaign.soundness.references import RULE as DANGLING
from concerted.campaign.strategy import leaf_at
from concerted.folder.causes import folded
from concerted.folder.nodes import Text
from concerted.folder.page import Slip
from concerted.folder.problem import Problem, at, by_place
from concerted.folder.source import Source


def check(source: Source, today: date, catalog_names: CatalogNames) -> list[Problem]:
    """List every problem of a source on a day, sorted by place. Where the file has mistakes, what is readable is checked too."""
    if source.salvaged.strategy is None:
        return list(source.problems)
    found = _beyond(findings(source.salvaged.strategy, today, catalog_names), source)
    located = [*source.problems, *folded(found, source)]
    return list(by_place([*located, *_empty(source, {problem.ref for problem in located})], source.pages))


def _beyond(found: Iterable[Finding], source: Source) -> Iterable[Finding]:
    """Leave out what only follows from a mistake that was already named."""
    touched = source.salvaged.touched
    lost = {ref.rpartition(".")[2] for ref in touched}
    whole_part_lost = any("." not in ref for ref in touched)
    cut_off = {problem.ref for problem in source.problems if problem.severity == "advice"}
    for finding in found:
        inside = any(finding.ref == ref or finding.ref.startswith((f"{ref}.", f"{ref}@")) for ref in touched)
        follows = finding.rule in (DANGLING, NAME_RULE) and (whole_part_lost or finding.evidence in lost)
        if not inside and not follows and not (finding.rule == FORM and finding.ref in cut_off):
            yield finding


def _empty(source: Source, said: Collection[str]) -> Iterable[Problem]:
    """Point out names that were written down without an answer, unless something was said about them already."""
    for keys, places in source.places.items():
        place, ref = places[0], join(keys)
        if isinstance(place.value, Text) and place.value.missing and place.key and ref not in said:
            leaf = leaf_at(ref)
            who = f"; usually known by {leaf.who_knows}" if leaf and leaf.who_knows else ""
            yield at(place.page, Slip(place.key.start, f"{ref} is empty", f"answer it, or remove the line{who}", "advice", ref))
