"""What a worker is, and the registry of all that are installed: what each makes and the templates it writes from.

Never here: how a draft is made. A worker is declared, it does not run.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files

from concerted.campaign.deliverable import DeliverableType
from concerted.campaign.outside import KINDS
from concerted.campaign.spelling import did_you_mean
from concerted.errors import NotFound, Problem, UserError
from concerted.planning.render import compile_prompt, parse_house
from concerted.planning.trace import TemplateFault

GROUP = "concerted.workers"
"""The entry points under which packages bring workers, ours and others'."""
OURS = f"{__package__}."
HOUSE = "{}.house.{}.j2"
"""How the house template of a type in a language is called."""
MACROS = "macros.md.j2"
"""Shared by all prompts: stands in front of each, so that a prompt's hash covers it."""


@dataclass(frozen=True, slots=True)
class Worker:
    """A specialist. `capacity` is how many of its drafts may be in flight at once."""

    slug: str
    title: str
    does: str
    types: tuple[DeliverableType, ...]
    capacity: int = 4


@dataclass(frozen=True)
class Hired:
    """A worker and the package that its templates lie in."""

    worker: Worker
    package: str


@lru_cache(maxsize=512)
def _template(package: str, name: str) -> str | None:
    file = files(package) / name
    return file.read_text(encoding="utf-8") if file.is_file() else None


@lru_cache(maxsize=512)
def _prompt(package: str, type: str) -> str | None:
    """Join the shared macros and the prompt once, so that all drafts of a type hold the same text."""
    source = _template(package, f"{type}.prompt.md.j2") or _template(package, "prompt.md.j2")
    return source and f"{_template(__package__ or '', MACROS) or ''}{source}"


@dataclass(frozen=True)
class Registry:
    """All workers at hand, by slug. That no two make the same is checked here, their templates by `check`."""

    hired: Mapping[str, Hired] = field(default_factory=dict[str, Hired])

    def __post_init__(self) -> None:
        makers: dict[str, list[str]] = {}
        for hired in self.hired.values():
            for made in hired.worker.types:
                makers.setdefault(made.slug, []).append(hired.worker.slug)
        problems = [
            Problem(f"More than one worker makes {slug}: {', '.join(rivals)}", "uninstall one of the packages")
            for slug, rivals in makers.items()
            if len(rivals) > 1
        ]
        if problems:
            raise UserError("The installed workers do not go together.", problems=problems)

    @cached_property
    def _by_type(self) -> dict[str, tuple[Hired, DeliverableType]]:
        return {made.slug: (hired, made) for hired in self.hired.values() for made in hired.worker.types}

    @property
    def types(self) -> dict[str, DeliverableType]:
        """All types that somebody makes, by slug."""
        return {slug: made for slug, (_, made) in self._by_type.items()}

    @cached_property
    def every(self) -> dict[str, DeliverableType]:
        """All types that a campaign can hold: the workers', and those that people and agencies make."""
        return {**KINDS, **self.types}

    @property
    def workers(self) -> tuple[Worker, ...]:
        """All workers."""
        return tuple(hired.worker for hired in self.hired.values())

    def type(self, slug: str) -> DeliverableType:
        """Find a deliverable type, or a kind that people and agencies make. Raises NotFound with what was probably meant."""
        return KINDS[slug] if slug in KINDS and slug not in self._by_type else self._found(slug)[1]

    def worker_of(self, type: str) -> Worker:
        """Find who makes a type. Raises NotFound."""
        return self._found(type)[0].worker

    def house_source(self, type: str, language: str) -> str | None:
        """Read the house template of a type in a language (`de`); None where nobody has written one."""
        hired, _ = self._found(type)
        return _template(hired.package, HOUSE.format(type, language))

    def prompt_source(self, type: str) -> str:
        """Read the prompt of a type with the shared macros in front: its own, else the one of its worker. Raises NotFound."""
        hired, _ = self._found(type)
        source = _prompt(hired.package, type)
        if source is None:
            raise NotFound(f"The worker {hired.worker.slug} has no prompt for {type}.", next=f"add {type}.prompt.md.j2 to its folder")
        return source

    def shared(self, name: str) -> str:
        """Read a template that all workers share. Raises NotFound."""
        source = _template(__package__ or "", name)
        if source is None:
            raise NotFound(f"There is no template {name}.")
        return source

    def languages(self, type: str) -> tuple[str, ...]:
        """List the languages in which a type has house templates."""
        hired, _ = self._found(type)
        names = (file.name.split(".") for file in files(hired.package).iterdir())
        return tuple(sorted(name[2] for name in names if name[:2] == [type, "house"] and name[3:] == ["j2"]))

    def check(self, *, ours: bool = True) -> None:
        """Compile every template, so that a fault shows now and not in the middle of a run. Our own can be left to our tests.

        Raises TemplateFault with every template that does not compile, or that writes a field which its type has not.
        """
        checked = (made for hired, made in self._by_type.values() if ours or not hired.package.startswith(OURS))
        problems = [problem for made in checked for problem in self._faults(made)]
        if problems:
            raise TemplateFault("Templates of the workers cannot be used.", problems=problems)

    def _faults(self, made: DeliverableType) -> Iterator[Problem]:
        try:
            compile_prompt(self.prompt_source(made.slug))
        except (TemplateFault, NotFound) as fault:
            yield Problem(f"prompt of {made.slug}: {fault.message}")
        for language in self.languages(made.slug):
            file = HOUSE.format(made.slug, language)
            try:
                template = parse_house(self.house_source(made.slug, language) or "")
            except TemplateFault as fault:
                yield Problem(fault.message, file=file)
            else:
                unknown = sorted(set(template.variants).difference(made.field_names()))
                yield from (Problem(f"writes {name}, which {made.slug} does not have", file=file) for name in unknown)

    def _found(self, slug: str) -> tuple[Hired, DeliverableType]:
        found = self._by_type.get(slug)
        if found is None:
            raise NotFound(f"No worker makes {slug}.", next=did_you_mean(slug, self._by_type))
        return found


def worker_names() -> tuple[str, ...]:
    """List the installed workers without importing any."""
    return tuple(sorted(entry_points(group=GROUP).names))


def load_workers() -> Registry:
    """Load every installed worker and check what outside packages bring.

    Raises UserError where one is not what it says or two make the same, TemplateFault where templates cannot be used.
    """
    registry = Registry({worker.slug: Hired(worker, package) for worker, package in map(_loaded, _points())})
    registry.check(ours=False)
    return registry


def _points() -> Iterable[EntryPoint]:
    return sorted(entry_points(group=GROUP), key=lambda point: point.name)


def _loaded(point: EntryPoint) -> tuple[Worker, str]:
    worker: object = point.load()
    if not isinstance(worker, Worker):
        raise UserError(f"The worker {point.name} cannot be used: {point.value} is not a Worker.", next="uninstall its package, or mend it")
    return worker, point.module
