"""Which facts of the strategy a text states: the says-edges between words that people wrote and the leaves they come from."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from concerted.campaign.facets import Facets
from concerted.rules.figures import Figure, figures
from concerted.rules.languages import STOP_WORDS
from concerted.rules.lexicon import Fact, KnownFigure, Lexicon, date_keys, family_of, prepare
from concerted.rules.reading import SHORTEST_RUN, Reading, find_run, read, stem, stems
from concerted.rules.segment import sentences

How: TypeAlias = Literal["phrase", "short form", "name", "price", "percent", "number", "date", "link", "mail", "phone", "alike"]


@dataclass(frozen=True, slots=True)
class Says:
    """A text states the leaf at `path`; `evidence` are its words. What is not certain is for a person to say."""

    path: str
    certain: bool
    evidence: str
    how: How = "phrase"


def matches(text: str, facets: Facets | Lexicon, market: str = "", language: str = "") -> tuple[Says, ...]:
    """List the leaves that a text states, certain ones first, each once with its longest evidence.

    With a market or a language, what the strategy says for other markets, and wordings in other languages, are left out.
    """
    lexicon = prepare(facets)
    scope = Scope(market, language)
    found = _stated(text, lexicon, scope)
    certain = {family_of(says.path) for says in found if says.certain}
    alike = (says for says in _alike(read(text), lexicon, scope) if family_of(says.path) not in certain)
    return _best((*found, *alike))


def stated(text: str, lexicon: Lexicon, market: str = "", language: str = "") -> tuple[Says, ...]:
    """List what a text states by its exact words and figures, without the slower search for look-alikes."""
    return _best(_stated(text, lexicon, Scope(market, language)))


@dataclass(frozen=True, slots=True)
class Scope:
    """Which facts can be meant: those of a market ("" or "-" for all), and wordings of a language (a bare code or a locale)."""

    market: str = ""
    language: str = ""

    def holds(self, fact: Fact) -> bool:
        """Tell whether a text of this scope can mean a fact."""
        if self.market not in ("", "-") and fact.market not in ("", self.market):
            return False
        return not fact.language or not self.language or fact.language == self.language.partition("-")[0]


EVERYWHERE = Scope()


def _stated(text: str, lexicon: Lexicon, scope: Scope) -> tuple[Says, ...]:
    reading = read(text)
    if not reading.words:
        return ()
    runs = [run for run in _runs(reading.words, lexicon) if scope.holds(lexicon.facts[run.fact])]
    certain = [run for run in runs if _is_certain(run, lexicon.facts[run.fact], reading)]
    spans = [(reading.starts[run.in_text], reading.ends[run.in_text + run.length - 1]) for run in certain]
    return (*_phrases(reading, lexicon, runs, certain), *_names(reading, lexicon), *_figures(text, lexicon, scope, spans))


def _best(found: Iterable[Says]) -> tuple[Says, ...]:
    best: dict[str, Says] = {}
    for says in found:
        known = best.get(says.path)
        if not known or (says.certain, len(says.evidence)) > (known.certain, len(known.evidence)):
            best[says.path] = says
    return tuple(sorted(best.values(), key=lambda says: not says.certain))


# Phrases -------------------------------------------------------------------------------------------------------------

_LONG_RUN = 6
"""So many words in a row from one fact are no chance, even if the fact is longer."""


@dataclass(slots=True)
class _Run:
    """A run of words that a text shares with a fact: where it begins in each, and how long it is."""

    fact: int
    in_fact: int
    in_text: int
    length: int


def _phrases(reading: Reading, lexicon: Lexicon, runs: list[_Run], certain: list[_Run]) -> Iterable[Says]:
    for run in certain:
        yield Says(lexicon.facts[run.fact].path, True, reading.passage(run.in_text, run.in_text + run.length))
    for run in runs:
        if _is_telling(run, reading) and not any(_covers(other, run) for other in certain):
            yield Says(lexicon.facts[run.fact].path, False, reading.passage(run.in_text, run.in_text + run.length))


def _runs(words: tuple[str, ...], lexicon: Lexicon) -> list[_Run]:
    """Find every maximal run of at least three words that a text and a fact have in common."""
    index = lexicon.phrases
    open_runs: dict[tuple[int, int], _Run] = {}
    out: list[_Run] = []
    for place, run in enumerate(zip(words, words[1:], words[2:], strict=False)):
        for fact, in_fact in index.get(run, ()):
            key = (fact, in_fact - place)
            known = open_runs.get(key)
            if known and known.in_text + known.length == place + SHORTEST_RUN - 1:
                known.length += 1
            else:
                open_runs[key] = _Run(fact, in_fact, place, SHORTEST_RUN)
                out.append(open_runs[key])
    return out


def _content(run: _Run, reading: Reading) -> int:
    return sum(word not in STOP_WORDS for word in reading.words[run.in_text : run.in_text + run.length])


def _is_certain(run: _Run, fact: Fact, reading: Reading) -> bool:
    """Tell whether a run is the whole fact, a whole sentence of it, or too long to be chance."""
    if _content(run, reading) < 2:
        return False
    if run.length == len(fact.words) or run.length >= _LONG_RUN:
        return True
    end = run.in_fact + run.length
    bounds = zip((0, *fact.sentence_ends), fact.sentence_ends, strict=False)
    return any(run.in_fact <= begin and finish <= end and finish - begin > SHORTEST_RUN for begin, finish in bounds)


def _is_telling(run: _Run, reading: Reading) -> bool:
    content = _content(run, reading)
    return content >= 3 or (content == 2 and run.length > SHORTEST_RUN)


def _covers(outer: _Run, inner: _Run) -> bool:
    return outer.in_text <= inner.in_text and inner.in_text + inner.length <= outer.in_text + outer.length


# Names and short forms -----------------------------------------------------------------------------------------------


def _names(reading: Reading, lexicon: Lexicon) -> Iterable[Says]:
    words = reading.words
    if lexicon.names.keys().isdisjoint(words):
        return
    for place, word in enumerate(words):
        for name, path in lexicon.names.get(word, ()):
            end = place + len(name)
            if words[place:end] == name and _written_as_name(reading, place, path):
                yield Says(path, True, reading.passage(place, end), "short form" if path.startswith("claims.") else "name")


def _written_as_name(reading: Reading, place: int, path: str) -> bool:
    return path.startswith("claims.") or not reading.text[reading.starts[place]].islower()


# Figures -------------------------------------------------------------------------------------------------------------

_TELLING_DIGITS = 3
"""A number of so many digits is worth a question even when it seems to count something else, as in another language."""
_MANY = 3
"""A bare number that stands in more families than this says nothing."""


def _figures(text: str, lexicon: Lexicon, scope: Scope, spans: list[tuple[int, int]]) -> Iterable[Says]:
    """Match figures to facts. A figure inside a phrase whose fact is certain is explained by it: no question is asked about it."""
    for figure in figures(text):
        explained = any(start <= figure.start and figure.end <= end for start, end in spans)
        yield from (says for says in _figure(figure, lexicon, scope) if says.certain or not explained)


def _figure(figure: Figure, lexicon: Lexicon, scope: Scope) -> Iterable[Says]:
    match figure.kind:
        case "price" | "percent":
            return _says(figure, known_as(figure, lexicon, scope), lexicon, figure.kind)
        case "number":
            return _number(figure, lexicon, scope)
        case "date":
            return _date(figure, lexicon, scope)
        case "link" | "mail" | "phone":
            known = (lexicon.facts[item.fact] for item in known_as(figure, lexicon, scope) if item.figure.text == lexicon.facts[item.fact].text)
            return (Says(fact.path, True, figure.text, figure.kind) for fact in known)
        case "time" | "year":
            return ()


def _date(figure: Figure, lexicon: Lexicon, scope: Scope) -> Iterable[Says]:
    """Match a day; a month is too wide to ask about, it has to be certain."""
    facts = [lexicon.facts[item.fact] for item in known_as(figure, lexicon, scope)]
    certain = len({fact.family for fact in facts}) == 1
    is_month = len(figure.value) == len("2027-03") and figure.value[0] != "-"
    return (Says(fact.path, certain, figure.text, "date") for fact in facts if certain or not is_month)


def known_as(figure: Figure, lexicon: Lexicon, scope: Scope = EVERYWHERE) -> list[KnownFigure]:
    """Find the facts that hold a figure of the same kind and value; a date without its year matches any year."""
    keys = [key for value in figure.readings for key in ((value,) if figure.kind != "date" else _asked(value, lexicon))]
    found = [known for key in keys for known in lexicon.figures.get((figure.kind, key), ())]
    return [known for known in found if scope.holds(lexicon.facts[known.fact])]


def _asked(value: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Give the keys under which a date is looked up: as it stands, else as a fact without a year."""
    if ("date", value) in lexicon.figures or value.startswith("--"):
        return (value,)
    return tuple(key for key in date_keys(value)[1:] if any(known.figure.value == key for known in lexicon.figures.get(("date", key), ())))


