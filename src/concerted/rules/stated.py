"""Rule kinds about figures: every price, date, link and number of a text has to come from the strategy."""

import re
from collections.abc import Iterable

from concerted.campaign.finding import Finding
from concerted.rules.case import Case, advise, rule, stop
from concerted.rules.facts import Scope, known_as
from concerted.rules.figures import Figure, figures
from concerted.rules.languages import PER_WORDS, STOP_WORDS, UNIT_WORDS
from concerted.rules.lexicon import Lexicon, date_keys
from concerted.rules.links import host_of
from concerted.rules.periods import free_periods
from concerted.rules.reading import read, stem, words_of

_INTERNAL_MONEY = ("budget", "objectives")


def _prices(case: Case) -> Iterable[tuple[str, Figure]]:
    return ((name, figure) for name, text in case.subject.texts.items() for figure in figures(text) if figure.kind == "price")


def _is_ours(case: Case, figure: Figure, market: str) -> bool:
    """Tell whether a price comes from the strategy; outside the house the budget and the objectives do not count."""
    parts = {case.lexicon.facts[known.fact].part for known in known_as(figure, case.lexicon, Scope(market))}
    return bool(parts.difference(_INTERNAL_MONEY) if case.outside else parts)


@rule("price")
def price(case: Case) -> Iterable[Finding]:
    """State only prices of the strategy.

    What: a price that the strategy does not hold, or holds for another market.
    Why: a wrong price is a contract with everyone who reads it.
    Example: "USD 1,800" when the offer says USD 1,900; EUR 1.750 in the US email.
    """
    for name, figure in _prices(case):
        if _is_ours(case, figure, case.market):
            continue
        if _is_ours(case, figure, ""):
            message = f"{figure.text} is a price of another market than {case.market}."
            yield stop(message, f"State the price for {case.market}.", ref="offers", field=name, evidence=figure.text)
        else:
            message = f"{figure.text} is no price of this strategy."
            yield stop(message, "State the price of the offer, or change the offer in the strategy.", ref="offers", field=name, evidence=figure.text)


@rule("two-prices", sure="likely")
def two_prices(case: Case) -> Iterable[Finding]:
    """Give one price for one thing.

    What: one asset gives two prices for the same thing (same currency, same unit) and one of them is no offer of its market.
    Why: the reader takes the lower one, and has a case.
    Example: "USD 1,900 per site" in the body and "USD 1,700 per site" in the postscript.
    """
    found = [(name, figure, _per(case.subject.texts[name], figure)) for name, figure in _prices(case)] if case.market else []
    for name, figure, unit in found:
        if unit and not _is_ours(case, figure, case.market):
            rivals = [other for _, other, other_unit in found if other.value != figure.value and unit & other_unit and _same_currency(other, figure)]
            if rivals:
                message = f"Two prices for one thing: {rivals[0].text} and {figure.text}."
                yield stop(message, "Keep the one that the offer gives.", ref="offers", field=name, evidence=figure.text)


def _same_currency(one: Figure, other: Figure) -> bool:
    return one.value.split()[0] == other.value.split()[0]


_PRICE_END = re.compile(r"[.,;:!?()\r\n\d–—]")


def _per(text: str, figure: Figure) -> frozenset[str]:
    """Say what a price is for: "per site per month" is site and month."""
    following = words_of(_PRICE_END.split(read(text).text[figure.end :], maxsplit=1)[0])[:4]
    if not following or following[0] not in PER_WORDS:
        return frozenset()
    return frozenset(UNIT_WORDS.get(word) or stem(word) for word in following if word not in STOP_WORDS and word not in PER_WORDS)


