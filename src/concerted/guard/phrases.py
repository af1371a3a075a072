"""What a text must not say, as phrases to look for: from the strategy as it stands, and from what it no longer says.

Only what can be told from the words alone. Whether a figure is right or a limit kept is checked when a field is there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from concerted.campaign.deliverable import NONE, Deliverable
from concerted.campaign.facets import Facets
from concerted.guard.automaton import Watchword
from concerted.guard.spellings import end_of_month, hyphened, numbers_in_words, spellings, whole_figure
from concerted.rules.case import under
from concerted.rules.facts import Scope
from concerted.rules.figures import Figure, figures
from concerted.rules.fragments import fragments
from concerted.rules.languages import RISING, SINKING, STOP_WORDS
from concerted.rules.lexicon import Claim, Fact, Lexicon, as_items, as_text, prepare
from concerted.rules.reading import SHORTEST_RUN, content_stems, read, stem, words_of

WINDOW = 5
"""So many words in a row from one fact are no chance; longer passages are watched for in windows of this length."""
_TELLING = ("price", "percent", "link", "mail", "phone")
"""Figures that say what they are about by themselves; a bare number does not."""
_GERMAN_ENDINGS = ("e", "en", "em", "er", "es", "n", "s")


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a text is read."""

    market: str
    language: str
    channel: str
    day: str
    outside: bool

    @property
    def scope(self) -> Scope:
        """The facts that can be meant here."""
        return Scope(self.market, self.language)


def phrases_of(
    facets: Facets | Lexicon, old_facets: Facets | Lexicon | None, deliverable: Deliverable, today: date, *, outside: bool = True
) -> tuple[Watchword, ...]:
    """List what a deliverable's text must not say on its day of publication, or today if that has passed.

    `old_facets` is the strategy that it was written from before: what only that one said is an old line. `outside` is false for staff.
    """
    place = place_of(deliverable, today, outside=outside)
    return _phrases(prepare(facets), prepare(old_facets) if old_facets is not None else None, place)


def place_of(deliverable: Deliverable, today: date, *, outside: bool = True) -> Place:
    """Say where and when a deliverable is read."""
    market = "" if deliverable.market == NONE else deliverable.market
    return Place(market, deliverable.language, deliverable.channel, max(deliverable.publish, today.isoformat()), outside)


@lru_cache(maxsize=256)
def _phrases(lexicon: Lexicon, old: Lexicon | None, place: Place) -> tuple[Watchword, ...]:
    found = [*_banned(lexicon, place), *_claims(lexicon, place), *_left_out(lexicon, place), *_rejected(lexicon)]
    if place.outside:
        found += [*_rivals(lexicon), *_secrets(lexicon, place)]
    if old is not None:
        found += _outdated(old, lexicon, place)
    seen: dict[str, Watchword] = {}
    for word in sorted(found, key=lambda word: not word.hard):
        seen.setdefault(word.text.casefold(), word)
    return tuple(seen.values())


# The strategy as it stands -------------------------------------------------------------------------------------------


def _banned(lexicon: Lexicon, place: Place) -> Iterable[Watchword]:
    for phrase in lexicon.banned:
        why = "The brand never uses this word."
        yield Watchword(phrase.text, "banned-word", phrase.ref, why=why, spellings=_forms(phrase.text, german=place.language == "de"))


def _forms(phrase: str, *, german: bool) -> tuple[str, ...]:
    """Give a phrase with the endings of its last word: plurals, in German the others, too."""
    known = (phrase, *spellings(phrase), *hyphened(phrase))
    plurals = [f"{text[:-1]}ies" if text.endswith("y") else f"{text}es" for text in known]
    endings = _GERMAN_ENDINGS if german else ("s",)
    return tuple(dict.fromkeys((*known[1:], *plurals, *(text + ending for text in known for ending in endings))))


def _rivals(lexicon: Lexicon) -> Iterable[Watchword]:
    for slug in lexicon.members("competitors") or dict.fromkeys(path.split(".")[1] for path in lexicon.facets if path.startswith("competitors.")):
        ref = f"competitors.{slug}"
        name = lexicon.text(f"{ref}.name").partition(" (")[0]
        if name and "never" in words_of(lexicon.text(f"{ref}.in_copy")):
            why = "This rival is never named in copy."
            ways = (*spellings(name), *hyphened(name), *_together(name))
            yield Watchword(name, "competitor-name", f"{ref}.in_copy", why=why, spellings=ways, name=True, goes_on=True)


