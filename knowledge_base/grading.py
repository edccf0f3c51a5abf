"""The numbers by which a grade is suggested (grading.yaml)."""

from __future__ import annotations

from functools import cache

from knowledge_base.loader import Row, rows


class Threshold(Row):
    """A number the suggestion goes by."""

    key: str
    value: int
    note: str = ""


@cache
def thresholds() -> dict[str, int]:
    return {row.key: row.value for row in rows("grading", Threshold)}
