"""The register: one row a case with where it stands now, and what is counted by case.

Written with each version of a case, so that queues and overviews are one query over columns
and never read a result. All of it but the columns that people set follows from the newest
result and can be made again (`enter`).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Float, ForeignKey, Integer, String, Text, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.storage.schema import AnalysisRow, Base


class RegisterRow(Base):
    """Where a case stands: `analysis_id` is its newest version.

    `handler` is the id of the person who has taken the case from the queue, `due` the day by
    which it is to be done. `asked_at` and `closed_at` are when the officer was asked for an
    opinion and when that was settled; `objections` counts those without a final answer.
    """

    __tablename__ = "case_register"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    analysis_id: Mapped[int] = mapped_column(ForeignKey("analyses.id"), unique=True)
    # No foreign key: accounts are another area, and not every program that stores has them.
    handler: Mapped[int | None] = mapped_column(Integer)
    due: Mapped[str | None] = mapped_column(String(10))
    asked_at: Mapped[str | None] = mapped_column(String(32))
    closed_at: Mapped[str | None] = mapped_column(String(32))
    objections: Mapped[int] = mapped_column(Integer, default=0)


class ChargeRow(Base):
    """A charge of the case as its newest result names it."""

    __tablename__ = "case_charges"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    charge: Mapped[str] = mapped_column(String(64), primary_key=True)


class RecommendationRow(Base):
    """One person's recommendation for one charge against the verdict, where both were read.

    `main`, `accessory`, `execution`: adopted, not_adopted or not_mentioned. `months`: how far
    the verdict lies below (negative) or above the recommended range; None where no months
    measure it.
    """

    __tablename__ = "case_recommendations"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    place: Mapped[int] = mapped_column(Integer, primary_key=True)
    person: Mapped[str] = mapped_column(Text)
    charge: Mapped[str] = mapped_column(Text)
    main: Mapped[str] = mapped_column(String(16))
    accessory: Mapped[str] = mapped_column(String(16))
    execution: Mapped[str] = mapped_column(String(16))
    months: Mapped[float | None] = mapped_column(Float)


CHARGE_LENGTH = 64


def enter(session: Session, analysis: AnalysisRow) -> RegisterRow:
    """Write the register of a case from `analysis`, its newest version.

    What the officer was asked about is another version now: that step begins anew.
    """
    row = session.get(RegisterRow, analysis.case_id)
    if row is None:
        row = RegisterRow(case_id=analysis.case_id, analysis_id=analysis.id)
        session.add(row)
    row.analysis_id = analysis.id
    row.asked_at = row.closed_at = None
    session.flush()
    for table in (ChargeRow, RecommendationRow):
        session.execute(delete(table).where(table.case_id == analysis.case_id))
    session.add_all(charges(analysis.case_id, analysis.result))
    session.add_all(recommendations(analysis.case_id, analysis.result))
    session.flush()
    return row


def charges(case_id: str, result: dict[str, Any]) -> list[ChargeRow]:
    """The charges of the case's summary, each once."""
    named = (result.get("case") or {}).get("charges") or []
    return [
        ChargeRow(case_id=case_id, charge=charge)
        for charge in dict.fromkeys(name[:CHARGE_LENGTH] for name in named)
    ]


def recommendations(case_id: str, result: dict[str, Any]) -> list[RecommendationRow]:
    """Every recommendation that the sentencing opinions hold against a verdict."""
    told = [(o, o.get("departure")) for o in result.get("sentencing") or []]
    return [
        RecommendationRow(
            case_id=case_id,
            place=place,
            person=opinion["person"],
            charge=opinion["charge"],
            main=departure["main"],
            accessory=departure["accessory"],
            execution=departure["execution"],
            months=departure["months"],
        )
        for place, (opinion, departure) in enumerate(told)
        if departure
    ]
