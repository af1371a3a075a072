"""Names of assets in the campaign file that no plan makes. Only the playbook and the workers know what is made, so the file alone cannot say."""

from collections.abc import Iterable, Iterator, Mapping

from concerted.campaign.deliverable import Deliverable
from concerted.campaign.facets import Facets, flatten
from concerted.campaign.finding import Finding
from concerted.campaign.spelling import did_you_mean
from concerted.campaign.strategy import is_exact
from concerted.catalog import Catalog
from concerted.errors import NotFound, Problem, UserError
from concerted.folder.source import Source
from concerted.planning.expand import Ground, expand, idle_drops
from concerted.planning.outside import ROOM, shown_nowhere, with_slots
from concerted.workers.worker import load_workers

RULE = "not-made"
PLAYBOOK = "campaign.playbook"
NAMING = ("deliverables", ROOM)
"""The parts of the strategy that name assets."""


def unmade(source: Source, catalog: Catalog) -> Iterable[Finding]:
    """List where the file names an asset that the campaign does not make. Nothing for a file that is not sound, or that names none."""
    own = _own_playbook(source, catalog)
    if not own and not any(part in source.tree for part in NAMING):
        return ()
    facets = {**flatten(source.tree, is_exact), **catalog.channel_facets()}
    try:
        return tuple(_looked_up(facets, catalog))
    except NotFound:
        return ()  # a playbook that is not at hand is named by the check of the file
    except UserError as wrong:
        return tuple(_finding(problem, own) for problem in wrong.problems)


def _own_playbook(source: Source, catalog: Catalog) -> str:
    """Name the file of the campaign's own playbook; empty where it follows one of ours."""
    slug = source.strategy.campaign.playbook if source.strategy else ""
    return next((str(item.file) for item in catalog.items() if (item.kind, item.id, item.own) == ("playbook", slug, True)), "")


def _finding(problem: Problem, own: str) -> Finding:
    """Say what keeps the campaign from being laid out; of a playbook in which file it stands."""
    remedy = f"{problem.remedy}; the line stands in {own}" if own and problem.ref == PLAYBOOK else problem.remedy
    return Finding(RULE, "file", problem.message, remedy, problem.ref)


def _looked_up(facets: Facets, catalog: Catalog) -> Iterator[Finding]:
    playbook, types = catalog.playbook(str(facets["campaign.playbook"])), load_workers().every

    def lay_out(of: Facets) -> Mapping[str, Deliverable]:
        return with_slots(Ground(of), expand(of, playbook, types))

    made = lay_out(facets)
    for asset in idle_drops(facets, lay_out):
        said = f"{asset} is dropped, and this campaign would not make it anyway"
        yield Finding(RULE, "advice", said, "correct the name, or remove the line", f"deliverables.{asset}")
    for slug, asset in shown_nowhere(facets, made):
        ref = f"{ROOM}.{slug}.shown_in"
        yield Finding(RULE, "advice", f"{ref}: this campaign makes no {asset}", did_you_mean(asset, made), ref, evidence=asset)
