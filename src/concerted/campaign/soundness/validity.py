"""Facts, offers and quotes that are used and may not be used: expired, not yet, not cleared, not permitted."""

from collections.abc import Iterable, Sequence
from datetime import date

from concerted.campaign.finding import Finding
from concerted.campaign.scalars import day_of
from concerted.campaign.sections.audience import Audience
from concerted.campaign.sections.proof import Claim
from concerted.campaign.strategy import Strategy


def unusable_claims(strategy: Strategy, today: date) -> Iterable[Finding]:
    """Find claims that a message or an audience uses although they may not be stated."""
    uses = [(f"messages.{slug}.claims", message.claims or [], tuple(strategy.markets)) for slug, message in strategy.messages.items()]
    uses += [(f"audiences.{slug}.proof", audience.proof or [], markets_of(audience, strategy)) for slug, audience in strategy.audiences.items()]
    for ref, claims, markets in uses:
        for slug in claims:
            claim = strategy.claims.get(slug)
            if claim is not None:
                yield from _claim_use(ref, slug, claim, strategy, today)
                told = [name for name in markets if f"claims.{slug}" not in strategy.markets[name].leave_out]
                yield from _clearance(ref, slug, claim, told)


def markets_of(audience: Audience, strategy: Strategy) -> tuple[str, ...]:
    """Name the markets in which an audience is addressed."""
    return tuple(market for market in strategy.markets if not audience.markets or market in audience.markets)


def _claim_use(ref: str, slug: str, claim: Claim, strategy: Strategy, today: date) -> Iterable[Finding]:
    place = f"claims.{slug}"
    launch = _first_launch(strategy)
    if claim.kind == "not-yet":
        waiting = f" (waiting for {claim.waiting_for})" if claim.waiting_for else ""
        yield _stop("claim-not-yet", ref, f"{ref} uses {place}, which may not be said yet{waiting}", f"take {slug} out until then", slug)
    elif claim.until and day_of(claim.until) < today:
        yield _stop("claim-expired", ref, f"{ref} uses {place}, which was true until {claim.until}", "renew the claim, or take it out", slug)
    elif claim.until and launch and claim.until < launch:
        yield _stop(
            "claim-expired", ref, f"{ref} uses {place}, which is true until {claim.until}: before the launch", "renew it, or take it out", slug
        )
    elif claim.from_ and launch and claim.from_ > launch:
        yield _stop(
            "claim-too-early", ref, f"{ref} uses {place}, which may be said from {claim.from_}: after the launch", "move it, or take it out", slug
        )


def _first_launch(strategy: Strategy) -> str:
    return min((market.launch[:10] for market in strategy.markets.values() if market.launch), default="")


def _clearance(ref: str, slug: str, claim: Claim, markets: Sequence[str]) -> Iterable[Finding]:
    if claim.kind == "not-yet":
        return
    missing = [market for market in markets if market not in claim.cleared]
    if claim.cleared and missing:
        where = ", ".join(missing)
        message = f"{ref} uses claims.{slug}, which is not cleared for {where}"
        yield _stop("claim-not-cleared", ref, message, f"have it cleared for {where}, or say under leave_out that it stays out there", slug)


def unusable_offers(strategy: Strategy, today: date) -> Iterable[Finding]:
    """Find offers that are over, or over before the launch."""
    launch = _first_launch(strategy)
    for slug, offer in strategy.offers.items():
        used = [f"audiences.{name}.offer" for name, audience in strategy.audiences.items() if audience.offer == slug]
        if offer.until and day_of(offer.until) < today:
            said = f"offers.{slug} ended on {offer.until}"
        elif offer.until and launch and offer.until < launch:
            said = f"offers.{slug} ends on {offer.until}, before the launch on {launch}"
        else:
            continue
        if used:
            yield _stop(
                "offer-over", f"offers.{slug}.until", f"{said}, and {' and '.join(used)} use it", "set a new end, or take the offer out", slug
            )
        else:
            yield Finding("offer-over", "advice", said, "set a new end, or take the offer out", ref=f"offers.{slug}.until")


def unclear_people(strategy: Strategy, today: date) -> Iterable[Finding]:
    """Find quotes that nobody cleared, and permissions that are over."""
    for slug, person in strategy.people.items():
        ref = f"people.{slug}"
        if not person.quote:
            continue
        if not person.cleared and person.permission is None:
            yield _stop(
                "quote-not-cleared",
                f"{ref}.quote",
                f"{ref}: nobody wrote down that {person.name} said yes to this quote",
                "write the day under cleared",
                slug,
            )
        until = person.permission.until if person.permission else None
        if until and day_of(until) < today:
            yield _stop(
                "permission-over", f"{ref}.permission.until", f"{ref}: the permission ended on {until}", "ask again, or take the quote out", slug
            )


def _stop(rule: str, ref: str, message: str, remedy: str, evidence: str) -> Finding:
    return Finding(rule, "release", message, remedy, ref=ref, evidence=evidence)
