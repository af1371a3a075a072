"""The composition root: a folder, a day and a person become a session. The only place that names concrete classes."""

import asyncio
import json
import subprocess
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from concerted.campaign.work import Work
from concerted.catalog import Catalog
from concerted.conductor.assembly import Assembly, Memory
from concerted.conductor.session import Base, Progress, Session
from concerted.errors import NotFound, UserError
from concerted.folder.working_copy import WorkingCopy
from concerted.planning.site import Task
from concerted.settings import Settings, read_settings
from concerted.store.store import Store
from concerted.workers.worker import Registry, load_workers

if TYPE_CHECKING:
    from concerted.durable.body import Writer

DATA = ".concerted"
STORE = "store.db"
_BASE_FILE = "strategy.json"


class StoreKeeper(Store):
    """The store, with the working copy's base in the conductor's own noun."""

    def working_base(self) -> Base | None:
        """Give what the working copy was last brought up to."""
        known = self.base()
        return Base(known[1], json.loads(known[0][_BASE_FILE])) if known else None

    def set_working_base(self, base: Base) -> None:
        """Remember what the working copy now agrees with."""
        self.set_base({_BASE_FILE: json.dumps(base.tree, ensure_ascii=False).encode()}, base.number)


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
    catalog = Catalog(folder)
    session = Session(
        folder=folder,
        keeper=StoreKeeper.open(folder / DATA / STORE),
        copy=WorkingCopy(folder),
        catalog=catalog,
        assembly=Assembly(workers(), catalog.playbook, settings.model, memory()),
        today=day(today),
        clock=lambda: datetime.now(UTC).isoformat(timespec="seconds"),
        by=by or git_name(str(folder)),
    )
    session.write_models = lambda: write_with_engine(session, settings)
    if progress is not None:
        session.progress = progress
    return session


def write_with_engine(session: Session, settings: Settings) -> None:
    """Have wanted tasks written by the configured model through the durable engine. Imported only when a model is wanted."""
    from concerted.durable.body import make_body
    from concerted.durable.dbos_engine import DbosEngine
    from concerted.durable.reconciler import ConductorPort, reconcile

    store, data = StoreKeeper.open(session.folder / DATA / STORE), session.folder / DATA
    engine = DbosEngine(make_body(store, writer(settings), session.now), data, settings.slots)
    port = ConductorPort(store, data, session.build, work_of, session.now)
    asyncio.run(reconcile(port, engine, lambda step: session.progress(type(step).__name__.lower(), asdict(cast(Any, step))), retry_failed=True))


def writer(settings: Settings) -> "Writer":
    """Give the writer that the settings name."""
    from concerted.llm.scripted import Script, ScriptedWriter, load_script

    return ScriptedWriter(load_script(settings.script) if settings.script else Script(), settings.folder / DATA / "calls.jsonl")


def work_of(task: Task) -> Work:
    """Spell a task out for whoever writes: in revise mode with what changed in what the earlier words were written from."""
    changed = [f"{key.partition(':')[2]}\n  was: {old}\n  now: {new}" for key, old, new in task.changed]
    history = "\n".join(("What changed since these words were written:", *changed)) if changed else ""
    return Work(
        task=task.id, asset=task.asset, type=task.type, group=task.group, fields=task.fields, brief=task.brief,
        history=history, previous=task.previous, fallback=task.fallback, attempt=task.attempt,
    )  # fmt: skip


@lru_cache(maxsize=1)
def workers() -> Registry:
    """Load the installed workers once."""
    return load_workers()


@lru_cache(maxsize=1)
def memory() -> Memory:
    """Share results that depend on their arguments alone between the sessions of one process."""
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
