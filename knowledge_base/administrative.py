"""Charges whose acts remain punishable by an administrative organ when nobody is prosecuted."""

from __future__ import annotations

from functools import cache

from knowledge_base import charges
from knowledge_base.loader import Row, rows


class Counterpart(Row):
    """A charge and the administrative law that usually still applies."""

    charge: str
    law: str


@cache
def _counterparts() -> tuple[Counterpart, ...]:
    return rows("administrative_counterparts", Counterpart)


def administrative_law(charge: str) -> str | None:
    """The administrative law under which the act may still be punished, or None.

    >>> administrative_law("危险驾驶罪"), administrative_law("故意杀人罪")
    ('道路交通安全法', None)
    """
    found = (row.law for row in _counterparts() if charges.same_charge(row.charge, charge))
    return next(found, None)