def _rejected(lexicon: Lexicon) -> Iterable[Watchword]:
    for phrase in lexicon.rejected:
        yield Watchword(phrase.text, "rejected-line", phrase.ref, hard=False, why=f"This line was rejected: {phrase.instead}.")


def _claims(lexicon: Lexicon, place: Place) -> Iterable[Watchword]:
    for claim in lexicon.claims.values():
        rule, why = objection(claim, place)
        if rule:
            yield from _statements(lexicon, claim.ref, (*claim.full, *claim.short), (rule, claim.ref, why))
        elif place.channel in claim.never_in:
            why = f"The short form of this claim must not run in {place.channel}."
            for short in claim.short:
                yield Watchword(short, "claim-channel", f"{claim.ref}.short_never_in", why=why)


@dataclass(frozen=True, slots=True)
class Unsayable:
    """A claim that may not be made here and today, as the words that carry its meaning, in whatever order they stand."""

    meaning: frozenset[str]
    rule: str
    ref: str
    text: str
    why: str


_ENOUGH_MEANING = 3
"""With fewer words that carry meaning, other sentences have them all by chance."""


@lru_cache(maxsize=256)
def unsayable(lexicon: Lexicon, place: Place) -> tuple[Unsayable, ...]:
    """List claims that may not be made and that no other line says with the same words."""
    found: list[Unsayable] = []
    for claim in lexicon.claims.values():
        rule, why = objection(claim, place)
        others = [meaning_of(fact.text) for fact in lexicon.facts if not under(fact.path, (claim.ref,))] if rule else []
        for text in (*claim.full, *claim.short) if rule else ():
            meaning = meaning_of(text)
            if len(meaning) >= _ENOUGH_MEANING and not any(meaning <= other for other in others):
                found.append(Unsayable(meaning, rule, claim.ref, text, why))
    return tuple(found)


@lru_cache(maxsize=8192)
def meaning_of(text: str) -> frozenset[str]:
    """Give the words of a text that carry meaning, without their endings; what goes down, and what goes up, in one word each."""
    words = words_of(text)
    plain = frozenset(map(stem, words))
    turned = {name for name, known in (("-", SINKING), ("+", RISING)) if known & {*plain, *words}}
    return frozenset(content_stems(words) - SINKING - RISING - _GOING | turned)


_GOING = frozenset(map(stem, ("go", "goes", "get", "gets", "become", "becomes", "gehen", "geht", "werden", "wird")))


def objection(claim: Claim, place: Place) -> tuple[str, str]:
    """Say which rule a claim breaks here and today, and why; nothing where it may be said."""
    if not place.outside:
        return "", ""
    if claim.kind == "not-yet":
        return "claim-not-yet", f"Nobody may say this yet: it waits for {claim.waiting_for}." if claim.waiting_for else "Nobody may say this yet."
    if claim.valid_from and place.day < claim.valid_from:
        return "claim-date", f"This holds only from {claim.valid_from}."
    if claim.valid_until and place.day > claim.valid_until:
        return "claim-date", f"This held until {claim.valid_until}."
    if claim.cleared and place.market and place.market not in claim.cleared:
        return "claim-market", f"This claim is not cleared for {place.market}."
    return "", ""


def _secrets(lexicon: Lexicon, place: Place) -> Iterable[Watchword]:
    days = [day for day in lexicon.launches.values() if day]
    launch = lexicon.launches.get(place.market, "") if place.market else min(days, default="")
    never = as_items(lexicon.facets.get("confidential.never_outside"))
    early = as_items(lexicon.facets.get("confidential.until_launch")) if launch and place.day < launch else ()
    for refs, why in ((never, "This must never leave the house."), (early, f"This is confidential until launch on {launch}.")):
        for ref in refs:
            texts = tuple(fact.text for fact in lexicon.facts if under(fact.path, (ref,)) and place.scope.holds(fact))
            yield from _statements(lexicon, ref, texts, ("confidential", ref, why))


def _left_out(lexicon: Lexicon, place: Place) -> Iterable[Watchword]:
    for ref, reason in lexicon.left_out.get(place.market, {}).items():
        texts = tuple(fact.text for fact in lexicon.facts if under(fact.path, (ref,)))
        where = f"markets.{place.market}.leave_out.{ref}"
        yield from _statements(lexicon, ref, texts, ("left-out", where, f"{place.market} leaves this out: {reason}."))


