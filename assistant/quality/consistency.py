"""How this unit's people decided on findings of one check so far (一致性, 历史误报率)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from assistant.accounts import Person
from assistant.quality.queue import current_cases
from assistant.storage import Store
from assistant.storage.register import RegisterRow
from assistant.storage.schema import AuditRow, FindingRow

SHOWN = 5


@dataclass(frozen=True)
class Earlier:
    """One earlier decision."""

    case_id: str
    number: int
    status: str
    severity: str
    reason: str | None
    on: str


@dataclass(frozen=True)
class Practice:
    """All decisions on one check by outcome, and the latest of them."""

    counts: dict[str, int]
    latest: list[Earlier]

    @property
    def decided(self) -> int:
        return sum(self.counts.values())

    @property
    def rejected(self) -> int:
        return self.counts.get("rejected", 0)


def practice(store: Store, person: Person, code: str, *, besides: str = "") -> Practice:
    """Decisions on what the check `code` found in the cases that the person may see, but
    `besides`; what people added is no finding of the check.
    """
    decided = (
        select(FindingRow)
        .join(RegisterRow, RegisterRow.analysis_id == FindingRow.analysis_id)
        .where(
            FindingRow.code == code,
            FindingRow.source != "person",
            FindingRow.decision_seq.is_not(None),
            RegisterRow.case_id.in_(current_cases(person)),
            RegisterRow.case_id != besides,
        )
    )
    with store.reading() as session:
        counted = session.execute(
            decided.with_only_columns(FindingRow.status, func.count()).group_by(FindingRow.status)
        )
        latest = session.execute(
            decided.join(AuditRow, AuditRow.seq == FindingRow.decision_seq)
            .with_only_columns(
                RegisterRow.case_id,
                FindingRow.number,
                FindingRow.status,
                FindingRow.severity,
                AuditRow.reason,
                FindingRow.decided_on.label("on"),
            )
            .order_by(FindingRow.decision_seq.desc())
            .limit(SHOWN)
        )
        return Practice(
            {row.status: row[1] for row in counted}, [Earlier(**row._mapping) for row in latest]
        )
