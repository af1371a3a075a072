"""Rule kinds about figures that belong together: which price holds until when, and how many the strategy has counted."""

import re
from collections.abc import Iterable

from concerted.campaign.finding import Finding
from concerted.rules.case import Case, advise, rule, stop
from concerted.rules.facts import Scope, known_as
from concerted.rules.figures import Figure, figures
from concerted.rules.languages import STOP_WORDS, word_set
from concerted.rules.lexicon import Claim, date_keys
from concerted.rules.reading import content_stems, stem, words_of
from concerted.rules.segment import sentences

_UNTIL = re.compile(r"\b(?:until|till?|through|by|before|bis(?:\s+zum)?|vor\s+dem)(?:\s+the\s+end\s+of)?\s*$", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|since|nach(?:\s+dem)?)\s*$", re.IGNORECASE)
_OTHER_TIME = word_set("then after afterwards later before was instead of than not danach dann später statt vorher sonst anstatt nicht als")
_ELSEWHERE = _OTHER_TIME | word_set(
    "regular regularly normal normally usual usually list full save regulär normal normaler normalerweise sonst regulärer spart sparen"
)
"""Words that put a price, or a day, somewhere else: what lies a sentence apart belongs together only without them."""
_NEAR_WORDS = 2
_BREAK = re.compile(r"[;:,]")
_FAR = 40


@rule("offer-terms", sure="likely")
def offer_terms(case: Case) -> Iterable[Finding]:
    """Give each price its own date.

    What: beside the last day of an offer stands the price of afterwards, or beside "after" that day the price of before. Where the price
    stands in the sentence before the day, it is advice.
    Why: both figures are in the strategy, and together they are wrong: the reader pays the one that was written.
    Example: "$79 until April 6" when the offer is $49 until April 6 and $79 afterwards.
    """
    for name, text in case.subject.texts.items():
        before = ""
        for sentence in sentences(text):
            found = figures(sentence)
            prices = [figure for figure in found if figure.kind == "price"]
            for day in found:
                if day.kind == "date" and prices:
                    yield from _at(case, name, sentence, (day, prices))
                elif day.kind == "date":
                    yield from _behind(case, name, (before, sentence), day)
            before = sentence


def _behind(case: Case, name: str, pair: tuple[str, str], day: Figure) -> Iterable[Finding]:
    """Hold a last day against the one price of the sentence before it, where neither speaks of another time: advice, for "it" may be the offer."""
    before, sentence = pair
    prices = [figure for figure in figures(before) if figure.kind in ("price", "date")]
    if len(prices) != 1 or prices[0].kind != "price" or not _ELSEWHERE.isdisjoint((*words_of(before), *words_of(sentence))):
        return
    offers = _offers_until(case, day) if _UNTIL.search(sentence[: day.start]) else ()
    paths = [case.lexicon.facts[known.fact].path for known in known_as(prices[0], case.lexicon, Scope(case.market))] if offers else []
    ours = [path for path in paths if path.startswith(tuple(f"{offer}." for offer in offers))]
    if ours and all(path.split(".")[2] == "then" for path in ours):
        said = f"{prices[0].text} holds after {day.text}, and the sentence behind it gives that day as the last one."
        remedy, ref = "Put each price to its own date.", ".".join(ours[0].split(".")[:3])
        yield advise(said, remedy, ref=ref, field=name, evidence=f"{before.strip()} {sentence.strip()}")


def _at(case: Case, name: str, sentence: str, near: tuple[Figure, list[Figure]]) -> Iterable[Finding]:
    """Hold the price that stands nearest to a last day against that offer."""
    day, prices = near
    before = sentence[: day.start]
    early, late = bool(_UNTIL.search(before)), bool(_AFTER.search(before))
    offers = _offers_until(case, day) if early or late else ()
    price = _nearest(sentence, day, prices, late=late)
    if not offers or price is None:
        return
    paths = [case.lexicon.facts[known.fact].path for known in known_as(price, case.lexicon, Scope(case.market))]
    ours = [path for path in paths if path.startswith(tuple(f"{offer}." for offer in offers))]
    later = [path for path in ours if path.split(".")[2] == "then"]
    if ours and (len(later) == len(ours) if early else not later):
        said = f"{price.text} holds {'after' if early else 'until'} {day.text}, and here it stands for {'before' if early else 'afterwards'}."
        yield stop(said, "Put each price to its own date.", ref=".".join(ours[0].split(".")[:3]), field=name, evidence=sentence.strip())


