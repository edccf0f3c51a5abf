"""Is the history whole? Every deviation is a `Problem`; an honest store has none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.storage import Store
from assistant.storage.anchor import Anchor
from assistant.storage.canonical import digest
from assistant.storage.chain import GENESIS, Event, event_hash
from assistant.storage.schema import AnalysisRow, AuditRow, FindingRow, SignatureRow
from assistant.storage.state import first_state, state_of

BATCH = 1000
COLUMNS = (
    AuditRow.seq, AuditRow.at, AuditRow.actor, AuditRow.action, AuditRow.automated,
    AuditRow.case_id, AuditRow.finding_id, AuditRow.before, AuditRow.after, AuditRow.reason,
    AuditRow.previous, AuditRow.hash,
)  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """Something that does not fit; `seq` names the audit event, `message` is Chinese."""

    kind: Literal["gap", "link", "hash", "clock", "truncated", "rewritten", "unanchored", "state"]
    seq: int | None
    message: str


def verify(store: Store) -> list[Problem]:
    """Check the chain, the anchor, and that stored results and decisions follow from them."""
    with store.reading() as session:
        hashes: dict[int, str] = {}
        problems = list(_chain(session, hashes))
        problems += _anchor(store.anchor, hashes)
        problems += _analyses(session)
        problems += _findings(session)
        problems += _signatures(session)
    return problems


def _chain(session: Session, hashes: dict[int, str]) -> Iterator[Problem]:
    seq, previous, at = 0, GENESIS, ""
    query = select(*COLUMNS).order_by(AuditRow.seq).execution_options(yield_per=BATCH)
    for row in session.execute(query):
        if row.seq != seq + 1:
            yield Problem("gap", row.seq, f"审计记录第 {seq + 1} 条至第 {row.seq - 1} 条缺失。")
        if row.previous != previous:
            yield Problem("link", row.seq, f"审计记录第 {row.seq} 条与前一条不衔接。")
        event = Event(
            action=row.action,
            actor=row.actor,
            case_id=row.case_id,
            finding_id=row.finding_id,
            before=row.before,
            after=row.after,
            reason=row.reason,
            automated=row.automated,
        )
        if event_hash(row.seq, row.at, event, row.previous) != row.hash:
            yield Problem("hash", row.seq, f"审计记录第 {row.seq} 条的内容被改动过。")
        if row.at < at:
            yield Problem("clock", row.seq, f"审计记录第 {row.seq} 条的时间早于前一条。")
        seq, previous, at = row.seq, row.hash, row.at
        hashes[seq] = row.hash


def _anchor(anchor: Anchor, hashes: dict[int, str]) -> Iterator[Problem]:
    last = max(hashes, default=0)
    prepared: set[int] = set()
    for mark in anchor.marks():
        seq = mark.head.seq
        known = hashes.get(seq) == mark.head.hash
        if mark.kind == "prepare":
            if known:
                prepared.update(range(mark.before + 1, seq + 1))
        elif seq > last:
            yield Problem("truncated", seq, f"审计记录末尾被截去：锚点记有第 {seq} 条，库中没有。")
        elif not known:
            yield Problem("rewritten", seq, f"审计记录第 {seq} 条与锚点所记不符，链条被重写过。")
    strangers = sorted(set(hashes) - prepared)
    if strangers:
        yield Problem(
            "unanchored",
            strangers[0],
            f"有 {len(strangers)} 条审计记录（自第 {strangers[0]} 条起）在锚点中没有登记。",
        )


def _last_event(session: Session, query_action: str, case_id: str, version: int) -> AuditRow | None:
    rows = session.scalars(
        select(AuditRow).where(AuditRow.case_id == case_id, AuditRow.action == query_action)
    )
    return next((r for r in rows if r.after and r.after.get("version") == version), None)


def _analyses(session: Session) -> Iterator[Problem]:
    for row in session.scalars(select(AnalysisRow)):
        event = _last_event(session, "analysis.saved", row.case_id, row.version)
        recorded = event.after["result_sha256"] if event and event.after else None
        if not digest(row.result) == row.result_sha256 == recorded:
            yield Problem(
                "state",
                event.seq if event else None,
                f"案件 {row.case_id} 第 {row.version} 版的检查结果与入库时不同。",
            )


def _findings(session: Session) -> Iterator[Problem]:
    """Each finding's state is that of its last event, and a person stands behind it."""
    for analysis in session.scalars(select(AnalysisRow)):
        rows = session.scalars(select(FindingRow).where(FindingRow.analysis_id == analysis.id))
        by_number = {row.number: row for row in rows}
        for number, original in enumerate(analysis.result["findings"], 1):
            row = by_number.get(number)
            if row is None or not _follows(session, row, first_state(original)):
                yield Problem(
                    "state",
                    None,
                    f"案件 {analysis.case_id} 第 {analysis.version} 版第 {number} 项的状态"
                    "不是由审计记录中的决定形成的。",
                )


def _follows(session: Session, row: FindingRow, first: dict[str, object]) -> bool:
    state = state_of(row)
    last = session.scalars(
        select(AuditRow).where(AuditRow.finding_id == row.id).order_by(AuditRow.seq.desc()).limit(1)
    ).first()
    if last is None:
        return state == first and row.decision_seq is None
    if row.decision_seq is None:
        return state == last.after and state["status"] == first["status"]
    decision = session.get(AuditRow, row.decision_seq)
    return decision is not None and not decision.automated and decision.after == state == last.after


def _signatures(session: Session) -> Iterator[Problem]:
    for row in session.scalars(select(SignatureRow)):
        analysis = session.get_one(AnalysisRow, row.analysis_id)
        event = _last_event(session, "case.signed", analysis.case_id, analysis.version)
        recorded = event.after["result_sha256"] if event and event.after else None
        if not digest(row.result) == row.result_sha256 == recorded:
            yield Problem(
                "state",
                event.seq if event else None,
                f"案件 {analysis.case_id} 第 {analysis.version} 版的签署内容与签署时不同。",
            )
