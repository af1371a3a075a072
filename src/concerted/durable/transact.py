"""The one module that imports DBOS Transact: the workflow, and the few calls that the engine makes. Woken only to run drafts.

Everything here blocks and belongs in a thread without an event loop of its own: DBOS would otherwise settle down in ours.
"""

import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any, TypeAlias

import dbos._core as core
import dbos._serialization as serialization
from dbos import DBOS, DBOSPortableJSONSerializer, SetEnqueueOptions, SetWorkflowID, error

from concerted.durable.engine import Payload
from concerted.errors import UserError
from concerted.store.engine import lend_engine, translated

QUEUE = "drafts"
NAME = "draft"
ACTIVE = ["ENQUEUED", "PENDING"]
VERSION = "1"
"""Fixed: by default it is a hash of the source, and any edit of ours would strand what is queued."""
POLL = 0.1
"""Seconds between looks for queued work, and between looks for work that was cancelled elsewhere."""
DRAIN = 10.0
"""Seconds that outcomes may take to be written down when we stop."""

Carry: TypeAlias = Callable[[str, str, Payload], Awaitable[str]]
"""(workflow id, key, payload) -> how it ended, for whoever looks into DBOS's own database."""


def _is_news(record: logging.LogRecord) -> bool:
    """Tell faults from our own cancelling, which DBOS logs as an error with a traceback."""
    raised = record.exc_info[1] if record.exc_info else None
    return not isinstance(raised, error.DBOSAwaitedWorkflowCancelledError | error.DBOSWorkflowCancelledError)


def _unpickle_nothing() -> None:
    """Refuse pickled rows: we write plain JSON, DBOS believes each row's own word, and unpickling a file from elsewhere would run it."""

    def refuse(cls: serialization.DefaultSerializer, serialized_data: str) -> Any:  # noqa: ARG001  # the names are DBOS's
        raise UserError("The engine's database holds something that was not written here.", next="delete .concerted/engine.db")

    serialization.DefaultSerializer.deserialize = refuse


def _quiet_down() -> None:
    """Have DBOS log faults only, and to where stderr is then: left alone it holds on to the stderr of its first start."""
    logger = logging.getLogger("dbos")
    logger.addFilter(_is_news)
    if logging.lastResort is not None and logging.lastResort not in logger.handlers:
        logger.handlers = [logging.lastResort]
        logger.propagate = False


class Transact:
    """DBOS as this process runs it; there is one at a time."""

    carry: Carry | None = None
    """Who carries out what is dequeued here."""

    def __init__(self, file: Path, executor: str, slots: int) -> None:
        self._file = file
        self._engine = lend_engine(file)
        self._executor = executor
        self._slots = slots

    def launch(self, carry: Carry) -> None:
        """Start DBOS; takes up at once what this executor id had left pending."""
        Transact.carry = carry
        _quiet_down()
        _unpickle_nothing()
        # Private, and 1 s: too slow for somebody who has just changed the strategy.
        core._PREEMPTIBLE_POLL_INTERVAL_SEC = POLL  # pyright: ignore[reportPrivateUsage]  # DBOS has no public setting for it
        DBOS(
            config={
                "name": "concerted",
                "system_database_engine": self._engine,
                "system_database_url": str(self._engine.url),
                "application_version": VERSION,
                "executor_id": self._executor,
                "max_executor_threads": self._slots + 4,
                "serializer": DBOSPortableJSONSerializer(),
                "notification_listener_polling_interval_sec": 0.2,
                "log_level": "ERROR",
            }
        )
        with translated(self._file):
            DBOS.launch()
            DBOS.register_queue(QUEUE, worker_concurrency=self._slots, polling_interval_sec=POLL, on_conflict="always_update")

    def enqueue(self, workflow: str, key: str, payload: Payload, priority: int) -> None:
        """Queue a task under a workflow id; an id that was there before runs nothing."""
        with translated(self._file), SetWorkflowID(workflow), SetEnqueueOptions(priority=priority):
            DBOS.enqueue_workflow(QUEUE, _draft, key, payload)

    def cancel(self, workflows: Iterable[str]) -> None:
        """Cancel workflows, queued or running."""
        with translated(self._file):
            DBOS.cancel_workflows(list(workflows))

    def listed(self, active: bool) -> list[str]:
        """List the ids of workflows that wait or run, or of those that have ended."""
        with translated(self._file):
            found = DBOS.list_workflows(name=NAME, load_input=False, load_output=False)
        return [workflow.workflow_id for workflow in found if (workflow.status in ACTIVE) is active]

    def forget(self, workflows: Iterable[str]) -> None:
        """Delete what has ended: the record of it is the campaign's, not DBOS's."""
        DBOS.delete_workflows(list(workflows))

    def recover(self, executor: str) -> None:
        """Queue again what a dead executor had under way."""
        # The MIT package recovers nobody but itself: there is no public call.
        DBOS._recover_pending_workflows([executor])  # pyright: ignore[reportPrivateUsage]  # DBOS has no public call for it

    def destroy(self) -> None:
        """Wait until outcomes are written down, then stop DBOS and close its database."""
        until = time.monotonic() + DRAIN
        while self.listed(active=True) and time.monotonic() < until:
            time.sleep(0.02)
        DBOS.destroy()
        Transact.carry = None
        self._engine.dispose()


@DBOS.step(name="write", preemptible=True)
async def _write(workflow: str, key: str, payload: Payload) -> str:
    assert Transact.carry is not None
    return await Transact.carry(workflow, key, payload)


@DBOS.workflow(name=NAME)
async def _draft(key: str, payload: Payload) -> str:
    """Carry one task out: one frozen line around one step that can be interrupted."""
    return await _write(DBOS.workflow_id or "", key, payload)