def _says(figure: Figure, known: list[KnownFigure], lexicon: Lexicon, how: How) -> Iterable[Says]:
    """Name the facts a figure belongs to: claims and offers before all who repeat them; certain when only one family has it."""
    facts = [lexicon.facts[item.fact] for item in known]
    facts = [fact for fact in facts if fact.part in ("claims", "offers")] or facts
    certain = len({fact.family for fact in facts}) == 1
    for fact in facts:
        yield Says(fact.path, certain, figure.counted or figure.text, how)


def _number(figure: Figure, lexicon: Lexicon, scope: Scope) -> Iterable[Says]:
    known = known_as(figure, lexicon, scope)
    same_unit = [item for item in known if item.figure.units & figure.units]
    if same_unit:
        if figure.spelled and not any(lexicon.facts[item.fact].part in ("claims", "offers") for item in same_unit):
            return
        yield from _says(figure, same_unit, lexicon, "number")
        return
    families = {lexicon.facts[item.fact].family for item in known}
    if len(figure.value) >= _TELLING_DIGITS and len(families) <= _MANY:
        for item in known:
            yield Says(lexicon.facts[item.fact].path, False, figure.counted or figure.text, "number")


# Look-alikes ---------------------------------------------------------------------------------------------------------

_ALIKE = 0.85
_SHARED = 0.6
_FEWEST_SHARED = 3


