"""A strategy that does not hold together is never planned or drafted from: the file's mistakes, and those that edits would make."""

from collections.abc import Collection, Iterable
from datetime import date

from concerted.campaign.change import Edit
from concerted.campaign.facets import MEMBERS, Tree
from concerted.campaign.finding import Finding
from concerted.campaign.soundness import findings
from concerted.campaign.strategy import edited, validate
from concerted.catalog import Catalog
from concerted.conductor.session import Session
from concerted.conductor.unmade import unmade
from concerted.errors import Problem, UserError
from concerted.folder import CatalogNames, check

STOPS = "file"


def catalog_names(catalog: Catalog) -> CatalogNames:
    """List the names of channels and playbooks at hand."""
    names = {kind: frozenset(item.id for item in catalog.items() if item.kind == kind) for kind in ("channel", "playbook")}
    return CatalogNames(names["channel"], names["playbook"])


def refuse_unsound_file(session: Session) -> None:
    """Raise UserError with every mistake in the campaign file that stops it, each at its line."""
    source = session.copy.source()
    found = check(source, date.fromisoformat(session.today), catalog_names(session.catalog))
    stopping: list[Problem] = [problem for problem in found if problem.severity == STOPS]
    stopping = stopping or [source.located(finding) for finding in unmade(source, session.catalog) if finding.severity == STOPS]
    if stopping:
        raise UserError("The campaign file cannot be used. Nothing was changed.", problems=stopping, next="concerted check")


def refuse_unsound_edits(session: Session, main: Tree, edits: Iterable[Edit]) -> None:
    """Raise UserError where edits would leave a strategy that does not hold together. What was wrong on main already is not theirs."""
    known = set(_stopping(session, main, ()))
    found = [finding for finding in _stopping(session, main, edits) if finding not in known]
    if found:
        problems = [Problem(finding.message, finding.remedy, finding.ref) for finding in found]
        raise UserError("With these edits the strategy does not hold together. Nothing was written.", problems=problems)


def unfit_for_release(session: Session, tree: Tree, markets: Collection[str]) -> list[Finding]:
    """List what stops a release in these markets: answers that are still open, facts that may not be used. Other markets can wait."""
    strategy, found = validate(tree)
    if strategy is None:
        return list(found)
    found = findings(strategy, date.fromisoformat(session.today), catalog_names(session.catalog))
    spoken = {market.language.partition("-")[0] for slug, market in strategy.markets.items() if slug in markets}
    elsewhere = {slug for slug in strategy.markets if slug not in markets}
    return [one for one in found if one.severity == "release" and _concerns(one.ref, elsewhere, spoken)]


def _concerns(ref: str, elsewhere: Collection[str], spoken: Collection[str]) -> bool:
    """Tell whether a line is read in the markets of a release."""
    if "@" in ref and spoken:
        return ref.partition("@")[2].partition(".")[0] in spoken
    keys = ref.split(".")
    named = keys[1] if keys[0] == "markets" and len(keys) > 1 else keys[3] if keys[0] in ("offers", "claims") and len(keys) > 3 else ""
    return named not in elsewhere


def _stopping(session: Session, main: Tree, edits: Iterable[Edit]) -> list[Finding]:
    # The order of a map is no entry of it: it adds nothing and takes nothing out.
    strategy, found = validate(edited(main, [(edit.ref, edit.new) for edit in edits if not edit.ref.endswith(MEMBERS)]))
    if strategy is not None:
        found = findings(strategy, date.fromisoformat(session.today), catalog_names(session.catalog))
    return [finding for finding in found if finding.severity == STOPS]
