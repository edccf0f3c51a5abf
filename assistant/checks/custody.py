"""The day on which a term ends, counted from its beginning and the days credited."""

from __future__ import annotations

from datetime import date, timedelta

from ingestion.model import MainPenalty, Term
from knowledge_base.check_rules import limit


def add_months(start: date, months: int) -> date:
    """The same day `months` later; the last day of a shorter month where there is none."""
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    for last in (start.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise ValueError(f"no such month: {year}-{month}")


def expected_end(main: MainPenalty, start: date, term: Term, credited_days: int) -> date:
    """The last day of a term that begins on `start`; earlier custody shortens it."""
    end = add_months(start, term.months) + timedelta(days=term.days - 1)
    worth = limit("custody_day_in_control") if main == "control" else 1
    return end - timedelta(days=credited_days * worth)
