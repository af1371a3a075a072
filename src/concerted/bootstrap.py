"""The composition root: a folder, a day and a person become a session. The only place that names concrete classes."""

import json
import subprocess
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from concerted.catalog import Catalog
from concerted.conductor.assembly import Assembly, Memory
from concerted.conductor.session import Base, Progress, Session
from concerted.errors import NotFound, UserError
from concerted.folder.working_copy import WorkingCopy
from concerted.settings import Settings, read_settings
from concerted.store.store import Store
from concerted.workers.worker import Registry, load_workers

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
    from concerted.durable.run import write_wanted

    write_wanted(session, settings)


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
        return date.today().isoformat()
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
