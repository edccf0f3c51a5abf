"""Storing one result as a version of its case, and carrying decisions over to it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.storage import identity
from assistant.storage.canonical import digest
from assistant.storage.chain import Event, append, now
from assistant.storage.erasing import ErasureRow
from assistant.storage.register import enter
from assistant.storage.rows import finding_rows, newest
from assistant.storage.schema import AnalysisRow, CaseRow, FindingRow
from assistant.storage.state import EDITABLE, set_state, state_of


def save(session: Session, result: dict[str, Any], actor: str, office: str) -> str:
    """Store a checked result in the caller's transaction; returns the case id."""
    case = _case(session, result, office)
    previous = newest(session, case.id) if _has_version(session, case.id) else None
    content = identity.content_key(result)
    if previous is not None and previous.content_key == content:
        return case.id
    analysis = AnalysisRow(
        case_id=case.id,
        version=previous.version + 1 if previous else 1,
        created_at=now(),
        actor=actor,
        content_key=content,
        result_sha256=digest(result),
        result=result,
    )
    session.add(analysis)
    session.flush()
    append(
        session,
        Event(
            action="analysis.saved",
            actor=actor,
            case_id=case.id,
            after={
                "version": analysis.version,
                "result_sha256": analysis.result_sha256,
                "findings": len(result["findings"]),
            },
        ),
    )
    _add_findings(session, analysis, finding_rows(session, previous) if previous else [])
    enter(session, analysis)
    return case.id


def _case(session: Session, result: dict[str, Any], office: str) -> CaseRow:
    key = identity.documents_key(result, office)
    known = session.scalar(select(CaseRow).where(CaseRow.documents_key == key))
    if known is not None:
        return known
    attempt = 0
    while _was_given(session, identity.case_id(key, attempt)):
        attempt += 1
    # PostgreSQL keeps no NUL in a text.
    title = ((result.get("case") or {}).get("title") or "").replace("\0", "") or "未命名案件"
    row = CaseRow(
        id=identity.case_id(key, attempt), documents_key=key, title=title, created_at=now()
    )
    session.add(row)
    session.flush()
    return row


def _was_given(session: Session, case_id: str) -> bool:
    """The id of a deleted case goes to no other: its history would be mixed with another's."""
    return any(session.get(kind, case_id) is not None for kind in (CaseRow, ErasureRow))


def _has_version(session: Session, case_id: str) -> bool:
    query = select(AnalysisRow.id).where(AnalysisRow.case_id == case_id).limit(1)
    return session.scalar(query) is not None


def _add_findings(session: Session, analysis: AnalysisRow, earlier: list[FindingRow]) -> None:
    decided = {row.fingerprint: row for row in earlier if row.decision_seq is not None}
    findings = analysis.result["findings"]
    for number, (original, fingerprint) in enumerate(
        zip(findings, identity.fingerprints(findings), strict=True), 1
    ):
        row = _finding_row(analysis, number, fingerprint, original)
        session.add(row)
        session.flush()
        if fingerprint in decided:
            _carry(session, analysis, row, decided[fingerprint])
    added = (row for row in earlier if row.added is not None)
    for number, old in enumerate(added, len(findings) + 1):
        row = added_row(analysis, number, old.fingerprint, old.added or {})
        session.add(row)
        session.flush()
        _carry(session, analysis, row, old)


def added_row(
    analysis: AnalysisRow, number: int, fingerprint: str, content: dict[str, Any]
) -> FindingRow:
    """The row of a finding that a person wrote: it stands in no result."""
    row = _finding_row(analysis, number, fingerprint, content)
    row.added = content
    return row


def _finding_row(
    analysis: AnalysisRow, number: int, fingerprint: str, content: dict[str, Any]
) -> FindingRow:
    """The row of a finding as it is at first, nobody's decision yet."""
    return FindingRow(
        analysis_id=analysis.id,
        number=number,
        fingerprint=fingerprint,
        code=content["code"],
        current={name: content[name] for name in EDITABLE},
        status=content["status"],
        dimension=content["dimension"],
        source=content["source"],
        severity=content["severity"],
    )


def _carry(session: Session, analysis: AnalysisRow, row: FindingRow, old: FindingRow) -> None:
    """The person's decision goes on to hold, and with it the very words it was made on."""
    before = state_of(row)
    set_state(row, state_of(old))
    row.decision_seq, row.decided_on = old.decision_seq, old.decided_on
    append(
        session,
        Event(
            action="finding.carried",
            actor=analysis.actor,
            case_id=analysis.case_id,
            finding_id=row.id,
            before=before,
            after=state_of(row),
            reason=f"沿用第 {analysis.version - 1} 版第 {old.number} 项的决定",
            automated=True,
        ),
    )
