"""Criminal procedure by date: which article a step rests on, old and new numbers."""

from __future__ import annotations

from datetime import date
from functools import cache

from knowledge_base.law_versions import CRIMINAL_PROCEDURE_LAW, law_dates, old_procedure
from knowledge_base.loader import Row, rows


class ProcedureArticle(Row):
    """The article of the Criminal Procedure Law for one purpose between two days."""

    purpose: str
    name: str
    article: int
    paragraph: int | None = None


@cache
def all() -> tuple[ProcedureArticle, ...]:
    return rows("procedure_articles", ProcedureArticle)


def expected_article(purpose: str, on: date | None = None) -> ProcedureArticle | None:
    """The provision for a purpose (prosecute, transfer, return, plea…) on that day."""
    return next((row for row in all() if row.purpose == purpose and row.in_force(on)), None)


def renumbered(article: int, on: date) -> int | None:
    """What became of an article number of the other text (2012 or 2018) in the text of `on`.

    `renumbered(172, date(2020, 1, 1))` is 176: who cites 172 then may mean the old number.
    None where the number is the same, or nothing corresponds.
    """
    to_new = {old: row.successor for old, row in old_procedure().items()}
    first_day = law_dates()[CRIMINAL_PROCEDURE_LAW].held_from
    if on >= first_day:
        found = to_new.get(article)
    else:
        found = {new: old for old, new in to_new.items()}.get(article)
    return found if found != article else None


def number_then(article: int, on: date) -> int | None:
    """The number that an article of the 2018 text bore on that day; None where it had none.

    >>> number_then(172, date(2016, 5, 1)), number_then(15, date(2016, 5, 1))
    (169, None)
    """
    if on >= law_dates()[CRIMINAL_PROCEDURE_LAW].held_from:
        return article
    rows_then = (row for row in old_procedure().values() if row.in_force(on))
    return next((row.article for row in rows_then if row.successor == article), None)
