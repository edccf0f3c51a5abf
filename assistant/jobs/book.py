"""The job book: every change of a job's row, each with its event, in one transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assistant.jobs.errors import JobOver, NoSuchBatch, NoSuchJob
from assistant.jobs.records import UNFINISHED, Batch, Counts, Event, Job, State
from assistant.jobs.schema import BatchRow, JobEventRow, JobResultRow, JobRow
from assistant.storage.chain import now


def job_row(session: Session, job_id: str) -> JobRow:
    """Raises NoSuchJob."""
    row = session.get(JobRow, job_id)
    if row is None:
        raise NoSuchJob("没有这个检查任务。")
    return row


def batch_row(session: Session, batch_id: str) -> BatchRow:
    """Raises NoSuchBatch."""
    row = session.get(BatchRow, batch_id)
    if row is None:
        raise NoSuchBatch("没有这个批次。")
    return row


def job_record(row: JobRow) -> Job:
    return Job(
        id=row.id,
        batch_id=row.batch_id,
        person_id=row.person_id,
        actor=row.actor,
        title=row.title,
        names=[entry["name"] for entry in row.files],
        model=bool(row.options.get("model")),
        state=_state(row.state),
        step=row.step,
        ruled=row.ruled,
        attempt=row.attempt,
        kind=row.kind,
        message=row.message,
        case_id=row.case_id,
        counts=_counts(row.counts),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def batch_record(session: Session, row: BatchRow) -> Batch:
    jobs = session.scalars(
        select(JobRow).where(JobRow.batch_id == row.id).order_by(JobRow.created_at, JobRow.id)
    )
    return Batch(
        id=row.id,
        person_id=row.person_id,
        actor=row.actor,
        title=row.title,
        created_at=row.created_at,
        jobs=[job_record(job) for job in jobs],
    )


def working(session: Session, job_id: str) -> JobRow:
    """The row of a job that is to be worked on. Raises JobOver where it has ended or must."""
    row = job_row(session, job_id)
    if row.state not in UNFINISHED or row.cancel_asked:
        raise JobOver(job_id)
    return row


def note(session: Session, row: JobRow, text: str) -> None:
    """The job is at this step now."""
    if row.state == "running" and row.step == text:
        return
    row.state, row.step = "running", text
    _add(session, row, "step", {"text": text})


def found(session: Session, row: JobRow, result: dict[str, Any]) -> None:
    """The result as known so far: what rules found, then with each finding of the model."""
    session.merge(JobResultRow(job_id=row.id, result=result))
    row.ruled = True
    told = counts(result) | {"by_model": sum(f["source"] == "model" for f in result["findings"])}
    _add(session, row, "findings", told)


def end(
    session: Session,
    row: JobRow,
    state: State,
    *,
    message: str = "",
    kind: str = "",
    case_id: str | None = None,
    severities: Counts | None = None,
) -> None:
    """The job is over; a result that is not stored is not kept."""
    row.state, row.step, row.message, row.kind = state, "", message, kind
    row.case_id, row.cancel_asked = case_id, False
    row.counts = {str(name): number for name, number in severities.items()} if severities else None
    session.execute(delete(JobResultRow).where(JobResultRow.job_id == row.id))
    _add(session, row, "end", {"state": state})


def again(session: Session, row: JobRow) -> None:
    """Queue an ended job once more."""
    row.state, row.step, row.message, row.kind = "queued", "", "", ""
    row.ruled, row.cancel_asked, row.attempt = False, False, row.attempt + 1
    _add(session, row, "step", {"text": "重新排队"})


def events(session: Session, job_id: str, after: int) -> list[Event]:
    rows = session.scalars(
        select(JobEventRow)
        .where(JobEventRow.job_id == job_id, JobEventRow.seq > after)
        .order_by(JobEventRow.seq)
    )
    return [Event(row.seq, row.at, row.kind, row.data) for row in rows]


def counts(result: dict[str, Any]) -> Counts:
    """The number of findings of a result by severity."""
    told: Counts = {"serious": 0, "moderate": 0, "minor": 0}
    for finding in result["findings"]:
        told[finding["severity"]] += 1
    return told


def _add(session: Session, row: JobRow, kind: str, data: dict[str, Any]) -> None:
    row.updated_at = now()
    last = session.scalar(select(func.max(JobEventRow.seq)).where(JobEventRow.job_id == row.id))
    session.add(
        JobEventRow(job_id=row.id, seq=(last or 0) + 1, at=row.updated_at, kind=kind, data=data)
    )
    session.flush()


def _state(value: str) -> State:
    names: dict[str, State] = {
        name: name for name in ("queued", "running", "done", "refused", "failed", "cancelled")
    }
    return names[value]


def _counts(value: dict[str, int] | None) -> Counts | None:
    if value is None:
        return None
    return {name: value[name] for name in ("serious", "moderate", "minor")}
