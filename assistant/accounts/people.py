"""The people of the office: adding, listing, disabling, changing a password."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assistant.accounts.errors import BadAccount, NoSuchUser
from assistant.accounts.failures import forgive
from assistant.accounts.schema import SessionRow, UserRow
from assistant.storage import Store
from assistant.storage.chain import Event, append, now

NAME_LENGTH = 64
PASSWORD_LENGTH = 10
PASSWORD_LIMIT = 256
_hasher = PasswordHasher()
# Each takes 64 MiB: a rush on the sign-in page waits instead of filling the memory.
_hashing = BoundedSemaphore(4)


class UserRole(StrEnum):
    """What a person does here; each person has one role."""

    officer = "officer"
    evaluator = "evaluator"
    quality = "quality"
    admin = "admin"


EVALUATING = frozenset({UserRole.evaluator, UserRole.quality})
"""Roles that evaluate cases which others handled."""
ROLE_TITLES = {
    UserRole.officer: "承办检察官",
    UserRole.evaluator: "评查员",
    UserRole.quality: "质量管理",
    UserRole.admin: "管理员",
}


@dataclass(frozen=True)
class Person:
    """Who is acting. `name` is unique: it signs, and the audit trail names it."""

    id: int
    name: str
    role: UserRole
    unit: str
    department: str
    disabled: bool = False


def add(
    store: Store,
    name: str,
    password: str,
    role: UserRole,
    *,
    unit: str = "",
    department: str = "",
    by: str,
) -> Person:
    """A new account; `by` is who makes it. Raises BadAccount."""
    name = _checked_name(name)
    hashed = _hashed(password, name)
    with store.writing() as session:
        if session.scalar(select(UserRow).where(UserRow.name == name)) is not None:
            raise BadAccount(f"已有名为“{name}”的账号。")
        row = UserRow(
            name=name,
            role=role.value,
            unit=unit.strip(),
            department=department.strip(),
            password=hashed,
            disabled=False,
            created_at=now(),
        )
        session.add(row)
        session.flush()
        _told(session, "user.added", by, row)
        return person_of(row)


def disable(store: Store, name: str, *, by: str) -> None:
    """The person can no longer sign in, and is signed out everywhere. Raises NoSuchUser."""
    with store.writing() as session:
        row = _row(session, name)
        row.disabled = True
        _sign_out_everywhere(session, row)
        _told(session, "user.disabled", by, row)


def enable(store: Store, name: str, *, by: str) -> None:
    """The person can sign in again. Raises NoSuchUser."""
    with store.writing() as session:
        row = _row(session, name)
        row.disabled = False
        _told(session, "user.enabled", by, row)


def move(store: Store, name: str, role: UserRole, *, unit: str, department: str, by: str) -> None:
    """Another role, unit or department; the sessions of the person end. Raises NoSuchUser."""
    with store.writing() as session:
        row = _row(session, name)
        row.role, row.unit, row.department = role.value, unit.strip(), department.strip()
        _sign_out_everywhere(session, row)
        _told(session, "user.moved", by, row)


def change_password(store: Store, name: str, password: str, *, by: str) -> None:
    """A new password; all sessions and any lockout of the person end.

    Raises NoSuchUser, BadAccount.
    """
    hashed = _hashed(password, name)
    with store.writing() as session:
        row = _row(session, name)
        row.password = hashed
        forgive(session, name)
        _sign_out_everywhere(session, row)
        _told(session, "user.password", by, row)


def people(store: Store) -> list[Person]:
    """All accounts, by name."""
    with store.reading() as session:
        return [person_of(row) for row in session.scalars(select(UserRow).order_by(UserRow.name))]


def person_named(store: Store, name: str) -> Person:
    """Raises NoSuchUser."""
    with store.reading() as session:
        return person_of(_row(session, name))


def person_by_id(store: Store, user_id: int) -> Person:
    """Raises NoSuchUser."""
    with store.reading() as session:
        row = session.get(UserRow, user_id)
        if row is None:
            raise NoSuchUser("没有这个账号。")
        return person_of(row)


def is_empty(store: Store) -> bool:
    """Whether no account was made yet."""
    with store.reading() as session:
        return not session.scalar(select(func.count()).select_from(UserRow))


def person_of(row: UserRow) -> Person:
    return Person(row.id, row.name, UserRole(row.role), row.unit, row.department, row.disabled)


def matches(hashed: str, password: str) -> bool:
    """Whether the password is the one that was hashed."""
    try:
        with _hashing:
            return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def nobodys_hash() -> str:
    """For unknown names, so that they take as long as a wrong password."""
    return _hasher.hash(secrets.token_urlsafe())


def _row(session: Session, name: str) -> UserRow:
    row = session.scalar(select(UserRow).where(UserRow.name == name))
    if row is None:
        raise NoSuchUser(f"没有名为“{name}”的账号。")
    return row


def _sign_out_everywhere(session: Session, row: UserRow) -> None:
    session.execute(delete(SessionRow).where(SessionRow.user_id == row.id))


def _told(session: Session, action: str, by: str, row: UserRow) -> None:
    after = {"name": row.name, "role": row.role, "unit": row.unit, "department": row.department}
    append(session, Event(action=action, actor=by, after=after))


def _checked_name(name: str) -> str:
    name = unicodedata.normalize("NFC", name.strip())
    if not name or len(name) > NAME_LENGTH or any(unicodedata.category(c)[0] == "C" for c in name):
        raise BadAccount(f"账号名须为 1 至 {NAME_LENGTH} 个字，不含控制字符。")
    return name


def _hashed(password: str, name: str) -> str:
    if not PASSWORD_LENGTH <= len(password) <= PASSWORD_LIMIT or password == name:
        raise BadAccount(
            f"密码须为 {PASSWORD_LENGTH} 至 {PASSWORD_LIMIT} 个字符，不得与账号名相同。"
        )
    return _hasher.hash(password)
