"""General limits of penalties: months, percent and yuan by key (penalties.yaml)."""

from __future__ import annotations

from datetime import date
from functools import cache

from knowledge_base.circumstances import StatuteRef
from knowledge_base.loader import Row, TableError, rows


class PenaltyLimit(Row):
    """One figure of the General Part or the guideline."""

    key: str
    name: str
    value: int
    statute: StatuteRef | None = None

    @property
    def label(self) -> str:
        """Where the figure stands, as a lawyer would name it."""
        if self.statute is None:
            return self.source
        law = self.statute.law.removeprefix("中华人民共和国")
        return f"{law}{self.statute.label}"


class RuleSource(Row):
    """The name of a provision as a step of an opinion cites it."""

    key: str
    text: str


@cache
def _sources() -> dict[str, str]:
    return {row.key: row.text for row in rows("rule_sources", RuleSource)}


def cited(key: str) -> str:
    """The provision's name. Raises TableError for an unknown key."""
    if key not in _sources():
        raise TableError(f"依据名称表缺少 {key}")
    return _sources()[key]


@cache
def all() -> tuple[PenaltyLimit, ...]:
    return rows("penalties", PenaltyLimit)


def find(key: str, on: date | None = None) -> PenaltyLimit | None:
    """The limit in force on that day, or None where there was none yet."""
    return next((row for row in all() if row.key == key and row.in_force(on)), None)


def limit(key: str, on: date | None = None) -> int:
    """Value of a limit that has always existed. Raises TableError for an unknown key."""
    row = find(key, on) or find(key)
    if row is None:
        raise TableError(f"刑罚期限表缺少 {key}")
    return row.value
