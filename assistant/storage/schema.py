"""The tables. Rows of `analyses`, `signatures`, `signed_copies` and `audit_events` are never
changed (triggers).

What the program said of a finding stands in its analysis' `result` for ever; `status` and
`current` are the state after the last decision, and the audit events say how it came about.
Times are ISO 8601 in UTC, as text, so that they are hashed exactly as they are stored.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Base of all tables."""


class CaseRow(Base):
    """A case: the set of documents (role and SHA-256) that `documents_key` is the hash of."""

    __tablename__ = "cases"

    id: Mapped[str] = mapped_column(String(8), primary_key=True)
    documents_key: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[str] = mapped_column(Text)
    created_at: Mapped[str] = mapped_column(String(32))


class AnalysisRow(Base):
    """One analysis of a case, as the program gave it (`result`, contract findings/1)."""

    __tablename__ = "analyses"
    __table_args__ = (UniqueConstraint("case_id", "version"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    version: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(Text)
    content_key: Mapped[str] = mapped_column(String(64))
    result_sha256: Mapped[str] = mapped_column(String(64))
    result: Mapped[dict[str, Any]] = mapped_column(JSON(none_as_null=True))


class FindingRow(Base):
    """One finding of one analysis; `number` counts from 1 in the order of the result.

    `current` holds the fields a person may change (message, suggestion, severity);
    `decision_seq` is the audit event by which a person decided, None while undecided, and
    `decided_on` the local day of that decision. `dimension`, `source` and `severity` (the
    current one) stand beside it, so that findings are counted without opening any JSON.
    `added` is the whole finding where a person wrote it (source `person`): it stands in no result.
    """

    __tablename__ = "findings"
    __table_args__ = (
        UniqueConstraint("analysis_id", "number"),
        Index("findings_decided", "analysis_id", "code", "status"),
        Index("findings_by_day", "status", "decided_on"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    analysis_id: Mapped[int] = mapped_column(ForeignKey("analyses.id"))
    number: Mapped[int] = mapped_column(Integer)
    fingerprint: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(9))
    current: Mapped[dict[str, Any]] = mapped_column(JSON(none_as_null=True))
    status: Mapped[str] = mapped_column(String(16))
    decision_seq: Mapped[int | None] = mapped_column(ForeignKey("audit_events.seq"))
    dimension: Mapped[str] = mapped_column(String(16), server_default="")
    source: Mapped[str] = mapped_column(String(8), server_default="")
    severity: Mapped[str] = mapped_column(String(8), server_default="")
    decided_on: Mapped[str | None] = mapped_column(String(10))
    added: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class SignatureRow(Base):
    """The sign-off of one version of a case: the result signed, and its hash."""

    __tablename__ = "signatures"

    analysis_id: Mapped[int] = mapped_column(ForeignKey("analyses.id"), primary_key=True)
    actor: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(32))
    result_sha256: Mapped[str] = mapped_column(String(64))
    result: Mapped[dict[str, Any]] = mapped_column(JSON)


class SignedCopyRow(Base):
    """What was signed at a stage before the sign-off (`storage.signed`), as it stood then."""

    __tablename__ = "signed_copies"

    analysis_id: Mapped[int] = mapped_column(ForeignKey("analyses.id"), primary_key=True)
    stage: Mapped[str] = mapped_column(String(16), primary_key=True)
    actor: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(32))
    result_sha256: Mapped[str] = mapped_column(String(64))
    result: Mapped[dict[str, Any]] = mapped_column(JSON)


class AuditRow(Base):
    """One event; `hash` covers all other columns and the hash of the event before."""

    __tablename__ = "audit_events"
    __table_args__ = (
        Index("audit_events_case", "case_id"),
        Index("audit_events_finding", "finding_id"),
    )

    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(String(32))
    automated: Mapped[bool] = mapped_column(Boolean)
    case_id: Mapped[str | None] = mapped_column(String(8))
    finding_id: Mapped[int | None] = mapped_column(Integer)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    reason: Mapped[str | None] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
