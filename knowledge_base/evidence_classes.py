"""Which lawful kind a named piece of evidence belongs to."""

from __future__ import annotations

from functools import cache

from knowledge_base.loader import Row, rows


class EvidenceClass(Row):
    """`items` is a regular expression of names; under one of `not_under` they are misplaced."""

    items: str
    kind: str
    not_under: tuple[str, ...]


@cache
def all() -> tuple[EvidenceClass, ...]:
    return rows("evidence_classes", EvidenceClass)
