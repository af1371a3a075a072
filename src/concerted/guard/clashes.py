"""Contradictions that only show when assets lie side by side: two figures in one sentence's place, two names for one thing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TypeAlias

from concerted.campaign.deliverable import NONE
from concerted.campaign.finding import Finding
from concerted.guard.subject import Piece
from concerted.rules.case import advise, stop
from concerted.rules.facts import Scope, known_as
from concerted.rules.figures import Figure, figures
from concerted.rules.lexicon import Lexicon, as_items
from concerted.rules.reading import content_stems, find_run, read, words_of
from concerted.rules.segment import sentences

SAME = 0.6
"""Sentences that share so much of what they are about speak of one thing."""
_FEWEST = 3
_KINDS = ("price", "date", "percent", "number")


@dataclass(frozen=True, slots=True)
class _Frame:
    """A sentence without its figures: what it is about, and which figures stand in it."""

    asset: str
    field: str
    sentence: str
    market: str
    about: frozenset[str]
    figures: tuple[Figure, ...]


def clashes(pieces: Sequence[Piece], lexicon: Lexicon) -> tuple[Finding, ...]:
    """Compare the texts of all assets."""
    return (*_two_figures(pieces, lexicon), *_two_names(pieces, lexicon))


# Two prices, two dates, two numbers ----------------------------------------------------------------------------------


def _two_figures(pieces: Sequence[Piece], lexicon: Lexicon) -> Iterable[Finding]:
    """Compare sentences by what they are about. Those that say the same are compared once, and reported wherever they stand."""
    same: dict[tuple[object, ...], list[_Frame]] = {}
    for piece in pieces:
        for frame in _frames(piece):
            same.setdefault((frame.market, frame.about, *((figure.kind, figure.value) for figure in frame.figures)), []).append(frame)
    groups = list(same.values())
    index: dict[str, list[int]] = {}
    told: set[tuple[str, str, str]] = set()
    for number, group in enumerate(groups):
        for other in _alike(group, groups, index):
            for ours, theirs in _different(group[0], other[0]):
                for finding in _clash((group, ours), (other, theirs), lexicon):
                    if (place := (finding.asset, finding.field, finding.rule)) not in told:
                        told.add(place)
                        yield finding
        for stem in group[0].about:
            index.setdefault(stem, []).append(number)


def _frames(piece: Piece) -> Iterable[_Frame]:
    for name, text in piece.texts.items():
        for sentence in sentences(text):
            found = tuple(figure for figure in figures(sentence) if figure.kind in _KINDS and not figure.spelled)
            if found:
                own = frozenset(word for figure in found for word in words_of(figure.text))
                about = frozenset(content_stems(tuple(word for word in words_of(sentence) if word not in own and not word[0].isdigit())))
                if len(about) >= _FEWEST:
                    yield _Frame(piece.id, name, sentence.strip(), piece.deliverable.market, about, found)


def _alike(group: list[_Frame], groups: Sequence[list[_Frame]], index: Mapping[str, list[int]]) -> Iterable[list[_Frame]]:
    """Find earlier sentences about the same thing, in the same market and in another asset."""
    frame, assets = group[0], {each.asset for each in group}
    shared: dict[int, int] = {}
    for stem in frame.about:
        for number in index.get(stem, ()):
            shared[number] = shared.get(number, 0) + 1
    for number, count in shared.items():
        other = groups[number]
        same_market = NONE in (frame.market, other[0].market) or frame.market == other[0].market
        elsewhere = len(assets | {each.asset for each in other}) > 1
        if elsewhere and same_market and count >= SAME * len(frame.about | other[0].about):
            yield other


def _different(one: _Frame, other: _Frame) -> Iterable[tuple[Figure, Figure]]:
    """Pair the figures of one kind where each sentence has one and they differ."""
    for kind in _KINDS:
        ours, theirs = ([figure for figure in frame.figures if figure.kind == kind] for frame in (one, other))
        if len(ours) == len(theirs) == 1 and not _same(ours[0], theirs[0]):
            yield ours[0], theirs[0]


def _same(one: Figure, other: Figure) -> bool:
    """Tell whether two figures say the same; a date without its year matches any."""
    if one.kind == "date":
        return one.value[-5:] == other.value[-5:]
    return not set(one.readings).isdisjoint(other.readings)


def _is_known(figure: Figure, frame: _Frame, lexicon: Lexicon) -> bool:
    return bool(known_as(figure, lexicon, Scope("" if frame.market == NONE else frame.market)))


_Side: TypeAlias = tuple[list[_Frame], Figure]


def _clash(ours: _Side, theirs: _Side, lexicon: Lexicon) -> Iterable[Finding]:
    """Report the side that the strategy does not know; where it knows neither, the later one; where it knows both, nothing."""
    known = _is_known(ours[1], ours[0][0], lexicon)
    if known and _is_known(theirs[1], theirs[0][0], lexicon):
        return
    (wrong, figure), (right, instead) = (theirs, ours) if known else (ours, theirs)
    for frame in wrong:
        other = next((each for each in right if each.asset != frame.asset), None)
        if other is not None:
            message = f"{figure.text} here, {instead.text} in {other.asset}#{other.field}, in what is the same sentence."
            finding = stop(message, "Keep the one that the strategy gives.", field=frame.field, evidence=frame.sentence)
            yield replace(finding, rule=f"two-{figure.kind}s" if figure.kind != "percent" else "two-numbers", asset=frame.asset, confidence="likely")


# Two names for one thing ---------------------------------------------------------------------------------------------


def _two_names(pieces: Sequence[Piece], lexicon: Lexicon) -> Iterable[Finding]:
    """Find where the preferred word stands in one asset and the other one in another."""
    for slug in lexicon.members("brand.words.prefer"):
        ref = f"brand.words.prefer.{slug}"
        say = lexicon.text(f"{ref}.say")
        for instead in as_items(lexicon.facets.get(f"{ref}.not")):
            ours, theirs = _places(pieces, say), _places(pieces, instead)
            if ours and theirs:
                (asset, name), (other, other_name) = theirs[0], ours[0]
                message = f'"{instead}" here, "{say}" in {other}#{other_name}: two names for one thing.'
                finding = advise(message, f'Say "{say}" throughout.', ref=ref, field=name, evidence=instead)
                yield replace(finding, rule="two-names", asset=asset)


def _places(pieces: Sequence[Piece], phrase: str) -> list[tuple[str, str]]:
    run = words_of(phrase)
    return [(piece.id, name) for piece in pieces for name, text in piece.texts.items() if find_run(words_of(text), run) >= 0]


_NEARLY = 0.8
_SHORTEST_NAME = 5


def nearly_names(piece: Piece, lexicon: Lexicon) -> Iterable[Finding]:
    """Find names that are written nearly, and not quite, as the strategy writes them."""
    names = {words: path for listed in lexicon.names.values() for words, path in listed if not path.startswith("claims.")}
    known = frozenset(word for words in names for word in words)
    for name, text in piece.texts.items():
        for written, words, path in _misspelt(text, names, known):
            if words not in names:
                right = lexicon.text(path).partition(" (")[0]
                finding = advise(f'"{written}" is nearly "{right}": is it the same?', f'Write "{right}".', ref=path, field=name, evidence=written)
                yield replace(finding, rule="name-spelling", asset=piece.id, confidence="hint")


def _misspelt(text: str, names: Mapping[tuple[str, ...], str], known: frozenset[str]) -> Iterable[tuple[str, tuple[str, ...], str]]:
    reading = read(text)
    for place in range(len(reading.words)):
        if not reading.text[reading.starts[place]].isupper():
            continue
        for words, path in names.items():
            run = reading.words[place : place + len(words)]
            if len(run) < len(words) or run == words or run[0][0] != words[0][0] or known.issuperset(run):
                continue
            mine, theirs = "".join(run), "".join(words)
            if len(theirs) >= _SHORTEST_NAME and abs(len(mine) - len(theirs)) <= 2 and SequenceMatcher(None, mine, theirs).ratio() >= _NEARLY:
                yield reading.passage(place, place + len(words)), run, path
