"""Which line of a brief speaks about what: headings and labels are looked up in the words of `library/brief.yaml`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from concerted.brief.document import Line

_LABEL = re.compile(r"^([^\W_][^:.!?]{0,48}?)\s*(?::(?!//)|\s[–—]\s)\s*(.*)$")


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
    """List what is said under a known heading or behind a known label, in the order of the brief."""
    under, given = "", False
    for line in lines:
        kind = known(line.text, words)
        if kind and not kind.startswith("inside:"):
            under, given = kind, False
            continue
        if line.heading:
            under = ""
            continue
        label, rest = labelled(line.text)
        inner = _inside(words.labels.get(label, "") if rest else "", under)
        if inner:
            yield Passage(inner, rest, line.text, line.place)
            if not line.item:
                under, given = inner, True
            if inner.startswith("inside:"):
                under, given = "part:audience", False
        elif under and not (given and not under.startswith("part:")):
            yield Passage(under, line.text, line.text, line.place)
            given = True


def _inside(kind: str, under: str) -> str:
    """Say what a label means here: inside a list of dates or budget lines most labels are only names of items."""
    if kind.startswith("inside:"):
        return kind if under == "part:audience" else ""
    return "" if under in ("part:date", "part:budget", "part:approval") and kind in ("part:launch", "part:channels", "news.until_now") else kind


def known(text: str, words: Words) -> str:
    """Say what a heading speaks about; empty where no brief names a part like this."""
    bare = re.sub(r"^\d+[.)]?\s*", "", text).strip(" :").casefold()
    return words.labels.get(bare, "")


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