def _statements(lexicon: Lexicon, ref: str, texts: Iterable[str], why: tuple[str, str, str]) -> Iterable[Watchword]:
    """Watch for what only these texts say and nothing beside `ref`."""
    free = tuple(fact.text for fact in lexicon.facts if not under(fact.path, (ref,)))
    for text in texts:
        for fragment in fragments(text, "", free):
            yield from _watched(fragment, why)


# What the strategy no longer says ------------------------------------------------------------------------------------


def _outdated(old: Lexicon, now: Lexicon, place: Place) -> Iterable[Watchword]:
    today = [*(fact.text for fact in now.facts if place.scope.holds(fact)), place.day]
    for fact in old.facts:
        new = as_text(now.facets.get(fact.path))
        if new != fact.text and place.scope.holds(fact):
            now_reads = f"It now reads: {new}" if new else "It has been taken out."
            for fragment in fragments(fact.text, new, today, _names(fact)):
                yield from _watched(fragment, ("", fact.path, f"The strategy no longer says this. {now_reads}"))
                yield from _month_ends(fragment, today, (fact.path, f"The strategy no longer says this. {now_reads}"))


def _month_ends(fragment: str, today: Iterable[str], why: tuple[str, str]) -> Iterable[Watchword]:
    """Watch for "the end of April" where April 30 was a day of the strategy and no day in that month is one now."""
    ends = end_of_month(fragment)
    months = {figure.value.removeprefix("--")[-5:-3] for text in today for figure in figures(text) if figure.kind == "date"} if ends else set[str]()
    figure = whole_figure(fragment) if ends else None
    if figure is not None and figure.value[-5:-3] not in months:
        yield Watchword(ends[0], "old-date", why[0], why=why[1], spellings=ends[1:])


_TOGETHER = 8
"""Letters from which on a name of several words is known when they are written as one."""


def _together(name: str) -> tuple[str, ...]:
    joined = name.replace(" ", "")
    return (joined,) if " " in name and joined.isalpha() and len(joined) >= _TOGETHER else ()


def _names(fact: Fact) -> tuple[str, ...]:
    return (fact.text.partition(" (")[0],) if fact.path.endswith(".name") else ()


_OLD = {"price": "old-price", "percent": "old-number", "number": "old-number", "date": "old-date", "link": "old-link"}


def _watched(fragment: str, why: tuple[str, str, str]) -> Iterable[Watchword]:
    """Make watchwords of a fragment: figures in all spellings, names, lines whole or in windows. `why` is rule, ref and reason."""
    rule, ref, reason = why
    figure = whole_figure(fragment)
    if figure is not None:
        if not _counts_little(figure):
            kind = rule or _OLD.get(figure.kind, "old-number")
            yield Watchword(fragment, kind, ref, hard=_is_telling(figure, rule), why=reason, spellings=spellings(fragment))
        return
    words = read(fragment).words
    if len(words) < SHORTEST_RUN:
        yield Watchword(fragment, rule or "old-name", ref, hard=len(fragment) > 3, why=reason, spellings=_together(fragment), name=True, goes_on=True)
        return
    for part, size in _windows(fragment, WINDOW):
        telling = _telling(part)
        hard = telling >= 2 and (size > SHORTEST_RUN or telling == size)
        yield Watchword(part, rule or "old-line", ref, hard=hard, why=reason, spellings=numbers_in_words(part), goes_on=True, line=fragment)
    for part, _size in () if rule else _windows(fragment, SHORTEST_RUN):
        if _telling(part) >= 2:
            yield Watchword(part, "old-line", ref, hard=False, why=reason, goes_on=True, line=fragment)


def _telling(part: str) -> int:
    return len({word for word in words_of(part) if word not in STOP_WORDS})


_SMALL = 12


def _counts_little(figure: Figure) -> bool:
    """Tell whether a number is spelled or small: such numbers stand in any text."""
    return figure.kind == "number" and (figure.spelled or float(figure.value) <= _SMALL)


def _is_telling(figure: Figure, rule: str) -> bool:
    """Tell whether a figure alone is enough to stop. A day is, where the strategy had it and has it no more; a day of a secret is not."""
    if figure.kind == "date":
        return not rule and len(figure.value) >= len("--05-31")
    return figure.kind in _TELLING


def _windows(fragment: str, size: int) -> Iterable[tuple[str, int]]:
    """Cut a long passage into overlapping windows of so many words."""
    reading = read(fragment)
    count = len(reading.words)
    for first in range(max(1, count - size + 1)):
        last = min(count, first + size)
        yield reading.passage(first, last), last - first
