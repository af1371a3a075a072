"""Where templates run: Jinja in a sandbox, with what may be named and nothing else. Only rendering wakes it, when it has a template to fill."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from jinja2 import StrictUndefined, Template, TemplateError, Undefined, UndefinedError
from jinja2.nodes import Macro, Name
from jinja2.sandbox import ImmutableSandboxedEnvironment

from concerted.planning.render import ROOTS
from concerted.planning.trace import MissingFact, Node, TemplateFault, Words

NAMES = frozenset((*ROOTS, "audience", "market", "upstream", "me", "notes", "group"))
"""All that a template may name: anything else is a slip of the pen and fails at compile, not on some customer's data."""

FILTERS = ("capitalize", "first", "join", "last", "length", "list", "lower", "map", "reject", "replace", "select", "trim", "upper", "indent")
"""Everything else is off but `day` (a date as the locale writes it) and `default`: what bypasses the tracked objects fails at compile."""


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


_ENV = _environment()


@lru_cache(maxsize=4096)
def compiled(source: str) -> Template:
    """Compile a template that may name a campaign's parts. Raises TemplateFault."""
    try:
        parsed = _ENV.parse(source)
        # What a branch sets counts as known, although Jinja cannot tell that the branch is taken.
        names = tuple(parsed.find_all(Name))
        own = {name.name for name in names if name.ctx != "load"} | {macro.name for macro in parsed.find_all(Macro)}
        unknown = {name.name for name in names} - NAMES - own - {"loop"}
        # The tree is handed on: reading a source twice is what drafting a hundred assets would spend its time on.
        made = _ENV.from_string(parsed)
    except TemplateError as error:
        raise TemplateFault(f"A template does not compile: {error}") from error
    if unknown:
        raise TemplateFault(f"A template names {', '.join(sorted(unknown))}, which is nothing of a campaign.")
    return made


def fill(source: str, names: Mapping[str, object]) -> str:
    """Fill a template with tracked values. Raises MissingFact for what is not there, ValueError or TypeError for what cannot be written so."""
    try:
        return compiled(source).render(names)
    except UndefinedError as absent:
        raise MissingFact(str(absent)) from absent
    except TemplateError as error:
        raise ValueError(str(error)) from error


@lru_cache(maxsize=64)
def plain(source: str) -> Template:
    """Compile a template that is filled with plain values."""
    return _ENV.from_string(source)
