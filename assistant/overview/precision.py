"""How often people confirmed what each check, and the model, proposed."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import cast

from sqlalchemy import func, select

from assistant.accounts import Person
from assistant.findings import Source
from assistant.overview.scope import Scope
from assistant.quality.queue import current_cases
from assistant.storage import Store
from assistant.storage.register import RegisterRow
from assistant.storage.schema import FindingRow

_Z = 1.96


@dataclass(frozen=True)
class Precision:
    """Decisions on the findings of one check from one source (`rule` or `model`).

    `code` is empty for all checks of that source together. What people confirmed in other
    words or with another weight counts as right.
    """

    code: str
    source: Source
    confirmed: int
    edited: int
    rejected: int

    @property
    def decided(self) -> int:
        return self.confirmed + self.edited + self.rejected

    @property
    def right(self) -> float:
        return (self.confirmed + self.edited) / self.decided

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of `right`.

        >>> low, high = Precision("CMP-006", "rule", 9, 0, 1).interval
        >>> round(low, 2), round(high, 2)
        (0.6, 0.98)
        """
        n, p = self.decided, self.right
        middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z / (1 + _Z**2 / n) * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        return max(0.0, middle - half), min(1.0, middle + half)


def precisions(store: Store, person: Person, scope: Scope) -> list[Precision]:
    """For each source together, then by check, the most often wrong first.

    Of `scope`, the period counts. Decisions carried to a newer version count once, there.
    """
    query = (
        select(FindingRow.source, FindingRow.code, FindingRow.status, func.count())
        .join(RegisterRow, RegisterRow.analysis_id == FindingRow.analysis_id)
        .where(
            FindingRow.decision_seq.is_not(None),
            FindingRow.source != "person",
            RegisterRow.case_id.in_(current_cases(person)),
            *scope.covers(FindingRow.__table__.c.decided_on),
        )
        .group_by(FindingRow.source, FindingRow.code, FindingRow.status)
    )
    found: dict[tuple[str, str], dict[str, int]] = {}
    with store.reading() as session:
        for source, code, status, number in session.execute(query):
            for key in ((source, ""), (source, code)):
                told = found.setdefault(key, {})
                told[status] = told.get(status, 0) + number
    rows = [
        Precision(
            code,
            cast(Source, source),
            told.get("confirmed", 0),
            told.get("edited", 0),
            told.get("rejected", 0),
        )
        for (source, code), told in found.items()
    ]
    return sorted(rows, key=lambda r: (bool(r.code), r.source != "rule", -r.rejected, r.code))