@rule("free-period", sure="likely")
def free_period(case: Case) -> Iterable[Finding]:
    """Give one free period.

    What: one asset promises two different free periods.
    Why: "Free month" beside "30 days free" makes a careful reader ask which, and support answer.
    Example: the call to action "Start your free month" under "30 days free, no card".
    """
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    for name, text in case.subject.texts.items():
        for period, words in free_periods(text):
            seen.setdefault(period, (name, words))
    if len(seen) > 1:
        (_, first), (name, second) = list(seen.values())[:2]
        yield advise(f'"{first}" and "{second}" in one asset.', "Say the free period in one way.", ref="offers", field=name, evidence=second)


@rule("date")
def known_date(case: Case) -> Iterable[Finding]:
    """State only days of the strategy.

    What: a day that the strategy does not hold and that is not the day of publication.
    Why: people plan by it.
    Example: "until 31 May" when the offer ends on 30 May.
    """
    known = {key for day in (case.subject.publish.isoformat(), *case.lexicon.launches.values()) for key in date_keys(day)}
    for name, text in case.subject.texts.items():
        for figure in figures(text):
            if figure.kind != "date" or len(figure.value) < len("--03-09") or not known.isdisjoint(figure.readings):
                continue
            if len(figure.value) == len("2027-03") and not figure.value.startswith("--"):
                continue
            if not known_as(figure, case.lexicon) and not _is_quiet(case, figure):
                make = stop if case.outside else advise
                remedy = "Give a date of the strategy, or add this one to it."
                yield make(f"{figure.text} is no date of this strategy.", remedy, ref="dates", field=name, evidence=figure.text)


@rule("link")
def known_link(case: Case) -> Iterable[Finding]:
    """Link only to where the strategy leads.

    What: a link that the strategy does not hold. Tracking parameters, "https://", "www." and a closing slash do not matter.
    Why: a wrong link loses every reader who wanted more.
    Example: "rampline.example/se" for "rampline.example/see".
    """
    for name, text in case.subject.texts.items():
        for figure in figures(text):
            if figure.kind == "link" and not _is_known_link(figure, case.lexicon):
                make = stop if case.outside else advise
                where = "Its site is known, this page of it is not." if host_of(figure.text) in case.lexicon.hosts else ""
                message = f"{figure.text} is no link of this strategy. {where}".strip()
                yield make(
                    message, "Use the link of a call to action, or add this one to the strategy.", ref="ctas", field=name, evidence=figure.text
                )


def _is_known_link(figure: Figure, lexicon: Lexicon) -> bool:
    return ("link", figure.value) in lexicon.figures or ("/" not in figure.value and figure.value in lexicon.hosts)


_FEW = 12
"""Numbers up to here count things in plain sight (three steps, two docks) more often than they state facts."""


@rule("number", sure="likely")
def known_number(case: Case) -> Iterable[Finding]:
    """State only numbers of the strategy.

    What: a number or percentage that stands nowhere in the strategy. Small counts, years and spelled numbers are left alone.
    Why: it may be invented, or worked out from others.
    Example: "cuts waiting by 46 %" when the claim says 71 and 38 minutes.
    """
    for name, text in case.subject.texts.items():
        for figure in figures(text):
            if figure.kind not in ("number", "percent") or figure.spelled or _is_small(figure) or _is_known_number(figure, case.lexicon):
                continue
            if _is_quiet(case, figure):
                continue
            remedy = "Use a number of a claim or an offer, or add this one as a claim with its evidence."
            yield advise(f"{figure.text} stands nowhere in the strategy.", remedy, ref="claims", field=name, evidence=figure.text)


def _is_quiet(case: Case, figure: Figure) -> bool:
    """Tell whether staff read a figure of what steers the work, such as the day on which a rival's price was seen."""
    return not case.outside and any((figure.kind, value) in case.lexicon.quiet for value in figure.readings)


def _is_small(figure: Figure) -> bool:
    return figure.kind == "number" and float(figure.value) <= _FEW


def _is_known_number(figure: Figure, lexicon: Lexicon) -> bool:
    return any((kind, figure.value) in lexicon.figures for kind in ("number", figure.kind, "year"))
