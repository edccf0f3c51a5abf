"""An office for tests of quality management: people without passwords, cases that they hold."""

from __future__ import annotations

from typing import Any

from results import finding, result, sha

from assistant.accounts import Person, UserRole, hold
from assistant.accounts.people import person_of
from assistant.accounts.schema import UserRow
from assistant.storage import Store
from assistant.storage.chain import now

UNIT = "临江市青岩区人民检察院"


def person(
    store: Store, name: str, role: UserRole, department: str = "", unit: str = UNIT
) -> Person:
    """Someone who never signs in: no password is hashed for him."""
    with store.writing() as session:
        row = UserRow(
            name=name,
            role=role.value,
            unit=unit,
            department=department,
            password="",
            disabled=False,
            created_at=now(),
        )
        session.add(row)
        session.flush()
        return person_of(row)


def case(store: Store, holder: Person, key: str, *findings: dict[str, Any], **changes: Any) -> str:
    """A case of its own documents (`key`) that `holder` handles."""
    told = result(*(findings or [finding("CMP-006")]), **changes)
    told["documents"][0]["sha256"] = sha(key)
    return store.save_analysis(
        told,
        actor=holder.name,
        also=lambda session, case_id: hold(session, case_id, holder, by=holder.name),
    )
