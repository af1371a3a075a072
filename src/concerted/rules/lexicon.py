"""A strategy prepared for checking: what it says, indexed by phrase, figure and name. Built once per strategy, then only read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from concerted.campaign.facets import MEMBERS, Facets, Value
from concerted.rules.figures import Figure, Kind, figures
from concerted.rules.languages import word_set
from concerted.rules.links import host_of
from concerted.rules.reading import content_stems, read
from concerted.rules.segment import sentences

Words: TypeAlias = tuple[str, ...]

_SILENT_PARTS = (
    "channel.",
    "approvals.",
    "protocol.",
    "confidential.",
    "brand.words.",
    "brand.names.",
    "brand.samples.",
    "deliverables.",
    "positioning.rejected.",
)
_SILENT_CAMPAIGN = frozenset(("campaign.playbook", "campaign.tier", "campaign.language"))
_SILENT_LEAVES = word_set(
    "kind lead cta offer currency zone language languages address evidence waiting_for recheck recheck_every cleared permission list part "
    "seen where in_copy leave_out source serves measure short_never_in channels was"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One facet that copy can state. `family` is what belongs together: `claims.wait`, `offers.start`."""

    path: str
    text: str
    words: Words
    family: str
    market: str
    """The market that this facet is about, empty for all."""
    language: str
    """The language of a wording, empty for a leaf."""
    stems: frozenset[str]
    sentence_ends: tuple[int, ...]
    """Word counts at which a sentence of the text ends."""

    @property
    def part(self) -> str:
        """The section of the strategy that it stands in."""
        return self.path.partition(".")[0]


@dataclass(frozen=True, slots=True)
class KnownFigure:
    """A figure of a fact: which fact, and what it counts there."""

    fact: int
    figure: Figure


@dataclass(frozen=True, slots=True)
class Claim:
    """What the checks need of one claim. Texts hold every language and length."""

    slug: str
    kind: str
    full: tuple[str, ...]
    short: tuple[str, ...]
    needs: tuple[str, ...]
    never_in: frozenset[str]
    cleared: frozenset[str]
    valid_from: str
    valid_until: str
    recheck: str
    waiting_for: str

    @property
    def ref(self) -> str:
        """The claim's address."""
        return f"claims.{self.slug}"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A banned or replaced phrase: where it is ruled, its words, and what to say instead."""

    ref: str
    text: str
    words: Words
    instead: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Everything that a check looks up. Compare lexicons by identity: one strategy, one lexicon."""

    facets: Mapping[str, Value]
    facts: tuple[Fact, ...]
    phrases: Mapping[tuple[str, str, str], tuple[tuple[int, int], ...]]
    """Run of three words -> (fact, place in it)."""
    stems: Mapping[str, tuple[int, ...]]
    """Stem of a word that carries meaning -> facts of at least four words."""
    figures: Mapping[tuple[Kind, str], tuple[KnownFigure, ...]]
    names: Mapping[str, tuple[tuple[Words, str], ...]]
    """First word of a name or short form -> (all its words, path)."""
    claims: Mapping[str, Claim]
    banned: tuple[Phrase, ...]
    preferred: tuple[Phrase, ...]
    rejected: tuple[Phrase, ...]
    hosts: frozenset[str]
    launches: Mapping[str, str]
    """Market -> ISO date of its launch."""
    quiet: frozenset[tuple[Kind, str]]
    """Figures of what steers the work and is no copy (when a rival's price was seen, a list's number): staff may read them."""
    left_out: Mapping[str, Mapping[str, str]]
    """Market -> ref that it leaves out -> reason."""

    def text(self, path: str) -> str:
        """Give a leaf as text; empty where it is not there."""
        return as_text(self.facets.get(path))

    def members(self, path: str) -> Words:
        """Give the slugs of a map, in order."""
        return as_items(self.facets.get(f"{path}.{MEMBERS}"))


def as_text(value: Value) -> str:
    """Give a leaf's value as text; nothing for absent, a list joined by commas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(map(as_text, value)) if isinstance(value, tuple) else str(value)


def as_items(value: Value) -> Words:
    """Give a list leaf's items as texts; a single value is a list of one."""
    if isinstance(value, tuple):
        return tuple(map(as_text, value))
    return (as_text(value),) if value not in (None, "") else ()


