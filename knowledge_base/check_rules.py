"""Limits and word lists that the checks go by, as data."""

from __future__ import annotations

from datetime import date
from functools import cache

from knowledge_base.loader import Row, rows


class Parameter(Row):
    """A limit with the time in which it holds."""

    key: str
    value: int


class ArticleMark(Row):
    """Words that stand where an article of the general part applies; circumstances it serves."""

    article: int
    sub: int | None = None
    words: tuple[str, ...]
    keys: tuple[str, ...] = ()


class EvidenceName(Row):
    """A name of a kind of evidence that the law does not use, and the lawful one."""

    wrong: str
    right: str


class RepealedNorm(Row):
    """A norm out of force from `repealed_on`; `title` is a part of its name."""

    title: str
    repealed_on: date
    replaced_by: str


def parameter(key: str, on: date | None = None) -> int | None:
    """The limit as of `on` (None: today), or None where none held."""
    found = (row for row in rows("check_parameters", Parameter) if row.key == key)
    return next((row.value for row in found if row.in_force(on)), None)


def limit(key: str) -> int:
    """A limit that holds at all times. Raises KeyError where the table has none."""
    value = parameter(key)
    if value is None:
        raise KeyError(key)
    return value


@cache
def article_marks() -> tuple[ArticleMark, ...]:
    return rows("article_marks", ArticleMark)


@cache
def evidence_names() -> tuple[EvidenceName, ...]:
    return rows("evidence_names", EvidenceName)


@cache
def repealed_norms() -> tuple[RepealedNorm, ...]:
    return rows("repealed_norms", RepealedNorm)
