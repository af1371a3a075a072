"""The composition root: a folder, a day and a person become a session. The only place that names concrete classes."""

from __future__ import annotations

import json
import subprocess
import uuid
from collections.abc import Callable, Generator, Mapping
from contextlib import AsyncExitStack, contextmanager
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from concerted.campaign.spelling import did_you_mean
from concerted.conductor.session import Base, Progress, Session
from concerted.errors import NotFound, Problem, UserError
from concerted.settings import UNMODELLED, Settings, read_settings
from concerted.store.store import Store

if TYPE_CHECKING:
    from concerted.campaign.opinion import Opinion
    from concerted.campaign.work import Work
    from concerted.catalog import Catalog
    from concerted.conductor.asking import Desk
    from concerted.conductor.assembly import Assembly
    from concerted.conductor.memory import Memory
    from concerted.durable.body import Writer
    from concerted.folder.working_copy import WorkingCopy
    from concerted.guard.sense import Vectors
    from concerted.llm.consulting import Strategist
    from concerted.llm.listening import Watcher
    from concerted.llm.overhearing import Overhear
    from concerted.llm.writer import LiveWriter
    from concerted.workers.worker import Registry

DATA = ".concerted"
STORE = "store.db"
LONGEST_DRAFT = 1800.0
"""Seconds for all the calls that one draft may take."""
_BASE_FILE = "strategy.json"
_READ_FILE = "read.json"


class StoreKeeper(Store):
    """The store, with the working copy's base in the conductor's own noun."""

    def working_base(self) -> Base | None:
        """Give what the working copy was last brought up to."""
        known = self.base()
        return Base(known[1], json.loads(known[0][_BASE_FILE]), **json.loads(known[0].get(_READ_FILE, b"{}"))) if known else None

    def set_working_base(self, base: Base) -> None:
        """Remember what the working copy now agrees with."""
        read = {"files": dict(base.files), "reader": base.reader}
        files = {_BASE_FILE: base.tree, _READ_FILE: read}
        self.set_base({name: json.dumps(value, ensure_ascii=False).encode() for name, value in files.items()}, base.number)


class OpenedParts:
    """The parts of a session on a folder. Each is imported and made when a verb first asks for it: most verbs need few of them."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self.settings = settings

    @property
    def copy(self) -> WorkingCopy:
        """The person's files."""
        return self._copy

    @property
    def catalog(self) -> Catalog:
        """Channels and playbooks."""
        return self._catalog

    @property
    def assembly(self) -> Assembly:
        """Rules, workers and playbooks. Raises UserError for settings of a worker that is not there."""
        return self._assembly

    @property
    def memory(self) -> Memory:
        """What was worked out before, in this process."""
        return memory()

    @cached_property
    def _copy(self) -> WorkingCopy:
        from concerted.folder.working_copy import WorkingCopy

        return WorkingCopy(self.folder)

    @cached_property
    def _catalog(self) -> Catalog:
        from concerted.catalog import Catalog

        return Catalog(self.folder)

    @cached_property
    def _assembly(self) -> Assembly:
        from concerted.conductor.assembly import Assembly

        return Assembly(workers(), self.catalog.playbook, self.settings.writer_of(""), self.memory, own_writers(self.settings))


def open_session(folder: Path, *, today: str = "", by: str = "", progress: Progress | None = None) -> Session:
    """Open a campaign folder. Raises NotFound where it holds no campaign, UserError for a bad day or setting."""
    folder = folder.resolve()
    if not (folder / "campaign.yaml").is_file() and not (folder / DATA / STORE).is_file():
        raise NotFound(f"There is no campaign.yaml in {folder}.", next="concerted init . --playbook product-launch, or name the folder with -C")
    settings = read_settings(folder)
    (folder / DATA).mkdir(exist_ok=True)
    ignore = folder / DATA / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    session = Session(
        folder=folder,
        keeper=StoreKeeper.open(folder / DATA / STORE),
        parts=OpenedParts(folder, settings),
        today=day(today),
        clock=lambda: datetime.now(UTC).isoformat(timespec="seconds"),
        by=by or git_name(str(folder)),
        models=settings.models,
        meaning=meaning,
    )
    session.write_models = lambda: write_with_engine(session, settings)
    if progress is not None:
        session.progress = progress
    return session


def write_with_engine(session: Session, settings: Settings, overhear: Overhear | None = None) -> None:
    """Have wanted tasks written by the configured model through the durable engine. Imported only when a model is wanted.

    `overhear` listens in on the writers, word by word.
    """
    import asyncio

    from concerted.conductor.asking import Desk
    from concerted.durable.body import Patience, make_body
    from concerted.durable.dbos_engine import DbosEngine
    from concerted.durable.reconciler import ConductorPort, reconcile
    from concerted.durable.stops import recorder
    from concerted.llm.restoring import Restoring

    store, data = StoreKeeper.open(session.folder / DATA / STORE), session.folder / DATA
    desk = Desk(workers(), session.build, session.today, meaning)
    port = ConductorPort(store, data, desk.build, desk.work, session.now)

    async def write() -> None:
        async with AsyncExitStack() as open_things:
            if settings.models and settings.models.named():
                live = live_writer(settings, store, desk, session.now, overhear)
                open_things.push_async_callback(live.close)
                # It tries again by itself, and knows what for.
                body = make_body(store, live, session.now, Patience(call=LONGEST_DRAFT, attempts=1), desk.patience)
            else:
                body = make_body(store, Restoring(scripted_writer(settings), desk.restore, recorder(store, session.now)), session.now)
            engine = DbosEngine(body, data, _slots(settings))
            await reconcile(port, engine, lambda step: session.progress(type(step).__name__.lower(), asdict(cast(Any, step))), retry_failed=True)

    asyncio.run(write())


