"""Word lists with which documents are read: ethnic groups, circumstances affirmed or denied."""

from __future__ import annotations

from functools import cache

from knowledge_base.loader import Row, rows


class EthnicGroups(Row):
    """Names of ethnic groups without 族."""

    names: tuple[str, ...]


@cache
def ethnic_groups() -> tuple[str, ...]:
    """The recognised ethnic groups without 族 (汉, 维吾尔 …)."""
    return tuple(name for row in rows("ethnic_groups", EthnicGroups) for name in row.names)
