"""A case on its way through quality management: taken, handed over, put to the officer.

Every step is a person's, and an audit event. The program neither takes a step nor sends
anything: to "ask" means that the officer finds the case among those waiting for his opinion.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from assistant.accounts import Part, Person, UserRole, assign, parts
from assistant.quality.errors import NotDecidedYet, NotTheWay
from assistant.quality.queue import require_current
from assistant.review import CaseSigned, ObjectionsOpen, ReasonRequired
from assistant.storage import Store
from assistant.storage.chain import Event, append, now
from assistant.storage.records import FINAL
from assistant.storage.register import RegisterRow
from assistant.storage.rows import finding_rows, newest
from assistant.storage.schema import AnalysisRow
from assistant.storage.signed import signed_row

HANDLERS = (UserRole.evaluator, UserRole.quality)
"""Whom a case may be given to."""


def hand(
    store: Store, case_ids: Sequence[str], to: Person, *, by: Person, due: date | None = None
) -> None:
    """Give the cases to `to` (领办 where he does it himself, else 批派), with a day to be done.

    An evaluator is assigned to the case with it. Raises NotTheWay for someone of another unit
    or role, Recusal, NoSuchCase, CaseSigned; then no case was given to anyone.
    """
    if to.unit != by.unit or to.disabled or to.role not in HANDLERS:
        raise NotTheWay("只能批派给本院的评查员或者质量管理人员。")
    with store.writing() as session:
        require_current(session, case_ids, by)
        for case_id in dict.fromkeys(case_ids):
            row, _ = open_case(session, case_id)
            before = {"handler": row.handler, "due": row.due}
            row.handler, row.due = to.id, due.isoformat() if due else row.due
            after = {"handler": to.id, "name": to.name, "due": row.due}
            action = "quality.taken" if to.id == by.id else "quality.handed"
            append(session, Event(action, by.name, case_id, before=before, after=after))
            if to.role is UserRole.evaluator:
                assign(session, case_id, to, by=by.name)


def ask(store: Store, case_id: str, *, by: Person) -> None:
    """Put the decided findings to the officer. Raises NotDecidedYet, NotTheWay, CaseSigned."""
    with store.writing() as session:
        row, analysis = open_case(session, case_id)
        require_decided(session, analysis)
        if row.asked_at is not None and row.closed_at is None:
            raise NotTheWay("本案已在等待承办人反馈。")
        row.asked_at, row.closed_at = now(), None
        append(session, Event("feedback.asked", by.name, case_id, after=_step(analysis)))


def close(store: Store, case_id: str, *, by: Person, reason: str = "") -> None:
    """The feedback is settled: the officer has nothing (more) against the findings.

    Another person who closes it says why (the officer did not answer in time, told him so).
    Raises NotTheWay, ObjectionsOpen, ReasonRequired, CaseSigned.
    """
    with store.writing() as session:
        row, analysis = open_case(session, case_id)
        if row.asked_at is None or row.closed_at is not None:
            raise NotTheWay("本案没有等待中的反馈。")
        require_answered(row)
        if Part.holder not in parts(session, case_id, by) and not reason.strip():
            raise ReasonRequired("不是承办人本人结束反馈，须写明理由。")
        row.closed_at = now()
        text = reason.strip() or None
        append(
            session, Event("feedback.closed", by.name, case_id, after=_step(analysis), reason=text)
        )


def open_case(session: Session, case_id: str) -> tuple[RegisterRow, AnalysisRow]:
    """Register and newest version of a case not signed off. Raises NoSuchCase, CaseSigned."""
    analysis = newest(session, case_id)
    if signed_row(session, analysis, FINAL) is not None:
        raise CaseSigned("案件已签署，不能再办理；如需改动，请重新检查形成新的一版。")
    return session.get_one(RegisterRow, case_id), analysis


def require_decided(session: Session, analysis: AnalysisRow) -> None:
    """Raises NotDecidedYet where a finding still waits for a person."""
    waiting = [r.number for r in finding_rows(session, analysis) if r.status == "draft"]
    if waiting:
        listed = "、".join(str(number) for number in waiting)
        raise NotDecidedYet(f"还有 {len(waiting)} 项问题未作决定（第 {listed} 项），请先逐项决定。")


def require_answered(row: RegisterRow) -> None:
    """Raises ObjectionsOpen where an objection has no final answer."""
    if row.objections:
        raise ObjectionsOpen(f"还有 {row.objections} 件异议没有答复，请先答复。")


def _step(analysis: AnalysisRow) -> dict[str, int]:
    return {"version": analysis.version}
