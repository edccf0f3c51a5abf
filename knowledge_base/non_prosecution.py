"""Which provision of the Criminal Procedure Law stands for which kind of non-prosecution."""

from __future__ import annotations

from functools import cache
from typing import Literal

from knowledge_base.loader import Row, rows

Kind = Literal["statutory", "discretionary", "insufficient", "conditional", "fulfilled", "special"]


class NonProsecutionProvision(Row):
    """One provision of one text of the law. No article and paragraph means two kinds."""

    kind: Kind
    article: int
    paragraph: int


@cache
def all() -> tuple[NonProsecutionProvision, ...]:
    return rows("non_prosecution", NonProsecutionProvision)


def kind_of(article: int, paragraph: int | None) -> Kind | None:
    """The kind a cited provision stands for; without a paragraph only where the article has one.

    All texts of the law are searched: their numbers do not collide, and whether the right
    text was cited is for a check to say.
    """
    found = {
        row.kind for row in all() if row.article == article and paragraph in (None, row.paragraph)
    }
    return found.pop() if len(found) == 1 else None
