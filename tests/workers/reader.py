"""Reads a campaign as the house writer writes it, for the tests of its copy: texts, traces and what the rules say to them."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from concerted.campaign.deliverable import Deliverable
from concerted.campaign.facets import Facets, Tree, flatten
from concerted.campaign.finding import Finding
from concerted.catalog import Catalog
from concerted.conductor.assembly import Assembly
from concerted.folder import read_folder
from concerted.guard.subject import subject_of
from concerted.planning.kit import Kit
from concerted.planning.render import Rendering, parse_house, render_variants
from concerted.planning.trace import Reading
from concerted.rules.across import contradictions
from concerted.workers.worker import load_workers

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = "2026-11-22"
REGISTRY = load_workers()
TEMPLATE_RESIDUE = re.compile(r"[{}]|  |\.\.|\(\)|\bNone\b|[ ][.,;:?]|: *$(?!\n-)|\b[a-z]+_[a-z0-9_]+\b|“”|„“|\bloop\b|[.!?]\.", re.MULTILINE)


@dataclass
class Reader:
    """A campaign written by the house writer, asset by asset, as the playbook orders them."""

    kit: Kit
    facets: Facets
    judged: bool = True
    """False: take the variant that rotation gives, whatever the rules say."""
    words: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    renderings: dict[tuple[str, str], Rendering] = field(default_factory=dict[tuple[str, str], Rendering])

    @cached_property
    def deliverables(self) -> Mapping[str, Deliverable]:
        """What a worker writes; pieces made outside have no template."""
        return {asset: made for asset, made in self.kit.expand(self.facets).items() if made.made_by == "worker"}

    def write(self, deliverable: Deliverable) -> None:
        """Pick each field as the house writer does: in rotation, the first variant that may be released."""
        source = REGISTRY.house_source(deliverable.type, deliverable.language)
        assert source, f"{deliverable.id}: no house template in {deliverable.language}"
        chosen: dict[str, str] = {}
        for name, variants in parse_house(source).variants.items():
            found = render_variants(variants, Reading(deliverable, self.facets, self.words), self.kit.law)
            self.renderings[deliverable.id, name] = found
            start = deliverable.rotation % max(1, len(found.texts))
            order = (*found.texts[start:], *found.texts[:start])
            chosen[name] = next((text for text in order if not self.judged or not self.stops(deliverable, {name: text})), "")
        self.words[deliverable.id] = chosen

    def findings(self, deliverable: Deliverable, words: Mapping[str, str]) -> tuple[Finding, ...]:
        return self.kit.rules.check(deliverable, words, self.facets, TODAY)

    def stops(self, deliverable: Deliverable, words: Mapping[str, str]) -> list[Finding]:
        found = (finding for finding in self.findings(deliverable, words) if finding.severity == "release")
        return [finding for finding in found if len(words) > 1 or not finding.ref.endswith("_items")]

    def residue(self) -> list[tuple[tuple[str, str], str]]:
        """Find what shows a template: braces, field names, double full stops."""
        return [(place, text) for place, found in self.renderings.items() for text in found.texts if TEMPLATE_RESIDUE.search(text)]

    def repeated(self, exempt: Collection[str] = ()) -> tuple[Finding, ...]:
        """Find sentences in too many assets, fields that may be shared left aside."""
        own = {
            asset: {name: text for name, text in words.items() if not REGISTRY.type(self.deliverables[asset].type).field(name).shared}
            for asset, words in self.words.items()
        }
        subjects = (subject_of(self.deliverables[asset], None, words, date.fromisoformat(TODAY)) for asset, words in own.items())
        found = contradictions(subjects, self.facets, exempt)
        return tuple(one for one in found if one.rule in ("repeated-sentence", "subject-is-headline"))

    def empty(self, *, optional: bool) -> list[str]:
        """List fields without words, the required or the optional ones."""
        return [f"{made.id}#{name}" for made, name, text in self.fields() if not text and REGISTRY.type(made.type).field(name).optional is optional]

    def stopped(self) -> list[Finding]:
        """List what stops a release, asset by asset."""
        return [finding for made in self.deliverables.values() for finding in self.stops(made, self.words[made.id])]

    def fields(self) -> Iterator[tuple[Deliverable, str, str]]:
        for asset, words in self.words.items():
            for name, text in words.items():
                yield self.deliverables[asset], name, text

    def readers_of(self, *keys: str) -> set[str]:
        return {f"{asset}#{name}" for (asset, name), found in self.renderings.items() if any(key in keys for key, _seen in found.trace)}


def written(tree: Tree, *, judged: bool = True) -> Reader:
    catalog = Catalog()
    kit = Assembly(REGISTRY, catalog.playbook).kit(tree, TODAY)
    reader = Reader(kit, flatten(tree) | catalog.channel_facets(), judged)
    for deliverable in reader.deliverables.values():
        reader.write(deliverable)
    return reader


@cache
def read_example(name: str) -> Reader:
    """Write a shipped example once."""
    source = read_folder(EXAMPLES / name)
    assert source.problems == ()
    return written(source.tree)
