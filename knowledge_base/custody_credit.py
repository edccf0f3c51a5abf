"""What a day in custody before the judgment is worth (custody_credit.yaml)."""

from __future__ import annotations

from functools import cache
from typing import Literal

from knowledge_base.loader import Row, rows

CustodyKind = Literal["custody", "designated", "liuzhi"]


class CreditRule(Row):
    """`days` of the measure count as `imprisonment` days of a term, or `control` days."""

    kind: CustodyKind
    name: str
    days: int
    imprisonment: int
    control: int


@cache
def all() -> dict[CustodyKind, CreditRule]:
    return {row.kind: row for row in rows("custody_credit", CreditRule)}
