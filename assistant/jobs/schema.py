"""The tables of jobs. Times are ISO 8601 in UTC, as text, as in `assistant.storage.schema`.

No document text stands here but in `job_results`, whose row goes when its case is stored.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.storage.schema import Base


class BatchRow(Base):
    """Cases handed in together; its jobs say how far they are."""

    __tablename__ = "job_batches"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    actor: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    created_at: Mapped[str] = mapped_column(String(32))


class JobRow(Base):
    """One analysis: `files` are its staged files in order, as {role or null, name, place}.

    `message` says why there is no case, or why the stored one is by rules alone; `kind` is the
    kind of a refusal. `counts` maps severity to the number of findings of the stored case.
    """

    __tablename__ = "jobs"
    __table_args__ = (Index("jobs_state", "state"), Index("jobs_person", "person_id"))

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    batch_id: Mapped[str | None] = mapped_column(ForeignKey("job_batches.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    actor: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    options: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(16))
    step: Mapped[str] = mapped_column(Text)
    ruled: Mapped[bool] = mapped_column(Boolean)
    cancel_asked: Mapped[bool] = mapped_column(Boolean)
    attempt: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(16))
    message: Mapped[str] = mapped_column(Text)
    case_id: Mapped[str | None] = mapped_column(String(8))
    counts: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[str] = mapped_column(String(32))
    updated_at: Mapped[str] = mapped_column(String(32))


class JobEventRow(Base):
    """What happened to a job, numbered from 1: the live page reads on from the last it saw."""

    __tablename__ = "job_events"

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


class JobResultRow(Base):
    """The result as far as it is known while the model works."""

    __tablename__ = "job_results"

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id"), primary_key=True)
    result: Mapped[dict[str, Any]] = mapped_column(JSON)


class WorkerRow(Base):
    """A worker and when it was last alive."""

    __tablename__ = "job_workers"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    seen_at: Mapped[str] = mapped_column(String(32))
