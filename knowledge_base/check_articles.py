"""Groups of provisions, charges and words that checks of sentencing go by."""

from __future__ import annotations

from datetime import date
from functools import cache

from knowledge_base.charges import articles as articles_of
from knowledge_base.charges import same_charge
from knowledge_base.loader import Row, TableError, rows


class ArticleGroup(Row):
    """One group; an article is written `37.1` for 第三十七条之一."""

    key: str
    name: str
    articles: tuple[str, ...] = ()
    charges: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def numbers(self) -> frozenset[tuple[int, int | None]]:
        """Article and 之 number of each."""
        parted = (written.partition(".") for written in self.articles)
        return frozenset((int(article), int(sub) if sub else None) for article, _, sub in parted)

    def cites(self, article: int, sub: int | None) -> bool:
        return (article, sub) in self.numbers

    def covers(self, charge: str) -> bool:
        """Whether the charge is named, or its own article is one of the group's."""
        return any(same_charge(charge, name) for name in self.charges) or any(
            (ref.article, ref.sub) in self.numbers for ref in articles_of(charge)
        )


@cache
def _all() -> dict[str, ArticleGroup]:
    return {row.key: row for row in rows("check_articles", ArticleGroup)}


def group(key: str, on: date | None = None) -> ArticleGroup | None:
    """The group as of `on`, None where it did not hold then. Raises TableError if unknown."""
    if key not in _all():
        raise TableError(f"条文组表缺少 {key}")
    row = _all()[key]
    return row if row.in_force(on) else None
