"""The officer objects to a finding, quality management answers: both sides are kept in pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.accounts import Part, Person, parts
from assistant.accounts.schema import PartRow
from assistant.quality.errors import (
    AnsweredAlready,
    NoSuchObjection,
    NotDecidedYet,
    NotTheWay,
    OwnMatter,
)
from assistant.quality.schema import AnswerRow, ObjectionRow
from assistant.quality.steps import open_case
from assistant.review import ReasonRequired, Reopen
from assistant.review.workflow import act_on
from assistant.storage import Store
from assistant.storage.chain import Event, append, now
from assistant.storage.register import RegisterRow
from assistant.storage.rows import finding_row, newest
from assistant.storage.schema import AnalysisRow, FindingRow
from assistant.storage.state import state_of

Outcome = Literal["accepted", "refused", "meeting"]
OUTCOME_NAMES: dict[Outcome, str] = {"accepted": "采纳", "refused": "不采纳", "meeting": "提交会议"}
FINAL = ("accepted", "refused")


@dataclass(frozen=True)
class Answer:
    """One answer; of several, the last says where the objection stands."""

    name: str
    at: str
    outcome: Outcome
    text: str


@dataclass(frozen=True)
class Objection:
    """One pair. `decided` is the finding as it stood when the officer objected to it."""

    id: int
    number: int
    code: str
    name: str
    at: str
    text: str
    decided: dict[str, Any]
    answers: tuple[Answer, ...]

    @property
    def is_open(self) -> bool:
        return not any(answer.outcome in FINAL for answer in self.answers)


def raise_objection(store: Store, case_id: str, number: int, text: str, *, by: Person) -> int:
    """The officer's objection to one finding that a person has confirmed; returns its id.

    Raises OwnMatter where he does not handle the case, NotTheWay where he was not asked,
    NotDecidedYet for what no person has confirmed, ReasonRequired, CaseSigned, NoSuchFinding.
    """
    said = text.strip()
    if not said:
        raise ReasonRequired("提出异议须写明理由。")
    with store.writing() as session:
        row, analysis = open_case(session, case_id)
        if Part.holder not in parts(session, case_id, by):
            raise OwnMatter("只有本案承办人可以提出异议。")
        if row.asked_at is None or row.closed_at is not None:
            raise NotTheWay("本案没有等待中的反馈，不能提出异议。")
        finding = finding_row(session, analysis, number)
        if finding.decision_seq is None or finding.status == "rejected":
            raise NotDecidedYet(f"第 {number} 项不是经人确认的问题，无须提出异议。")
        decided = state_of(finding)
        objection = ObjectionRow(
            case_id=case_id,
            finding_id=finding.id,
            by=by.id,
            name=by.name,
            at=now(),
            text=said,
            decided=decided,
        )
        session.add(objection)
        row.objections += 1
        session.flush()
        # Not an event of the finding: its own events say how its state came about.
        after = {"objection": objection.id, "number": number, "text": said, "decided": decided}
        append(session, Event("objection.raised", by.name, case_id, after=after))
        return objection.id


def answer(
    store: Store, case_id: str, objection_id: int, outcome: Outcome, text: str, *, by: Person
) -> None:
    """Answer an objection. One that is accepted takes the decision on the finding back, so that
    a person decides it anew; one put to the meeting waits for a final answer.

    Raises NoSuchObjection, AnsweredAlready, OwnMatter, ReasonRequired, CaseSigned.
    """
    said = text.strip()
    if not said:
        raise ReasonRequired("答复异议须写明理由。")
    with store.writing() as session:
        row, analysis = open_case(session, case_id)
        objection = session.get(ObjectionRow, objection_id)
        if objection is None or objection.case_id != case_id:
            raise NoSuchObjection("本案没有这件异议。")
        if by.id == objection.by or Part.holder in parts(session, case_id, by):
            raise OwnMatter("承办人不能答复对本人案件的异议，请由其他人答复。")
        if any(told.outcome in FINAL for told in _answers(session, objection_id)):
            raise AnsweredAlready("这件异议已有最终答复。")
        session.add(
            AnswerRow(
                objection_id=objection_id,
                by=by.id,
                name=by.name,
                at=now(),
                outcome=outcome,
                text=said,
            )
        )
        after = {"objection": objection_id, "outcome": outcome, "text": said}
        append(session, Event("objection.answered", by.name, case_id, after=after))
        if outcome in FINAL:
            row.objections -= 1
        if outcome == "accepted":
            _take_back(session, analysis, objection, said, by.name)


def _take_back(
    session: Session, analysis: AnalysisRow, objection: ObjectionRow, said: str, actor: str
) -> None:
    """Reopen the finding objected to, as the newest version of the case has it."""
    old = session.get_one(FindingRow, objection.finding_id)
    now_is = session.scalar(
        select(FindingRow).where(
            FindingRow.analysis_id == analysis.id, FindingRow.fingerprint == old.fingerprint
        )
    )
    if now_is is not None and now_is.decision_seq is not None:
        again = Reopen(now_is.number, f"采纳承办人异议：{said}")
        act_on(session, objection.case_id, [again], actor=actor)


def objections(store: Store, case_id: str) -> list[Objection]:
    """All pairs of a case, the oldest first. Raises NoSuchCase."""
    with store.reading() as session:
        newest(session, case_id)
        query = (
            select(ObjectionRow, FindingRow)
            .join(FindingRow, FindingRow.id == ObjectionRow.finding_id)
            .where(ObjectionRow.case_id == case_id)
            .order_by(ObjectionRow.id)
        )
        return [
            Objection(
                id=row.id,
                number=finding.number,
                code=finding.code,
                name=row.name,
                at=row.at,
                text=row.text,
                decided=row.decided,
                answers=tuple(_answers(session, row.id)),
            )
            for row, finding in session.execute(query)
        ]


def waiting_for(store: Store, person: Person) -> list[str]:
    """Ids of the cases whose officer this person is and who was asked for an opinion."""
    with store.reading() as session:
        query = (
            select(RegisterRow.case_id)
            .join(PartRow, PartRow.case_id == RegisterRow.case_id)
            .where(
                PartRow.user_id == person.id,
                PartRow.part == Part.holder.value,
                RegisterRow.asked_at.is_not(None),
                RegisterRow.closed_at.is_(None),
            )
            .order_by(RegisterRow.asked_at)
        )
        return list(session.scalars(query))


def _answers(session: Session, objection_id: int) -> list[Answer]:
    query = select(AnswerRow).where(AnswerRow.objection_id == objection_id).order_by(AnswerRow.id)
    return [
        Answer(row.name, row.at, row.outcome, row.text)  # type: ignore[arg-type]
        for row in session.scalars(query)
    ]
