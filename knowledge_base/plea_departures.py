"""Why a court may leave a recommendation in a plea case, and the words in which it says so."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Literal

from knowledge_base.loader import Row, rows
from knowledge_base.numerals import article_label, to_chinese


class Departure(Row):
    """One ground. `said_by` charge: it follows from the charges compared, not from words.

    `article` None: the law of that time named no grounds.
    """

    key: str
    name: str
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None
    words: tuple[re.Pattern[str], ...] = ()
    said_by: Literal["words", "charge"] = "words"

    @property
    def label(self) -> str:
        """The name with its provision, as far as it has one."""
        if self.article is None:
            return self.name
        item = f"第{to_chinese(self.item)}项" if self.item is not None else ""
        return f"{self.name}（{article_label(self.article, None, self.paragraph)}{item}）"


@cache
def _all() -> tuple[Departure, ...]:
    return rows("plea_departures", Departure)


def grounds(reasons: str, other_charge: bool, on: date | None = None) -> list[Departure]:
    """The grounds that the court's reasons name; `other_charge`: it convicted of another one."""
    return [
        row
        for row in _all()
        if row.in_force(on)
        and (
            other_charge
            if row.said_by == "charge"
            else any(pattern.search(reasons) for pattern in row.words)
        )
    ]
