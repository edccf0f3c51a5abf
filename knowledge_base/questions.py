"""What a point of the defence asks the court: word patterns of the table `defence_questions`."""

from __future__ import annotations

import re
from functools import cache

from knowledge_base.loader import Row, rows


class Question(Row):
    """One question. `dispute`: no circumstance of sentencing. `grounded`: its reasons come first.
    `alone`: it is never the conclusion of what goes before it.

    `joins` is the question that it is one with where both are asked side by side.
    """

    key: str
    words: re.Pattern[str]
    dispute: bool = False
    grounded: bool = False
    alone: bool = False
    joins: str | None = None


@cache
def table() -> dict[str, Question]:
    """Every question by key."""
    return {row.key: row for row in rows("defence_questions", Question)}


def asked_in(text: str) -> frozenset[str]:
    """The keys of the questions that the words ask."""
    return frozenset(key for key, row in table().items() if row.words.search(text))
