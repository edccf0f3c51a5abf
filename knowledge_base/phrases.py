"""Word lists with which documents are read: ethnic groups, circumstances affirmed or denied."""

from __future__ import annotations

from functools import cache

from pydantic import Field

from knowledge_base.loader import Row, rows


class EthnicGroups(Row):
    """Names of ethnic groups without 族."""

    names: tuple[str, ...]


@cache
def ethnic_groups() -> tuple[str, ...]:
    """The recognised ethnic groups without 族 (汉, 维吾尔 …)."""
    return tuple(name for row in rows("ethnic_groups", EthnicGroups) for name in row.names)


class CircumstancePhrases(Row):
    """The words by which documents affirm or deny one circumstance (see the table's head).

    Besides the keys of the circumstances there are two halves, `compensation` and
    `forgiveness`, whose combination decides among comp_forgive, comp_only and forgive_only.
    """

    key: str
    cues: tuple[str, ...]
    nouns: tuple[str, ...] = ()
    affirmed: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    with_: tuple[str, ...] = Field(default=(), alias="with")
    unless: tuple[str, ...] = ()
    narrative: bool = False
    parts: tuple[str, ...] = ()


@cache
def circumstance_phrases() -> tuple[CircumstancePhrases, ...]:
    """All rows of the phrase table, in its order."""
    return rows("circumstance_phrases", CircumstancePhrases)
