"""Whether a strategy holds together: what one leaf says about another, read on one day. Pure: findings in, nothing out.

Never here: what a text says about the brand or the law (`rules`), and where a leaf stands in a file (`folder`).
"""

from collections.abc import Iterable
from datetime import date

from concerted.campaign.finding import Finding
from concerted.campaign.soundness.forms import ill_formed
from concerted.campaign.soundness.gaps import unanswered, vague
from concerted.campaign.soundness.money import over_budget, unclear_prices, wrong_currency
from concerted.campaign.soundness.references import CatalogNames, dangling
from concerted.campaign.soundness.timing import misordered, overdue, unknown_zones
from concerted.campaign.soundness.validity import unclear_people, unusable_claims, unusable_offers
from concerted.campaign.soundness.wordings import misfitting, misplaced
from concerted.campaign.strategy import Strategy

__all__ = ["CatalogNames", "findings"]


def findings(strategy: Strategy, today: date, names: CatalogNames) -> tuple[Finding, ...]:
    """Check a strategy against itself, the catalog's names and the day, in no particular order."""
    checks: tuple[Iterable[Finding], ...] = (
        dangling(strategy, names),
        misplaced(strategy),
        misfitting(strategy),
        unanswered(strategy),
        vague(strategy),
        unknown_zones(strategy),
        misordered(strategy),
        overdue(strategy, today),
        unusable_claims(strategy, today),
        unusable_offers(strategy, today),
        unclear_people(strategy, today),
        over_budget(strategy),
        wrong_currency(strategy),
        unclear_prices(strategy),
        ill_formed(strategy),
    )
    return tuple(finding for check in checks for finding in check)
