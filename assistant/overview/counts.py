"""The dashboard: confirmed findings by dimension, weight, check, charge, department, month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from assistant.accounts import Person
from assistant.overview.scope import Scope, confirmed, departments
from assistant.storage import Store
from assistant.storage.register import ChargeRow, RegisterRow
from assistant.storage.schema import FindingRow


@dataclass(frozen=True)
class Counts:
    """Numbers of confirmed findings; `total` of all, in `cases` cases.

    A case of two charges, or handled by two departments, counts under each of them.
    """

    total: int
    cases: int
    dimension: dict[str, int]
    severity: dict[str, int]
    code: dict[str, int]
    charge: dict[str, int]
    department: dict[str, int]
    month: dict[str, int]


def counts(store: Store, person: Person, scope: Scope) -> Counts:
    """All numbers of the dashboard within `scope`."""
    with store.reading() as session:
        return counts_of(session, person, scope)


def counts_of(session: Session, person: Person, scope: Scope) -> Counts:
    """As `counts`, in the caller's transaction."""
    whole = confirmed(person, scope, func.count(), func.count(RegisterRow.case_id.distinct()))
    total, cases = session.execute(whole).one()
    month = func.substr(FindingRow.decided_on, 1, 7)
    by_charge = confirmed(person, scope, ChargeRow.charge, func.count()).join(
        ChargeRow, ChargeRow.case_id == RegisterRow.case_id
    )
    held = departments(person.unit)
    by_department = confirmed(person, scope, held.c.department, func.count()).join(
        held, held.c.case_id == RegisterRow.case_id
    )
    return Counts(
        total=total,
        cases=cases,
        dimension=_by(session, person, scope, FindingRow.dimension),
        severity=_by(session, person, scope, FindingRow.severity),
        code=_by(session, person, scope, FindingRow.code),
        charge=_most_first(session, by_charge.group_by(ChargeRow.charge)),
        department=_most_first(session, by_department.group_by(held.c.department)),
        month=dict(sorted(_by(session, person, scope, month).items())),
    )


def _by(session: Session, person: Person, scope: Scope, column: Any) -> dict[str, int]:
    return _most_first(session, confirmed(person, scope, column, func.count()).group_by(column))


def _most_first(session: Session, query: Any) -> dict[str, int]:
    rows = [(row[0] or "", row[1]) for row in session.execute(query)]
    return dict(sorted(rows, key=lambda row: (-row[1], row[0])))
