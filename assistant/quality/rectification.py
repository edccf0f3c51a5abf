"""整改销号: a problem that a notice told of is mended by its officer and struck off by quality.

Every step is a row that is never changed; where a rectification stands follows from the last.
It goes on after the sign-off, which is when an opinion is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from assistant.accounts import Part, Person, departments, parts, seen_by
from assistant.accounts.schema import PartRow
from assistant.findings import Severity
from assistant.quality.errors import NoSuchRectification, NotTheWay, OwnMatter
from assistant.quality.schema import RectificationRow
from assistant.review import ReasonRequired
from assistant.storage import Store
from assistant.storage.chain import Event, append, now
from assistant.storage.register import RegisterRow
from assistant.storage.schema import CaseRow, FindingRow

Step = Literal["required", "answered", "returned", "closed"]
State = Literal["required", "answered", "closed"]
Paper = Literal["monitoring", "opinion"]
Outcome = Literal["closed", "returned"]
STEP_NAMES: dict[Step, str] = {
    "required": "要求整改",
    "answered": "反馈",
    "returned": "退回",
    "closed": "销号",
}
STATE_NAMES: dict[State, str] = {"required": "待整改", "answered": "已反馈", "closed": "已销号"}
PAPER_NAMES: dict[Paper, str] = {"monitoring": "流程监控通知书", "opinion": "评查意见书"}
OUTCOME_NAMES: dict[Outcome, str] = {"closed": "销号", "returned": "退回整改"}
MOST = 300
"""Rectifications that one list shows."""
_STEPS: dict[State, tuple[Step, ...]] = {
    "required": ("required", "returned"),
    "answered": ("answered",),
    "closed": ("closed",),
}
_KEY: Any = func.coalesce(RectificationRow.of, RectificationRow.id)


@dataclass(frozen=True)
class Taken:
    """One step: who, when, and what he wrote."""

    step: Step
    name: str
    at: str
    text: str


@dataclass(frozen=True)
class Rectification:
    """A problem to be mended, as it stood when the paper was sent; the steps in their order."""

    id: int
    case_id: str
    case_title: str
    number: int
    code: str
    severity: Severity
    message: str
    paper: Paper
    sent_on: str
    steps: tuple[Taken, ...]

    @property
    def state(self) -> State:
        return next(s for s, steps in _STEPS.items() if self.steps[-1].step in steps)


@dataclass(frozen=True)
class Wanted:
    """Which are asked for; an empty value asks for all."""

    state: State | Literal[""] = ""
    department: str = ""
    case_id: str = ""


def require(
    session: Session,
    rows: Iterable[FindingRow],
    case_id: str,
    paper: Paper,
    sent_on: str,
    by: Person,
) -> list[int]:
    """Ask for what a paper that was sent tells of, in the caller's writing transaction; returns
    the ids. What is being mended already is not asked for twice.
    """
    last = _last()
    known = select(FindingRow.fingerprint).join(
        RectificationRow, RectificationRow.finding_id == FindingRow.id
    )
    known = known.join(last, last.c.id == RectificationRow.id).where(
        RectificationRow.case_id == case_id, RectificationRow.step != "closed"
    )
    under_way = set(session.scalars(known))
    found = []
    for row in rows:
        if row.fingerprint not in under_way:
            asked = _row(case_id, row.id, None, "required", "", by, paper, sent_on)
            session.add(asked)
            session.flush()
            found.append(asked.id)
    return found


def answer(store: Store, case_id: str, number: int, text: str, *, by: Person) -> None:
    """The officer tells what was done about it; `number` is the rectification's id.

    Raises NoSuchRectification, OwnMatter, NotTheWay, ReasonRequired.
    """
    said = text.strip()
    if not said:
        raise ReasonRequired("请写明整改情况。")
    with store.writing() as session:
        if Part.holder not in parts(session, case_id, by):
            raise OwnMatter("只有本案承办人可以反馈整改情况。")
        _step(session, case_id, number, "answered", said, by, after=("required", "returned"))


def decide(
    store: Store, case_id: str, number: int, outcome: Outcome, text: str, *, by: Person
) -> None:
    """Strike it off, or send it back with a reason. What the officer has not answered is struck
    off with a reason only. Raises as `answer`.
    """
    said = text.strip()
    with store.writing() as session:
        if Part.holder in parts(session, case_id, by):
            raise OwnMatter("承办人不能对本人案件的整改销号，请由其他人办理。")
        before = _of_case(session, case_id, number)[-1].step
        if not said and (outcome == "returned" or before != "answered"):
            raise ReasonRequired("退回整改、未经反馈销号的，须写明理由。")
        allowed: tuple[Step, ...] = ("answered",)
        if outcome == "closed":
            allowed = ("required", "answered", "returned")
        _step(session, case_id, number, outcome, said, by, after=allowed)


def listed(store: Store, person: Person, wanted: Wanted) -> list[Rectification]:
    """Those of the cases that this person may see, what waits for quality first; at most MOST."""
    with store.reading() as session:
        last = _last()
        turn = case({"answered": 0, "closed": 2}, value=RectificationRow.step, else_=1)
        query = (
            select(last.c.key)
            .join(RectificationRow, RectificationRow.id == last.c.id)
            .where(RectificationRow.case_id.in_(seen_by(person)))
            .order_by(turn, last.c.key.desc())
            .limit(MOST)
        )
        if wanted.state:
            query = query.where(RectificationRow.step.in_(_STEPS[wanted.state]))
        if wanted.case_id:
            query = query.where(RectificationRow.case_id == wanted.case_id)
        if wanted.department:
            handled = _handled_in(person, wanted.department)
            query = query.where(RectificationRow.case_id.in_(handled))
        return _read(session, list(session.scalars(query)))


def waiting_for(store: Store, person: Person) -> list[str]:
    """Ids of the cases that this person holds and in which something is to be mended."""
    with store.reading() as session:
        last = _last()
        query = (
            select(RectificationRow.case_id)
            .join(last, last.c.id == RectificationRow.id)
            .join(PartRow, PartRow.case_id == RectificationRow.case_id)
            .where(
                PartRow.user_id == person.id,
                PartRow.part == Part.holder.value,
                RectificationRow.step.in_(_STEPS["required"]),
            )
            .distinct()
        )
        return sorted(session.scalars(query))


def of_findings(session: Session, case_ids: Sequence[str]) -> dict[tuple[str, int], Rectification]:
    """The latest by case and number of the finding in the case's newest version."""
    then, today = FindingRow.__table__.alias("then"), FindingRow.__table__.alias("today")
    query = (
        select(RectificationRow.id, RectificationRow.case_id, today.c.number)
        .join(then, then.c.id == RectificationRow.finding_id)
        .join(RegisterRow, RegisterRow.case_id == RectificationRow.case_id)
        .join(
            today,
            (today.c.analysis_id == RegisterRow.analysis_id)
            & (today.c.fingerprint == then.c.fingerprint),
        )
        .where(RectificationRow.of.is_(None), RectificationRow.case_id.in_(case_ids))
        .order_by(RectificationRow.id)
    )
    ids = {(case_id, number): key for key, case_id, number in session.execute(query)}
    known = {one.id: one for one in _read(session, list(ids.values()))}
    return {place: known[key] for place, key in ids.items()}


