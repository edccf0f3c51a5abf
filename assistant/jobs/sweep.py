"""The heartbeat's round: work of dead workers is queued again, and no job is left stranded."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from dbos import DBOS, WorkflowStatus
from sqlalchemy import select

from assistant.jobs import book, slots, staging
from assistant.jobs.queue import RULES, VERSION, Queue, workflow_id
from assistant.jobs.records import UNFINISHED, Job
from assistant.jobs.schema import JobRow, WorkerRow
from assistant.settings import Settings
from assistant.storage import Store
from assistant.storage.chain import now

DEAD_AFTER = timedelta(seconds=20)
HANDED_OVER_WITHIN = timedelta(seconds=5)
KEPT_FOR = timedelta(days=1)
"""How long the files of a failed or cancelled job wait for another try."""
FORGOTTEN_AFTER = timedelta(hours=1)
LOST = "检查多次意外中断，没有完成；文书还在，可以重试。"
_AT_WORK = ("ENQUEUED", "PENDING", "DELAYED")


class Sweep:
    """One worker's rounds; all workers go them, and each act is done once whoever does it."""

    def __init__(self, settings: Settings, store: Store, queue: Queue, name: str) -> None:
        self._settings = settings
        self._store = store
        self._queue = queue
        self._name = name
        self._idle: set[str] = set()

    def once(self) -> None:
        """One round. Raises whatever the databases raise."""
        alive = self._beat()
        unfinished = self._unfinished()
        self._rescue(unfinished, alive)
        self._tidy()

    def _beat(self) -> set[str]:
        """Say that this worker lives; the names of all that do."""
        with self._store.writing() as session:
            session.merge(WorkerRow(id=self._name, seen_at=now()))
        with self._store.reading() as session:
            seen = session.execute(select(WorkerRow.id, WorkerRow.seen_at)).all()
        return {name for name, at in seen if self._lives(name, at)}

    def _lives(self, name: str, seen_at: str) -> bool:
        """Of this machine's workers the system knows at once; others are dead when silent."""
        held = slots.is_alive(self._settings, name)
        return _age(seen_at) < DEAD_AFTER if held is None else held

    def _unfinished(self) -> list[Job]:
        with self._store.reading() as session:
            rows = session.scalars(select(JobRow).where(JobRow.state.in_(UNFINISHED)))
            return [book.job_record(row) for row in rows]

    def _rescue(self, jobs: Sequence[Job], alive: set[str]) -> None:
        ids = {job.id: workflow_id(job.id, job.attempt) for job in jobs}
        wanted = [name for wid in ids.values() for name in (wid, f"{wid}-model")]
        statuses = (
            {s.workflow_id: s for s in DBOS.list_workflows(workflow_ids=wanted)} if ids else {}
        )
        idle: set[str] = set()
        for job in jobs:
            mine = [
                statuses[name] for name in (ids[job.id], f"{ids[job.id]}-model") if name in statuses
            ]
            if not mine:
                if _age(job.updated_at) > HANDED_OVER_WITHIN:
                    self._queue.put(job.id, job.attempt, soon=job.batch_id is None)
            elif all(status.status not in _AT_WORK for status in mine):
                self._give_up(job)
            elif all(self._is_left_behind(status, alive) for status in mine):
                self._renew(job)
            else:
                idle |= {s.workflow_id for s in mine if self._requeue_where_dead(s, alive)}
        self._idle = idle

    def _requeue_where_dead(self, status: WorkflowStatus, alive: set[str]) -> bool:
        """Queue again what nobody works on. True where it seems to be ours and idle: such a one
        is queued again when it is so in the next round too.
        """
        if status.status != "PENDING" or status.executor_id is None:
            return False
        dbos = _instance()
        own = status.executor_id == self._name
        idle = own and status.workflow_id not in dbos._active_workflows_set.activeList()
        if (not own and status.executor_id not in alive) or (
            idle and status.workflow_id in self._idle
        ):
            # Done for the worker named only: two sweeps at once queue it once.
            dbos._sys_db.reenqueue_for_recovery(status.workflow_id, [status.executor_id], RULES)
            return False
        return idle

    def _is_left_behind(self, status: WorkflowStatus, alive: set[str]) -> bool:
        """Work of another release that dbos will not take up, and whose worker is gone."""
        return status.status not in _AT_WORK or (
            status.app_version != VERSION
            and (status.status != "PENDING" or status.executor_id not in alive)
        )

    def _renew(self, job: Job) -> None:
        """Hand a job of an earlier release over anew; what it has made is used where it fits."""
        with self._store.writing() as session:
            row = book.job_row(session, job.id)
            if row.state not in UNFINISHED or row.attempt != job.attempt:
                return
            book.again(session, row)
        self._queue.put(job.id, job.attempt + 1, soon=job.batch_id is None)

    def _give_up(self, job: Job) -> None:
        with self._store.writing() as session:
            row = book.job_row(session, job.id)
            if row.state not in UNFINISHED or row.attempt != job.attempt:
                return
            if row.cancel_asked:
                book.end(session, row, "cancelled", message="已按要求取消。")
            else:
                book.end(session, row, "failed", message=LOST)

    def _tidy(self) -> None:
        """Remove files of uploads that came to an end, or never became a job."""
        incoming = self._settings.home / staging.FOLDER
        folders = [p for p in incoming.iterdir() if p.is_dir()] if incoming.is_dir() else []
        for folder in folders:
            with self._store.reading() as session:
                row = session.get(JobRow, folder.name)
                state, at = (row.state, row.updated_at) if row else ("", "")
            if not state:
                changed = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
                over = datetime.now(UTC) - changed > FORGOTTEN_AFTER
            else:
                over = state in ("done", "refused") or (
                    state not in UNFINISHED and _age(at) > KEPT_FOR
                )
            if over:
                shutil.rmtree(folder, ignore_errors=True)


def _age(at: str) -> timedelta:
    return datetime.now(UTC) - datetime.fromisoformat(at)


def _instance() -> DBOS:
    """The instance of this process: dbos offers what follows to its own console only."""
    from dbos._dbos import _get_dbos_instance

    return _get_dbos_instance()
