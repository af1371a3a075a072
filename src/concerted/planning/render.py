"""Rendering of briefs and house variants in a sandbox, through tracked objects only. What is rendered is what is traced.

The sandbox is woken by the first template: most looks at a campaign fill none.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from concerted.campaign.draft import Trace
from concerted.campaign.facets import hash_value
from concerted.planning.trace import Law, Me, MissingFact, Node, Reading, TemplateFault, Tracker, Upstream

ROOTS = (
    "campaign", "news", "objectives", "positioning", "messages", "claims", "people", "offers", "ctas", "audiences", "markets",
    "brand", "competitors", "dates", "budget", "contact",
)  # fmt: skip
"""Top-level names of the strategy that a template may use; `audience` and `market` are the deliverable's own."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a template gave: the texts (house variants, or one brief), what was read, and the facts that were missing."""

    texts: tuple[str, ...]
    trace: Trace
    missing: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """`prompt_hash`: covers all rendered variants, before any is picked."""
        return hash_value(list(self.texts))


@dataclass(frozen=True)
class HouseTemplate:
    """A parsed house template: field -> variants (sources), in the file's order."""

    source: str
    variants: Mapping[str, tuple[str, ...]]

    @property
    def hash(self) -> str:
        """Hash of the whole file."""
        return hash_value(self.source)


_FIELD = re.compile(r"^== ([a-z0-9_]+)[ \t]*$", re.MULTILINE)
_VARIANT = re.compile(r"^--[ \t]*$", re.MULTILINE)


@lru_cache(maxsize=512)
def parse_house(source: str) -> HouseTemplate:
    """Split a house template: a preamble, then `== field` sections whose variants are parted by lines of `--`.

    Raises TemplateFault where a field has no variant or a variant does not compile.
    """
    parts = _FIELD.split(source)
    preamble = parts[0]
    variants: dict[str, tuple[str, ...]] = {}
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        sources = tuple(preamble + part.strip("\n") for part in _VARIANT.split(body) if part.strip())
        if not sources:
            raise TemplateFault(f"House template: field {name} has no variant.")
        for part in sources:
            compile_prompt(part)
        variants[name] = sources
    return HouseTemplate(source, variants)


def as_read(old: str, new: str, locale: str) -> tuple[tuple[str, str], ...]:
    """Pair the forms in which two days stand in texts, with the year and without: (March 9, 2027; March 16, 2027), (March 9; March 16)."""
    try:
        before, after = date.fromisoformat(old[:10]), date.fromisoformat(new[:10])
    except ValueError:
        return ()
    from babel.dates import format_date, format_skeleton

    spoken = locale.replace("-", "_")
    forms = [(format_date(before, form, spoken), format_date(after, form, spoken)) for form in ("short", "medium", "long")]
    forms.append((format_skeleton("MMMMd", before, locale=spoken), format_skeleton("MMMMd", after, locale=spoken)))
    # May is written alike in full and in short; what is said of it in full counts.
    return tuple(dict(forms).items())


def compile_prompt(source: str) -> None:
    """Compile a prompt template now, so that a forbidden filter fails at registration. Raises TemplateFault."""
    from concerted.planning.sandbox import compiled

    compiled(source)


def render_variants(sources: tuple[str, ...], reading: Reading, law: Law) -> Rendering:
    """Render the house variants of one field; a variant whose facts are missing is dropped, its reads (absences too) are kept."""
    from concerted.planning.sandbox import fill

    tracker = Tracker(reading, law)
    texts: list[str] = []
    missing: dict[str, None] = {}
    for source in sources:
        try:
            text = _tidy(fill(source, _names(tracker)))
        except MissingFact as absent:
            missing[absent.ref] = None
        except (TypeError, ValueError) as error:
            raise TemplateFault(f"House template for {reading.deliverable.type}: {error}") from error
        else:
            if text and text not in texts:
                texts.append(text)
    return Rendering(tuple(texts), tracker.trace(), tuple(missing))


def render_brief(source: str, reading: Reading, law: Law, group: str) -> Rendering:
    """Render one prompt's brief for a group of fields. Raises TemplateFault; a missing fact is named in `missing`."""
    from concerted.planning.sandbox import fill

    tracker = Tracker(reading, law)
    try:
        text = fill(source, _names(tracker) | {"group": group})
    except MissingFact as absent:
        return Rendering((), tracker.trace(), (str(absent),))
    except (TypeError, ValueError) as error:
        raise TemplateFault(f"Prompt template for {reading.deliverable.type}: {error}") from error
    return Rendering((text.strip() + "\n",), tracker.trace())


def render_plain(source: str, names: Mapping[str, object]) -> str:
    """Render a template from plain values, untracked: for what is told beside a brief and verified on the finished words."""
    from concerted.planning.sandbox import plain

    return _tidy(plain(source).render(dict(names)))


def _names(tracker: Tracker) -> dict[str, object]:
    deliverable = tracker.reading.deliverable
    names: dict[str, object] = {root: Node(tracker, root) for root in ROOTS}
    names["audience"] = Node(tracker, f"audiences.{deliverable.audience}")
    names["market"] = Node(tracker, f"markets.{deliverable.market}")
    names["upstream"] = Upstream(tracker)
    names["me"] = Me(tracker)
    tracker.note("n:notes")
    names["notes"] = tracker.reading.notes
    return names


def _tidy(text: str) -> str:
    """Fold white space inside lines, keep at most one empty line between paragraphs."""
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
