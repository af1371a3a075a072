"""Which line of a brief speaks about what: headings and labels are looked up in the words of `library/brief.yaml`."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from concerted.brief.document import Line
from concerted.brief.prose import Told, said_in_prose, told_by
from concerted.rules.segment import sentences

_NEWS = ("campaign.company", "campaign.name", "news.new", "part:launch")
ASIDE: Mapping[str, tuple[str, ...]] = defaultdict(
    lambda: ("part:never",), {"news.until_now": ("part:never", *_NEWS), "part:claim": ("part:never", "part:price", "part:approval")}
)
"""Kind of a passage -> what a sentence in it may say instead."""
_LEAD = re.compile(r"^(?:our|the|your|unser|unsere|die|der|das)\s+")
_LABEL = re.compile(r"^([^\W_][^:.!?]{0,48}?)\s*(?::(?!//)|\s[–—-]\s)\s*(.*)$")


@dataclass(frozen=True, slots=True)
class Country:
    """A market that a brief may name."""

    names: tuple[str, ...]
    language: str
    currency: str


@dataclass(frozen=True)
class Words:
    """The words by which briefs name their parts: label -> a line, a part, a line inside an audience."""

    labels: Mapping[str, str]
    countries: Mapping[str, Country]
    channels: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Passage:
    """What a brief says about one thing. `kind` is a line of the strategy, or a part; `quote` its words as they stand."""

    kind: str
    text: str
    quote: str
    place: str


def words_of_briefs(data: Mapping[str, Any]) -> Words:
    """Type the words of the library."""
    labels: dict[str, str] = {}
    for part, prefix in (("lines", ""), ("parts", "part:"), ("inside", "inside:")):
        for kind, names in data[part].items():
            labels |= {str(name).casefold(): f"{prefix}{kind}" for name in names}
    countries = {str(slug): Country(tuple(map(str, row["names"])), row["language"], row["currency"]) for slug, row in data["countries"].items()}
    channels = {str(slug): tuple(map(str, names)) for slug, names in data["channels"].items()}
    return Words(labels, countries, channels)


def passages(lines: Iterable[Line], words: Words) -> Iterator[Passage]:
    """List what is said under a known heading, behind a known label, or in a sentence whose form says it, in the order of the brief."""
    marked = list(_marked(lines, words))
    told = _told(marked)
    for passage in marked:
        if not passage.kind:
            yield from (Passage(kind, said, sentence, passage.place) for kind, said, sentence in said_in_prose(passage.text, told))
        elif passage.kind == "part:never" or passage.kind.startswith("inside:"):
            yield passage
        else:
            yield from _apart(passage, told)


def _told(marked: Iterable[Passage]) -> Told:
    """Compare what all sentences tell; what an audience says and what is said about rivals are no words of the client."""
    said: dict[str, list[str]] = defaultdict(list)
    for passage in marked:
        said[passage.kind].append(passage.text)
    apart = ("part:audience", "part:competitor", "campaign.company", "campaign.name")
    running = (text for kind, texts in said.items() if kind not in apart and not kind.startswith("inside:") for text in texts)
    every = [part.strip() for text in running for part in sentences(text)]
    return told_by(every, said["campaign.company"], "\n".join(said["part:competitor"]), said["campaign.name"])


def _apart(passage: Passage, told: Told) -> Iterator[Passage]:
    """Take sentences out of a passage that say something else than their heading: what is never said, a price, who signs."""
    rest: list[str] = []
    for part in sentences(passage.text):
        aside = [Passage(kind, said, sentence, passage.place) for kind, said, sentence in said_in_prose(part, told) if kind in ASIDE[passage.kind]]
        yield from aside
        if not aside:
            rest.append(part)
    if rest:
        yield replace(passage, text="".join(rest).strip())


def _marked(lines: Iterable[Line], words: Words) -> Iterator[Passage]:
    """List the lines of a brief with the kind that a heading or label gives them; empty where none does."""
    under, given, inline = "", False, False
    for line in _cut(lines, words):
        kind = known(line.text, words)
        if kind and not kind.startswith("inside:"):
            under, given, inline = kind, False, False
            continue
        if line.heading:
            under = ""
            continue
        label, rest = labelled(line.text)
        inner = _inside(_kind(label, words) if rest else "", under)
        if inner:
            yield Passage(inner, rest, line.text, line.place)
            if not line.item:
                under, given, inline = inner, True, True
            if inner.startswith("inside:"):
                under, given, inline = "part:audience", False, False
        elif under and not (given and not under.startswith("part:")) and (line.item or not inline):
            yield Passage(under, line.text, line.text, line.place)
            given = True
        else:
            yield Passage("", line.text, line.text, line.place)


def _cut(lines: Iterable[Line], words: Words) -> Iterator[Line]:
    """Cut paragraphs before each of their sentences that begins with a label we know: `… by May. Contact: Ruth`."""
    for line in lines:
        cut = [""]
        for part in sentences(line.text) if not line.item else ():
            label, rest = labelled(part)
            if cut[-1] and rest and _kind(label, words):
                cut.append("")
            cut[-1] += part
        yield from [replace(line, text=part.strip()) for part in cut] if len(cut) > 1 else [line]


def _inside(kind: str, under: str) -> str:
    """Say what a label means here: inside a list of dates or budget lines most labels are only names of items."""
    if kind.startswith("inside:"):
        return kind if under == "part:audience" else ""
    return "" if under in ("part:date", "part:budget", "part:approval") and kind in ("part:launch", "part:channels", "news.until_now") else kind


def known(text: str, words: Words) -> str:
    """Say what a heading speaks about; empty where no brief names a part like this."""
    bare = re.sub(r"^\d+[.)]?\s*", "", text).strip(" :").casefold()
    # `Audience - two groups:` heads a list.
    return _kind(bare, words) or (_kind(labelled(text)[0], words) if text.rstrip().endswith(":") else "")


def _kind(label: str, words: Words) -> str:
    """Look a label up as it stands, then without the small word before it: `our promise`."""
    return words.labels.get(label) or words.labels.get(_LEAD.sub("", label), "")


def labelled(text: str) -> tuple[str, str]:
    """Cut `Label: words`; without a label the first is empty."""
    found = _LABEL.match(text)
    return (re.sub(r"^\d+[.)]?\s*", "", found[1]).strip().casefold(), found[2].strip()) if found else ("", text)


def names_in(text: str, countries: Mapping[str, Country]) -> Iterator[str]:
    """List the markets that a text names, each once, in its order."""
    found: dict[str, int] = {}
    for slug, country in countries.items():
        places = [hit.start() for name in country.names if (hit := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))]
        if places:
            found[slug] = min(places)
    yield from sorted(found, key=lambda slug: found[slug])
