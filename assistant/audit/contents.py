"""Do the stored results, states and signatures follow from the events?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from assistant.audit.problem import Problem
from assistant.audit.told import BATCH, Recorded, Told, state_hash
from assistant.storage.canonical import digest
from assistant.storage.erasing import ErasureRow
from assistant.storage.records import FINAL
from assistant.storage.schema import AnalysisRow, FindingRow, SignatureRow, SignedCopyRow
from assistant.storage.state import first_state

RESULTS = 100
Stored = tuple[int, dict[str, str], int | None, dict[str, Any] | None]
"""Id, state and deciding event of a finding, and all of it where a person wrote it."""


def check_results(session: Session, told: Told) -> Iterator[Problem]:
    """Every version is as it was saved, its findings are as people left them, none is gone."""
    query = select(
        AnalysisRow.id, AnalysisRow.case_id, AnalysisRow.version,
        AnalysisRow.result, AnalysisRow.result_sha256,
    ).order_by(AnalysisRow.id)  # fmt: skip
    findings = _Findings(session)
    kept = set()
    for row in session.execute(query, execution_options={"yield_per": RESULTS}):
        version = (row.case_id, row.version)
        kept.add(version)
        event = told.saved.get(version)
        if not digest(row.result) == row.result_sha256 == _sha256(event):
            yield Problem(
                "state",
                event.seq if event else None,
                f"案件 {row.case_id} 第 {row.version} 版的检查结果与入库时不同。",
            )
        stored = findings.of(row.id)
        originals = dict(enumerate(row.result["findings"], 1))
        for number, (*_, added) in stored.items():
            if added is None and number in originals:
                continue
            if (row.case_id, digest(added)) not in told.added:
                yield Problem(
                    "state",
                    None,
                    f"案件 {row.case_id} 第 {row.version} 版第 {number} 项"
                    "不是审计记录中人工添加的内容。",
                )
            elif added is not None:
                originals[number] = added
        for number, original in originals.items():
            if not _follows(stored.get(number), told, first_state(original)):
                yield Problem(
                    "state",
                    None,
                    f"案件 {row.case_id} 第 {row.version} 版第 {number} 项的状态"
                    "不是由审计记录中的决定形成的。",
                )
    yield from _gone(session, told, kept)


def _gone(session: Session, told: Told, kept: set[tuple[str, int]]) -> Iterator[Problem]:
    for (case_id, version), event in told.saved.items():
        if (case_id, version) not in kept and case_id not in told.erased:
            yield Problem(
                "state",
                event.seq,
                f"案件 {case_id} 第 {version} 版的检查结果不见了，也没有按期限删除的记录。",
            )
    for case_id in session.scalars(select(ErasureRow.case_id)):
        if case_id not in told.erased:
            yield Problem("state", None, f"案件 {case_id} 被删除，审计记录中没有记载。")


class _Findings:
    """The findings of one analysis after another, in one pass; `of` is asked by rising ids."""

    def __init__(self, session: Session) -> None:
        query = select(
            FindingRow.analysis_id, FindingRow.number, FindingRow.id, FindingRow.status,
            FindingRow.current, FindingRow.severity, FindingRow.decision_seq, FindingRow.added,
        ).order_by(FindingRow.analysis_id, FindingRow.number)  # fmt: skip
        rows = session.execute(query, execution_options={"yield_per": BATCH})
        self._groups = groupby(rows, key=lambda row: row.analysis_id)
        self._next = next(self._groups, None)

    def of(self, analysis_id: int) -> dict[int, Stored]:
        while self._next is not None and self._next[0] < analysis_id:
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != analysis_id:
            return {}
        return {
            row.number: (row.id, _state(row), row.decision_seq, row.added) for row in self._next[1]
        }


def _state(row: Any) -> dict[str, str]:
    """The finding's state; none where the severity that is counted is not the one it has."""
    counted = row.severity == row.current["severity"]
    return {"status": row.status, **row.current} if counted else {"status": "—"}


def _follows(stored: Stored | None, told: Told, first: dict[str, Any]) -> bool:
    """The state is that of the finding's last event, and a person stands behind it."""
    if stored is None:
        return False
    finding_id, current, decision, _ = stored
    last = told.last.get(finding_id)
    if last is None:
        return current == first and decision is None
    state = state_hash(current)
    if told.states[last] != state:
        return False
    if decision is None:
        return bool(current["status"] == first["status"])
    return decision not in told.automated and told.states.get(decision) == state


def check_signatures(session: Session, told: Told) -> Iterator[Problem]:
    """What was signed is what stands there now, and none of it is gone."""
    kept = set()
    for kind, stage in ((SignatureRow, literal(FINAL)), (SignedCopyRow, SignedCopyRow.stage)):
        query = select(
            AnalysisRow.case_id, AnalysisRow.version, stage.label("stage"),
            kind.result, kind.result_sha256,
        ).join(AnalysisRow, AnalysisRow.id == kind.analysis_id)  # fmt: skip
        for row in session.execute(query, execution_options={"yield_per": RESULTS}):
            mark = (row.case_id, row.version, row.stage)
            kept.add(mark)
            event = told.signed.get(mark)
            if not digest(row.result) == row.result_sha256 == _sha256(event):
                yield Problem(
                    "state",
                    event.seq if event else None,
                    f"案件 {row.case_id} 第 {row.version} 版的签署内容与签署时不同。",
                )
    for mark, event in told.signed.items():
        if mark not in kept and mark[0] not in told.erased:
            message = f"案件 {mark[0]} 第 {mark[1]} 版的签署不见了，也没有按期限删除的记录。"
            yield Problem("state", event.seq, message)


def _sha256(event: Recorded | None) -> str | None:
    return event.sha256 if event else None