def _alike(reading: Reading, lexicon: Lexicon, scope: Scope) -> Iterable[Says]:
    """Find sentences that say nearly what a fact says: most of its stems, and a likeness of at least 0.85 in their order."""
    for sentence in sentences(reading.text):
        words = read(sentence).words
        shared: dict[int, int] = {}
        for key in {stem(word) for word in words if word not in STOP_WORDS}:
            for fact in lexicon.stems.get(key, ()):
                shared[fact] = shared.get(fact, 0) + 1
        for number, count in shared.items():
            fact = lexicon.facts[number]
            if scope.holds(fact) and count >= max(_FEWEST_SHARED, _SHARED * len(fact.stems)) and _likeness(words, fact) >= _ALIKE:
                yield Says(fact.path, False, sentence.strip(), "alike")


def _likeness(words: tuple[str, ...], fact: Fact) -> float:
    """Compare a fact with the stretch of a sentence that its words span."""
    hits = [place for place, word in enumerate(words) if stem(word) in fact.stems]
    margin = next((place for place, word in enumerate(fact.words) if word not in STOP_WORDS), 0)
    stretch = words[max(0, hits[0] - margin) : hits[-1] + 1]
    return SequenceMatcher(None, " ".join(stems(fact.words)), " ".join(stems(stretch)), autojunk=False).ratio()


def holds(text: str, phrase: str) -> bool:
    """Tell whether a text holds a phrase word by word, whatever its case, dashes, quotes and spacing."""
    return find_run(read(text).words, read(phrase).words) >= 0
