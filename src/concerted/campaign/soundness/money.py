"""Money that does not add up, and prices in another market's currency."""

import re
from collections.abc import Iterable
from decimal import Decimal

from concerted.campaign.finding import Finding
from concerted.campaign.scalars import amount_of
from concerted.campaign.strategy import Strategy

_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD"})


def over_budget(strategy: Strategy) -> Iterable[Finding]:
    """Find budget lines that add up to more than the total, or are in another currency."""
    budget = strategy.budget
    if budget is None:
        return
    currency = budget.currency or ""
    lines = sum((amount_of(text) for text in budget.lines.values()), Decimal(0))
    if budget.total and lines > amount_of(budget.total):
        said = f"the lines add up to {_money(lines, currency)}, and the total is {_money(amount_of(budget.total), currency)}"
        over = _money(lines - amount_of(budget.total), currency)
        yield Finding("over-budget", "release", f"budget: {said}", f"take {over} out of the lines, or raise the total", ref="budget.lines")
    for slug, text in (*budget.lines.items(), ("total", budget.total or "")):
        named = text[:3] if text[:3].isalpha() else ""
        if named and currency and named != currency:
            ref = "budget.total" if slug == "total" else f"budget.lines.{slug}"
            yield Finding(
                "currency", "release", f"{ref} is in {named}, and the budget in {currency}", f"write it in {currency}", ref=ref, evidence=text
            )


def _money(amount: Decimal, currency: str) -> str:
    said = f"{amount:,.2f}".removesuffix(".00")
    return f"{currency} {said}".strip()


def wrong_currency(strategy: Strategy) -> Iterable[Finding]:
    """Find prices that name another currency than their market's."""
    for slug, offer in strategy.offers.items():
        for field, prices in (("price", offer.price), ("then", offer.then)):
            for market, text in prices.items():
                currency = strategy.markets[market].currency if market in strategy.markets else None
                named = _named(text)
                if currency and named and currency not in named:
                    ref = f"offers.{slug}.{field}.{market}"
                    message = f'{ref}: "{text}" is not in {currency}, the currency of {market}'
                    yield Finding("currency", "release", message, f"write the price as it is quoted in {market}", ref=ref, evidence=text)


def _named(text: str) -> frozenset[str]:
    """Read which currencies a price may be in; a dollar sign may be any dollar."""
    codes = {code for code in re.findall(r"\b[A-Z]{3}\b", text) if code in {*_SIGNS.values(), *_DOLLARS, "CHF", "SEK", "NOK", "DKK", "PLN"}}
    if not codes and "$" in text:
        return _DOLLARS
    return frozenset(codes | {code for sign, code in _SIGNS.items() if sign in text and sign != "$"})
