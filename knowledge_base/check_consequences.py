"""Which finding follows from which: one root cause is one finding."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field

from knowledge_base.catalogue import CODE
from knowledge_base.loader import Row, rows


class Consequence(Row):
    """A finding of `follows` is part of one of `of`: where their words overlap ("place"),
    or where they point at the same document ("document").
    """

    follows: str = Field(pattern=CODE)
    of: tuple[str, ...]
    by: Literal["place", "document"]
    why: str


@cache
def consequences() -> dict[str, tuple[Consequence, ...]]:
    """The rows by the code that follows."""
    found: dict[str, tuple[Consequence, ...]] = {}
    for row in rows("check_consequences", Consequence):
        found[row.follows] = (*found.get(row.follows, ()), row)
    return found
