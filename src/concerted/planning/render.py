"""Rendering of briefs and house variants in a sandbox, through tracked objects only. What is rendered is what is traced."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from babel.dates import format_date, format_skeleton
from jinja2 import StrictUndefined, TemplateError, Undefined, UndefinedError
from jinja2.nodes import Macro, Name
from jinja2.sandbox import ImmutableSandboxedEnvironment

from concerted.campaign.draft import Trace
from concerted.campaign.facets import hash_value
from concerted.planning.trace import Law, Me, MissingFact, Node, Reading, TemplateFault, Tracker, Upstream, Words

ROOTS = (
    "campaign", "news", "objectives", "positioning", "messages", "claims", "people", "offers", "ctas", "audiences", "markets",
    "brand", "competitors", "dates", "budget", "contact",
)  # fmt: skip
"""Top-level names of the strategy that a template may use; `audience` and `market` are the deliverable's own."""

NAMES = frozenset((*ROOTS, "audience", "market", "upstream", "me", "notes", "group"))
"""All that a template may name: anything else is a slip of the pen and fails at compile, not on some customer's data."""

FILTERS = ("capitalize", "first", "join", "last", "length", "list", "lower", "map", "reject", "replace", "select", "trim", "upper", "indent")
"""Everything else is off but `day` (a date as the locale writes it) and `default`: what bypasses the tracked objects fails at compile."""


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
            _compile(part)
        variants[name] = sources
    return HouseTemplate(source, variants)


def _defined(value: object) -> bool:
    return value.exists() if isinstance(value, Node | Words) else not isinstance(value, Undefined)


def _environment() -> ImmutableSandboxedEnvironment:
    env = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=False)
    env.filters = {name: env.filters[name] for name in FILTERS}
    env.tests = {name: env.tests[name] for name in ("none", "even", "odd", "eq", "==", "ne", "!=", "in", "lt", "gt")}
    env.tests["defined"] = _defined
    env.tests["undefined"] = lambda value: not _defined(value)
    env.filters["day"] = _day
    env.filters["default"] = _default
    env.globals.clear()
    return env


def _default(value: Any, other: Any = "") -> Any:
    """Give the value, or the other where nothing stands; the absence is recorded."""
    return value if _defined(value) else other


def _day(value: object, locale: str) -> str:
    """Write a date leaf as readers of a locale expect it: March 9, 2027; 9. März 2027. A time of day is left out."""
    return format_date(date.fromisoformat(str(value)[:10]), format="long", locale=locale.replace("-", "_"))


def as_read(old: str, new: str, locale: str) -> tuple[tuple[str, str], ...]:
    """Pair the forms in which two days stand in texts, with the year and without: (March 9, 2027; March 16, 2027), (March 9; March 16)."""
    try:
        before, after = date.fromisoformat(old[:10]), date.fromisoformat(new[:10])
    except ValueError:
        return ()
    spoken = locale.replace("-", "_")
    forms = [(format_date(before, form, spoken), format_date(after, form, spoken)) for form in ("short", "medium", "long")]
    forms.append((format_skeleton("MMMMd", before, locale=spoken), format_skeleton("MMMMd", after, locale=spoken)))
    # May is written alike in full and in short; what is said of it in full counts.
    return tuple(dict(forms).items())


_ENV = _environment()


@lru_cache(maxsize=4096)
def _compile(source: str):
    try:
        parsed = _ENV.parse(source)
        # What a branch sets counts as known, although Jinja cannot tell that the branch is taken.
        names = tuple(parsed.find_all(Name))
        own = {name.name for name in names if name.ctx != "load"} | {macro.name for macro in parsed.find_all(Macro)}
        unknown = {name.name for name in names} - NAMES - own - {"loop"}
        # The tree is handed on: reading a source twice is what drafting a hundred assets would spend its time on.
        compiled = _ENV.from_string(parsed)
    except TemplateError as error:
        raise TemplateFault(f"A template does not compile: {error}") from error
    if unknown:
        raise TemplateFault(f"A template names {', '.join(sorted(unknown))}, which is nothing of a campaign.")
    return compiled


def compile_prompt(source: str) -> None:
    """Compile a prompt template now, so that a forbidden filter fails at registration. Raises TemplateFault."""
    _compile(source)


def render_variants(sources: tuple[str, ...], reading: Reading, law: Law) -> Rendering:
    """Render the house variants of one field; a variant whose facts are missing is dropped, its reads (absences too) are kept."""
    tracker = Tracker(reading, law)
    texts: list[str] = []
    missing: dict[str, None] = {}
    for source in sources:
        try:
            text = _tidy(_compile(source).render(_names(tracker)))
        except MissingFact as absent:
            missing[absent.ref] = None
        except UndefinedError as absent:
            missing[str(absent)] = None
        except (TemplateError, TypeError, ValueError) as error:
            raise TemplateFault(f"House template for {reading.deliverable.type}: {error}") from error
        else:
            if text and text not in texts:
                texts.append(text)
    return Rendering(tuple(texts), tracker.trace(), tuple(missing))


def render_brief(source: str, reading: Reading, law: Law, group: str) -> Rendering:
    """Render one prompt's brief for a group of fields. Raises TemplateFault; a missing fact is named in `missing`."""
    tracker = Tracker(reading, law)
    try:
        text = _compile(source).render(_names(tracker) | {"group": group})
    except (MissingFact, UndefinedError) as absent:
        return Rendering((), tracker.trace(), (str(absent),))
    except (TemplateError, TypeError, ValueError) as error:
        raise TemplateFault(f"Prompt template for {reading.deliverable.type}: {error}") from error
    return Rendering((text.strip() + "\n",), tracker.trace())


def render_plain(source: str, names: Mapping[str, object]) -> str:
    """Render a template from plain values, untracked: for what is told beside a brief and verified on the finished words."""
    return _tidy(_compile_plain(source).render(dict(names)))


@lru_cache(maxsize=64)
def _compile_plain(source: str):
    return _ENV.from_string(source)


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
