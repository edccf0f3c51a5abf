"""Notices that people have sent, and the problems that came back after one (回头看).

The program drafts a notice and never sends one: a person notes here that it went out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from assistant.accounts import Part, Person, departments
from assistant.accounts.schema import PartRow
from assistant.quality.errors import NotDecidedYet, NotSigned, NotTheWay
from assistant.quality.rectification import Paper, require
from assistant.quality.schema import NoticeRow
from assistant.review import ReasonRequired
from assistant.storage import Store
from assistant.storage.chain import Event, append, now
from assistant.storage.records import FINAL
from assistant.storage.register import RegisterRow
from assistant.storage.rows import finding_row, newest
from assistant.storage.schema import CaseRow, FindingRow
from assistant.storage.signed import signed_row

CONFIRMED = ("confirmed", "edited")


@dataclass(frozen=True)
class Repeat:
    """A problem of a department that was confirmed again after the notice on it."""

    department: str
    code: str
    sent_on: str
    times: int
    cases: int


def note_sent(
    store: Store,
    case_id: str,
    numbers: Sequence[int],
    sent_on: date,
    *,
    by: Person,
    paper: Paper = "monitoring",
) -> None:
    """Note that a paper on these confirmed findings was sent to the officer's department, where
    they are to be mended now.

    Raises NotDecidedYet for what no person has confirmed, NotTheWay for a day to come or a
    case without department, ReasonRequired where no finding is named, NotSigned for an opinion
    before the sign-off, NoSuchFinding.
    """
    if not numbers:
        raise ReasonRequired("请选择通知书所列的问题。")
    if sent_on > date.today():
        raise NotTheWay("发出日期不能晚于今天。")
    with store.writing() as session:
        analysis = newest(session, case_id)
        if paper == "opinion" and signed_row(session, analysis, FINAL) is None:
            raise NotSigned("评查意见书须审签后才能发出。")
        holders = session.scalars(
            select(PartRow)
            .where(PartRow.case_id == case_id, PartRow.part == Part.holder.value)
            .order_by(PartRow.at)
        ).all()
        if not holders:
            raise NotTheWay("本案没有登记承办部门，无法登记通知书。")
        codes, told = [], []
        for number in dict.fromkeys(numbers):
            row = finding_row(session, analysis, number)
            if row.status not in CONFIRMED:
                raise NotDecidedYet(f"第 {number} 项未经人确认，不能列入通知书。")
            codes.append(row.code)
            told.append(row)
        for code in dict.fromkeys(codes):
            session.add(
                NoticeRow(
                    case_id=case_id,
                    unit=holders[0].unit,
                    department=holders[0].department,
                    code=code,
                    sent_on=sent_on.isoformat(),
                    by=by.id,
                    name=by.name,
                    at=now(),
                )
            )
        day = sent_on.isoformat()
        after = {
            "version": analysis.version,
            "paper": paper,
            "rectifications": require(session, told, case_id, paper, day, by),
            "numbers": list(numbers),
            "codes": list(dict.fromkeys(codes)),
            "department": holders[0].department,
            "sent_on": sent_on.isoformat(),
        }
        append(session, Event("notice.noted", by.name, case_id, after=after))


def repeats(store: Store, unit: str) -> list[Repeat]:
    """By department and check: confirmed problems of cases first checked after the first notice.

    Those of the noticed cases themselves do not count, whichever version.
    """
    first = (
        select(NoticeRow.department, NoticeRow.code, func.min(NoticeRow.sent_on).label("sent_on"))
        .where(NoticeRow.unit == unit)
        .group_by(NoticeRow.department, NoticeRow.code)
        .subquery()
    )
    noticed = select(NoticeRow.case_id).where(
        NoticeRow.unit == unit, NoticeRow.code == first.c.code
    )
    held = departments(unit)
    query = (
        select(
            first.c.department,
            first.c.code,
            first.c.sent_on,
            func.count(),
            func.count(RegisterRow.case_id.distinct()),
        )
        .select_from(FindingRow)
        .join(RegisterRow, RegisterRow.analysis_id == FindingRow.analysis_id)
        .join(CaseRow, CaseRow.id == RegisterRow.case_id)
        .join(held, held.c.case_id == RegisterRow.case_id)
        .join(first, (first.c.code == FindingRow.code) & (first.c.department == held.c.department))
        .where(
            FindingRow.status.in_(CONFIRMED),
            func.substr(CaseRow.created_at, 1, 10) > first.c.sent_on,
            RegisterRow.case_id.not_in(noticed),
        )
        .group_by(first.c.department, first.c.code, first.c.sent_on)
        .order_by(func.count().desc(), first.c.department, first.c.code)
    )
    with store.reading() as session:
        return [Repeat(*row) for row in session.execute(query)]