def _last() -> Any:
    """Subquery: `key` (the id of the rectification) and `id` of its last step."""
    key = _KEY.label("key")
    return select(key, func.max(RectificationRow.id).label("id")).group_by(key).subquery()


def _handled_in(person: Person, department: str) -> Select[str]:
    """Ids of the cases handled there, as the overviews count them."""
    held = departments(person.unit)
    return select(held.c.case_id).where(held.c.department == department)


def _read(session: Session, keys: Sequence[int]) -> list[Rectification]:
    """The rectifications of these ids, in their order."""
    steps: dict[int, list[RectificationRow]] = {}
    query = select(RectificationRow).where(_KEY.in_(keys)).order_by(RectificationRow.id)
    for row in session.scalars(query):
        steps.setdefault(row.of or row.id, []).append(row)
    told = (
        select(RectificationRow.id, FindingRow, CaseRow.title)
        .join(FindingRow, FindingRow.id == RectificationRow.finding_id)
        .join(CaseRow, CaseRow.id == RectificationRow.case_id)
        .where(RectificationRow.id.in_(keys))
    )
    about = {key: (finding, title) for key, finding, title in session.execute(told)}
    return [_told(steps[key], *about[key]) for key in keys]


def _told(steps: list[RectificationRow], finding: FindingRow, title: str) -> Rectification:
    first = steps[0]
    return Rectification(
        id=first.id,
        case_id=first.case_id,
        case_title=title,
        number=finding.number,
        code=finding.code,
        severity=finding.severity,  # type: ignore[arg-type]
        message=finding.current["message"],
        paper=first.paper,  # type: ignore[arg-type]
        sent_on=first.sent_on,
        steps=tuple(Taken(row.step, row.name, row.at, row.text) for row in steps),  # type: ignore[arg-type]
    )


def _of_case(session: Session, case_id: str, number: int) -> list[RectificationRow]:
    query = select(RectificationRow).where(number == _KEY, RectificationRow.case_id == case_id)
    found = list(session.scalars(query.order_by(RectificationRow.id)))
    if not found:
        raise NoSuchRectification("本案没有这件整改。")
    return found


def _step(
    session: Session,
    case_id: str,
    number: int,
    step: Step,
    text: str,
    by: Person,
    *,
    after: tuple[Step, ...],
) -> None:
    rows = _of_case(session, case_id, number)
    if rows[-1].step not in after:
        raise NotTheWay(f"这件整改当前是“{STEP_NAMES[rows[-1].step]}”，不能{STEP_NAMES[step]}。")  # type: ignore[index]
    session.add(_row(case_id, rows[0].finding_id, number, step, text, by))
    told = {"rectification": number, "text": text}
    append(session, Event(f"rectification.{step}", by.name, case_id, after=told))


def _row(
    case_id: str,
    finding_id: int,
    of: int | None,
    step: Step,
    text: str,
    by: Person,
    paper: str = "",
    sent_on: str = "",
) -> RectificationRow:
    return RectificationRow(
        case_id=case_id,
        finding_id=finding_id,
        of=of,
        step=step,
        paper=paper,
        sent_on=sent_on,
        by=by.id,
        name=by.name,
        at=now(),
        text=text,
    )
