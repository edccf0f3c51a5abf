"""Down from a number to its cases and sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func
from sqlalchemy.orm import Session

from assistant.accounts import Person
from assistant.findings import SEVERITY_ORDER
from assistant.overview.scope import Scope, confirmed
from assistant.storage import Store
from assistant.storage.register import RegisterRow
from assistant.storage.schema import AnalysisRow, CaseRow, FindingRow
from assistant.storage.state import original_of

PAGE = 50


@dataclass(frozen=True)
class Sentence:
    """One confirmed finding: its case, and the words of the document it points at first (none
    where a person added it without any).
    """

    case_id: str
    title: str
    number: int
    code: str
    severity: str
    message: str
    evidence: dict[str, Any] | None
    decided_on: str


@dataclass(frozen=True)
class Stretch:
    """A stretch of the findings behind a number; `total` counts all of them."""

    sentences: list[Sentence]
    total: int
    place: int

    @property
    def next_place(self) -> int | None:
        after = self.place + len(self.sentences)
        return after if after < self.total else None


def sentences(
    store: Store, person: Person, scope: Scope, *, place: int = 0, size: int = PAGE
) -> Stretch:
    """The confirmed findings of `scope` from `place` on, worst first, then the newest."""
    with store.reading() as session:
        total = session.scalar(confirmed(person, scope, func.count())) or 0
        rank = case(SEVERITY_ORDER, value=FindingRow.severity, else_=len(SEVERITY_ORDER))
        query = (
            confirmed(person, scope, FindingRow, CaseRow.id, CaseRow.title)
            .join(CaseRow, CaseRow.id == RegisterRow.case_id)
            .order_by(rank, FindingRow.decided_on.desc(), FindingRow.id)
            .offset(place)
            .limit(size)
        )
        found = [
            Sentence(
                case_id=case_id,
                title=title,
                number=row.number,
                code=row.code,
                severity=row.severity,
                message=row.current["message"],
                evidence=_evidence(session, row),
                decided_on=row.decided_on or "",
            )
            for row, case_id, title in session.execute(query)
        ]
    return Stretch(found, total, place)


def _evidence(session: Session, row: FindingRow) -> dict[str, Any] | None:
    # The session keeps a result that was opened: one opening a case, not one a finding.
    result = session.get_one(AnalysisRow, row.analysis_id).result
    return next(iter(original_of(row, result)["evidence"]), None)
