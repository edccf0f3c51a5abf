"""Limits by which similar cases are compared and their terms counted, as data."""

from __future__ import annotations

from functools import cache

from knowledge_base.loader import Row, rows


class Limit(Row):
    """One limit; `source` gives the reason for its value."""

    key: str
    value: int


@cache
def _limits() -> dict[str, int]:
    return {row.key: row.value for row in rows("similar_cases", Limit)}


def limit(key: str) -> int:
    """Raises KeyError where the table has none."""
    return _limits()[key]
