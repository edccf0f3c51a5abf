"""The queue: findings of a unit's cases with where each stands, filtered and counted in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from assistant.accounts import OF_UNIT, Person, UserRole
from assistant.accounts.schema import PartRow, UserRow
from assistant.findings import SEVERITY_ORDER, Severity, Status
from assistant.storage import NoSuchCase, Store
from assistant.storage.redraft import CONTINUED
from assistant.storage.register import RegisterRow
from assistant.storage.schema import AnalysisRow, AuditRow, CaseRow, FindingRow, SignatureRow

State = Literal["drafted", "decided", "feedback", "objected", "grading", "signed"]
STATE_NAMES: dict[State, str] = {
    "drafted": "AI 拟",
    "decided": "评查员改定",
    "feedback": "待反馈",
    "objected": "待复核",
    "grading": "待定级",
    "signed": "已签署",
}
PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """Which findings are asked for; an empty value asks for all. `due` asks for those due by it.

    `holder` and `handler` are ids of persons; `place` is the number of findings passed over.
    """

    severity: Severity | None = None
    dimension: str = ""
    code: str = ""
    department: str = ""
    holder: int | None = None
    handler: int | None = None
    state: State | None = None
    due: str = ""
    case_id: str = ""
    place: int = 0


@dataclass(frozen=True)
class Item:
    """One finding in the queue."""

    case_id: str
    case_title: str
    version: int
    number: int
    code: str
    dimension: str
    severity: Severity
    source: str
    status: Status
    state: State
    message: str
    handler: str
    due: str | None


@dataclass(frozen=True)
class Page:
    """A stretch of the queue: what waits first, worst and most urgent first; `total` of all."""

    items: list[Item]
    total: int
    place: int
    counts: dict[State, int]

    @property
    def next_place(self) -> int | None:
        after = self.place + len(self.items)
        return after if after < self.total else None


def page(store: Store, person: Person, wanted: Wanted, *, size: int = PAGE) -> Page:
    """The stretch from `wanted.place` of what this person may see."""
    with store.reading() as session:
        return page_of(session, person, wanted, size)


def page_of(session: Session, person: Person, wanted: Wanted, size: int) -> Page:
    """As `page`, in the caller's transaction."""
    found = _found(person, wanted)
    counts = {
        cast(State, state): number
        for state, number in session.execute(
            found.with_only_columns(STATE, func.count()).group_by(STATE)
        )
    }
    if wanted.state:
        found = found.where(wanted.state == STATE)
        total = counts.get(wanted.state, 0)
    else:
        total = sum(counts.values())
    rank = case(SEVERITY_ORDER, value=FindingRow.severity, else_=len(SEVERITY_ORDER))
    far = func.coalesce(RegisterRow.due, "9999-12-31")
    ordered = found.order_by(
        case(TURN, value=STATE, else_=1), rank, far, CaseRow.id, FindingRow.number
    )
    rows = session.execute(ordered.offset(wanted.place).limit(size))
    return Page([_item(row) for row in rows], total, wanted.place, counts)


TURN: dict[State, int] = {"drafted": 0, "objected": 0, "signed": 2}
"""What waits for quality management comes first, what is done last."""

STATE: Any = case(
    (SignatureRow.analysis_id.is_not(None), "signed"),
    (FindingRow.status.in_(("draft", "undecidable")), "drafted"),
    (RegisterRow.objections > 0, "objected"),
    (RegisterRow.asked_at.is_(None), "decided"),
    (RegisterRow.closed_at.is_(None), "feedback"),
    else_="grading",
)
"""Where a finding stands, from its own status and its case's steps."""


def current_cases(person: Person) -> Any:
    """Ids of the cases that this person may see: his unit's for quality, else his own.

    A draft that was mended is not among them: its next draft is.
    """
    mine = PartRow.user_id == person.id
    if person.role is UserRole.quality:
        mine |= (PartRow.unit == person.unit) & PartRow.part.in_(OF_UNIT)
    mended = (
        select(AuditRow.seq)
        .where(AuditRow.case_id == PartRow.case_id, AuditRow.action == CONTINUED)
        .exists()
    )
    return select(PartRow.case_id).where(mine, ~mended)


def require_current(session: Session, case_ids: Sequence[str], person: Person) -> None:
    """Raises NoSuchCase for a case that is not among those of this person's queue."""
    query = current_cases(person).where(PartRow.case_id.in_(case_ids))
    if missing := set(case_ids) - set(session.scalars(query)):
        raise NoSuchCase(f"没有编号为“{min(missing)}”的案件。")


def _found(person: Person, wanted: Wanted) -> Select[Any]:
    columns = (
        CaseRow.id, CaseRow.title, AnalysisRow.version, FindingRow.number, FindingRow.code,
        FindingRow.dimension, FindingRow.severity, FindingRow.source, FindingRow.status,
        STATE.label("state"), FindingRow.current, UserRow.name.label("handler"), RegisterRow.due,
    )  # fmt: skip
    query = (
        select(*columns)
        .join(RegisterRow, RegisterRow.analysis_id == FindingRow.analysis_id)
        .join(CaseRow, CaseRow.id == RegisterRow.case_id)
        .join(AnalysisRow, AnalysisRow.id == FindingRow.analysis_id)
        .outerjoin(SignatureRow, SignatureRow.analysis_id == FindingRow.analysis_id)
        .outerjoin(UserRow, UserRow.id == RegisterRow.handler)
        .where(RegisterRow.case_id.in_(current_cases(person)))
    )
    equal = (
        (FindingRow.severity, wanted.severity),
        (FindingRow.dimension, wanted.dimension),
        (FindingRow.code, wanted.code),
        (RegisterRow.handler, wanted.handler),
        (RegisterRow.case_id, wanted.case_id),
    )
    for column, value in equal:
        if value:
            query = query.where(column == value)
    if wanted.due:
        query = query.where(RegisterRow.due <= wanted.due)
    if wanted.department or wanted.holder:
        held = select(PartRow.case_id).where(PartRow.part.in_(OF_UNIT))
        if wanted.department:
            held = held.where(PartRow.department == wanted.department)
        if wanted.holder:
            held = held.where(PartRow.user_id == wanted.holder)
        query = query.where(RegisterRow.case_id.in_(held))
    return query


def _item(row: Any) -> Item:
    return Item(
        case_id=row.id,
        case_title=row.title,
        version=row.version,
        number=row.number,
        code=row.code,
        dimension=row.dimension,
        severity=row.severity,
        source=row.source,
        status=row.status,
        state=row.state,
        message=row.current["message"],
        handler=row.handler or "",
        due=row.due,
    )
