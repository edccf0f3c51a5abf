"""Which lawful kind a named piece of evidence belongs to, and to what cases alone."""

from __future__ import annotations

from functools import cache

from knowledge_base.loader import Row, rows


class EvidenceClass(Row):
    """`items` is a regular expression of names; under one of `not_under` they are misplaced."""

    items: str
    kind: str
    not_under: tuple[str, ...]


class EvidenceOfCases(Row):
    """Evidence of one sort of cases alone: `evidence` are its names, `needs` words of which at
    least one must stand elsewhere in the document (both regular expressions)."""

    name: str
    evidence: str
    needs: str


@cache
def of_cases() -> tuple[EvidenceOfCases, ...]:
    return rows("evidence_of_cases", EvidenceOfCases)


@cache
def all() -> tuple[EvidenceClass, ...]:
    return rows("evidence_classes", EvidenceClass)
