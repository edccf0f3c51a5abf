"""Which confirmed findings are counted, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from assistant.accounts import Person, departments
from assistant.quality.queue import current_cases
from assistant.storage.register import ChargeRow, RegisterRow
from assistant.storage.schema import FindingRow

CONFIRMED = ("confirmed", "edited")
UNASSIGNED = "未分配"
"""Stands for the department of a case that nobody of the unit holds, or somebody without one."""


@dataclass(frozen=True)
class Scope:
    """Confirmed findings decided from `since` to `until` (ISO days, inclusive; empty is open),
    narrowed to one dimension, check, weight, charge, department or month (YYYY-MM).
    """

    since: str = ""
    until: str = ""
    dimension: str = ""
    code: str = ""
    severity: str = ""
    charge: str = ""
    department: str = ""
    month: str = ""

    def covers(self, day: ColumnElement[Any]) -> list[ColumnElement[bool]]:
        """Conditions on a column of ISO days (or times) that keep it within the period."""
        conditions: list[ColumnElement[bool]] = []
        if self.since:
            conditions.append(day >= self.since)
        if self.until:
            # A time of that day is greater than the day alone.
            conditions.append(func.substr(day, 1, 10) <= self.until)
        if self.month:
            conditions.append(func.substr(day, 1, 7) == self.month)
        return conditions


def of_month(month: str) -> Scope:
    """The scope of one month (YYYY-MM). Raises ValueError where that is no month."""
    date.fromisoformat(f"{month}-01")
    return Scope(month=month)


def confirmed(person: Person, scope: Scope, *columns: Any) -> Select[Any]:
    """Select `columns` of the confirmed findings in the newest versions of the cases that the
    person may see, joined with the register.
    """
    query = (
        select(*columns)
        .select_from(FindingRow)
        .join(RegisterRow, RegisterRow.analysis_id == FindingRow.analysis_id)
        .where(
            FindingRow.status.in_(CONFIRMED),
            RegisterRow.case_id.in_(current_cases(person)),
            *scope.covers(FindingRow.__table__.c.decided_on),
        )
    )
    for column, value in (
        (FindingRow.dimension, scope.dimension),
        (FindingRow.code, scope.code),
        (FindingRow.severity, scope.severity),
    ):
        if value:
            query = query.where(column == value)
    if scope.charge:
        of_charge = select(ChargeRow.case_id).where(ChargeRow.charge == scope.charge)
        query = query.where(RegisterRow.case_id.in_(of_charge))
    if scope.department:
        query = query.where(_of_department(person, scope.department))
    return query


def _of_department(person: Person, name: str) -> ColumnElement[bool]:
    """Whether the case was handled in the department of that name."""
    held = departments(person.unit)
    if name != UNASSIGNED:
        told = select(held.c.case_id).where(held.c.department == name)
        return RegisterRow.case_id.in_(told)
    without = select(held.c.case_id).where(held.c.department == "")
    return RegisterRow.case_id.not_in(select(held.c.case_id)) | RegisterRow.case_id.in_(without)
