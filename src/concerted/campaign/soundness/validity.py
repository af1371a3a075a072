"""Facts, offers and quotes that are used and may not be used: expired, not yet, not cleared, not permitted."""

from collections.abc import Iterable
from datetime import date

from concerted.campaign.finding import Finding
from concerted.campaign.scalars import day_of
from concerted.campaign.sections.audience import Audience
from concerted.campaign.sections.proof import Claim
from concerted.campaign.soundness.timing import spans
from concerted.campaign.strategy import Strategy


def unusable_claims(strategy: Strategy, today: date) -> Iterable[Finding]:
    """Find claims that are used although they may not be stated: once for each claim, naming who uses it."""
    launch = _first_launch(strategy)
    for slug, claim in strategy.claims.items():
        uses = [f"messages.{name}" for name, message in strategy.messages.items() if slug in (message.claims or [])]
        uses += [f"audiences.{name}" for name, audience in strategy.audiences.items() if slug in (audience.proof or [])]
        if uses:
            yield from _claim(f"claims.{slug}", claim, " and ".join(uses), (launch, today.isoformat()))
            yield from _clearance(slug, claim, strategy)


def _claim(ref: str, claim: Claim, uses: str, days: tuple[str, str]) -> Iterable[Finding]:
    launch, today = days
    used = f"; it is used by {uses}"
    out = f"take it out of {uses}"
    if claim.kind == "not-yet":
        waiting = f" (waiting for {claim.waiting_for})" if claim.waiting_for else ""
        yield _stop("claim-not-yet", f"{ref}.kind", f"{ref} may not be said yet{waiting}{used}", f"{out} until then")
    elif claim.until and claim.until < today:
        yield _stop("claim-expired", f"{ref}.until", f"{ref} was true until {claim.until}{used}", f"renew it, or {out}")
    elif claim.until and launch and claim.until < launch:
        yield _stop("claim-expired", f"{ref}.until", f"{ref} is true until {claim.until}, before the launch{used}", f"renew it, or {out}")
    elif claim.from_ and launch and claim.from_ > launch:
        yield _stop("claim-too-early", f"{ref}.from", f"{ref} may be said from {claim.from_}, after the launch{used}", f"{out} until then")


def _first_launch(strategy: Strategy) -> str:
    return min((market.launch[:10] for market in strategy.markets.values() if market.launch), default="")


def _clearance(slug: str, claim: Claim, strategy: Strategy) -> Iterable[Finding]:
    """Find markets in which an audience would read a claim that is cleared only elsewhere."""
    if claim.kind == "not-yet" or not claim.cleared:
        return
    ref = f"claims.{slug}"
    read = [market for audience in strategy.audiences.values() if slug in (audience.proof or []) for market in markets_of(audience, strategy)]
    missing = [market for market in dict.fromkeys(read) if market not in claim.cleared and ref not in strategy.markets[market].leave_out]
    if missing:
        where = ", ".join(missing)
        message = f"{ref} is not cleared for {where}, and an audience there is to read it"
        yield _stop("claim-not-cleared", f"{ref}.cleared", message, f"have it cleared for {where}, or say under leave_out that it stays out there")


def markets_of(audience: Audience, strategy: Strategy) -> tuple[str, ...]:
    """Name the markets in which an audience is addressed."""
    return tuple(market for market in strategy.markets if not audience.markets or market in audience.markets)


def unusable_offers(strategy: Strategy, today: date) -> Iterable[Finding]:
    """Find offers that are over, or over before the launch."""
    launch = _first_launch(strategy)
    upside_down = {ref for ref, start, end in spans(strategy) if start > end}
    for slug, offer in strategy.offers.items():
        if not offer.until or f"offers.{slug}" in upside_down:
            continue
        if day_of(offer.until) < today:
            said = f"offers.{slug} ended on {offer.until}"
        elif launch and offer.until < launch:
            said = f"offers.{slug} ends on {offer.until}, before the launch on {launch}"
        else:
            continue
        used = [f"audiences.{name}" for name, audience in strategy.audiences.items() if audience.offer == slug]
        said += f"; it is used by {' and '.join(used)}" if used else ""
        yield Finding("offer-over", "release" if used else "advice", said, "set a new end, or take the offer out", ref=f"offers.{slug}.until")


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
            )
        until = person.permission.until if person.permission else None
        if until and day_of(until) < today:
            yield _stop("permission-over", f"{ref}.permission.until", f"{ref}: the permission ended on {until}", "ask again, or take the quote out")


def _stop(rule: str, ref: str, message: str, remedy: str) -> Finding:
    return Finding(rule, "release", message, remedy, ref=ref)