def _offers_until(case: Case, day: Figure) -> tuple[str, ...]:
    """Name the offers that end on a day."""
    refs = (f"offers.{slug}" for slug in case.lexicon.members("offers"))
    return tuple(ref for ref in refs if not set(date_keys(case.lexicon.text(f"{ref}.until")[:10])).isdisjoint(day.readings))


def _nearest(sentence: str, day: Figure, prices: list[Figure], *, late: bool) -> Figure | None:
    """Find the price that a day belongs to: the nearest in its clause, those left aside that a word puts into another time."""
    best: tuple[int, Figure] | None = None
    for price in prices:
        between = sentence[price.end : day.start] if price.start < day.start else sentence[day.end : price.start]
        around = (*words_of(sentence[: price.start])[-_NEAR_WORDS:], *words_of(sentence[price.end :])[:1])
        if not late and not _OTHER_TIME.isdisjoint(around):
            continue
        gap = len(between) + _FAR * len(_BREAK.findall(between))
        if best is None or gap < best[0]:
            best = (gap, price)
    return best[1] if best else None


_FEW = 12
"""Up to here numbers count things in plain sight."""
_PRAISE = frozenset(
    map(stem, word_set("happy satisfied delighted loyal proud great entire different zufriedene begeisterte treue glückliche stolze verschiedene"))
)
"""Stems of words between a number and its thing that leave the count what it is."""
_WE = word_set("we our us ours wir uns unser unsere unseren")


@rule("claim-count", sure="likely")
def claim_count(case: Case) -> Iterable[Finding]:
    """Count as the strategy counts.

    What: a text gives another number of what a claim counts ("350 happy shops" are shops, 350 pilot shops are not). It stops the release
    where the sentence speaks of us or of what the claim says, and is a hint where it may count something else.
    Why: two counts of one thing in public are one too many, and the higher one is the one that is quoted.
    Example: "350 warehouses work with us" when the claim says "310 warehouses book their docks with Rampline."
    """
    for claim in case.lexicon.claims.values():
        counted = _counted(claim) if claim.kind == "count" else None
        for name, text in case.subject.texts.items() if counted else ():
            for sentence in sentences(text):
                for figure in figures(sentence):
                    if counted and figure.units & counted.units and _is_another(case, figure, counted):
                        yield _told(case, claim, (name, sentence), (figure, counted))


def _counted(claim: Claim) -> Figure | None:
    """Give the first number of a claim that counts something."""
    return next((figure for text in claim.full for figure in figures(text) if figure.kind == "number" and figure.units), None)


def _is_another(case: Case, figure: Figure, counted: Figure) -> bool:
    if figure.kind != "number" or figure.spelled or figure.value == counted.value or float(figure.value) <= _FEW:
        return False
    if _thing(figure) != _thing(counted):
        return False
    return not any(known.figure.units & figure.units for known in known_as(figure, case.lexicon, Scope(case.market)))


def _thing(figure: Figure) -> str:
    """Name what is counted: the first word behind the number that narrows it, so that loan bikes are no bikes and happy shops are shops."""
    told = (word for word in words_of(figure.counted) if not word[0].isdigit() and word not in STOP_WORDS)
    return next((thing for thing in map(stem, told) if thing not in _PRAISE), "")


def _told(case: Case, claim: Claim, where: tuple[str, str], numbers: tuple[Figure, Figure]) -> Finding:
    (name, sentence), (figure, counted) = where, numbers
    words = words_of(sentence)
    names = (case.lexicon.text("campaign.name"), case.lexicon.text("campaign.company").partition(" (")[0])
    ours = {stem(word) for text in names for word in words_of(text)}
    things = content_stems(words_of(figure.counted)) & content_stems(words_of(counted.counted))
    said, claimed = content_stems(words) - things, content_stems(words_of(claim.full[0])) - things
    about_us = not _WE.isdisjoint(words) or not said.isdisjoint(ours | claimed)
    message = f"{figure.counted or figure.text}, where the strategy counts {counted.counted or counted.text}."
    if about_us:
        return stop(message, "Give the number of the claim, or change the claim.", ref=claim.ref, field=name, evidence=sentence.strip())
    return advise(message, "Make sure that it counts something else.", ref=claim.ref, field=name, evidence=sentence.strip(), sure="hint")
