"""The tables of people, their sessions, failed sign-ins, and their parts in cases.

Times are ISO 8601 in UTC, as text, as in `assistant.storage.schema`.
"""

from __future__ import annotations

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.storage.schema import Base


class UserRow(Base):
    """A person who may sign in; never deleted, as the audit trail names him."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    unit: Mapped[str] = mapped_column(Text)
    department: Mapped[str] = mapped_column(Text)
    password: Mapped[str] = mapped_column(Text)
    disabled: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[str] = mapped_column(String(32))


class SessionRow(Base):
    """A signed-in browser: only the hash of what its cookie holds."""

    __tablename__ = "sessions"

    token_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[str] = mapped_column(String(32))
    seen_at: Mapped[str] = mapped_column(String(32))


class FailureRow(Base):
    """A failed sign-in, under what was tried (`name:…` or `address:…`)."""

    __tablename__ = "sign_in_failures"
    __table_args__ = (Index("sign_in_failures_key", "key", "at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(128))
    at: Mapped[str] = mapped_column(String(32))


class PartRow(Base):
    """A person's part in a case: who holds it (承办), who is to evaluate it (评查), who brought
    it in to be evaluated (送评).

    `unit` and `department` are the person's at that time: a case stays with the unit in
    which it was handled when the person moves on.
    """

    __tablename__ = "case_parts"
    __table_args__ = (
        Index("case_parts_user", "user_id", "part"),
        Index("case_parts_unit", "unit", "part"),
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    part: Mapped[str] = mapped_column(String(16), primary_key=True)
    unit: Mapped[str] = mapped_column(Text)
    department: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(32))
