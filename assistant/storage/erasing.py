"""Deleting a case by rule: its contents go, and that they went stays in the history for ever.

The rows of a case are found by the tables' own references, so that an area that is added
later is not forgotten. The triggers of append-only tables let rows be deleted only while an
erasure is under way, which no other transaction ever sees.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ColumnElement, MetaData, String, Table, delete, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.storage.chain import Event, append
from assistant.storage.rows import case_row
from assistant.storage.schema import AuditRow, Base
from assistant.storage.tables import metadata

ERASED = "case.erased"


class ErasureRow(Base):
    """A case that was deleted; its id is never given to another."""

    __tablename__ = "erasures"

    case_id: Mapped[str] = mapped_column(String(8), primary_key=True)
    done: Mapped[bool] = mapped_column(Boolean)


def erase(session: Session, case_id: str, *, actor: str, reason: str, after: dict[str, Any]) -> int:
    """Delete all rows of the case in the caller's writing transaction; returns their number.

    The audit events stay (they are the history), and one more tells of the erasure: `reason`
    names the rule, `after` says what was deleted. Raises NoSuchCase.
    """
    case_row(session, case_id)
    append(session, Event(ERASED, actor, case_id=case_id, after=after, reason=reason))
    session.add(ErasureRow(case_id=case_id, done=False))
    session.flush()
    session.expunge_all()
    count = 0
    for table, belongs in reversed(_of_case(metadata(), case_id)):
        count += session.connection().execute(delete(table).where(belongs)).rowcount
    session.connection().execute(
        update(ErasureRow).where(ErasureRow.case_id == case_id).values(done=True)
    )
    return count


def _of_case(meta: MetaData, case_id: str) -> list[tuple[Table, ColumnElement[bool]]]:
    """Every table with rows of the case and the condition for them, parents first."""
    kept = {AuditRow.__tablename__, ErasureRow.__tablename__}
    found: dict[str, ColumnElement[bool]] = {}
    for table in meta.sorted_tables:
        if table.name in kept:
            continue
        if table.name == "cases":
            found[table.name] = table.c.id == case_id
        elif "case_id" in table.c:
            found[table.name] = table.c.case_id == case_id
        else:
            ways = [
                key.parent.in_(select(key.column).where(found[key.column.table.name]))
                for key in table.foreign_keys
                if key.column.table.name in found
            ]
            if ways:
                found[table.name] = or_(*ways)
    return [(meta.tables[name], condition) for name, condition in found.items()]
