"""From what a sentence asks for to edits of lines: exact, normalised or nearest. A pure function of the sentence, the lines and the day."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from concerted.campaign.facets import Facets
from concerted.campaign.proposed_edit import NEEDS_WORDING, Certainty, ProposedEdit, guarded
from concerted.campaign.scalars import slug_from
from concerted.campaign.strategy import typed
from concerted.mail import values, words
from concerted.mail.asks import Ask, asks, bare, core_of
from concerted.mail.lines import Lines, Place, generic
from concerted.mail.wish import is_correction, is_wanted
from concerted.rules.figures import Figure, figures
from concerted.rules.languages import word_set
from concerted.rules.reading import content_stems, stem, words_of


@dataclass(frozen=True)
class Reader:
    """Reads sentences against one strategy on one day."""

    lines: Lines
    today: date
    source: str = ""

    def edits(self, statement: str) -> tuple[ProposedEdit, ...]:
        """Give the edits that a sentence asks for; empty where it is not understood."""
        found: list[ProposedEdit] = []
        for read in (self._typed_out, self._bans, self._prices, self._dates, self._sets, self._swaps, self._drops, self._says):
            new = [edit for edit in read(statement) if edit.ref not in {one.ref for one in found}]
            if new and found and read not in (self._prices, self._dates):
                break
            found += new
        return tuple(guarded(edit) for edit in found)

    def unread(self, statement: str) -> tuple[str, ...]:
        """List the clauses that ask for something and give no edit, where other clauses of the sentence give all that it gives."""
        found = {edit.ref for edit in self.edits(statement)}
        if not found or _QUOTE_SIGNS.search(statement):
            return ()
        ends = [hit.start() for hit in _CLAUSE.finditer(statement)] + [len(statement)]
        starts = [0, *(hit.end() for hit in _CLAUSE.finditer(statement))]
        gives = [{edit.ref for read in (self._prices, self._dates) for edit in read(statement[a:b])} for a, b in zip(starts, ends, strict=True)]
        if found != set().union(*gives):
            return ()
        parts = [statement[a:b] for a, b in zip(starts, ends, strict=True)]
        asking = [_asks(part) and not given and not found & {edit.ref for edit in self.edits(part)} for part, given in zip(parts, gives, strict=True)]
        left: list[str] = []
        for at in (at for at, asks_more in enumerate(asking) if asks_more):
            last = at
            while last + 1 < len(parts) and not gives[last + 1] and not asking[last + 1]:
                last += 1
            left.append(_JOIN.sub("", statement[starts[at] : ends[last]].strip()))
        return tuple(left)

    def _edit(self, ref: str, text: str | None, quote: str, certainty: Certainty, others: Iterable[str] = ()) -> Iterator[ProposedEdit]:
        """Propose one edit, where the line can hold it and it says something new."""
        old = self.lines.facets.get(ref)
        new = None if text is None else typed(ref, text)
        if (text is None or new is not None) and new != old:
            yield ProposedEdit(ref, old, new, quote, certainty, (), tuple(other for other in others if other != ref)[:3], self.source)

    def _typed_out(self, statement: str) -> Iterator[ProposedEdit]:
        for ask in asks(statement):
            if ask.kind == "line":
                yield from self._edit(ask.about, ask.new, statement, "exact")

    def _bans(self, statement: str) -> Iterator[ProposedEdit]:
        for ask in asks(statement):
            if ask.kind == "ban" and ask.new and len(words_of(ask.new)) <= 4:
                yield from self._edit(f"brand.words.never.{slug_from(ask.new)}", ask.new, statement, "normalised")

    def _prices(self, statement: str) -> Iterator[ProposedEdit]:
        prices = [figure for figure in figures(statement) if figure.kind == "price"]
        if not prices or frozenset(words_of(statement)) & words.MORE or "%" in statement:
            return
        old, new = self._old_and_new(prices, statement)
        for price in new:
            yield from self._price(price, statement, frozenset(words_of(_clause_of(price, statement))), old)

    def _old_and_new(self, prices: list[Figure], statement: str) -> tuple[list[str], list[Figure]]:
        """Tell the prices that stand in the strategy already from those that are new."""
        known = {figure.value for text in self.lines.leaves.values() for figure in figures(text) if figure.kind == "price"}
        old = [price.value for price in prices if price.value in known]
        new = [price for price in prices if price.value not in known]
        if not new and len(prices) > 1 and not any(ask.kind == "swap" for ask in asks(statement)):
            return [], prices
        return old, new

    def _price(self, price: Figure, statement: str, said: frozenset[str], old: list[str]) -> Iterator[ProposedEdit]:
        later = bool(said & words.LATER)
        fitting = [ref for ref, text in self.lines.leaves.items() if ref.startswith("offers.") and values.repriced(text, price) is not None]
        fitting = [ref for ref in fitting if ref.split(".")[2] in ("price", "then")]
        if old:
            fitting = [ref for ref in fitting if any(f.value in old for f in figures(self.lines.leaves[ref]))] or fitting
        else:
            fitting = [ref for ref in fitting if (ref.split(".")[2] == "then") == later] or fitting
        fitting = self._of_this_offer(fitting, statement)
        if fitting:
            certainty: Certainty = "nearest" if len(fitting) > 1 else "exact" if old else "normalised"
            text = values.repriced(self.lines.leaves[fitting[0]], price)
            yield from self._edit(fitting[0], text, statement, certainty, fitting)

    def _dates(self, statement: str) -> Iterator[ProposedEdit]:
        """Read days part by part where a part names both a line and its day, else from the whole sentence."""
        parts = [part for part in _CLAUSE.split(statement) if any(self._days(part, ref) for ref in self._days_called(part))]
        for part in parts or [statement]:
            if is_wanted(part, statement):
                yield from self._dated(part, statement)

    def _days(self, said: str, ref: str) -> list[str]:
        """List the days that words give a line, those that it has not yet."""
        old = self.lines.leaves[ref]
        days = [*values.days_said(said, old, self.today)] or [*values.days_moved(said, old)]
        return [day for day in days if day != old[:10]]

    def _dated(self, said: str, statement: str) -> Iterator[ProposedEdit]:
        named = self._days_called(said)
        for ref in named:
            days = self._days(said, ref)
            if days and (text := values.redated(self.lines.leaves[ref], days[-1] if "from" in words_of(said) or is_correction(said) else days[0])):
                same = len({generic(ref) for ref in named}) == 1 and (len(named) == 1 or generic(ref) == "markets.*.launch")
                yield from self._edit(ref, text, statement, "normalised" if same else "nearest", () if same else named)

    def _days_called(self, statement: str) -> list[str]:
        """List the lines with a day that a sentence calls by name, those that it calls by the most words."""
        said = {stem(word) for word in words_of(core_of(statement))}
        scores: dict[str, int] = {}
        for ref, text in self.lines.leaves.items():
            kind = generic(ref)
            if text[:4].isdigit() and (kind == "dates.*" or kind.endswith((".until", ".from", ".launch"))):
                own = {stem(word) for word in ref.split(".")[-1 if kind == "dates.*" else 1].split("-")}
                called = {stem(word) for word in words.CALLED[kind].split()} if kind != "dates.*" else set[str]()
                places = {stem(word) for part in ref.split(".") for word in words.PLACES.get(part.partition("-")[0], "").split()} - {stem("us")}
                places |= said if "us" in ref.split(".") and _AMERICA.search(statement) else set()
                scores[ref] = 3 * (own <= said and kind == "dates.*") + len(called & said) + 2 * bool(places & said)
        best = max(scores.values(), default=0)
        found = [ref for ref, score in scores.items() if score == best] if best > 0 else []
        launches = [ref for ref in found if ref.endswith(".launch")]
        return launches if launches and "offer" not in said else self._of_this_offer(found, statement)

    def _of_this_offer(self, refs: list[str], statement: str) -> list[str]:
        """Keep the lines of the offer that a sentence names, by its short name or by whom it is for; all where it names none."""
        said = content_stems(words_of(statement))

        def meant(ref: str) -> bool:
            slug = ref.split(".")[1]
            readers = words_of(self.lines.leaves.get(f"offers.{slug}.for", ""))
            audiences = [path.split(".")[1] for path, offer in self.lines.leaves.items() if _HAS_OFFER.fullmatch(path) and offer == slug]
            return bool(said & content_stems((*words_of(slug), *readers, *(word for name in audiences for word in words_of(name)))))

        return [ref for ref in refs if ref.startswith("offers.") and meant(ref)] or refs

    def _swaps(self, statement: str) -> Iterator[ProposedEdit]:
        for ask in asks(statement):
            if ask.kind == "swap" and (found := list(self._swap(ask, statement))):
                yield from found
                return

    def _swap(self, ask: Ask, statement: str) -> Iterator[ProposedEdit]:
        places = self._standing(ask.old)
        if not places:
            return
        place = places[0]
        old = self.lines.texts[place.ref]
        text = values.exchanged(old, place.start, place.end, ask.new)
        alone = len(places) == 1 or len(words_of(ask.old)) > 3
        certainty: Certainty = "exact" if place.literal and alone else "normalised" if alone else "nearest"
        yield from self._edit(place.ref, text, statement, certainty, (other.ref for other in places))

    def _standing(self, said: str) -> tuple[Place, ...]:
        """Find words in the lines: all of them, else without the small ones around them ("the morning after it opens" in a longer line)."""
        found = self.lines.holding(said)
        run = said.split()
        while not found and len(run) > 2:
            run = (
                run[1:]
                if words_of(run[0]) and words_of(run[0])[0] in _SMALL
                else run[:-1]
                if words_of(run[-1]) and words_of(run[-1])[0] in _SMALL
                else []
            )
            found = self.lines.holding(" ".join(run)) if run else ()
        return found

    def _sets(self, statement: str) -> Iterator[ProposedEdit]:
        for ask in asks(statement):
            named = self.lines.named(ask.about) if ask.kind == "set" else ()
            if named and not _is_other_kind(named[0], ask.new):
                ref = named[0]
                old = self.lines.texts[ref]
                said = bare(_INSTEAD.split(ask.new)[0])
                new = values.as_line(said, old) if len(words_of(said)) > 2 else said
                certainty: Certainty = "exact" if ask.about in self.lines.texts or (ask.quoted and len(named) == 1) else "normalised"
                yield from self._edit(ref, new, statement, certainty if len(named) == 1 else "nearest", named)
                return

    def _drops(self, statement: str) -> Iterator[ProposedEdit]:
        for ask in asks(statement):
            if ask.kind == "drop":
                yield from self._drop(ask, statement)
                return

    def _drop(self, ask: Ask, statement: str) -> Iterator[ProposedEdit]:
        """Take out the line that is quoted, or called by its name, or about this."""
        about = _ABOUT.sub("", ask.about)
        quoted = self.lines.holding(about)
        if quoted and len(words_of(about)) > 3:
            yield from self._edit(quoted[0].ref, None, statement, "exact" if quoted[0].literal else "normalised", (place.ref for place in quoted))
            return
        near = self.lines.named(about) or tuple(place.ref for place in quoted) or self.lines.nearest(about)
        if near:
            yield from self._edit(near[0], None, statement, "nearest", near)

    def _says(self, statement: str) -> Iterator[ProposedEdit]:
        for ask in asks(statement):
            if ask.kind not in ("say", "swap") or not ask.new:
                continue
            near = self._about(ask)
            if near:
                line = values.as_line(ask.new, self.lines.texts[near[0]])
                for edit in self._edit(near[0], line, statement, "nearest", near):
                    yield edit if ask.quoted else replace(edit, flags=(*edit.flags, NEEDS_WORDING))
                return

    def _about(self, ask: Ask) -> tuple[str, ...]:
        label = ask.about if ask.quoted else ""
        named = self.lines.named(bare(label)) if label and len(words_of(label)) <= 6 else ()
        return named or self.lines.nearest(ask.new, ask.old)


_HAS_OFFER = re.compile(r"audiences\.[^.]+\.offer")
_AMERICA = re.compile(r"\bU\.?S\.?\b")
"""The country; in small letters it is everybody who writes."""
_CLAUSE = re.compile(
    r",(?!\s\d{4}\b)\s|;\s|\s[–—-]\s|"
    r"\s(?:and|und)\s(?!(?:a half|half|eine halbe|\w+ (?:days?|weeks?|tage?n?|wochen?))\b)"
)
_ASKING = re.compile(
    rf"^(?:(?:also|please|auch|bitte)\s+)*{words.ASKING}\b|\b(?:ergänzen|streichen|schreiben|sagen|löschen|ändern|hinzufügen)$", re.IGNORECASE
)
_JOIN = re.compile(r"^(?:and|und)\s+", re.IGNORECASE)
_QUOTE_SIGNS = re.compile('["“”„«»]')
_SHORTEST_WISH = 4
_INSTEAD = re.compile(r",? (?:instead of|rather than|statt|anstelle von) ", re.IGNORECASE)
_SMALL = word_set("the a an only just in on at it its that this der die das den dem ein eine nur")
_ABOUT = re.compile(
    r"^(?:the |that |our |this |den |die |das )*"
    r"(?:(?:line|sentence|bit|part|thing|paragraph|words?|phrase|satz|zeile|teil)\s+)?"
    r"(?:(?:about|on|with|saying|that says|über|mit)\s+)?",
    re.IGNORECASE,
)


def _clause_of(price: Figure, statement: str) -> str:
    """Give the part of a sentence that speaks of a price: `drop it to $24 and move the launch a week later` says nothing of a later price."""
    return next((part for part in _CLAUSE.split(statement) if price.text in part), statement)


def _is_other_kind(ref: str, new: str) -> bool:
    """Tell whether words cannot stand in a line of an offer: prices are read elsewhere, and no price is a day or a span of days."""
    kinds = {figure.kind for figure in figures(new)}
    return generic(ref).startswith("offers.*.") and (
        "price" in kinds or (ref.split(".")[2] in ("price", "then") and ("date" in kinds or values.is_span(new)))
    )


def _asks(part: str) -> bool:
    return len(words_of(part)) >= _SHORTEST_WISH and bool(_ASKING.search(core_of(part)))


def reader(facets: Facets, today: date, source: str = "") -> Reader:
    """Make a reader of one strategy."""
    return Reader(Lines(facets), today, source)
