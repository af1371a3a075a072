"""Pieces that somebody asks for beyond the playbook: proposed with the reason, accepted by a person into `deliverables`."""

import re
from collections.abc import Iterable, Iterator

from concerted.brief.passages import Passage
from concerted.campaign.deliverable import NONE, DeliverableType
from concerted.campaign.facets import Tree, flatten
from concerted.campaign.playbook import Playbook
from concerted.campaign.proposed_edit import ProposedEdit
from concerted.campaign.strategy import is_exact
from concerted.catalog import Catalog
from concerted.errors import ConcertedError
from concerted.planning.expand import Ground, expand
from concerted.workers.worker import load_workers

EXTRA = "beyond the playbook"
"""The flag of a piece that the playbook does not make."""


def extras(tree: Tree, wanted: Iterable[Passage], catalog: Catalog) -> dict[str, tuple[ProposedEdit, str]]:
    """Propose, with the reason, each piece that a passage names, a worker makes, and the playbook leaves out. Others are not ours to make."""
    types = load_workers().types
    try:
        playbook = catalog.playbook(str(tree["campaign"]["playbook"]))
        facets = {**flatten(tree, is_exact), **catalog.channel_facets()}
        made = {one.type for one in expand(facets, playbook, types).values()}
    except ConcertedError:
        return {}
    found: dict[str, tuple[ProposedEdit, str]] = {}
    for passage in wanted:
        for kind in _named(passage.text, types.values()):
            if kind.slug not in made:
                asset = _asset(kind, playbook, Ground(facets))
                why = f"the brief asks for it, and {playbook.title.lower()} does not make it here"
                ref = f"deliverables.{asset}"
                found.setdefault(ref, (ProposedEdit(ref, None, "add", passage.quote, "normalised", (EXTRA,), source=passage.place), why))
    return found


def _named(text: str, types: Iterable[DeliverableType]) -> Iterator[DeliverableType]:
    """List the types that a text names by title or slug; the longer name counts."""
    rest = text.casefold()
    for kind in sorted(types, key=lambda kind: -len(kind.title)):
        for name in (kind.title.casefold(), kind.slug.replace("-", " ")):
            if hit := re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", rest):
                rest = f"{rest[: hit.start()]}{' ' * len(hit[0])}{rest[hit.end() :]}"
                yield kind
                break


def _asset(kind: DeliverableType, playbook: Playbook, ground: Ground) -> str:
    """Give the id under which a piece of this kind would stand: where the playbook plans one, its place; else without channel."""
    plan = next((plan for plan in playbook.deliverables.values() if plan.type == kind.slug), None)
    audience = ground.audiences[0] if plan and "audience" in plan.per and ground.audiences else NONE
    market = ground.markets[0] if ground.markets else NONE
    channel, variant = (plan.channel, plan.members()[0]) if plan else (NONE, NONE)
    return ".".join((kind.slug, channel, audience, market, variant))
