"""Reading rows within a session, for the store and for those who write in one transaction."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.findings import Status
from assistant.storage.canonical import digest
from assistant.storage.chain import head
from assistant.storage.errors import NoSuchCase, NoSuchFinding
from assistant.storage.outcome import outcome
from assistant.storage.passages import rewritten
from assistant.storage.records import CaseRecord, Change, Decision, Stage, StoredFinding
from assistant.storage.schema import (
    AnalysisRow,
    AuditRow,
    CaseRow,
    FindingRow,
    SignatureRow,
    SignedCopyRow,
)
from assistant.storage.signed import signatures, signed_row
from assistant.storage.state import original_of


def case_row(session: Session, case_id: str) -> CaseRow:
    row = session.get(CaseRow, case_id)
    if row is None:
        raise NoSuchCase(f"没有编号为“{case_id}”的案件。")
    return row


def newest(session: Session, case_id: str) -> AnalysisRow:
    """The newest analysis of a case. Raises NoSuchCase."""
    case_row(session, case_id)
    return session.scalars(
        select(AnalysisRow)
        .where(AnalysisRow.case_id == case_id)
        .order_by(AnalysisRow.version.desc())
        .limit(1)
    ).one()


def finding_rows(session: Session, analysis: AnalysisRow) -> list[FindingRow]:
    return list(
        session.scalars(
            select(FindingRow)
            .where(FindingRow.analysis_id == analysis.id)
            .order_by(FindingRow.number)
        )
    )


def finding_row(session: Session, analysis: AnalysisRow, number: int) -> FindingRow:
    """Raises NoSuchFinding."""
    row = session.scalar(
        select(FindingRow).where(FindingRow.analysis_id == analysis.id, FindingRow.number == number)
    )
    if row is None:
        raise NoSuchFinding(f"案件“{analysis.case_id}”没有第 {number} 项问题。")
    return row


def stored_findings(session: Session, analysis: AnalysisRow) -> list[StoredFinding]:
    rows = finding_rows(session, analysis)
    wanted = [row.decision_seq for row in rows if row.decision_seq is not None]
    decisions = {
        event.seq: Decision(event.action, event.actor, event.at, event.reason)
        for event in session.scalars(select(AuditRow).where(AuditRow.seq.in_(wanted)))
    }
    found = []
    for row in rows:
        original = original_of(row, analysis.result)
        status = cast(Status, row.status)
        found.append(
            StoredFinding(
                number=row.number,
                status=status,
                original=original,
                content={**original, **row.current, "status": status},
                decision=decisions.get(row.decision_seq or 0),
            )
        )
    return found


def case_record(session: Session, row: CaseRow) -> CaseRecord:
    analysis = newest(session, row.id)
    return CaseRecord(
        id=row.id,
        title=row.title,
        version=analysis.version,
        created_at=row.created_at,
        analysed_at=analysis.created_at,
        counts=_counts(session, analysis),
        signatures=signatures(session, analysis),
    )


def _counts(session: Session, analysis: AnalysisRow) -> dict[Status, int]:
    """How many findings have which status; counted by the database, as lists show many cases."""
    query = (
        select(FindingRow.status, func.count())
        .where(FindingRow.analysis_id == analysis.id)
        .group_by(FindingRow.status)
        .order_by(FindingRow.status)
    )
    return {cast(Status, status): number for status, number in session.execute(query)}


def current_result(session: Session, analysis: AnalysisRow) -> dict[str, Any]:
    """The result of one version as it stands: word for word what was signed off, once it was.

    Until then its signature is the evaluator's, as long as nothing has changed since.
    """
    signed_off = signed_result(session, analysis, "signoff")
    if signed_off is not None:
        return signed_off
    base = unsigned_result(session, analysis)
    evaluated = signed_row(session, analysis, "evaluation")
    if evaluated is not None and evaluated.result_sha256 == digest(base):
        return _under(session, base, evaluated, "evaluation")
    return _under(session, base, None, "evaluation")


def signed_result(session: Session, analysis: AnalysisRow, stage: Stage) -> dict[str, Any] | None:
    """The copy that was signed at this stage, word for word; None where nobody has."""
    row = signed_row(session, analysis, stage)
    return _under(session, row.result, row, stage) if row else None


def _under(
    session: Session, base: dict[str, Any], row: SignatureRow | SignedCopyRow | None, stage: Stage
) -> dict[str, Any]:
    """The result with the signature under it, and the head of the audit chain."""
    last = head(session)
    signature = None
    if row is not None:
        signature = {
            "stage": stage,
            "actor": row.actor,
            "at": row.at,
            "result_sha256": row.result_sha256,
        }
    return {**base, "signature": signature, "audit": {"events": last.seq, "head": last.hash}}


def unsigned_result(session: Session, analysis: AnalysisRow) -> dict[str, Any]:
    """What a signature would cover now."""
    review = {
        "case": analysis.case_id,
        "version": analysis.version,
        "analysed_at": analysis.created_at,
    }
    told = outcome(analysis.result, stored_findings(session, analysis))
    edits = rewritten(session, analysis.case_id)
    return {**told, "review": review, **({"passages": edits} if edits else {})}


def change_record(row: AuditRow) -> Change:
    return Change(
        seq=row.seq,
        at=row.at,
        actor=row.actor,
        action=row.action,
        automated=row.automated,
        before=row.before,
        after=row.after,
        reason=row.reason,
        hash=row.hash,
    )
