"""The tables of quality management. Rows of all of them are never changed (triggers).

What stands now is in `storage.register` and in the findings; these tables hold what people
said: objections and their answers in pairs, grades, drawn lots, notices that were sent, and
the steps by which what they told of was mended.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.storage.schema import Base


class ObjectionRow(Base):
    """What the officer has against one decided finding; `decided` is its state at that time."""

    __tablename__ = "objections"
    __table_args__ = (Index("objections_case", "case_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"))
    by: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    decided: Mapped[dict[str, Any]] = mapped_column(JSON)


class AnswerRow(Base):
    """An answer to an objection: accepted, refused, or put to the meeting (not yet final)."""

    __tablename__ = "objection_answers"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    objection_id: Mapped[int] = mapped_column(ForeignKey("objections.id"), index=True)
    by: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(32))
    outcome: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)


class GradeRow(Base):
    """A grade that a person proposed or settled, beside the one suggested then and its reasons."""

    __tablename__ = "grades"
    __table_args__ = (Index("grades_case", "case_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    analysis_id: Mapped[int] = mapped_column(ForeignKey("analyses.id"))
    step: Mapped[str] = mapped_column(String(16))
    grade: Mapped[str] = mapped_column(String(24))
    suggested: Mapped[str | None] = mapped_column(String(24))
    reasons: Mapped[list[str]] = mapped_column(JSON)
    by: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(Text)


class LotRow(Base):
    """One drawing of lots: everything by which anyone can draw it again."""

    __tablename__ = "lots"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    seed: Mapped[str] = mapped_column(String(64))
    cases: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    candidates: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    drawn: Mapped[dict[str, int]] = mapped_column(JSON)
    unit: Mapped[str] = mapped_column(Text)
    by: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(32))


class NoticeRow(Base):
    """A person's note that a notice on this check was sent to a department on a day."""

    __tablename__ = "notices"
    __table_args__ = (Index("notices_code", "unit", "department", "code"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    unit: Mapped[str] = mapped_column(Text)
    department: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(String(9))
    sent_on: Mapped[str] = mapped_column(String(10))
    by: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(32))


class RectificationRow(Base):
    """One step of mending a problem that a paper told of; `of` is the id of the first step.

    The first step names the paper and the day it was sent; `finding_id` is the finding as it
    stood then.
    """

    __tablename__ = "rectifications"
    __table_args__ = (Index("rectifications_case", "case_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"))
    of: Mapped[int | None] = mapped_column(ForeignKey("rectifications.id"))
    step: Mapped[str] = mapped_column(String(16))
    paper: Mapped[str] = mapped_column(String(16))
    sent_on: Mapped[str] = mapped_column(String(10))
    by: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
