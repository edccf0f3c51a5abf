"""Prosecution and court: 诉判不一, and what became of the sentencing recommendations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Float, and_, case, cast, func, literal, or_, select

from assistant.accounts import Person
from assistant.overview.scope import Scope, confirmed
from assistant.quality.queue import current_cases
from assistant.storage import Store
from assistant.storage.register import RecommendationRow, RegisterRow
from assistant.storage.schema import CaseRow, FindingRow, SignatureRow
from knowledge_base import inconsistency

MOST = 200


@dataclass(frozen=True)
class Inconsistent:
    """One confirmed departure of the court from the prosecution."""

    type: str
    case_id: str
    title: str
    number: int
    code: str
    message: str


@dataclass(frozen=True)
class Inconsistencies:
    """How many of each type, and the latest MOST of them."""

    counts: dict[str, int]
    rows: list[Inconsistent]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Adoption:
    """Recommendations of signed cases for one charge (`charge` empty: for all).

    `adopted` counts those whose main penalty the court adopted; `below` and `above` those where
    the verdict lies outside the recommended range, by `deviation` months on average (of the
    distances' amounts; None where no months measure any).
    """

    charge: str
    recommended: int
    adopted: int
    below: int
    above: int
    deviation: float | None

    @property
    def rate(self) -> float | None:
        return self.adopted / self.recommended if self.recommended else None


def inconsistencies(store: Store, person: Person, scope: Scope) -> Inconsistencies:
    """Confirmed findings that show 诉判不一, by type."""
    kind = _type()
    codes = {code for row in inconsistency.types() for code in row.codes}
    found = confirmed(person, scope).where(FindingRow.code.in_(sorted(codes)), kind != "")
    with store.reading() as session:
        counted = session.execute(found.with_only_columns(kind, func.count()).group_by(kind))
        numbers = {row[0]: row[1] for row in counted}
        rows = session.execute(
            found.join(CaseRow, CaseRow.id == RegisterRow.case_id)
            .with_only_columns(
                kind,
                CaseRow.id,
                CaseRow.title,
                FindingRow.number,
                FindingRow.code,
                FindingRow.current["message"].as_string(),
            )
            .order_by(FindingRow.decided_on.desc(), FindingRow.id)
            .limit(MOST)
        )
        ordered = dict(sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0])))
        return Inconsistencies(ordered, [Inconsistent(*row) for row in rows])


def _type() -> Any:
    """The type of 诉判不一 that a finding shows: the first row of the table that fits it."""
    message = FindingRow.current["message"].as_string()
    cases = []
    for row in inconsistency.types():
        fits: Any = FindingRow.code.in_(row.codes)
        if row.words:
            fits = and_(fits, or_(*(message.contains(word, autoescape=True) for word in row.words)))
        cases.append((fits, literal(row.type)))
    return case(*cases, else_=literal(""))


def adoptions(store: Store, person: Person, scope: Scope) -> list[Adoption]:
    """For all charges together, then for each, the most frequent first.

    Counted in signed cases only: there a person answers for what was read and compared.
    Of `scope`, the period and the charge count.
    """
    months = RecommendationRow.months
    adopted = case((RecommendationRow.main == "adopted", 1), else_=0)
    columns = (
        func.count(),
        func.sum(adopted),
        func.sum(case((months < 0, 1), else_=0)),
        func.sum(case((months > 0, 1), else_=0)),
        func.avg(case((months != 0, func.abs(cast(months, Float))), else_=None)),
    )
    base = (
        select(*columns)
        .select_from(RecommendationRow)
        .join(RegisterRow, RegisterRow.case_id == RecommendationRow.case_id)
        .join(SignatureRow, SignatureRow.analysis_id == RegisterRow.analysis_id)
        .where(
            RecommendationRow.main != "not_mentioned",
            RegisterRow.case_id.in_(current_cases(person)),
            *scope.covers(SignatureRow.__table__.c.at),
        )
    )
    if scope.charge:
        base = base.where(RecommendationRow.charge == scope.charge)
    with store.reading() as session:
        whole = session.execute(base).one()
        by_charge = session.execute(
            base.with_only_columns(RecommendationRow.charge, *columns)
            .group_by(RecommendationRow.charge)
            .order_by(func.count().desc(), RecommendationRow.charge)
        )
        return [_adoption("", whole), *(_adoption(row[0], row[1:]) for row in by_charge)]


def _adoption(charge: str, row: Any) -> Adoption:
    count, adopted, below, above, deviation = row
    return Adoption(charge, count, adopted or 0, below or 0, above or 0, deviation)
