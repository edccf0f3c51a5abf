"""The dashboard: confirmed findings by dimension, weight, check, charge, department, month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from assistant.accounts import Person, departments
from assistant.overview.scope import UNASSIGNED, Scope, confirmed
from assistant.storage import Store
from assistant.storage.register import ChargeRow, RegisterRow
from assistant.storage.schema import FindingRow


@dataclass(frozen=True)
class Counts:
    """Numbers of confirmed findings; `total` of all, in `cases` cases.

    A case of two charges, or handled by two departments, counts under each of them; one that
    nobody holds, under UNASSIGNED.
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
    month = func.substr(FindingRow.decided_on, 1, 7)
    keys = (FindingRow.dimension, FindingRow.severity, FindingRow.code, month)
    # One pass over the findings for what stands in their own columns.
    grouped = session.execute(confirmed(person, scope, *keys, func.count()).group_by(*keys)).all()
    dimension, severity, code, by_month = (_sum(grouped, place) for place in range(len(keys)))
    cases = session.scalar(confirmed(person, scope, func.count(RegisterRow.case_id.distinct())))
    by_charge = confirmed(person, scope, ChargeRow.charge, func.count()).join(
        ChargeRow, ChargeRow.case_id == RegisterRow.case_id
    )
    held = departments(person.unit)
    named = func.coalesce(func.nullif(held.c.department, ""), UNASSIGNED)
    by_department = confirmed(person, scope, named, func.count()).outerjoin(
        held, held.c.case_id == RegisterRow.case_id
    )
    return Counts(
        total=sum(row[-1] for row in grouped),
        cases=cases or 0,
        dimension=dimension,
        severity=severity,
        code=code,
        charge=_most_first(session.execute(by_charge.group_by(ChargeRow.charge))),
        department=_most_first(session.execute(by_department.group_by(named))),
        month=dict(sorted(by_month.items())),
    )


def _sum(grouped: Iterable[Any], place: int) -> dict[str, int]:
    """The counts (last in each row) by the key at `place`."""
    numbers: Counter[str] = Counter()
    for row in grouped:
        numbers[row[place] or ""] += row[-1]
    return _most_first(numbers.items())


def _most_first(rows: Iterable[Any]) -> dict[str, int]:
    return dict(sorted(((row[0] or "", row[1]) for row in rows), key=lambda r: (-r[1], r[0])))
