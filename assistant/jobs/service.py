"""Handing in, following, cancelling and trying again: all that pages and commands need of jobs."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.accounts import Person
from assistant.jobs import book, staging
from assistant.jobs.errors import NotPossible
from assistant.jobs.records import UNFINISHED, Batch, Event, Job
from assistant.jobs.schema import BatchRow, JobResultRow, JobRow
from assistant.jobs.staging import Upload
from assistant.settings import Settings
from assistant.storage import Store, chain
from ingestion.errors import InputError

if TYPE_CHECKING:  # dbos takes half a second to load
    from assistant.jobs.queue import Queue

log = logging.getLogger(__name__)


class Jobs:
    """The jobs of one store. Workers elsewhere do them (`assistant worker`); safe by threads."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store
        self._connecting = threading.Lock()
        self._connected: Queue | None = None

    def close(self) -> None:
        with self._connecting:
            if self._connected is not None:
                self._connected.close()
                self._connected = None

    # ------------------------------------------------------------------ handing in

    def submit(
        self, files: Sequence[Upload], *, model: bool, by: Person, follows: str | None = None
    ) -> Job:
        """Accept the files of one case: from here on no crash loses them.

        `follows` is the case whose mended draft this is. Raises InputError where there is no
        file, UploadTooLarge, StoreError; nothing is kept then.
        """
        if not files:
            raise InputError("请至少上传一份文书。")
        options = {"model": model, "follows": follows}
        return self._accept([("", files)], None, options, by)[0]

    def submit_batch(
        self, title: str, cases: Sequence[tuple[str, Sequence[Upload]]], *, model: bool, by: Person
    ) -> Batch:
        """Accept many cases, each with its name, as one batch. Raises as `submit`."""
        if not cases:
            raise InputError("没有可检查的文书，请选择文件、文件夹或者 ZIP 压缩包。")
        batch_id = secrets.token_hex(8)
        self._accept(cases, (batch_id, title), {"model": model}, by)
        return self.batch(batch_id)

    def _accept(
        self,
        cases: Sequence[tuple[str, Sequence[Upload]]],
        batch: tuple[str, str] | None,
        options: dict[str, Any],
        by: Person,
    ) -> list[Job]:
        rows: list[JobRow] = []
        try:
            for title, files in cases:
                # Each at its own moment: a batch keeps the order in which it was handed in.
                job_id, at = secrets.token_hex(8), chain.now()
                rows.append(
                    JobRow(
                        id=job_id,
                        batch_id=batch[0] if batch else None,
                        person_id=by.id,
                        actor=by.name,
                        title=title,
                        files=staging.stage(self._settings, job_id, files),
                        options=options,
                        state="queued",
                        step="",
                        ruled=False,
                        cancel_asked=False,
                        attempt=1,
                        kind="",
                        message="",
                        created_at=at,
                        updated_at=at,
                    )
                )
            with self._store.writing() as session:
                if batch:
                    session.add(
                        BatchRow(
                            id=batch[0],
                            person_id=by.id,
                            actor=by.name,
                            title=batch[1],
                            created_at=rows[0].created_at,
                        )
                    )
                    session.flush()
                session.add_all(rows)
                for row in rows:
                    self._tell(session, "job.submitted", row, by.name)
                jobs = [book.job_record(row) for row in rows]
        except BaseException:
            for row in rows:
                staging.discard(self._settings, row.id)
            raise
        for job in jobs:
            self._hand_over(job)
        return jobs

    def _hand_over(self, job: Job) -> None:
        try:
            self._queue().put(job.id, job.attempt, soon=job.batch_id is None)
        # The job is accepted: a worker's next sweep finds it and queues it.
        except Exception as error:
            log.error("%s while queueing a job", type(error).__name__)

    def _queue(self) -> Queue:
        with self._connecting:
            if self._connected is None:
                from assistant.jobs.queue import Queue

                self._connected = Queue(self._settings)
            return self._connected

    # ------------------------------------------------------------------ following

    def find(self, job_id: str) -> Job:
        """Raises NoSuchJob."""
        with self._store.reading() as session:
            return book.job_record(book.job_row(session, job_id))

    def events(self, job_id: str, after: int = 0) -> list[Event]:
        """What happened to the job since event `after`, oldest first."""
        with self._store.reading() as session:
            return book.events(session, job_id, after)

    def result(self, job_id: str) -> dict[str, Any] | None:
        """The result as known so far of a job under way; None before rules have spoken."""
        with self._store.reading() as session:
            row = session.get(JobResultRow, job_id)
            return row.result if row else None

    def batch(self, batch_id: str) -> Batch:
        """Raises NoSuchBatch."""
        with self._store.reading() as session:
            return book.batch_record(session, book.batch_row(session, batch_id))

    def batches(self, person: Person) -> list[Batch]:
        """The batches that this person handed in, the newest first."""
        with self._store.reading() as session:
            rows = session.scalars(
                select(BatchRow)
                .where(BatchRow.person_id == person.id)
                .order_by(BatchRow.created_at.desc())
            ).all()
            return [book.batch_record(session, row) for row in rows]

    def unfinished(self) -> bool:
        """Whether there is work to do."""
        with self._store.reading() as session:
            query = select(JobRow.id).where(JobRow.state.in_(UNFINISHED)).limit(1)
            return session.scalar(query) is not None

    # ------------------------------------------------------------------ acting

    def cancel(self, job_id: str, *, by: Person) -> Job:
        """Stop the job before its next step. Raises NoSuchJob, NotPossible where it has ended."""
        with self._store.writing() as session:
            row = book.job_row(session, job_id)
            if row.state not in UNFINISHED:
                raise NotPossible("检查已经结束，不能再取消。")
            self._tell(session, "job.cancelled", row, by.name)
            if row.state == "queued":
                book.end(session, row, "cancelled", message="已按要求取消。")
            else:
                row.cancel_asked = True
            return book.job_record(row)

    def retry(self, job_id: str, *, by: Person) -> Job:
        """Queue a failed or cancelled job again; steps it finished are not done again.

        Raises NoSuchJob, and NotPossible for a job in another state or whose files are gone.
        """
        with self._store.writing() as session:
            row = book.job_row(session, job_id)
            if not book.job_record(row).may_retry:
                raise NotPossible("只有中断或者取消的检查可以重试。")
            if not staging.folder_of(self._settings, job_id).is_dir():
                raise NotPossible("上传的文书已经清理，请重新上传。")
            self._tell(session, "job.retried", row, by.name)
            book.again(session, row)
            job = book.job_record(row)
        self._hand_over(job)
        return job

    def _tell(self, session: Session, action: str, row: JobRow, actor: str) -> None:
        told = {"job": row.id, "files": len(row.files), "attempt": row.attempt}
        chain.append(session, chain.Event(action=action, actor=actor, after=told))