def prepare(facets: Facets | Lexicon) -> Lexicon:
    """Prepare a strategy's facets; equal facets give the same lexicon. Keep it yourself where checks run in a loop."""
    return facets if isinstance(facets, Lexicon) else _prepare(tuple((path, _frozen(value)) for path, value in facets.items()))


def _frozen(value: Value) -> Value:
    return tuple(value) if isinstance(value, list | tuple) else value


@lru_cache(maxsize=32)
def _prepare(items: tuple[tuple[str, Value], ...]) -> Lexicon:
    facets = dict(items)
    facts = tuple(_facts(facets))
    return Lexicon(
        facets=facets,
        facts=facts,
        phrases=_phrases(facts),
        stems=_stems(facts),
        figures=_figures(facts),
        names=_names(facets),
        claims={slug: _claim(facets, slug) for slug in _slugs(facets, "claims")},
        banned=tuple(_banned(facets)),
        preferred=tuple(_preferred(facets)),
        rejected=tuple(_rejected(facets)),
        hosts=frozenset(host_of(figure.text) for fact in facts for figure in figures(fact.text) if figure.kind == "link"),
        quiet=frozenset(_quiet(facets)),
        left_out={market: _left_out(facets, market) for market in _slugs(facets, "markets")},
        launches={market: as_text(facets.get(f"markets.{market}.launch"))[:10] for market in _slugs(facets, "markets")},
    )


def _left_out(facets: Facets, market: str) -> Mapping[str, str]:
    prefix = f"markets.{market}.leave_out."
    return {path.removeprefix(prefix): as_text(value) for path, value in facets.items() if path.startswith(prefix) and not path.endswith(MEMBERS)}


_QUIET_LEAVES = word_set("list waiting_for evidence seen where recheck recheck_every source")


def _quiet(facets: Facets) -> Iterable[tuple[Kind, str]]:
    for path, value in facets.items():
        if path.startswith(("claims.", "competitors.", "audiences.", "objectives.")) and not _QUIET_LEAVES.isdisjoint(path.split(".")[2:]):
            for figure in figures(as_text(value)):
                for value in figure.readings:
                    for key in date_keys(value) if figure.kind == "date" else (value,):
                        yield figure.kind, key


def _slugs(facets: Facets, part: str) -> Words:
    """Give the slugs of a section; a hand-made map of facets without membership lists works too."""
    listed = as_items(facets.get(f"{part}.{MEMBERS}"))
    return listed or tuple(dict.fromkeys(path.split(".")[1] for path in facets if path.startswith(f"{part}.")))


def sayable(path: str, value: Value) -> bool:
    """Tell whether copy can state a leaf: not slugs, rules, sources and other things that only steer the work."""
    if value is None or isinstance(value, bool | tuple) or path.endswith(MEMBERS) or path.startswith(_SILENT_PARTS) or path in _SILENT_CAMPAIGN:
        return False
    names = path.partition("@")[0].split(".")
    if names[0] == "claims" and names[-1] in ("from", "until"):
        return False
    return _SILENT_LEAVES.isdisjoint(names[2:])


def _facts(facets: Facets) -> Iterable[Fact]:
    markets = frozenset(_slugs(facets, "markets"))
    for path, value in facets.items():
        if not sayable(path, value):
            continue
        text = as_text(value)
        words = read(text).words
        ends: list[int] = []
        for sentence in sentences(text):
            ends.append((ends[-1] if ends else 0) + len(read(sentence).words))
        yield Fact(path, text, words, family_of(path), _market_of(path, markets), _language_of(path), content_stems(words), tuple(ends))


def family_of(path: str) -> str:
    """Name what a leaf belongs to: its first two steps, without wording."""
    return ".".join(path.partition("@")[0].split(".")[:2])


def _market_of(path: str, markets: frozenset[str]) -> str:
    names = path.partition("@")[0].split(".")
    if names[0] == "markets":
        return names[1]
    return names[3] if names[0] == "offers" and len(names) > 3 and names[3] in markets else ""


def _language_of(path: str) -> str:
    return path.partition("@")[2].partition(".")[0]


def _phrases(facts: tuple[Fact, ...]) -> Mapping[tuple[str, str, str], tuple[tuple[int, int], ...]]:
    index: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for number, fact in enumerate(facts):
        words = fact.words
        for place, run in enumerate(zip(words, words[1:], words[2:], strict=False)):
            index.setdefault(run, []).append((number, place))
    return {run: tuple(places) for run, places in index.items()}


