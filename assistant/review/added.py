"""A problem that the program did not find: a person writes it down, and thereby confirms it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from assistant.findings import Category, Dimension, Finding, Severity
from assistant.review.errors import AddedAlready, NothingWritten, StaleVersion
from assistant.review.workflow import check_actor, require_open
from assistant.storage import Store
from assistant.storage.canonical import digest
from assistant.storage.chain import Event, append
from assistant.storage.records import FINAL, Stage
from assistant.storage.rows import finding_rows, newest
from assistant.storage.saving import added_row
from assistant.storage.schema import FindingRow
from assistant.storage.state import ADDED, CONTENT, set_state, state_of
from ingestion.model import Span
from knowledge_base.catalogue import planned

OTHER = "OTH-000"
"""Stands for the code of a check where none of the catalogue fits."""
OTHER_NAME = "其他问题"
_CATEGORIES: dict[Dimension, Category] = {
    "evidence": "evidence",
    "facts": "fact",
    "law": "statute",
    "procedure": "procedure",
    "documents": "format",
    "reasoning": "reasoning",
    "effect": "procedure",
    "responsibility": "procedure",
}


@dataclass(frozen=True)
class Written:
    """What a person writes; `code` is one of the catalogue or OTHER, `place` the words of a
    document it is about, where it is about any.
    """

    dimension: Dimension
    code: str
    severity: Severity
    message: str
    suggestion: str = ""
    place: Span | None = None


def codes() -> dict[str, str]:
    """The codes that may be chosen, with their names; OTHER first."""
    return {OTHER: OTHER_NAME} | {code: plan.name for code, plan in planned().items()}


def add_finding(
    store: Store,
    case_id: str,
    written: Written,
    *,
    actor: str,
    version: int | None = None,
    stage: Stage = FINAL,
) -> int:
    """Add a finding to the newest version, confirmed by its author; returns its number.

    `version` and `stage` as in `perform`. Raises NothingWritten, AddedAlready, StaleVersion,
    CaseSigned, NoActor, NoSuchCase.
    """
    name, content = check_actor(actor), _content(written)
    fingerprint = digest([content["code"], content["message"], content["evidence"]])
    with store.writing() as session:
        analysis = newest(session, case_id)
        if version is not None and version != analysis.version:
            raise StaleVersion("案件已重新检查，请刷新后在最新一版中添加。")
        require_open(session, analysis, stage)
        here = (FindingRow.analysis_id == analysis.id, FindingRow.fingerprint == fingerprint)
        if session.scalar(select(FindingRow.number).where(*here)) is not None:
            raise AddedAlready("同样的问题已经添加过。")
        number = max((r.number for r in finding_rows(session, analysis)), default=0) + 1
        row = added_row(analysis, number, fingerprint, content)
        set_state(row, {**state_of(row), "status": "confirmed"})
        session.add(row)
        session.flush()
        after = {**state_of(row), CONTENT: digest(content)}
        event = append(session, Event(ADDED, name, case_id, finding_id=row.id, after=after))
        row.decision_seq, row.decided_on = event.seq, date.today().isoformat()
        return number


def _content(written: Written) -> dict[str, Any]:
    message = _text(written.message)
    if not message:
        raise NothingWritten("请写明问题是什么。")
    known = codes()
    if written.code not in known:
        raise NothingWritten(f"检查目录中没有“{written.code}”，请另选，或者选“{OTHER_NAME}”。")
    return Finding(
        code=written.code,
        title=known[written.code],
        category=_CATEGORIES[written.dimension],
        dimension=written.dimension,
        severity=written.severity,
        source="person",
        confidence=1.0,
        message=message,
        suggestion=_text(written.suggestion),
        evidence=[written.place] if written.place else [],
    ).to_json()


def _text(value: str) -> str:
    """Browsers send line ends as CR LF; PostgreSQL keeps no NUL in a text."""
    return value.replace("\0", "").replace("\r\n", "\n").strip()
