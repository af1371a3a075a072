"""Money that does not add up, and prices in another market's currency."""

import re
from collections.abc import Iterable
from decimal import Decimal

from concerted.campaign.finding import Finding
from concerted.campaign.scalars import amount_of
from concerted.campaign.strategy import Strategy

_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_WORDED = re.compile(r"\b(?i:euros?|dollars?|pounds?|francs?|franken|fr|kr|cents?|pence|yen)\b|%|[₣₹₩₺₽₴₪₫฿₱]|\b(?!VAT\b|GST\b)[A-Z]{3}\b")
"""Other ways to say which money it is; per cent is a price of its own kind."""
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


def unclear_prices(strategy: Strategy) -> Iterable[Finding]:
    """Find prices without a currency, and offers that cost as much as what follows, or more."""
    for slug, offer in strategy.offers.items():
        for field, prices in (("price", offer.price), ("then", offer.then)):
            for market, text in prices.items():
                if without_currency(text):
                    yield _bare(f"offers.{slug}.{field}.{market}", text, strategy.markets[market].currency if market in strategy.markets else None)
        for market in (name for name in offer.price if name in offer.then):
            yield from _no_better(f"offers.{slug}.price.{market}", offer.price[market], offer.then[market])


def _bare(ref: str, text: str, currency: str | None) -> Finding:
    example = f"{currency or 'USD'} {text}"
    return Finding("no-currency", "release", f'{ref}: "{text}" does not say in which currency', f"write it like {example}", ref=ref, evidence=text)


def _no_better(ref: str, now: str, later: str) -> Iterable[Finding]:
    """Compare two prices where they are for the same thing in the same words, so that only the number differs."""
    amount, after = _amount(now), _amount(later)
    if amount is None or after is None or amount[1] != after[1] or amount[0] < after[0]:
        return
    said = "is what is paid afterwards too" if amount[0] == after[0] else f'is more than what is paid afterwards ("{later}")'
    yield Finding("price-order", "release", f'{ref}: "{now}" {said}, so it is no offer', "swap or correct the two", ref=ref, evidence=now)


def _amount(text: str) -> tuple[Decimal, str] | None:
    """Read the one number of a price, and the words around it; None where there is none or more than one."""
    found = re.findall(r"\d[\d.,'\u00a0\u202f ]*\d|\d", text)
    if len(found) != 1:
        return None
    whole, point, cents = re.sub(r"['\s]", "", found[0]), "", ""
    if re.search(r"[.,]\d{1,2}$", whole):
        whole, point, cents = whole[: max(whole.rfind("."), whole.rfind(","))], ".", whole[max(whole.rfind("."), whole.rfind(",")) + 1 :]
    digits = re.sub(r"[.,]", "", whole)
    return Decimal(f"{digits}{point}{cents}"), " ".join(text.replace(found[0], " # ").lower().split())


def without_currency(text: str) -> bool:
    """Tell whether a price has a number and no currency: a bare 1900 is any money."""
    return bool(re.search(r"\d", text)) and not _named(text) and not _WORDED.search(text)


def _named(text: str) -> frozenset[str]:
    """Read which currencies a price may be in; a dollar sign may be any dollar."""
    codes = {code for code in re.findall(r"\b[A-Z]{3}\b", text) if code in {*_SIGNS.values(), *_DOLLARS, "CHF", "SEK", "NOK", "DKK", "PLN"}}
    if not codes and "$" in text:
        return _DOLLARS
    return frozenset(codes | {code for sign, code in _SIGNS.items() if sign in text and sign != "$"})
