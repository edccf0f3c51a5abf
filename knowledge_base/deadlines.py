"""Periods of criminal procedure, holidays that put off their end, periods of limitation."""

from __future__ import annotations

from datetime import date
from functools import cache

from knowledge_base.loader import Row, rows

_WEEKEND = 5


class Deadline(Row):
    """A period of `months` and `days` beginning the day after; `times`: how often at most."""

    key: str
    name: str
    months: int = 0
    days: int = 0
    times: int | None = None
    law: str
    article: str


class HolidayWindow(Row):
    """Days of the year (MM-DD, inclusive) among which a holiday of at most `days` falls."""

    name: str
    first: str
    last: str
    days: int


class LimitationPeriod(Row):
    """Crimes of less than `below_months` at most lapse after `years`; None: life or death."""

    below_months: int | None = None
    years: int


@cache
def _deadlines() -> dict[str, Deadline]:
    return {row.key: row for row in rows("deadlines", Deadline)}


def deadline(key: str) -> Deadline:
    """The period of that key. Raises KeyError where the table has none."""
    return _deadlines()[key]


@cache
def _windows() -> tuple[HolidayWindow, ...]:
    return rows("holiday_windows", HolidayWindow)


def grace(due: date) -> int:
    """Days by which a period that ends on `due` may be put off for rest days, generously."""
    day = due.strftime("%m-%d")
    weekend = 7 - due.weekday() if due.weekday() >= _WEEKEND else 0
    return max([weekend, *(w.days for w in _windows() if w.first <= day <= w.last)])


def limitation_years(longest: int | None) -> int:
    """Years after which a crime of at most `longest` months (None: life, death) lapses.

    >>> limitation_years(36), limitation_years(60), limitation_years(None)
    (5, 10, 20)
    """
    periods = rows("limitation_periods", LimitationPeriod)
    if longest is None:
        return max(p.years for p in periods)
    return min(p.years for p in periods if p.below_months is None or longest < p.below_months)
