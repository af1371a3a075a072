"""Rule kinds about the way of one reader: ad, page and mail of the same audience and market promise, price and ask for the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from concerted.campaign.finding import Finding
from concerted.rules.case import Spread, Subject, advise, at, comparison
from concerted.rules.facts import stated
from concerted.rules.figures import figures
from concerted.rules.lexicon import Lexicon
from concerted.rules.periods import free_periods
from concerted.rules.reading import content_stems, words_of

_ASIDE = ("cta", "offer", "footer", "legal", "path", "url", "terms")
_BARE = 2
_PROMISES = ("h1", "subhead", "benefit_1", "benefit_2", "benefit_3", "proof_line", "offer_line")


@dataclass(frozen=True, eq=False)
class _Way:
    """A page and the pieces that lead a reader to it."""

    page: Subject
    pieces: tuple[Subject, ...]
    lexicon: Lexicon

    @cached_property
    def whole(self) -> str:
        """All that the page says."""
        return "\n".join(self.page.texts.values())


def _ways(spread: Spread) -> Iterable[_Way]:
    """Put pieces to the page of their audience and market. What has no audience, and what only staff see, leads nobody."""
    readers: dict[tuple[str, str], list[Subject]] = {}
    for subject in spread.subjects:
        if subject.audience and subject.visibility != "staff":
            readers.setdefault((subject.audience, subject.market), []).append(subject)
    for met in readers.values():
        pages = [subject for subject in met if subject.texts.get("h1")]
        if len(pages) == 1:
            yield _Way(pages[0], tuple(subject for subject in met if subject is not pages[0]), spread.lexicon)


@comparison("match-offer", sure="likely")
def match_offer(spread: Spread) -> Iterable[Finding]:
    """Keep on the page what the ad and the mail offer.

    What: an ad, a post or a mail names a price or a free period that the page of its audience and market does not.
    Why: whoever clicks looks for it first; "30 days free" that turns into "a free month" makes them ask what else is different.
    Example: an ad with "USD 1,900" over a page without a price; a mail with "30 days free" over a page with "your free month".
    """
    for way in _ways(spread):
        prices = {value for figure in figures(way.whole) if figure.kind == "price" for value in figure.readings}
        periods = dict(free_periods(way.whole))
        for piece in way.pieces:
            yield from _strange_prices(piece, way.page.asset, prices)
            yield from _strange_periods(piece, way.page.asset, periods)


def _strange_prices(piece: Subject, page: str, prices: set[str]) -> Iterable[Finding]:
    for name, text in piece.texts.items():
        for figure in figures(text):
            if figure.kind == "price" and prices.isdisjoint(figure.readings) and not _is_later(text, figure.start):
                message = f"{figure.text} here, and {page} does not name this price."
                yield at(piece.asset, advise(message, "Say the same price in both.", ref="offers", field=name, evidence=figure.text))


_LATER = frozenset(("then", "afterwards", "after", "instead", "danach", "dann", "statt", "später"))
_REACH = 24


def _is_later(text: str, start: int) -> bool:
    """Tell whether a price is the one of later, or the one of before, which a page need not name."""
    return not _LATER.isdisjoint(words_of(text[max(0, start - _REACH) : start]))


def _strange_periods(piece: Subject, page: str, periods: Mapping[tuple[str, str], str]) -> Iterable[Finding]:
    for name, text in piece.texts.items():
        for period, words in free_periods(text):
            if periods and period not in periods:
                message = f'"{words}" here, "{next(iter(periods.values()))}" on {page}.'
                yield at(piece.asset, advise(message, "Say the free period in one way.", ref="offers", field=name, evidence=words))


@comparison("match-action", sure="likely")
def match_action(spread: Spread) -> Iterable[Finding]:
    """Ask for the same step on the way to the page and on it.

    What: a piece asks for one call to action of the strategy, and the page of its audience and market for another.
    Why: whoever clicked on "Book a walk-through" looks for a calendar and finds a film.
    Example: the mail says "Book a yard walk-through", the page "Watch a late truck re-plan".
    """
    for way in _ways(spread):
        asked = _actions(way.page, way.lexicon)
        for piece in way.pieces if asked else ():
            own = _actions(piece, way.lexicon)
            if own and own.keys().isdisjoint(asked):
                slug, (name, words) = next(iter(own.items()))
                theirs = way.lexicon.text(f"ctas.{next(iter(asked))}.text")
                message = f'"{words}" here, "{theirs}" on {way.page.asset}.'
                remedy = "Ask for the same step in both."
                yield at(piece.asset, advise(message, remedy, ref=f"ctas.{slug}", field=name, evidence=words))


def _actions(subject: Subject, lexicon: Lexicon) -> dict[str, tuple[str, str]]:
    """Name the calls to action that a piece states in the fields made for them: slug -> field and words."""
    found: dict[str, tuple[str, str]] = {}
    for name, text in subject.texts.items():
        if name.startswith("cta"):
            for says in stated(text, lexicon, subject.market, subject.language):
                if says.certain and says.path.startswith("ctas."):
                    found.setdefault(says.path.split(".")[1], (name, says.evidence))
    return found


@comparison("match-promise", sure="hint")
def match_promise(spread: Spread) -> Iterable[Finding]:
    """Continue on the page what the ad began.

    What: a piece and the page of its audience and market share no word that means something, call to action, offer and legal lines aside.
    Why: whoever clicked asks whether this is the right page, and leaves.
    Example: an ad about kilowatts over a page that speaks of records only.
    """
    for way in _ways(spread):
        promised = content_stems(words_of("\n".join(way.page.texts.get(name, "") for name in _PROMISES)))
        for piece in way.pieces:
            leads = {name: text for name, text in piece.texts.items() if text and not name.startswith(_ASIDE)}
            caught = content_stems(words_of("\n".join(leads.values())))
            if len(caught) > _BARE and promised and promised.isdisjoint(caught):
                name, words = next(iter(leads.items()))
                message = f"Nothing that catches the reader here stands on {way.page.asset}."
                yield at(piece.asset, advise(message, "Take up the same thought on the page.", field=name, evidence=words))