def _slots(settings: Settings) -> int:
    """Say how many drafts may be written at once: one model on this machine does one thing at a time, the next may be prepared."""
    from concerted.llm.configured import EMBEDDED

    alone = settings.models is not None and settings.models.named() == (EMBEDDED,)
    return min(2, settings.slots) if alone else settings.slots


def live_writer(settings: Settings, store: Store, desk: Desk, now: Callable[[], str], overhear: Overhear | None = None) -> LiveWriter:
    """Give the writer that has models write, with the campaign's books, and with the guard at every stream."""
    from concerted.durable.stops import recorder, recorder_of_opinions
    from concerted.llm.judging import judged
    from concerted.llm.overhearing import overheard
    from concerted.llm.providers import Account, Callers
    from concerted.llm.purse import Booked
    from concerted.llm.writer import Eyes, LiveWriter, Unwatched

    if settings.models is None:
        raise UserError("No model is set.", next="set model in concerted.toml")
    callers = Callers(settings.models, Account(Booked(store), uuid.uuid4().hex))

    async def judge(work: Work, words: Mapping[str, str], writer: str, flagged: bool) -> Opinion | None:
        voice, look = callers.judge(), desk.looks(work, words, flagged)
        if voice is None or look is None or voice.caller.name == writer:
            return None
        opinion = await judged(voice, work, words, writer, look.reason)
        return replace(opinion, revised=tuple(opinion.wishes()) if look.may_revise else ())

    def watch(work: Work, accepted: Mapping[str, str]) -> Watcher:
        return desk.watch(work, accepted) or Unwatched()

    seen = overheard(watch, overhear) if overhear else watch
    told, opined = recorder(store, now), recorder_of_opinions(store, now)
    eyes = Eyes(seen, desk.inspect, told, desk.doubt, desk.restore, judge, opined, desk.unwanted)
    return LiveWriter(callers, eyes)


@contextmanager
def strategist(folder: Path) -> Generator[Strategist | None]:
    """Give the configured model as a reader of people's words, with the campaign's books; None where no model writes here."""
    settings = read_settings(folder.resolve())
    if settings.models is None or settings.models.writer in UNMODELLED:
        yield None
        return
    from concerted.llm.consulting import Strategist
    from concerted.llm.purse import Booked

    (folder / DATA).mkdir(parents=True, exist_ok=True)
    with StoreKeeper.open(folder / DATA / STORE) as store:
        yield Strategist(settings.models, Booked(store))


def scripted_writer(settings: Settings) -> Writer:
    """Give the writer that does what a script says."""
    from concerted.llm.scripted import Script, ScriptedWriter, load_script

    return ScriptedWriter(load_script(settings.script) if settings.script else Script(), settings.folder / DATA / "calls.jsonl")


@lru_cache(maxsize=1)
def meaning() -> Vectors | None:
    """Load the sentence model; None where its extra is not installed."""
    from concerted.llm.meaning import vectors

    return vectors()


def own_writers(settings: Settings) -> dict[str, str]:
    """Say who writes for workers that have a writer of their own. Raises UserError for a worker that is not there."""
    own: Mapping[str, str] = settings.models.workers if settings.models else {}
    known = [worker.slug for worker in workers().workers]
    unknown = [Problem(f"There is no worker {slug}.", did_you_mean(slug, known), f"workers.{slug}") for slug in own if slug not in known]
    if unknown:
        raise UserError("concerted.toml sets models for workers that are not there.", problems=unknown)
    return {slug: settings.writer_of(slug) for slug in own}


@lru_cache(maxsize=1)
def workers() -> Registry:
    """Load the installed workers once."""
    from concerted.workers.worker import load_workers

    return load_workers()


@lru_cache(maxsize=1)
def memory() -> Memory:
    """Share results that depend on their arguments alone between the sessions of one process."""
    from concerted.conductor.memory import Memory

    return Memory()


def day(text: str) -> str:
    """Read `--today`; the machine's date where none is given."""
    if not text:
        return datetime.now().astimezone().date().isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UserError(f"--today {text} is not a date.", next="write it as 2027-03-09") from error


def git_name(folder: str) -> str:
    """Who git says is working here; empty where git is not set up."""
    try:
        found = subprocess.run(["git", "-C", folder, "config", "user.name"], capture_output=True, text=True, check=False, timeout=5)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return found.stdout.strip()
