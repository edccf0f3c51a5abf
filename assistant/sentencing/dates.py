"""Terms and dates: when a sentence ends, how old a person was."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from ingestion.model import DateValue, Term


def add_months(start: date, months: int) -> date:
    """The same day `months` later; the month's end stays the month's end.

    >>> add_months(date(2020, 1, 31), 1), add_months(date(2021, 2, 28), 1)
    (datetime.date(2020, 2, 29), datetime.date(2021, 3, 31))
    """
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    at_end = start.day == calendar.monthrange(start.year, start.month)[1]
    return date(year, month + 1, last if at_end else min(start.day, last))


def expected_end(start: date, term: Term) -> date:
    """Last day of a term that begins on `start` (最高法刑诉法解释第二百零二条).

    >>> expected_end(date(2020, 3, 15), Term(months=6))
    datetime.date(2020, 9, 14)
    """
    return add_months(start, term.months) - timedelta(days=1) + timedelta(days=term.days)


def term_between(start: date, end: date) -> Term:
    """The term that begins on `start` and ends on `end`: the inverse of `expected_end`.

    >>> term_between(date(2020, 3, 15), date(2020, 9, 14))
    Term(months=6, days=0)
    """
    months = max((end.year - start.year) * 12 + end.month - start.month + 1, 0)
    while months and expected_end(start, Term(months=months)) > end:
        months -= 1
    return Term(months=months, days=(end - expected_end(start, Term(months=months))).days)


def custody_end(start: date, term: Term, credited: int = 0) -> date:
    """Last day when `credited` days, spent in custody before `start`, are taken off."""
    return expected_end(start, term) - timedelta(days=credited)


def age_on(birth: DateValue, day: date) -> int | None:
    """Full years on that day: reached the day after the birthday. None if birth is masked.

    >>> age_on(DateValue(date=date(2000, 5, 1)), date(2018, 5, 1))
    17
    """
    if birth.precision != "day":
        return None
    before = (day.month, day.day) <= (birth.date.month, birth.date.day)
    return day.year - birth.date.year - (1 if before else 0)


_NUMERALS = "零一二三四五六七八九十"


def _chinese(value: int) -> str:
    if value <= 10:
        return _NUMERALS[value]
    tens, ones = divmod(value, 10)
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def months_text(months: int) -> str:
    """Whole months as a judgment writes them: 18 is 一年六个月; 0 stands for less than one."""
    years, rest = divmod(months, 12)
    text = f"{_chinese(years)}年" if years else ""
    if rest:
        text += f"{_chinese(rest)}个月"
    return text or "不足一个月"


def term_text(term: Term) -> str:
    """A term in words, with its days."""
    if not term.days:
        return months_text(term.months)
    return (months_text(term.months) if term.months else "") + f"{_chinese(term.days)}日"