_SHORTEST_FUZZY = 4


def _stems(facts: tuple[Fact, ...]) -> Mapping[str, tuple[int, ...]]:
    index: dict[str, list[int]] = {}
    for number, fact in enumerate(facts):
        if len(fact.words) >= _SHORTEST_FUZZY:
            for stem in fact.stems:
                index.setdefault(stem, []).append(number)
    return {stem: tuple(numbers) for stem, numbers in index.items()}


def _figures(facts: tuple[Fact, ...]) -> Mapping[tuple[Kind, str], tuple[KnownFigure, ...]]:
    index: dict[tuple[Kind, str], list[KnownFigure]] = {}
    for number, fact in enumerate(facts):
        for figure in figures(fact.text):
            for value in figure.readings:
                for key in date_keys(value) if figure.kind == "date" else (value,):
                    index.setdefault((figure.kind, key), []).append(KnownFigure(number, figure))
    return {key: tuple(known) for key, known in index.items()}


def date_keys(value: str) -> tuple[str, ...]:
    """Give the forms in which a date may be met: with its year and without."""
    return (value, f"--{value[5:]}") if len(value) == 10 and not value.startswith("--") else (value,)


def _names(facets: Facets) -> Mapping[str, tuple[tuple[Words, str], ...]]:
    index: dict[str, list[tuple[Words, str]]] = {}
    for path in facets:
        if _is_name(path):
            words = read(as_text(facets[path]).partition(" (")[0]).words
            if words:
                index.setdefault(words[0], []).append((words, path))
    return {first: tuple(sorted(names, key=lambda name: -len(name[0]))) for first, names in index.items()}


def _is_name(path: str) -> bool:
    names = path.partition("@")[0].split(".")
    if path in ("campaign.name", "campaign.company", "contact.name"):
        return True
    return len(names) == 3 and ((names[0] in ("people", "competitors") and names[2] == "name") or (names[0] == "claims" and names[2] == "short"))


def _claim(facets: Facets, slug: str) -> Claim:
    ref = f"claims.{slug}"
    return Claim(
        slug=slug,
        kind=as_text(facets.get(f"{ref}.kind")),
        full=_every_wording(facets, f"{ref}.full"),
        short=_every_wording(facets, f"{ref}.short"),
        needs=_every_wording(facets, f"{ref}.short_needs"),
        never_in=frozenset(as_items(facets.get(f"{ref}.short_never_in"))),
        cleared=frozenset(path.split(".")[3] for path in facets if path.startswith(f"{ref}.cleared.") and not path.endswith(MEMBERS)),
        valid_from=as_text(facets.get(f"{ref}.from"))[:10],
        valid_until=as_text(facets.get(f"{ref}.until"))[:10],
        recheck=as_text(facets.get(f"{ref}.recheck"))[:10],
        waiting_for=as_text(facets.get(f"{ref}.waiting_for")),
    )


def _every_wording(facets: Facets, path: str) -> tuple[str, ...]:
    """Give a leaf's text and then its wordings, sorted by language."""
    keys = sorted(key for key in facets if key == path or key.startswith(f"{path}@"))
    return tuple(as_text(facets[key]) for key in keys)


def _banned(facets: Facets) -> Iterable[Phrase]:
    for path, value in facets.items():
        if path.startswith("brand.words.never.") and not path.endswith(MEMBERS):
            words = read(as_text(value)).words
            if words:
                yield Phrase(path, as_text(value), words)


def _rejected(facets: Facets) -> Iterable[Phrase]:
    """Read the lines that were rejected from their slugs; the leaf holds the reason."""
    for path, value in facets.items():
        if path.startswith("positioning.rejected.") and not path.endswith(MEMBERS):
            words = read(path.split(".")[2]).words
            if words:
                yield Phrase(path, " ".join(words), words, as_text(value).rstrip("."))


def _preferred(facets: Facets) -> Iterable[Phrase]:
    for path, value in facets.items():
        if path.startswith("brand.words.prefer.") and path.endswith(".not"):
            ref = path.removesuffix(".not")
            for text in as_items(value):
                words = read(text).words
                if words:
                    yield Phrase(ref, text, words, as_text(facets.get(f"{ref}.say")))
